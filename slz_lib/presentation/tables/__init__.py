"""Tabulky zprávy a plánu: funkce vyhodnocení nebo plánu, které vracejí tabulku dokumentu."""

from slz_lib.presentation.tables.agreement import agreement_table, settlements_table
from slz_lib.presentation.tables.alignment import (
    counterparts_table,
    districts_table,
    goal_answers_table,
    unlinked_table,
)
from slz_lib.presentation.tables.annexes import (
    differences_table,
    lead_missing_table,
    measures_table,
    not_supplied_table,
    overdue_table,
    sources_table,
)
from slz_lib.presentation.tables.audit import (
    audit_sheet,
    audit_summary_table,
    audit_table,
    spellings_table,
)
from slz_lib.presentation.tables.breakdowns import area_table, deadline_table, lead_table
from slz_lib.presentation.tables.comments import comments_table
from slz_lib.presentation.tables.comparison import (
    area_changes_table,
    measures_change_table,
    method_table,
    movers_table,
    shares_change_table,
    transitions_table,
)
from slz_lib.presentation.tables.context import (
    abbreviations_table,
    observations_table,
    series_table,
    territory_table,
)
from slz_lib.presentation.tables.goals import goal_status_table, goals_table
from slz_lib.presentation.tables.indicators import indicators_summary_table, indicators_table
from slz_lib.presentation.tables.other_plans import links_table, plan_table
from slz_lib.presentation.tables.plan import (
    assumptions_table,
    load_table,
    relief_table,
    risks_table,
    said_work_table,
    top_decisions_table,
    totals_table,
    unscheduled_table,
)
from slz_lib.presentation.tables.plan_annex import (
    body_table,
    causes_table,
    choices_table,
    decisions_table,
    every_step_table,
    merges_table,
    scores_table,
    sensitivity_table,
    steps_table,
)
from slz_lib.presentation.tables.results import (
    claims_table,
    derived_table,
    rules_table,
    scale_table,
    status_table,
)
from slz_lib.presentation.tables.returns import (
    acceptance_table,
    doubts_table,
    respondents_table,
)
from slz_lib.presentation.tables.traces import conditions_sheet, measure_trace, traces_table
from slz_lib.presentation.tables.uncertainty import (
    bounds_table,
    cases_table,
    district_response_table,
    response_table,
)

__all__ = [
    "abbreviations_table",
    "acceptance_table",
    "agreement_table",
    "area_changes_table",
    "area_table",
    "assumptions_table",
    "audit_sheet",
    "audit_summary_table",
    "audit_table",
    "body_table",
    "bounds_table",
    "cases_table",
    "causes_table",
    "choices_table",
    "claims_table",
    "comments_table",
    "conditions_sheet",
    "counterparts_table",
    "deadline_table",
    "decisions_table",
    "derived_table",
    "differences_table",
    "district_response_table",
    "districts_table",
    "doubts_table",
    "every_step_table",
    "goal_answers_table",
    "goal_status_table",
    "goals_table",
    "indicators_summary_table",
    "indicators_table",
    "lead_missing_table",
    "lead_table",
    "links_table",
    "load_table",
    "measure_trace",
    "measures_change_table",
    "measures_table",
    "merges_table",
    "method_table",
    "movers_table",
    "not_supplied_table",
    "observations_table",
    "overdue_table",
    "plan_table",
    "relief_table",
    "respondents_table",
    "response_table",
    "risks_table",
    "rules_table",
    "said_work_table",
    "scale_table",
    "scores_table",
    "sensitivity_table",
    "series_table",
    "settlements_table",
    "shares_change_table",
    "sources_table",
    "spellings_table",
    "status_table",
    "steps_table",
    "territory_table",
    "top_decisions_table",
    "totals_table",
    "traces_table",
    "transitions_table",
    "unlinked_table",
    "unscheduled_table",
]
