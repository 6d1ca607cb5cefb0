"""Deadlines by the published status of their measures; what had passed on the as-of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import format_date, format_number, of_number
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, arrange
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.presentation.naming import deadline_words
from slz_lib.vocabulary import DeadlineKind

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation


def deadlines_by_status(evaluation: Evaluation) -> Figure:
    """Stacked bars of deadlines: passed by the as-of day, to come, continuous, on an event."""
    table = evaluation.by_deadline
    as_of = evaluation.period.as_of
    passed = table["deadline_day"] <= pd.Timestamp(as_of)
    kind = table["deadline_kind"]
    fixed = kind.eq(str(DeadlineKind.FIXED))
    continuous = kind.eq(str(DeadlineKind.CONTINUOUS))
    on_event = kind.eq(str(DeadlineKind.EVENT))
    # The titles say which deadlines are continuous, so their rows name the month alone.
    shown = kind.where(on_event, str(DeadlineKind.FIXED))
    event = _event(evaluation.dataset.measures)
    days = zip(shown, table["deadline_day"], strict=True)
    table = table.assign(words=[deadline_words(kind, day, event) for kind, day in days])
    sections = {
        f"Pevný termín, který uplynul do {format_date(as_of)}": fixed & passed,
        f"Pevný termín po {format_date(as_of)}": fixed & ~passed,
        "Průběžně": continuous,
        "Vázáno na událost": on_event,
    }
    parts = [(title, table[chosen]) for title, chosen in sections.items() if chosen.any()]
    arrangement = arrange([Group(list(map(Label, rows["words"])), title) for title, rows in parts])
    counts = [numbers for _, rows in parts for numbers in phrases.rows_counts(rows)]
    spoken = [
        f"{title}: "
        + phrases.listing(
            f"{words} – {phrases.spoken_counts(numbers)}"
            for words, numbers in zip(rows["words"], phrases.rows_counts(rows), strict=True)
        )
        for title, rows in parts
    ]
    caption = _finding(evaluation)
    return framed(
        stacked(arrangement, counts),
        anchor="obr-terminy",
        caption=caption,
        subtitle=phrases.unit_and_source(evaluation),
        alt=phrases.sentences(caption, *spoken),
        table="tab-terminy",
    )


def _event(measures: pd.DataFrame) -> str:
    """The event that deadlines hang on, where there is but one."""
    events = measures["deadline_event"].dropna().unique()
    return str(events[0]) if len(events) == 1 else "termín určí různé události"


def _finding(evaluation: Evaluation) -> str:
    """How many measures run continuously, and what became of those whose deadline has passed."""
    judgements = evaluation.judgements
    whole = len(judgements)
    continuous = int(judgements["deadline_kind"].eq(str(DeadlineKind.CONTINUOUS)).sum())
    day = format_date(evaluation.period.as_of)
    fixed = judgements["deadline_kind"].eq(str(DeadlineKind.FIXED))
    past = fixed & (judgements["deadline_day"] <= pd.Timestamp(evaluation.period.as_of))
    number, late = int(past.sum()), int(judgements["overdue"].sum())
    running = (
        f"Průběžně se má plnit {phrases.part_of(continuous, whole)}"
        if continuous
        else f"Průběžný termín nemá žádné {of_number(whole)} opatření"
    )
    if not number:
        return f"{running}; pevný termín do {day} u žádného neuplynul"
    if number == 1:
        done = "a splněno není" if late else "a splněno je"
    elif late == number:
        done = "a splněno z nich není žádné"
    else:
        done = f"a splněno z nich je {format_number(number - late)}"
    return f"{running}; pevný termín do {day} uplynul u {format_number(number)} {done}"
