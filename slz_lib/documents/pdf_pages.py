"""Pages of the PDF: runs of one orientation, and the contents among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slz_lib.documents.model import Block, Heading, text_of
from slz_lib.documents.outline import DEPTH, contents_place

#: Width of the text on a page, in millimetres.
PORTRAIT_MM, LANDSCAPE_MM = 162.0, 261.0
#: Contents with more entries would be longer than a page; they list chapters only.
_MOST_CONTENTS = 72
_MOST_CONTENTS_IN_ONE_COLUMN = 6
#: Characters that a line of such a column takes.
_LINE = 40

Data = dict[str, Any]


def sections(
    blocks: Sequence[Block], converted: Sequence[Data], wide: Sequence[bool]
) -> list[Data]:
    """``converted`` blocks in runs of one orientation, with the contents in their place."""
    listed = _contents(blocks)
    place = contents_place(blocks, listed["entries"]) if listed is not None else None
    found: list[Data] = []
    for at, (lies, block) in enumerate(zip(wide, converted, strict=True)):
        if at == place and listed is not None:
            _append(found, listed, lies=False)
        _append(found, block, lies=lies)
    return found


def _append(found: list[Data], block: Data, *, lies: bool) -> None:
    if not found or found[-1]["landscape"] is not lies:
        found.append({"landscape": lies, "blocks": []})
    found[-1]["blocks"].append(block)


def _contents(blocks: Sequence[Block]) -> Data | None:
    """Depth of the contents and the anchor that begins their second column, if there are two."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    depth = DEPTH
    listed = [heading for heading in headings if heading.level <= depth]
    if len(listed) > _MOST_CONTENTS:
        depth = 1
        listed = [heading for heading in headings if heading.level == depth]
    if len(listed) < 2:
        return None
    split = None
    if len(listed) > _MOST_CONTENTS_IN_ONE_COLUMN:
        split = listed[_middle(listed)].anchor
    return {"type": "contents", "depth": depth, "split": split, "entries": len(listed)}


def _middle(listed: Sequence[Heading]) -> int:
    """Where the second column begins: at the chapter nearest the middle, if one is near."""
    lines = [1 + len(text_of(heading.text)) // _LINE for heading in listed]
    heights = [sum(lines[:place]) for place in range(len(lines))]
    middle = min(range(1, len(lines)), key=lambda place: abs(2 * heights[place] - sum(lines)))
    chapters = [place for place, heading in enumerate(listed) if heading.level == 1 and place > 0]
    nearest = min(chapters, key=lambda place: abs(place - middle), default=middle)
    return nearest if abs(nearest - middle) <= len(listed) // 8 else middle
