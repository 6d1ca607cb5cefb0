"""The parts of a document that are compared, in their chapters, and what is read in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from slz_lib.documents.model import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    ItemList,
    MeasureCard,
    Paragraph,
    Table,
    text_of,
)
from slz_lib.documents.references import Target, reference_text, targets

#: Chapters and sections say where something stands; deeper headings are too near.
_DEPTH = 2
_JOIN = " › "
#: Where a block before the first heading stands.
FRONT = "Úvodní strana"

_ROLES = {
    "body": "běžný odstavec",
    "lead": "úvodní věta",
    "finding": "zvýrazněné zjištění",
    "quiet": "vedlejší poznámka",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or an item of a list without the lists in it.

    Attributes:
        text: its runs.
        form: what it is, in Czech; an item of a nested list says how deep.
    """

    text: Inline
    form: str


Item = Heading | Table | Figure | MeasureCard | Text


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document in its place.

    Attributes:
        chapter: headings of its chapter and section; a heading is in its own chapter.
        section: anchor of the heading it stands under; a heading stands under itself.
        item: what it is.
    """

    chapter: str
    section: str
    item: Item


class Reading:
    """Reads the running text of one document."""

    def __init__(self, document: Document) -> None:
        self._known: Mapping[str, Target] = targets(document.blocks)

    def __call__(self, text: Inline) -> str:
        """What is read in ``text``, with cross-references written out.

        Numbers of tables and figures are left out: they move whenever one is added before them.
        """
        said = []
        for run in text:
            if run.ref is None or run.ref not in self._known:
                said.append(run.text or run.href or "")
            else:
                said.append(reference_text(run, self._known)[0].rstrip())
        return "".join(said)


def parts(document: Document) -> tuple[Part, ...]:
    """Everything after the title block of ``document``, in order."""
    return tuple(_parts(document))


def _parts(document: Document) -> Iterator[Part]:
    path: list[tuple[int, str]] = []
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.anchor
            if block.level <= _DEPTH:
                path = [(level, words) for level, words in path if level < block.level]
                path.append((block.level, text_of(block.text)))
        chapter = _JOIN.join(words for _, words in path) or FRONT
        for item in _items(block):
            yield Part(chapter, section, item)


def _items(block: Block) -> Iterator[Item]:
    match block:
        case Paragraph():
            yield Text(block.text, _ROLES[block.role])
        case ItemList():
            yield from _listed(block, 1)
        case Heading() | Table() | Figure() | MeasureCard():
            yield block


def _listed(items: ItemList, depth: int) -> Iterator[Text]:
    kind = "položka číslovaného seznamu" if items.ordered else "položka seznamu"
    form = kind if depth == 1 else f"{kind} {depth}. úrovně"
    for item in items.items:
        yield Text(item.text, form)
        for child in item.children:
            yield from _listed(child, depth + 1)


def named(item: Item) -> str:
    """How a review names a part; a text has no name but its words."""
    match item:
        case Table():
            alone = " (jen v\u00a0sešitu)" if item.workbook_only else ""
            return f"Tabulka „{item.caption}“{alone}"
        case Figure():
            return f"Graf „{item.caption}“"
        case MeasureCard():
            return f"Opatření {item.number}\u2002{item.title}"
        case Heading():
            return "Nadpis"
        case Text():
            return ""
