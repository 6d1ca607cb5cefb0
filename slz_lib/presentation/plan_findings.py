"""What prose says of a plan that no table of it says by itself.

``%%prose findings plan`` lends these attributes, and the plan's own, to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import pandas as pd

from slz_lib.documents.model import Content
from slz_lib.language import after, format_number
from slz_lib.planning import ActionPlan
from slz_lib.planning.timetable import relief
from slz_lib.presentation.findings import as_records
from slz_lib.presentation.naming import body_names
from slz_lib.presentation.phrases import at_capacities, capitalised, decided
from slz_lib.presentation.plan_cards import priority_cards
from slz_lib.vocabulary import Decides

#: So many measures have a block of their own.
_PRIORITIES = 18
#: So many bodies a sentence names.
_NAMED = 3


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

    @property
    def left_out(self) -> int:
        """Steps that have no place in the schedule."""
        return int(self.plan.steps["deadline"].isna().sum())

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """Why each of them has none, as :attr:`slz_lib.planning.schedule.Schedule.reasons`."""
        schedule = self.plan.schedule
        return pd.DataFrame() if schedule is None else schedule.reasons

    @cached_property
    def load(self) -> pd.DataFrame:
        """Person-days by body and quarter, beside the capacity."""
        schedule = self.plan.schedule
        return pd.DataFrame() if schedule is None else schedule.load

    @cached_property
    def relief(self) -> pd.DataFrame:
        """What each scenario moves."""
        return relief(self.plan)

    @property
    def gap(self) -> float:
        """The share of the schedule's lateness that is not proven to be unavoidable."""
        schedule = self.plan.schedule
        found, least = (0, 0) if schedule is None else schedule.quality[["cost", "least"]].sum()
        return float((found - least) / found) if found else 0.0

    @cached_property
    def ranked(self) -> list[str]:
        """Measures of the plan by priority, the first one first."""
        scores = self.plan.scores
        ids = self.plan.decisions["measure_id"]
        return [*ids] if scores is None else [*scores.table.sort_values("rank").index]

    @cached_property
    def priorities(self) -> pd.DataFrame:
        """The steps of the measures that come first and have a place in the schedule.

        The step of a measure's main cause stands before its others.
        """
        steps = self.plan.placed
        chosen = [m for m in self.ranked if m in set(steps["measure_id"])][:_PRIORITIES]
        main = steps["measure_id"].map(self.plan.decisions.set_index("measure_id")["cause"])
        own = steps.assign(
            place=steps["measure_id"].map({m: place for place, m in enumerate(chosen)}),
            other=steps["cause"].ne(main),
        ).dropna(subset="place")
        return own.sort_values(["place", "other"], kind="stable", ignore_index=True)

    @property
    def priority_measures(self) -> list[str]:
        """Ids of the measures that come first."""
        return [*self.priorities["measure_id"].unique()]

    @property
    def priority_cards(self) -> Content:
        """Their blocks."""
        return priority_cards(self.plan, self.priorities)

    @property
    def asked(self) -> int:
        """Measures of which others than their leads decide."""
        return int(self.plan.decisions["decides"].dropna().ne(str(Decides.DEPARTMENT)).sum())

    @cached_property
    def deciding(self) -> dict[str, int]:
        """Of how many measures of the plan each body decides besides leads, the highest first."""
        rules = self.plan.evaluation.dataset.plan_choices.sort_values("order")
        asked = rules[rules["choice"].isin(self.plan.decisions["choice"])]
        asked = asked[asked["decides"].ne(str(Decides.DEPARTMENT))]
        order = [str(each) for each in reversed(Decides)]
        asked = asked.sort_values("decides", key=lambda c: c.map(order.index), kind="stable")
        body = self.plan.decisions["choice"].map(asked.set_index("choice")["body"])
        counts = body.value_counts()
        return {str(name): int(counts[name]) for name in asked["body"].unique()}

    @property
    def at_capacities(self) -> str:
        """By which capacities it is told what fits."""
        return at_capacities(self.plan.said)

    @property
    def effort(self) -> int:
        """Person-days of all steps; assumptions but for those that sources say."""
        return round(float(self.plan.steps["effort"].sum()))

    @property
    def priced(self) -> int:
        """Steps whose sum of money some source gives."""
        return int(self.plan.steps["money"].count())

    @cached_property
    def most_work(self) -> str:
        """The bodies with most person-days: ``OSV 692, OŠMTS 323``."""
        days = self.plan.steps.groupby("lead")["effort"].sum().drop(index="", errors="ignore")
        most = days.sort_values(ascending=False, kind="stable").head(_NAMED)
        names = body_names(self.plan.evaluation.dataset).reindex(most.index)
        return ", ".join(
            f"{name}\u00a0{format_number(round(number))}"
            for name, number in zip(names, most, strict=True)
        )

    @cached_property
    def areas(self) -> list[SimpleNamespace]:
        """The records of the areas with at least one measure in the plan."""
        ordered = self.plan.evaluation.dataset.areas.sort_values("order")
        return as_records(ordered[ordered["id"].isin(self.plan.decisions["area_id"])])
