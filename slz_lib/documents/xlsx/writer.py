"""One document model in, one workbook out: cover, contents, tables, lists of allowed values."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from xlsxwriter import Workbook

from slz_lib.documents.model import (
    Cell,
    Column,
    Document,
    Fact,
    Mark,
    MeasureCard,
    Row,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.office import in_language, settled
from slz_lib.documents.wording import (
    DESIGNATION_TERM,
    NO_COMMENTARY,
    Target,
    targets,
    title_facts,
    written_out,
)
from slz_lib.documents.xlsx.formats import Formats
from slz_lib.documents.xlsx.layout import (
    CONTENTS,
    COVER,
    HEADER_ROW,
    MEASURES,
    TITLE_ROW,
    internal,
    row_height,
    sheet_names,
)
from slz_lib.documents.xlsx.plain import plain, plain_table
from slz_lib.documents.xlsx.sheets import Shared, Sheet, set_up_print, write_sheet, write_text
from slz_lib.language import NO_BREAK_SPACE, format_date

_FIRST_FACT_ROW = 3
_UNKNOWN = "—"


def _set_properties(workbook: Workbook, title: TitleBlock) -> None:
    workbook.set_properties(
        {
            "title": plain(title.title)[:255],
            "subject": plain(title.subject)[:255],
            "author": plain(title.author)[:255],
            "keywords": plain(", ".join(title.keywords))[:255],
            "created": datetime.combine(title.as_of, time()),
        }
    )
    workbook.set_custom_property("Jazyk", title.language)


def _sheets(tables: Sequence[Table], known: Mapping[str, Target]) -> list[Sheet]:
    """Sheets of ``tables``; only ``known`` ones are numbered.

    A table that stands in the workbook alone has no number that a reader could look for.
    """
    names = sheet_names(table.sheet or table.caption for table in tables)
    found = []
    for place, (name, table) in enumerate(zip(names, tables, strict=True), start=1):
        # A heading has one line.
        heading, ident = " ".join(table.caption.split()), f"List_{place}"
        if target := known.get(table.anchor):
            heading, ident = f"Tabulka {target.number}: {heading}", f"Tabulka_{target.number}"
        found.append(Sheet(name, heading, ident, table))
    return found


def _reading_guide(columns: Sequence[Column], scale: Sequence[Mark]) -> list[tuple[str, str]]:
    """How to read the workbook, as far as the ``columns`` of its tables need it."""
    order = (
        f"Seznam listů s\u00a0odkazy je na listu {CONTENTS}. Na každém dalším listu je jedna"
        f" tabulka: záhlaví má vždy v\u00a0řádku {HEADER_ROW + 1}, nad ním je název"
        " a\u00a0poznámky."
    )
    dash = "Údaj není znám nebo není určen; co přesně znamená, říká poznámka nad tabulkou."
    guide = [("Uspořádání", order), ("Znak „—“", dash)]
    if any(column.kind == "status" for column in columns):
        steps = ", ".join(f"{mark.sign}{NO_BREAK_SPACE}{mark.label}" for mark in scale)
        said = f"Od nejlepšího: {steps}. Barva jen opakuje znak a\u00a0slovo."
        guide.append(("Stavy", said))
    return guide


def _facts(title: TitleBlock) -> list[tuple[str, str]]:
    said = [(fact.term, text_of(fact.text)) for fact in title_facts(title)]
    as_of = format_date(title.as_of)
    if all(as_of not in text for _, text in said):
        said.append(("Stav k\u00a0datu", as_of))
    said.append(("Vydavatel", title.author))
    return [("Předmět", title.subject), *said]


def _write_cover(
    workbook: Workbook, columns: Sequence[Column], scale: Sequence[Mark], shared: Shared
) -> None:
    """The cover: what the workbook is, to which day, by whom, and how to read it."""
    title, formats = shared.title, shared.formats
    sheet = workbook.add_worksheet(COVER)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 92)
    write_text(sheet, TITLE_ROW, 0, title.title, formats.of(bold=True, font_size=20))
    sheet.set_row(TITLE_ROW, 28)
    if title.subtitle:
        sheet.set_row(TITLE_ROW + 1, 20)
        write_text(sheet, TITLE_ROW + 1, 0, title.subtitle, formats.of(font_size=13))
    rows = [*_facts(title), *_reading_guide(columns, scale)]
    for at, (term, text) in enumerate(rows, start=_FIRST_FACT_ROW):
        write_text(sheet, at, 0, term, formats.named("term"))
        write_text(sheet, at, 1, text, formats.named("text"))
        sheet.set_row(at, row_height([text], [92]))
    link = internal(CONTENTS)
    at = _FIRST_FACT_ROW + len(rows) + 1
    sheet.write_url(at, 0, link, formats.named("link"), string="Přejít na obsah")
    set_up_print(sheet, title)
    sheet.activate()


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    """The contents: each sheet with what it shows and how many rows it has, as a link."""
    rows = tuple(
        Row(
            cells=(
                Cell(text=sheet.name, ref=sheet.table.anchor),
                Cell(text=sheet.heading),
                Cell(text=str(len(sheet.table.rows)), value=len(sheet.table.rows)),
            )
        )
        for sheet in sheets
    )
    columns = (Column(title="List"), Column(title="Tabulka"), Column(title="Řádků", kind="integer"))
    table = Table(
        anchor=CONTENTS,
        caption="Obsah sešitu",
        columns=columns,
        rows=rows,
        row_header=False,
        notes=("Název listu je odkaz na něj.",),
    )
    return Sheet(CONTENTS, table.caption, "Obsah_sesitu", table)


def _said(facts: Iterable[Fact]) -> dict[str, str]:
    """Text by term; a repeated term keeps all its texts."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.term, []).append(text_of(fact.text))
    return {term: "; ".join(texts) for term, texts in found.items()}


