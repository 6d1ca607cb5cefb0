"""What frames a document's content: its title block, columns of a table, words of a figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from slz_lib.documents.markdown import slug
from slz_lib.documents.model import (
    Cell,
    Column,
    Fact,
    Figure,
    Inline,
    Row,
    Run,
    Table,
    TitleBlock,
)
from slz_lib.errors import DocumentError
from slz_lib.evaluation import Evaluation
from slz_lib.language import enumerate_words, format_number, no_breaks
from slz_lib.presentation.arguments import told
from slz_lib.presentation.cells import FORMS, NOTHING, CellForm, Writer, cell, mark, reading
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.own import picture_of
from slz_lib.presentation.frames import Kinds, columns_of
from slz_lib.presentation.naming import measure_anchors
from slz_lib.untrusted import shown
from slz_lib.vocabulary import Period, Scale

#: Signs that Excel does not allow in the name of a sheet.
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
#: So long it may be.
_SHEET_AT_MOST = 31
#: Nobody reads so much, and a page with them takes ten seconds.
_MOST_CELLS = 100_000


@dataclass(frozen=True, eq=False, slots=True)
class Col:
    """Jeden sloupec tabulky: jak se jmenuje, co v něm stojí a jak vypadá.

    Attributes:
        title: header text.
        holds: a value a row, missing where there is none. A series is read in the order of the
            index of the table's first series, anything else as it stands.
        weight: relative width.
        form: what it holds where its values do not tell: ``percent`` (a fraction), ``amount``
            (a number with its unit, ``9 škol``), ``code`` (a number read digit by digit),
            ``difference`` (signed), ``points`` (signed percentage points), ``coefficient`` (two
            decimal places); or the scale whose codes it holds (other words stand as they are).
        total: what stands in the last row, which sums the others up; text stands as it is.
        refs: the anchor that each cell leads to (missing = none).
    """

    title: str
    holds: pd.Series | Collection[object]
    weight: float = 1.0
    form: CellForm | Scale | None = None
    total: object = None
    refs: pd.Series | None = None


def words(text: str, *, strong: str = "") -> Inline:
    """``text`` as a paragraph of its own, after ``strong`` in bold where there is any."""
    term = (Run(text=strong, strong=True),) if strong else ()
    return (*term, Run(text=no_breaks(text)))


def fact(term: str, text: str) -> Fact:
    """A term and what is told of it."""
    return Fact(term=no_breaks(term), text=words(text))


def _in_one_order(columns: Sequence[Col]) -> list[pd.Series]:
    """The values of every column, series in the order of the first series' index."""
    order = next((col.holds.index for col in columns if isinstance(col.holds, pd.Series)), None)
    return [
        pd.Series(list(col.holds), dtype=object)
        if not isinstance(col.holds, pd.Series)
        else col.holds
        if order is None or col.holds.index.equals(order)
        else col.holds.reindex(order)
        for col in columns
    ]


def _read(content: object, kinds: Kinds, scale: Scale | None) -> list[Col]:
    """What a table is made of, as columns; what is no column (``None``) is left out.

    Raises:
        DocumentError: a form is not known, or it is nothing that a table can be made of.
    """
    if isinstance(content, list | tuple) and all(isinstance(x, Col | None) for x in content):
        columns = [col for col in content if col is not None]
    else:
        read = columns_of(content, kinds, scale)
        columns = [Col(title, values, form=form) for title, values, form in read]
    for col in columns:
        if not (col.form is None or isinstance(col.form, Scale) or col.form in FORMS):
            raise DocumentError(
                f"Druh „{shown(str(col.form))}“ sloupce „{col.title}“ neznám; je to stupnice, nebo "
                f"{enumerate_words(list(FORMS), last='či')}."
            )
    return columns


def _quoted(value: object) -> str:
    try:
        return shown(str(value))
    except Exception:  # noqa: BLE001 — whatever an object of somebody else's class raises
        return type(value).__name__


def _cells(col: Col, values: pd.Series, write: Writer) -> list[Cell]:
    """The cells of a column, without that of a total.

    Raises:
        DocumentError: a value is not of the column's form.
    """
    cells: list[Cell] = []
    for value in values:
        try:
            cells.append(cell(value, write))
        except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
            form = f"jako {col.form}" if col.form else "v\u00a0dokumentu"
            raise DocumentError(
                f"Sloupec „{col.title}“ tabulky nelze zobrazit {form}: na {len(cells) + 1}. řádku "
                f"je „{_quoted(value)}“. Hodnotu opravte (číslo má nejvýš 27 číslic, jiná hodnota "
                "slova), nebo zvolte jiný druh sloupce."
            ) from error
    if col.refs is None:
        return cells
    return [
        each if pd.isna(ref) else each.model_copy(update={"ref": ref})
        for each, ref in zip(cells, col.refs, strict=True)
    ]


