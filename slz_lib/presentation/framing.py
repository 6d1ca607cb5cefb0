"""A pandas table or a matplotlib figure framed for a document: caption, kinds, alternative text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from slz_lib.documents.markdown import slug
from slz_lib.documents.model import Cell, Column, Figure, Row, Table
from slz_lib.errors import DocumentError
from slz_lib.language import (
    enumerate_words,
    format_date,
    format_number,
    format_percent,
    no_breaks,
)
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

Kind = Literal["text", "integer", "decimal", "percent", "date", "status"]

#: Signs that Excel does not allow in the name of a sheet.
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")

#: What stands in a cell that holds nothing.
NOTHING = "—"


def _plain_date(value: pd.Timestamp) -> Cell:
    day = value.date()
    return Cell(text=format_date(day), value=day)


def _status(value: str) -> Cell:
    status = Status(value)
    return Cell(text=status.marked, status=str(status))


_CELLS: Mapping[str, Callable[[Any], Cell]] = {
    "text": lambda value: Cell(text=no_breaks(str(value)) or NOTHING),
    "integer": lambda value: Cell(text=format_number(int(value), 0), value=int(value)),
    "decimal": lambda value: Cell(text=format_number(float(value)), value=float(value)),
    "percent": lambda value: Cell(text=format_percent(float(value)), value=float(value)),
    "date": _plain_date,
    "status": _status,
}


def _kind_of(values: pd.Series) -> Kind:
    if pd.api.types.is_bool_dtype(values):
        return "text"
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    if pd.api.types.is_numeric_dtype(values):
        return "decimal"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    return "text"


def _column_cells(values: pd.Series, kind: Kind, anchors: pd.Series | None) -> list[Cell]:
    flags = pd.api.types.is_bool_dtype(values)
    shown = values.map({True: "ano", False: "ne"}) if flags else values
    form = _CELLS[kind]
    try:
        cells = [
            Cell(text=NOTHING) if missing else form(value)
            for value, missing in zip(shown, shown.isna(), strict=True)
        ]
    except (ValueError, TypeError) as error:
        raise DocumentError(
            f"Sloupec „{values.name}“ tabulky nelze zobrazit jako {kind}: {error}. "
            "Zadejte jeho druh v\u00a0kinds."
        ) from error
    if anchors is None:
        return cells
    return [
        cell if pd.isna(anchor) else cell.model_copy(update={"ref": anchor})
        for cell, anchor in zip(cells, anchors, strict=True)
    ]


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    anchor: str | None = None,
    titles: Mapping[str, str] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    weights: Mapping[str, float] | None = None,
    anchors: Mapping[str, pd.Series] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    editable: Sequence[str] = (),
    totals: int = 0,
    notes: Sequence[str] = (),
    sheet: str | None = None,
    filterable: bool = False,
) -> Table:
    """A pandas table as a table of a document.

    Args:
        frame: the rows; the first column names the row.
        caption: what the table shows.
        anchor: its permanent name for cross-references; made of the caption when not given.
        titles: header texts by column; the column's own name otherwise.
        kinds: what a column holds, where its dtype does not tell (``percent``, ``status``).
        weights: relative widths by column.
        anchors: for a column, the anchor each cell leads to (missing = none).
        choices: allowed values of a column of a sheet to be edited.
        editable: columns that a reader of the workbook fills in.
        totals: how many of the last rows are totals.
        notes: sentences under the table; the meaning of ``—`` is added where the sign occurs.
        sheet: name of the sheet in a workbook; made of the caption when not given.
        filterable: whether a page offers to filter the rows.

    Raises:
        DocumentError: a named column is not there, or a value is not of its column's kind.
    """
    titles, kinds, weights = titles or {}, kinds or {}, weights or {}
    anchors, choices = anchors or {}, choices or {}
    named = {*titles, *kinds, *weights, *anchors, *choices, *editable}
    unknown_columns = sorted(named - set(frame.columns))
    if unknown_columns:
        raise DocumentError(
            f"Tabulka nemá sloupec {enumerate_words(unknown_columns)}; "
            f"má sloupce {enumerate_words([str(name) for name in frame.columns])}."
        )
    decided: dict[str, Kind] = {
        name: kinds.get(name) or _kind_of(frame[name]) for name in frame.columns
    }
    columns = tuple(
        Column(
            title=titles.get(name, str(name)),
            kind=kind,
            weight=weights.get(name, 1.0),
            choices=tuple(choices.get(name, ())),
            editable=name in editable,
        )
        for name, kind in decided.items()
    )
    by_column = [
        _column_cells(frame[name], kind, anchors.get(name)) for name, kind in decided.items()
    ]
    body = len(frame) - totals
    rows = tuple(
        Row(cells=cells, kind="body" if number < body else "total")
        for number, cells in enumerate(zip(*by_column, strict=True))
    )
    unknown = any(cell.text == NOTHING for row in rows for cell in row.cells)
    explained = unknown and not any(NOTHING in note for note in notes)
    return Table(
        anchor=anchor or f"tab-{slug(caption)}",
        caption=no_breaks(caption),
        columns=columns,
        rows=rows,
        notes=(*map(no_breaks, notes), *(("— znamená neurčeno.",) if explained else ())),
        sheet=sheet or _SHEET_FORBIDDEN.sub(" ", caption)[:31].strip(),
        filterable=filterable,
    )


def figure(
    canvas: Canvas, *, caption: str, alt: str, subtitle: str = "", anchor: str | None = None
) -> Figure:
    """A matplotlib figure as a figure of a document.

    Args:
        canvas: the drawn figure; its size in inches is its size in print.
        caption: the finding that the chart shows.
        alt: what a person would say about it to someone who does not see it.
        subtitle: unit and source.
        anchor: its permanent name for cross-references; made of the caption when not given.
    """
    from slz_lib.presentation.charts.canvas import pictures

    drawn = pictures(canvas)
    return Figure(
        anchor=anchor or f"obr-{slug(caption)}",
        caption=no_breaks(caption),
        subtitle=no_breaks(subtitle),
        alt=alt,
        svg=drawn.svg,
        png=drawn.png,
        width_mm=drawn.width_mm,
        height_mm=drawn.height_mm,
    )
