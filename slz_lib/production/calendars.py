"""Days as calendars that any calendar program opens; the same days give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from slz_lib.presentation.naming import body_names
from slz_lib.vocabulary import named_safely

if TYPE_CHECKING:
    from slz_lib.planning import ActionPlan

#: A week before, a calendar reminds of the day.
_REMINDED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a calendar.

    Attributes:
        uid: what a calendar knows it by when it comes again.
        day: the day.
        summary: what is to be done.
        reminder: what is said a week before.
        description: more of it.
    """

    uid: str
    day: date
    summary: str
    reminder: str
    description: str = ""


def calendar(days: Iterable[Day]) -> bytes:
    """An iCalendar file; its stamps are the days themselves, no clock is read."""
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", "-//SLZ//cs")
    made.add("version", "2.0")
    for each in days:
        event = Event()
        event.add("uid", f"{each.uid}@slz")
        event.add("dtstamp", datetime.combine(each.day, time(), UTC))
        event.add("dtstart", each.day)
        event.add("summary", each.summary.replace("\u00a0", " "))
        if each.description:
            event.add("description", each.description.replace("\u00a0", " "))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", each.reminder)
        alarm.add("trigger", -_REMINDED)
        event.add_component(alarm)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def first_day(content: bytes) -> date | None:
    """The day of the first event of a calendar of ours; ``None`` where it has none."""
    found = re.search(rb"^DTSTART;VALUE=DATE:(\d{8})\r?$", content, re.MULTILINE)
    return date.fromisoformat(found[1].decode()) if found else None


def plan_calendars(plan: ActionPlan) -> dict[str, bytes]:
    """The deadlines of a plan's steps, a calendar a body that leads some; by name of the file."""
    steps = plan.placed.rename(columns={"lead": "body"})
    steps = steps[steps["body"].ne("")].sort_values(["body", "deadline", "id"], kind="stable")
    names = body_names(plan.evaluation.dataset)
    return {
        f"{named_safely(str(body)).lower()}.ics": calendar(
            Day(
                uid=f"{plan.horizon.id}.{named_safely(step)}.{named_safely(str(body))}",
                day=deadline.date(),
                summary=f"{step}: {text}",
                reminder="Za týden končí termín kroku plánu.",
                description=f"Gestor: {names[body]}. Indikátor: {indicator}.",
            )
            for step, text, deadline, indicator in own[["id", "step", "deadline", "indicator"]]
            .fillna({"indicator": "není určen"})
            .itertuples(index=False)
        )
        for body, own in steps.groupby("body", sort=True)
    }
