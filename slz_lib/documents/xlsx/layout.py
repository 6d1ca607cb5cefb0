"""Where things stand on a sheet and how sheets are named; the same on every sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Zero-based rows: title, up to three notes, the way back, the table's header.
TITLE_ROW, FIRST_NOTE_ROW, BACK_ROW, HEADER_ROW = 0, 1, 4, 5
NOTE_ROWS = BACK_ROW - FIRST_NOTE_ROW

COVER, CONTENTS, MEASURES, CHOICES = "Obálka", "Obsah", "Opatření", "Číselníky"

_NAME_LENGTH = 31
#: Width of a column that nobody set, and the width that the title's bigger letters ask for.
_DEFAULT_WIDTH, _TITLE_FACTOR = 8.43, 1.45


def _unique(name: str, taken: set[str], length: int) -> str:
    candidate, count = name[:length].rstrip(), 1
    while candidate.casefold() in taken:
        count += 1
        suffix = f" ({count})"
        candidate = name[: length - len(suffix)].rstrip() + suffix
    taken.add(candidate.casefold())
    return candidate


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names Excel accepts: no ``[]:*?/`` or backslash, at most 31 characters, no two alike."""
    taken = {name.casefold() for name in (COVER, CONTENTS, MEASURES, CHOICES, "history")}
    return [
        _unique(re.sub(r"[\[\]:*?/\\\s]+", " ", name).strip(" '") or "Tabulka", taken, _NAME_LENGTH)
        for name in wanted
    ]


def header_names(titles: Iterable[str]) -> list[str]:
    """Headers of a table; a repeated one gets a number, because Excel refuses two alike."""
    taken: set[str] = set()
    return [_unique(title.strip() or "Sloupec", taken, 255) for title in titles]


def note_lines(notes: Iterable[str]) -> list[str]:
    """Notes, one a row; the last row takes those that are left over."""
    listed = list(notes)
    kept, rest = listed[: NOTE_ROWS - 1], listed[NOTE_ROWS - 1 :]
    return [*kept, " ".join(rest)] if rest else kept


def internal(sheet: str, row: int = 0) -> str:
    """The address of a row (zero-based) on a sheet, as a link inside the workbook."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A{row + 1}"


def printed_columns(widths: list[float], title: str, notes: Iterable[str]) -> int:
    """How many columns a page must show so that title and notes, which run over, are not cut."""
    needed = max([len(title) * _TITLE_FACTOR, *(float(len(note)) for note in notes)])
    missing = needed - sum(widths)
    return len(widths) + (int(missing // _DEFAULT_WIDTH) + 1 if missing > 0 else 0)
