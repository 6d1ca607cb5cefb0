"""Facts about the PDF of a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst

from slz_lib.documents import model as m
from slz_lib.documents.columns import column_widths
from slz_lib.documents.formats import write
from slz_lib.documents.pdf import render
from slz_lib.errors import DocumentError
from slz_lib.typeface import bold_width
from tests.documents.printed import pages_of, plain, poppler, text_of
from tests.documents.sample import first, heading, of, run, said, sample, table, words
from tests.samples.verapdf import judge

ROOT = Path(__file__).parents[2]

TYPST_CODE = ("#let x = 1", '#read("/etc/passwd")', "= Nadpis *tučně* _kurzíva_ $x^2$ \\ // @kotva")


def extended() -> m.Document:
    """The sample with long and wide tables, endless texts, and such as look like Typst."""
    endless = " ".join(["slovo"] * 2000) + " konec"
    fact = m.Fact(term="Indikátor", text=(run(endless + "-karty"),))
    long = table(
        "tab-dlouha",
        (m.Column(title="Obec", weight=2), m.Column(title="Obyvatelé", kind="integer")),
        ((f"Obec {place}", f"{place}\u00a0000") for place in range(100)),
    )
    wide = table(
        "tab-siroka",
        (m.Column(title="ORP", weight=2), *(m.Column(title=f"Údaj {n}") for n in range(8))),
        (("Tanvald", *(f"hodnota {n}" for n in range(8))),),
    )
    return of(
        *sample().blocks,
        heading("Přílohy"),
        long,
        heading("Naležato", 2),
        wide,
        heading("Texty", 2),
        first(m.MeasureCard, anchor="m-X-9", facts=(fact,)),
        m.Paragraph(role="finding", text=(run(endless + "-rámečku"),)),
        *(words(text) for text in TYPST_CODE),
        table("tab-kod", (m.Column(title="#let"),), ((text,) for text in TYPST_CODE)),
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(sample())


@pytest.fixture(scope="module")
def longer() -> bytes:
    return render(extended())


def test_every_heading_caption_and_measure_is_printed(pdf: bytes) -> None:
    text, expected = text_of(pdf), said(sample())
    expected += ["Tabulka 1: Opatření podle stavu", "Tabulka 2: Všechna opatření"]
    expected.append("Obrázek 1: Nejvíce opatření")
    assert len(expected) > 20
    assert [words for words in expected if plain(words) not in text] == []


def test_links_lead_to_an_address_or_to_their_target_whose_number_they_say(pdf: bytes) -> None:
    text = text_of(pdf)
    assert "viz tabulka 1." in text
    assert "tabulce 2 i na obrázku 1 stojí" in text
    listed = poppler("pdftohtml", pdf, "-xml", "-i", "-stdout")
    page = next(n for n, page in enumerate(pages_of(pdf), start=1) if "Tabulka 2:" in page)
    assert re.search(rf'<a href="[^"]*#{page}">tabulce.2</a>', listed)
    assert '<a href="https://www.kraj-lbc.cz/">odkaz ven</a>' in listed


def test_every_page_says_its_number_of_how_many_and_that_it_is_a_draft(pdf: bytes) -> None:
    pages = pages_of(pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"strana {number}/{len(pages)}" in page
        assert "NÁVRH" in page


def test_headings_and_measures_are_bookmarks_in_order_and_measures_keep_their_anchors(
    pdf: bytes,
) -> None:
    assert '"m-X-2"' in poppler("pdfinfo", pdf, "-dests")
    listed = poppler("pdftohtml", pdf, "-xml", "-i", "-stdout")
    assert re.findall(r'<item page="\d+">(.*?)</item>', listed) == [
        "Obsah",
        "Shrnutí",
        "Metoda",
        "Přehled opatření",
        "Okruh X: Bydlení",
        "X.1 Dostupnost bydlení",
        "X.2 Prevence dluhů",
        "X.3 Třetí opatření",
    ]


def test_page_one_has_the_title_contents_with_their_pages_and_the_answer(pdf: bytes) -> None:
    pages = pages_of(pdf)
    order = ["Zpráva o naplňování strategie", "Období", "Obsah", "Plněna jsou 2 ze 3 opatření"]
    places = [pages[0].index(words) for words in order]
    assert places == sorted(places)
    layout = poppler("pdftotext", pdf, "-layout", "-l", "1", stdout=("-",))
    listed = re.search(r"Přehled opatření[^\w\n]+(\d+)", layout)
    assert listed
    assert "Tabulka 2:" in pages[int(listed[1]) - 1]


def test_a_long_table_repeats_its_header_on_each_of_its_pages(longer: bytes) -> None:
    pages = pages_of(longer, "-layout")
    parts = [page for page in pages if re.search(r"Obec \d", page)]
    assert len(parts) > 2
    assert all("Obec Obyvatelé" in page for page in parts)


def test_long_texts_and_such_as_look_like_typst_are_printed_as_they_stand(longer: bytes) -> None:
    text = text_of(longer)
    assert all(end in text for end in ("konec-karty", "konec-rámečku"))
    assert [text.count(plain(code)) for code in TYPST_CODE] == [2] * len(TYPST_CODE)
    assert "root:" not in text


def test_a_word_longer_than_a_line_is_broken_wherever_it_stands() -> None:
    word = "x" * 300
    grid = table("tab", (m.Column(title=word), m.Column(title="a")), ((word, "1"),))
    link = m.Paragraph(text=(run(word, code=True), run(word, href=f"https://a.cz/{word}")))
    listed = m.ItemList(items=(m.ListItem(text=(run(word),)),))
    blocks = heading("Kapitola"), heading(word, 2), words(word), link, listed
    changes = {"caption": word, "notes": (word,)}
    pdf = render(of(*blocks, grid.model_copy(update=changes), subtitle=word))
    boxes = poppler("pdftotext", pdf, "-bbox", stdout=("-",))
    page = float(re.findall(r'<page width="([\d.]+)"', boxes)[0])
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes))) < page - 50
    assert boxes.count("x") > 9 * 300


def test_only_the_typeface_of_matplotlib_is_used(pdf: bytes) -> None:
    fonts = poppler("pdffonts", pdf).splitlines()[2:]
    assert len(fonts) >= 3
    for line in fonts:
        assert re.match(r"[A-Z]{6}\+DejaVuSans", line), line
        assert " yes yes yes " in line


def test_a_skipped_heading_level_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"„Příliš hluboko“: .*heading level"):
        write("pdf", of(heading("Mělko"), heading("Příliš hluboko", 5)))


def test_all_of_the_text_is_czech_and_no_path_of_this_machine_is_in_the_file(pdf: bytes) -> None:
    assert set(re.findall(rb"/Lang ?\((.*?)\)", pdf)) == {b"cs-CZ"}
    for trace in (str(ROOT), str(Path.home()), "report.typ", "matplotlib"):
        assert trace.encode() not in pdf


def test_the_file_is_accessible_and_archival(tmp_path: Path, pdf: bytes, longer: bytes) -> None:
    """PDF/UA-1 and PDF/A-3a by veraPDF, which does refuse a file that is neither."""
    files = [tmp_path / "ukazka.pdf", tmp_path / "rozsirena.pdf", tmp_path / "prosty.pdf"]
    untagged = typst.compile(b"= Nadpis", format="pdf", pdf_tags=False)
    assert isinstance(untagged, bytes)
    for file, content in zip(files, (pdf, longer, untagged), strict=True):
        file.write_bytes(content)
    *documents, ua, a = judge(files)
    assert [
        (verdict.file.name, verdict.failures) for verdict in documents if verdict.failures
    ] == []
    assert [verdict.compliant for verdict in documents] == [True] * 4
    assert min(verdict.assertions for verdict in documents) > 1000
    assert not ua.compliant
    assert not a.compliant
    assert any("tagged as real content" in failure for failure in ua.failures)


def test_columns_fill_the_page_by_weight_and_break_no_status() -> None:
    overview = table(
        "tab",
        (
            m.Column(title="Číslo"),
            m.Column(title="Opatření", weight=6),
            m.Column(title="Stav", kind="status", weight=0.1),
        ),
        (("VII.13", "Dostupnost bydlení v celém kraji", "◐\u00a0ČÁSTEČNĚ"),),
    )
    widths = column_widths(overview, 162.0)
    assert sum(widths) == pytest.approx(162.0)
    assert widths[2] > bold_width("◐\u00a0ČÁSTEČNĚ", 9)
    assert widths[1] == pytest.approx(6 * widths[0])


@pytest.mark.parametrize("available", [162.0, 261.0])
def test_columns_never_leave_the_page_and_figures_stay_narrow(available: float) -> None:
    crowded = table(
        "tab",
        [m.Column(title="Nejneobhospodařovávatelnější", kind="date") for _ in range(14)],
        [["31.\u00a012.\u00a02023"] * 14],
    )
    assert sum(column_widths(crowded, available)) <= available + 1e-9
    titles = (m.Column(title="Oblast"), m.Column(title="Počet", kind="integer"))
    counts = table("tab", titles, (("Bydlení", "3"), ("Dluhy", "5")))
    assert sum(column_widths(counts, available)) < 60
