"""Drafting: from causes and rules to decisions and dated steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.dataset.memo import Memo, digest
from slz_lib.errors import EvaluationError, ParameterError
from slz_lib.language import counted, first_words
from slz_lib.planning import causes, choices, steps, wording
from slz_lib.planning.grounds import grounds
from slz_lib.planning.plan import ActionPlan
from slz_lib.planning.timetable import timed
from slz_lib.vocabulary import CauseKind

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

_kept: Memo[ActionPlan] = Memo()


def _main_causes(assigned: pd.DataFrame, measures: pd.Series) -> pd.Series:
    """The main cause of each measure (index measure id).

    Raises:
        EvaluationError: a measure has none, so that the plan would lose it.
    """
    main = assigned[assigned["kind"] == str(CauseKind.MAIN)].set_index("measure_id")["cause"]
    lost = measures[~measures.isin(main.index)].tolist()
    if lost:
        raise EvaluationError(
            f"Návrh plánu nenašel hlavní příčinu pro {counted(len(lost), 'opatreni', 4)} "
            f"({first_words(lost)}); zkontrolujte sloupec kind v tabulce "
            "data/rules/plan_causes.csv."
        )
    return main


def draft_plan(evaluation: Evaluation, horizon: str) -> ActionPlan:
    """Navrhne akční plán, který na vyhodnocené období navazuje.

    What a cause leads to (choice, arguments, step, indicator, target, risk, effort, months, owner)
    is data: the tables ``data/rules/plan_*.csv``; proposals for single measures, proposals to merge
    and known sources of money are in ``data/plans/<horizon>``.

    Args:
        evaluation: the period that the plan follows.
        horizon: id of a horizon in ``data/plans``, for example ``2024-2025``.

    Raises:
        ParameterError: the data do not know the horizon, or it begins within the evaluated period.
        EvaluationError: a measure has no main cause.
    """
    kept = _kept.get(digest(evaluation, horizon), lambda: timed(drafted(evaluation, horizon)))
    return replace(
        kept,
        evaluation=evaluation,
        decisions=kept.decisions.copy(deep=False),
        steps=kept.steps.copy(deep=False),
        grounds=kept.grounds.copy(deep=False),
    )


def following_plan(evaluation: Evaluation) -> ActionPlan | None:
    """The draft for the first planning horizon that follows the period; ``None`` without one."""
    following = evaluation.dataset.plans_after(evaluation.period.id).sort_values("start")
    return None if following.empty else draft_plan(evaluation, str(following["id"].iloc[0]))


def drafted(evaluation: Evaluation, horizon: str) -> ActionPlan:
    """The plan before its schedule: decisions, and steps as their causes alone date them.

    Raises:
        ParameterError: as :func:`draft_plan`.
        EvaluationError: as :func:`draft_plan`.
    """
    dataset = evaluation.dataset
    years = dataset.horizon(horizon)
    if years.start <= evaluation.period.end:
        raise ParameterError(
            f"Plánovací období {years.label} začíná dřív, než končí vyhodnocené období "
            f"{evaluation.period.label}; navazuje na období {dataset.followed_by(horizon)}."
        )
    merges, proposals = (
        table[table["horizon_id"] == horizon].set_index("measure_id")
        for table in (dataset.merges, dataset.proposals)
    )
    ends = dataset.successions
    # What has ended before the plan begins needs no step, unless this very plan proposes to end it.
    ended = ends.loc[ends["ended"] < pd.Timestamp(years.start), "measure_id"]
    open_ = evaluation.judgements.loc[causes.not_done_for_good(evaluation), "measure_id"]
    open_ = open_[~open_.isin(ended) | open_.isin(merges.index)]
    applicable = causes.applicable(evaluation, merges.index, years.start)
    assigned = causes.assigned(applicable, dataset.plan_causes)
    assigned = assigned[assigned["measure_id"].isin(open_)]
    main = _main_causes(assigned, open_)
    order = assigned["measure_id"].drop_duplicates().tolist()
    taking = choices.takers(evaluation, proposals)
    details = wording.particulars(
        evaluation, merges["into_measure_id"], years.start, steps.leads(evaluation), taking
    )
    traced = grounds(evaluation, assigned, merges)
    drafted = steps.drafted_steps(evaluation, assigned, details, proposals, years)
    chosen = choices.choices(evaluation, assigned, details, proposals, traced)
    decisions = pd.DataFrame(
        {
            "area_id": drafted.groupby("measure_id")["area_id"].first(),
            "cause": main,
            "causes": assigned.groupby("measure_id")["cause"].agg(";".join),
            "merge_into": merges["into_measure_id"],
            "reason": merges["reason"],
        }
    ).join(chosen)
    return ActionPlan(
        horizon=years,
        evaluation=evaluation,
        decisions=decisions.reindex(order).rename_axis("measure_id").reset_index(),
        steps=drafted,
        grounds=traced,
    )