def _measures_table(cards: Sequence[MeasureCard]) -> Table:
    """The cards as a table for the sheet *Opatření*, in their order in the document."""
    facts = [_said(card.facts) for card in cards]
    terms = list(dict.fromkeys(term for said in facts for term in said))
    rows = []
    for card, said in zip(cards, facts, strict=True):
        figures = _said(card.figures)
        texts = [
            *(said.get(term, _UNKNOWN) for term in terms),
            "\n".join(text_of(text) for text in card.commentary) or NO_COMMENTARY,
            "\n".join(f"{term}: {text}" for term, text in figures.items()) or _UNKNOWN,
            text_of(card.remark) or _UNKNOWN,
        ]
        first = [Cell(text=text) for text in (card.number, card.title, card.designation)]
        status = Cell(text=card.status_label, status=card.status)
        rows.append(Row(cells=(*first, status, *(Cell(text=text) for text in texts))))
    return Table(
        anchor=MEASURES,
        caption="Opatření, jejich stav a\u00a0komentáře",
        columns=(
            *(Column(title=title) for title in ("Číslo", "Opatření", DESIGNATION_TERM)),
            Column(title="Stav", kind="status"),
            *(Column(title=title) for title in (*terms, "Komentář", "Údaje", "Poznámka")),
        ),
        rows=tuple(rows),
        notes=("— znamená, že údaj nebyl dodán nebo není určen.",),
        sheet=MEASURES,
    )


def render(document: Document) -> bytes:
    """The tables and measures of ``document`` as a workbook; equal documents give equal bytes.

    Figures are left out: their data stand in tables.

    Raises:
        DocumentError: a text does not fit into a cell.
    """
    # Tables have the numbers of the other writers, which leave out those of the workbook alone.
    known = targets(document.to_read().blocks)
    document = written_out(document, known)
    scale = document.scale
    tables = [plain_table(b, scale) for b in document.blocks if isinstance(b, Table)]
    cards = [block for block in document.blocks if isinstance(block, MeasureCard)]
    sheets = _sheets(tables, known)
    if cards:
        measures = plain_table(_measures_table(cards), scale)
        sheets.append(Sheet(MEASURES, measures.caption, "Opatreni", measures))
    columns = [column for sheet in sheets for column in sheet.table.columns]
    places = {sheet.table.anchor: internal(sheet.name) for sheet in sheets}
    places |= {
        card.anchor: internal(MEASURES, row) for row, card in enumerate(cards, HEADER_ROW + 1)
    }

    raw = io.BytesIO()
    workbook = Workbook(raw, {"in_memory": True})
    _set_properties(workbook, document.title)
    shared = Shared(document.title, Formats(workbook), places)
    _write_cover(workbook, columns, scale, shared)
    for sheet in (_contents(sheets), *sheets):
        write_sheet(workbook, sheet, shared)
    workbook.close()

    return settled(raw.getvalue(), in_language(document.title.language))
