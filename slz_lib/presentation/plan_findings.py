"""What prose says of a plan that no table of it says by itself.

``%%prose findings plan`` lends these attributes, and the plan's own, to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from slz_lib.language import after, czech_sorted
from slz_lib.presentation.findings import as_records, busiest
from slz_lib.presentation.phrases import capitalised, decided, leaders
from slz_lib.presentation.tables.plan import cause_labels

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.planning import ActionPlan


@dataclass(frozen=True, eq=False)
class PlanFindings:
    """Co se zjistilo v návrhu plánu, připravené pro věty dokumentu."""

    plan: ActionPlan

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record: name, region, approved and so on."""
        return as_records(self.plan.evaluation.dataset.strategy)[0]

    @property
    def title(self) -> str:
        """The title of the plan."""
        strategy = after("k", str(self.strategy.name_dative))
        return f"{capitalised(str(self.plan.terms.plan))} {strategy}"

    @cached_property
    def decisions_listed(self) -> str:
        """Proposed decisions as they follow *navrhuje se*: *pokračovat v 98 z 99 opatření*."""
        counts = self.plan.choice_counts
        proposed = [(str(key), int(number)) for key, number in counts.items() if number]
        return decided(proposed, len(self.plan.decisions), shares=False)

    @cached_property
    def not_supplied(self) -> pd.DataFrame:
        """The decisions on measures to which nobody supplied anything."""
        table = self.plan.evaluation.judgements
        silent = table.loc[table["silent"], "measure_id"]
        return self.plan.decisions[self.plan.decisions["measure_id"].isin(silent)]

    @cached_property
    def main_causes(self) -> pd.Series:
        """Measures of the plan by main cause, the commonest first."""
        return self.plan.decisions["cause"].value_counts()

    @cached_property
    def leading_causes(self) -> list[str]:
        """The commonest main causes; all of a tie."""
        labels = cause_labels(self.plan)
        most = czech_sorted(str(labels[cause]) for cause in leaders(self.main_causes))
        return [f"„{label}“" for label in most]

    @cached_property
    def leads(self) -> pd.DataFrame:
        """Steps by lead body without the row of steps that have none."""
        return self.plan.by_body.drop(index="", errors="ignore")

    @cached_property
    def busiest_leads(self) -> list[str]:
        """The bodies with most steps, with their abbreviations; all of a tie."""
        return busiest(self.plan.evaluation.dataset, self.leads["steps"])

    @cached_property
    def funded(self) -> int:
        """Measures whose source of money is known."""
        known = self.plan.steps["money_source"].notna()
        return int(self.plan.steps.loc[known, "measure_id"].nunique())

    @cached_property
    def areas(self) -> list[SimpleNamespace]:
        """The records of the areas with at least one measure in the plan."""
        ordered = self.plan.evaluation.dataset.areas.sort_values("order")
        return as_records(ordered[ordered["id"].isin(self.plan.decisions["area_id"])])
