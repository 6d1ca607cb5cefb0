"""Widths of columns and heights of rows, in Excel's characters and points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean
from textwrap import wrap

from slz_lib.documents.model import Table

#: Characters: the narrowest column, the least and the most that a long text gets, and the width of
#: a sheet that can still be read when it is printed one page wide.
_NARROWEST, _LEAST, _MOST, _READABLE = 9.0, 15.0, 60.0, 190.0
_FILTER_BUTTON = 4.0
#: Letters of a bold or wide face need some reserve; a cell's text stands off its edges.
_RESERVE, _INDENTS = 1.12, 3.0
#: Letters of running text for one digit, which is what Excel measures columns by.
_LETTERS = 1.05
#: Points a line takes; Excel's highest row.
_LINE, _HIGHEST = 15.0, 409.0
_STEPS = 200
#: Characters: a longer text is prose, not a label; a longer word is broken.
_LABEL, _MOST_FOR_WORD = 40, 24.0


def column_widths(table: Table) -> list[float]:
    """Widths in characters: as long as the texts, or less where the sheet would be too wide."""
    titles = [column.title for column in table.columns]
    texts = [[row.cells[place].text for row in table.rows] for place in range(len(titles))]
    wanted = [
        max(
            _NARROWEST,
            max(map(len, title.split(" "))) + _FILTER_BUTTON,
            _longest([*said, *column.choices]) * _RESERVE + _INDENTS,
        )
        for title, said, column in zip(titles, texts, table.columns, strict=True)
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
    return [min(width, floor) for width, floor in zip(wanted, floors, strict=True)]


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float | None:
    """Points that the longest wrapped text of a row takes; ``None`` where all have one line.

    Not every reader of workbooks finds the height by itself.
    """
    lines = max(
        sum(max(1, len(wrap(line, max(1, int(width * _LETTERS))))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(lines * _LINE, _HIGHEST) if lines > 1 else None


def header_height(table: Table, widths: Sequence[float]) -> float | None:
    """Points that the header row takes beside its filter buttons."""
    titles = [column.title for column in table.columns]
    return row_height(titles, [width - _FILTER_BUTTON for width in widths])


def _longest(texts: Sequence[str]) -> int:
    return max((len(line) for text in texts for line in text.split("\n")), default=0)


def _floor(texts: Sequence[str]) -> float:
    """The least width: short texts keep together what a no-break space holds together."""
    if _longest(texts) > _LABEL:
        return _LEAST
    pieces = (piece for text in texts for piece in re.split("[ \n–-]", text))
    return min(max(_LEAST, max(map(len, pieces), default=0) + _INDENTS), _MOST_FOR_WORD)
