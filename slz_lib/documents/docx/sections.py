"""Pages: portrait and landscape stretches of the document, their headers and footers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx.parts.document import DocumentPart
from docx.parts.story import StoryPart

from slz_lib.documents.docx.fields import field
from slz_lib.documents.docx.markup import Element, R, paragraph, q, runs, tab, twips, w
from slz_lib.documents.docx.styles import Style
from slz_lib.documents.model import Block, Heading, Paragraph, Table, TitleBlock
from slz_lib.documents.wording import DRAFT_MARK, page_foot

#: A4 and its margins, in millimetres.
SHORT_SIDE, LONG_SIDE, MARGIN = 210.0, 297.0, 25.0
#: A table with more columns than these lies on its side.
PORTRAIT_COLUMNS = 7
#: As many paragraphs follow their wide table onto the turned page.
_INTRODUCTION = 2


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the table of contents among the blocks."""


Passage = Block | Contents


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks on pages of one orientation."""

    landscape: bool
    items: tuple[Passage, ...]

    @property
    def width(self) -> int:
        """Width of the text in twips."""
        return twips((LONG_SIDE if self.landscape else SHORT_SIDE) - 2 * MARGIN)


def _introduction(items: Sequence[Passage]) -> int:
    """How many items at the end only introduce what follows: headings and a paragraph or two."""
    count = paragraphs = 0
    headings = False
    for item in reversed(items):
        if isinstance(item, Paragraph) and not headings and paragraphs < _INTRODUCTION:
            paragraphs += 1
        elif isinstance(item, Heading):
            headings = True
        else:
            break
        count += 1
    return count if headings else 0


def stretches(items: Sequence[Passage]) -> list[Stretch]:
    """``items`` cut where pages turn; a wide table takes its heading along."""
    cut: list[tuple[bool, list[Passage]]] = [(False, [])]
    for item in items:
        wide = isinstance(item, Table) and len(item.columns) > PORTRAIT_COLUMNS
        landscape, current = cut[-1]
        if wide == landscape:
            current.append(item)
            continue
        start = len(current) - (_introduction(current) if wide else 0)
        moved = current[start:]
        del current[start:]
        cut.append((wide, [*moved, item]))
    return [Stretch(landscape, tuple(items)) for landscape, items in cut if items]


@dataclass(frozen=True, slots=True)
class Margins:
    """Relations of the headers and footers, for each orientation."""

    first: str
    headers: tuple[str, str]
    footers: tuple[str, str]


def _right_edge(landscape: bool) -> list[Element]:
    """On a turned page the right tabulator stands farther than the style has it."""
    if not landscape:
        return []
    near = w("tab", val="clear", pos=twips(SHORT_SIDE - 2 * MARGIN))
    far = w("tab", val="right", pos=twips(LONG_SIDE - 2 * MARGIN))
    return [w("tabs", near, far)]


def _new_part(add: Callable[[], tuple[StoryPart, str]]) -> tuple[StoryPart, str]:
    """The part that python-docx adds and its relation; python-docx does not type these."""
    return add()


def _fill(root: Element, content: Element) -> None:
    for child in list(root):
        root.remove(child)
    root.append(content)


def margins(part: DocumentPart, title: TitleBlock) -> Margins:
    """The headers (title, draft mark) and footers (publisher, page of pages) of the document."""

    def mark() -> list[Element]:
        return [tab(), *runs(DRAFT_MARK, style=Style.DRAFT)] if title.draft else []

    headers, footers = [], []
    first, ident = _new_part(part.add_header_part)
    _fill(first.element, paragraph(Style.HEADER, mark()))
    for landscape in (False, True):
        edge = _right_edge(landscape)
        header, header_ident = _new_part(part.add_header_part)
        _fill(header.element, paragraph(Style.HEADER, [*runs(title.title), *mark()], *edge))
        footer, footer_ident = _new_part(part.add_footer_part)
        pages = [
            *runs("strana\u00a0"),
            *field("PAGE", runs("1")),
            *runs("/"),
            *field("NUMPAGES", runs("1")),
        ]
        edge = _right_edge(landscape)
        _fill(
            footer.element, paragraph(Style.FOOTER, [*runs(page_foot(title)), tab(), *pages], *edge)
        )
        headers.append(header_ident)
        footers.append(footer_ident)
    return Margins(ident, (headers[0], headers[1]), (footers[0], footers[1]))


def _reference(kind: str, ident: str, pages: str) -> Element:
    element = w(f"{kind}Reference", type=pages)
    element.set(f"{{{R}}}id", ident)
    return element


def section(landscape: bool, edges: Margins, *, opening: bool) -> Element:
    """The properties of a section; the ``opening`` one has a first page without a running title."""
    long, short = twips(LONG_SIDE), twips(SHORT_SIDE)
    size: dict[str, str | int] = {"w": short, "h": long}
    if landscape:
        size = {"w": long, "h": short, "orient": "landscape"}
    margin = twips(MARGIN)
    sides = {"top": margin, "right": margin, "bottom": margin, "left": margin}
    return w(
        "sectPr",
        _reference("header", edges.headers[landscape], "default"),
        _reference("header", edges.first, "first") if opening else None,
        _reference("footer", edges.footers[landscape], "default"),
        _reference("footer", edges.footers[landscape], "first") if opening else None,
        w("type", val="nextPage"),
        w("pgSz", **size),
        w("pgMar", **sides, header=twips(12), footer=twips(12), gutter=0),
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
