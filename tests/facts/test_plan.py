"""The drafted plan of the real data."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import EvaluationError, ParameterError
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.language import czech_sorted
from slz_lib.planning import causes, merge_candidates, wording
from slz_lib.planning.drafting import drafted
from slz_lib.presentation import tables
from slz_lib.vocabulary import Cause, Choice, StepDetail


def test_every_measure_not_done_for_good_has_one_decision(plan: slz_lib.ActionPlan) -> None:
    judged = plan.evaluation.judgements
    done = judged["status"].eq("SPLNENO") & judged["derived"].eq("SPLNENO")
    assert list(plan.decisions["measure_id"]) == list(judged.loc[~done, "measure_id"])
    assert set(plan.decisions["choice"]) <= set(Choice)


def test_every_measure_of_the_plan_has_exactly_one_main_cause(plan: slz_lib.ActionPlan) -> None:
    kinds = plan.evaluation.dataset.plan_causes.set_index("id")["kind"]
    main = plan.steps[plan.steps["cause"].map(kinds).eq("main")]
    assert list(main["measure_id"]) == list(plan.decisions["measure_id"])


def test_the_causes_of_the_data_are_those_that_are_tested(plan: slz_lib.ActionPlan) -> None:
    tested = causes.applicable(plan.evaluation)
    assert list(tested.columns) == [str(cause) for cause in Cause]
    assert set(tested.columns) == set(plan.evaluation.dataset.plan_causes["id"])


def test_the_names_of_the_templates_are_those_that_are_filled(plan: slz_lib.ActionPlan) -> None:
    nobody = pd.Series(dtype="str")
    filled = wording.particulars(plan.evaluation, nobody, plan.horizon.start, nobody, nobody)
    assert list(filled.columns) == [str(detail) for detail in StepDetail]


def test_a_measure_that_would_be_lost_is_named(evaluation: slz_lib.Evaluation) -> None:
    """A main cause that the data call a defect leaves its measures without a main cause."""
    rules = evaluation.dataset.plan_causes
    defect = rules.assign(kind=rules["kind"].mask(rules["id"].eq("only_preparing"), "defect"))
    changed = slz_lib.evaluate(replace(evaluation.dataset, plan_causes=defect), "2022-2023")
    with pytest.raises(EvaluationError, match=r"hlavní příčinu pro .*VII\.1.*plan_causes\.csv"):
        drafted(changed, "2024-2025")


def test_what_prevails_follows_from_the_rule_for_fulfilled(
    evaluation: slz_lib.Evaluation,
) -> None:
    conditions = evaluation.dataset.rule_conditions
    share = conditions["rule_id"].eq("R1-PLNENO") & conditions["quantity"].eq("share_fulfilled")
    assert share.sum() == 1
    # More than 99 per cent of so few criteria are all of them.
    strict = conditions.assign(value=conditions["value"].mask(share, 0.99))
    changed = slz_lib.evaluate(replace(evaluation.dataset, rule_conditions=strict), "2022-2023")
    before, after = (causes.applicable(judged)["running"] for judged in (evaluation, changed))
    shares = evaluation.judgements.set_index("measure_id")["share_fulfilled"]
    assert set(shares[before]) > {1.0}
    assert list(after[after].index) == list(before[before & shares.eq(1)].index)


@pytest.mark.parametrize("reach", [0.0, 1.0, 3.0])
def test_no_reach_that_the_rule_asks_for_loses_a_measure(
    evaluation: slz_lib.Evaluation, reach: float
) -> None:
    conditions = evaluation.dataset.rule_conditions
    asked = conditions["quantity"].eq("reach")
    other = conditions.assign(value=conditions["value"].mask(asked, reach))
    changed = slz_lib.evaluate(replace(evaluation.dataset, rule_conditions=other), "2022-2023")
    assert drafted(changed, "2024-2025").decisions["cause"].notna().all()


def test_every_deadline_lies_inside_the_horizon_and_within_the_measures_own(
    plan: slz_lib.ActionPlan,
) -> None:
    """The measures' own deadline binds the steps whose cause asks for it, unless they are late."""
    start, end = pd.Timestamp(plan.horizon.start), pd.Timestamp(plan.horizon.end)
    assert plan.schedule is not None
    placed = plan.schedule.steps["start"].notna()
    assert plan.steps["deadline"].notna().tolist() == placed.tolist()
    assert plan.steps.loc[placed, "deadline"].between(start, end).all()
    own = plan.evaluation.judgements.set_index("measure_id")["deadline_day"]
    limit = plan.steps["measure_id"].map(own)
    within = plan.evaluation.dataset.plan_causes.set_index("id")["within_deadline"]
    ahead = (limit >= start) & plan.steps["cause"].map(within)
    assert ahead.any()
    beyond = ahead & (plan.steps["deadline"] > limit)
    assert plan.schedule.steps.loc[beyond, "late"].gt(0).all()


