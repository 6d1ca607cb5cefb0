"""A schedule: nobody has more to do than they can, and what does not fit is told why."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

import slz_lib
from slz_lib.planning.reasons import Names
from slz_lib.planning.schedule import Schedule, scheduled
from slz_lib.planning.scores import PARTS, TOP
from slz_lib.planning.timetable import timed
from slz_lib.presentation.plan_findings import PlanFindings

QUARTERS = tuple(f"{year}-Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4))
NAMES = Names(QUARTERS)


def a_step(id_: str, **given: object) -> dict[str, object]:
    """A step of body A that takes ten days in one quarter and is due in the last one."""
    usual = {
        "body": "A", "effort": 10.0, "earliest": 0, "due": 7, "length": 1, "requires": "",
        "weight": 10, "pinned": pd.NA, "forbidden": False,
    }  # fmt: skip
    return {"id": id_, **usual, **given}


def table(*steps: dict[str, object]) -> pd.DataFrame:
    """Steps as the schedule takes them."""
    whole = {"effort": "Float64", "pinned": "Int64", "due": "Int64", "earliest": "Int64"}
    return pd.DataFrame(list(steps), columns=list(a_step(""))).astype(whole)


def days(each: float, *bodies: str) -> pd.DataFrame:
    """The same capacity in every quarter."""
    rows = [(body, quarter, each) for body in bodies for quarter in range(len(QUARTERS))]
    return pd.DataFrame(rows, columns=["body", "quarter", "person_days"])


def starts(schedule: Schedule) -> dict[str, object]:
    """Where the steps stand."""
    return {
        str(name): None if pd.isna(start) else int(start)
        for name, start in zip(schedule.steps["id"], schedule.steps["start"], strict=True)
    }


def test_what_weighs_more_goes_first_and_what_has_no_room_waits() -> None:
    """Ten days a quarter are one step a quarter."""
    plan = scheduled(
        table(a_step("light", due=0), a_step("heavy", due=0, weight=90)), days(10, "A"), NAMES
    )
    assert starts(plan) == {"light": 1, "heavy": 0}
    assert plan.lateness == 10
    assert plan.quality["cost"].tolist() == plan.quality["least"].tolist() == [10]


def test_a_circle_is_named_and_the_rest_is_planned() -> None:
    """Steps that require one another cannot begin; each says what it waits for."""
    plan = scheduled(
        table(a_step("a", requires="b"), a_step("b", requires="a"), a_step("c")),
        days(10, "A"),
        NAMES,
    )
    assert starts(plan) == {"a": None, "b": None, "c": 0}
    assert any("a → b → a" in note for note in plan.notes)
    assert plan.reasons["elements"].str.contains("requires:").all()


def test_no_step_and_a_window_beyond_the_horizon_are_told() -> None:
    assert scheduled(table(), days(10, "A"), NAMES).steps.empty
    late = scheduled(table(a_step("late", earliest=8)), days(10, "A"), NAMES)
    assert any("po konci období plánu" in note for note in late.notes)
    assert late.reasons["elements"].tolist() == ["window:late"]


def test_what_is_not_known_is_assumed_and_told() -> None:
    """An effort is the usual one; a body without a capacity is not limited."""
    plan = scheduled(
        table(a_step("a", effort=pd.NA), a_step("b", effort=8.0), a_step("c", body="B")),
        days(9, "A"),
        NAMES,
    )
    assert starts(plan)["c"] == 0
    assert any("1\u00a0krok (a)" in note and "9\u00a0člověkodnů" in note for note in plan.notes)
    assert any("Kapacitu nemá v\u00a0datech B" in note for note in plan.notes)


def test_a_long_step_says_how_many_quarters_in_a_row_it_lacks() -> None:
    """One quarter may have room enough and the next one not: two in a row never have."""
    odd = days(10, "A").assign(person_days=lambda table: 10.0 * (table["quarter"] % 2))
    plan = scheduled(table(a_step("long", effort=4.0, length=2)), odd, NAMES)
    assert plan.reasons["sentence"].tolist() == [
        "A nemá dost volných člověkodnů v\u00a0žádných 2\u00a0čtvrtletích po sobě."
    ]
    short = scheduled(table(a_step("short", effort=40.0)), days(10, "A"), NAMES)
    assert short.reasons["sentence"][0].startswith("A nemá dost volných člověkodnů")


def test_only_what_has_changed_moves() -> None:
    before = scheduled(table(a_step("a", weight=90), a_step("b")), days(10, "A"), NAMES)
    after = scheduled(table(a_step("a", weight=90), a_step("c")), days(10, "A"), NAMES, before)
    changes = after.changes(before).set_index("id")["change"].to_dict()
    assert {name: changes.get(name) for name in "abc"} == {"a": None, "b": "gone", "c": "new"}


def test_every_step_of_the_plan_has_a_place_or_a_reason_that_any_relief_removes(
    plan: slz_lib.ActionPlan,
) -> None:
    schedule = plan.schedule
    assert schedule is not None
    limited = schedule.load.dropna(subset=["capacity"])
    assert (limited["load"] <= limited["capacity"]).all()
    assert set(schedule.reasons["id"]) == set(schedule.unscheduled["id"])
    assert schedule.reasons[["whatever", "enough"]].all(axis=None)


def test_scenarios_stand_beside_the_plan(findings: PlanFindings) -> None:
    table_ = findings.relief.set_index("id")
    scenarios = findings.plan.evaluation.dataset.scenarios["id"].drop_duplicates()
    assert table_.index.tolist() == ["", *scenarios]
    assert table_.loc["", "moved"] == 0
    assert table_["cost"].iloc[1] < table_["cost"].iloc[0]  # more days of a body


def test_scores_say_what_is_known_and_how_far_they_rest_on_weights(
    plan: slz_lib.ActionPlan,
) -> None:
    scored = plan.scores
    assert scored is not None
    assert scored.parts.drop(columns="effort").isna().any(axis=None)
    assert scored.table["score"].between(0, 1).all()
    status = plan.evaluation.judgements.set_index("measure_id")["status"]
    worst = scored.parts["status"].groupby(status).max()
    assert worst.idxmax() == plan.evaluation.scale.codes[-1]  # the worse, the more urgent
    assert len(scored.sensitivity) == 3 * len(PARTS)
    assert scored.sensitivity["kept"].between(1, TOP).all()
    assert scored.held.gt(0).sum() >= TOP


def test_what_analysts_adjust_is_kept(plan: slz_lib.ActionPlan) -> None:
    rows = [("I.5", "forbid", pd.NA), ("I.6/1", "pin", "2025-Q1"), ("XX.9", "forbid", pd.NA)]
    adjusted = pd.DataFrame(rows, columns=["subject", "action", "quarter"])
    adjusted["horizon_id"] = plan.horizon.id
    dataset = replace(plan.evaluation.dataset, adjustments=adjusted)
    again = timed(replace(plan, evaluation=replace(plan.evaluation, dataset=dataset)))
    start = again.steps.set_index("id")["start"]
    assert pd.isna(start["I.5/1"])
    assert start["I.6/1"] == pd.Timestamp(2025, 1, 1)
    assert again.schedule is not None
    assert any("XX.9" in note for note in again.schedule.notes)
