"""What differs in a table: its caption and notes, columns, rows and cells."""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet

from slz_lib.documents.model import Cell, Column, Row, Table
from slz_lib.production.review.forms import form_change, text_change
from slz_lib.production.review.numbers import beneath, cell_difference
from slz_lib.production.review.pairing import moved, paired_texts
from slz_lib.production.review.placing import named
from slz_lib.production.review.renumbering import renumbered, told_by_column
from slz_lib.production.review.rows import column_name, paired_columns, paired_rows, row_names
from slz_lib.production.review.statuses import by_measure, which_status
from slz_lib.production.review.values import Change, Fate, Kind, Section, StatusMove, Stretch
from slz_lib.production.review.words import brief, swapped

Found = Iterator[tuple[Section, Change]]
#: Measure, which status, old and new text: what a cell says of a status that moved.
Told = AbstractSet[tuple[str, str, str, str]]

_NUMBERS = frozenset(("integer", "decimal", "percent"))
_CELL_JOIN = " · "


def told(moves: tuple[StatusMove, ...]) -> Told:
    """What cells say of statuses that are told as moved, so that none is told again."""
    return {(m.number, which_status(m.which), m.old_label, m.new_label) for m in moves}


def table_changes(chapter: str, old: Table, new: Table, known: Told) -> Found:
    """What differs between two tables.

    Args:
        chapter: where the new one stands.
        old: the table of the old run.
        new: the table of the new run.
        known: moved statuses, which are told elsewhere.
    """
    subject = named(new)
    found = [
        *_captions(chapter, subject, old, new),
        *_columns(chapter, subject, old, new),
        *_rows(chapter, subject, old, new, known),
    ]
    yield from found
    frames = (table.model_copy(update={"rows": ()}) for table in (old, new))
    if not found and next(frames) != next(frames):
        yield Section.REST, form_change(chapter, subject, "")


def _captions(chapter: str, subject: str, old: Table, new: Table) -> Found:
    if old.caption != new.caption:
        change = text_change(chapter, subject, "titulek", old.caption, new.caption)
        yield Section.REST, change
    for i, k in paired_texts(old.notes, new.notes):
        before = "" if i is None else old.notes[i]
        after = "" if k is None else new.notes[k]
        if before != after:
            change = text_change(chapter, subject, "poznámka pod tabulkou", before, after)
            yield Section.REST, change


def _columns(chapter: str, subject: str, old: Table, new: Table) -> Found:
    pairs = paired_columns(old.columns, new.columns)
    for i, k in pairs:
        before = "" if i is None else column_name(old.columns, i)
        after = "" if k is None else column_name(new.columns, k)
        if i is None or k is None:
            kind = Kind.ADDED if i is None else Kind.REMOVED
            where = f"sloupec „{after or before}“"
            yield Section.REST, Change(chapter, subject, where, kind)
        elif old.columns[i].title != new.columns[k].title:
            wording = swapped(old.columns[i].title, new.columns[k].title)
            yield Section.REST, Change(chapter, subject, "název sloupce", Kind.CHANGED, wording)
    if moved([i for i, k in pairs if i is not None and k is not None]):
        yield Section.REST, Change(chapter, subject, "pořadí sloupců", Kind.CHANGED)


def _rows(chapter: str, subject: str, old: Table, new: Table, known: Told) -> Found:
    pairs = paired_rows(old, new)
    columns = [
        (i, k)
        for i, k in paired_columns(old.columns, new.columns)
        if i is not None and k is not None
    ]
    statuses = known if by_measure(old) and by_measure(new) else frozenset()
    old_names, names = row_names(old), row_names(new)
    shifts = renumbered(old, new, pairs, columns)
    shifted = told_by_column(shifts)
    for i, k in pairs:
        if i is None and k is not None:
            yield Section.REST, _alone(chapter, subject, names[k], new.rows[k], Kind.ADDED)
        elif k is None and i is not None:
            yield Section.REST, _alone(chapter, subject, old_names[i], old.rows[i], Kind.REMOVED)
        elif i is not None and k is not None:
            for a, b in columns:
                if k in shifted.get(b, ()):
                    continue
                before, after = _cell(old.rows[i], a), _cell(new.rows[k], b)
                where = f"řádek „{names[k]}“, sloupec „{column_name(new.columns, b)}“"
                column = new.columns[b]
                name = _cell(new.rows[k], 0).text
                if (name, which_status(column.title), before.text, after.text) not in statuses:
                    yield from _cells(chapter, subject, where, before, after, column)
    for group in shifts:
        where = f"sloupec „{column_name(new.columns, group.column)}“"
        note = group.note(names)
        yield Section.REST, Change(chapter, subject, where, Kind.CHANGED, note=note)
    if moved([i for i, k in pairs if i is not None and k is not None]):
        yield Section.REST, Change(chapter, subject, "pořadí řádků", Kind.CHANGED)


def _cell(row: Row, place: int) -> Cell:
    """The cell of a row; one that is missing in a faulty row reads as nothing."""
    return row.cells[place] if place < len(row.cells) else Cell(text="")


def _alone(chapter: str, subject: str, name: str, row: Row, kind: Kind) -> Change:
    fate = Fate.INSERTED if kind is Kind.ADDED else Fate.DELETED
    text = _CELL_JOIN.join(cell.text for cell in row.cells[1:])
    wording = (Stretch(fate, text),) if text else ()
    return Change(chapter, subject, f"řádek „{name}“", kind, wording)


def _cells(chapter: str, subject: str, where: str, old: Cell, new: Cell, column: Column) -> Found:
    difference = cell_difference(old, new, column.kind)
    section = Section.NUMBERS if difference or column.kind in _NUMBERS else Section.REST
    if old.text != new.text:
        text = column.kind == "text" and not difference
        wording = brief(old.text, new.text) if text else swapped(old.text, new.text)
        yield section, Change(chapter, subject, where, Kind.CHANGED, wording, difference)
    elif old.value != new.value:
        note = f"čte se „{new.text}“, v\u00a0sešitu {beneath(old)} → {beneath(new)}"
        yield section, Change(chapter, subject, where, Kind.FORM, note=note)
    elif old != new:
        note = "jiná barva stavu" if old.ref == new.ref else _link_note(old, new)
        yield Section.REST, form_change(chapter, subject, where, note)


def _link_note(old: Cell, new: Cell) -> str:
    if old.ref is None:
        return "nově s\u00a0odkazem"
    return "už bez odkazu" if new.ref is None else "odkaz vede jinam"
