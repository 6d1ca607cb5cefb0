"""The parts of a document that are compared, in their chapters, and what is read in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from slz_lib.documents.model import (
    Block,
    Document,
    Fact,
    Figure,
    Heading,
    Inline,
    ItemList,
    MeasureCard,
    Paragraph,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.wording import Target, reference_text, targets
from slz_lib.language import format_date
from slz_lib.production.comparing.reviews import Section
from slz_lib.production.comparing.words import plain

#: Chapters and sections say where something stands; deeper headings are too near.
_DEPTH = 2
_JOIN = " › "
#: Where a block before the first heading stands.
FRONT = "Úvodní strana"
_Reading = Callable[[Inline], str]


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a part.

    Attributes:
        section: where its change is told.
        where: its place in the part; empty where it is the whole part.
        text: what is read.
        one: whether the part has one text in such a place.
    """

    section: Section
    where: str
    text: str
    one: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document in its place.

    Attributes:
        chapter: headings of its chapter and section; a heading is in its own chapter.
        under: anchor of the heading it stands under; a heading stands under itself.
        block: what it is; an item of a list is a paragraph.
        said: its texts.
    """

    chapter: str
    under: str
    block: Block
    said: tuple[Said, ...]

    @property
    def key(self) -> tuple[str, str]:
        """By what it is known in another run: its anchor, a paragraph by its words."""
        words = plain(self.said[0].text) if isinstance(self.block, Paragraph) else ""
        return self.block.type, getattr(self.block, "anchor", words)

    @property
    def subject(self) -> str:
        """How a review names it; a paragraph has no name but its words."""
        match self.block:
            case TitleBlock():
                return "Titulní blok"
            case Heading():
                return "Nadpis"
            case Table(caption=caption, workbook_only=alone):
                return f"Tabulka „{caption}“" + (" (jen v\u00a0sešitu)" if alone else "")
            case Figure(caption=caption):
                return f"Graf „{caption}“"
            case MeasureCard(number=number, title=title):
                return f"Opatření {number}\u2002{title}"
        return ""


def parts(document: Document) -> Iterator[Part]:
    """Everything in ``document``, in order."""
    read = partial(_read, known=targets(document.blocks))
    path: list[tuple[int, str]] = []
    under = ""
    for block in (document.title, *document.blocks):
        if isinstance(block, Heading):
            under = block.anchor
            if block.level <= _DEPTH:
                path = [(level, words) for level, words in path if level < block.level]
                path.append((block.level, text_of(block.text)))
        chapter = _JOIN.join(words for _, words in path) or FRONT
        for part in _items(block) if isinstance(block, ItemList) else (block,):
            yield Part(chapter, under, part, tuple(_said(part, read)))


def _items(block: ItemList) -> Iterator[Paragraph]:
    """The items of a list, with the paragraphs and lists in them."""
    for item in block.items:
        yield Paragraph(text=item.text)
        for child in item.children:
            yield from _items(child) if isinstance(child, ItemList) else (child,)


def _said(block: Block, read: _Reading) -> Iterator[Said]:
    """The texts of ``block``, the one by which it is known first."""
    match block:
        case TitleBlock():
            for where, text in (
                ("název", block.title),
                ("podtitul", block.subtitle),
                ("předmět", block.subject),
                ("autor", block.author),
                ("stav ke dni", format_date(block.as_of)),
                ("návrh", "ano" if block.draft else "ne"),
            ):
                yield Said(Section.REST, where, text)
            yield from _facts(block.facts, Section.REST, read)
        case Heading():
            yield Said(Section.REST, "", read(block.text))
        case Paragraph():
            yield Said(Section.PROSE, "", read(block.text))
        case Table():
            yield Said(Section.REST, "titulek", block.caption)
            for note in block.notes:
                yield Said(Section.REST, "poznámka pod tabulkou", note, one=False)
        case Figure():
            yield Said(Section.CHARTS, "titulek", block.caption)
            yield Said(Section.CHARTS, "podtitulek", block.subtitle)
            yield Said(Section.CHARTS, "textová náhrada", block.alt)
        case MeasureCard():
            yield Said(Section.REST, "název", block.title)
            yield Said(Section.REST, "číslo", block.number)
            yield Said(Section.REST, "znění ve strategii", block.designation)
            yield from _facts(block.facts, Section.REST, read)
            for text in map(read, block.commentary):
                yield Said(Section.PROSE, "komentář", text, one=False)
            yield Said(Section.PROSE, "poznámka", read(block.remark))
            yield from _facts(block.figures, Section.NUMBERS, read)


def _facts(facts: Sequence[Fact], section: Section, read: _Reading) -> Iterator[Said]:
    for fact in facts:
        yield Said(section, f"„{fact.term}“", read(fact.text))


def _read(text: Inline, known: Mapping[str, Target]) -> str:
    """What is read in ``text``, with cross-references written out.

    Numbers of tables and figures are left out: they move whenever one is added before them.
    """
    said = []
    for run in text:
        if run.ref is None or run.ref not in known:
            said.append(run.text or run.href or "")
        else:
            said.append(reference_text(run, known)[0].rstrip())
    return "".join(said)
