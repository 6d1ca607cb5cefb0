"""Two periods side by side: what became of the measures, and where their statuses moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.dataset.dataset import Dataset
from slz_lib.display import Bar, overview
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import movements
from slz_lib.evaluation.evaluation import Evaluation, evaluate
from slz_lib.evaluation.movements import STANDINGS, ChangeKind
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import counted, format_number


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Two judged periods compared by the statuses that stand; its tables are read, never written.

    Attributes:
        before: the earlier period.
        after: the later one.
        measures: one row a measure of either period, in the order of areas and numbers:
            ``measure_id``, ``area_id``, ``change_kind`` (see :class:`ChangeKind`),
            ``successor_id`` (what a merged measure became, NA otherwise), ``wording_before`` and
            ``wording_after`` (years, NA where the period does not have the measure), ``before`` and
            ``after`` (status codes, NA where there is none), ``steps`` (Int64, steps of the scale;
            better is above zero, NA where a status is missing), ``moved`` (bool).
    """

    before: Evaluation
    after: Evaluation
    measures: pd.DataFrame

    @cached_property
    def _standings(self) -> tuple[pd.Series, pd.Series]:
        """Where each measure stands in the two periods."""
        table = self.measures
        return (
            movements.standing(table["before"], table["wording_before"]),
            movements.standing(table["after"], table["wording_after"]),
        )

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """Measures by where they stood (rows) and where they stand (columns).

        Returns:
            Int counts; index and columns are the status codes, best first, then ``NO_STATUS`` and
            ``NOT_IN_PERIOD``. All counts add up to the number of the measures.
        """
        table = pd.crosstab(*self._standings)
        return table.reindex(index=STANDINGS, columns=STANDINGS, fill_value=0).rename_axis(
            index="before", columns="after"
        )

    @cached_property
    def movers(self) -> pd.DataFrame:
        """The rows of :attr:`measures` whose status moved, from the best move to the worst."""
        moved = self.measures[self.measures["moved"]]
        return moved.sort_values("steps", ascending=False, kind="stable").reset_index(drop=True)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Counts and shares of the statuses, see :func:`slz_lib.evaluation.movements.shares`."""
        return movements.shares(*self._standings)

    @cached_property
    def counts(self) -> pd.Series:
        """Measures by which way they went.

        Returns:
            Index ``better``, ``same``, ``worse``, ``unknown`` (in both periods, but in one of them
            without a status), ``new``, ``gone`` (dropped or merged); int. They add up to the number
            of the measures.
        """
        return self._counted(self.measures).iloc[0]

    @cached_property
    def by_area(self) -> pd.DataFrame:
        """Areas × the columns of :attr:`counts`, with ``total``; in the strategy's order."""
        order = self.after.dataset.areas.sort_values("order")["id"]
        among = order[order.isin(self.measures["area_id"])]
        table = self._counted(self.measures, "area_id").reindex(among, fill_value=0)
        return table.assign(total=table.sum(axis="columns")).rename_axis("area_id")

    @cached_property
    def change_kinds(self) -> pd.Series:
        """Measures by what became of them (index codes of :class:`ChangeKind`)."""
        kinds = [str(kind) for kind in ChangeKind]
        return self.measures["change_kind"].value_counts().reindex(kinds, fill_value=0)

    @cached_property
    def unpublished(self) -> dict[str, int]:
        """Measures whose status that stands is not published, but decided or derived so far.

        Returns:
            By the label of the period; without a period whose statuses are all published.
        """
        found = {}
        for side in (self.before, self.after):
            judged = side.judgements
            among = judged["measure_id"].isin(self.measures["measure_id"])
            open_ = among & judged["status"].notna() & judged["published"].isna()
            if open_.any():
                found[side.period.label] = int(open_.sum())
        return found

    @staticmethod
    def _counted(measures: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
        there = measures["wording_before"].notna() & measures["wording_after"].notna()
        steps = measures["steps"]
        flags = pd.DataFrame(
            {
                "better": steps.gt(0).fillna(value=False),
                "same": steps.eq(0).fillna(value=False),
                "worse": steps.lt(0).fillna(value=False),
                "unknown": there & steps.isna(),
                "new": measures["wording_before"].isna(),
                "gone": measures["wording_after"].isna(),
            }
        ).astype("int64")
        return flags.sum().to_frame().T if by is None else flags.groupby(measures[by]).sum()

    def __repr__(self) -> str:
        stated = ", ".join(
            f"{label} {format_number(int(self.counts[code]))}"
            for code, label in _WAYS.items()
            if self.counts[code]
        )
        return f"<Comparison {self.before.period.id} → {self.after.period.id}: {stated}>"

    def _repr_html_(self) -> str:
        table = self.measures
        sizes = [int(table[side].notna().sum()) for side in ("wording_before", "wording_after")]
        kinds = self.change_kinds
        without = [int(self.shares[side][NO_STATUS]) for side in ("before", "after")]
        return overview(
            f"Srovnání období {self.before.period.label} a\u00a0{self.after.period.label}",
            facts={
                "Opatření": f"{format_number(sizes[0])} → {format_number(sizes[1])}",
                "Bez stavu": f"{format_number(without[0])} → {format_number(without[1])}",
                "Změnil se stav": counted(len(self.movers), "opatreni"),
                "Změnila se opatření": ", ".join(
                    f"{kind.label} {format_number(int(kinds[str(kind)]))}"
                    for kind in ChangeKind
                    if kind is not ChangeKind.KEPT
                ),
            },
            bars=[Bar(label, int(self.counts[code])) for code, label in _WAYS.items()],
            bars_title="Opatření podle toho, kam se posunul jejich stav",
            next_steps=(
                "comparison.movers",
                "comparison.transitions",
                "comparison.shares",
                "comparison.by_area",
            ),
        )


#: What became of a status, in Czech, in the order in which it is told.
_WAYS = {
    "better": "lepší",
    "same": "stejný",
    "worse": "horší",
    "unknown": "nelze srovnat",
    "new": "nové opatření",
    "gone": "zaniklé nebo sloučené",
}


def compare_with_previous(dataset: Dataset, evaluation: Evaluation) -> Comparison | None:
    """An evaluated period beside the one before it; ``None`` where the data hold none.

    Args:
        dataset: the whole dataset, as :func:`slz_lib.load` returns; that of the evaluation holds
            only the wordings of its own period.
        evaluation: the later period.

    Raises:
        EvaluationError: the previous period cannot be judged.
    """
    before = dataset.previous(evaluation.period.id)
    return None if before is None else compare(evaluate(dataset, before), evaluation)


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two judged periods by the statuses that stand in them.

    Args:
        before: the earlier period.
        after: the later one.

    Raises:
        EvaluationError: the second period does not begin after the first has ended.
    """
    if after.period.start <= before.period.end:
        raise EvaluationError(
            f"Období {after.period.label} nezačíná po konci období {before.period.label}; "
            "srovnávají se dvě období po sobě, dřívější jako první."
        )
    table = movements.union(before, after, "status")
    kinds = movements.change_kinds(table, after.dataset.successions)
    steps = movements.steps(table["before"], table["after"])
    measures = table.assign(
        change_kind=kinds["change_kind"],
        successor_id=kinds["successor_id"],
        steps=steps,
        moved=steps.ne(0).fillna(value=False).astype(bool),
    )
    columns = [
        "measure_id",
        "area_id",
        "change_kind",
        "successor_id",
        "wording_before",
        "wording_after",
        "before",
        "after",
        "steps",
        "moved",
    ]
    return Comparison(before, after, measures[columns])
