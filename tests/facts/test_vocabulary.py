"""The domain's words: days, spans of years, deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from slz_lib.errors import ParameterError
from slz_lib.vocabulary import Deadline, DeadlineKind, Period, parse_day, years

#: Python's own reading of ISO 8601 takes the first four.
NO_DAYS = ("20231231", "2023-W52-7", "2023W527", "２０２３-12-31", "2023-02-30", "2023-12", " ", "")


def test_a_day_is_read_as_it_is_written() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize("text", [*NO_DAYS, "2023-12-31 ", "2023-12-31\n", "2023-12-31T00:00"])
def test_what_is_no_day_in_the_one_spelling_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_day(text)
    assert str(caught.value) == (
        f"Den „{text}“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31."
    )


def test_a_span_within_one_year_is_called_by_that_year() -> None:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    assert years(first, last) == Period("2024", first, last, last).label == "2024"
    assert years(first, date(2025, 1, 1), "-") == "2024-2025"


FIXED, CONTINUOUS, EVENT = DeadlineKind.FIXED, DeadlineKind.CONTINUOUS, DeadlineKind.EVENT


@pytest.mark.parametrize(
    ("published", "deadline", "last", "words", "compact"),
    [
        (
            "12 / 2024",
            (FIXED, "2024-12"),
            "2024-12-31",
            "do\u00a0prosince\u00a02024",
            "do\u00a012/2024",
        ),
        (
            "do února 2024",
            (FIXED, "2024-02"),
            "2024-02-29",
            "do\u00a0února\u00a02024",
            "do\u00a02/2024",
        ),
        ("Q3/2024", (FIXED, "2024-Q3"), "2024-09-30", "do\u00a0konce 3. čtvrtletí 2024", None),
        (
            "do konce II. čtvrtletí 2025",
            (FIXED, "2025-Q2"),
            "2025-06-30",
            "do\u00a0konce 2. čtvrtletí 2025",
            None,
        ),
        ("do konce roku 2025", (FIXED, "2025"), "2025-12-31", "do\u00a0konce roku 2025", None),
        ("30. 6. 2024", (FIXED, "2024-06-30"), "2024-06-30", "do\u00a030.\u00a06.\u00a02024", None),
        (
            "průběžně do 12/2027",
            (CONTINUOUS, "2027-12"),
            "2027-12-31",
            "průběžně do\u00a0prosince\u00a02027",
            "průběžně do\u00a012/2027",
        ),
        ("průběžně", (CONTINUOUS,), None, "průběžně", None),
        (
            "průběžně, do roku 2030",
            (CONTINUOUS, "2030"),
            "2030-12-31",
            "průběžně do\u00a0konce roku 2030",
            None,
        ),
        ("do přijetí  zákona", (EVENT, "", "do přijetí zákona"), None, "do přijetí zákona", None),
        ("po přijetí zákona", (EVENT, "", "po přijetí zákona"), None, "po přijetí zákona", None),
    ],
)
def test_a_published_deadline_is_read_and_worded(
    published: str,
    deadline: tuple[DeadlineKind, *tuple[str, ...]],
    last: str | None,
    words: str,
    compact: str | None,
) -> None:
    read = Deadline.parse(published)
    assert read == Deadline(*deadline)
    assert read.last == (last and date.fromisoformat(last))
    assert (str(read), read.compact) == (words, compact or words)


def test_a_deadline_on_an_event_ends_only_when_the_event_is_recorded() -> None:
    event = Deadline(EVENT, event="po přijetí zákona")
    assert event.last is None
    assert replace(event, happened=date(2024, 5, 1)).last == date(2024, 5, 1)
    assert str(Deadline(DeadlineKind.NONE)) == "bez termínu"


@pytest.mark.parametrize("published", ["13 / 2024", "31. 2. 2024", "brzy", "do 5 let", ""])
def test_an_unreadable_deadline_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match=f"^{published}$"):
        Deadline.parse(published)
