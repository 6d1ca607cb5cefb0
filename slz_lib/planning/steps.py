"""The steps of a plan that concern an area or a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.planning.plan import ActionPlan

#: What a list of steps tells of each.
_COLUMNS = ["id", "measure_id", "cause", "step", "lead", "deadline"]


def steps_of_area(plan: ActionPlan, area: str) -> pd.DataFrame:
    """An area's steps, in the plan's order.

    Returns:
        ``id``, ``measure_id``, ``cause``, ``step``, ``lead``, ``deadline``, see
        :attr:`slz_lib.planning.ActionPlan.steps`.
    """
    return plan.steps.loc[plan.steps["area_id"].eq(area), _COLUMNS].reset_index(drop=True)


def steps_of_cause(plan: ActionPlan, cause: str, measures: list[str]) -> pd.DataFrame:
    """The steps that a cause asks for in these measures, in the plan's order.

    Args:
        plan: the plan.
        cause: code of the cause.
        measures: ids of measures.

    Returns:
        Columns as of :func:`steps_of_area`.
    """
    chosen = plan.steps["cause"].eq(cause) & plan.steps["measure_id"].isin(measures)
    return plan.steps.loc[chosen, _COLUMNS].reset_index(drop=True)


def steps_naming(plan: ActionPlan, body: str, column: str) -> pd.DataFrame:
    """The steps that name a body, in the plan's order.

    Args:
        plan: the plan.
        body: id of the body.
        column: ``lead`` or ``cooperating``.

    Returns:
        Columns as of :func:`steps_of_area`.
    """
    named = (";" + plan.steps[column] + ";").str.contains(f";{body};", regex=False)
    return plan.steps.loc[named, _COLUMNS].reset_index(drop=True)
