"""One document model in, one workbook out."""

from __future__ import annotations

import io
from datetime import datetime, time
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

from slz_lib.documents.archive import settled
from slz_lib.documents.characters import storable
from slz_lib.documents.model import Document, MeasureCard, Table, TitleBlock
from slz_lib.documents.references import targets
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


def render(document: Document) -> bytes:
    """The tables and measures of ``document`` as a workbook; equal documents give equal bytes.

    Figures are left out: their data stand in tables.

    Raises:
        DocumentError: a text does not fit into a cell.
    """
    known = targets(document.blocks)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cards = [block for block in document.blocks if isinstance(block, MeasureCard)]
    names = sheet_names(table.sheet or table.caption for table in tables)
    headings = [f"Tabulka {number}: {table.caption}" for number, table in enumerate(tables, 1)]
    idents = [f"Tabulka_{number}" for number in range(1, len(tables) + 1)]
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
    for name, heading, table, ident in zip(names, headings, tables, idents, strict=True):
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
