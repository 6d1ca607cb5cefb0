"""LibreOffice opens both Office files and prints every heading, caption and measure.

A machine without LibreOffice fails here: a file that no program has opened must not count as
checked.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from slz_lib.documents import docx, model as m, xlsx
from tests.documents.sample import said, sample
from tests.samples.office import printed, saved, squeezed

WORD, WORKBOOK = "slovo.docx", "sesit.xlsx"


@pytest.fixture(scope="module")
def print_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What LibreOffice prints of the sample's Word file and workbook."""
    folder = tmp_path_factory.mktemp("office")
    (folder / WORD).write_bytes(docx.render(sample()))
    (folder / WORKBOOK).write_bytes(xlsx.render(sample()))
    return printed([folder / WORD, folder / WORKBOOK], folder / "pdf")


def test_a_word_file_prints_its_headings_captions_measures_and_fields(
    print_out: dict[str, str],
) -> None:
    fields = ("viz tabulka 1.", "Tabulka 2: Všechna opatření", "strana 2/", "Data: tabulka 1.")
    wanted = [*said(sample()), *fields]
    assert [words for words in wanted if squeezed(words) not in print_out[WORD]] == []
    assert "Error:" not in print_out[WORD]
    assert "Chyba:" not in print_out[WORD]


def test_a_workbook_prints_its_captions_measures_and_a_text_like_a_formula(
    print_out: dict[str, str],
) -> None:
    cards = [block for block in sample().blocks if isinstance(block, m.MeasureCard)]
    tables = [block for block in sample().blocks if isinstance(block, m.Table)]
    wanted = [f"Tabulka {n}: {table.caption}" for n, table in enumerate(tables, 1)]
    wanted += [words for card in cards for words in (card.number, card.title, card.status_label)]
    wanted.append('=HYPERLINK("x")')
    assert [words for words in wanted if squeezed(words) not in print_out[WORKBOOK]] == []


def test_formulas_over_a_workbook_count_its_statuses_also_when_it_was_saved_as_ods(
    tmp_path: Path,
) -> None:
    (tmp_path / WORKBOOK).write_bytes(xlsx.render(sample()))
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    counting = ['COUNTIF(Přehled!C8:C10,"PLNĚNO")', "COUNTIF(Přehled!C8:C10,Stavy!A9)"]
    for place, formula in enumerate([*counting, "SUM(Stavy!C8:C9)"], start=1):
        book["Obsah"].cell(1, 10 + place, f"={formula}")
    book.save(tmp_path / WORKBOOK)
    (ods,) = saved([tmp_path / WORKBOOK], tmp_path / "ods", "ods")
    (again,) = saved([ods], tmp_path / "xlsx", "xlsx")
    counted = openpyxl.load_workbook(again, data_only=True)
    assert [counted["Obsah"].cell(1, 10 + place).value for place in (1, 2, 3)] == [2, 1, 3]
    sheet = counted["Přehled"]
    assert [sheet.cell(8, place).value for place in (3, 4, 6)] == ["PLNĚNO", "◕", "pokračovat"]
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.auto_filter.ref or list(sheet.tables.values())
