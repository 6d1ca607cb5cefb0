"""The contents of a document: how deep they go and where they stand on paper."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.documents.model import Block, Heading, MeasureCard

#: Levels of headings that the contents list: chapters and sections.
DEPTH = 2
#: More entries would push the answer off page one; such contents follow the first chapter.
MOST_IN_FRONT = 12


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
