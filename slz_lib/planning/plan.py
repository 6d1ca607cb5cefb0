"""The action-plan draft: a decision for every measure and steps inside the horizon."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from slz_lib.display import Bar, overview
from slz_lib.errors import ParameterError
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import bodies_in_order
from slz_lib.language import count
from slz_lib.planning.dates import reported_work
from slz_lib.planning.schedule import Schedule
from slz_lib.planning.scores import Scores
from slz_lib.vocabulary import Choice, Period, Terms, labels

#: What a plan can propose for a measure, in the order in which it is told: code → Czech word.
CHOICES: dict[str, str] = labels(Choice)


@dataclass(frozen=True, eq=False)
class ActionPlan:
    """Návrh akčního plánu: podklad pro rozhodování, nikoli rozhodnutí.

    Its tables are read, never written.

    Attributes:
        horizon: the planned years.
        evaluation: the period it follows.
        decisions: one row a measure not done for good: ``measure_id``, ``area_id``, ``cause``,
            ``causes`` (all, joined by ``;``, circumstances last), ``merge_into`` (measure id, NA),
            ``reason`` of a merge (NA), ``choice`` (key of :data:`CHOICES`), ``alternatives`` (keys
            joined by ``;``), ``for``, ``against``, ``decides`` (code of
            :class:`slz_lib.vocabulary.Decides`, NA = no rule says), ``why`` (causes with what they
            rest on), ``to_body_id`` (to whom it is handed over, NA), ``proposed_wording`` and
            ``proposed_indicator`` (NA).
        steps: one row a step: ``id``, ``measure_id``, ``area_id``, ``cause``, ``step``,
            ``criterion`` (what is not fulfilled), ``lead`` (one body id, the guarantor's where no
            lead is known, empty where data name none), ``cooperating`` (body ids joined by ``;``),
            ``indicator``, ``baseline``, ``target``, ``start``, ``deadline`` (datetime64),
            ``earliest``, ``due`` (quarters of the horizon from 0), ``length`` (quarters),
            ``effort`` (person-days, an assumption but for ``said``, NA), ``money`` (crowns, NA =
            unknown), ``money_source`` (NA = unknown), ``risk``, ``treatment`` (NA), ``requires``
            (ids of steps joined by ``;``).
        grounds: what each cause of each measure rests on, see
            :func:`slz_lib.planning.grounds.grounds`.
        scores: how urgent the measures are, and how far that rests on the weights.
        schedule: when each step is done, what does not fit and why.
    """

    horizon: Period
    evaluation: Evaluation
    decisions: pd.DataFrame
    steps: pd.DataFrame
    grounds: pd.DataFrame = field(default_factory=pd.DataFrame)
    scores: Scores | None = None
    schedule: Schedule | None = None

    @property
    def terms(self) -> Terms:
        """What the strategy calls its parts, itself and its plans."""
        return self.evaluation.terms

    def own(self, table: str) -> pd.DataFrame:
        """Řádky tabulky plánů, které patří tomuto: ``plan.own("capacities")``.

        Raises:
            ParameterError: there is no such table, or it is not one of plans.
        """
        rows = self.evaluation.dataset.table(table)
        if "horizon_id" not in rows:
            raise ParameterError(f"Tabulka „{table}“ není o\u00a0plánech; má ji dataset.{table}.")
        return rows[rows["horizon_id"].eq(self.horizon.id)]

    @cached_property
    def said(self) -> pd.DataFrame:
        """What sources say of work, and is no assumption: of steps and of what a body can do.

        Returns:
            A row a step or a capacity: ``step_id``, ``body_id`` and ``quarter`` (each NA where it
            is not of it), ``person_days``, ``source_id``, ``source_place``.
        """
        work = reported_work(self.own("progress"))
        capacities = self.own("capacities")
        rows = pd.concat(
            [
                work.reindex([id_ for id_ in self.steps["id"] if id_ in work.index]).reset_index(),
                capacities[capacities["assumption"].isna()],
            ]
        )
        names = ["step_id", "body_id", "quarter", "person_days", "source_id", "source_place"]
        return rows.reindex(columns=names).reset_index(drop=True)

    @property
    def placed(self) -> pd.DataFrame:
        """The steps that have a place in the schedule."""
        return self.steps.dropna(subset=["deadline"])

    @cached_property
    def choice_counts(self) -> pd.Series:
        """Measures by proposed choice (index key of a choice)."""
        return self.decisions["choice"].value_counts().reindex(list(CHOICES), fill_value=0)

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
        """Steps by lead body.

        Returns:
            Index body id, ``""`` for steps without any lead; ``measures``, ``steps`` (int),
            ``first`` and ``last`` deadline; ordered by steps, then short name, ``""`` last.
        """
        table = self.steps.groupby("lead").agg(
            measures=("measure_id", "nunique"),
            steps=("id", "nunique"),
            first=("deadline", "min"),
            last=("deadline", "max"),
        )
        table = table.rename_axis("body")
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
            bars=[Bar(CHOICES[str(k)], int(n)) for k, n in self.choice_counts.items()],
            bars_title="Opatření podle navrženého rozhodnutí",
            next_steps=("plan.decisions", "plan.steps", "plan.by_body"),
        )
