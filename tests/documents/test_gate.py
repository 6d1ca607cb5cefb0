"""One faulty document a rule: each is refused for that one reason and names its cell."""

from __future__ import annotations

from typing import Any

import pytest

from slz_lib.documents import model as m
from slz_lib.documents.gate import TITLE_ORIGIN, check, faults
from slz_lib.documents.markdown import blocks
from slz_lib.errors import DocumentError
from tests.documents.sample import first, of, row, sample

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
CAPTION = "Většina opatření je plněna"
CELL = "buňka 7 „zobraz()“"


def heading(level: int = 1, text: str = "Shrnutí", anchor: str = "shrnuti") -> m.Heading:
    return m.Heading(level=level, text=(m.Run(text=text),), anchor=anchor)


def table(**changes: Any) -> m.Table:
    whole = m.Table(
        anchor="tab-a",
        caption="Počty",
        columns=(m.Column(title="Stav"), m.Column(title="Počet", kind="integer")),
        rows=(row("PLNĚNO", "2"),),
        sheet="Počty",
    )
    return whole.model_copy(update=changes)


def figure(**changes: Any) -> m.Figure:
    whole = m.Figure(
        anchor="obr-a", caption=CAPTION, alt="Sloupce: 2 plněna, 1 ne.",
        svg=SVG, width_mm=100, height_mm=50,
    )  # fmt: skip
    return whole.model_copy(update=changes)


