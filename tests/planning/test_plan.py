"""The drafted plan of the real data."""

from __future__ import annotations

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import ParameterError


def test_every_measure_not_done_for_good_has_one_decision(plan: slz_lib.ActionPlan) -> None:
    judged = plan.evaluation.judgements
    done = judged["published"].eq("SPLNENO") & judged["derived"].eq("SPLNENO")
    assert list(plan.decisions["measure_id"]) == list(judged.loc[~done, "measure_id"])
    assert set(plan.decisions["decision"]) <= {"continue", "reformulate", "merge", "close"}


def test_every_measure_of_the_plan_has_exactly_one_main_cause(plan: slz_lib.ActionPlan) -> None:
    kinds = plan.evaluation.dataset.plan_causes.set_index("id")["kind"]
    main = plan.steps[plan.steps["cause"].map(kinds).eq("main")]
    assert list(main["measure_id"]) == list(plan.decisions["measure_id"])


def test_every_deadline_lies_inside_the_horizon_and_within_the_measures_own(
    plan: slz_lib.ActionPlan,
) -> None:
    start, end = pd.Timestamp(plan.horizon.start), pd.Timestamp(plan.horizon.end)
    assert plan.steps["deadline"].between(start, end).all()
    own = plan.evaluation.judgements.set_index("measure_id")["deadline_day"]
    limit = plan.steps["measure_id"].map(own)
    ahead = limit >= start
    assert (plan.steps.loc[ahead, "deadline"] <= limit[ahead]).all()


@pytest.mark.parametrize(
    ("measure", "cause"),
    [
        ("I.6", "waits_for_law"),
        ("VI.11", "waits_for_law"),
        ("II.3", "nothing_supplied"),
        ("I.5", "not_done"),
        ("VII.1", "only_preparing"),
        ("IX.3", "some_municipalities"),
        ("XI.5", "unknown_reach"),
        ("I.3", "partial"),
        ("IV.3", "running"),
        ("XIII.2", "announced"),
    ],
)
def test_the_main_cause_of_a_measure(plan: slz_lib.ActionPlan, measure: str, cause: str) -> None:
    assert plan.decisions.set_index("measure_id").loc[measure, "cause"] == cause


def test_a_measure_without_a_lead_is_told_to_find_one(plan: slz_lib.ActionPlan) -> None:
    told = plan.steps.loc[plan.steps["cause"].eq("lead_missing"), "measure_id"]
    judged = plan.evaluation.judgements
    assert list(told) == list(judged.loc[judged["lead_missing"], "measure_id"])


def test_a_passed_deadline_proposes_to_reformulate(plan: slz_lib.ActionPlan) -> None:
    decisions = plan.decisions.set_index("measure_id")["decision"]
    assert decisions["XIII.3"] == "reformulate"


def test_a_merge_outweighs_every_other_decision(plan: slz_lib.ActionPlan) -> None:
    decisions = plan.decisions.set_index("measure_id")
    merged = decisions[decisions["merge_into"].notna()]
    assert set(merged["decision"]) == {"merge"}
    assert decisions.loc["IX.7", "merge_into"] == "IX.4"


def test_a_step_names_the_places_it_starts_from(plan: slz_lib.ActionPlan) -> None:
    steps = plan.steps.set_index(["measure_id", "cause"])["step"]
    assert "(Liberec, Velké Hamry)" in steps["IX.3", "some_municipalities"]
    assert not plan.steps["step"].str.contains("$", regex=False).any()


def test_money_is_named_only_where_a_source_names_it(plan: slz_lib.ActionPlan) -> None:
    known = set(plan.steps.loc[plan.steps["funding"].notna(), "measure_id"])
    funding = plan.evaluation.dataset.funding
    assert known == set(funding["measure_id"])
    assert set(funding["source_id"]) <= set(plan.evaluation.dataset.sources["id"])


def test_a_plan_follows_from_its_data_alone(plan: slz_lib.ActionPlan) -> None:
    again = slz_lib.draft_plan(plan.evaluation, "2024-2025")
    pd.testing.assert_frame_equal(again.steps, plan.steps)


def test_an_unknown_horizon_is_refused_with_the_nearest(evaluation: slz_lib.Evaluation) -> None:
    with pytest.raises(ParameterError, match="2024-2025"):
        slz_lib.draft_plan(evaluation, "2024-25")
