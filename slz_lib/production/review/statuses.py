"""Measures whose status is another one, wherever a document states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slz_lib.documents.model import Cell, MeasureCard, Table
from slz_lib.production.review.numerals import roman
from slz_lib.production.review.placing import Part
from slz_lib.production.review.values import StatusMove

#: What columns call the status that stands, before publication and after it; cards do not say.
STANDING = "Stav"
_STANDING_TITLES = frozenset((STANDING, "Zveřejněný stav"))
_NUMBER = re.compile(r"([IVXL]+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A status as a document states it first."""

    code: str | None
    label: str
    title: str
    chapter: str


def which_status(title: str) -> str:
    """The status that a column called ``title`` holds; the standing one has one name."""
    return STANDING if title in _STANDING_TITLES else title


def by_measure(table: Table) -> bool:
    """Whether each row of ``table`` is one measure, named in its first cell."""
    numbers = [row.cells[0].text for row in table.rows if row.kind == "body" and row.cells]
    return (
        bool(numbers)
        and len(set(numbers)) == len(numbers)
        and all(_NUMBER.fullmatch(number) for number in numbers)
    )


def moves(old: Sequence[Part], new: Sequence[Part]) -> tuple[StatusMove, ...]:
    """Statuses that both runs state and that differ, in the strategy's order of the measures."""
    before, after = _stated(old), _stated(new)
    titles = _titles(new)
    return tuple(
        StatusMove(
            chapter=after[key].chapter,
            number=key[0],
            title=titles.get(key[0], ""),
            which=after[key].title,
            old=before[key].code,
            new=after[key].code,
            old_label=before[key].label,
            new_label=after[key].label,
        )
        for key in sorted(before.keys() & after.keys(), key=lambda key: (_order(key[0]), key[1]))
        if before[key].code != after[key].code
    )


def _stated(parts: Sequence[Part]) -> dict[tuple[str, str], _Stated]:
    """Statuses by measure and kind; a card counts before tables, an earlier table before later."""
    found: dict[tuple[str, str], _Stated] = {}
    cards = {}
    for part in parts:
        if isinstance(part.item, MeasureCard):
            card = part.item
            cards[card.number, STANDING] = _Stated(
                card.status, card.status_label, STANDING, part.chapter
            )
        elif isinstance(part.item, Table) and by_measure(part.item):
            for number, title, cell in _cells(part.item):
                stated = _Stated(cell.status, cell.text, title, part.chapter)
                found.setdefault((number, which_status(title)), stated)
    named = {key: found[key].title for key in cards.keys() & found.keys()}
    return found | {
        key: _Stated(card.code, card.label, named.get(key, STANDING), card.chapter)
        for key, card in cards.items()
    }


def _cells(table: Table) -> Iterator[tuple[str, str, Cell]]:
    """Measure, title of the column and cell of every status in ``table``."""
    for row in table.rows:
        if row.kind == "body":
            for column, cell in zip(table.columns, row.cells, strict=False):
                if column.kind == "status":
                    yield row.cells[0].text, column.title, cell


def _titles(parts: Sequence[Part]) -> dict[str, str]:
    """Short titles of measures, from cards and from tables that have a column of them."""
    titles: dict[str, str] = {}
    for part in parts:
        if isinstance(part.item, MeasureCard):
            titles[part.item.number] = part.item.title
        elif isinstance(part.item, Table) and by_measure(part.item):
            place = next(
                (n for n, column in enumerate(part.item.columns) if column.title == "Opatření"), 0
            )
            if place:
                for row in part.item.rows:
                    if place < len(row.cells):
                        titles.setdefault(row.cells[0].text, row.cells[place].text)
    return titles


def _order(number: str) -> tuple[int, int]:
    """The place of a measure in the strategy: its area, a Roman numeral, and its own number."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return 0, 0
    return roman(found[1]), int(found[2])
