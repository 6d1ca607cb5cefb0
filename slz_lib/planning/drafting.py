"""Drafting: from causes and rules to decisions and dated steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.dataset.memo import Memo, contents
from slz_lib.errors import EvaluationError, ParameterError
from slz_lib.language import count, enumerate_words
from slz_lib.planning import causes, wording
from slz_lib.planning.plan import ActionPlan
from slz_lib.vocabulary import CauseKind, Decision, Period, Role

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

#: Where two causes propose different decisions, the first of these is proposed.
_BY_WEIGHT = (Decision.MERGE, Decision.CLOSE, Decision.REFORMULATE, Decision.CONTINUE)

_kept: Memo[ActionPlan] = Memo()

#: So many measures a message names.
_SHOWN = 5

_STEP_COLUMNS = [
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


def _role_bodies(measure_bodies: pd.DataFrame, role: Role) -> pd.Series:
    """Body ids of a role joined by ``;``, by measure; a measure without any is missing."""
    rows = measure_bodies[measure_bodies["role"].eq(str(role)) & measure_bodies["body_id"].notna()]
    ordered = rows.sort_values(["measure_id", "order"])
    return ordered.groupby("measure_id")["body_id"].agg(";".join)


def _targets(indicators: pd.Series, rules: pd.DataFrame) -> pd.Series:
    """The target for each indicator: the first rule whose words it begins with."""
    lowered = indicators.fillna("").str.lower() + " "
    result = pd.Series(pd.NA, index=indicators.index, dtype="str")
    for prefix, target in rules.sort_values("order")[["prefix", "target"]].fillna("").to_numpy():
        begins = lowered.str.startswith(f"{prefix} ") if prefix else lowered.notna()
        result = result.mask(result.isna() & begins, target)
    return result.mask(indicators.isna())


def _deadlines(steps: pd.DataFrame, horizon: Period) -> pd.Series:
    """The cause's months after the horizon's start, no later than the measure's own deadline.

    A deadline of the measure that lies before the horizon cannot be kept and is passed over; so is
    any deadline where the cause does not ask to stay within it.
    """
    start = pd.Timestamp(horizon.start)
    planned = (start.year * 12 + start.month - 1 + steps["months"]).astype("int64")
    last = pd.to_datetime(
        {"year": (planned - 1) // 12, "month": (planned - 1) % 12 + 1, "day": 1}
    ) + pd.offsets.MonthEnd(0)
    end = pd.Timestamp(horizon.end)
    last = last.where(last <= end, end)
    own = steps["deadline_day"].where((steps["deadline_day"] >= start) & steps["within_deadline"])
    kept: pd.Series = last.where(own.isna() | (own >= last), own)
    return kept


def _drafted_steps(
    evaluation: Evaluation, assigned: pd.DataFrame, merges: pd.Series, horizon: Period
) -> pd.DataFrame:
    """The rules of each assigned cause, filled with what is known of its measure."""
    dataset = evaluation.dataset
    measures = dataset.measures.rename(columns={"id": "measure_id"})
    measures = measures.assign(place=range(len(measures)))
    steps = (
        assigned.merge(
            dataset.plan_causes.rename(columns={"id": "cause"}).drop(columns="kind"), on="cause"
        )
        .merge(
            measures[["measure_id", "area_id", "indicator", "place"]],
            on="measure_id",
            suffixes=("", "_measure"),
        )
        .merge(evaluation.judgements[["measure_id", "deadline_day"]], on="measure_id")
        .sort_values(["place", "order"], kind="stable", ignore_index=True)
    )
    named = wording.particulars(evaluation, merges, horizon.start).reindex(steps["measure_id"])
    steps["step"] = wording.worded(steps["step"], named)
    targets = _targets(steps["indicator_measure"], dataset.plan_targets)
    steps["target"] = steps["target"].mask(steps["indicator"].isna(), targets)
    steps["indicator"] = steps["indicator"].fillna(steps["indicator_measure"])
    steps["start"] = pd.Timestamp(horizon.start)
    steps["deadline"] = _deadlines(steps, horizon)
    number = steps.groupby("measure_id").cumcount() + 1
    steps["id"] = steps["measure_id"] + "/" + number.astype("str")
    leads = steps["measure_id"].map(_role_bodies(dataset.measure_bodies, Role.LEAD))
    # Where nobody has a role, nothing says that the values are texts.
    steps["lead"] = steps["owner_id"].fillna(leads.astype("str")).fillna("")
    cooperating = steps["measure_id"].map(_role_bodies(dataset.measure_bodies, Role.COOPERATING))
    steps["cooperating"] = cooperating.astype("str").fillna("")
    known = dataset.funding[dataset.funding["horizon_id"] == horizon.id]
    money = known.groupby("measure_id", sort=False)["funding"].agg("; ".join)
    steps["funding"] = steps["measure_id"].map(money).astype("str")
    return steps


def _main_causes(assigned: pd.DataFrame, measures: pd.Series) -> pd.Series:
    """The main cause of each measure (index measure id).

    Raises:
        EvaluationError: a measure has none, so that the plan would lose it.
    """
    main = assigned[assigned["kind"] == str(CauseKind.MAIN)].set_index("measure_id")["cause"]
    lost = measures[~measures.isin(main.index)].tolist()
    if lost:
        shown = enumerate_words(lost) if len(lost) <= _SHOWN else ", ".join([*lost[:_SHOWN], "…"])
        raise EvaluationError(
            f"Návrh plánu nenašel hlavní příčinu pro {count(len(lost), *['opatření'] * 3)} "
            f"({shown}); zkontrolujte sloupec kind v tabulce data/rules/plan_causes.csv."
        )
    return main


def draft_plan(evaluation: Evaluation, horizon: str) -> ActionPlan:
    """Navrhne akční plán, který na vyhodnocené období navazuje.

    What a cause leads to (decision, step, indicator, target, risk, months, owner) is data:
    ``data/rules/plan_causes.csv`` and ``plan_targets.csv``; proposals to merge and known sources of
    money are in ``data/plans/<horizon>``.

    Args:
        evaluation: the period that the plan follows.
        horizon: id of a horizon in ``data/plans``, for example ``2024-2025``.

    Raises:
        ParameterError: the data do not know the horizon, or it begins within the evaluated period.
        EvaluationError: a measure has no main cause.
    """
    kept = _kept.get(contents(evaluation, horizon), lambda: _drafted(evaluation, horizon))
    return replace(
        kept,
        evaluation=evaluation,
        decisions=kept.decisions.copy(deep=False),
        steps=kept.steps.copy(deep=False),
    )


def following_plan(evaluation: Evaluation) -> ActionPlan | None:
    """The draft for the first planning horizon that follows the period; ``None`` without one."""
    horizons = evaluation.dataset.horizons
    following = horizons[horizons["follows"].eq(evaluation.period.id)].sort_values("start")
    return None if following.empty else draft_plan(evaluation, str(following["id"].iloc[0]))


def _drafted(evaluation: Evaluation, horizon: str) -> ActionPlan:
    dataset = evaluation.dataset
    years = dataset.horizon(horizon)
    if years.start <= evaluation.period.end:
        raise ParameterError(
            f"Plánovací období {years.label} začíná dřív, než končí vyhodnocené období "
            f"{evaluation.period.label}; navazuje na období {dataset.followed_by(horizon)}."
        )
    merges = dataset.merges[dataset.merges["horizon_id"] == horizon].set_index("measure_id")
    ends = dataset.successions
    # What has ended before the plan begins needs no step, unless this very plan proposes to end it.
    ended = ends.loc[ends["ended"] < pd.Timestamp(years.start), "measure_id"]
    open_ = evaluation.judgements.loc[causes.not_done_for_good(evaluation), "measure_id"]
    open_ = open_[~open_.isin(ended) | open_.isin(merges.index)]
    applicable = causes.applicable(evaluation, merges.index, years.start)
    assigned = causes.assigned(applicable, dataset.plan_causes)
    assigned = assigned[assigned["measure_id"].isin(open_)]
    main = _main_causes(assigned, open_)
    steps = _drafted_steps(evaluation, assigned, merges["into_measure_id"], years)

    weight = {str(decision): rank for rank, decision in enumerate(_BY_WEIGHT)}
    proposed = steps.assign(weight=steps["decision"].map(weight)).groupby("measure_id", sort=False)
    decisions = pd.DataFrame(
        {
            "area_id": proposed["area_id"].first(),
            "cause": main,
            "causes": proposed["cause"].agg(";".join),
            "decision": proposed["weight"].min().map(dict(enumerate(weight))),
            "merge_into": merges["into_measure_id"],
            "reason": merges["reason"],
        }
    ).reindex(list(proposed.groups))
    return ActionPlan(
        horizon=years,
        evaluation=evaluation,
        decisions=decisions.rename_axis("measure_id").reset_index(),
        steps=steps[_STEP_COLUMNS],
    )
