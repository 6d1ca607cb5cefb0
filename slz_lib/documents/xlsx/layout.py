"""Where things stand on a sheet, how wide and high they are, and how sheets are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import fmean
from textwrap import wrap

from slz_lib.documents.model import Table
from slz_lib.documents.office import unique
from slz_lib.documents.pdf_heights import Bounds
from slz_lib.typeface import bold_width, upright_width

#: Zero-based rows: title, up to four lines of notes, the way back, the table's header.
TITLE_ROW, FIRST_NOTE_ROW, BACK_ROW, HEADER_ROW = 0, 1, 5, 6
NOTE_ROWS = BACK_ROW - FIRST_NOTE_ROW

COVER, CONTENTS, MEASURES = "Obálka", "Obsah", "Opatření"

_NAME_LENGTH = 31
_LONGEST_NOTE = 160
#: Width of a column that nobody set, and the width that the title's bigger letters ask for.
_DEFAULT_WIDTH, _TITLE_FACTOR = 8.43, 1.45
#: Characters: the narrowest column, the least and the most that a long text gets, and the width of
#: a sheet that can still be read when it is printed one page wide.
_NARROWEST, _LEAST, _MOST, _READABLE = 9.0, 15.0, 60.0, 190.0
FILTER_BUTTON = 2.5
#: Letters of a bold or wide face need some reserve; a cell's text stands off its edges.
_RESERVE, _INDENTS = 1.12, 3.0
#: What a cell's edges and its indent take of its width.
_MARGINS = 1.5
#: Points of letters, of a line, and of Excel's highest row.
_SIZE, _LINE, _HIGHEST = 11.0, 15.0, 409.0
#: Millimetres of a digit, by which Excel measures columns.
_DIGIT = 0.636 * _SIZE * 25.4 / 72
_STEPS = 200
#: Characters: a longer text is prose, not a label; a longer word is broken.
_LABEL, _MOST_FOR_WORD = 40, 24.0


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names Excel accepts: no ``[]:*?/`` or backslash, at most 31 characters, no two alike."""
    taken = {name.casefold() for name in (COVER, CONTENTS, MEASURES, "history")}
    accepted = (re.sub(r"[\[\]:*?/\\\s]+", " ", name).strip(" '") for name in wanted)
    return [unique(name or "Tabulka", taken, _NAME_LENGTH, " ({})") for name in accepted]


def header_names(titles: Iterable[str]) -> list[str]:
    """Headers of a table; a repeated one gets a number, because Excel refuses two alike."""
    taken: set[str] = set()
    return [unique(title.strip() or "Sloupec", taken, 255, " ({})") for title in titles]


def note_lines(notes: Iterable[str]) -> list[str]:
    """Notes in lines that still print in letters to be read; the last takes what is left over."""
    listed = [line for note in notes for line in wrap(note, _LONGEST_NOTE)]
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


def column_widths(table: Table) -> list[float]:
    """Widths in characters: as long as the texts, or less where the sheet would be too wide."""
    titles = [column.title for column in table.columns]
    texts = [[row.cells[place].text for row in table.rows] for place in range(len(titles))]
    wanted = [
        max(
            _NARROWEST,
            max(bold_width(word, _SIZE) for word in title.split(" ")) / _DIGIT * _RESERVE
            + FILTER_BUTTON
            + _MARGINS,
            _longest(said) * _RESERVE + _INDENTS,
        )
        for title, said in zip(titles, texts, strict=True)
    ]
    # Long texts share the room by what their cells hold, long cells counting more than short ones,
    # but less than in proportion: a column that is mostly empty does not take a full one's room.
    shares = [fmean(len(text) ** 2 for text in said) ** 0.35 if said else 0.0 for said in texts]
    floors = [_floor(said) for said in texts]
    largest = max(shares) or 1.0
    for step in range(_STEPS, 0, -1):
        unit = _MOST * 4 * step / _STEPS / largest
        limits = [
            min(_MOST, max(floor, unit * share))
            for floor, share in zip(floors, shares, strict=True)
        ]
        widths = [min(width, limit) for width, limit in zip(wanted, limits, strict=True)]
        if sum(widths) <= _READABLE:
            return widths
    # A sheet that is too wide anyway is read on a screen, most of all its longest texts.
    widest = [
        2 * floor if share == largest else floor
        for floor, share in zip(floors, shares, strict=True)
    ]
    return [min(width, limit) for width, limit in zip(wanted, widest, strict=True)]


def row_height(texts: Sequence[str], widths: Sequence[float], *, bold: int = 0) -> float | None:
    """Points that the longest wrapped text of a row takes; ``None`` where all have one line.

    The first so many texts are ``bold``.

    Not every reader of workbooks finds the height by itself.
    """
    faces = [bold_width] * bold + [upright_width] * (len(texts) - bold)
    lines = max(
        Bounds.of_lines(text, (width - _MARGINS) * _DIGIT, _SIZE, face).most
        for text, width, face in zip(texts, widths, faces, strict=True)
    )
    return min(lines * _LINE, _HIGHEST) if lines > 1 else None


def _longest(texts: Sequence[str]) -> int:
    return max((len(line) for text in texts for line in text.split("\n")), default=0)


def _floor(texts: Sequence[str]) -> float:
    """The least width: of short texts, no word is broken."""
    if _longest(texts) > _LABEL:
        return _LEAST
    pieces = (piece for text in texts for piece in re.split("[ \n–-]", text))
    return min(max(_LEAST, max(map(len, pieces), default=0) + _INDENTS), _MOST_FOR_WORD)
