"""Widths of a table's columns on paper, and which words of a narrow cell may be parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from slz_lib.documents.model import Column, Table
from slz_lib.language import no_breaks
from slz_lib.typeface import bold_width

#: Widths of the text of a page that stands, and of one that lies on its side.
PORTRAIT_MM, LANDSCAPE_MM = 162.0, 261.0
#: The same by sheet.
TEXT_MM = {"a4": (PORTRAIT_MM, LANDSCAPE_MM), "a5": (120.0, 182.0)}
#: Millimetres left and right of a cell's text, with a hair to spare.
INSET = 4.0
_SIZE = 9.0
_SMALLEST = 9.0
_HYPHENATED_WORD = 24.0  # where words are hyphenated, longer ones are parted
_WHOLE_WORD = 40.0  # elsewhere only words beyond any sense are
_FIGURE_UNIT = 24.0
_SIGN = re.compile(r"^([^\w\s])\u00a0")
#: Halvings that find a width as exactly as it can be told.
_HALVINGS = 48
_PARTED_HEADER = 16.0
#: A sentence is read in lines at least so long.
_READABLE = 40.0
_SENTENCE = 3 * _READABLE
#: Widths are those of bold letters; plain ones need a little less.
_BEARABLE = 1.1


def header_text(column: Column) -> str:
    """The header of ``column``, where a sign may stand above its word."""
    return _SIGN.sub(r"\1 ", no_breaks(column.title))


def is_number(column: Column) -> bool:
    """Whether the cells of ``column`` are numbers, which stand right-aligned."""
    return column.kind in {"integer", "decimal", "percent"}


def column_widths(table: Table, available: float, *, hyphenated: bool = True) -> list[float]:
    """Width of each column of ``table`` in millimetres, at most ``available`` together.

    Numbers and dates take what they need; the other columns share the rest by their weight, but no
    number, date or status is ever broken, and none takes more than its longest text while another
    has to break its own. A table of figures, where every column but the first holds a number or a
    date, stays narrow, so that the eye finds the row; its figures move together where the first
    one needs the room.

    Args:
        table: the table.
        available: width of the page's text.
        hyphenated: whether the writer parts long words at the end of a line.
    """
    longest_word = _HYPHENATED_WORD if hyphenated else _WHOLE_WORD
    floors = [
        _floor(table, place, column, longest_word) for place, column in enumerate(table.columns)
    ]
    figured = [is_number(column) or column.kind == "date" for column in table.columns]
    if len(floors) > 1 and all(figured[1:]):
        figures = [
            max(floor, _FIGURE_UNIT * column.weight)
            for floor, column in zip(floors[1:], table.columns[1:], strict=True)
        ]
        names = [table.columns[0].title, *(row.cells[0].text for row in table.rows)]
        longest = max(map(_text_width, names)) + INSET
        first = min(longest, available - sum(floors[1:]))
        if first >= max(floors[0], min(longest, 50.0)):
            room = min(available - first, sum(figures))
            return [first, *_shares(figures, floors[1:], figures, room)]
    weights = [
        0.0 if figure and not all(figured) else column.weight
        for figure, column in zip(figured, table.columns, strict=True)
    ]
    most = [longest + INSET for longest in _longest_texts(table)]
    return _shares(weights, floors, most, available)


def is_crowded(table: Table) -> bool:
    """Whether ``table`` breaks words, or runs sentences down a thin column, on a standing page."""
    floors = [_floor(table, *each, _WHOLE_WORD) for each in enumerate(table.columns)]
    lengths = _longest_texts(table)
    longest = max(range(len(floors)), key=lengths.__getitem__)
    if lengths[longest] > _SENTENCE:
        floors[longest] = max(floors[longest], _READABLE)
    return sum(floors) > PORTRAIT_MM


def is_too_wide(table: Table) -> bool:
    """Whether figures and words of ``table`` would run into each other on any page."""
    least = 0.0
    for place, column in enumerate(table.columns):
        texts = (cell.text for row in table.rows for cell in row.cells[place : place + 1])
        body = max(map(widest_word, texts), default=0.0)
        header = min(widest_word(header_text(column)), _PARTED_HEADER)
        parted = min(body, _HYPHENATED_WORD) if column.kind == "text" else body
        least += max(parted, header) + INSET
    return least > LANDSCAPE_MM * _BEARABLE


def _shares(
    weights: Sequence[float], floors: Sequence[float], most: Sequence[float], available: float
) -> list[float]:
    """Shares of ``available`` by weight, between floor and ``most`` while there is room for all."""
    if sum(floors) >= available:
        return [available * floor / sum(floors) for floor in floors]
    if sum(most) < available:
        most = [available] * len(floors)

    def widths(unit: float) -> list[float]:
        parts = zip(weights, floors, most, strict=True)
        return [max(floor, min(unit * weight, limit)) for weight, floor, limit in parts]

    low, high = 0.0, available / min(filter(None, weights))
    for _ in range(_HALVINGS):
        unit = (low + high) / 2
        low, high = (low, unit) if sum(widths(unit)) > available else (unit, high)
    return widths(low)


def _floor(table: Table, place: int, column: Column, longest_word: float) -> float:
    """The narrowest that a column may be: its widest unbreakable word."""
    header = min(widest_word(header_text(column)), _WHOLE_WORD)
    texts = [row.cells[place].text for row in table.rows]
    body = max(map(widest_word, texts), default=0.0)
    if column.kind == "text":
        codes = [word for text in texts for word in text.split(" ") if is_code(word)]
        code = max(map(_text_width, codes), default=0.0)
        body = max(min(body, longest_word), min(code, _WHOLE_WORD))
    return max(header, body, _SMALLEST) + INSET


def _longest_texts(table: Table) -> list[float]:
    """Width of the longest text of each column."""
    return [
        max((_text_width(row.cells[place].text) for row in table.rows), default=0.0)
        for place in range(len(table.columns))
    ]


def widest_word(text: str) -> float:
    """Millimetres that the widest unbreakable word of ``text`` takes in a table's bold."""
    # A no-break space does not part words here.
    return max(map(_text_width, text.split(" ")))


def _text_width(text: str) -> float:
    return bold_width(text, _SIZE)


#: Shorter words are not parted: they always fit, and „ne-bo“ or „ja-ko“ only hinder reading.
SHORTEST_PARTED = 11
#: Ids and abbreviations longer than this would leave their column, so they are parted after all.
_LONGEST_WHOLE = 20

_CODE = re.compile(r"[\d_@/]")
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKENS = re.compile(r"(\s+)")


def is_code(word: str) -> bool:
    """Whether ``word`` is an id or an abbreviation; a hyphen would read as a part of it."""
    return word.isupper() or _CODE.search(word) is not None


@lru_cache(maxsize=4096)
def may_be_parted(word: str) -> bool:
    """Whether a hyphen may part ``word``, punctuation around it included."""
    if is_code(word):
        return len(word) > _LONGEST_WHOLE
    return any(len(letters) >= SHORTEST_PARTED for letters in _LETTERS.findall(word))


def pieces(text: str) -> list[tuple[str, bool]]:
    """``text`` in stretches that join to it, each with whether its words may be parted."""
    runs = groupby(filter(None, _TOKENS.split(text)), key=may_be_parted)
    return [("".join(run), parted) for parted, run in runs]
