"""Tables: caption with a counted number, repeated header row, rows that do not break."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.documents.columns import column_widths, header_text, is_number
from slz_lib.documents.docx.fields import Links, field
from slz_lib.documents.docx.markup import Element, Style, paragraph, runs, status_style, twips, w
from slz_lib.documents.model import Cell, Mark, Row, Table
from slz_lib.documents.office import storable

#: A table with more rows than these has a light zebra.
_LONG = 12


def caption(kind: str, anchor: str, text: str, links: Links) -> Element:
    """A caption such as *Tabulka 3: …*; the bookmark stands around the counted number."""
    number = links.known[anchor].number
    counted = links.marked(anchor, field(f"SEQ {kind} \\* ARABIC", runs(str(number))))
    return paragraph(Style.CAPTION, [*runs(f"{kind}\u00a0"), *counted, *runs(f": {text}")])


def status_runs(text: str, mark: Mark | None) -> list[Element]:
    """Sign and word on the status's colour; plain words where there is no status."""
    return runs(text, style=status_style(mark) if mark else None)


def _content(cell: Cell, links: Links) -> list[Element]:
    if cell.ref is not None:
        return [links.inside(cell.ref, runs(cell.text, style=Style.LINK))]
    return status_runs(cell.text, cell.status)


def _style(cell: Cell, *, number: bool, strong: bool) -> Style:
    # The letters of a status are strong by themselves: twice would cancel each other in Word.
    if strong and cell.status is None:
        return Style.TOTAL_NUMBER if number else Style.ROW_HEADER
    return Style.TABLE_NUMBER if number else Style.TABLE_TEXT


def _cell(width: int, text: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), text)


def _row(row: Row, table: Table, widths: Sequence[int], links: Links, *, holds: bool) -> Element:
    """A row of cells; the last but one ``holds`` the last one, which does not stand alone."""
    element = w("tr", w("trPr", w("cantSplit")))
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        strong = row.kind == "total" or (place == 0 and table.row_header)
        style = _style(cell, number=is_number(column), strong=strong)
        keep = [w("keepNext")] if holds else []
        element.append(_cell(widths[place], paragraph(style, _content(cell, links), *keep)))
    return element


def _header(table: Table, widths: Sequence[int]) -> Element:
    row = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
    for column, width in zip(table.columns, widths, strict=True):
        style = Style.NUMBER_HEADER if is_number(column) else Style.TABLE_HEADER
        row.append(_cell(width, paragraph(style, runs(header_text(column)))))
    return row


def _look(table: Table) -> Element:
    """Which parts the table style marks; screen readers take header cells from here."""
    banded = len(table.rows) > _LONG
    total = bool(table.rows) and table.rows[-1].kind == "total"
    flags = 0x0420 | 0x0040 * total | 0x0080 * table.row_header | 0x0200 * (not banded)
    return w(
        "tblLook",
        val=f"{flags:04X}",
        firstRow=1,
        lastRow=int(total),
        firstColumn=int(table.row_header),
        lastColumn=0,
        noHBand=int(not banded),
        noVBand=1,
    )


def _grid(table: Table, widths: Sequence[int], links: Links) -> Element:
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=Style.TABLE),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            _look(table),
            w("tblCaption", val=storable(table.caption)),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        _header(table, widths),
        *(
            _row(row, table, widths, links, holds=place == len(table.rows) - 2)
            for place, row in enumerate(table.rows)
        ),
    )


def table_elements(table: Table, width: int, links: Links) -> list[Element]:
    """Caption, table and its notes, at most ``width`` twips wide."""
    millimetres = width * 25.4 / 1440
    widths = [twips(part) for part in column_widths(table, millimetres, hyphenated=False)]
    grid = _grid(table, widths, links)
    notes = [paragraph(Style.TABLE_NOTE, runs(note)) for note in table.notes]
    end = paragraph(Style.TABLE_END, ())
    return [caption("Tabulka", table.anchor, table.caption, links), grid, *notes, end]
