"""Pages: portrait and landscape stretches with their headers and footers, and the contents.

The contents are links with a ``PAGEREF`` field each, not one ``TOC`` field: of that one,
LibreOffice would take the numbers as they are, and Word would ask before it counts anew. It counts
a ``PAGEREF`` when it prints, LibreOffice always; until then Word shows what ``docx.pages`` found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.parts.document import DocumentPart
from docx.parts.story import StoryPart

from slz_lib.documents import outline
from slz_lib.documents.docx.fields import Links, field
from slz_lib.documents.docx.markup import Element, R, Room, Style, paragraph, q, runs, tab, twips, w
from slz_lib.documents.model import Block, Heading, MeasureCard, TitleBlock, text_of
from slz_lib.documents.outline import DEPTH, FEWEST_LISTED, contents_place, is_brief, levels
from slz_lib.documents.wording import DRAFT_MARK, page_foot, written_out


@dataclass(frozen=True, slots=True)
class Paper:
    """Sides of a sheet, margins beside the text, and above and under it, in millimetres."""

    short: float
    long: float
    margin: float
    head: float

    def text_width(self, landscape: bool) -> float:
        """Width of the text on a page."""
        return (self.long if landscape else self.short) - 2 * self.margin

    def room(self, landscape: bool) -> Room:
        """Width and height of the text on a page, in twips."""
        return twips(self.text_width(landscape)), twips(self.text_width(not landscape))


PAPERS = {"a4": Paper(210.0, 297.0, 25.0, 25.0), "a5": Paper(148.0, 210.0, 14.0, 19.0)}


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the table of contents among the blocks."""


Passage = Block | Contents


def stretches(
    items: Sequence[Passage], blocks: Sequence[Block]
) -> list[tuple[bool, list[Passage]]]:
    """``items`` cut where pages turn, and whether they lie; ``blocks`` are the document's own."""
    turned = outline.landscape(blocks)
    lying = {id(block) for block, lies in zip(blocks, turned, strict=True) if lies}
    return [(lies, [*found]) for lies, found in groupby(items, key=lambda i: id(i) in lying)]


@dataclass(frozen=True, slots=True)
class Margins:
    """Relations of the first header, and of the header and footer of pages that stand, that lie."""

    first: str
    pages: list[tuple[str, str]]


def _right_edge(paper: Paper, landscape: bool) -> list[Element]:
    """Where a page is not as wide as the style has it, the right tabulator stands elsewhere."""
    usual, own = PAPERS["a4"].text_width(landscape=False), paper.text_width(landscape)
    if own == usual:
        return []
    places = w("tab", val="clear", pos=twips(usual)), w("tab", val="right", pos=twips(own))
    return [w("tabs", *(places if own > usual else reversed(places)))]


def _added(add: Callable[[], tuple[StoryPart, str]], content: Element) -> str:
    """The relation of a header or footer that python-docx adds, with nothing but ``content``."""
    part, ident = add()
    part.element[:] = [content]
    return ident


def margins(part: DocumentPart, title: TitleBlock) -> Margins:
    """The headers (title, draft mark) and footers (publisher, page of pages) of the document."""

    def mark() -> list[Element]:
        return [tab(), *runs(DRAFT_MARK, style=Style.DRAFT)] if title.draft else []

    first, pages = _added(part.add_header_part, paragraph(Style.HEADER, mark())), []
    for turned in (False, True):
        paper = PAPERS[title.paper]
        running = [*runs(title.title), *mark()]
        number, whole = field("PAGE", runs("1")), field("NUMPAGES", runs("1"))
        foot = [*runs(page_foot(title)), tab(), *runs("strana\u00a0"), *number, *runs("/"), *whole]
        header = paragraph(Style.HEADER, running, *_right_edge(paper, turned))
        footer = paragraph(Style.FOOTER, foot, *_right_edge(paper, turned))
        pages.append((_added(part.add_header_part, header), _added(part.add_footer_part, footer)))
    return Margins(first, pages)


def _reference(kind: str, ident: str, pages: str) -> Element:
    element = w(f"{kind}Reference", type=pages)
    element.set(f"{{{R}}}id", ident)
    return element


def section(paper: Paper, landscape: bool, edges: Margins, *, opening: bool) -> Element:
    """The properties of a section; the ``opening`` one has a first page without a running title."""
    long, short = twips(paper.long), twips(paper.short)
    size: dict[str, str | int] = {"w": short, "h": long}
    if landscape:
        size = {"w": long, "h": short, "orient": "landscape"}
    beside, head, edge = (twips(room) for room in (paper.margin, paper.head, paper.head - 13))
    sides = {"top": head, "right": beside, "bottom": head, "left": beside}
    header, footer = edges.pages[landscape]
    return w(
        "sectPr",
        _reference("header", header, "default"),
        _reference("header", edges.first, "first") if opening else None,
        _reference("footer", footer, "default"),
        _reference("footer", footer, "first") if opening else None,
        w("type", val="nextPage"),
        w("pgSz", **size),
        w("pgMar", **sides, header=edge, footer=edge, gutter=0),
        w("cols", space=twips(12.5)),
        w("titlePg") if opening else None,
    )


def end_section(elements: list[Element], properties: Element) -> None:
    """Close a section in its last paragraph, or in a small one where it ends with a table."""
    if not elements or elements[-1].tag != q("p"):
        elements.append(paragraph(Style.TABLE_END, ()))
    layout = elements[-1].find(q("pPr"))
    if layout is None:
        raise AssertionError("every paragraph of this writer names its style")
    layout.append(properties)


def _entries(blocks: Iterable[Block], links: Links) -> list[tuple[int, str, str]]:
    """Level, anchor and words of every heading that the contents list."""
    found = []
    for block, level in levels(blocks):
        if level > DEPTH:
            continue
        if isinstance(block, Heading):
            found.append((level, block.anchor, text_of(written_out(block, links.known).text)))
        elif isinstance(block, MeasureCard):
            found.append((level, block.anchor, f"{block.number} {block.title}"))
    return found


def with_contents(blocks: Sequence[Block], links: Links, paper: str) -> list[Passage]:
    """``blocks`` with the place of the contents: in front, or after the first chapter if long."""
    entries = _entries(blocks, links)
    if len(entries) < FEWEST_LISTED[paper]:
        return list(blocks)
    # A brief's cards may make its contents long, but there is no long first chapter to put first.
    place = 0 if is_brief(blocks) else contents_place(blocks, len(entries))
    return [*blocks[:place], Contents(), *blocks[place:]]


def contents_elements(blocks: Sequence[Block], links: Links, paper: Paper) -> list[Element]:
    """The contents: links to headings and cards with their pages, which are not yet known."""
    found = [paragraph(Style.CONTENTS, runs("Obsah"))]
    for level, anchor, text in _entries(blocks, links):
        page = field(f"PAGEREF {links.bookmarks[anchor]} \\h", runs("0"))
        entry = links.inside(anchor, [*runs(text), tab(), *page])
        edge = _right_edge(paper, landscape=False)
        found.append(paragraph(f"toc {level}", [entry], *edge))
    return found


def number_contents(body: Element, pages: Mapping[str, int]) -> None:
    """Put the page of its bookmark into each entry of the contents."""
    for link in body.iter(q("hyperlink")):
        if any("PAGEREF" in (code.text or "") for code in link.iter(q("instrText"))):
            [*link.iter(q("t"))][-1].text = str(pages[link.get(q("anchor"), "")])
