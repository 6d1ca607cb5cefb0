"""Facts about the page, read back from its HTML."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import lxml.html
import pytest

from slz_lib import palette
from slz_lib.documents import html, model as m
from tests.documents.sample import first as first_of, of, row, sample
from tests.samples.scales import SCALE

Element = Any  # lxml's stubs do not know the HTML elements


@pytest.fixture(scope="module")
def page_text() -> str:
    return html.render(sample())


@pytest.fixture(scope="module")
def page(page_text: str) -> Element:
    return lxml.html.document_fromstring(page_text.encode())


def words(element: Element) -> str:
    return " ".join(element.text_content().split())


def rendered(*blocks: m.Block, **title: Any) -> Element:
    return lxml.html.document_fromstring(html.render(of(*blocks, **title)).encode())


def drawn(svg: str, anchor: str = "obr-a", alt: str = "Popis.") -> m.Figure:
    return first_of(m.Figure, anchor=anchor, alt=alt, svg=svg, table=None)


def test_the_page_says_its_language_title_and_author(page: Element) -> None:
    assert page.get("lang") == "cs"
    assert page.findtext("head/title").startswith("Zpráva o naplňování strategie")
    named = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    assert named["description"] == "Syntetický dokument pro zkoušky zápisu."
    assert named["author"] == "Liberecký kraj"


def test_there_is_one_first_heading_no_level_is_skipped_and_none_is_below_the_sixth(
    page: Element,
) -> None:
    headings = page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "h4 X.1 Dostupnost bydlení" in [f"{h.tag} {words(h)}" for h in headings]
    deepest = m.Heading(level=5, text=(m.Run(text="Hluboko"),), anchor="hluboko")
    card = first_of(m.MeasureCard)
    assert len(rendered(deepest, card).xpath("//main//h6")) == 2


def test_landmarks_the_skip_link_and_the_mark_of_a_draft_are_there(page: Element) -> None:
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.xpath(f"/html/body//{landmark}")) == 1
    first = page.xpath("/html/body//a")[0]
    assert first.get("href") == f"#{page.xpath('//main')[0].get('id')}"
    assert page.xpath("//header//p[@class='draft']/text()") == ["NÁVRH"]
    assert rendered(draft=False).xpath("//p[@class='draft']") == []


def test_the_contents_hold_chapters_and_sections_in_order(page: Element) -> None:
    links = page.xpath("//nav//a")
    assert [(words(a), a.get("href")) for a in links] == [
        ("Shrnutí", "#shrnuti"),
        ("Metoda", "#metoda"),
        ("Přehled opatření", "#prehled"),
        ("Okruh X: Bydlení", "#okruh-X"),
    ]
    assert len(page.xpath("//nav/details/ul/li")) == 2


def test_ids_are_unique_and_inner_links_lead_somewhere(page: Element) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)


def test_tables_have_numbered_captions_scopes_totals_and_a_region_that_the_keyboard_reaches(
    page: Element,
) -> None:
    assert [words(caption) for caption in page.xpath("//table/caption")] == [
        "Tabulka 1: Opatření podle stavu",
        "Tabulka 2: Všechna opatření",
    ]
    counted = page.get_element_by_id("tab-opatreni").get("data-counted")
    assert counted == "řádek|řádky|řádků"
    assert {th.get("scope") for th in page.xpath("//thead//th")} == {"col"}
    assert {th.get("scope") for th in page.xpath("//tbody//th|//tfoot//th")} == {"row"}
    assert [words(row) for row in page.xpath("//tfoot/tr")] == ["Celkem3100,0 %"]
    for table in page.iter("table"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-labelledby") == table.find("caption").get("id")


def test_figures_have_a_caption_a_described_drawing_and_a_way_to_their_data(
    page: Element,
) -> None:
    (figure,) = page.xpath("//figure")
    assert words(figure.find("figcaption")) == (
        "Obrázek 1: Nejvíce opatření je v oblasti dluhů počet opatření; zdroj: syntetická data"
    )
    (svg,) = figure.xpath("./div/svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Vodorovné sloupce: bydlení 3, dluhy 5."
    assert svg.get("width") is None
    assert svg.get("viewbox") == "0 0 432 144"
    assert [words(a) for a in figure.xpath("./p/a")] == ["tabulce 1"]


def test_references_say_the_number_of_their_target_and_cells_lead_to_their_measures(
    page: Element,
) -> None:
    links = page.xpath("//main/p//a|//*[@id='tab-opatreni']//tbody//th/a")
    said = {(words(a), a.get("href")) for a in links}
    wanted = {("tabulka 1", "#tab-stavy"), ("tabulce 2", "#tab-opatreni")}
    assert wanted | {("obrázku 1", "#obr-stavy"), ("X.1", "#m-X-1")} <= said


@pytest.mark.parametrize("dark", [False, True])
def test_colours_of_the_page_can_be_told_apart(*, dark: bool) -> None:
    named = {name: getattr(palette, name.upper()) for name in palette.DARK}
    named |= palette.DARK if dark else {}
    for ground in ("paper", "shade"):
        for letters in ("ink", "quiet", "link", "deep"):
            assert palette.contrast(named[letters], named[ground]) >= 4.5
    style = rendered().xpath("string(//style)")
    assert all(f"--{name}: {colour};" in style for name, colour in named.items())


def test_a_table_of_long_texts_keeps_its_roles_when_it_is_stacked() -> None:
    columns = tuple(m.Column(title=title) for title in ("Číslo", "Opatření", "Gestor"))
    rows = (row("I.1", "Slova " * 20, "OSV"),)
    long = m.Table(anchor="tab-dlouha", caption="Dlouhé", columns=columns, rows=rows)
    short = long.model_copy(update={"anchor": "tab-kratka", "rows": (row("a", "a", "a"),)})
    page = rendered(long, short)
    table = page.get_element_by_id("tab-dlouha")
    assert "stacked" in table.get("class").split()
    assert table.find(".//table").get("role") == "table"
    assert [th.get("role") for th in table.xpath(".//thead//th")] == ["columnheader"] * 3
    cells = table.xpath(".//tbody/tr/*")
    assert [(cell.get("role"), cell.get("data-label")) for cell in cells] == [
        ("rowheader", "Číslo"),
        ("cell", "Opatření"),
        ("cell", "Gestor"),
    ]
    assert "stacked" not in page.get_element_by_id("tab-kratka").get("class").split()
    assert page.get_element_by_id("tab-kratka").xpath(".//@role") == ["region"]


def test_a_status_is_a_word_whose_sign_is_not_read_aloud(page: Element) -> None:
    badge = page.get_element_by_id("m-X-1").xpath(".//p[@class='card-status']")[0]
    assert words(badge) == "Stav: ◕ PLNĚNO"
    assert badge.xpath(".//span[@aria-hidden='true']/text()") == ["◕"]


@pytest.mark.parametrize("status", SCALE.codes)
def test_every_status_has_a_colour_of_its_own(page_text: str, status: str) -> None:
    assert f".card-status .status-{status.lower()} {{" in page_text


def test_nothing_is_loaded_from_elsewhere(page: Element, page_text: str) -> None:
    assert page.xpath("//link|//img|//iframe|//object|//embed|//script/@src|//*[@src]") == []
    assert "@import" not in page_text
    assert re.findall(r"url\((?!#)", page_text) == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy


HOSTILE = "\"><script>alert(1)</script><b onclick='x'>&amp;"


#: Fields of a document that readers read.
READ = (
    *("title", "subject", "author", "text", "term", "caption", "subtitle", "alt", "number"),
    *("designation", "status_label", "notes"),
)


def hostile(part: m.Value) -> m.Value:
    held = {name: (HOSTILE,) if name == "notes" else HOSTILE for name in READ}
    fits = {n: text for n, text in held.items() if isinstance(getattr(part, n, None), type(text))}
    return part.model_copy(update={n: text for n, text in fits.items() if getattr(part, n)})


def test_text_cannot_break_out_of_its_place() -> None:
    document = sample().mapped(hostile)
    page: Element = lxml.html.document_fromstring(html.render(document).encode())
    assert len(page.xpath("//script")) == len(html.SCRIPTS)
    assert page.xpath("//b|//@onclick") == []
    assert page.xpath("//h1")[0].text_content() == HOSTILE
    assert page.xpath("//svg/@aria-label") == [HOSTILE]
    assert page.text_content().count(HOSTILE) > 50


def test_a_drawing_keeps_only_what_draws() -> None:
    hostile = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'onload="alert(1)" width="40pt" height="20pt">'
        "<script>alert(1)</script><foreignObject><p>x</p></foreignObject>"
        '<a href="javascript:alert(1)"><rect/></a><animate attributeName="href"/>'
        '<style>@import url(https://example.cz/a.css);</style><text id="t">&x;</text>'
        '<image href="https://example.cz/a.png"/><use xlink:href="https://example.cz/a.svg#a"/>'
        '<path onclick="alert(1)" fill="url(https://example.cz/a)" d="M0 0"/></svg>'
    )
    (svg,) = rendered(drawn(hostile)).xpath("//svg")
    assert {element.tag for element in svg.iter()} == {"svg", "text", "image", "use", "path"}
    kept = {name for element in svg.iter() for name in element.attrib}
    assert kept == {"xmlns", "viewbox", "role", "aria-label", "id", "d"}
    assert svg.get("viewbox") == "0 0 40 20"
    assert "root:" not in words(svg)


def test_ids_of_two_drawings_do_not_meet() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><clipPath id="p"/>'
        '<path id="q" clip-path="url(#p)" style="clip-path: url(#p)"/><use href="#q"/></svg>'
    )
    page = rendered(drawn(svg), drawn(svg, anchor="obr-b"))
    ids = page.xpath("//svg//@id")
    assert len(set(ids)) == 4
    for drawing, anchor in zip(page.xpath("//svg"), ("obr-a", "obr-b"), strict=True):
        path = drawing.find("path")
        assert path.get("clip-path") == f"url(#slz-{anchor}-p)"
        assert path.get("style") == f"clip-path: url(#slz-{anchor}-p)"
        assert drawing.find("use").get("href") == f"#slz-{anchor}-q"


def test_a_fragment_stands_alone_without_numbers() -> None:
    document = sample()
    whole = html.fragment((document.title, *document.blocks))
    for block in document.blocks:
        if isinstance(block, m.Table | m.Figure | m.MeasureCard):
            assert f'id="{block.anchor}"' in whole
    shown = lxml.html.fragment_fromstring(html.fragment(document.blocks[:5]))
    assert words(shown.xpath(".//caption")[0]) == "Tabulka: Opatření podle stavu"
    assert shown.xpath(".//script|.//link") == []
    unknown = [words(span) for span in shown.xpath(".//span[@class='unresolved']")]
    assert "tabulce" in unknown
