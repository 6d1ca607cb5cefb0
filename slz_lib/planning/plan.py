"""The action-plan draft: a decision for every measure and steps inside the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.display import Bar, overview
from slz_lib.language import count
from slz_lib.planning import causes, wording
from slz_lib.vocabulary import Period, Role

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

#: Decisions by weight: where two causes propose different ones, the weightier is proposed.
DECISIONS = {
    "merge": "sloučit",
    "close": "uzavřít",
    "reformulate": "přeformulovat",
    "continue": "pokračovat",
}


@dataclass(frozen=True)
class ActionPlan:
    """A drafted action plan; a proposal for people to change, not a decision.

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

    @cached_property
    def decision_counts(self) -> pd.Series:
        """Measures by proposed decision (index decision key)."""
        return (
            self.decisions["decision"].value_counts().reindex(list(DECISIONS)[::-1], fill_value=0)
        )

    @cached_property
    def cause_counts(self) -> pd.Series:
        """Measures by cause, in the rules' order; a measure with two causes counts under each."""
        order = self.evaluation.dataset.plan_causes.sort_values("order")["id"]
        return self.steps["cause"].value_counts().reindex(order, fill_value=0)

    @cached_property
    def by_body(self) -> pd.DataFrame:
        """Steps by lead body.

        Returns:
            Index body id (``""`` = not assigned); ``measures``, ``steps`` (int), ``first`` and
            ``last`` deadline; ordered by steps.
        """
        long = self.steps.assign(body=self.steps["lead"].str.split(";")).explode("body")
        table = long.groupby("body").agg(
            measures=("measure_id", "nunique"),
            steps=("id", "nunique"),
            first=("deadline", "min"),
            last=("deadline", "max"),
        )
        return table.sort_values("steps", ascending=False, kind="stable")

    def __repr__(self) -> str:
        return (
            f"<ActionPlan {self.horizon.id}: {len(self.decisions)} measures, "
            f"{len(self.steps)} steps>"
        )

    def _repr_html_(self) -> str:
        return overview(
            f"Návrh akčního plánu {self.horizon.label}",
            facts={
                "Navazuje na období": self.evaluation.period.label,
                "Opatření v plánu": str(len(self.decisions)),
                "Kroky": count(len(self.steps), "krok", "kroky", "kroků"),
            },
            bars=[Bar(DECISIONS[str(k)], int(n)) for k, n in self.decision_counts.items()],
            bars_title="Opatření podle navrženého rozhodnutí",
            next_steps=("plan.decisions", "plan.steps", "plan.by_body"),
        )


def _role_bodies(measure_bodies: pd.DataFrame, role: Role) -> pd.Series:
    """Body ids of a role joined by ``;``, by measure; a measure without any is missing."""
    rows = measure_bodies[measure_bodies["role"].eq(str(role)) & measure_bodies["body_id"].notna()]
    ordered = rows.sort_values(["measure_id", "order"])
    return ordered.groupby("measure_id")["body_id"].agg(";".join)


def _targets(indicators: pd.Series, rules: pd.DataFrame) -> pd.Series:
    """The target for each indicator: the first rule whose prefix it begins with."""
    lowered = indicators.fillna("").str.lower()
    result = pd.Series(pd.NA, index=indicators.index, dtype="str")
    for prefix, target in rules.sort_values("order")[["prefix", "target"]].fillna("").to_numpy():
        result = result.mask(result.isna() & lowered.str.startswith(prefix), target)
    return result.mask(indicators.isna())