def test_a_step_that_ends_in_its_own_quarter_keeps_the_measures_day(
    dataset: slz_lib.Dataset,
) -> None:
    measures = dataset.measures
    until = measures["deadline_until"].mask(measures["id"].eq("VII.6"), "2024-05")
    changed = replace(dataset, measures=measures.assign(deadline_until=until))
    alone = slz_lib.evaluate(changed, "2022-2023").only(measure=["VII.6"])
    days = slz_lib.draft_plan(alone, "2024-2025").steps.set_index("id")["deadline"]
    assert days["VII.6/1"] == pd.Timestamp(2024, 5, 31)


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
    decisions = plan.decisions.set_index("measure_id")["choice"]
    assert decisions["XIII.3"] == "reformulate"


def test_a_merge_outweighs_every_other_decision(plan: slz_lib.ActionPlan) -> None:
    decisions = plan.decisions.set_index("measure_id")
    merged = decisions[decisions["merge_into"].notna()]
    assert set(merged["choice"]) == {"merge"}
    assert decisions.loc["IX.7", "merge_into"] == "IX.4"


def test_a_measure_says_which_districts_evidence_reaches(plan: slz_lib.ActionPlan) -> None:
    reason = plan.decisions.set_index("measure_id")["for"]["IX.3"]
    assert "2\u00a0z\u00a010 správních obvodů ORP: Liberec a\u00a0Tanvald" in reason
    texts = [plan.steps[name] for name in ("step", "risk")] + [plan.decisions["for"]]
    assert not pd.concat(texts).str.contains("$", regex=False).any()


@pytest.mark.parametrize("proposed", [True, False])
def test_no_sentence_repeats_often_with_proposals_and_without(
    evaluation: slz_lib.Evaluation, proposed: bool
) -> None:
    dataset = evaluation.dataset
    kept = dataset if proposed else replace(dataset, proposals=dataset.proposals.head(0))
    plan = drafted(slz_lib.evaluate(kept, "2022-2023"), "2024-2025")
    texts = (
        *(plan.steps[name] for name in ("step", "risk", "treatment")),
        *(plan.decisions[name] for name in ("for", "against")),
    )
    said = pd.concat(texts).str.split(r"(?<=\.) ", regex=True).explode()
    assert said.value_counts().max() <= 8


def test_no_status_is_carried_over_in_silence(plan: slz_lib.ActionPlan) -> None:
    decisions = plan.decisions
    for name in ("why", "for", "against", "alternatives", "decides"):
        assert decisions[name].str.len().gt(0).all(), name
    asked = decisions[decisions["choice"].eq("reformulate") & decisions["cause"].ne("partial")]
    assert asked[["proposed_wording", "proposed_indicator"]].notna().any(axis="columns").all()
    handed = decisions[decisions["choice"].eq("hand_over")]
    assert handed["to_body_id"].notna().all()


