"""Lists with real numbering; every ordered list counts from 1."""

from __future__ import annotations

from collections.abc import Callable

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, paragraph, w
from slz_lib.documents.docx.reference import BULLETS
from slz_lib.documents.model import ItemList

_DEEPEST = 8


def list_elements(
    items: ItemList, links: Links, number: Callable[[int], int], level: int = 0
) -> list[Element]:
    """The paragraphs of a list; ``number(level)`` gives the numbering of a new ordered list."""
    depth = min(level, _DEEPEST)
    ident = number(depth) if items.ordered else BULLETS
    style = "ListNumber" if items.ordered else "ListBullet"
    found = []
    for item in items.items:
        numbering = w("numPr", w("ilvl", val=depth), w("numId", val=ident))
        # The style's own right indent would hide the indent of the level.
        found.append(paragraph(style, inline(item.text, links), numbering))
        for child in item.children:
            found += list_elements(child, links, number, level + 1)
    return found
