"""The action-plan draft: a decision for every measure and steps inside the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.display import Bar, overview
from slz_lib.evaluation.summaries import bodies_in_order
from slz_lib.language import count
from slz_lib.vocabulary import Decision, Period, Terms, labels

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

#: What a plan can propose for a measure, in the order in which it is told: code → Czech word.
DECISIONS: dict[str, str] = labels(Decision)


@dataclass(frozen=True, eq=False)
class ActionPlan:
    """Návrh akčního plánu: podklad pro rozhodování, nikoli rozhodnutí.

    Its tables are read, never written.

    Attributes:
        horizon: the planned years.
        evaluation: the period it follows.
        decisions: one row a measure not done for good: ``measure_id``, ``area_id``, ``cause``,
            ``causes`` (all, joined by ``;``), ``decision`` (key of :data:`DECISIONS`),
            ``merge_into`` (measure id, NA), ``reason`` of a merge (NA).
        steps: one row a step: ``id``, ``measure_id``, ``area_id``, ``cause``, ``step``, ``lead``,
            ``cooperating`` (body ids joined by ``;``, empty when not assigned), ``indicator``,
            ``target``, ``start``, ``deadline`` (datetime64), ``funding`` (NA = unknown), ``risk``.
    """

    horizon: Period
    evaluation: Evaluation
    decisions: pd.DataFrame
    steps: pd.DataFrame

    @property
    def terms(self) -> Terms:
        """What the strategy calls its parts, itself and its plans."""
        return self.evaluation.terms

    @cached_property
    def decision_counts(self) -> pd.Series:
        """Measures by proposed decision (index decision key)."""
        return self.decisions["decision"].value_counts().reindex(list(DECISIONS), fill_value=0)

    @cached_property
    def cause_counts(self) -> pd.Series:
        """Steps by cause, in the rules' order.

        A cause leads to one step of a measure, so these are also the measures with the cause; a
        measure with two causes counts under each.
        """
        order = self.evaluation.dataset.plan_causes.sort_values("order")["id"]
        return self.steps["cause"].value_counts().reindex(order, fill_value=0)

    @cached_property
    def by_body(self) -> pd.DataFrame:
        """Steps by lead body; a step with two leads counts under each.

        Returns:
            Index body id, ``""`` for steps without any lead; ``measures``, ``steps`` (int),
            ``first`` and ``last`` deadline; ordered by steps, then short name, ``""`` last.
        """
        long = self.steps.assign(body=self.steps["lead"].str.split(";")).explode("body")
        table = long.groupby("body").agg(
            measures=("measure_id", "nunique"),
            steps=("id", "nunique"),
            first=("deadline", "min"),
            last=("deadline", "max"),
        )
        return bodies_in_order(table, self.evaluation.dataset.bodies, "steps")

    def __repr__(self) -> str:
        return (
            f"<ActionPlan {self.horizon.id}: {len(self.decisions)} measures, "
            f"{len(self.steps)} steps>"
        )

    def _repr_html_(self) -> str:
        return overview(
            f"Návrh {self.terms.plan.form(2)} {self.horizon.label}",
            facts={
                "Navazuje na období": self.evaluation.period.label,
                "Opatření v plánu": str(len(self.decisions)),
                "Kroky": count(len(self.steps), "krok", "kroky", "kroků"),
            },
            bars=[Bar(DECISIONS[str(k)], int(n)) for k, n in self.decision_counts.items()],
            bars_title="Opatření podle navrženého rozhodnutí",
            next_steps=("plan.decisions", "plan.steps", "plan.by_body"),
        )