def drawn(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'


def card(**changes: Any) -> m.MeasureCard:
    return first(m.MeasureCard, **changes)


def paragraph(**run: Any) -> m.Paragraph:
    return m.Paragraph(text=(m.Run(**run),))


def document(*blocks: m.Block, **title: Any) -> m.Document:
    return of(*blocks, **title).model_copy(update={"origins": (CELL,) * len(blocks)})


def test_a_document_of_whole_blocks_passes() -> None:
    check(sample())
    reference = paragraph(text="", ref="shrnuti")
    check(document(heading(), table(), figure(table="tab-a"), card(), reference))


FAULTY: dict[str, tuple[tuple[m.Block, ...], str]] = {
    "a table without a caption": ((table(caption=" "),), "nemá titulek"),
    "a table without columns": ((table(columns=(), rows=(row(),)),), "nemá sloupce"),
    "a table without rows": ((table(rows=()),), "nemá řádky"),
    "a row of the wrong length": (
        (table(rows=(row("a", "b"), row("a"))),),
        "má v 2. řádku 1\u00a0buňku a v záhlaví 2\u00a0sloupce",
    ),
    "an empty cell": (
        (table(rows=(row("a", " "),)),),
        "prázdné buňky (1. řádek, 2. sloupec)",
    ),
    "a column without a name": (
        (table(columns=(m.Column(title="Stav"), m.Column(title=""))),),
        "název 2. sloupce",
    ),
    "a figure without a caption": ((figure(caption=""),), "nemá titulek"),
    "a figure without alt text": ((figure(alt=" "),), "nemá textovou náhradu"),
    "alt text that repeats the caption": ((figure(alt=CAPTION.lower()),), "jen titulek"),
    "alt text that is a file name": ((figure(alt="graf_1.PNG"),), "jen „graf_1.PNG“"),
    "alt text that holds a place": ((figure(alt="Obrázek 1"),), "jen „Obrázek 1“"),
    "a figure whose SVG cannot be read": ((figure(svg="<svg"),), "nemá čitelné SVG"),
    "a figure whose SVG has no end": ((figure(svg=SVG + " " * 5_000_000),), "nemá čitelné SVG"),
    "a figure with half a character": (
        (figure(svg=SVG.replace("/>", ">\ud800</svg>")),),
        "nemá čitelné SVG",
    ),
    "a figure with a picture from elsewhere": (
        (figure(svg=drawn('<image href="https://a.cz/b.png"/>')),),
        "nenakreslí (image)",
    ),
    "a figure with a script and a page in it": (
        (figure(svg=drawn("<script>alert(1)</script><foreignObject/>")),),
        "nenakreslí (foreignObject, script)",
    ),
    "a figure whose data are no table": (
        (heading(), figure(table="shrnuti")),
        "to však není tabulka",
    ),
    "a document that begins with a second level": ((heading(2),), "začněte první"),
    "a skipped heading level": (
        (heading(), heading(3, "Metoda", "metoda")),
        "použijte 2. úroveň",
    ),
    "a heading without words": ((heading(text=" – "),), "nadpis nemá žádná slova"),
    "a paragraph without words": ((paragraph(text=" "),), "odstavec nemá žádná slova"),
    "a list without items": ((m.ItemList(items=()),), "seznam nemá žádnou položku"),
    "a list item without words": (
        (m.ItemList(items=(m.ListItem(text=(m.Run(text=""),)),)),),
        "1. položka seznamu nemá žádná slova",
    ),
    "a repeated anchor": (
        (heading(), heading()),
        "kotva „shrnuti“ už patří jinému místu",
    ),
    "an anchor with a space": ((heading(anchor="na kraji"),), "není použitelná"),
    "an anchor kept for the page itself": ((heading(anchor="slz-text"),), "není použitelná"),
    "a cross-reference to nowhere": (
        (paragraph(text="", ref="nikde"),),
        "kotvu „nikde“",
    ),
    "a cell that leads nowhere": (
        (table(rows=(m.Row(cells=(m.Cell(text="a", ref="nikde"), m.Cell(text="b"))),)),),
        "kotvu „nikde“",
    ),
    "a figure whose table is not there": ((figure(table="nikde"),), "kotvu „nikde“"),
    "a reference to nowhere in a nested list": (blocks("- a\n  - [b](#nikde)"), "kotvu „nikde“"),
    "a link of another scheme": (
        (paragraph(text="x", href="javascript:alert(1)"),),
        "povolené jsou jen https: a mailto:",
    ),
    "a card without a title": ((card(title=""),), "nemá název"),
    "a card without a word of status": ((card(status_label=""),), "nemá slovo stavu"),
    "a character without a glyph": (
        (heading(text="Znak 漢 a \uf0b7"),),
        "text „Znak 漢 a \ufffd“ má znaky, které písmo dokumentů nemá: „漢“ (U+6F22), U+F0B7",
    ),
    "a symbol in a cell": ((table(rows=(row("🚀", "1"),)),), "„🚀“ (U+1F680)"),
    "a second title block": ((sample().title,), "titulní blok smí být jen jeden"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_refused_and_names_its_cell(name: str) -> None:
    faulty, problem = FAULTY[name]
    found = faults(document(*faulty))
    assert [fault.origin for fault in found] == [CELL]
    assert problem in found[0].problem


LOST = m.Fact(term="Metoda", text=(m.Run(text="viz", ref="nikde"),))


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ({"title": ""}, "chybí název"),
        ({"title": "Zpráva " * 40}, "má 280 znaků"),
        ({"title": "Zpráva\no plnění"}, "víc řádků"),
        ({"subject": ""}, "chybí předmět"),
        ({"author": ""}, "chybí autor"),
        ({"language": ""}, "chybí jazyk"),
        ({"title": "Zpráva 🚀"}, "„🚀“ (U+1F680)"),
        ({"facts": (LOST,)}, "kotvu „nikde“"),
    ],
)
def test_a_fault_of_the_title_block_is_refused(title: dict[str, Any], problem: str) -> None:
    found = faults(document(heading(), **title))
    assert [fault.origin for fault in found] == [TITLE_ORIGIN]
    assert problem in found[0].problem


def test_what_no_page_prints_may_hold_any_character() -> None:
    check(document(heading(), table(workbook_only=True, rows=(row("🚀", "1"),))))


def test_all_faults_come_in_one_error() -> None:
    with pytest.raises(DocumentError) as refused:
        check(document(heading(2), table(caption=""), figure(alt=""), author=""))
    message = str(refused.value)
    assert "nelze vydat, má 4\u00a0vady:" in message
    assert len(message.splitlines()) == 5


def test_many_empty_cells_are_counted_not_listed() -> None:
    found = faults(document(table(rows=(row("a", ""),) * 8)))
    assert len(found) == 1
    assert "dalších 3" in found[0].problem


def nested(depth: int) -> m.ItemList:
    inner = (nested(depth - 1),) if depth > 1 else ()
    return m.ItemList(items=(m.ListItem(text=(m.Run(text="bod"),), children=inner),))


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (paragraph(text="a", href="https://"), "což není úplná adresa"),
        (paragraph(text="a", href="https://[::1/"), "což není úplná adresa"),
        (paragraph(text="a", href="https://a.cz:99999999/"), "což není úplná adresa"),
        (paragraph(text="a", href="mailto:"), "což není úplná adresa"),
        (paragraph(text="a", href=f"https://a.cz/{'x' * 3_000}"), "do 2079 znaků"),
        (paragraph(text="x" * 40_000), "má 40000 znaků; zkraťte jej na 32767."),
        (paragraph(text=" " * 40_000), "nemá žádná slova"),
        (paragraph(text="a\u202eb"), "U+202E"),
        (paragraph(text="P\ufffdbram"), "U+FFFD"),
        (table(rows=(row("PLNĚNO", "slovo " * 6_000),)), "má 36000 znaků"),
        (table(rows=(row("PLNĚNO", "\u200b"),)), "má prázdné buňky"),
        (figure(alt="Sloupce\x1b: 2 plněna."), "v textové náhradě znaky"),
        (figure(width_mm=-5.0), "nemá rozměry"),
        (figure(height_mm=1e9), "nemá rozměry"),
        (figure(height_mm=float("nan")), "nemá rozměry"),
        (nested(10), "seznam má víc než 9 úrovní"),
    ],
)
def test_what_some_format_cannot_hold_is_refused_for_all(block: m.Block, told: str) -> None:
    (fault,) = faults(document(block))
    assert told in fault.problem


def test_what_every_format_holds_passes() -> None:
    links = (paragraph(text="a", href=at) for at in ("https://a.cz:8080/%zz", "mailto:a@b.cz"))
    check(document(*links, nested(9), paragraph(text="slovo " * 10_000)))
