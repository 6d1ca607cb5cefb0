"""What the strategy gives a measure: bodies with their roles, indicators, links, a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from slz_lib.language import NO_BREAK_SPACE, month_genitive
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
    """The three ways in which the strategy sets a deadline."""

    FIXED = "fixed"
    CONTINUOUS = "continuous"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a measure.

    Attributes:
        kind: fixed month, continuous until a month, or on an event.
        year: year of the month; ``None`` for an event.
        month: month of the year; ``None`` for an event.
        event: the event as published; ``None`` otherwise.
    """

    kind: DeadlineKind
    year: int | None = None
    month: int | None = None
    event: str | None = None

    @classmethod
    def parse(cls, published: str) -> Self:
        """Read a deadline as the strategy prints it (``průběžně do 12 / 2027``).

        Raises:
            ValueError: the text names neither a month nor an event.
        """
        folded = " ".join(published.split())
        found = re.search(r"(\d{1,2}) ?/ ?(\d{4})$", folded)
        if found and 1 <= int(found[1]) <= 12:
            continuous = folded.lower().startswith("průběžně")
            kind = DeadlineKind.CONTINUOUS if continuous else DeadlineKind.FIXED
            return cls(kind, int(found[2]), int(found[1]))
        if folded.startswith("po "):
            return cls(DeadlineKind.EVENT, event=folded)
        raise ValueError(published)

    @property
    def compact(self) -> str:
        """The deadline as a column of a table has room for it: ``průběžně do 12/2027``."""
        if self.year is None or self.month is None:
            return self.event or "—"
        start = "průběžně do" if self.kind is DeadlineKind.CONTINUOUS else "do"
        return f"{start}{NO_BREAK_SPACE}{self.month}/{self.year}"

    def __str__(self) -> str:
        if self.year is None or self.month is None:
            return self.event or "—"
        until = f"{month_genitive(self.month)}{NO_BREAK_SPACE}{self.year}"
        if self.kind is DeadlineKind.CONTINUOUS:
            return f"průběžně do{NO_BREAK_SPACE}{until}"
        return f"do{NO_BREAK_SPACE}{until}"
