"""A synthetic period 2024–2025 as its office fills it in: whole, in half, in silence, not at all.

Nothing in it ever happened. One measure has another wording, one ends, one is merged into another,
one is new; a municipality becomes a partner; a plan 2026–2027 follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.opening import opening
from slz_lib.evaluation import evaluate
from tests.samples.synthetic_periods import (
    AFTER,
    BEFORE,
    SOURCE,
    added,
    ended,
    leads,
    named,
    new_measure,
    plain,
    reworded_measure,
    source,
)

REWORDED, DROPPED, MERGED, SUCCESSOR, NEW = "I.2", "I.9", "VIII.6", "VIII.5", "III.9"
PARTNER = "Synteza nad Nisou"
PLAN = "2026-2027"
#: Measures whose decided status departs from the derived one by a step, with a reason.
DEPARTED = 6

Filling = Literal["full", "half", "silent", "empty", "all_done", "none_done"]


def next_period(dataset: Dataset, filling: Filling = "full", *, decided: bool = True) -> Dataset:
    """The real data followed by the synthetic period and a plan that follows it.

    Args:
        dataset: the real data.
        filling: ``full``: every measure has the evidence of the real period; ``half``: every other
            one, nothing is recorded of the rest; ``silent``: the same with silence recorded of the
            rest; ``empty``: nothing; ``all_done`` and ``none_done``: done for good, and not done.
        decided: whether a status is decided of every measure with evidence; six depart.
    """
    pattern = "III.1"
    changed = replace(
        dataset,
        sources=added(dataset.sources, [source()]),
        measures=added(
            dataset.measures,
            [reworded_measure(dataset, REWORDED), new_measure(dataset, pattern, NEW)],
        ),
        measure_bodies=added(dataset.measure_bodies, leads(dataset, pattern, NEW)),
        successions=added(dataset.successions, [ended(DROPPED, None), ended(MERGED, SUCCESSOR)]),
        partnerships=added(
            dataset.partnerships,
            [
                named(
                    {
                        "id": "SYNTEZA",
                        "municipality": PARTNER,
                        "district_id": "ORP-5110",
                        "valid_from": "2025",
                    }
                )
            ],
        ),
    )
    opened = opening(changed, AFTER).tables
    in_force = list(opened["decisions"]["measure_id"])
    horizon = {
        "horizon_id": PLAN,
        "id": PLAN,
        "label": "2026–2027",
        "start": pd.Timestamp("2026-01-01"),
        "end": pd.Timestamp("2027-12-31"),
        "follows": AFTER,
    }
    filled = replace(
        changed,
        periods=added(changed.periods, [named(plain(opened["periods"]))]),
        decisions=pd.concat([changed.decisions, opened["decisions"]], ignore_index=True),
        evidence=pd.concat(
            [changed.evidence, _evidence(dataset, pattern, in_force, filling)], ignore_index=True
        ),
        horizons=added(changed.horizons, [named(horizon)]),
    )
    return _decided(filled) if decided and filling != "empty" else filled


def _evidence(
    dataset: Dataset, pattern: str, in_force: list[str], filling: Filling
) -> pd.DataFrame:
    rows = dataset.evidence[dataset.evidence["period_id"].eq(BEFORE)]
    copied = rows[rows["measure_id"].eq(pattern)].assign(measure_id=NEW)
    rows = pd.concat([rows, copied], ignore_index=True)
    rows["id"] = rows["measure_id"] + "-" + rows["order"].astype("str")
    rows = rows[rows["measure_id"].isin(in_force)]
    rows = rows.assign(period_id=AFTER, source_id=SOURCE, source_place="syntetické")
    rows["waits_for"] = rows["waits_for"].where(rows["waits_for"].isna())
    answered = in_force[::2]
    first = rows["order"].eq(1)
    nothing = {
        "state": "nothing_supplied",
        "reach": "unknown",
        "places": None,
        "note": "Syntetické mlčení",
    }
    if filling == "empty":
        return rows.iloc[:0]
    if filling == "half":
        return rows[rows["measure_id"].isin(answered)]
    if filling == "silent":
        of_rest = ~rows["measure_id"].isin(answered)
        silence = rows[of_rest & first].assign(**nothing, reporter="NEUVEDEN")
        return pd.concat([rows[~of_rest], silence.astype(rows.dtypes)], ignore_index=True)
    if filling == "all_done":
        return rows[first].assign(state="done", reach="region")
    if filling == "none_done":
        return (
            rows[first].assign(state="not_done", reach="unknown", places=None).astype(rows.dtypes)
        )
    return rows


def _decided(dataset: Dataset) -> Dataset:
    """Decides the derived status of each measure with evidence; the first six a step worse."""
    judged = evaluate(dataset, AFTER).judgements.set_index("measure_id")["derived"].dropna()
    scale = list(dataset.statuses.sort_values("order")["code"])
    worse = dict(zip(scale, [*scale[1:], scale[-2]], strict=True))
    departing = judged.index[:DEPARTED]
    values = judged.where(~judged.index.isin(departing), judged.map(worse))
    decisions = dataset.decisions.copy()
    of_period = decisions["period_id"].eq(AFTER)
    ids = decisions["measure_id"].where(of_period)
    decisions["decided"] = ids.map(values).astype("str")
    departs = ids.isin(departing)
    decisions["reason"] = decisions["reason"].mask(departs, "Syntetický důvod")
    decisions["role"] = decisions["role"].mask(departs, "syntetický vedoucí odboru")
    return replace(dataset, decisions=decisions)
