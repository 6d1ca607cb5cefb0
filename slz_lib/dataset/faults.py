"""Faults found in the tables, and the Czech report of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slz_lib.errors import DataError
from slz_lib.language import count, format_number, no_breaks, plural
from slz_lib.untrusted import shown

#: The report shows so many lines; the exception keeps all faults.
SHOWN_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place.

    Attributes:
        file: path from the data folder's own name on (``data/strategy/areas.csv``).
        advice: what is expected or what to do, without a full stop.
        row: line of the file, the header being 1; ``None`` when the whole file is meant.
        column: name of the column (``a + b`` for a key of more); ``None`` for a whole row.
        value: what was found; empty for an empty cell, ``None`` when nothing can be shown.
    """

    file: str
    advice: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = [shown(self.file)]
        if self.row is not None:
            place.append(f"řádek {self.row}")
        if self.column is not None:
            place.append(f"sloupec {shown(self.column)}")
        if self.value is None:
            found = ""
        elif self.value == "":
            found = "pole je prázdné; "
        else:
            found = f"nalezeno „{shown(self.value)}“; "
        return f"{', '.join(place)}: {found}{no_breaks(self.advice).removesuffix('.')}."


class FaultyDataError(DataError):
    """The data cannot be loaded; carries every fault found.

    Attributes:
        faults: all faults in the order of files and rows; the text shows the first 200.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return report(self.faults)


def report(faults: Sequence[Fault]) -> str:
    """The Czech report: a head line, a line a fault up to a limit, and how many are left."""
    lines = [f"Data mají {count(len(faults), 'vadu', 'vady', 'vad')}:"]
    lines.extend(str(fault) for fault in faults[:SHOWN_FAULTS])
    left = len(faults) - SHOWN_FAULTS
    if left > 0:
        lines.append(
            no_breaks(f"… a {plural(left, 'další', 'další', 'dalších')} ") + format_number(left)
        )
    return "\n".join(lines)
