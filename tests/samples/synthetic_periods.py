"""A synthetic second period after the real one; nothing in it ever happened.

A seeded generator takes the real measures and evidence and moves them at random: one measure gets
another wording, one is new, one ends, one is merged into another, statuses and evidence move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.opening import opening
from slz_lib.evaluation import Evaluation, evaluate
from slz_lib.evaluation.rules import RuleSet, rules_in_force
from slz_lib.vocabulary import EvidenceState, Reach
from tests.samples.scales import CODES, SCALE

BEFORE, AFTER = "2022-2023", "2024-2025"
SOURCE = "synteticke-obdobi"
#: Statuses move by so many steps (better is above zero), as often as they stand here.
_STEPS = (-2, -1, 0, 0, 0, 0, 0, 0, 1, 1, 2)
_STATES = [str(state) for state in EvidenceState]
_REACHES = [str(reach) for reach in Reach]


@dataclass(frozen=True)
class SyntheticPeriods:
    """The real data with a synthetic period added, and what was done to the measures.

    Attributes:
        dataset: valid tables with two periods.
        reworded, new, dropped, merged: ids of the measures that changed.
        successor: what the merged measure became.
    """

    dataset: Dataset
    reworded: str
    new: str
    dropped: str
    merged: str
    successor: str

    @property
    def before(self) -> Evaluation:
        """The real period."""
        return evaluate(self.dataset, BEFORE)

    @property
    def after(self) -> Evaluation:
        """The synthetic period."""
        return evaluate(self.dataset, AFTER)


def synthetic_periods(
    dataset: Dataset, seed: int = 0, *, published: bool = True
) -> SyntheticPeriods:
    """The real data followed by a synthetic period 2024–2025.

    Args:
        dataset: the real data.
        seed: the same seed gives the same tables.
        published: whether the statuses of the synthetic period are published; derived otherwise.
    """
    random = Random(seed)  # noqa: S311 — made-up data are no secret
    reworded, dropped, merged, successor, pattern = random.sample(list(dataset.measures["id"]), 5)
    new = _next_in_area(dataset, pattern)
    changed = replace(
        dataset,
        sources=added(dataset.sources, [source()]),
        measures=added(
            dataset.measures,
            [reworded_measure(dataset, reworded), new_measure(dataset, pattern, new)],
        ),
        measure_bodies=added(dataset.measure_bodies, leads(dataset, pattern, new)),
        successions=added(
            dataset.successions,
            [ended(dropped, None), ended(merged, successor)],
        ),
    )
    opened = opening(changed, AFTER).tables
    evidence = _evidence(dataset, pattern, new, {dropped, merged}, random)
    decisions = opened["decisions"]
    if published:
        decisions = _published(dataset, decisions, random)
    resolved = {"resolution": "Syntetické usnesení č. 1", "resolved": pd.Timestamp("2026-03-31")}
    period = named(plain(opened["periods"])) | (resolved if published else {})
    periods = added(changed.periods, [period])
    full = replace(
        changed,
        periods=periods,
        decisions=pd.concat([changed.decisions, decisions], ignore_index=True),
        evidence=pd.concat([changed.evidence, evidence], ignore_index=True),
    )
    return SyntheticPeriods(full, reworded, new, dropped, merged, successor)


def synthetic_rules(dataset: Dataset) -> RuleSet:
    """The rules in force with PLNĚNO made harder: most criteria, and the whole region."""
    rules = rules_in_force(dataset, dataset.period(BEFORE).as_of)
    giving = rules.rules.loc[rules.rules["status"] == "PLNENO", "id"]
    conditions = rules.conditions
    values = conditions["value"]
    for quantity, value in (("share_fulfilled", 0.9), ("reach", 3.0)):
        harder = conditions["rule_id"].isin(giving) & conditions["quantity"].eq(quantity)
        assert harder.any()
        values = values.mask(harder, value)
    return replace(rules, conditions=conditions.assign(value=values))


def added(table: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """``table`` with rows at its end and its dtypes kept; what a row lacks is empty."""
    added = pd.DataFrame(rows).reindex(columns=table.columns).astype(table.dtypes)
    return pd.concat([table, added], ignore_index=True)


def source() -> dict[str, object]:
    return {"id": SOURCE, "title": "Syntetické období pro zkoušky", "kind": "reading"}


def named(row: dict[str, object]) -> dict[str, object]:
    return {**row, "source_id": SOURCE, "source_place": "syntetické"}


def plain(table: pd.DataFrame) -> dict[str, object]:
    """The only row of ``table``."""
    return {str(name): value for name, value in table.iloc[0].items()}


def _record(table: pd.DataFrame, measure: str) -> dict[str, object]:
    return {str(k): v for k, v in table.set_index("id").loc[measure].items()} | {"id": measure}


def reworded_measure(dataset: Dataset, measure: str) -> dict[str, object]:
    row = _record(dataset.measures, measure)
    wording = {"wording_version": "2024", "designation": f"Syntetické znění: {row['designation']}"}
    return named({**row, **wording})


def _next_in_area(dataset: Dataset, pattern: str) -> str:
    area = pattern.split(".", maxsplit=1)[0]
    numbers = dataset.measures.loc[dataset.measures["area_id"] == area, "number"]
    return f"{area}.{numbers.max() + 1}"


def new_measure(dataset: Dataset, pattern: str, new: str) -> dict[str, object]:
    texts = {
        "id": new,
        "number": int(new.split(".")[1]),
        "wording_version": "2024",
        "designation": "Syntetické nové opatření",
        "title": "Syntetické nové opatření",
    }
    return named({**_record(dataset.measures, pattern), **texts})


def leads(dataset: Dataset, pattern: str, new: str) -> list[dict[str, object]]:
    roles = dataset.measure_bodies
    rows = roles[roles["measure_id"].eq(pattern)].assign(measure_id=new).to_dict("records")
    return [named({str(name): value for name, value in row.items()}) for row in rows]


def ended(measure: str, successor: str | None) -> dict[str, object]:
    day = pd.Timestamp("2023-12-31")
    return named({"measure_id": measure, "ended": day, "successor_id": successor})


def _moved(code: str, scale: list[str], steps: int) -> str:
    """``code`` so many steps nearer to the beginning of ``scale``, which has the best first."""
    return scale[min(max(scale.index(code) - steps, 0), len(scale) - 1)]


def _published(dataset: Dataset, decisions: pd.DataFrame, random: Random) -> pd.DataFrame:
    """Statuses moved at random; a new measure has one at random."""
    earlier = dataset.decisions[dataset.decisions["period_id"] == BEFORE]
    stood = dict(zip(earlier["measure_id"], earlier["status"], strict=True))
    statuses = pd.Series(
        [
            _moved(stood[measure], CODES, random.choice(_STEPS))
            if measure in stood
            else random.choice(CODES)
            for measure in decisions["measure_id"]
        ],
        dtype="str",
    )
    return decisions.assign(status=statuses, published=statuses.map(SCALE.labels))


def _evidence(
    dataset: Dataset, pattern: str, new: str, ended: set[str], random: Random
) -> pd.DataFrame:
    """The real evidence, moved at random, of the measures in force."""
    rows = dataset.evidence[dataset.evidence["period_id"] == BEFORE]
    copied = rows[rows["measure_id"] == pattern].assign(
        measure_id=new, id=new + "-" + rows["order"].astype("str")
    )
    rows = pd.concat([rows[~rows["measure_id"].isin(ended)], copied], ignore_index=True)
    return rows.assign(
        period_id=AFTER,
        state=[_moved(state, _STATES, random.choice(_STEPS)) for state in rows["state"]],
        reach=[_moved(reach, _REACHES, random.choice(_STEPS)) for reach in rows["reach"]],
        note="Syntetický podklad",
        source_id=SOURCE,
        source_place="syntetické",
    )
