"""Days, and the periods that they bound."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from slz_lib.errors import ParameterError
from slz_lib.language import format_date

#: A year as tables spell it.
YEAR = "[1-9][0-9]{3}"
#: A day as tables and parameters spell it; whether the calendar has it is another question.
DAY = rf"{YEAR}-[0-9]{{2}}-[0-9]{{2}}"


def parse_day(text: str) -> date:
    """The day that ``text`` states as RRRR-MM-DD.

    Raises:
        ParameterError: it is no such date.
    """
    # Python alone would take 20231231 and 2023-W52-7 as well.
    if re.fullmatch(DAY, text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise ParameterError(f"Den „{text}“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31.")


def years(start: date, end: date, join: str = "–") -> str:
    """The years from ``start`` to ``end``: ``2022–2023``, or ``2022`` alone."""
    return f"{start.year}" if start.year == end.year else f"{start.year}{join}{end.year}"


@dataclass(frozen=True, slots=True)
class Period:
    """An evaluated period or a planning horizon.

    Attributes:
        id: permanent id (``2022-2023``).
        start: first day.
        end: last day.
        as_of: the day to which states are given.
        imported: whether its statuses are taken over from a published report, not judged here.
    """

    id: str
    start: date
    end: date
    as_of: date
    imported: bool = False

    @property
    def label(self) -> str:
        """The years as prose writes them: ``2022–2023``."""
        return years(self.start, self.end)

    @property
    def as_of_label(self) -> str:
        """The as-of day as prose writes it: ``31. 12. 2023``."""
        return format_date(self.as_of)
