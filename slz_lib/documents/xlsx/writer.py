"""One document model in, one workbook out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

from slz_lib.documents.formats import written_from
from slz_lib.documents.model import Document, MeasureCard, Table, TitleBlock
from slz_lib.documents.office import settled, storable
from slz_lib.documents.references import Target, targets
from slz_lib.documents.xlsx.cover import write_choices, write_contents, write_cover
from slz_lib.documents.xlsx.formats import Formats
from slz_lib.documents.xlsx.layout import CHOICES, HEADER_ROW, MEASURES, internal, sheet_names
from slz_lib.documents.xlsx.measures import measures_table
from slz_lib.documents.xlsx.sheets import Shared, write_table

_CORE = "docProps/core.xml"


def _set_properties(workbook: Workbook, title: TitleBlock) -> None:
    workbook.set_properties(
        {
            "title": storable(title.title)[:255],
            "subject": storable(title.subject)[:255],
            "author": storable(title.author)[:255],
            "keywords": storable(", ".join(title.keywords))[:255],
            "created": datetime.combine(title.as_of, time()),
        }
    )
    workbook.set_custom_property("Jazyk", title.language)


def _choice_lists(tables: list[Table]) -> dict[tuple[str, ...], str]:
    """Every list of allowed values once, with the title of the first column that uses it."""
    lists: dict[tuple[str, ...], str] = {}
    for table in tables:
        for column in table.columns:
            if column.choices:
                lists.setdefault(column.choices, column.title)
    return lists


def _headings(tables: Sequence[Table], known: Mapping[str, Target]) -> tuple[list[str], list[str]]:
    """Heading of each table's sheet and name of its Excel table; only ``known`` ones are numbered.

    A table that stands in the workbook alone has no number that a reader could look for.
    """
    headings, idents = [], []
    for place, table in enumerate(tables, start=1):
        if table.anchor in known:
            number = known[table.anchor].number
            headings.append(f"Tabulka {number}: {table.caption}")
            idents.append(f"Tabulka_{number}")
        else:
            headings.append(table.caption)
            idents.append(f"List_{place}")
    return headings, idents


def render(document: Document) -> bytes:
    """The tables and measures of ``document`` as a workbook; equal documents give equal bytes.

    Figures are left out: their data stand in tables.

    Raises:
        DocumentError: a text does not fit into a cell.
    """
    # Tables have the numbers of the other writers, which leave out those of the workbook alone.
    known = targets(document.to_read().blocks)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cards = [block for block in document.blocks if isinstance(block, MeasureCard)]
    names = sheet_names(table.sheet or table.caption for table in tables)
    headings, idents = _headings(tables, known)
    places = {table.anchor: internal(name) for table, name in zip(tables, names, strict=True)}
    places |= {
        card.anchor: internal(MEASURES, row) for row, card in enumerate(cards, HEADER_ROW + 1)
    }
    if cards:
        measures = measures_table(cards, known)
        tables, names = [*tables, measures], [*names, MEASURES]
        headings, idents = [*headings, measures.caption], [*idents, "Opatreni"]
    lists = _choice_lists(tables)

    raw = io.BytesIO()
    workbook = Workbook(raw, {"in_memory": True})
    _set_properties(workbook, document.title)
    choices = {values: place for place, values in enumerate(lists)}
    shared = Shared(document.title, Formats(workbook), places, choices)
    write_cover(workbook, tables, known, shared)
    contents = [
        (name, heading, len(table.rows))
        for name, heading, table in zip(names, headings, tables, strict=True)
    ]
    if lists:
        longest = max(len(values) for values in lists)
        contents.append((CHOICES, "Povolené hodnoty sloupců k\u00a0výběru", longest))
    write_contents(workbook, contents, shared)
    origins = dict(zip(map(id, document.blocks), document.origins, strict=True))
    for name, heading, table, ident in zip(names, headings, tables, idents, strict=True):
        with written_from(origins.get(id(table), f"list {MEASURES}")):
            write_table(workbook, name, heading, table, ident, shared)
    if lists:
        write_choices(workbook, lists, shared)
    workbook.close()

    language = f"<dc:language>{escape(document.title.language)}</dc:language>".encode()

    def with_language(name: str, data: bytes) -> bytes:
        # XlsxWriter has no such property, but assistive technology asks for it.
        closing = b"</cp:coreProperties>"
        return data.replace(closing, language + closing) if name == _CORE else data

    return settled(raw.getvalue(), with_language)
