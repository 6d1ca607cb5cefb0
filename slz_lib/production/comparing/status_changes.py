"""Measures whose status is another one, wherever a document states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass

from slz_lib.documents.model import Mark, MeasureCard, Table
from slz_lib.production.comparing.changes import Change, Event, Section
from slz_lib.production.comparing.parts import Part
from slz_lib.production.comparing.words import swapped

#: What columns call the status that stands, before publication and after it; cards do not say.
_STANDING = "Stav"
_STANDING_TITLES = frozenset((_STANDING, "Zveřejněný stav"))
_TITLE = "Opatření"
#: A measure as the first cell of a row names it: I.3, 1.2.3, A-4, M1.
_NUMBER = re.compile(r"[0-9A-Za-z]+([._-][0-9A-Za-z]+)+|[A-Za-z]+[0-9]+")

#: Measure, which status, old and new words: what a cell says of a changed status.
Told = AbstractSet[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A status as a document states it: of which measure, by which column, with which words."""

    number: str
    column: str
    code: str | None
    label: str
    chapter: str
    title: str


def which_status(column: str) -> str:
    """The status that a column holds; the standing one has one name."""
    return _STANDING if column in _STANDING_TITLES else column


def by_measure(table: Table) -> bool:
    """Whether each row of ``table`` is one measure, named in its first cell."""
    numbers = [row.cells[0].text for row in table.rows if row.kind == "body" and row.cells]
    alone = len(set(numbers)) == len(numbers) > 0
    return alone and all(map(_NUMBER.fullmatch, numbers))


def status_changes(old: Sequence[Part], new: Sequence[Part]) -> tuple[tuple[Change, ...], Told]:
    """Statuses that both runs state and that differ, in the strategy's order of the measures.

    Returns:
        The changes, and what cells say of them, so that none is told again.
    """
    before, after = _stated(old), _stated(new)
    titles = {stated.number: stated.title for stated in after.values() if stated.title}
    changes, told = [], set()
    order = _order(new)
    common = before.keys() & after.keys()
    for key in sorted(common, key=lambda key: (order[key[0]], key[1])):
        was, now = before[key], after[key]
        if was.code != now.code:
            subject = f"{now.number}\u2002{titles.get(now.number, '')}".rstrip()
            which = "" if now.column == _STANDING else now.column[:1].lower() + now.column[1:]
            words = swapped(was.label, now.label)
            changes.append(
                Change(Section.STATUSES, now.chapter, "", subject, Event.CHANGED, words, which)
            )
            told.add((*key, was.label, now.label))
    return tuple(changes), told


def _stated(parts: Sequence[Part]) -> dict[tuple[str, str], _Stated]:
    """Statuses by measure and kind as they are stated first, by cards before tables.

    A card's status has the name that a column gives it.
    """
    tables = [stated for part in parts for stated in _of_table(part)]
    found = {(s.number, which_status(s.column)): s for s in reversed(tables)}
    for part in parts:
        card = part.block
        if isinstance(card, MeasureCard):
            key = card.number, _STANDING
            column = found[key].column if key in found else _STANDING
            found[key] = _Stated(
                card.number, column, _code(card.status), card.status_label, part.chapter, card.title
            )
    return found


def _of_table(part: Part) -> Iterator[_Stated]:
    """Every status that a table states."""
    table = part.block
    if not (isinstance(table, Table) and by_measure(table)):
        return
    place = next((n for n, column in enumerate(table.columns) if column.title == _TITLE), 0)
    for row in table.rows:
        if row.kind == "body" and row.cells:
            number = row.cells[0].text
            title = row.cells[place].text if 0 < place < len(row.cells) else ""
            for column, cell in zip(table.columns, row.cells, strict=False):
                if column.kind == "status":
                    stated = column.title, _code(cell.status), cell.text, part.chapter, title
                    yield _Stated(number, *stated)


def _code(mark: Mark | None) -> str | None:
    return None if mark is None else mark.code


def _order(parts: Sequence[Part]) -> dict[str, int]:
    """The places of measures in the strategy: that of the cards, then of the tables."""
    cards = [part.block.number for part in parts if isinstance(part.block, MeasureCard)]
    tables = [stated.number for part in parts for stated in _of_table(part)]
    return {number: place for place, number in enumerate(dict.fromkeys([*cards, *tables]))}
