"""Two independent codings of the same commentaries: where they differ, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation import criteria as crit
from slz_lib.evaluation.agreement import Agreement, agreement
from slz_lib.evaluation.judgements import deadline_days
from slz_lib.evaluation.rules import decide
from slz_lib.vocabulary import Coder, EvidenceState, Status

if TYPE_CHECKING:
    from slz_lib.evaluation.evaluation import Evaluation

#: What is compared of each measure, in the order in which it is told.
ASPECTS = ("derived", "state", "reach", "criteria")


@dataclass(frozen=True, eq=False)
class Reliability:
    """The reliability of a period's evidence.

    Attributes:
        measures: one row a measure that both coders coded, in the measures' order: ``measure_id``;
            for each coder (``first_…``, ``second_…``) ``derived`` (status code that the rules give
            to the coding), ``state`` and ``reach`` (of the first criterion, the indicator; code
            and int), ``criteria`` (int); ``differs`` (bool, in any of them), ``settled`` (code, NA
            where it does not differ or is open), ``note`` (why).
    """

    measures: pd.DataFrame

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The agreement of the two codings, by what is compared (:data:`ASPECTS`)."""
        most = self.measures[[f"{coder}_criteria" for coder in Coder]].max().max()
        scales: dict[str, list[object]] = {
            "derived": [str(status) for status in Status],
            "state": [str(state) for state in EvidenceState],
            "reach": [*sorted(crit.REACH_RANK.values())],
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


def reliability(evaluation: Evaluation) -> Reliability:
    """The two codings of a period beside each other; no row where it was coded once or never."""
    dataset, period = evaluation.dataset, evaluation.period
    rows, settlements = (
        table[table["period_id"] == period.id] for table in (dataset.codings, dataset.settlements)
    )
    # The first criterion of a measure is its indicator, wherever its rows stand in the file.
    rows = rows.sort_values(["measure_id", "order"], kind="stable")
    first, second = (
        _coded(evaluation, rows[rows["coder"] == str(coder)]).add_prefix(f"{coder}_")
        for coder in Coder
    )
    both = first.join(second, how="inner").dropna(subset=[f"{coder}_derived" for coder in Coder])
    unlike = [both[f"first_{aspect}"].ne(both[f"second_{aspect}"]) for aspect in ASPECTS]
    both["differs"] = pd.concat(unlike, axis="columns").any(axis="columns")
    notes = settlements.set_index("measure_id")[["settled", "note"]]
    joined = both.join(notes)
    joined.loc[~joined["differs"], ["settled", "note"]] = pd.NA
    return Reliability(joined.reset_index())


def _coded(evaluation: Evaluation, rows: pd.DataFrame) -> pd.DataFrame:
    """What the rules make of one coding: ``derived``, ``state``, ``reach``, ``criteria``."""
    dataset = evaluation.dataset
    measures = dataset.measures.assign(deadline_day=deadline_days(dataset.measures))
    territory = crit.Territory.of(dataset.places, dataset.orp)
    found = crit.criteria(rows, territory, evaluation.rule_set.terms).criteria
    amounts = crit.quantities(found, measures, evaluation.period.as_of)
    indicator = found.drop_duplicates("measure_id").set_index("measure_id")
    table = decide(amounts, evaluation.rule_set)[["derived"]].join(indicator[["state", "reach"]])
    table["reach"] = table["reach"].astype("Int64")
    return table.join(amounts["criteria"])