@told
def table(
    content: pd.DataFrame | pd.Series | Sequence[Col | None],
    *,
    caption: str,
    anchor: str | None = None,
    notes: Sequence[str] = (),
    sheet: str | None = None,
    filterable: bool = False,
    workbook_only: bool = False,
    counted: tuple[str, str, str] | None = None,
    kinds: Kinds | None = None,
    scale: Scale | None = None,
) -> Table:
    """Udělá z tabulky pandas nebo ze sloupců ``Col`` tabulku dokumentu.

    Args:
        content: the columns, the first of which names the row (``None`` is left out); or a table
            or series of pandas, whose rows keep their names.
        caption: what the table shows.
        anchor: its permanent name for cross-references; made of the caption when not given.
        notes: sentences under the table, empty ones left out; the meaning of ``—`` is added where
            the sign occurs.
        sheet: name of the sheet in a workbook, cut to its length; the caption when not given.
        filterable: whether a page offers to filter the rows.
        workbook_only: whether it stands in a workbook alone.
        counted: what its rows are, as they are counted, where they are not simply rows.
        kinds: column of the pandas table → its form, as of :class:`Col`, where its values do not
            tell it: ``kinds={"podíl": "percent", "psč": "code"}``.
        scale: the scale whose codes a pandas table may hold; that of the notebook's evaluation
            when not given.

    Raises:
        DocumentError: it is no table, it has more cells than a document bears, two of its columns
            have one name, or a value is not of its column's form.
    """
    columns = _read(content, kinds or {}, scale)
    read = _in_one_order(columns)
    if len(set(map(len, read))) > 1:
        each = (f"„{col.title}“ {len(values)}" for col, values in zip(columns, read, strict=True))
        raise DocumentError(
            f"Sloupce tabulky „{caption}“ mají různý počet hodnot ({', '.join(each)}); "
            "srovnejte je."
        )
    cells = sum(map(len, read))
    if cells > _MOST_CELLS:
        raise DocumentError(
            f"Tabulka „{caption}“ má {format_number(cells)}\u00a0buněk; dokument jich v\u00a0jedné "
            f"unese {format_number(_MOST_CELLS)}. Řádky vyberte (head, query), sečtěte (groupby), "
            "nebo je uložte jako CSV."
        )
    readings = [
        reading(col.title, values, col.form) for col, values in zip(columns, read, strict=True)
    ]
    by_column = [
        _cells(col, values, write)
        for col, values, (_, write) in zip(columns, read, readings, strict=True)
    ]
    rows = [Row(cells=cells) for cells in zip(*by_column, strict=True)]
    if any(col.total is not None for col in columns):
        sums = [
            cell(col.total, FORMS["text"][1] if isinstance(col.total, str) else write)
            for col, (_, write) in zip(columns, readings, strict=True)
        ]
        rows.append(Row(cells=tuple(sums), kind="total"))
    unknown = any(each.text == NOTHING for row in rows for each in row.cells)
    explained = unknown and not any(NOTHING in note for note in notes)
    made = Table(
        anchor=anchor or f"tab-{slug(caption)}",
        caption=no_breaks(caption),
        columns=tuple(
            Column(title=col.title, kind=kind, weight=col.weight)
            for col, (kind, _) in zip(columns, readings, strict=True)
        ),
        rows=tuple(rows),
        notes=tuple(
            no_breaks(note) for note in (*notes, "— znamená neurčeno." if explained else "") if note
        ),
        sheet=(sheet or _SHEET_FORBIDDEN.sub(" ", caption))[:_SHEET_AT_MOST].strip(),
        filterable=filterable,
        workbook_only=workbook_only,
    )
    return made if counted is None else made.model_copy(update={"counted": counted})


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


@told
def figure(
    canvas: object, *, caption: str, alt: str, subtitle: str = "", anchor: str | None = None
) -> Figure:
    """Graf z matplotlibu jako obrázek dokumentu.

    Args:
        canvas: the drawn figure, its axes, or what pandas gives for a plot; its size in inches is
            its size in print, and it is closed.
        caption: the finding that the chart shows.
        alt: what a person would say about it to someone who does not see it.
        subtitle: unit and source.
        anchor: its permanent name for cross-references; made of the caption when not given.
    """
    picture = picture_of(canvas, caption)
    return framed(picture, caption=caption, subtitle=subtitle, alt=alt, anchor=anchor)


@told
def title_block(
    period: Period | Evaluation,
    *,
    title: str,
    subtitle: str | None = None,
    subject: str | None = None,
    author: str | None = None,
    facts: Mapping[str, str | None] | None = None,
    keywords: Sequence[str] = (),
    draft: bool = False,
    scale: Scale | None = None,
    paper: Literal["a4", "a5"] = "a4",
) -> TitleBlock:
    """Titulní blok: první blok dokumentu, z něhož se berou jeho vlastnosti.

    Args:
        period: the years it speaks of; its as-of day is the document's only clock. From an
            evaluation comes whatever is not given.
        title: the document's title.
        subtitle: years and edition.
        subject: one sentence for the file's properties.
        author: the publishing body.
        facts: term → text under the title; what has no text is left out.
        keywords: for the file's properties.
        draft: whether every page is marked as a draft.
        scale: the scale of the statuses, where the document is to explain it whole.
        paper: the sheet that it is printed on; a page of ``a5`` is narrow, in larger type.

    Raises:
        DocumentError: nothing says who publishes the document.
    """
    if isinstance(period, Evaluation):
        strategy, selection = period.dataset.strategy.iloc[0], period.selection
        author = author or str(strategy["region"])
        subject = subject or f"{title}: {strategy['name']}, období {period.period.label}."
        if facts is None:
            part = None if selection is None else str(selection)
            facts = {"Stav ke dni": period.period.as_of_label, "Výběr": part}
        period = period.period
    if author is None:
        raise DocumentError(
            "Titulní blok neví, kdo dokument vydává; zadejte author=… nebo místo období celé "
            "vyhodnocení: title_block(evaluation, title=…)."
        )
    return TitleBlock(
        title=no_breaks(title),
        subtitle=no_breaks(f"Období {period.label}" if subtitle is None else subtitle),
        subject=subject or f"{title}.",
        author=author,
        as_of=period.as_of,
        draft=draft,
        facts=tuple(fact(term, text) for term, text in (facts or {}).items() if text),
        keywords=tuple(keywords),
        scale=tuple(map(mark, scale or ())),
        paper=paper,
    )
