"""What the strategy gives a measure: bodies with their roles, indicators, links, a deadline."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from slz_lib.language import NO_BREAK_SPACE, format_date, month_genitive
from slz_lib.vocabulary.labels import Labelled


class Role(StrEnum):
    """The part a body has in a measure."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class Assignment(StrEnum):
    """Whether a role has a holder; *not assigned* is a state of its own, not a gap."""

    ASSIGNED = "assigned"
    UNIT_NOT_ASSIGNED = "unit_not_assigned"
    NOT_ASSIGNED = "not_assigned"


class IndicatorKind(Labelled):
    """What an indicator is: a number, a thing that is there or not, an activity, or nothing."""

    COUNT = "count", "počet"
    PRODUCT = "product", "výstup"
    ACTIVITY = "activity", "činnost"
    MISSING = "missing", "bez indikátoru"


class Direction(Labelled):
    """Which way the values of an indicator get better."""

    UP = "up", "růst"
    DOWN = "down", "pokles"


class Gender(StrEnum):
    """The grammatical gender of a noun that prose agrees with."""

    FEMININE = "feminine"
    MASCULINE = "masculine"
    NEUTER = "neuter"


class DeadlineKind(StrEnum):
    """The ways in which a strategy sets a deadline, in the order in which they are told."""

    FIXED = "fixed"
    CONTINUOUS = "continuous"
    EVENT = "event"
    NONE = "without"


#: How strategies print the end of a deadline: a month, a quarter, a day, a year.
_ENDS = (
    re.compile(r"(?P<month>\d{1,2}) ?/ ?(?P<year>\d{4})"),
    re.compile(rf"(?P<name>{'|'.join(map(month_genitive, range(1, 13)))}) (?P<year>\d{{4}})"),
    re.compile(
        r"(?:q(?P<quarter>[1-4])|(?P<ordinal>[1-4]|i{1,3}|iv)\. ?(?:čtvrtletí|kvartálu?))"
        r" ?/? ?(?P<year>\d{4})"
    ),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})"),
)
_LEADING = re.compile(r"(průběžně,? ?)?(nejpozději )?(do )?(konce )?(roku )?")
_QUARTERS = ("i", "ii", "iii", "iv")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a measure.

    Attributes:
        kind: fixed, continuous (with an end or without), on an event, or none at all.
        until: the day, month, quarter or year it ends with, as tables spell it (``2024-Q3``);
            empty where it has no end.
        event: the event as published; empty where it hangs on none.
        happened: the day of the event; ``None`` while it is not recorded as having happened.
    """

    kind: DeadlineKind
    until: str = ""
    event: str = ""
    happened: date | None = None

    @classmethod
    def parse(cls, published: str) -> Self:
        """Read a deadline as a strategy prints it (``průběžně do 12 / 2027``).

        Raises:
            ValueError: the text names neither an end nor an event.
        """
        folded = " ".join(published.split())
        lower = folded.lower()
        kind = DeadlineKind.CONTINUOUS if lower.startswith("průběžně") else DeadlineKind.FIXED
        rest = _LEADING.sub("", lower, count=1)
        found = next(filter(None, (end.fullmatch(rest) for end in _ENDS)), None)
        if found is not None and (until := _spelled(found.groupdict())):
            return cls(kind, until)
        if kind is DeadlineKind.CONTINUOUS and not rest:
            return cls(kind)
        if re.fullmatch(r"(po|do|při) \D+", lower):
            return cls(DeadlineKind.EVENT, event=folded)
        raise ValueError(published)

    @property
    def fixed(self) -> bool:
        """Whether it ends on a day that is known beforehand."""
        return self.kind is DeadlineKind.FIXED

    @property
    def last(self) -> date | None:
        """Its last day; ``None`` where it has no end, or hangs on what has not happened."""
        year, _, part = self.until.partition("-")
        if not year:
            return self.happened
        if len(part) > 2:
            return date.fromisoformat(self.until)
        month = 3 * int(part[1]) if part.startswith("Q") else int(part or 12)
        return date(int(year), month, monthrange(int(year), month)[1])

    @property
    def compact(self) -> str:
        """The deadline as a column of a table has room for it: ``průběžně do 12/2027``."""
        return self._worded(lambda month, year: f"{month}/{year}")

    def __str__(self) -> str:
        return self._worded(lambda month, year: f"{month_genitive(month)}{NO_BREAK_SPACE}{year}")

    def _worded(self, of_month: Callable[[int, str], str]) -> str:
        """The deadline in words; ``of_month`` says an end that is a month."""
        if self.kind is DeadlineKind.NONE:
            return "bez termínu"
        if not self.until:
            return self.event or "průběžně"
        year, _, part = self.until.partition("-")
        if part.isdecimal():
            end = of_month(int(part), year)
        elif part.startswith("Q"):
            end = f"konce {part[1]}. čtvrtletí {year}"
        elif part:
            end = format_date(date.fromisoformat(self.until))
        else:
            end = f"konce roku {year}"
        start = "průběžně do" if self.kind is DeadlineKind.CONTINUOUS else "do"
        return f"{start}{NO_BREAK_SPACE}{end}"


def _spelled(found: Mapping[str, str | None]) -> str:
    """An end as tables spell it; empty where no calendar has it."""
    year, month = str(found["year"]), found.get("month")
    if quarter := found.get("quarter") or found.get("ordinal"):
        number = _QUARTERS.index(quarter) + 1 if quarter in _QUARTERS else quarter
        return f"{year}-Q{number}"
    if name := found.get("name"):
        month = str([*map(month_genitive, range(1, 13))].index(name) + 1)
    if not month:
        return year
    with suppress(ValueError):
        day = date(int(year), int(month), int(found.get("day") or 1)).isoformat()
        return day if found.get("day") else day[:7]
    return ""
