"""How a document lies on paper: where its contents stand, what lies on its side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from slz_lib.documents.columns import is_crowded
from slz_lib.documents.model import (
    Block,
    Figure,
    Heading,
    ItemList,
    MeasureCard,
    Paragraph,
    Table,
    text_of,
)

#: Levels of headings that the contents list: chapters and sections.
DEPTH = 2
#: With fewer entries a document is taken in at a glance; a booklet's pages are leafed through.
FEWEST_LISTED = {"a4": 4, "a5": 13}
#: More entries would push the answer off page one; such contents follow the first chapter.
MOST_IN_FRONT = 12
DEEPEST = 5
#: A table with more columns than this lies on a landscape page.
MOST_PORTRAIT_COLUMNS = 7
#: A paragraph of at most so many characters keeps with what it introduces.
_LONGEST_INTRODUCTION = 600


def levels(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Each block with its outline level; a card's is one below the heading that it stands under."""
    current = 0
    for block in blocks:
        if isinstance(block, Heading):
            current = block.level
            yield block, current
        else:
            yield block, min(current + 1, DEEPEST)


def is_brief(blocks: Sequence[Block]) -> bool:
    """Whether a document is so short that its chapters need no pages of their own.

    It has few headings and few cards, each counted for itself: an area's brief has both.
    """
    return all(
        sum(isinstance(block, kind) for block in blocks) <= MOST_IN_FRONT
        for kind in (Heading, MeasureCard)
    )


def contents_place(blocks: Sequence[Block], entries: int) -> int:
    """Index of the block that contents with so many ``entries`` stand before.

    0 puts them right after the title block; a document with one chapter has no better place.
    """
    if entries <= MOST_IN_FRONT:
        return 0
    chapters = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    return chapters[1] if len(chapters) > 1 else 0


def is_wide(table: Table) -> bool:
    """Whether ``table`` needs a landscape page."""
    return len(table.columns) > MOST_PORTRAIT_COLUMNS or is_crowded(table)


def landscape(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block lies on a landscape page.

    A wide table takes along the sentences, headings and charts that lead to it, so that no
    half-empty page comes before it.
    """
    wide = [isinstance(block, Table) and is_wide(block) for block in blocks]
    for place, table in reversed(list(enumerate(wide))):
        if table and isinstance(blocks[place], Table):
            for before in range(_first_of_approach(blocks, place), place):
                wide[before] = True
    return wide


def _first_of_approach(blocks: Sequence[Block], table: int) -> int:
    """Where the section of the ``table`` begins, if only sentences and charts precede it."""
    place = table
    while place > 0 and (_is_short(blocks[place - 1]) or isinstance(blocks[place - 1], Figure)):
        place -= 1
    if place == 0 or not isinstance(blocks[place - 1], Heading):
        return table
    while place > 0 and isinstance(blocks[place - 1], Heading):
        place -= 1
    return place


def _is_short(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(text_of(block.text)) <= _LONGEST_INTRODUCTION


def introduces(block: Block, after: Block | None) -> bool:
    """Whether ``block`` is a sentence that must not be parted from the block ``after`` it."""
    return _is_short(block) and isinstance(after, Figure | Table | ItemList | MeasureCard)
