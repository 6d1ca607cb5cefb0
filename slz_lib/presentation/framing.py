"""What frames a document's content: its title block, columns of a table, words of a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from slz_lib.documents.markdown import slug
from slz_lib.documents.model import (
    Cell,
    Column,
    Fact,
    Figure,
    Mark,
    Row,
    Run,
    Table,
    TitleBlock,
)
from slz_lib.errors import DocumentError
from slz_lib.language import (
    format_date,
    format_number,
    format_percent,
    format_points,
    no_breaks,
)
from slz_lib.presentation.charts.canvas import framed, pictures
from slz_lib.presentation.naming import measure_anchors
from slz_lib.vocabulary import Scale, Step

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

    from slz_lib.vocabulary import Period

_ColumnKind = Literal["text", "integer", "decimal", "percent", "date", "status"]

#: What a column holds: as the document model has it, or a finer form of one of its kinds.
CellForm = Literal[
    "text",
    "integer",
    "decimal",
    "percent",
    "date",
    "difference",
    "points",
    "coefficient",
]

#: Signs that Excel does not allow in the name of a sheet.
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")

#: What stands in a cell that holds nothing.
NOTHING = "—"
_POINTS = "\u00a0p.\u00a0b."


@dataclass(frozen=True, eq=False, slots=True)
class Col:
    """Jeden sloupec tabulky: jak se jmenuje, co v něm stojí a jak vypadá.

    Attributes:
        title: header text.
        holds: a value a row, missing where there is none. A series is read in the order of the
            index of the table's first series, anything else as it stands.
        weight: relative width.
        form: what it holds where its dtype does not tell: ``percent`` (a fraction),
            ``difference`` (signed), ``points`` (signed percentage points), ``coefficient`` (two
            decimal places); or the scale whose codes it holds (other words stand as they are).
        total: what stands in the last row, which sums the others up; text stands as it is.
        refs: the anchor that each cell leads to (missing = none).
        choices: allowed values of a sheet that is there to be edited.
        editable: whether a reader of the workbook fills it in.
    """

    title: str
    holds: pd.Series | Collection[object]
    weight: float = 1.0
    form: CellForm | Scale | None = None
    total: object = None
    refs: pd.Series | None = None
    choices: Collection[str] = ()
    editable: bool = False


def _plain_date(value: pd.Timestamp) -> Cell:
    day = value.date()
    return Cell(text=format_date(day), value=day)


def mark(step: Step) -> Mark:
    """How documents draw a step of the scale."""
    return Mark(code=step.code, sign=step.sign, label=step.label, colour=step.colour)


def _status(value: str, scale: Scale) -> Cell:
    if value not in scale:
        return Cell(text=str(value))
    return Cell(text=scale[value].marked, status=mark(scale[value]))


def _difference(value: float) -> Cell:
    sign = "+" if value > 0 else ""
    return Cell(text=f"{sign}{format_number(int(value), 0)}", value=int(value))


def _points(value: float) -> Cell:
    text = format_points(float(value) / 100).removesuffix(_POINTS)
    return Cell(text=text, value=float(value))


#: For each form, the kind of the document model that it is of, and how a value of it looks.
_FORMS: Mapping[CellForm, tuple[_ColumnKind, Callable[[Any], Cell]]] = {
    "text": ("text", lambda value: Cell(text=no_breaks(str(value)) or NOTHING)),
    "integer": (
        "integer",
        lambda value: Cell(text=format_number(int(value), 0), value=int(value)),
    ),
    "decimal": (
        "decimal",
        lambda value: Cell(text=format_number(float(value)), value=float(value)),
    ),
    "percent": (
        "percent",
        lambda value: Cell(text=format_percent(float(value)), value=float(value)),
    ),
    "date": ("date", _plain_date),
    "difference": ("integer", _difference),
    "points": ("decimal", _points),
    "coefficient": (
        "decimal",
        lambda value: Cell(text=format_number(value, 2), value=round(value, 2)),
    ),
}


def _form_of(values: pd.Series) -> CellForm:
    if pd.api.types.is_bool_dtype(values):
        return "text"
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    if pd.api.types.is_numeric_dtype(values):
        return "decimal"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    return "text"


def _in_one_order(columns: Sequence[Col]) -> list[pd.Series]:
    """The values of every column, series in the order of the first series' index."""
    order = next((col.holds.index for col in columns if isinstance(col.holds, pd.Series)), None)
    return [
        pd.Series(list(col.holds))
        if not isinstance(col.holds, pd.Series)
        else col.holds
        if order is None or col.holds.index.equals(order)
        else col.holds.reindex(order)
        for col in columns
    ]


def _kind(form: CellForm | Scale) -> _ColumnKind:
    return "status" if isinstance(form, Scale) else _FORMS[form][0]


def _cell(value: Any, form: CellForm | Scale) -> Cell:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return Cell(text=NOTHING)
    return _status(value, form) if isinstance(form, Scale) else _FORMS[form][1](value)


