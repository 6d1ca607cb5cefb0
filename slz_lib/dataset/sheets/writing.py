"""Tables as a workbook for people: a sheet a table, words for codes, drop-downs, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from slz_lib.dataset.changing import stated
from slz_lib.dataset.loading import folders
from slz_lib.dataset.nearest import require_known
from slz_lib.dataset.schemas import BY_NAME, TABLES, Column, Table, ValueKind
from slz_lib.dataset.sheets.labels import headings, words
from slz_lib.dataset.spelling import of_number
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.untrusted import shown

CONTENTS, LISTS = "Obsah", "Seznamy"
#: Above the list of sheets, by which a workbook is read back.
CONTENTS_HEADER = ("List", "Tabulka", "Složka", "Soubor")
_ADVICE = (
    "Řádky lze měnit, přidávat a mazat; záhlaví a tento list nechte, jak jsou.",
    "Prázdné pole znamená neznámý údaj. Zpět do dat: slz data read SOUBOR.xlsx",
)
#: Rows below the last one that have drop-downs too.
ROOM = 1_000
#: Widths of columns, those of commentaries and those of all else, in characters.
_LONG, _WIDE, _WIDEST = 120, 24, 44
#: Points of a line of text, and of a row at most.
_LINE, _TALLEST = 15, 400
_HEADER_LINES = 3
_A4 = 9
#: What people may do with the rows of a locked sheet; not to its headings.
ALLOWED = (
    *("insert_rows", "delete_rows", "sort", "autofilter"),
    *("format_cells", "format_columns", "format_rows"),
)


def chosen(root: Path, names: Sequence[str], period: str | None) -> list[tuple[Table, str]]:
    """Tables with the folder of their file; of many folders that of ``period``, or the newest.

    Args:
        root: folder of the tables.
        names: names of tables; all when there are none.
        period: id of a period or a planning horizon.

    Raises:
        ParameterError: there is no such table, or none of them has such a period.
    """
    for name in names:
        require_known("Tabulka", name, list(BY_NAME))
    tables = [BY_NAME[name] for name in dict.fromkeys(names)] or list(TABLES)
    places = {described.name: folders(described, root) for described in tables}
    every = sorted({folder for found in places.values() for folder in found if folder})
    if period is not None and period not in every:
        told = f"mají {enumerate_words(every)}" if every else "období nerozlišují"
        raise ParameterError(f"Období „{shown(period)}“ zvolené tabulky nemají; {told}.")
    return [
        (described, period if period in found else found[-1])
        for described in tables
        if (found := places[described.name])
    ]


def workbook(root: Path, chosen: Sequence[tuple[Table, str]]) -> bytes:
    """The bytes of a workbook of the chosen files, each as it stands in ``data/``.

    Raises:
        FaultyDataError: a file cannot be read as it is.
    """
    book, stream = begun("Tabulky dat")
    cell = {"locked": False, "valign": "top"}
    number = book.add_format(cell)
    text = book.add_format(
        {**cell, "num_format": "@", "text_wrap": True, "align": "left", "indent": 1}
    )
    bold = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7ECF2", "bottom": 1}
    head = book.add_format(bold)
    contents = book.add_worksheet(CONTENTS)
    titles = _titles([described for described, _ in chosen])
    sheets = [book.add_worksheet(title) for title in titles]
    lists = book.add_worksheet(LISTS)
    contents.write_column(0, 0, _ADVICE)
    contents.write_row(len(_ADVICE) + 1, 0, CONTENTS_HEADER, head)
    contents.set_column(0, 3, 34)
    ranges: dict[tuple[str, ...], str] = {}
    for at, (title, sheet, (described, folder)) in enumerate(
        zip(titles, sheets, chosen, strict=True), start=len(_ADVICE) + 2
    ):
        contents.write_url(at, 0, f"internal:'{title}'!A1", string=title)
        contents.write_row(at, 1, (described.name, folder, described.file(folder)))
        rows = stated(root, described, folder)
        called, tall = headings(described), [1] * len(rows)
        for place, column in enumerate(described.file_columns):
            known = words(column, root)
            cells = rows[column.name].fillna("") if column.name in rows else [""] * len(rows)
            values = [_value(known.get(code, code), column) for code in cells]
            longest = max([len(called[column.name]) // 2, 8, *map(len, map(str, values))])
            form = number if _numeric(column) else text
            width = min(longest + 2, _WIDEST if longest > _LONG else _WIDE)
            tall = [
                max(had, lines(str(value), width)) for had, value in zip(tall, values, strict=True)
            ]
            sheet.set_column(place, place, width, form)
            sheet.write_string(0, place, called[column.name], head)
            sheet.write_comment(0, place, _note(column), {"x_scale": 2, "y_scale": 1.2})
            sheet.write_column(1, place, values, form)
            if known:
                offered = listed(lists, called[column.name], tuple(known.values()), ranges)
                end = len(rows) + ROOM
                # A key may be one that comes with the same workbook.
                only = drop_down(offered, "warning" if column.refers_to else "stop")
                sheet.data_validation(1, place, end, place, only)
        for line, needed in enumerate((_HEADER_LINES, *tall)):
            sheet.set_row(line, height(needed))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(called) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + ROOM}"})
        sheet.protect("", dict.fromkeys(ALLOWED, True))
        sheet.repeat_rows(0)
    for sheet in (contents, *sheets, lists):
        fit(sheet)
    for sheet in (contents, lists):
        sheet.protect()
    book.close()
    return stream.getvalue()


def begun(title: str) -> tuple[Any, io.BytesIO]:
    """A workbook in which no text becomes a formula or a link, and where it is written to."""
    import xlsxwriter

    stream = io.BytesIO()
    as_they_are = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **as_they_are})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    return book, stream


def fit(sheet: Any) -> None:
    """Have a sheet printed as wide as a page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&A&R&P / &N")


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width in characters."""
    return sum(max(1, len(wrap(part, int(width * 0.9)))) for part in text.split("\n"))


def height(lines: float) -> float:
    """Points of a row of so many lines."""
    return min(lines * _LINE, _TALLEST)


def _titles(tables: Sequence[Table]) -> list[str]:
    """A title of a sheet for each table: unique, and as long as Excel takes."""
    titles: list[str] = []
    for described in tables:
        title = re.sub(r"[\[\]:*?/\\]", " ", described.title)[:31].strip()
        titles.append(title if title not in titles else f"{title[:28]} {len(titles)}")
    return titles


def listed(sheet: Any, title: str, items: tuple[str, ...], ranges: dict[Any, str]) -> str:
    """The cells of the sheet of lists that hold ``items``, each list written once."""
    from xlsxwriter.utility import xl_col_to_name

    if items not in ranges:
        place = len(ranges)
        letter = xl_col_to_name(place)
        sheet.write_column(0, place, (title, *dict.fromkeys(items)))
        ranges[items] = f"='{LISTS}'!${letter}$2:${letter}${len(set(items)) + 1}"
    return ranges[items]


def drop_down(offered: str, otherwise: str) -> dict[str, str]:
    """A drop-down of listed cells; ``otherwise``: ``stop`` or ``warning`` at any other value."""
    return {
        "validate": "list",
        "source": offered,
        "error_type": otherwise,
        "error_title": "Hodnota není v seznamu",
        "error_message": "Vyberte hodnotu ze seznamu (Alt + šipka dolů).",
    }


def _note(column: Column) -> str:
    may = "smí být prázdné" if column.nullable else "vyplňuje se vždy"
    return f"{column.description} ({may}; sloupec {column.name}). Čeká se {column.expected}."


def _numeric(column: Column) -> bool:
    return column.kind in (ValueKind.NUMBER, ValueKind.INTEGER)


def _value(text: str, column: Column) -> str | float:
    """A number where it comes back as it is spelled; all else is text, nothing a formula."""
    spelled = _numeric(column) and re.fullmatch(column.kind.spelling, text)
    return float(text) if spelled and of_number(float(text)) == text else text
