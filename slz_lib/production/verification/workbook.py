"""Workbooks compared sheet by sheet and cell by cell."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from slz_lib.production.verification import archive
from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.archive import Archive
from slz_lib.production.verification.difference import Finding, UnreadableError
from slz_lib.production.verification.markup import Element
from slz_lib.production.verification.raw import byte_finding
from slz_lib.production.verification.workbook_cells import Book, S, SheetCell, book, cells

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, the part it is stored in, and its cells by address."""

    name: str
    part: str
    cells: dict[str, SheetCell]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that has been read whole."""

    archive: Archive
    book: Book
    sheets: tuple[Sheet, ...]


def read(data: bytes) -> Workbook:
    """The workbook with all cells.

    Raises:
        UnreadableError: it is no workbook that can be read.
    """
    whole = archive.read(data, "[Content_Types].xml", _WORKBOOK, _RELATIONS)
    shared = book(whole)
    targets = {
        str(relation.get("Id")): posixpath.normpath(
            posixpath.join("/xl", str(relation.get("Target")))
        ).lstrip("/")
        for relation in whole.tree(_RELATIONS)
    }
    sheets = []
    for entry in whole.tree(_WORKBOOK).iterfind(f"{S}sheets/{S}sheet"):
        name, link = str(entry.get("name")), str(entry.get(_LINK))
        if link not in targets:
            raise UnreadableError(f"list „{name}“ nemá svou část")
        sheets.append(Sheet(name, targets[link], cells(whole.tree(targets[link]), shared)))
    return Workbook(whole, shared, tuple(sheets))


def compare(old: Workbook, new: Workbook) -> Iterator[Finding]:
    """Differences of cells, of what else the sheets hold, of other parts, of the archive."""
    told = {sheet.part for workbook in (old, new) for sheet in workbook.sheets}
    styles_same = old.book.styles == new.book.styles
    texts_told = False
    for before, after in paired(old.sheets, new.sheets, lambda sheet: sheet.name):
        if before is None or after is None:
            texts_told = True
            yield from _lone(before, after)
            continue
        found = list(
            _cell_findings(before, after, old.book, new.book, told_by_style=not styles_same)
        )
        texts_told = texts_told or bool(found)
        yield from found
        rest = list(_rest_findings(old, new, before, after))
        yield from rest
        if not found and not rest:
            yield from _bytes(old, new, before, after)
    # Other texts in cells are other shared texts; what stands in cells has been told.
    yield from archive.part_findings(
        old.archive, new.archive, told | ({_STRINGS} if texts_told else set())
    )
    yield from archive.container_findings(old.archive, new.archive)


def _lone(old: Sheet | None, new: Sheet | None) -> Iterator[Finding]:
    if old is not None:
        yield Finding("seznam listů", old.name, None)
    if new is not None:
        yield Finding("seznam listů", None, new.name)


def _cell_findings(
    old: Sheet, new: Sheet, book: Book, new_book: Book, *, told_by_style: bool
) -> Iterator[Finding]:
    for address in [*old.cells, *(address for address in new.cells if address not in old.cells)]:
        place = f"list „{old.name}“, buňka {address}"
        was, now = old.cells.get(address), new.cells.get(address)
        if was is None or now is None:
            yield Finding(place, was.facts[""] if was else None, now.facts[""] if now else None)
            continue
        facts = dict(was.facts), dict(now.facts)
        # Where a style itself differs, that is told once with the styles.
        if not (told_by_style and was.style == now.style):
            facts = facts[0] | {**book.look(was)}, facts[1] | {**new_book.look(now)}
        for fact in [*facts[0], *(fact for fact in facts[1] if fact not in facts[0])]:
            before, after = facts[0].get(fact), facts[1].get(fact)
            if before != after:
                yield Finding(f"{place}, {fact}" if fact else place, before, after)


def _rest_findings(old: Workbook, new: Workbook, before: Sheet, after: Sheet) -> Iterator[Finding]:
    """What differs in a sheet apart from its cells: widths, heights, links, panes."""
    trees = _without_cells(old, before), _without_cells(new, after)
    for finding in archive.xml_findings(*trees):
        yield finding._replace(element=f"list „{before.name}“, {finding.element}")


def _without_cells(workbook: Workbook, sheet: Sheet) -> Element:
    tree = deepcopy(workbook.archive.tree(sheet.part))
    for row in tree.iter(f"{S}row"):
        for cell in row.findall(f"{S}c"):
            row.remove(cell)
    return tree


def _bytes(old: Workbook, new: Workbook, before: Sheet, after: Sheet) -> Iterator[Finding]:
    """A sheet whose content is the same and whose part is not."""
    # A text that stands at another place of the shared texts is told with them.
    texts_same = old.archive.parts.get(_STRINGS) == new.archive.parts.get(_STRINGS)
    parts = old.archive.parts[before.part], new.archive.parts[after.part]
    if texts_same and parts[0] != parts[1]:
        yield byte_finding(*parts, f"list „{before.name}“, {before.part}, ")
