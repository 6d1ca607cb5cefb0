"""Facts about the workbook of a document."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from slz_lib.documents import model as m
from slz_lib.documents.xlsx import render
from slz_lib.documents.xlsx.layout import header_names, sheet_names
from slz_lib.errors import DocumentError
from slz_lib.palette import letters_on
from slz_lib.presentation.framing import Col, table
from tests.documents.sample import first, of, row, sample
from tests.samples.scales import SCALE

HEADER = 7


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def table_of(
    *rows: m.Row, columns: tuple[m.Column, ...] = (m.Column(title="A"),), name: str = "T"
) -> m.Table:
    return m.Table(anchor=name, caption=f"Popis {name}", columns=columns, rows=rows, sheet=name)


def row_of(text: str, value: float | date | None = None) -> m.Row:
    return m.Row(cells=(m.Cell(text=text, value=value),))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def text_at(sheet: Worksheet, place: str) -> str:
    return str(sheet[place].value)


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(sample())


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return opened(data)


def test_a_caption_of_several_lines_is_one_heading() -> None:
    several = first(m.Table, caption="První\ndruhý")
    (sheet,) = [s for s in opened(render(of(several))) if s.title == several.sheet]
    assert text_at(sheet, "A1") == "Tabulka 1: První druhý"


def test_sheets_are_cover_contents_tables_and_measures_without_merged_cells_or_macros(
    data: bytes, book: openpyxl.Workbook
) -> None:
    assert book.sheetnames == ["Obálka", "Obsah", "Stavy", "Přehled", "Opatření"]
    assert book.active is book["Obálka"]
    assert not [sheet for sheet in book if sheet.merged_cells.ranges]
    assert not [name for name in parts(data) if "vba" in name.lower()]


def test_the_cover_says_what_to_which_day_and_how_to_read_it(book: openpyxl.Workbook) -> None:
    cover = book["Obálka"]
    assert text_at(cover, "A1") == "Zpráva o naplňování strategie"
    assert text_at(cover, "A2") == "Syntetické období 2022–2023"
    said = {text_at(cover, f"A{n}"): text_at(cover, f"B{n}") for n in range(4, cover.max_row + 1)}
    assert said["Stav k\u00a0datu"] == "31.\u00a012.\u00a02023"
    assert said["Vydavatel"] == "Liberecký kraj"
    assert said["Povaha dokumentu"] == "návrh"
    assert f"řádku {HEADER}" in said["Uspořádání"]
    assert "není znám" in said["Znak „—“"]


def test_the_contents_link_every_other_sheet(book: openpyxl.Workbook) -> None:
    contents = book["Obsah"]
    for place, name in enumerate(book.sheetnames[2:], start=HEADER + 1):
        link = contents[f"A{place}"]
        assert link.value == name
        assert link.hyperlink.location == f"'{name}'!A1"


def test_every_table_starts_in_the_same_row_under_its_title_and_notes(
    book: openpyxl.Workbook,
) -> None:
    for name in ("Stavy", "Přehled", "Opatření"):
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.ref.startswith(f"A{HEADER}:")
        assert re.fullmatch(f"[A-Z]+{HEADER + 1}", str(sheet.freeze_panes))
        assert sheet["A1"].value
    assert text_at(book["Stavy"], "A1") == "Tabulka 1: Opatření podle stavu"
    assert text_at(book["Stavy"], "A2") == "— znamená neurčeno."


def test_tables_have_the_numbers_of_the_other_writers() -> None:
    document = sample()
    alone = table_of(row("x"), name="Sešit").model_copy(update={"workbook_only": True})
    book = opened(render(of(alone, *document.blocks)))
    assert text_at(book["Sešit"], "A1") == "Popis Sešit"
    assert text_at(book["Stavy"], "A1") == "Tabulka 1: Opatření podle stavu"
    assert text_at(book["Přehled"], "A1") == "Tabulka 2: Všechna opatření"
    assert list(book["Stavy"].tables) == ["Tabulka_1"]


def test_numbers_are_numbers_and_totals_stand_under_the_table_that_is_sorted(
    book: openpyxl.Workbook,
) -> None:
    sheet = book["Stavy"]
    assert next(iter(sheet.tables.values())).ref == "A7:D9"
    assert (sheet["A10"].value, sheet["C10"].value, sheet["A10"].font.bold) == ("Celkem", 3, True)
    assert (sheet["C8"].value, sheet["C8"].number_format) == (2, "#,##0")
    assert sheet["D8"].value == pytest.approx(2 / 3)
    assert sheet["D8"].number_format == "0.0 %"
    dated = table_of(
        row_of("31. 12. 2023", date(2023, 12, 31)), columns=(m.Column(title="Den", kind="date"),)
    )
    cell = opened(render(of(dated)))["T"]["A8"]
    assert cell.value.date() == date(2023, 12, 31)
    assert cell.number_format == "d. m. yyyy"


def test_nothing_is_a_formula_whatever_a_text_begins_with(data: bytes) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", '=cmd|" /C calc"!A0', "http://x.cz", "{=A1}"]
    columns = (m.Column(title="=2+2"),)
    nasty = of(table_of(*map(row_of, texts), columns=columns), title="=1+1", author="=1+1")
    for book in (data, render(nasty)):
        sheets = [xml for name, xml in parts(book).items() if name.startswith("xl/worksheets/")]
        assert not [xml for xml in sheets if "<f>" in xml or "<f " in xml]
    sheet = opened(render(nasty))["T"]
    assert [sheet.cell(HEADER + n, 1).value for n in range(1, len(texts) + 1)] == texts
    assert sheet.cell(HEADER, 1).value == "=2+2"
    assert opened(data)["Přehled"]["B10"].value == '=HYPERLINK("x")'


def test_a_text_that_does_not_fit_into_a_cell_is_refused_in_czech() -> None:
    with pytest.raises(DocumentError, match="do buňky sešitu se nevejde"):
        render(of(table_of(row_of("x" * 32_768))))


def test_a_status_is_a_word_and_its_sign_stands_beside_on_its_colour(
    book: openpyxl.Workbook,
) -> None:
    cell, sign = book["Stavy"]["A8"], book["Stavy"]["B8"]
    assert (cell.value, sign.value, book["Stavy"]["B7"].value) == ("PLNĚNO", "◕", "Znak")
    assert not book["Stavy"]["B10"].value  # the total has none
    assert sign.fill.fgColor.rgb == "FF" + SCALE["PLNENO"].colour.removeprefix("#")
    assert sign.font.color.rgb == "FF" + letters_on(SCALE["PLNENO"].colour).removeprefix("#")


def test_an_amount_is_a_number_beside_its_unit_and_nothing_has_a_space_of_typesetters() -> None:
    held = ["9\u00a0škol", "1\u00a0250,5\u00a0Kč", None, "více než 3\u00a0roky", "16\u00a0%"]
    said = ["a\u00a0b", "I\u2002Bydlení", "pří\u00adliš", "◐\u202fx", "y"]
    columns = [Col("Údaj\u00a0či co", said), Col("Hodnota", held, form="amount")]
    sheet = opened(render(of(table(columns, caption="Co\u00a0je", sheet="T"))))["T"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER)]
    assert found == [
        ["Údaj či co", "Hodnota", "Jednotka"],
        ["a b", 9, "škol"],
        ["I Bydlení", 1250.5, "Kč"],
        ["příliš", "—", "—"],
        ["◐ x", "více než 3 roky", "—"],
        ["y", 16, "%"],
    ]
    formats = [sheet[f"B{at}"].number_format for at in (8, 9, 12)]
    assert formats == ["#,##0", "#,##0.0##", "#,##0"]
    assert sheet["A1"].value == "Tabulka 1: Co je"


def test_measures_are_one_table_with_their_facts_as_columns(book: openpyxl.Workbook) -> None:
    sheet = book["Opatření"]
    header, one, second, third = (
        [cell.value for cell in sheet[n]] for n in range(HEADER, HEADER + 4)
    )
    assert header == [
        *("Číslo", "Opatření", "Přijaté znění", "Stav", "Znak", "Indikátor", "Termín", "Gestor"),
        *("Spolupráce", "Komentář", "Údaje", "Poznámka"),
    ]
    wanted = ["X.1", "Dostupnost bydlení", "Dostupnosti bydlení v celém kraji", "PLNĚNO"]
    assert one[:5] == [*wanted, "◕"]
    assert one[10] == "Počet škol (2021/2022): 9 škol"
    assert second[11] == "Odvozený stav: ◐ ČÁSTEČNĚ – důvod."
    assert third[3:5] == ["—", "—"]
    assert third[9] == "Komentář nebyl dodán."


def test_a_cell_that_leads_to_a_measure_links_its_row(book: openpyxl.Workbook) -> None:
    links = [book["Přehled"][f"A{row}"].hyperlink.location for row in (8, 9, 10)]
    assert links == ["'Opatření'!A8", "'Opatření'!A9", "'Opatření'!A10"]


def test_sheet_names_are_short_clean_and_unique() -> None:
    wanted = ["Opatření", "a" * 40, "a" * 50, "A" * 31, "x/y:z[1]?*\\", "", "'v uvozovkách'"]
    names = sheet_names(wanted)
    assert names[0] == "Opatření (2)"
    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert not [name for name in names if name.startswith("'") or name.endswith("'")]


def test_headers_of_one_table_are_made_unique() -> None:
    assert header_names(["Rok", "rok", "Stav", " "]) == ["Rok", "rok (2)", "Stav", "Sloupec"]
    columns = (m.Column(title="Rok"), m.Column(title="Rok"))
    book = opened(render(of(table_of(row("1", "2"), columns=columns))))
    assert [cell.value for cell in book["T"][HEADER]] == ["Rok", "Rok (2)"]


def test_a_long_note_takes_more_lines_and_the_last_one_takes_what_is_left_over() -> None:
    notes = ("slovo " * 40, *(f"Poznámka {n}." for n in range(1, 5)))
    table = table_of(row_of("x")).model_copy(update={"notes": notes})
    sheet = opened(render(of(table)))["T"]
    said = [text_at(sheet, f"A{n}") for n in (2, 3, 4, 5)]
    assert all(len(line) <= 160 for line in said)
    assert said[2:] == ["Poznámka 1.", "Poznámka 2. Poznámka 3. Poznámka 4."]
    assert sheet["A6"].value == "Zpět na obsah"


def test_every_sheet_prints_on_a4_one_page_wide_with_its_header_repeated_and_pages_counted(
    data: bytes, book: openpyxl.Workbook
) -> None:
    xml = parts(data)
    files = {name: xml[f"xl/worksheets/sheet{n}.xml"] for n, name in enumerate(book.sheetnames, 1)}
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (9, "landscape")
        for said in (
            '<pageSetUpPr fitToPage="1"/>',
            "&amp;Rstrana &amp;P/&amp;N</oddFooter>",
            "<oddHeader>&amp;R&amp;BNÁVRH</oddHeader>",
        ):
            assert said in files[sheet.title]
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        if sheet.title != "Obálka":
            assert sheet.print_title_rows == f"${HEADER}:${HEADER}"


def test_a_document_without_tables_and_a_table_without_rows_still_open() -> None:
    assert opened(render(of(first(m.Figure, table=None)))).sheetnames == ["Obálka", "Obsah"]
    sheet = opened(render(of(table_of())))["T"]
    assert next(iter(sheet.tables.values())).ref == "A7:A8"
    assert sheet["A8"].value == "—"


def test_columns_are_wide_enough_for_words_that_do_not_break_and_rows_for_wrapped_texts() -> None:
    deadline = "zprostředkovatelnami 2027"
    columns = tuple(m.Column(title=f"S{n}") for n in range(10))
    rows = (row(deadline, *["slovo " * 40] * 9), row(*["krátký", "text"] * 5))
    sheet = opened(render(of(table_of(*rows, columns=columns))))["T"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ"]
    assert widths[0] > len("zprostředkovatelnami")
    assert sum(widths) < 200
    assert sheet.row_dimensions[HEADER + 1].height >= 6 * 15
    assert sheet.row_dimensions[HEADER + 2].height is None