def _cells(col: Col, values: pd.Series, form: CellForm | Scale) -> list[Cell]:
    """The cells of a column, without that of a total."""
    flags = pd.api.types.is_bool_dtype(values)
    shown = values.map({True: "ano", False: "ne"}) if flags else values
    try:
        cells = [_cell(value, form) for value in shown]
    except (ValueError, TypeError) as error:
        raise DocumentError(
            f"Sloupec „{col.title}“ tabulky nelze zobrazit jako {form}: {error}. "
            "Zadejte jeho druh v\u00a0form."
        ) from error
    if col.refs is None:
        return cells
    return [
        cell if pd.isna(ref) else cell.model_copy(update={"ref": ref})
        for cell, ref in zip(cells, col.refs, strict=True)
    ]


def table(
    content: pd.DataFrame | Sequence[Col],
    *,
    caption: str,
    anchor: str | None = None,
    notes: Sequence[str] = (),
    sheet: str | None = None,
    filterable: bool = False,
    workbook_only: bool = False,
    counted: tuple[str, str, str] | None = None,
) -> Table:
    """Udělá z tabulky pandas nebo ze sloupců ``Col`` tabulku dokumentu.

    Args:
        content: the columns, the first of which names the row; or a pandas table.
        caption: what the table shows.
        anchor: its permanent name for cross-references; made of the caption when not given.
        notes: sentences under the table; the meaning of ``—`` is added where the sign occurs.
        sheet: name of the sheet in a workbook; made of the caption when not given.
        filterable: whether a page offers to filter the rows.
        workbook_only: whether it stands in a workbook alone.
        counted: what its rows are, as they are counted, where they are not simply rows.

    Raises:
        DocumentError: a value is not of its column's form.
    """
    if isinstance(content, pd.DataFrame):
        content = [Col(str(name), content[name]) for name in content.columns]
    read = _in_one_order(content)
    forms = [col.form or _form_of(values) for col, values in zip(content, read, strict=True)]
    by_column = [_cells(*each) for each in zip(content, read, forms, strict=True)]
    rows = [Row(cells=cells) for cells in zip(*by_column, strict=True)]
    if any(col.total is not None for col in content):
        sums = [
            _cell(col.total, "text" if isinstance(col.total, str) else form)
            for col, form in zip(content, forms, strict=True)
        ]
        rows.append(Row(cells=tuple(sums), kind="total"))
    unknown = any(cell.text == NOTHING for row in rows for cell in row.cells)
    explained = unknown and not any(NOTHING in note for note in notes)
    framed = Table(
        anchor=anchor or f"tab-{slug(caption)}",
        caption=no_breaks(caption),
        columns=tuple(
            Column(
                title=col.title,
                kind=_kind(form),
                weight=col.weight,
                choices=tuple(col.choices),
                editable=col.editable,
            )
            for col, form in zip(content, forms, strict=True)
        ),
        rows=tuple(rows),
        notes=(*map(no_breaks, notes), *(("— znamená neurčeno.",) if explained else ())),
        sheet=sheet or _SHEET_FORBIDDEN.sub(" ", caption)[:31].strip(),
        filterable=filterable,
        workbook_only=workbook_only,
    )
    return framed if counted is None else framed.model_copy(update={"counted": counted})


def measure_column(
    ids: pd.Series,
    *,
    title: str = "Číslo",
    weight: float = 0.7,
    cards: Collection[str] | None = None,
) -> Col:
    """A column of numbers of measures that lead to the measures' cards.

    Args:
        ids: numbers; missing where a row concerns no measure.
        title: header text.
        weight: relative width.
        cards: the measures whose cards the document has; all when not given.
    """
    refs = measure_anchors(ids)
    return Col(
        title, ids, weight, refs=refs if cards is None else refs.where(ids.isin(list(cards)))
    )


def figure(
    canvas: Canvas, *, caption: str, alt: str, subtitle: str = "", anchor: str | None = None
) -> Figure:
    """Graf z matplotlibu jako obrázek dokumentu.

    Args:
        canvas: the drawn figure; its size in inches is its size in print.
        caption: the finding that the chart shows.
        alt: what a person would say about it to someone who does not see it.
        subtitle: unit and source.
        anchor: its permanent name for cross-references; made of the caption when not given.
    """
    return framed(
        pictures(canvas),
        anchor=anchor or f"obr-{slug(caption)}",
        caption=caption,
        subtitle=subtitle,
        alt=alt,
        table=None,
    )


def title_block(
    period: Period,
    *,
    title: str,
    subtitle: str,
    subject: str,
    author: str,
    facts: Mapping[str, str | None],
    keywords: Sequence[str] = (),
    draft: bool = False,
    scale: Scale | None = None,
) -> TitleBlock:
    """Titulní blok: první blok dokumentu, z něhož se berou jeho vlastnosti.

    Args:
        period: the years it speaks of; its as-of day is the document's only clock.
        title: the document's title.
        subtitle: years and edition.
        subject: one sentence for the file's properties.
        author: the publishing body.
        facts: term → text under the title; what has no text is left out.
        keywords: for the file's properties.
        draft: whether every page is marked as a draft.
        scale: the scale of the statuses, where the document is to explain it whole.
    """
    return TitleBlock(
        title=no_breaks(title),
        subtitle=no_breaks(subtitle),
        subject=subject,
        author=author,
        as_of=period.as_of,
        draft=draft,
        facts=tuple(
            Fact(term=no_breaks(term), text=(Run(text=no_breaks(text)),))
            for term, text in facts.items()
            if text
        ),
        keywords=tuple(keywords),
        scale=tuple(map(mark, scale or ())),
    )
