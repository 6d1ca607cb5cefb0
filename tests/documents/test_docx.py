"""Facts about the Word file of a document, read from its XML."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import accumulate, pairwise

import pytest
from lxml import etree
from PIL import Image

from slz_lib.documents import model as m
from slz_lib.documents.docx import render
from slz_lib.documents.docx.figures import pngs
from slz_lib.documents.docx.markup import Element, R, q
from tests.documents.sample import (
    first as first_of,
    heading,
    of,
    run,
    sample,
    table,
    words as sentence,
)

#: The order that ECMA-376 asks of properties; Word calls a file with another order damaged.
ORDER = {
    "pPr": "pStyle keepNext pageBreakBefore numPr tabs spacing ind jc sectPr",
    "rPr": "rStyle b bCs i iCs",
    "tblPr": "tblStyle tblW tblLayout tblLook tblCaption",
    "tcPr": "tcW",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg",
}

WIDE = table("tab-siroka", (m.Column(title=f"Sloupec {n}") for n in range(9)), [["—"] * 9])


def part(data: bytes, name: str) -> Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def body(data: bytes) -> Element:
    return part(data, "word/document.xml")


def value(element: Element | None, attribute: str = "val") -> str:
    assert element is not None
    return str(element.get(q(attribute)))


def words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(q("t")))


def style_of(paragraph: Element) -> str:
    return value(paragraph.find(f"{q('pPr')}/{q('pStyle')}"))


def styled(root: Element, style: str) -> list[Element]:
    return [found for found in root.iter(q("p")) if style_of(found) == style]


def codes(root: Element) -> list[str]:
    return [(code.text or "").strip() for code in root.iter(q("instrText"))]


def bookmarks(root: Element) -> list[str]:
    return [value(start, "name") for start in root.iter(q("bookmarkStart"))]


def body_of(*blocks: m.Block, **title: object) -> Element:
    return body(render(of(*blocks, **title)))


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(sample())


@pytest.fixture(scope="module")
def root(data: bytes) -> Element:
    return body(data)


def test_headings_keep_their_order_and_a_card_lies_one_level_below(root: Element) -> None:
    found = [
        (int(style_of(p)[-1]), words(p))
        for p in root.iter(q("p"))
        if style_of(p).startswith("Heading")
    ]
    assert found == [
        (1, "Shrnutí"),
        (2, "Metoda"),
        (1, "Přehled opatření"),
        (2, "Okruh X: Bydlení"),
        (3, "X.1 Dostupnost bydlení"),
        (3, "X.2 Prevence dluhů"),
        (3, "X.3 Třetí opatření"),
    ]


def chapters(number: int) -> list[m.Heading]:
    return [heading(f"Kapitola {n}") for n in range(number)]


def cards(number: int) -> list[m.MeasureCard]:
    return [first_of(m.MeasureCard, anchor=f"m-I-{n}", number=f"I.{n}") for n in range(number)]


def stays(heading: Element) -> bool:
    """Whether a chapter does not begin a page, as its style would have it."""
    found = heading.find(f"{q('pPr')}/{q('pageBreakBefore')}")
    return found is not None and value(found) == "0"


@pytest.mark.parametrize(
    "blocks",
    [chapters(13), [*chapters(3), *cards(13)]],
    ids=["many headings", "many cards"],
)
def test_only_the_first_chapter_stays_on_page_one_before_long_contents(
    data: bytes, blocks: list[m.Block]
) -> None:
    first, *others = styled(body_of(*blocks), "Heading1")
    assert stays(first)
    assert not any(map(stays, others))
    styles = [style_of(p) for p in body_of(*chapters(14)).iter(q("p"))]
    assert styles.index("TOCHeading") == styles.index("Heading1") + 1
    style = next(
        s
        for s in part(data, "word/styles.xml").iter(q("style"))
        if value(s, "styleId") == "Heading1"
    )
    assert style.find(f"{q('pPr')}/{q('pageBreakBefore')}") is not None


def test_no_chapter_of_a_brief_starts_a_page_and_its_contents_stay_in_front() -> None:
    root = body_of(*chapters(12), *cards(12))
    headings = styled(root, "Heading1")
    assert len(headings) == 12
    assert all(map(stays, headings))
    styles = [style_of(paragraph) for paragraph in root.iter(q("p"))]
    contents = styles.index("TOCHeading")
    assert contents < styles.index("Heading1")
    assert len([style for style in styles if style in {"TOC1", "TOC2"}]) == 24
    assert root.find(f".//{q('sdtContent')}/{q('p')}/{q('pPr')}/{q('pageBreakBefore')}") is None


def test_header_rows_repeat_and_no_row_breaks(root: Element) -> None:
    tables = list(root.iter(q("tbl")))
    assert len(tables) == 2
    for grid in tables:
        rows = grid.findall(q("tr"))
        assert all(row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in rows)
        repeated = [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in rows]
        assert repeated == [True] + [False] * (len(rows) - 1)


def test_captions_stand_above_tables_with_a_counted_and_bookmarked_number(root: Element) -> None:
    captions = styled(root, "Caption")
    assert [words(caption) for caption in captions] == [
        "Tabulka\u00a01: Opatření podle stavu",
        "Obrázek\u00a01: Nejvíce opatření je v oblasti dluhů",
        "Tabulka\u00a02: Všechna opatření",
    ]
    kinds = [codes(caption)[0].split()[:2] for caption in captions]
    assert kinds == [["SEQ", "Tabulka"], ["SEQ", "Obrázek"], ["SEQ", "Tabulka"]]
    for caption, name in zip(captions, ("tab_stavy", "obr_stavy", "tab_opatreni"), strict=True):
        assert bookmarks(caption) == [name]
    for caption in (captions[0], captions[2]):
        following = caption.getnext()
        assert following is not None
        assert following.tag == q("tbl")


def test_references_are_fields_with_their_text_computed(root: Element) -> None:
    lead = styled(root, "Lead")[0]
    assert words(lead) == "Plněna jsou 2\u00a0ze 3\u00a0opatření, viz tabulka\u00a01."
    assert codes(lead)[0].startswith("REF tab_stavy \\h")
    prose = styled(root, "Introduction")[0]
    assert "v\u00a0tabulce\u00a02 i\u00a0na obrázku\u00a01 stojí" in words(prose)
    assert [code.split()[1] for code in codes(prose)] == ["tab_opatreni", "obr_stavy"]


def test_a_measure_has_one_bookmark_around_its_card_which_stays_together(
    root: Element,
) -> None:
    assert [name for name in bookmarks(root) if name[:2] == "m_"] == ["m_X_1", "m_X_2", "m_X_3"]
    paragraphs = list(root.iter(q("p")))
    start = next(p for p in paragraphs if "m_X_2" in bookmarks(p))
    ident = value(next(start.iter(q("bookmarkStart"))), "id")
    end = next(p for p in paragraphs if ident in [value(e, "id") for e in p.iter(q("bookmarkEnd"))])
    card = paragraphs[paragraphs.index(start) : paragraphs.index(end) + 1]
    assert words(card[0]) == "X.2 Prevence dluhů"
    assert words(card[1]) == "Stav:◕\u00a0PLNĚNO"
    assert words(card[-1]).startswith("Odvozený stav:")
    assert {style_of(p) for p in card[1:-1]} <= {"Fact", "Commentary", "CardFigure"}  # these keep
    assert style_of(card[-1]) == "Quiet"
    last = body_of(first_of(m.MeasureCard, remark=(), figures=()))[0][-2]
    assert value(last.find(f"{q('pPr')}/{q('keepNext')}")) == "0"


def test_anchors_that_fold_to_one_name_get_bookmarks_of_their_own() -> None:
    root = body_of(
        m.Heading(level=1, text=(run("Jedna"),), anchor="část"),
        m.Heading(level=1, text=(run("Dvě"),), anchor="Cast"),
        m.Heading(level=1, text=(run("Tři"),), anchor="a" * 60),
        m.Heading(level=1, text=(run("Čtyři"),), anchor="a" * 61),
    )
    names = bookmarks(root)
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 40 and name.isascii() for name in names)


def test_a_figure_has_its_alt_text_and_title_and_fits_the_page(root: Element) -> None:
    (properties,) = (e for e in root.iter() if str(e.tag).endswith("}docPr"))
    assert properties.get("descr") == "Vodorovné sloupce: bydlení 3, dluhy 5."
    assert properties.get("title") == "Nejvíce opatření je v oblasti dluhů"
    root = body_of(first_of(m.Figure, width_mm=320.0, height_mm=100.0, table=None))
    extent = next(e for e in root.iter() if str(e.tag).endswith("}extent"))
    width, height = int(extent.get("cx", "")) / 36_000, int(extent.get("cy", "")) / 36_000
    assert width == pytest.approx(160, abs=0.1)
    assert height == pytest.approx(50, abs=0.1)


def test_a_drawing_becomes_a_png_of_few_colours_on_white_paper() -> None:
    figure = first_of(m.Figure)
    first, again = pngs([figure, figure])
    assert first == again
    with Image.open(io.BytesIO(first)) as image:
        assert image.mode == "P"
        assert image.size == (1200, 400)
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert pngs([]) == []


def test_a_status_is_sign_and_word_on_its_colour(data: bytes, root: Element) -> None:
    styles = {value(s, "styleId"): s for s in part(data, "word/styles.xml").iter(q("style"))}
    worn = [(r, r.find(f"{q('rPr')}/{q('rStyle')}")) for r in root.iter(q("r"))]
    chips = [r for r, style in worn if style is not None and "StatusNeplneno" in value(style)]
    assert "".join(map(words, chips)) == "○\u00a0NEPLNĚNO" * 2
    shown = [style for ident, style in styles.items() if ident.startswith("Status")]
    drawn = {(ident, True) for ident in styles}
    assert shown
    for style in shown:
        based = style.find(q("basedOn"))  # the sign of a status differs from it in its face alone
        if based is not None:
            assert (value(based), style.find(f".//{q('rFonts')}") is not None) in drawn
            continue
        assert style.find(f"{q('rPr')}/{q('shd')}") is not None
        assert style.find(f"{q('rPr')}/{q('color')}") is not None


def test_lists_are_numbered_by_word_and_each_ordered_list_starts_anew() -> None:
    items = (m.ListItem(text=(run("první"),)), m.ListItem(text=(run("druhá"),)))
    nested = m.ListItem(text=(run("třetí"),), children=(m.ItemList(items=items, ordered=True),))
    data = render(
        of(m.ItemList(items=(*items, nested), ordered=True), m.ItemList(items=items, ordered=True))
    )
    found = [
        (value(n.find(q("ilvl"))), value(n.find(q("numId")))) for n in body(data).iter(q("numPr"))
    ]
    assert found == [*[("0", "3")] * 3, *[("1", "4")] * 2, *[("0", "5")] * 2]
    starts = {
        value(number, "numId"): value(number.find(f".//{q('startOverride')}"))
        for number in part(data, "word/numbering.xml").iter(q("num"))
        if number.find(q("lvlOverride")) is not None
    }
    assert starts == {"3": "1", "4": "1", "5": "1"}


def test_a_wide_table_lies_on_turned_pages_with_its_heading() -> None:
    before, introduction, after = map(sentence, ("Na výšku.", "Úvod k tabulce.", "Zase."))
    root = body_of(before, heading("Přehled"), introduction, WIDE, after)
    turns = [value(section.find(q("pgSz")), "orient") for section in root.iter(q("sectPr"))]
    assert turns == ["None", "landscape", "None"]
    blocks = list(root[0])
    ends = [n for n, e in enumerate(blocks) if e.find(f"{q('pPr')}/{q('sectPr')}") is not None]
    turned = " ".join(map(words, blocks[ends[0] + 1 : ends[1] + 1]))
    assert turned.startswith("Přehled Úvod k tabulce. Tabulka")
    assert "Zase." not in turned


def test_a_draft_is_marked_on_every_kind_of_page() -> None:
    data = render(of(WIDE, draft=True))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        assert len(headers) == 3
        for name in headers:
            assert words(etree.fromstring(archive.read(name))).count("NÁVRH") == 1


def test_footers_count_pages_and_headers_carry_the_title(data: bytes) -> None:
    footer, header = part(data, "word/footer1.xml"), part(data, "word/header2.xml")
    assert codes(footer) == ["PAGE", "NUMPAGES"]
    assert (
        words(footer)
        == "Liberecký kraj · návrh podle stavu k\u00a031.\u00a012.\u00a02023" + "strana\u00a01/1"
    )
    assert "Zpráva o naplňování strategie" in words(header)


def test_outside_links_are_addresses(data: bytes, root: Element) -> None:
    link = next(e for e in root.iter(q("hyperlink")) if e.get(f"{{{R}}}id"))
    relations = part(data, "word/_rels/document.xml.rels")
    target = next(r for r in relations if r.get("Id") == link.get(f"{{{R}}}id"))
    assert (words(link), target.get("Target")) == ("odkaz ven", "https://www.kraj-lbc.cz/")


def test_text_stays_text_and_never_becomes_markup_or_a_field(root: Element) -> None:
    whole = "".join(map(words, root.iter(q("p"))))
    assert "znaky <b>, & a\u00a0#let zůstávají, jak jsou, i\u00a0=1+1" in whole
    assert '=HYPERLINK("x")' in whole
    assert not [code for code in codes(root) if "HYPERLINK" in code]


def test_properties_stand_in_the_order_of_the_schema(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if re.match(r"word/(?:document|header|footer)", name)
        ]
    checked = set()
    for xml in parts:
        for tag, order in ORDER.items():
            places = order.split()
            for element in xml.iter(q(tag)):
                names = [etree.QName(child).localname for child in element]
                assert set(names) <= set(places), (tag, names)
                at = [places.index(name) for name in names]
                assert all(a <= b for a, b in pairwise(at)), (tag, names)
                checked.add(tag)
    assert checked == set(ORDER)


def test_a_table_never_ends_a_section_or_touches_another() -> None:
    second = WIDE.model_copy(update={"anchor": "tab-druha"})
    blocks = body_of(WIDE, second)[0]
    tags = [element.tag for element in blocks]
    assert all(after == q("p") for before, after in pairwise(tags) if before == q("tbl"))


@pytest.mark.parametrize("named", [True, False])
def test_table_look_names_the_header_row_and_the_header_column_where_there_is_one(
    named: bool,
) -> None:
    grid = WIDE.model_copy(update={"row_header": named})
    (look,) = body_of(grid).iter(q("tblLook"))
    assert (value(look, "firstRow"), value(look, "firstColumn")) == ("1", str(int(named)))
    assert int(value(look), 16) & 0x00A0 == (0x00A0 if named else 0x0020)


def test_fields_are_complete_and_balanced_and_lead_to_bookmarks(data: bytes, root: Element) -> None:
    assert part(data, "word/settings.xml").find(q("updateFields")) is None
    steps = {"begin": 1, "separate": 0, "end": -1}
    marks = [steps[value(mark, "fldCharType")] for mark in root.iter(q("fldChar"))]
    assert min(accumulate(marks)) == sum(marks) == 0
    names = [name.casefold() for name in bookmarks(root)]
    assert len(names) == len(set(names))
    for tag in ("bookmarkStart", "bookmarkEnd"):
        idents = [value(mark, "id") for mark in root.iter(q(tag))]
        assert sorted(idents, key=int) == [str(place) for place in range(len(names))]
    led = {code.split()[1] for code in codes(root) if code.startswith("REF ")}
    led |= {str(link.get(q("anchor"))) for link in root.iter(q("hyperlink"))} - {"None"}
    assert led
    assert {name.casefold() for name in led} <= set(names)


def test_contents_lead_to_headings_and_name_their_pages(root: Element) -> None:
    entries = [f"{style_of(p)} {words(p)}" for p in root.iter(q("p")) if style_of(p)[:3] == "TOC"]
    assert entries == [
        *("TOCHeading Obsah", "TOC1 Shrnutí1", "TOC2 Metoda2"),
        *("TOC1 Přehled opatření2", "TOC2 Okruh X: Bydlení2"),
    ]
    counted = [code.split()[1] for code in codes(root) if code.startswith("PAGEREF")]
    assert counted == [value(link, "anchor") for link in root.iter(q("hyperlink"))][: len(counted)]
    assert not [code for code in codes(root) if code.startswith("TOC")]


def test_every_page_in_the_contents_of_a_booklet_stands_at_its_right_edge() -> None:
    entries = styled(body_of(*chapters(14), paper="a5"), "TOC1")
    assert len(entries) == 14
    assert all(entry.find(f"{q('pPr')}/{q('tabs')}") is not None for entry in entries)


def test_a_heading_that_only_just_fits_begins_a_page() -> None:
    """Whatever a program makes of half a point, the heading stands where the contents say."""
    line = sentence("Řádek.")
    quiet = line.model_copy(update={"role": "quiet"})
    for small in range(12):  # each makes the page emptier by three points
        lines = [line] * (12 - small) + [quiet] * small
        found = body_of(*chapters(3), *lines, heading("Další"), line)
        *_, close = styled(found, "Heading1")
        if not stays(close):
            names = [etree.QName(part).localname for part in close[0]]
            assert names == ["pStyle", "pageBreakBefore", "spacing"]
            return
    pytest.fail("no heading came close to the end of a page")


def test_columns_fill_no_more_than_the_text_width(root: Element) -> None:
    for grid in root.iter(q("tbl")):
        widths = [int(value(column, "w")) for column in grid.iter(q("gridCol"))]
        assert 0 < sum(widths) <= 9071 + len(widths)
        for row in grid.iter(q("tr")):
            assert [int(value(cell, "w")) for cell in row.iter(q("tcW"))] == widths
