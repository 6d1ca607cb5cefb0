"""One document model in, one Word file out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docx.document import Document as WordFile

from slz_lib.documents.docx.cards import card_elements, fact_paragraph
from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.figures import figure_elements, pngs
from slz_lib.documents.docx.lists import Numberings, list_elements
from slz_lib.documents.docx.markup import Element, Room, Style, heading_style, paragraph, runs, w
from slz_lib.documents.docx.pages import Pages
from slz_lib.documents.docx.reference import file_bytes, reference_document
from slz_lib.documents.docx.sections import (
    PAPERS,
    Contents,
    Passage,
    contents_elements,
    end_section,
    margins,
    number_contents,
    section,
    stretches,
    with_contents,
)
from slz_lib.documents.docx.tables import table_elements
from slz_lib.documents.drawing import on_paper
from slz_lib.documents.model import (
    Document,
    Figure,
    Heading,
    ItemList,
    MeasureCard,
    Paragraph,
    Table,
    TitleBlock,
    marks,
)
from slz_lib.documents.outline import introduces, is_brief, levels
from slz_lib.documents.wording import targets, title_facts

_ROLES = {
    "body": Style.BODY,
    "lead": Style.LEAD,
    "finding": Style.FINDING,
    "quiet": Style.QUIET,
}


def _title(title: TitleBlock, links: Links) -> list[Element]:
    found = [paragraph(Style.TITLE, runs(title.title))]
    if title.subtitle:
        found.append(paragraph(Style.SUBTITLE, runs(title.subtitle)))
    return found + [
        fact_paragraph(fact.term, inline(fact.text, links)) for fact in title_facts(title)
    ]


class _Body:
    """The body of one file."""

    def __init__(self, document: Document, file: WordFile) -> None:
        self._document = document
        self._links = Links.of(targets(document.blocks), file.part)
        self._levels = {id(block): level for block, level in levels(document.blocks)}
        self._first = next(
            (b for b in document.blocks if isinstance(b, Heading) and b.level == 1), None
        )
        self._paper = PAPERS[document.title.paper]
        self._brief = is_brief(document.blocks)
        self._introductions = {
            id(block) for block, after in pairwise(document.blocks) if introduces(block, after)
        }
        self._numberings = Numberings(file)
        figures = [block for block in document.blocks if isinstance(block, Figure)]
        self._pictures = {f.anchor: png for f, png in zip(figures, pngs(figures), strict=True)}

    def _heading(self, heading: Heading) -> list[Element]:
        stay: list[Element] = []
        if heading.level == 1 and not self._opens(heading):
            stay = [w("pageBreakBefore", val=0), w("spacing", before=480)]
        content = self._links.marked(heading.anchor, inline(heading.text, self._links))
        return [paragraph(heading_style(heading.level), content, *stay)]

    def _elements(self, item: Passage, room: Room) -> list[Element]:
        links, found = self._links, list[Element]()
        match item:
            case Contents():
                found = contents_elements(self._document.blocks, links, self._paper)
            case Heading():
                found = self._heading(item)
            case Paragraph():
                leads = item.role == "body" and id(item) in self._introductions
                style = Style.INTRODUCTION if leads else _ROLES[item.role]
                found = [paragraph(style, inline(item.text, links))]
            case ItemList():
                found = list_elements(item, links, self._numberings)
            case Table():
                found = table_elements(item, room[0], links)
            case Figure():
                found = figure_elements(item, self._pictures[item.anchor], room, links)
            case MeasureCard():
                found = card_elements(item, self._levels[id(item)], links)
            case TitleBlock():
                found = _title(item, links)
        return found

    def elements(self, items: Sequence[Passage], room: Room) -> list[Element]:
        """The elements of ``items`` on pages with so much ``room``."""
        found: list[Element] = []
        for place, item in enumerate(items):
            # What ends a table could fill a page of its own where a chapter begins the next one.
            if place and self._opens(item) and isinstance(items[place - 1], Table):
                found.pop()
            found += self._elements(item, room)
        return found

    def _opens(self, item: Passage) -> bool:
        """Whether it is a chapter on a page of its own.

        The style starts every chapter on one; the first follows the title, and so do all of a
        brief, which would otherwise be half empty pages.
        """
        is_chapter = isinstance(item, Heading) and item.level == 1
        return is_chapter and not self._brief and item is not self._first

    def items(self) -> list[Passage]:
        """Title block, contents and blocks in reading order."""
        title = self._document.title
        return [title, *with_contents(self._document.blocks, self._links, title.paper)]


def render(document: Document) -> bytes:
    """``document`` as a Word file; equal documents give equal bytes.

    Raises:
        DocumentError: a link leads nowhere, or a picture cannot be read.
    """
    document = on_paper(document)
    file = reference_document(document.title, marks(document.blocks))
    edges = margins(file.part, document.title)
    paper = PAPERS[document.title.paper]
    body = _Body(document, file)
    pages = stretches(body.items(), document.blocks)
    element = file.element.body
    for place, (lies, items) in enumerate(pages):
        found = body.elements(items, paper.room(lies))
        properties = section(paper, lies, edges, opening=place == 0)
        if place == len(pages) - 1:
            element.extend([*found, properties])
        else:
            end_section(found, properties)
            element.extend(found)
    if any(isinstance(item, Contents) for _, items in pages for item in items):
        number_contents(element, Pages(file.styles.element).of(element))
    return file_bytes(file)
