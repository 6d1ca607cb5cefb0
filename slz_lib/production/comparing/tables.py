"""What differs in a table besides its words around: columns, rows and cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence, Set as AbstractSet

from slz_lib.documents.model import Cell, Column, Row, Table
from slz_lib.production.comparing.pairing import Pair, moved, paired
from slz_lib.production.comparing.reviews import Difference, Event, Section
from slz_lib.production.comparing.words import difference, plain, swapped, wording

#: What columns call the status that stands, before publication and after it; cards do not say.
STANDING = "Stav"
_STANDING_TITLES = frozenset((STANDING, "Zveřejněný stav"))
#: A measure as the first cell of a row names it: I.3, 1.2.3, A-4, M1.
_NUMBER = re.compile(r"[0-9A-Za-z]+([._-][0-9A-Za-z]+)+|[A-Za-z]+[0-9]+")
_NUMBERS = frozenset(("integer", "decimal", "percent"))
_CELL_JOIN = " · "

#: Measure, which status, old and new words: what a cell says of a changed status.
Told = AbstractSet[tuple[str, str, str, str]]


def which_status(column: str) -> str:
    """The status that a column holds; the standing one has one name."""
    return STANDING if column in _STANDING_TITLES else column


def by_measure(table: Table) -> bool:
    """Whether each row of ``table`` is one measure, named in its first cell."""
    numbers = [row.cells[0].text for row in table.rows if row.kind == "body" and row.cells]
    alone = len(set(numbers)) == len(numbers) > 0
    return alone and all(map(_NUMBER.fullmatch, numbers))


def table_differences(
    chapter: str, subject: str, old: Table, new: Table, known: Told
) -> Iterator[Difference]:
    """What differs between two tables.

    Args:
        chapter: where the new one stands.
        subject: how a review names it.
        old: the table of the old run.
        new: the table of the new run.
        known: changed statuses, which are told elsewhere.
    """
    columns = paired(old.columns, new.columns, lambda column: column.title)
    rows = _paired_rows(old.rows, new.rows)
    for section, where, event, before, after, note in (
        *_columns(old, new, columns),
        *_rows(old, new, columns, rows, known),
    ):
        words = wording(before, after) if not note else swapped(before, after)
        yield Difference(section, chapter, subject, where, event, words, note)


#: Section, place, what happened, old text, new text, note.
_Found = Iterator[tuple[Section, str, Event, str, str, str]]


def _columns(old: Table, new: Table, pairs: Sequence[Pair]) -> _Found:
    for i, k in pairs:
        if i is None or k is None:
            column = old.columns[i] if i is not None else new.columns[k or 0]
            event = Event.ADDED if i is None else Event.REMOVED
            yield Section.REST, f"sloupec „{column.title}“", event, "", "", ""
    if moved(pairs):
        yield Section.REST, "pořadí sloupců", Event.CHANGED, "", "", ""


def _rows(
    old: Table, new: Table, columns: Sequence[Pair], pairs: Sequence[Pair], known: Told
) -> _Found:
    both = [(i, k) for i, k in columns if i is not None and k is not None]
    statuses = known if by_measure(old) and by_measure(new) else frozenset()
    old_names, names = _row_names(old.rows), _row_names(new.rows)
    for i, k in pairs:
        if i is None and k is not None:
            rest = _CELL_JOIN.join(_texts(new.rows[k])[1:])
            yield Section.REST, f"řádek „{names[k]}“", Event.ADDED, "", rest, ""
        elif k is None and i is not None:
            rest = _CELL_JOIN.join(_texts(old.rows[i])[1:])
            yield Section.REST, f"řádek „{old_names[i]}“", Event.REMOVED, rest, "", ""
        elif i is not None and k is not None and old.rows[i] != new.rows[k]:
            for a, b in both:
                before, after = _cell(old.rows[i], a), _cell(new.rows[k], b)
                column = new.columns[b]
                which = (_cell(new.rows[k], 0).text, which_status(column.title))
                if (*which, before.text, after.text) not in statuses:
                    where = f"řádek „{names[k]}“, sloupec „{column.title}“"
                    yield from _cells(where, before, after, column)
    if moved(pairs):
        yield Section.REST, "pořadí řádků", Event.CHANGED, "", "", ""


def _cells(where: str, old: Cell, new: Cell, column: Column) -> _Found:
    note = difference(old.text, new.text)
    section = Section.NUMBERS if note or column.kind in _NUMBERS else Section.REST
    if plain(old.text) != plain(new.text):
        yield section, where, Event.CHANGED, old.text, new.text, note
    elif old.value != new.value:
        note = f"čte se „{new.text}“, v\u00a0sešitu je {new.value}, dříve {old.value}"
        yield section, where, Event.CHANGED, "", "", note


def _cell(row: Row, place: int) -> Cell:
    """The cell of a row; one that is missing in a faulty row reads as nothing."""
    return row.cells[place] if place < len(row.cells) else Cell(text="")


def _paired_rows(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Rows paired by all they say, by what names them, by the rest."""

    def rest(row: Row) -> Hashable:
        return (row.kind, _texts(row)[1:]) if len(row.cells) > 1 else None

    return paired(
        old,
        new,
        lambda row: (row.kind, _texts(row)),
        lambda row: (row.kind, _texts(row)[:2]),
        lambda row: (row.kind, _texts(row)[:1]),
        rest,
    )


def _row_names(rows: Sequence[Row]) -> list[str]:
    """What names each row: its first cell, and the second where others begin alike."""
    texts = [_texts(row) for row in rows]
    times = Counter(found[:1] for found in texts)
    return [_CELL_JOIN.join(found[: 2 if times[found[:1]] > 1 else 1]) for found in texts]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)
