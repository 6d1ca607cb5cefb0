"""A workbook of Excel before 2007 (.xls) as typed cells."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from slz_lib.collection.typed import MOST_SHEETS, Typed, of_excel, place_of
from slz_lib.untrusted import shown

#: Kinds of cells in the reader, and of records in the file.
_TEXT, _NUMBER, _DATE, _BOOL, _ERROR = 1, 2, 3, 4, 5
_BEGIN, _OF_SHEET, _FORMULA, _SHARED_TEXT, _MORE = 0x809, 0x10, 0x06, 0x1B6, 0x3C
#: A record of what lies on a sheet, and which kinds of it can only be looked at: chart, picture.
_OBJECT, _PICTURED = 0x5D, {5, 8}


def read_old_workbook(content: bytes, typed: Typed) -> None:
    """Gather what the workbook holds, sheet by sheet in its order."""
    import xlrd

    book = xlrd.open_workbook(
        file_contents=content, ragged_rows=True, formatting_info=True, logfile=io.StringIO()
    )
    typed.require(book.nsheets, MOST_SHEETS, "listů")
    formulas, texts, pictures = _records(_stream(content))
    fonts = {at for at, font in enumerate(book.font_list) if font.struck_out}
    struck = {at for at, style in enumerate(book.xf_list) if style.font_index in fonts}
    for number, sheet in enumerate(book.sheets()):
        rows = {at for at, row in sheet.rowinfo_map.items() if row.hidden}
        columns = {at for at, column in sheet.colinfo_map.items() if column.hidden}
        for row in range(sheet.nrows):
            typed.meet(1 + sheet.row_len(row))
            for column, cell in enumerate(sheet.row(row)):
                kind, value = _value(cell, book)
                kind = "formula" if (number, row, column) in formulas and kind != "error" else kind
                unseen = bool(sheet.visibility) or row in rows or column in columns
                unseen |= cell.xf_index in struck
                typed.cell(sheet.name, row + 1, column + 1, kind, value, unseen)
        for (row, column), link in sorted(sheet.hyperlink_map.items()):
            typed.link(sheet.name, row + 1, column + 1, str(link.url_or_path or ""))
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            typed.comment(sheet.name, place_of(row + 1, column + 1), note.text)
            texts.remove((number, note.text))
        for at, text in texts:
            if at == number:
                typed.box(sheet.name, text)
        for _ in range(pictures.count(number)):
            typed.pictured(f"na listu „{shown(sheet.name)}“")


def _value(cell: Any, book: Any) -> tuple[str, str]:
    """The kind of a cell and what was typed there."""
    from xlrd import error_text_from_code

    if cell.ctype == _TEXT:
        return "text", cell.value
    if cell.ctype in {_NUMBER, _DATE}:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return of_excel(repr(cell.value), code, bool(book.datemode))
    if cell.ctype == _BOOL:
        return "bool", "true" if cell.value else "false"
    if cell.ctype == _ERROR:
        return "error", error_text_from_code.get(cell.value, "#")
    return "text", ""


def _stream(content: bytes) -> bytes:
    from olefile import OleFileIO

    with OleFileIO(content) as compound:
        name = next(each for each in ("Workbook", "Book") if compound.exists(each))
        return bytes(compound.openstream(name).read())


def _records(stream: bytes) -> tuple[set[tuple[int, int, int]], list[tuple[int, str]], list[int]]:
    """What the reader does not tell: cells with formulas, texts of notes and boxes, pictures."""
    sheet, formulas, texts, pictures = -1, set(), [], []
    expected = -1
    for kind, data in _walk(stream):
        if kind == _BEGIN and data[2:4] == _OF_SHEET.to_bytes(2, "little"):
            sheet += 1
        elif kind == _FORMULA:
            formulas.add((sheet, *struct.unpack_from("<HH", data)))
        elif kind == _OBJECT and data[4] in _PICTURED:
            pictures.append(sheet)
        elif kind == _SHARED_TEXT:
            expected = struct.unpack_from("<10xH", data)[0]
            texts.append((sheet, ""))
        elif kind == _MORE and expected > 0:
            text = data[1:].decode("utf-16-le" if data[0] else "latin-1", "replace")
            texts[-1] = sheet, texts[-1][1] + text
            expected -= len(text)
            continue
        expected = expected if kind == _SHARED_TEXT else -1
    return formulas, texts, pictures


def _walk(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
