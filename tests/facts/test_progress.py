"""How a plan goes: what is due against what was reported; its deadlines as calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from icalendar import Calendar

import slz_lib
from slz_lib.planning.progress import Progress, last_report
from slz_lib.production.calendars import plan_calendars
from slz_lib.production.lines import status_lines
from tests.samples.evidence import typed


def reported(plan: slz_lib.ActionPlan, rows: list[tuple[str, str, str]]) -> slz_lib.ActionPlan:
    """The plan with reports on its steps: step, state, day."""
    table = typed("progress", [{"step_id": id_, "state": s, "day": d} for id_, s, d in rows])
    table = table.assign(horizon_id=plan.horizon.id)
    dataset = replace(plan.evaluation.dataset, progress=table)
    return replace(plan, evaluation=replace(plan.evaluation, dataset=dataset))


def test_a_step_slips_when_its_day_has_passed_and_nothing_closed_it(
    plan: slz_lib.ActionPlan,
) -> None:
    first, second, third, *_ = plan.steps.sort_values("deadline", kind="stable")["id"]
    day = plan.steps["deadline"].sort_values().iloc[2].date()
    told = reported(
        plan,
        [
            (first, "running", "2024-01-31"),
            (first, "done", "2024-02-29"),
            (second, "running", "2024-02-29"),
            ("Z.9/1", "done", "2024-02-29"),
            (third, "done", "2099-01-01"),
        ],
    )
    progress = Progress(told, day)
    steps = progress.steps.set_index("id")
    assert steps["slipped"].loc[[first, second, third]].tolist() == [False, True, True]
    assert steps["state"].loc[[first, second]].tolist() == ["done", "running"]
    assert progress.unknown == ["Z.9/1"]
    lines = "\n".join(status_lines(progress))
    assert f"  {second} " in lines
    assert f"  {first} " not in lines
    assert last_report(told) == date(2099, 1, 1)
    assert last_report(plan) == plan.horizon.start


def test_what_slipped_is_scheduled_again_in_what_is_left_and_closed_steps_take_no_place(
    plan: slz_lib.ActionPlan,
) -> None:
    day = date(2024, 6, 30)
    slipped, *closed = plan.placed.loc[plan.placed["deadline"].dt.date.le(day), "id"]
    done = [(id_, "done", "2024-06-30") for id_ in closed]
    progress = Progress(reported(plan, done), day)
    moves = progress.moves.set_index("id")
    assert moves.loc[slipped, "change"] in ("later", "out")
    assert not moves.index.isin(closed).any()
    assert moves["after"].dropna().ge("2024-Q3").all()
    assert f"  později: {slipped} (2024-Q2 → " in "\n".join(status_lines(progress))
    assert Progress(reported(plan, [(slipped, "done", "2024-06-30"), *done]), day).moves.empty


def test_a_plan_without_reports_has_a_status(plan: slz_lib.ActionPlan) -> None:
    lines = [*status_lines(Progress(plan, last_report(plan)))]
    assert lines[-1] == "Termín zatím žádnému kroku neuplynul."


def test_calendars_have_every_step_with_a_lead_and_the_same_bytes(
    plan: slz_lib.ActionPlan,
) -> None:
    files = plan_calendars(plan)
    assert files == plan_calendars(plan)
    events = [event for content in files.values() for event in Calendar.from_ical(content).events]
    assert len({event["uid"] for event in events}) == len(events)
    led = plan.placed.loc[plan.placed["lead"].ne(""), "lead"]
    assert len(events) == led.str.split(";").explode().size
    days = {event.start for event in events}
    assert days <= {day.date() for day in plan.placed["deadline"]}
