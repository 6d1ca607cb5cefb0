"""A form as a workbook: drop-downs that refuse, a locked frame, open cells for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from slz_lib.collection.forms import (
    CAPACITY,
    IDENTITY,
    INTRO_TITLE,
    PERSON_DAYS,
    RESPONDENT,
    Form,
    FormColumn,
    FormSheet,
)
from slz_lib.dataset.sheets.writing import (
    ALLOWED,
    LISTS,
    ROOM,
    begun,
    drop_down,
    fit,
    height,
    lines,
    listed,
)

#: How the identity is called in the properties of the file, with the name of its field.
PROPERTY = "slz-{}"
_OPEN = {"locked": False, "bg_color": "#FFF6DF", "border": 1, "border_color": "#8A8F98"}
_BASE = {
    "valign": "top",
    "align": "left",
    "indent": 1,
    "text_wrap": True,
    "bottom": 1,
    "bottom_color": "#C9CED6",
}
_HEAD = {**_BASE, "bold": True, "bg_color": "#E7ECF2", "bottom": 2}
_NUMBER = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -1e15,
    "maximum": 1e15,
    "error_title": "Čeká se číslo",
    "error_message": "Zapište jen číslo; jednotku do vedlejšího sloupce, slova do popisu.",
}
_DAYS = {
    **_NUMBER,
    "minimum": 0,
    "error_message": "Zapište jen počet člověkodnů, například 12,5; slova do poznámky.",
}


def workbook(form: Form) -> bytes:
    """The bytes of a form as a workbook; equal forms give equal bytes."""
    return tables_after(
        lambda book, sheet, ranges: _write_intro(book, sheet, form, ranges),
        form.title,
        form.sheets[1:],
        {PROPERTY.format(name): value for name, value in form.identity.texts.items()},
        [(RESPONDENT["place"], form.places)],
    )


def tables_after(
    introduce: Callable[[Any, Any, dict[Any, str]], None],
    title: str,
    tables: Sequence[FormSheet],
    properties: Mapping[str, str],
    offers: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> bytes:
    """A workbook of tables after a sheet „Úvod“; what they offer stands on one that is hidden.

    Args:
        introduce: writes the first sheet, given the book, the sheet, and where each offer stands.
        title: of the workbook.
        tables: the sheets after it.
        properties: of the file.
        offers: what the first sheet offers, with its heading.
    """
    book, stream = begun(title)
    for name, value in properties.items():
        book.set_custom_property(name, value, "text")
    intro = book.add_worksheet(INTRO_TITLE)
    sheets = [book.add_worksheet(described.title) for described in tables]
    lists = book.add_worksheet(LISTS)
    ranges: dict[Any, str] = {}
    of_tables = [(each.heading, each.options) for sheet in tables for each in sheet.columns]
    for heading, options in (*of_tables, *offers):
        if options:
            listed(lists, heading, options, ranges)
    introduce(book, intro, ranges)
    for described, sheet in zip(tables, sheets, strict=True):
        _write_table(book, sheet, described, ranges)
    for sheet in (intro, *sheets):
        fit(sheet)
    lists.protect()
    lists.hide()
    book.close()
    return stream.getvalue()


def _write_intro(book: Any, sheet: Any, form: Form, ranges: dict[Any, str]) -> None:
    """Title and instructions, then who answers, then which form it is."""
    described = form.sheets[0]
    text, label = book.add_format({"valign": "top"}), book.add_format(_BASE)
    open_, head = book.add_format({**_BASE, **_OPEN, "num_format": "@"}), book.add_format(_HEAD)
    number = book.add_format({**_BASE, **_OPEN})
    sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 15}))
    for at, line in enumerate(form.instructions, start=1):
        sheet.write_string(at, 0, line, text)
    at = len(form.instructions) + 2
    for place, column in enumerate(described.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(at, place, column.heading, head)
    for item, value, *told in described.rows.itertuples(index=False):
        if item == next(iter(IDENTITY.values())):
            at += 2
            sheet.write_string(at, 0, "Pro zpracování, neměňte:", text)
        at += 1
        sheet.write_string(at, 0, item, label)
        given = zip(described.columns[1:], (value, *told), strict=True)
        for place, (column, words) in enumerate(given, start=1):
            if words:
                sheet.write_string(at, place, words, label)
                sheet.set_row(at, height(lines(words, column.width - 1)))
        days = item == RESPONDENT[CAPACITY]
        if not value:
            sheet.write_blank(at, 1, None, number if days else open_)
        if days:
            sheet.data_validation(at, 1, at, 1, _DAYS)
        if item == RESPONDENT["place"] and form.places:
            choice = drop_down(ranges[form.places], "stop")
            sheet.data_validation(at, 1, at, 1, {**choice, "show_error": False})
    sheet.hide_gridlines(2)
    sheet.protect()


def _write_table(book: Any, sheet: Any, described: FormSheet, ranges: dict[Any, str]) -> None:
    """A table from the first row on; where rows may be added, all but its headings is open."""
    from xlsxwriter.utility import xl_range_abs

    rows, columns = described.rows, described.columns
    end = len(rows) + (ROOM if described.grows else 0)
    tall = [2.0] * (len(rows) + 1)
    for place, column in enumerate(columns):
        form = book.add_format(_cell(column, described))
        sheet.set_column(place, place, column.width, form if described.grows else None)
        sheet.write_string(0, place, column.heading, book.add_format(_HEAD))
        sheet.write_comment(0, place, column.note, {"x_scale": 2, "y_scale": 0.8})
        tall[0] = max(tall[0], lines(column.heading, column.width - 3))
        for at, text in enumerate(rows[column.name], start=1):
            if column.kind == "date" and text:
                sheet.write_datetime(at, place, date.fromisoformat(text), form)
            else:
                (sheet.write_string if text else sheet.write_blank)(at, place, text, form)
            tall[at] = max(tall[at], lines(text, column.width - 1))
        if column.options:
            choice = drop_down(ranges[column.options], "stop")
            sheet.data_validation(1, place, end, place, {**choice, "show_error": column.only})
        elif column.kind == "number" and not column.given:
            asked = _DAYS if column.name in PERSON_DAYS else _NUMBER
            sheet.data_validation(1, place, end, place, asked)
    # A row can be deleted where all of it is open, to the last column of the sheet.
    whole = book.add_format({"locked": not described.grows})
    for at, needed in enumerate(tall):
        sheet.set_row(at, height(needed), whole if at else None)
    sheet.freeze_panes(1, 3 if described.grows else 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})
    named = f"='{described.title}'!{xl_range_abs(0, 0, 0, len(columns) - 1)}"
    # By this name screen readers say the heading of a cell's column.
    book.define_name(f"'{described.title}'!ColumnTitle", named)
    allowed = ALLOWED if described.grows else ("autofilter", "format_columns", "format_rows")
    sheet.protect("", dict.fromkeys(allowed, True))
    sheet.repeat_rows(0)
    sheet.set_zoom(90)


def _cell(column: FormColumn, described: FormSheet) -> dict[str, Any]:
    """The look of the cells of a column."""
    if column.given:
        shape = {"num_format": "d. m. yyyy"} if column.kind == "date" else {}
        return {**_BASE, **shape, "locked": not described.grows}
    return {**_BASE, **_OPEN} | ({} if column.kind == "number" else {"num_format": "@"})
