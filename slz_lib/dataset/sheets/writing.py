"""Tables as a workbook for people: a sheet a table, words for codes, drop-downs, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.dataset.changing import stated
from slz_lib.dataset.loading import folders
from slz_lib.dataset.schemas import TABLES, Column, Table, ValueKind
from slz_lib.dataset.sheets.spelling import spelled
from slz_lib.dataset.sheets.words import headings, words

CONTENTS, LISTS = "Obsah", "Seznamy"
#: Above the list of sheets, by which a workbook is read back.
CONTENTS_HEADER = ("List", "Tabulka", "Složka", "Soubor")
_ADVICE = (
    "Řádky lze měnit, přidávat pod poslední a mazat; záhlaví a tento list nechte, jak jsou.",
    "Prázdné pole znamená neznámý údaj. Zpět do dat: slz data read SOUBOR.xlsx",
)
#: Rows below the last one that have drop-downs too.
_ROOM = 1_000
_LAST_COLUMN = 16_383
_WIDEST = 60
#: Points; headings of three lines.
_HEADER_HEIGHT = 46
_EPOCH = date(1900, 3, 1)
_NAMES = {"text": "@", "day": "yyyy\\-mm\\-dd"}


def workbook(root: Path, chosen: Sequence[tuple[Table, str]]) -> bytes:
    """The bytes of a workbook of the chosen files, each as it stands in ``data/``.

    Args:
        root: folder of the tables.
        chosen: tables with the folder of the file; empty for a table of one file.

    Raises:
        FaultyDataError: a file cannot be read as it is.
    """
    import xlsxwriter

    every = every_text(root)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Tabulky dat", "created": datetime(2000, 1, 1, tzinfo=UTC)})
    formats = {
        name: book.add_format({"locked": False, "valign": "top", "num_format": number})
        for name, number in {"other": "General", **_NAMES}.items()
    }
    formats["header"] = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7ECF2", "bottom": 1}
    )
    contents = book.add_worksheet(CONTENTS)
    titles = sheet_titles([described for described, _ in chosen])
    sheets = [book.add_worksheet(title) for title in titles]
    lists = _Lists(book.add_worksheet(LISTS))
    for line, text in enumerate(_ADVICE):
        contents.write_string(line, 0, text)
    contents.set_column(0, 0, 34)
    contents.set_column(1, 3, 22)
    for place, text in enumerate(CONTENTS_HEADER):
        contents.write_string(len(_ADVICE) + 1, place, text, formats["header"])
    for line, (title, (described, folder)) in enumerate(zip(titles, chosen, strict=True)):
        cells = (described.name, folder, described.file(folder))
        row = len(_ADVICE) + 2 + line
        contents.write_url(row, 0, f"internal:'{title}'!A1", string=title)
        for place, text in enumerate(cells, start=1):
            contents.write_string(row, place, text)
    for sheet, (described, folder) in zip(sheets, chosen, strict=True):
        _fill(sheet, described, stated(root, described, folder), formats, lists, every)
    for sheet in (contents, lists.sheet):
        sheet.protect()
    contents.activate()
    book.close()
    return stream.getvalue()


def every_text(root: Path) -> dict[str, pd.DataFrame]:
    """The cells of all tables as text, by name; tables of many files with all their rows."""
    return {
        described.name: pd.concat(
            [
                stated(root, described, folder).assign(**{described.folder_column or "_": folder})
                for folder in folders(described, root)
            ],
            ignore_index=True,
        )
        for described in TABLES
        if folders(described, root)
    }


def sheet_titles(tables: Sequence[Table]) -> list[str]:
    """A title of a sheet for each table: unique, and as long as Excel takes."""
    titles: list[str] = []
    for described in tables:
        title = re.sub(r"[\[\]:*?/\\]", " ", described.title)[:31].strip()
        titles.append(title if title not in titles else f"{title[:28]} {len(titles)}")
    return titles


class _Lists:
    """The sheet of drop-downs: a column a list, each written once."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}

    def range(self, title: str, items: Sequence[str]) -> str:
        """The range that holds ``items``, as a validation names it."""
        from xlsxwriter.utility import xl_col_to_name

        key = tuple(items)
        if key not in self._ranges:
            place = len(self._ranges)
            self.sheet.write_string(0, place, title)
            for line, item in enumerate(items, start=1):
                self.sheet.write_string(line, place, item)
            letter = xl_col_to_name(place)
            self._ranges[key] = f"='{LISTS}'!${letter}$2:${letter}${len(items) + 1}"
        return self._ranges[key]


def _fill(
    sheet: Any,
    described: Table,
    rows: pd.DataFrame,
    formats: dict[str, Any],
    lists: _Lists,
    every: dict[str, pd.DataFrame],
) -> None:
    """One table: headings with notes, cells, drop-downs."""
    titles = headings(described)
    sheet.set_column(0, _LAST_COLUMN, 9, formats["other"])
    sheet.set_row(0, _HEADER_HEIGHT)
    for place, column in enumerate(described.file_columns):
        known = words(column, every)
        cells = rows[column.name].tolist() if column.name in rows else []
        form = formats["day" if column.kind is ValueKind.DAY else _form(column)]
        title = titles[column.name]
        texts = (known.get(cell, cell) for cell in cells if isinstance(cell, str))
        longest = max([len(title) // 2, *map(len, texts)])
        sheet.set_column(place, place, min(max(longest, 8) + 2, _WIDEST), form)
        sheet.write_string(0, place, title, formats["header"])
        sheet.write_comment(0, place, _note(column), {"x_scale": 2, "y_scale": 1.2})
        for line, cell in enumerate(cells, start=1):
            if isinstance(cell, str):
                _write(sheet, line, place, known.get(cell, cell), column, form)
        if known:
            sheet.data_validation(
                1,
                place,
                len(rows) + _ROOM,
                place,
                {
                    "validate": "list",
                    "source": lists.range(title, list(dict.fromkeys(known.values()))),
                    "error_type": "warning" if column.refers_to else "stop",
                    "error_title": "Hodnota není v seznamu",
                    "error_message": "Vyberte hodnotu ze seznamu (Alt + šipka dolů).",
                },
            )
    last = len(described.file_columns) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + _ROOM}"})
    allowed = ("insert_rows", "delete_rows", "sort", "autofilter", "format_columns", "format_rows")
    sheet.protect("", dict.fromkeys((*allowed, "format_cells"), True))


def _form(column: Column) -> str:
    numeric = column.kind in (ValueKind.NUMBER, ValueKind.INTEGER)
    return "other" if numeric else "text"


def _note(column: Column) -> str:
    may = "smí být prázdné" if column.nullable else "vyplňuje se vždy"
    return f"{column.description} ({may}; sloupec {column.name}). Čeká se {column.expected}."


def _write(sheet: Any, line: int, place: int, text: str, column: Column, form: Any) -> None:
    """A number as a number, a day as a day, all else as text; nothing becomes a formula."""
    numeric = column.kind in (ValueKind.NUMBER, ValueKind.INTEGER)
    if numeric and spelled(text, column):
        sheet.write_number(line, place, float(text), form)
    elif column.kind is ValueKind.DAY and spelled(text, column):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            sheet.write_string(line, place, text, form)
            return
        # Excel has no day before 1900, and one too many in that February.
        if day < _EPOCH:
            sheet.write_string(line, place, text, form)
        else:
            sheet.write_datetime(line, place, datetime(day.year, day.month, day.day), form)  # noqa: DTZ001 — a day has no zone
    else:
        sheet.write_string(line, place, text, form)
