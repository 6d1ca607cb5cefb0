"""The one boundary round the writers: whatever fails inside is a Czech sentence."""

from __future__ import annotations

import io
import math
from datetime import date

import pytest
from openpyxl import load_workbook

from slz_lib.documents import docx, model as m
from slz_lib.documents.formats import WRITERS, write
from slz_lib.errors import DocumentError
from tests.documents.printed import table
from tests.documents.sample import run, sample


def of(*blocks: m.Block) -> m.Document:
    origins = tuple(f"buňka {place}" for place in range(1, len(blocks) + 1))
    return m.Document(title=sample().title, blocks=blocks, origins=origins)


def with_value(value: float | date) -> m.Document:
    row = m.Row(cells=(m.Cell(text="x", value=value),))
    numbers = table("tab", (m.Column(title="Údaj", kind="decimal"),), ())
    before = m.Paragraph(text=(run("Úvod."),))
    return of(before, numbers.model_copy(update={"rows": (row,)}))


def test_what_a_library_refuses_is_told_with_format_and_cell() -> None:
    with pytest.raises(DocumentError, match="Formát xlsx nelze vytvořit, buňka 2: ") as refused:
        write("xlsx", with_value(math.inf))
    assert refused.value.__cause__ is not None


def test_a_day_that_excel_does_not_know_is_written_as_text() -> None:
    book = load_workbook(io.BytesIO(write("xlsx", with_value(date(1066, 10, 14)))))
    assert "x" in [cell.value for row in book.worksheets[2].iter_rows() for cell in row]


def test_a_word_file_that_fails_names_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OverflowError("příliš\x1b[31m")

    monkeypatch.setattr(docx.writer, "table_elements", broken)
    with pytest.raises(DocumentError) as refused:
        write("docx", with_value(1.0))
    said = "Formát docx nelze vytvořit, buňka 2: některé číslo je příliš velké (příliš\\u001b[31m)."
    assert str(refused.value) == said


@pytest.mark.parametrize("name", WRITERS)
def test_a_reference_to_nowhere_is_refused_alike_in_every_format(name: str) -> None:
    fact = m.Fact(term="Viz", text=(run("tam", ref="nikde"),))
    title = sample().title.model_copy(update={"facts": (fact,)})
    with pytest.raises(DocumentError, match=r"^Odkaz vede na „nikde“"):
        write(name, m.Document(title=title, blocks=(), origins=()))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_half_a_character_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(DocumentError, match=f"(?i){name} nelze vytvořit"):
        write(name, of(m.Paragraph(text=(run("a\ud800b"),))))
