"""How high rows, tables and cards of the PDF get: bounds from the widths of their letters.

What certainly fits, or certainly does not, Typst need not lay out just to measure it; only what
lies in between is measured. Heights are in points, widths in millimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Self

from slz_lib.documents.columns import LANDSCAPE_MM, PORTRAIT_MM, header_text
from slz_lib.documents.model import Row, Table
from slz_lib.documents.outline import is_wide
from slz_lib.typeface import bold_width, upright_width

Data = dict[str, Any]

PT_PER_MM = 72 / 25.4
#: Height of the text on a page.
PORTRAIT_HIGH_MM, LANDSCAPE_HIGH_MM = 247.0, 166.0
#: The shares of a page up to which a row, a table and a card are never parted.
ROW_SHARE, TABLE_SHARE, CARD_SHARE = 0.75, 0.33, 0.45

#: So many rows stand together where a table ends, the fewest that take such a share of a page.
_LAST_ROWS, _LAST_PAGE = range(2, 5), 0.35

#: Sizes of the template: cells and notes, captions and facts, running text, the heading of a card.
_CELL, _FACT, _TEXT, _HEAD = 9.0, 9.5, 10.5, 12.0
#: A line with what parts it from the next one, in ems: of a cell, and of any text at most.
_TIGHT, _LOOSE = 1.31, 1.5
#: Space around the text of a cell.
_INSET_PT, _INSET_MM = 10.0, 10.0 / PT_PER_MM
#: More than any space between two parts; than all of those around a table, and around a card.
_GAP, _AROUND_TABLE, _AROUND_CARD = 18.0, 30.0, 60.0
#: Room of a fact's term and of its text; around a card's figures; around the label of a status.
_TERM_MM, _FACT_MM, _FIGURES_MM, _PILL_MM = 21.0, 56.0, 10.0, 12.0
#: Ems of a hyphen.
_HYPHEN = 0.45
#: By how much letters that stand together may be wider, or narrower, than each by itself.
_WIDER, _NARROWER = 1.02, 0.94

#: Width of a text at a size, in one of the faces.
Width = Callable[[str, float], float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that something takes."""

    least: float
    most: float

    @classmethod
    def of_lines(cls, text: str, room: float, size: float, width: Width = bold_width) -> Self:
        """The lines of ``text`` at ``size`` points between edges ``room`` apart.

        Lines are filled one after another. Typst may part words that are taken for whole here,
        which never makes more lines; only a word wider than the room is counted by its parts, of
        which two neighbours do not fit on a line.
        """
        if width(text, size) * _WIDER <= room and "\n" not in text:
            return cls(1, 1)
        least = most = 0
        space = width(" ", size)
        for part in text.split("\n"):
            words = [width(word, size) for word in part.split(" ")]
            least += max(1, ceil(sum(min(word, room) for word in words) * _NARROWER / room))
            most += 1
            used = 0.0
            for word in words:
                wide = word * _WIDER
                if used and used + space + wide > room:
                    most += 1
                    used = 0.0
                used += space + wide if used else wide
                if wide > room:
                    most += ceil(2 * wide / max(room - _HYPHEN * size / PT_PER_MM, size / 10))
                    used = room
        return cls(least, most)

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.least + other.least, self.most + other.most)


def _least(lines: Bounds) -> float:
    """Ems that the fewest ``lines`` take; the last one has no space under it."""
    return lines.least * _TIGHT - 0.6


def page_height(table: Table) -> float:
    """Height of the text of a page on which ``table`` lies."""
    return (LANDSCAPE_HIGH_MM if is_wide(table) else PORTRAIT_HIGH_MM) * PT_PER_MM


def row_height(texts: Iterable[str], columns: Iterable[float], *, bold: bool) -> Bounds:
    """Height of a row of cells with ``texts`` in ``columns`` so wide."""
    width = bold_width if bold else upright_width
    cells = [
        Bounds.of_lines(text, room - _INSET_MM, _CELL, width)
        for text, room in zip(texts, columns, strict=True)
    ]
    least, most = max(cell.least for cell in cells), max(cell.most for cell in cells)
    lines = Bounds(least, most)
    return Bounds(_least(lines) * _CELL + _INSET_PT, most * _TIGHT * _CELL + _INSET_PT)


def body_height(row: Row, columns: Iterable[float]) -> Bounds:
    """Height of ``row`` under the header."""
    return row_height((cell.text for cell in row.cells), columns, bold=row.kind == "total")


def table_height(table: Table, rows: Iterable[Bounds], columns: Iterable[float]) -> Bounds:
    """Height of ``table`` with its caption and notes."""
    room = LANDSCAPE_MM if is_wide(table) else PORTRAIT_MM
    whole = row_height(map(header_text, table.columns), columns, bold=True)
    for row in rows:
        whole += row
    texts = [Bounds.of_lines(f"Tabulka 9999: {table.caption}", room, _FACT)]
    texts += [Bounds.of_lines(note, room, _CELL, upright_width) for note in table.notes]
    for lines in texts:
        whole += Bounds(_least(lines) * _CELL, lines.most * _LOOSE * _FACT)
    return whole + Bounds(0, _AROUND_TABLE)


def ending_rows(rows: Sequence[Bounds], page: float) -> int:
    """How many of the last ``rows`` stay together, so that a table's last page is not near empty.

    None where they might not fit on a ``page``.
    """
    low = _LAST_PAGE * page
    full = (count for count in _LAST_ROWS if sum(row.least for row in rows[-count:]) >= low)
    count = next(full, _LAST_ROWS.start)
    fits = count < len(rows) and sum(row.most for row in rows[-count:]) <= ROW_SHARE * page
    return count if fits else 0


def table_is_whole(table: Table, height: Bounds) -> bool | None:
    """Whether ``table`` stays on one page; ``None`` where only measuring can tell."""
    limit = TABLE_SHARE * page_height(table)
    if height.most <= limit:
        return True
    return False if height.least > limit else None


def highest_card(card: Data) -> float:
    """The most that a measure's ``card``, as the template reads it, takes."""
    designation = f"{card['designation_term']}: {card['designation']}"
    pill = bold_width(card["status_label"], _CELL) * _WIDER + _PILL_MM
    parts: list[tuple[str, float, float]] = [
        (f"{card['number']}  {card['title']}", max(PORTRAIT_MM - pill, 1.0), _HEAD),
        (designation, PORTRAIT_MM, _TEXT),
        *((_said(fact["text"]), _FACT_MM, _FACT) for fact in card["facts"]),
        *((fact["term"], _TERM_MM, _FACT) for fact in card["facts"]),
        *((_said(text), PORTRAIT_MM, _TEXT) for text in card["commentary"]),
        *(
            (f"{fact['term']}: {_said(fact['text'])}", PORTRAIT_MM - _FIGURES_MM, _FACT)
            for fact in card["figures"]
        ),
        (_said(card["remark"]), PORTRAIT_MM, _TEXT),
    ]
    lines = ((Bounds.of_lines(text, room, size).most, size) for text, room, size in parts)
    return _AROUND_CARD + sum(most * _LOOSE * size + _GAP for most, size in lines)


def card_is_whole(card: Data) -> bool:
    """Whether ``card`` is certainly so low that it is never parted."""
    return highest_card(card) <= CARD_SHARE * PORTRAIT_HIGH_MM * PT_PER_MM


def _said(pieces: Iterable[Data]) -> str:
    """The words of a text, code in letters that are as wide as those of its face."""
    return "".join("M" * len(p["text"]) if p["code"] else p["text"] for p in pieces)