def test_money_of_a_measure_is_counted_once(dataset: slz_lib.Dataset) -> None:
    """A measure of two steps has one sum, which its main step carries."""
    funding = dataset.funding.assign(measure_id="II.8", amount=1000.0).head(2)
    plan = drafted(slz_lib.evaluate(replace(dataset, funding=funding), "2022-2023"), "2024-2025")
    own = plan.steps[plan.steps["measure_id"].eq("II.8")]
    assert len(own) == 2
    assert own["money"].dropna().tolist() == [2000]
    assert plan.steps["money"].sum() == 2000


def test_every_step_has_one_lead_and_every_cause_a_ground(plan: slz_lib.ActionPlan) -> None:
    bodies = set(plan.evaluation.dataset.bodies["id"])
    assert set(plan.steps["lead"]) <= bodies
    named = plan.decisions.assign(cause=plan.decisions["causes"].str.split(";")).explode("cause")
    grounds = plan.grounds.drop_duplicates(["measure_id", "cause"])[["measure_id", "cause"]]
    assert len(named[["measure_id", "cause"]].merge(grounds)) == len(named) == len(grounds)
    evidence = set(plan.evaluation.evidence["id"])
    assert plan.grounds["reference"].isin(evidence).mean() > 0.5


def test_every_step_begins_and_ends_in_order_and_after_what_it_requires(
    plan: slz_lib.ActionPlan,
) -> None:
    steps = plan.steps.set_index("id")
    placed = steps["start"].notna()
    assert placed.equals(steps["deadline"].notna())
    assert (steps["start"] <= steps["deadline"])[placed].all()
    assert (steps["earliest"] + steps["length"] - 1 <= steps["due"]).all()
    assert steps["deadline"].eq(pd.Timestamp(plan.horizon.end)).mean() < 0.2
    required = steps.loc[steps["requires"].ne(""), "requires"].str.split(";").explode()
    assert len(required)
    assert (required.map(steps["due"]) < steps["earliest"].reindex(required.index)).all()


def test_an_indicator_is_set_after_the_main_step_and_who_takes_over_takes_part(
    plan: slz_lib.ActionPlan,
) -> None:
    steps = plan.steps.set_index("id")
    unset = steps[steps["cause"].eq("indicator_missing")]
    assert len(unset)
    before = steps.loc[unset["requires"]]
    assert before["measure_id"].tolist() == unset["measure_id"].tolist()
    main = plan.decisions.set_index("measure_id")["cause"]
    assert before["cause"].tolist() == main.loc[unset["measure_id"].tolist()].tolist()
    taken = plan.decisions.set_index("measure_id")["to_body_id"].dropna()
    joined = plan.steps.drop_duplicates("measure_id").set_index("measure_id")["cooperating"]
    assert len(taken)
    assert all(body in joined[str(measure)].split(";") for measure, body in taken.items())


def test_a_measure_whose_step_ends_after_its_term_is_told_under_the_table(
    plan: slz_lib.ActionPlan,
) -> None:
    limits = plan.evaluation.judgements.set_index("measure_id")["deadline_day"]
    late = plan.steps["deadline"] > plan.steps["measure_id"].map(limits)
    notes = [
        note
        for area in plan.evaluation.dataset.areas["id"]
        for note in tables.steps_table(plan, area).notes
        if note.startswith("Krok končí po termínu")
    ]
    named = [name for note in notes for name in re.findall(r"[IVX]+\.\d+", note)]
    assert named
    assert set(named) == set(plan.steps.loc[late, "measure_id"])


def test_candidates_to_merge_are_ranked_and_decided_by_nobody(
    evaluation: slz_lib.Evaluation, plan: slz_lib.ActionPlan
) -> None:
    found = merge_candidates(evaluation)
    assert found["similarity"].is_monotonic_decreasing
    assert found["proposed"].sum() == 3
    pair = found[found["measure_id"].eq("IX.4") & found["other_id"].eq("IX.7")]
    assert "Podpora primární péče" in pair["phrases"].item()
    assert pair["bodies"].item() == "KULK-OZ;ZDRAV-POJISTOVNY;ZDRAV-ZARIZENI"
    assert plan.decisions["merge_into"].notna().sum() == len(evaluation.dataset.merges)
    mixed = replace(evaluation.dataset, measures=evaluation.dataset.measures.sample(frac=1))
    again = merge_candidates(slz_lib.evaluate(mixed, "2022-2023"))
    assert len(again) == len(found)
    assert merge_candidates(narrowed(evaluation, ["I.1"])).empty


