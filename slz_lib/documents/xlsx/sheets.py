"""One table on one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from slz_lib.documents.model import Row, Table, TitleBlock
from slz_lib.documents.office import storable
from slz_lib.documents.wording import DRAFT_MARK
from slz_lib.documents.xlsx.formats import Formats
from slz_lib.documents.xlsx.layout import (
    BACK_ROW,
    CONTENTS,
    FILTER_BUTTON,
    FIRST_NOTE_ROW,
    HEADER_ROW,
    TITLE_ROW,
    column_widths,
    header_names,
    internal,
    note_lines,
    printed_columns,
    row_height,
)
from slz_lib.documents.xlsx.plain import plain
from slz_lib.errors import DocumentError

#: The most that Excel holds in a cell.
_CELL_LENGTH = 32_767
_A4 = 9
#: Excel knows no day before this year's.
_FIRST_YEAR = 1900
#: From as many columns on, the first one stays in view.
_MANY = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its place in the workbook.

    Attributes:
        name: of the sheet.
        heading: what stands above the table.
        ident: what formulas call the table.
        table: what stands there, in plain words.
    """

    name: str
    heading: str
    ident: str
    table: Table


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sheets of a workbook share.

    Attributes:
        title: the title block of the document.
        formats: formats of the workbook.
        places: link to each anchor that has a place in the workbook.
    """

    title: TitleBlock
    formats: Formats
    places: Mapping[str, str]


def write_text(sheet: Worksheet, row: int, column: int, text: str, form: object) -> None:
    """Write ``text`` as a string, whatever it begins with.

    Raises:
        DocumentError: the text is longer than a cell can hold.
    """
    kept = storable(text)
    if len(kept) > _CELL_LENGTH:
        raise DocumentError(
            f"Text „{kept[:40]}…“ má {len(kept)} znaků a\u00a0do buňky sešitu se nevejde;"
            f" zkraťte ho na {_CELL_LENGTH}."
        )
    sheet.write_string(row, column, kept, form)


def set_up_print(sheet: Worksheet, title: TitleBlock) -> None:
    """A4 on its side, one page wide, page numbers, and the draft mark where there is one."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    name = plain(title.title).replace("&", "&&")[:150]
    sheet.set_footer(f"&L{name}&Rstrana &P/&N")
    if title.draft:
        sheet.set_header(f"&R&B{DRAFT_MARK}")


def _write_row(sheet: Worksheet, at: int, row: Row, table: Table, shared: Shared) -> None:
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        link = shared.places.get(cell.ref) if cell.ref is not None else None
        bold = row.kind == "total" or (place == 0 and table.row_header)
        form = shared.formats.cell(column, row, cell, bold=bold, linked=link is not None)
        if link is not None:
            sheet.write_url(at, place, link, form, string=cell.text)
        elif isinstance(cell.value, date) and cell.value.year >= _FIRST_YEAR:
            sheet.write_datetime(at, place, cell.value, form)
        elif isinstance(cell.value, (int, float)):
            sheet.write_number(at, place, cell.value, form)
        else:
            write_text(sheet, at, place, cell.text, form)


def write_sheet(workbook: Workbook, of: Sheet, shared: Shared) -> None:
    """Write a table on a new sheet.

    Total rows stand right under the Excel table, so that sorting leaves them where they are.

    Raises:
        DocumentError: a text does not fit into a cell.
    """
    sheet, table, formats = workbook.add_worksheet(of.name), of.table, shared.formats
    notes, widths = note_lines(table.notes), column_widths(table)
    write_text(sheet, TITLE_ROW, 0, of.heading, formats.named("title"))
    sheet.set_row(TITLE_ROW, 22)
    for place, note in enumerate(notes, start=FIRST_NOTE_ROW):
        write_text(sheet, place, 0, note, formats.named("note"))
    if of.name != CONTENTS:
        back = formats.named("link")
        sheet.write_url(BACK_ROW, 0, internal(CONTENTS), back, string="Zpět na obsah")
        sheet.set_row(BACK_ROW, 22)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    titles = [column.title for column in table.columns]
    header = row_height(titles, [w - FILTER_BUTTON for w in widths], bold=len(titles))
    sheet.set_row(HEADER_ROW, header)
    rows = sorted(table.rows, key=lambda row: row.kind == "total")
    for at, row in enumerate(rows, start=HEADER_ROW + 1):
        _write_row(sheet, at, row, table, shared)
        bold = len(widths) if row.kind == "total" else int(table.row_header)
        sheet.set_row(at, row_height([cell.text for cell in row.cells], widths, bold=bold))
    if not rows:
        write_text(sheet, HEADER_ROW + 1, 0, "—", formats.named("text"))
    # Excel wants at least one row under the header.
    last_row = HEADER_ROW + max(sum(row.kind == "body" for row in rows), 1)
    headers = [
        {"header": name, "header_format": formats.header(column)}
        for name, column in zip(header_names(titles), table.columns, strict=True)
    ]
    named = {"name": of.ident, "columns": headers, "style": None, "title": table.caption[:255]}
    sheet.add_table(HEADER_ROW, 0, last_row, len(titles) - 1, named)
    sheet.freeze_panes(HEADER_ROW + 1, int(table.row_header and len(titles) >= _MANY))
    sheet.repeat_rows(HEADER_ROW)
    set_up_print(sheet, shared.title)
    end = HEADER_ROW + max(len(rows), 1)
    sheet.print_area(0, 0, end, printed_columns(widths, of.heading, notes) - 1)
