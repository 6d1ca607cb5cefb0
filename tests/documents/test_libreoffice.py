"""LibreOffice opens both Office files and prints every heading, caption and measure.

A machine without LibreOffice fails here: a file that no program has opened must not count as
checked.
"""

from __future__ import annotations

import pytest

from slz_lib.documents import docx, model as m, xlsx
from tests.documents.sample import said, sample
from tests.samples.office import printed, squeezed

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
