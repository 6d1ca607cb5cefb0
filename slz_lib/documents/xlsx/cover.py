"""The sheets around the tables: cover, contents, lists of allowed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from slz_lib.documents.model import Column, Table, TitleBlock
from slz_lib.documents.references import Target, words
from slz_lib.documents.wording import title_facts
from slz_lib.documents.xlsx.layout import (
    CHOICES,
    CONTENTS,
    COVER,
    HEADER_ROW,
    TITLE_ROW,
    header_names,
    internal,
)
from slz_lib.documents.xlsx.sheets import (
    Shared,
    add_excel_table,
    set_height,
    set_up_print,
    write_head,
    write_text,
    write_title,
)
from slz_lib.documents.xlsx.widths import row_height
from slz_lib.language import format_date
from slz_lib.vocabulary import Status

_FIRST_FACT_ROW = 3


def _reading_guide(tables: Sequence[Table]) -> list[tuple[str, str]]:
    """How to read the workbook, as far as its tables need it."""
    columns = [column for table in tables for column in table.columns]
    order = (
        f"Seznam listů s\u00a0odkazy je na listu {CONTENTS}. Na každém dalším listu je jedna"
        f" tabulka: záhlaví má vždy v\u00a0řádku {HEADER_ROW + 1}, nad ním je název"
        " a\u00a0poznámky."
    )
    dash = "Údaj není znám nebo není určen; co přesně znamená, říká poznámka nad tabulkou."
    guide = [("Uspořádání", order), ("Znak „—“", dash)]
    if any(column.kind == "status" for column in columns):
        scale = ", ".join(status.marked for status in Status)
        said = f"Od nejlepšího: {scale}. Barva jen opakuje znak a\u00a0slovo."
        guide.append(("Stavy", said))
    if any(column.editable for column in columns):
        said = (
            "Podbarvené sloupce jsou k\u00a0vyplnění; na listech ke vyplnění jsou ostatní buňky"
            " zamčené; zámek nemá heslo."
        )
        guide.append(("Vyplňování", said))
    return guide


def _facts(title: TitleBlock, known: Mapping[str, Target]) -> list[tuple[str, str]]:
    said = [(fact.term, words(fact.text, known)) for fact in title_facts(title)]
    as_of = format_date(title.as_of)
    if all(as_of not in text for _, text in said):
        said.append(("Stav k\u00a0datu", as_of))
    said.append(("Vydavatel", title.author))
    return [("Předmět", title.subject), *said]


def write_cover(
    workbook: Workbook, tables: Sequence[Table], known: Mapping[str, Target], shared: Shared
) -> None:
    """The cover: what the workbook is, to which day, by whom, and how to read it."""
    title, formats = shared.title, shared.formats
    sheet = workbook.add_worksheet(COVER)
    term_width, text_width = 24.0, 92.0
    sheet.set_column(0, 0, term_width)
    sheet.set_column(1, 1, text_width)
    write_text(sheet, TITLE_ROW, 0, title.title, formats.of(bold=True, font_size=20))
    sheet.set_row(TITLE_ROW, 28)
    if title.subtitle:
        sheet.set_row(TITLE_ROW + 1, 20)
        write_text(sheet, TITLE_ROW + 1, 0, title.subtitle, formats.of(font_size=13))
    rows = [*_facts(title, known), *_reading_guide(tables)]
    for at, (term, text) in enumerate(rows, start=_FIRST_FACT_ROW):
        write_text(sheet, at, 0, term, formats.named("term"))
        write_text(sheet, at, 1, text, formats.named("text"))
        set_height(sheet, at, row_height((term, text), (term_width, text_width)))
    link = internal(CONTENTS)
    at = _FIRST_FACT_ROW + len(rows) + 1
    sheet.write_url(at, 0, link, formats.named("link"), string="Přejít na obsah")
    set_up_print(sheet, title, header=False)
    sheet.activate()


def write_contents(
    workbook: Workbook, sheets: Sequence[tuple[str, str, int]], shared: Shared
) -> None:
    """The contents: each sheet with what it shows and how many rows it has, as a link."""
    formats = shared.formats
    sheet = workbook.add_worksheet(CONTENTS)
    widths = (34.0, 84.0, 12.0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    write_title(sheet, "Obsah sešitu", ["Název listu je odkaz na něj."], formats)
    for at, (name, heading, count) in enumerate(sheets, start=HEADER_ROW + 1):
        sheet.write_url(at, 0, internal(name), formats.named("linked"), string=name)
        write_text(sheet, at, 1, heading, formats.named("text"))
        set_height(sheet, at, row_height((name, heading), widths[:2]))
        sheet.write_number(at, 2, count, formats.named("count"))
    columns = (Column(title="List"), Column(title="Tabulka"), Column(title="Řádků", kind="integer"))
    last_row = HEADER_ROW + max(len(sheets), 1)
    add_excel_table(sheet, columns, last_row, "Obsah_sesitu", "Obsah sešitu", formats)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    set_up_print(sheet, shared.title, header=True)


def write_choices(workbook: Workbook, lists: Mapping[tuple[str, ...], str], shared: Shared) -> None:
    """The lists of allowed values, a column a list; ``lists`` gives each its heading."""
    sheet = workbook.add_worksheet(CHOICES)
    note = "Hodnoty, které nabízejí sloupce k\u00a0výběru. Sloupce jsou různě dlouhé."
    write_head(sheet, "Číselníky", [note], shared)
    names = header_names(lists.values())
    for place, (choices, name) in enumerate(zip(lists, names, strict=True)):
        width = max(len(text) for text in (name, *choices)) + 2
        sheet.set_column(place, place, min(max(width, 14), 60))
        write_text(sheet, HEADER_ROW, place, name, shared.formats.header(Column(title=name)))
        for at, choice in enumerate(choices, start=HEADER_ROW + 1):
            write_text(sheet, at, place, choice, shared.formats.named("text"))
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.protect("")
    set_up_print(sheet, shared.title, header=True)
