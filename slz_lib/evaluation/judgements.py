"""The judgement of every measure: published status beside derived status, with what led to it."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation import criteria as crit, rules
from slz_lib.vocabulary import EvidenceState, Period, Status


def deadline_days(measures: pd.DataFrame) -> pd.Series:
    """The last day of each measure's deadline (datetime64); NaT where it hangs on an event."""
    months = pd.to_datetime(measures["deadline_month"], format="%Y-%m", errors="coerce")
    return months + pd.offsets.MonthEnd(0)


def judge(
    measures: pd.DataFrame,
    measure_bodies: pd.DataFrame,
    decisions: pd.DataFrame,
    evidence: pd.DataFrame,
    evaluation_rules: pd.DataFrame,
    rule_conditions: pd.DataFrame,
    period: Period,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judgements of all measures, and the criteria they rest on.

    Args:
        measures: the strategy's measures.
        measure_bodies: who holds which role in them.
        decisions: published statuses of the period.
        evidence: evidence of the period.
        evaluation_rules: all rules; those in force on the as-of day apply.
        rule_conditions: conditions of the rules.
        period: the evaluated period.

    Returns:
        ``judgements`` in the measures' order: ``measure_id``, ``area_id``, ``published`` (status
        code), ``derived`` (status code, NA without evidence), ``rule_id``, ``agrees`` (bool),
        ``criteria`` (int), ``share_done``, ``share_fulfilled``, ``share_active``,
        ``share_preparing`` (Float64), ``reach`` (int), ``deadline_kind``, ``deadline_day``,
        ``overdue`` (bool: a fixed deadline has passed and the published status is not SPLNĚNO),
        ``lead_missing`` (bool), ``supplied`` (bool: something was supplied at all);
        and the table of :func:`slz_lib.evaluation.criteria.criteria`.

    Raises:
        EvaluationError: no rule is in force on the as-of day.
    """
    dated = measures.assign(deadline_day=deadline_days(measures))
    by_criterion = crit.criteria(evidence)
    amounts = crit.quantities(by_criterion, dated, period.as_of)
    in_force = rules.rules_in_force(evaluation_rules, period.as_of)
    derived = rules.decide(amounts, in_force, rule_conditions)
    supplied = (
        evidence["state"].ne(str(EvidenceState.NOTHING_SUPPLIED)).groupby(evidence["measure_id"])
    )
    table = (
        dated.set_index("id")[["area_id", "deadline_kind", "deadline_day"]]
        .rename_axis("measure_id")
        .join(decisions.set_index("measure_id")["status"].rename("published"))
        .join(derived)
        .join(amounts)
    )
    table["agrees"] = table["published"].eq(table["derived"]).fillna(False).astype(bool)
    fixed = table["deadline_fixed"].eq(1) & table["deadline_passed"].eq(1)
    table["overdue"] = fixed & table["published"].ne(str(Status.SPLNENO))
    lead_missing = crit.leads_missing(measure_bodies)
    table["lead_missing"] = lead_missing.reindex(table.index, fill_value=True)
    table["supplied"] = supplied.any().reindex(table.index, fill_value=False)
    columns = [
        "area_id",
        "published",
        "derived",
        "rule_id",
        "agrees",
        "criteria",
        "share_done",
        "share_fulfilled",
        "share_active",
        "share_preparing",
        "reach",
        "deadline_kind",
        "deadline_day",
        "overdue",
        "lead_missing",
        "supplied",
    ]
    return table[columns].reset_index(), by_criterion
