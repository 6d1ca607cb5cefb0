"""Two periods side by side: what became of the measures, and where their statuses moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from slz_lib.dataset.dataset import Dataset
from slz_lib.display import Bar, overview
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import movements
from slz_lib.evaluation.evaluation import Evaluation, evaluate
from slz_lib.evaluation.movements import NOT_IN_PERIOD, SILENT, ChangeKind
from slz_lib.evaluation.rules import first_holding
from slz_lib.evaluation.summaries import NO_STATUS, crossed
from slz_lib.language import counted, format_number
from slz_lib.vocabulary import CountsAs, Scale


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Dvě vyhodnocená období vedle sebe, stejné se stejným; tabulky se jen čtou.

    Attributes:
        before: the earlier period.
        after: the later one.
        basis: which statuses are compared: ``published`` where both periods are published, else
            ``derived``, by the rules of each period.
        measures: one row a measure of either period, in the order of areas and numbers:
            ``measure_id``, ``area_id``, ``wording_before`` and ``wording_after`` (years, NA where
            the period does not have the measure), ``before`` and ``after`` (status codes of the
            basis, NA where there is none), ``change_kind`` (see :class:`ChangeKind`),
            ``successor_id`` (what a merged measure became, NA otherwise), ``stood`` and ``stands``
            (of :func:`slz_lib.evaluation.movements.standings`), ``steps`` (Int64, steps of the
            scale; better is above zero, NA where one of the two is no step of it), ``moved``
            (bool), ``way`` (key of :data:`WAYS`).
    """

    before: Evaluation
    after: Evaluation
    basis: str
    measures: pd.DataFrame

    def only(self, measures: Iterable[str]) -> Comparison:
        """The comparison of these measures alone; the two periods stay whole."""
        chosen = self.measures["measure_id"].isin(list(measures))
        return replace(self, measures=self.measures[chosen].reset_index(drop=True))

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """Measures by where they stood (rows) and where they stand (columns).

        Returns:
            Int counts; index and columns are the status codes, best first, then ``SILENT``,
            ``NO_STATUS`` and ``NOT_IN_PERIOD``. All counts add up to the number of the measures.
        """
        table = pd.crosstab(self.measures["stood"], self.measures["stands"])
        order = movements.standings(self.after.scale)
        return table.reindex(index=order, columns=order, fill_value=0).rename_axis(
            index="before", columns="after"
        )

    @cached_property
    def movers(self) -> pd.DataFrame:
        """The rows of :attr:`measures` whose status moved, from the best move to the worst."""
        moved = self.measures[self.measures["moved"]]
        return moved.sort_values("steps", ascending=False, kind="stable").reset_index(drop=True)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Counts and shares of the statuses, see :func:`slz_lib.evaluation.movements.shares`.

        As long as a measure of one period is not judged yet, those judged in both are counted.
        """
        sides = self.measures[["stood", "stands"]]
        if self.partial:
            sides = sides[~sides.isin([NO_STATUS, NOT_IN_PERIOD]).any(axis="columns")]
        return movements.shares(sides["stood"], sides["stands"], self.after.scale)

    @cached_property
    def partial(self) -> bool:
        """Whether a measure of one of the periods is not judged yet."""
        return bool(self.measures[["stood", "stands"]].isin([NO_STATUS]).any(axis=None))

    @cached_property
    def counts(self) -> pd.Series:
        """Measures by which way they went.

        Returns:
            Index ``better``, ``same``, ``worse``, ``silent`` (nothing was supplied in the later
            period), ``heard`` (only in the earlier one), ``unknown`` (in both periods, but in one
            of them without a status), ``dropped`` (by its status in one of them), ``new``,
            ``gone`` (no longer there, or merged); int. They add up to the number of the measures.
        """
        return self.measures["way"].value_counts().reindex(list(WAYS), fill_value=0)

    @cached_property
    def by_area(self) -> pd.DataFrame:
        """Areas × the columns of :attr:`counts`, with ``total``; in the strategy's order."""
        order = self.after.dataset.areas.sort_values("order")["id"]
        table = crossed(self.measures["area_id"], self.measures["way"], list(WAYS))
        return table.reindex([area for area in order if area in table.index])

    @cached_property
    def change_kinds(self) -> pd.Series:
        """Measures by what became of them (index codes of :class:`ChangeKind`)."""
        kinds = [str(kind) for kind in ChangeKind]
        return self.measures["change_kind"].value_counts().reindex(kinds, fill_value=0)

    def __repr__(self) -> str:
        stated = ", ".join(
            f"{label} {format_number(int(self.counts[code]))}"
            for code, label in WAYS.items()
            if self.counts[code]
        )
        return f"<Comparison {self.before.period.id} → {self.after.period.id}: {stated}>"

    def _repr_html_(self) -> str:
        table = self.measures
        sizes = [int(table[side].notna().sum()) for side in ("wording_before", "wording_after")]
        kinds = self.change_kinds
        without = [int(table[side].eq(NO_STATUS).sum()) for side in ("stood", "stands")]
        return overview(
            f"Srovnání období {self.before.period.label} a\u00a0{self.after.period.label}",
            facts={
                "Opatření": f"{format_number(sizes[0])} → {format_number(sizes[1])}",
                "Srovnávají se stavy": "zveřejněné" if self.basis == "published" else "odvozené",
                "Bez stavu": f"{format_number(without[0])} → {format_number(without[1])}",
                "Změnil se stav": counted(len(self.movers), "opatreni"),
                "Změnila se opatření": ", ".join(
                    f"{kind.label} {format_number(int(kinds[kind]))}"
                    for kind in ChangeKind
                    if kind is not ChangeKind.KEPT
                ),
            },
            bars=[Bar(label, int(self.counts[code])) for code, label in WAYS.items()],
            bars_title="Opatření podle toho, kam se posunul jejich stav",
            next_steps=(
                "comparison.movers",
                "comparison.transitions",
                "comparison.shares",
                "comparison.by_area",
            ),
        )


