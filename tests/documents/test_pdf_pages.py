"""Facts about the pages of the PDF: what keeps together, what stands where, what is whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from slz_lib.documents import model as m
from slz_lib.documents.columns import pieces
from slz_lib.documents.pdf import render
from tests.documents.printed import lying, pages_of, poppler, text_of
from tests.documents.sample import first, heading, of, run, table, words

MM = 72 / 25.4
BOTTOM_MARGIN, LANDSCAPE_BOTTOM_MARGIN = 24 * MM, 20 * MM


def filler(lines: int) -> m.ItemList:
    """So many lines of a list, about 8 mm each."""
    return m.ItemList(items=(m.ListItem(text=(run("výplň"),)),) * lines)


def tall_rows(count: int) -> m.Table:
    """A landscape table of rows of about 20 mm; cells begin and end with words of their own."""
    columns = [m.Column(title=f"Údaj {place}") for place in range(8)]
    rows = (
        [f"od{row}x{place} {'slovo ' * (8 + row % 3)} konec{row}x{place}" for place in range(8)]
        for row in range(count)
    )
    return table("tab-vysoka", columns, rows)


def outline(pdf: bytes) -> dict[str, int]:
    """The page on which each heading stands."""
    listed = poppler("pdftohtml", pdf, "-xml", "-i", "-stdout")
    items = re.findall(r'<item page="(\d+)">(.*?)</item>', listed)
    return {words: int(page) for page, words in items}


def at_the_foot(pdf: bytes) -> list[str]:
    """The words of each page that reach below its text."""
    found = []
    listed = poppler("pdftotext", pdf, "-bbox", stdout=("-",))
    page = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
    for width, height, content in page.findall(listed):
        lies = float(width) > float(height)
        bottom = float(height) - (LANDSCAPE_BOTTOM_MARGIN if lies else BOTTOM_MARGIN)
        placed = re.findall(r'yMax="([\d.]+)">(.*?)</word>', content)
        found.append(" ".join(word for y, word in placed if float(y) > bottom + 1))
    return found


@pytest.mark.parametrize("count", [1, 4, 5, 6, 7, 8, 20])
def test_no_row_of_a_tall_landscape_table_is_parted_or_printed_over_the_footer(count: int) -> None:
    pdf = render(
        of(heading("Okruh"), words("Věta."), first(m.Figure, table=None), tall_rows(count))
    )
    pages = pages_of(pdf)
    for row in range(count):
        (held,) = [page for page in pages if f"od{row}x" in page]
        assert all(f"konec{row}x{place}" in held for place in range(8))
    foot = "Liberecký kraj · návrh podle stavu k 31. 12. 2023 strana"
    feet = at_the_foot(pdf)
    assert feet == [f"{foot} {page}/{len(pages)}" for page in range(1, len(pages) + 1)]


def test_a_row_higher_than_a_page_is_printed_to_its_end() -> None:
    rows = [["slovo " * 900 + "konecřádku", "krátce"]]
    endless = table("tab-dlouha", (m.Column(title="Text"), m.Column(title="Údaj")), rows)
    assert "konecřádku" in text_of(render(of(endless)))


@pytest.mark.parametrize("rows", [7, 16])
def test_a_short_table_is_not_parted_and_no_row_of_a_longer_one_is_left_alone(rows: int) -> None:
    columns = (m.Column(title="Obec"), m.Column(title="Počet", kind="integer"))
    listed = table("tab", columns, ((f"Obec {place}", "1") for place in range(rows)))
    parted = 0
    for lines in range(0, 27, 2):
        pages = pages_of(render(of(heading("Kapitola"), filler(lines), listed)))
        held = [len(re.findall(r"Obec \d", page)) for page in pages if "Počet" in page]
        assert min(held) >= 2
        assert "Obec 0" in next(page for page in pages if "Tabulka 1" in page)
        parted += len(held) > 1
    assert bool(parted) is (rows == 16)


def test_a_wide_table_takes_the_chart_and_the_sentence_of_its_heading_along() -> None:
    pdf = render(
        of(
            heading("Portrét"),
            words("Na výšku."),
            heading("Okruh"),
            words("Opatření v\u00a0plánu."),
            first(m.Figure, table=None),
            tall_rows(2),
            heading("Zdroje"),
            words("Za tabulkou."),
        )
    )
    turns, pages = lying(pdf), pages_of(pdf)
    turned = pages[turns.index(True)]
    assert all(words in turned for words in ("Okruh", "Opatření v plánu.", "Obrázek 1", "konec0x0"))
    assert "Na výšku" not in turned
    assert [t for t, page in zip(turns, pages, strict=True) if "Za tabulkou." in page] == [False]


def test_a_chapter_begins_a_page_only_where_little_of_one_is_left() -> None:
    def page_of_second(lines: int) -> int:
        document = of(heading("První"), filler(lines), heading("Druhá"), words("Text druhé."))
        pdf = render(document)
        begins = outline(pdf)["Druhá"]
        assert "Text druhé" in pages_of(pdf)[begins - 1]
        return begins

    places = [page_of_second(lines) for lines in range(4, 28, 4)]
    assert places[0] == 1
    assert places[-1] == 2
    assert all(after >= before for before, after in pairwise(places))


def test_a_chapter_is_never_left_alone_at_the_foot_of_a_page() -> None:
    columns = (m.Column(title="Obec"), m.Column(title="Počet", kind="integer"))
    kept = table("tab", columns, ((f"Obec {place}", "1") for place in range(14)))
    for lines in range(4, 20, 4):
        document = of(heading("První"), filler(lines), heading("Druhá"), words("Věta."), kept)
        pdf = render(document)
        begins = outline(pdf)["Druhá"]
        assert "Obec 0" in pages_of(pdf)[begins - 1]


@pytest.mark.parametrize("lines", range(0, 26, 3))
def test_a_card_is_parted_by_the_end_of_a_page_only_where_it_is_long(lines: int) -> None:
    def card(paragraphs: int) -> list[str]:
        said = ((run("Věta komentáře. " * 20),),) * paragraphs
        own = first(m.MeasureCard, commentary=said, figures=(), remark=(run("Poznámka karty."),))
        return pages_of(render(of(heading("Kapitola"), filler(lines), own)))

    (page,) = [page for page in card(1) if "Poznámka karty." in page]
    assert "X.1 Dostupnost bydlení" in page
    (page,) = [page for page in card(4) if "X.1 Dostupnost bydlení" in page]
    assert "Přijaté znění" in page
    assert "Věta komentáře." in page


def test_the_remark_of_a_card_longer_than_a_page_is_not_left_alone() -> None:
    for count in range(34, 60, 3):
        said = (*[(run(f"Odstavec {place}."),) for place in range(count)], (run("Poslední."),))
        long = first(m.MeasureCard, commentary=said, remark=(run("Poznámka karty."),), figures=())
        (page,) = [page for page in pages_of(render(of(long))) if "Poznámka karty." in page]
        assert "Poslední." in page


def chapters(count: int, sections: int) -> m.Document:
    blocks: list[m.Block] = []
    for place in range(count):
        blocks += [heading(f"Kapitola {place}"), words(f"Odpověď {place}.")]
        blocks += [heading(f"Oddíl {place}.{part}", 2) for part in range(sections)]
    return of(*blocks)


def test_short_contents_stand_before_the_first_chapter_and_long_ones_after_it() -> None:
    short, long = (text_of(render(chapters(4, sections))) for sections in (2, 6))
    assert short.index("Obsah") < short.index("Odpověď 0.")
    assert long.index("Odpověď 0.") < long.index("Obsah") < long.index("Odpověď 1.")
    assert "Oddíl 3.5" in long[long.index("Obsah") : long.index("Odpověď 1.")]


def test_contents_take_at_most_a_page_and_longer_ones_list_chapters_only() -> None:
    pages = pages_of(render(chapters(9, 7)))
    assert len([page for page in pages if "Oddíl 0.0" in page and "Oddíl 8.6" in page]) == 1
    text = text_of(render(chapters(12, 6)))
    contents = text[text.index("Obsah") : text.index("Odpověď 1.")]
    assert "Kapitola 11" in contents
    assert "Oddíl 11.5" not in contents


def test_only_long_words_are_hyphenated_in_a_narrow_cell() -> None:
    long = "nejneobhospodařovávatelnějšími"
    crowded = table("tab", [m.Column(title="Údaj")] * 7, [[long] * 7])
    printed = poppler("pdftotext", render(of(crowded)), "-raw", stdout=("-",))
    assert re.search(r"[-\u00ad\u2010]\n", printed)
    texts = ["nebo jako ČÁSTEČNĚ NEPLNĚNO", "měření OŠMTS/2023 rok_2023_2", "terénu indikátoru"]
    narrow = table(
        "tab",
        [m.Column(title="Odpovědnost" if place else "Číslo") for place in range(5)],
        [[texts[(row + place) % 3] for place in range(5)] for row in range(3)],
    )
    printed = poppler("pdftotext", render(of(narrow)), "-raw", stdout=("-",))
    assert re.findall(r"\S*[-\u00ad\u2010]\n\S*", printed) == []
    assert all(word in printed for word in ("Odpovědnost", "OŠMTS/2023", "rok_2023_2"))


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("indikátoru,", False),
        ("přeformulovat", True),
        ("zdravotně-sociální", False),
        ("ČÁSTEČNĚ", False),
        ("VIII.10", False),
        ("data/rules/causes", False),
        ("NEJNEOBHOSPODAŘOVÁVATELNĚJŠÍMI", True),
    ],
)
def test_only_long_plain_words_may_be_parted(word: str, parted: bool) -> None:
    assert pieces(word) == [(word, parted)]
    assert "".join(part for part, _ in pieces(f"a  {word}\n b")) == f"a  {word}\n b"
