"""The domain's words: days, spans of years, decisions."""

from __future__ import annotations

from datetime import date

import pytest

from slz_lib.errors import ParameterError
from slz_lib.planning.plan import DECISIONS
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


def test_decisions_are_told_in_this_order_and_in_czech() -> None:
    assert DECISIONS == {
        "continue": "pokračovat",
        "reformulate": "přeformulovat",
        "merge": "sloučit",
        "close": "uzavřít",
    }
    assert list(DECISIONS) == ["continue", "reformulate", "merge", "close"]


@pytest.mark.parametrize(
    ("published", "deadline"),
    [
        ("12 / 2024", Deadline(DeadlineKind.FIXED, 2024, 12)),
        ("průběžně do 12/2027", Deadline(DeadlineKind.CONTINUOUS, 2027, 12)),
        ("po přijetí zákona", Deadline(DeadlineKind.EVENT, event="po přijetí zákona")),
    ],
)
def test_a_published_deadline_is_read(published: str, deadline: Deadline) -> None:
    assert Deadline.parse(published) == deadline


@pytest.mark.parametrize("published", ["13 / 2024", "brzy", ""])
def test_an_unreadable_deadline_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match=f"^{published}$"):
        Deadline.parse(published)