#: What became of a status, in Czech, in the order in which it is told.
WAYS = {
    "better": "lepší",
    "same": "stejný",
    "worse": "horší",
    "silent": "podklad nedodán",
    "heard": "podklad nově dodán",
    "unknown": "nelze srovnat",
    "dropped": "zrušené",
    "new": "nové opatření",
    "gone": "zaniklé nebo sloučené",
}


def compare_with_previous(dataset: Dataset, evaluation: Evaluation) -> Comparison | None:
    """Srovná období s předchozím; ``None``, když data předchozí nemají.

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
    """Srovná dvě vyhodnocená období: zveřejněné stavy, jinak odvozené.

    A measure on which nobody reported has not got worse: that is a way of its own.

    Raises:
        EvaluationError: the second period does not begin after the first has ended.
    """
    if after.period.start <= before.period.end:
        raise EvaluationError(
            f"Období {after.period.label} nezačíná po konci období {before.period.label}; "
            "srovnávají se dvě období po sobě, dřívější jako první."
        )
    basis = "published" if before.published and after.published else "derived"
    table = movements.union(before, after, basis)
    stood, stands = (
        movements.standing(table[side], table[f"wording_{side}"], table.pop(f"silent_{side}"))
        for side in ("before", "after")
    )
    steps = movements.steps(stood, stands, after.scale)
    kinds = movements.change_kinds(table, after.dataset.successions)
    measures = table.join(kinds).assign(
        stood=stood,
        stands=stands,
        steps=steps,
        moved=steps.ne(0).fillna(value=False).astype(bool),
        way=ways(stood, stands, steps, after.scale),
    )
    return Comparison(before, after, basis, measures)


def ways(stood: pd.Series, stands: pd.Series, steps: pd.Series, scale: Scale) -> pd.Series:
    """Which way each measure went, a key of :data:`WAYS`."""
    dropped = scale.that(CountsAs.DROPPED)
    cases = {
        "gone": stands.eq(NOT_IN_PERIOD),
        "new": stood.eq(NOT_IN_PERIOD),
        "dropped": stood.isin(dropped) | stands.isin(dropped),
        "unknown": stood.eq(NO_STATUS) | stands.eq(NO_STATUS),
        "silent": stands.eq(SILENT),
        "heard": stood.eq(SILENT),
        "worse": steps.lt(0),
        "better": steps.gt(0),
    }
    return first_holding(cases, "same")