def _deadlines(steps: pd.DataFrame, horizon: Period) -> pd.Series:
    """The cause's months after the horizon's start, no later than the measure's own deadline.

    A deadline of the measure that lies before the horizon cannot be kept and is passed over.
    """
    start = pd.Timestamp(horizon.start)
    planned = (start.year * 12 + start.month - 1 + steps["months"]).astype("int64")
    last = pd.to_datetime(
        {"year": (planned - 1) // 12, "month": (planned - 1) % 12 + 1, "day": 1}
    ) + pd.offsets.MonthEnd(0)
    end = pd.Timestamp(horizon.end)
    last = last.where(last <= end, end)
    own = steps["deadline_day"].where(steps["deadline_day"] >= start)
    kept: pd.Series = last.where(own.isna() | (own >= last), own)
    return kept


def draft_plan(evaluation: Evaluation, horizon: str) -> ActionPlan:
    """Draft the plan that follows an evaluated period.

    What a cause leads to (decision, step, indicator, target, risk, months) is data:
    ``data/rules/plan_causes.csv`` and ``plan_targets.csv``; proposals to merge and known sources of
    money are in ``data/plans/<horizon>``.

    Args:
        evaluation: the period that the plan follows.
        horizon: id of a horizon in ``data/plans``, for example ``2024-2025``.

    Raises:
        ParameterError: the data do not know the horizon.
    """
    dataset = evaluation.dataset
    years = dataset.horizon(horizon)
    rules = dataset.plan_causes.rename(columns={"id": "cause"})
    judgements = evaluation.judgements[causes.not_done_for_good(evaluation.judgements)]
    assigned = causes.assigned(causes.applicable(evaluation), dataset.plan_causes)
    assigned = assigned[assigned["measure_id"].isin(judgements["measure_id"])]

    measures = dataset.measures.rename(columns={"id": "measure_id"})
    order = measures[["measure_id"]].assign(position=range(len(measures)))
    steps = (
        assigned.merge(rules.drop(columns=["kind"]), on="cause")
        .merge(
            measures[["measure_id", "area_id", "indicator"]],
            on="measure_id",
            suffixes=("", "_measure"),
        )
        .merge(judgements[["measure_id", "deadline_day"]], on="measure_id")
        .merge(order, on="measure_id")
        .sort_values(["position", "order"], kind="stable", ignore_index=True)
    )
    named = wording.particulars(evaluation).reindex(steps["measure_id"])
    steps["step"] = wording.worded(steps["step"], named)
    own_indicator = steps["indicator"].isna()
    steps["indicator"] = steps["indicator"].fillna(steps["indicator_measure"])
    targets = _targets(steps["indicator_measure"], dataset.plan_targets)
    steps["target"] = steps["target"].mask(own_indicator, targets)
    steps["start"] = pd.Timestamp(years.start)
    steps["deadline"] = _deadlines(steps, years)
    number = steps.groupby("measure_id").cumcount() + 1
    steps["id"] = steps["measure_id"] + "/" + number.astype("str")
    for role, column in ((Role.LEAD, "lead"), (Role.COOPERATING, "cooperating")):
        bodies = _role_bodies(dataset.measure_bodies, role)
        steps[column] = steps["measure_id"].map(bodies).fillna("")
    money = dataset.funding[dataset.funding["horizon_id"] == horizon]
    steps["funding"] = steps["measure_id"].map(
        money.groupby("measure_id")["funding"].agg("; ".join)
    )

    merges = dataset.merges[dataset.merges["horizon_id"] == horizon].set_index("measure_id")
    weight = {key: rank for rank, key in enumerate(DECISIONS)}
    proposed = steps.assign(weight=steps["decision"].map(weight)).groupby("measure_id", sort=False)
    main = assigned[assigned["kind"] == "main"].set_index("measure_id")["cause"]
    decisions = pd.DataFrame(
        {
            "area_id": proposed["area_id"].first(),
            "cause": main,
            "causes": proposed["cause"].agg(";".join),
            "decision": proposed["weight"].min().map(dict(enumerate(DECISIONS))),
        }
    ).reindex(list(proposed.groups))
    decisions["merge_into"] = merges["into_measure_id"].reindex(decisions.index)
    decisions["reason"] = merges["reason"].reindex(decisions.index)
    decisions["decision"] = decisions["decision"].mask(decisions["merge_into"].notna(), "merge")
    columns = [
        "id",
        "measure_id",
        "area_id",
        "cause",
        "step",
        "lead",
        "cooperating",
        "indicator",
        "target",
        "start",
        "deadline",
        "funding",
        "risk",
    ]
    return ActionPlan(
        horizon=years,
        evaluation=evaluation,
        decisions=decisions.rename_axis("measure_id").reset_index(),
        steps=steps[columns],
    )
