"""What holds for every format: the same words, the same bytes, and a sentence where one fails."""

from __future__ import annotations

import hashlib
import io
import math
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx as python_docx
import lxml.html
import pytest
from lxml import etree
from openpyxl import load_workbook

from slz_lib.documents import docx, model as m
from slz_lib.documents.formats import WRITERS, write
from slz_lib.documents.markdown import blocks
from slz_lib.documents.office import storable
from slz_lib.errors import DocumentError
from tests.conftest import ROOT
from tests.documents.printed import poppler, text_of
from tests.documents.sample import of, run, sample, table, words


def with_value(value: float | date) -> m.Document:
    row = m.Row(cells=(m.Cell(text="x", value=value),))
    numbers = table("tab", (m.Column(title="Údaj", kind="decimal"),), ())
    return of(words("Úvod."), numbers.model_copy(update={"rows": (row,)}))


def page_words(page: bytes) -> str:
    return str(lxml.html.document_fromstring(page).xpath("string(//body)"))


def word_words(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [name for name in archive.namelist() if name.startswith(("word/doc", "word/foot"))]
        roots = [etree.fromstring(archive.read(name)) for name in parts]
    return " ".join("".join(map(str, p.itertext())) for root in roots for p in root.iter("{*}p"))


READ: dict[str, Callable[[bytes], str]] = {"html": page_words, "docx": word_words, "pdf": text_of}


def read(name: str, document: m.Document) -> str:
    """What a reader reads, in small letters and with single spaces."""
    return " ".join(READ[name](write(name, document)).split()).lower()


@pytest.mark.parametrize("name", READ)
def test_the_same_is_said_of_measures_and_of_a_draft(name: str) -> None:
    said = read(name, sample())
    assert said.count("komentář nebyl dodán.") == 1
    assert "dostupnosti bydlení v celém kraji" in said.partition("přijaté znění:")[2]
    assert "návrh podle stavu k 31. 12. 2023" in said
    assert said.count("povaha dokumentu") == 1


@pytest.mark.parametrize("name", READ)
def test_a_draft_says_that_it_is_one_in_its_own_words_and_a_finished_document_says_its_day(
    name: str,
) -> None:
    own = m.Fact(term="Povaha dokumentu", text=(run("návrh k\u00a0projednání"),))
    draft = read(name, of(words("Věta."), facts=(own,)))
    assert draft.count("povaha dokumentu") == 1
    assert "návrh k projednání" in draft
    finished = read(name, of(words("Věta."), draft=False))
    assert "stav k 31. 12. 2023" in finished
    assert "návrh" not in finished


def elsewhere(program: str, folder: Path, surrounding: dict[str, str]) -> list[str]:
    """The words that ``program`` prints in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | surrounding | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()


DIGESTS = """
import hashlib
from slz_lib.documents.formats import WRITERS, write
from slz_lib.documents.markdown import blocks
from tests.documents.sample import sample
print(*(hashlib.sha256(write(name, sample())).hexdigest() for name in WRITERS))
"""


def test_the_bytes_depend_on_nothing_but_the_document(tmp_path: Path) -> None:
    surrounding = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    surrounding |= {"SOURCE_DATE_EPOCH": "1"}
    folder = tmp_path / "složka"
    folder.mkdir()
    assert elsewhere(DIGESTS, folder, surrounding) == [
        hashlib.sha256(write(name, sample())).hexdigest() for name in WRITERS
    ]


THREADS = """
import os, sys
from slz_lib.documents.formats import write
from slz_lib.documents.model import Figure
from tests.documents.sample import sample
document = sample()
before = len(os.listdir("/proc/self/task"))
write("html", document)
assert "typst" not in sys.modules
kept = [not isinstance(block, Figure) for block in document.blocks]
blocks = tuple(block for block, keep in zip(document.blocks, kept) if keep)
told = {"blocks": blocks[4:], "origins": document.origins[: len(blocks) - 4]}
for name in ("docx", "xlsx"):
    write(name, document.model_copy(update=told))
print(before, len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted on Linux")
def test_only_pdf_and_pictures_start_threads_and_a_page_draws_none() -> None:
    """A process with threads must not be forked, and a batch warms its writers before it forks."""
    before, after = elsewhere(THREADS, ROOT, {})
    assert before == after


def office_properties(found: Any) -> list[str]:
    author = found.creator if hasattr(found, "creator") else found.author
    days = [str(moment)[:10] for moment in (found.created, found.modified)]
    assert found.language == "cs-CZ"
    return [found.title, found.subject, author, found.keywords, *days]


def printed_properties(pdf: bytes) -> list[str]:
    lines = [line.split(":", 1) for line in poppler("pdfinfo", pdf, "-isodates").splitlines()]
    facts = {term: text.strip() for term, text in lines}
    days = [facts[name][:10] for name in ("CreationDate", "ModDate")]
    assert facts["Tagged"] == "yes"
    return [*(facts[name] for name in ("Title", "Subject", "Author", "Keywords")), *days]


PROPERTIES: dict[str, Callable[[bytes], list[str]]] = {
    "docx": lambda data: office_properties(python_docx.Document(io.BytesIO(data)).core_properties),
    "xlsx": lambda data: office_properties(load_workbook(io.BytesIO(data)).properties),
    "pdf": printed_properties,
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_properties_come_from_the_title_block_and_its_day(name: str) -> None:
    title = sample().title
    keywords = ", ".join(title.keywords)
    days = [title.as_of.isoformat()] * 2
    wanted = [title.title, title.subject, title.author, keywords, *days]
    assert PROPERTIES[name](write(name, sample())) == wanted


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_dates_inside_an_archive_are_fixed(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(write(name, sample()))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_office_files_hold_a_sign_for_what_xml_cannot_hold() -> None:
    nasty = "a\x00b\x0bc\ud800d\uffffe"
    assert storable(nasty + "\r\n") == "a\ufffdb\ufffdc\ufffdd\ufffde\n"
    nowhere = of(words(nasty), title=nasty, author=nasty, subject=nasty)
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in word_words(write("docx", nowhere))
    assert write("xlsx", nowhere)


def test_what_a_library_refuses_is_told_with_format_and_cell_but_an_old_day_is_text() -> None:
    book = load_workbook(io.BytesIO(write("xlsx", with_value(date(1066, 10, 14)))))
    assert "x" in [cell.value for row in book.worksheets[2].iter_rows() for cell in row]
    with pytest.raises(DocumentError, match="„Tabulka s kotvou tab“: ") as refused:
        write("xlsx", with_value(math.inf))
    assert refused.value.__cause__ is not None


def test_a_word_file_that_fails_names_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OverflowError("příliš\x1b[31m")

    monkeypatch.setattr(docx.writer, "table_elements", broken)
    with pytest.raises(DocumentError) as refused:
        write("docx", with_value(1.0))
    said = "buňka 2, „Tabulka s kotvou tab“: některé číslo je příliš velké (příliš\\u001b[31m)."
    assert str(refused.value) == f"Formát docx nelze vytvořit, {said}"


def test_numbers_letters_and_breaks_of_lines_are_the_same_in_all_formats() -> None:
    text = "31. rok\n    1. bod\n       1. díl\n\n    dál  \nřádek\n\n- a\n  1. krok\n"
    document = of(*blocks(text))
    printed = text_of(write("pdf", document))
    assert "31. rok a) bod 1. díl dál řádek • a 1. krok" in printed
    page = lxml.html.document_fromstring(write("html", document))
    lists = [(e.get("type"), e.get("start")) for e in page.iterfind(".//main//ol")]
    assert lists == [(None, "31"), ("a", None), (None, None), (None, None)]
    assert len(page.findall(".//li/p/br")) == 1
    with zipfile.ZipFile(io.BytesIO(write("docx", document))) as archive:
        numbering = etree.fromstring(archive.read("word/numbering.xml"))
    own = [
        [e.get(docx.markup.q("val")) for e in number.iter("{*}startOverride", "{*}numFmt")]
        for number in numbering.iterfind("{*}num[{*}lvlOverride]")
    ]
    # Levels have numbers and letters in turns; where a list has another kind, it says so.
    assert own == [["31"], ["1"], ["1"], ["1", "decimal"]]


@pytest.mark.parametrize("name", WRITERS)
def test_a_reference_to_nowhere_is_refused_alike(name: str) -> None:
    fact = m.Fact(term="Viz", text=(run("tam", ref="nikde"),))
    with pytest.raises(DocumentError, match=r"^Odkaz vede na „nikde“"):
        write(name, of(facts=(fact,)))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_half_a_character_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(DocumentError, match=f"(?i){name} nelze vytvořit"):
        write(name, of(words("a\ud800b")))


def test_a_booklet_is_printed_on_a5_in_every_format_that_has_pages() -> None:
    wide = table("tab-siroka", [m.Column(title=f"Údaj {n}") for n in range(8)], [["slovo"] * 8])
    booklet = of(words("Úvod."), wide, paper="a5")
    sizes = poppler("pdfinfo", write("pdf", booklet), "-l", "9")
    assert [s.split()[3::2][:2] for s in sizes.splitlines() if "size:" in s and "Page " in s] == [
        ["419.528", "595.276"],
        ["595.276", "419.528"],
    ]
    pages = python_docx.Document(io.BytesIO(write("docx", booklet))).sections
    assert [round((page.page_width or 0) / 36_000) for page in pages] == [148, 210]
    assert "size: A5;" in write("html", booklet).decode()
