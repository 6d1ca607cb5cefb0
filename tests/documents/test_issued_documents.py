"""What ``make report`` issues from the real data, looked at with the real tools.

These are the committed outputs in ``reports/``; ``make report`` makes them anew. That they are what
the data give, to the byte, test_verify.py proves.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import lxml.html
import nbformat
import openpyxl
import papermill
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

import slz_lib
from slz_lib.documents.docx import pages, render
from slz_lib.documents.gate import check
from slz_lib.documents.model import Figure, Heading, MeasureCard, Table
from slz_lib.documents.notebook import read
from slz_lib.production.catalogue import FORMATS
from slz_lib.typeface import bold_width, upright_width
from tests.conftest import ROOT
from tests.documents.printed import filled, pages_of, poppler
from tests.samples.browsing import NARROW, WIDE, opened, scrolls_sideways, violations
from tests.samples.issued_words import loose_ends, unexplained
from tests.samples.office import printed, saved, squeezed
from tests.samples.scales import SCALE
from tests.samples.verapdf import judge

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EDITIONS = {
    "report": "2022-2023/zprava-o-naplnovani",
    "annex": "2022-2023/technicka-priloha",
    "council": "2022-2023/informace-k-rozhodnuti",
    "brochure": "2022-2023/brozura",
    "plan": "2024-2025/akcni-plan",
    "plan_annex": "2024-2025/priloha-planu",
}
#: What a council has time for, in pages and words.
LONGEST = {
    "report": (55, 16_000),
    "council": (2, 1_000),
    "brochure": (8, 1_400),
    "plan": (25, 8_000),
}


@pytest.fixture(scope="session")
def issued() -> dict[str, dict[str, Path]]:
    """Files of the editions, by edition and suffix."""
    whole = {name: ROOT / "reports" / path for name, path in EDITIONS.items()}
    return {
        name: {file.suffix: file for file in path.parent.glob(f"{path.name}.*")}
        for name, path in whole.items()
    }


@pytest.fixture(scope="session")
def print_out(
    issued: dict[str, dict[str, Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What LibreOffice prints of a Word file and of a workbook, by file name."""
    files = [issued["report"][".docx"], issued["plan_annex"][".xlsx"]]
    return printed(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", EDITIONS)
def test_every_format_and_the_notebook_are_issued(
    issued: dict[str, dict[str, Path]], name: str
) -> None:
    assert set(issued[name]) == {".ipynb", ".json", *(f".{form}" for form in FORMATS)}


@pytest.mark.parametrize(
    ("name", "judged"),
    [
        ("council", WIDE),
        pytest.param("report", WIDE, marks=pytest.mark.thorough),
        pytest.param("plan", NARROW, marks=pytest.mark.thorough),
    ],
)
def test_the_page_breaks_no_rule_of_accessibility_and_does_not_scroll_sideways(
    issued: dict[str, dict[str, Path]], browser: Browser, name: str, judged: int
) -> None:
    """axe takes long over so large a page; test_in_chromium shows it all widths of a small one."""
    page = opened(browser, issued[name][".html"])
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        assert not scrolls_sideways(page)
        assert width != judged or violations(page) == ""
    page.close()


@pytest.mark.parametrize("name", LONGEST)
def test_an_edition_is_short_enough_to_be_read(
    issued: dict[str, dict[str, Path]], name: str
) -> None:
    pages = [page for page in pages_of(issued[name][".pdf"].read_bytes()) if page]
    most_pages, most_words = LONGEST[name]
    assert len(pages) <= most_pages
    assert sum(len(page.split()) for page in pages) <= most_words


def test_hardly_a_page_before_the_last_one_is_less_than_half_full(
    issued: dict[str, dict[str, Path]],
) -> None:
    pages = [share for name in EDITIONS for share in filled(issued[name][".pdf"])[:-1]]
    assert len(pages) > 100
    assert sum(share < 0.5 for share in pages) <= 0.03 * len(pages)


@pytest.mark.thorough
def test_all_pdf_files_are_pdf_ua_1_and_pdf_a_3a(issued: dict[str, dict[str, Path]]) -> None:
    verdicts = judge([issued[name][".pdf"] for name in EDITIONS])
    assert len(verdicts) == 2 * len(EDITIONS)
    assert [v.failures for v in verdicts if not v.compliant] == []


def test_the_printed_word_report_has_every_measure(
    print_out: dict[str, str], dataset: slz_lib.Dataset
) -> None:
    text = print_out["zprava-o-naplnovani.docx"]
    measures = dataset.measures["id"] + dataset.measures["title"]
    assert [words for words in measures if squeezed(words) not in text] == []


def test_the_printed_workbook_of_the_plan_has_every_step(
    print_out: dict[str, str], plan: slz_lib.ActionPlan
) -> None:
    text = print_out["priloha-planu.xlsx"]
    steps = plan.steps["step"].drop_duplicates()
    assert [words for words in steps if squeezed(words) not in text] == []


def test_cells_of_workbooks_are_numbers_days_and_words_as_formulas_and_filters_take_them(
    issued: dict[str, dict[str, Path]], evaluation: slz_lib.Evaluation
) -> None:
    unfit = re.compile(
        r".*[^\S\n ].*|.*[\u00ad\u200b\u2060].*|[−+-]?\d[\d ]*(,\d+)?( \D{1,30})?", re.DOTALL
    )
    for name in EDITIONS:
        for sheet in openpyxl.load_workbook(issued[name][".xlsx"]).worksheets[1:]:
            cells = [cell.value for row in sheet.iter_rows(min_row=8) for cell in row]
            assert [c for c in cells if isinstance(c, str) and unfit.fullmatch(c)] == []
    report = openpyxl.load_workbook(issued["report"][".xlsx"])
    words = [cell.value for cell in report["Opatření"]["D"]]
    counts = evaluation.judgements["published"].value_counts()
    assert {code: words.count(SCALE[code].label) for code in counts.index} == dict(counts)


def test_the_page_has_a_card_for_every_measure_and_its_status(
    issued: dict[str, dict[str, Path]], evaluation: slz_lib.Evaluation
) -> None:
    page = lxml.html.parse(str(issued["report"][".html"]))
    published = evaluation.judgements.set_index("measure_id")["published"]
    for measure, status in published.items():
        (card,) = page.xpath(f"//*[@id='m-{str(measure).replace('.', '-')}']")
        assert SCALE[str(status)].label in card.text_content()


def test_every_link_inside_a_page_leads_somewhere(issued: dict[str, dict[str, Path]]) -> None:
    for name in EDITIONS:
        page = lxml.html.parse(str(issued[name][".html"]))
        ids = set(page.xpath("//@id"))
        inside = [str(href)[1:] for href in page.xpath("//a/@href") if str(href).startswith("#")]
        assert [href for href in inside if href not in ids] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_abbreviations_are_explained_and_no_line_ends_with_a_preposition(
    issued: dict[str, dict[str, Path]], dataset: slz_lib.Dataset, name: str
) -> None:
    assert unexplained(read(nbformat.read(issued[name][".ipynb"], 4), name), dataset) == set()
    assert loose_ends(issued[name][".html"]) == []
    printed_lines = poppler("pdftotext", issued[name][".pdf"].read_bytes(), "-raw", stdout=("-",))
    assert re.findall(r"^.*(?<!\S)[ksvzoua]$", printed_lines, re.MULTILINE) == []


def test_a_page_loads_nothing_from_elsewhere(issued: dict[str, dict[str, Path]]) -> None:
    for name in EDITIONS:
        page = lxml.html.parse(str(issued[name][".html"]))
        assert page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src") == []


def test_no_output_names_a_folder_of_the_machine(issued: dict[str, dict[str, Path]]) -> None:
    for name in EDITIONS:
        for suffix in (".ipynb", ".html"):
            text = issued[name][suffix].read_text(encoding="utf-8")
            assert str(ROOT) not in text
            assert not re.search(r"/(home|root|tmp)/", text)


@pytest.mark.thorough
def test_the_tour_is_a_document_without_what_it_tells_the_analyst() -> None:
    executed = papermill.execute_notebook(
        ROOT / "notebooks" / "tour.ipynb", None, cwd=ROOT / "notebooks", progress_bar=False
    )
    document = read(executed, "tour")
    check(document)
    assert {Heading, Figure, Table, MeasureCard} <= set(map(type, document.blocks))
    assert "Shift+Enter" not in document.model_dump_json()


def test_an_issued_notebook_opens_and_shows_its_tables(
    issued: dict[str, dict[str, Path]],
) -> None:
    notebook = nbformat.read(issued["report"][".ipynb"], 4)
    nbformat.validate(notebook)
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert all("text/html" in o.data for o in outputs if o.output_type == "display_data")


def structure(file: Path) -> dict[str, object]:
    """What a reviewer, a screen reader and a later collection of comments hold on to."""
    word = docx.Document(str(file))
    body = word.element.body

    def values(tag: str, attribute: str = "val") -> list[str]:
        return [str(found.get(qn(f"w:{attribute}"))) for found in body.iter(qn(f"w:{tag}"))]

    paragraphs = [DocxParagraph(found, word) for found in body.iter(qn("w:p"))]
    codes = [(code.text or "").split()[:2] for code in body.iter(qn("w:instrText"))]
    return {
        "styles": [style.name.casefold() for p in paragraphs if (style := p.style) is not None],
        "words": [p.text for p in paragraphs if "PAGEREF" not in p._p.xml],
        "bookmarks": set(values("bookmarkStart", "name")),
        "links": Counter(values("hyperlink", "anchor")),
        "fields": Counter(tuple(code) for code in codes if code),
        "lists": len(values("numId")),
        "headers of tables": [len([*t._tbl.iter(qn("w:tblHeader"))]) for t in word.tables],
        "whole rows": len(values("cantSplit")),
        "alternative texts": [found.get("descr") for found in body.iter(qn("wp:docPr"))],
        "sections": len(word.sections),
        "language": set(word.styles.element.xpath("//w:rPrDefault//w:lang/@w:val")),
        "properties": (word.core_properties.title, word.core_properties.language),
    }


def test_a_word_file_keeps_its_structure_when_libreoffice_saves_it(
    issued: dict[str, dict[str, Path]], tmp_path: Path
) -> None:
    file = issued["report"][".docx"]
    saved([file], tmp_path, "docx")
    before, after = structure(file), structure(tmp_path / file.name)
    for what, kept in before.items():
        assert kept, what
        assert after[what] == kept, what


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["report", "annex", "plan", "plan_annex"])
def test_contents_in_word_name_the_pages_that_libreoffice_counts(
    issued: dict[str, dict[str, Path]],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """LibreOffice counts anew what it shows; the face is the one that stands in for Arial here."""
    face = subprocess.run(["fc-match", "Arial"], capture_output=True, check=True).stdout
    monkeypatch.setattr(pages, "_SIGN_LINE", 1.164)  # signs are in DejaVu Sans
    if b"DejaVu" in face:
        monkeypatch.setattr(pages, "_LINE", 1.164)
        monkeypatch.setattr(pages, "_width", dejavu)
    document = read(nbformat.read(issued[name][".ipynb"], 4), name)
    file = tmp_path / "slovo.docx"
    file.write_bytes(render(document))
    saved([file], tmp_path, "pdf")
    print_out = [squeezed(page) for page in pages_of((tmp_path / "slovo.pdf").read_bytes())]
    for paragraph in docx.Document(str(file)).paragraphs:
        if paragraph.style is not None and paragraph.style.name in {"toc 1", "toc 2"}:
            words, _, number = paragraph.text.rpartition("\t")
            assert squeezed(words) in print_out[int(number) - 1], paragraph.text
            counted = re.escape(squeezed(words)) + rf"\.{{3,}}{number}(?!\d)"
            assert re.search(counted, "".join(print_out)), paragraph.text


def dejavu(text: str, bold: bool) -> float:
    return (bold_width if bold else upright_width)(text, 72 / 25.4)
