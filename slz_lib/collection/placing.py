"""Where cells of a returned file stand in its form: sheets, headings and rows, however moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd

from slz_lib.collection.forms import INTRO, ITEMS, Form, FormColumn, FormSheet
from slz_lib.collection.values import cleaned
from slz_lib.language import plain

#: Rows of a sheet among which its headings are looked for, and how long a heading may be.
_HEADER_ROWS, _HEADER_SIGNS = 60, 80
#: From what likeness on (of a hundred) a heading, or a text that tells a row, is another's.
_ALIKE = 78


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a returned file, as :class:`slz_lib.collection.returned.Returned` has it."""

    sheet: str
    row: int
    column: int
    cell: str
    kind: str
    value: str
    hidden: bool

    @property
    def text(self) -> str:
        """Its text, letters composed and spaces single."""
        return cleaned(self.value)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and where it belongs.

    Attributes:
        cell: the cell.
        part: the sheet of the form; ``None`` where it is none of them.
        column: its column; ``None`` under no known heading and in what is no row of the table.
        row: which row of ``part`` it is in; ``None`` for an added one.
        key: what the row is about, by names of the key's columns; empty where it does not say so.
        again: whether an earlier row of the file is about the same row of ``part``.
        called: what its row says that it is about, whether ``part`` has such or not.
    """

    cell: Cell
    part: FormSheet | None = None
    column: FormColumn | None = None
    row: int | None = None
    key: Mapping[str, str] | None = None
    again: bool = False
    called: str = ""

    @property
    def in_intro(self) -> bool:
        """Whether it stands on the first sheet, which says who answers."""
        return self.part is not None and self.part.name == INTRO

    @property
    def field(self) -> str:
        """What it answers: its column; on the first sheet, the item beside it."""
        if self.in_intro and self.key:
            return ITEMS.get(plain(self.key["item"]), "")
        return self.column.name if self.column else ""

    @property
    def asked(self) -> bool:
        """Whether its column was left for answers."""
        return self.column is not None and not self.column.given


def cells_of(cells: pd.DataFrame) -> list[Cell]:
    """The cells of a returned file that are not blank, row by row."""
    rows = cells[list(Cell.__slots__)].itertuples(index=False, name=None)
    return [cell for cell in (Cell(*values) for values in rows) if cell.text]


def placed(cells: Iterable[Cell], form: Form) -> Iterator[Placed]:
    """Where each cell stands in the form; every cell once."""
    for _, each in groupby(cells, key=lambda cell: cell.sheet):
        sheet = sorted(each, key=lambda cell: (cell.row, cell.column))
        rows = [[*of] for _, of in groupby(sheet, key=lambda cell: cell.row)]
        part, at, columns = _header(rows, form)
        if part is None:
            yield from map(Placed, sheet)
            continue
        yield from (Placed(cell, part) for row in rows[: at + 1] for cell in row)
        finder = _Rows(part)
        for row in rows[at + 1 :]:
            yield from finder.placed(row, columns)


def _header(
    rows: Sequence[Sequence[Cell]], form: Form
) -> tuple[FormSheet | None, int, dict[int, FormColumn]]:
    """The sheet of the form that a sheet is, the row of its headings, and its columns."""
    best: tuple[float, int, FormSheet, dict[int, FormColumn]] | None = None
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        for part in form.sheets:
            found = _headings(row, part)
            titled = plain(row[0].sheet) == plain(part.title)
            share = len(found) / len(part.columns) + 0.2 * titled
            if len(found) > 1 and share >= 0.5 and (best is None or share > best[0]):
                best = share, at, part, found
    if best is None:
        return None, -1, {}
    _, at, part, found = best
    return part, at, found


def _headings(row: Sequence[Cell], part: FormSheet) -> dict[int, FormColumn]:
    """Columns of a sheet by position: those headed so, then those headed nearly so."""
    left = {plain(column.heading): column for column in part.columns}
    heads = {cell.column: plain(cell.text) for cell in row if len(cell.value) <= _HEADER_SIGNS}
    found: dict[int, FormColumn] = {}
    for at, text in heads.items():
        if text in left:
            found[at] = left.pop(text)
    for at, text in heads.items() if found else ():
        if at not in found and (near := _nearest(text, [*left])):
            found[at] = left.pop(near)
    return found


class _Rows:
    """The rows of one sheet, found by what they are about."""

    def __init__(self, part: FormSheet) -> None:
        self.part = part
        self.given = part.rows.to_dict("list")
        self.used: set[int] = set()

    def placed(self, row: Sequence[Cell], columns: Mapping[int, FormColumn]) -> Iterator[Placed]:
        """The cells of a row where they belong."""
        named = {column.name: cell for cell in row if (column := columns.get(cell.column))}
        at, key = self.found(named)
        again = at is not None and at in self.used
        if at is not None:
            self.used.add(at)
        called = named[first].text if (first := self.part.key[0]) in named else ""
        for cell in row:
            yield Placed(cell, self.part, columns.get(cell.column), at, key, again, called)

    def found(self, named: Mapping[str, Cell]) -> tuple[int | None, dict[str, str] | None]:
        """Which row of the form a row is, and what it is about."""
        first, *others = self.part.key
        about = self.about(named)
        if about is None:
            return None, None
        rows = [at for at, text in enumerate(self.given[first]) if text == about]
        key = {first: about}
        for name in others:
            rows = self.worded(rows, name, named.get(name))
            if not rows and name not in named:
                return None, None
            key[name] = self.given[name][rows[0]] if rows else named[name].text
        free = (at for at in rows if at not in self.used)
        return next(free, rows[0] if rows else None), key

    def about(self, named: Mapping[str, Cell]) -> str | None:
        """The first part of a row's key, as the form spells it; ``None`` where it cannot be told.

        Excel turns *1.10* into a number or a day; then what else stands in the row decides.
        """
        texts: list[str] = self.given[self.part.key[0]]
        known = dict.fromkeys(texts)
        cell = named.get(self.part.key[0])
        spelled = _spellings(cell) if cell else set()
        fitting = [text for text in known if plain(text).strip(".") in spelled]
        if len(fitting) == 1:
            return fitting[0]
        given = [column.name for column in self.part.columns if column.given]
        for name in given[1:]:
            if name in named and name not in self.part.key:
                text, there = plain(named[name].text), self.given[name]
                beside = {
                    about for about, other in zip(texts, there, strict=True) if plain(other) == text
                }
                if len(found := beside.intersection(fitting or known)) == 1:
                    return found.pop()
        alone = cell is not None and len(given) == 1
        return _nearest(cell.text, [*known]) if cell is not None and alone else None

    def worded(self, rows: list[int], name: str, cell: Cell | None) -> list[int]:
        """Those of some rows that have this text in a column, else the one most like it."""
        texts = [self.given[name][at] for at in rows]
        if cell is None:
            return rows if len(set(texts)) == 1 else []
        wanted = plain(cell.text)
        same = [at for at, text in zip(rows, texts, strict=True) if plain(text) == wanted]
        left = [at for at in rows if at not in self.used]
        near = _nearest(cell.text, [self.given[name][at] for at in left])
        return same or [at for at in left if self.given[name][at] == near]


def _nearest(text: str, known: Sequence[str]) -> str | None:
    from rapidfuzz import fuzz, process

    words = {plain(each): each for each in known}
    near = process.extractOne(plain(text), [*words], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return words[str(near[0])] if near else None


def _spellings(cell: Cell) -> set[str]:
    """What may have stood in a cell before a program has taken it for a number or a day."""
    text = plain(cell.text).strip(".")
    with suppress(ValueError):
        if cell.kind == "date":
            day = date.fromisoformat(cell.value[:10])
            days, months = {str(day.day), f"{day.day:02}"}, {str(day.month), f"{day.month:02}"}
            years = {str(day.year), f"{day.year % 100:02}"}
            pairs = ((days, months), (months, days), (months, years))
            return {f"{one}.{two}" for ones, twos in pairs for one in ones for two in twos}
        if cell.kind == "number" or re.fullmatch(r"\d+,\d+", text):
            number = text.replace(",", ".")
            return {number, *(f"{float(number):.{places}f}" for places in (1, 2))}
    return {text}
