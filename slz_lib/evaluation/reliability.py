"""Two independent codings of the same commentaries: where they differ, and how it was settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.evaluation.judgements import dated, derive
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.vocabulary import Coder, EvidenceState

#: What is compared of each measure, in the order in which it is told.
ASPECTS = ("derived", "state", "reach", "criteria")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two judgements on an ordered scale.

    Attributes:
        compared: how many measures both judged.
        agreed: how many of them both judged alike.
        kappa: Cohen's kappa (1 full agreement, 0 no better than chance); ``None`` where chance
            alone would agree always, or nothing was compared.
        weighted: the same with linear weights: a difference of two steps weighs twice that of one.
    """

    compared: int
    agreed: int
    kappa: float | None
    weighted: float | None

    @property
    def share(self) -> float | None:
        """The share judged alike; ``None`` when nothing was compared."""
        return self.agreed / self.compared if self.compared else None


def agreement(first: pd.Series, second: pd.Series, scale: Sequence[object]) -> Agreement:
    """The agreement of two judgements, row by row.

    Cohen (1960) for kappa, Cohen (1968) for its weights.

    Args:
        first: judgements of the one, by measure.
        second: judgements of the other, with the same index; rows that one did not judge are left
            out.
        scale: every possible judgement, in order.
    """
    places = {judgement: place for place, judgement in enumerate(scale)}
    one, other = (
        values.reindex(first.index).map(places).fillna(-1).to_numpy("int64")
        for values in (first, second)
    )
    both = (one >= 0) & (other >= 0)
    compared = int(both.sum())
    steps = len(scale)
    counts = np.bincount(one[both] * steps + other[both], minlength=steps * steps)
    table = counts.reshape(steps, steps)
    distance = np.abs(np.arange(steps)[:, None] - np.arange(steps))
    return Agreement(
        compared,
        int(np.trace(table)),
        _kappa(table, (distance > 0).astype("float64")),
        _kappa(table, distance.astype("float64")),
    )


def _kappa(table: np.ndarray, weights: np.ndarray) -> float | None:
    """One minus the disagreement seen over the disagreement that chance would give."""
    whole = table.sum()
    if not whole:
        return None
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / whole
    expected = float((weights * by_chance).sum())
    return 1 - float((weights * table).sum()) / expected if expected else None


@dataclass(frozen=True, eq=False)
class Reliability:
    """The reliability of a period's evidence.

    Attributes:
        measures: one row a measure that both coders coded, in the measures' order: ``measure_id``;
            for each coder (``first_…``, ``second_…``) ``derived`` (status code that the rules give
            to the coding), ``state`` and ``reach`` (of the first criterion, the indicator; code
            and int), ``criteria`` (int); ``differs`` (bool, in any of them), ``settled`` (code, NA
            where nothing was settled), ``note`` (why).
        statuses: codes of the statuses that rules can give, best first.
    """

    measures: pd.DataFrame
    statuses: list[str]

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The agreement of the two codings, by what is compared (:data:`ASPECTS`)."""
        most = self.measures[[f"{coder}_criteria" for coder in Coder]].max().max()
        scales: dict[str, list[object]] = {
            "derived": list(self.statuses),
            "state": [str(state) for state in EvidenceState],
            "reach": [*sorted(REACH_RANK.values())],
            "criteria": list(range(1, int(most) + 1)) if len(self.measures) else [],
        }
        table = self.measures.set_index("measure_id")
        return {
            aspect: agreement(table[f"first_{aspect}"], table[f"second_{aspect}"], scales[aspect])
            for aspect in ASPECTS
        }

    @property
    def differences(self) -> pd.DataFrame:
        """The measures that the two coded differently."""
        return self.measures[self.measures["differs"]].reset_index(drop=True)

    @property
    def settled(self) -> pd.DataFrame:
        """The measures that the two coded differently, or whose coding was settled all the same."""
        asked = self.measures["differs"] | self.measures["settled"].notna()
        return self.measures[asked].reset_index(drop=True)


def reliability(evaluation: JudgedPeriod) -> Reliability:
    """The two codings of a period beside each other; no row where it was coded once or never."""
    dataset, period = evaluation.dataset, evaluation.period
    rows, settlements = (
        table[table["period_id"] == period.id] for table in (dataset.codings, dataset.settlements)
    )
    # The first criterion of a measure is its indicator, wherever its rows stand in the file.
    rows = rows.sort_values(["measure_id", "order"], kind="stable")
    first, second = (
        _coded(evaluation, rows[rows["coder"] == coder]).add_prefix(f"{coder}_") for coder in Coder
    )
    both = first.join(second, how="inner").dropna(subset=[f"{coder}_derived" for coder in Coder])
    unlike = [both[f"first_{aspect}"].ne(both[f"second_{aspect}"]) for aspect in ASPECTS]
    both["differs"] = pd.concat(unlike, axis="columns").any(axis="columns")
    notes = settlements.set_index("measure_id")[["settled", "note"]]
    return Reliability(both.join(notes).reset_index(), list(evaluation.scale.ranks))


def _coded(evaluation: JudgedPeriod, rows: pd.DataFrame) -> pd.DataFrame:
    """What the rules make of one coding: ``derived``, ``state``, ``reach``, ``criteria``.

    Codings say nothing of who reports, so nobody is heard in disputes: the best state counts.
    """
    dataset = evaluation.dataset
    as_of = evaluation.period.as_of
    criteria, _, amounts = derive(dataset, dated(dataset, as_of), rows, evaluation.rule_set, as_of)
    indicator = criteria.drop_duplicates("measure_id").set_index("measure_id")
    table = amounts[["derived"]].join(indicator[["state", "reach"]].astype({"reach": "Int64"}))
    return table.join(amounts["criteria"])