def test_money_is_named_only_where_a_source_names_it(plan: slz_lib.ActionPlan) -> None:
    known = set(plan.steps.loc[plan.steps["money_source"].notna(), "measure_id"])
    funding = plan.evaluation.dataset.funding
    assert known == set(funding["measure_id"])
    assert set(funding["source_id"]) <= set(plan.evaluation.dataset.sources["id"])


def test_the_order_of_rows_does_not_matter(plan: slz_lib.ActionPlan) -> None:
    """Tables that number their rows may stand in any order."""
    dataset = plan.evaluation.dataset
    names = (
        "areas",
        "bodies",
        "decisions",
        "evaluation_rules",
        "evidence",
        "measure_bodies",
        "merges",
        "plan_causes",
        "plan_targets",
        "rule_conditions",
    )
    mixed: dict[str, Any] = {
        name: dataset.table(name).sample(frac=1, random_state=1) for name in names
    }
    assert list(mixed["plan_causes"].index) != list(dataset.plan_causes.index)
    shuffled = slz_lib.evaluate(replace(dataset, **mixed), "2022-2023")
    before, again = (drafted(judged, "2024-2025") for judged in (plan.evaluation, shuffled))
    pd.testing.assert_frame_equal(again.steps, before.steps)
    pd.testing.assert_frame_equal(again.decisions, before.decisions)
    pd.testing.assert_frame_equal(again.by_body, before.by_body)


def test_bodies_of_as_many_steps_stand_in_czech_order(plan: slz_lib.ActionPlan) -> None:
    short = plan.evaluation.dataset.bodies.set_index("id")["short_name"]
    table = plan.by_body
    assert table["steps"].is_monotonic_decreasing
    assert table["steps"].duplicated().any()
    for _, equal in table.groupby("steps"):
        names = list(short[equal.index])
        assert names == czech_sorted(names)


def test_a_plan_of_years_that_were_evaluated_is_refused(evaluation: slz_lib.Evaluation) -> None:
    late = replace(evaluation, period=replace(evaluation.period, end=date(2024, 1, 1)))
    with pytest.raises(ParameterError, match="2024–2025 začíná dřív, než končí vyhodnocené období"):
        slz_lib.draft_plan(late, "2024-2025")


def test_an_unknown_horizon_is_refused_with_the_nearest(evaluation: slz_lib.Evaluation) -> None:
    with pytest.raises(ParameterError, match="2024-2025"):
        slz_lib.draft_plan(evaluation, "2024-25")


@pytest.mark.parametrize(
    ("table", "told"),
    [("capacites", "nejbližší je „capacities“"), ("evidence", "má ji dataset.evidence")],
)
def test_a_table_that_has_no_rows_of_plans_is_refused(
    plan: slz_lib.ActionPlan, table: str, told: str
) -> None:
    with pytest.raises(ParameterError, match=told):
        plan.own(table)


def test_work_proposed_for_a_measure_is_that_of_its_main_step(plan: slz_lib.ActionPlan) -> None:
    proposed = plan.evaluation.dataset.proposals.set_index("measure_id")["person_days"].dropna()
    led = plan.steps["cause"].eq(str(Cause.LEAD_MISSING))
    kinds = plan.evaluation.dataset.plan_causes.set_index("id")["kind"]
    main = plan.steps[plan.steps["cause"].map(kinds).eq("main")].set_index("measure_id")
    assert main.loc[proposed.index, "effort"].tolist() == proposed.tolist()
    # A lead is looked for in the same days whatever the measure's own step takes.
    assert len(set(plan.steps.loc[led, "effort"])) == 1
