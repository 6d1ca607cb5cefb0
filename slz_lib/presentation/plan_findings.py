"""What prose says of a plan: named figures, all read from one drafted plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from slz_lib.language import czech_sorted, enumerate_words, format_number
from slz_lib.planning.plan import DECISIONS
from slz_lib.presentation.charts import gantt_of_area
from slz_lib.presentation.findings import strategy_record
from slz_lib.presentation.naming import full_body_name
from slz_lib.presentation.tables.plan import cause_labels, steps_table
from slz_lib.vocabulary import Cause, Period

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Figure, Table
    from slz_lib.planning import ActionPlan


@dataclass(frozen=True, eq=False)
class AreaPlan:
    """One area of the plan."""

    plan: ActionPlan
    id: str
    name: str
    short_name: str

    @property
    def measures(self) -> int:
        """Measures of the area in the plan."""
        return int(self.plan.decisions["area_id"].eq(self.id).sum())

    @property
    def steps(self) -> int:
        """Steps of the area."""
        return int(self.plan.steps["area_id"].eq(self.id).sum())

    @property
    def table(self) -> Table:
        """The area's steps."""
        return steps_table(self.plan, self.id)

    @property
    def chart(self) -> Figure:
        """The area's Gantt chart."""
        return gantt_of_area(self.plan, self.id)


@dataclass(frozen=True, eq=False)
class PlanFindings:
    """Named figures of a drafted plan."""

    plan: ActionPlan

    @property
    def horizon(self) -> Period:
        """The planned years."""
        return self.plan.horizon

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record, as :func:`strategy_record` gives it."""
        return strategy_record(self.plan.evaluation.dataset)

    @property
    def merges(self) -> int:
        """Measures proposed to be merged into another."""
        return int(self.plan.decisions["merge_into"].notna().sum())

    @property
    def follows(self) -> Period:
        """The period the plan follows."""
        return self.plan.evaluation.period

    @property
    def total(self) -> int:
        """All measures of the strategy."""
        return len(self.plan.evaluation.judgements)

    @property
    def measures(self) -> int:
        """Measures in the plan."""
        return len(self.plan.decisions)

    @property
    def steps(self) -> int:
        """Steps of the plan."""
        return len(self.plan.steps)

    @cached_property
    def decisions(self) -> dict[str, int]:
        """Measures by proposed decision."""
        return {str(key): int(number) for key, number in self.plan.decision_counts.items()}

    @cached_property
    def decisions_listed(self) -> str:
        """Proposed decisions with their counts: *pokračovat u 98, sloučit u 4*."""
        return enumerate_words(
            [
                f"{DECISIONS[key]} u\u00a0{format_number(number)}"
                for key, number in self.decisions.items()
                if number
            ]
        )

    @cached_property
    def _silent(self) -> pd.Series:
        """Which rows of the plan's decisions are measures to which nobody supplied anything."""
        table = self.plan.evaluation.judgements
        return self.plan.decisions["measure_id"].isin(table.loc[~table["supplied"], "measure_id"])

    @property
    def not_supplied(self) -> int:
        """Measures of the plan to which nobody supplied anything."""
        return int(self._silent.sum())

    @property
    def not_supplied_for_law(self) -> int:
        """Those of them that wait for a law."""
        return int((self._silent & self.plan.decisions["cause"].eq(Cause.WAITS_FOR_LAW)).sum())

    def cause(self, key: str) -> int:
        """Measures to which a cause applies, by the cause's id."""
        return int(self.plan.cause_counts[key])

    @cached_property
    def leading_causes(self) -> list[str]:
        """The commonest main causes; all of a tie."""
        counts = self.plan.decisions["cause"].value_counts()
        labels = cause_labels(self.plan)
        most = [str(labels[cause]) for cause in counts.index[counts.eq(counts.max())]]
        return [f"„{label}“" for label in czech_sorted(most)]

    @cached_property
    def leading_cause_measures(self) -> int:
        """Measures with each of the commonest main causes; 0 in an empty plan."""
        counts = self.plan.decisions["cause"].value_counts()
        return int(counts.max()) if len(counts) else 0

    @cached_property
    def _named_bodies(self) -> pd.DataFrame:
        """Steps by lead body without the row of steps that have none."""
        return self.plan.by_body.drop(index="", errors="ignore")

    @cached_property
    def busiest_bodies(self) -> list[str]:
        """The bodies with most steps, with their abbreviations; all of a tie."""
        named = self._named_bodies
        most = named.index[named["steps"].eq(named["steps"].max())]
        return [full_body_name(self.plan.evaluation.dataset, str(body)) for body in most]

    @cached_property
    def busiest_body_steps(self) -> int:
        """Steps of each of the busiest bodies; 0 when nobody has any."""
        named = self._named_bodies
        return int(named["steps"].max()) if len(named) else 0

    @cached_property
    def funded(self) -> int:
        """Measures whose source of money is known."""
        known = self.plan.steps["funding"].notna()
        return int(self.plan.steps.loc[known, "measure_id"].nunique())

    @cached_property
    def areas(self) -> tuple[AreaPlan, ...]:
        """The areas with at least one measure in the plan."""
        ordered = self.plan.evaluation.dataset.areas.sort_values("order")
        present = ordered[ordered["id"].isin(self.plan.decisions["area_id"])]
        rows = present[["id", "name", "short_name"]].to_numpy().tolist()
        return tuple(AreaPlan(self.plan, *row) for row in rows)
