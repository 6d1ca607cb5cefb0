"""Lists with real numbering; every ordered list counts from 1."""

from __future__ import annotations

from docx.document import Document as WordFile

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, paragraph, q, w
from slz_lib.documents.docx.reference import numbering_of
from slz_lib.documents.docx.styles import Style
from slz_lib.documents.model import ItemList

_DEEPEST = 8


class Numberings:
    """The numberings of one file: one for all bullets, one for each ordered list."""

    def __init__(self, file: WordFile) -> None:
        self._root = file.part.numbering_part.element
        self._bullets, numbers = (numbering_of(file, s) for s in (Style.BULLETS, Style.NUMBERS))
        found = {number.get(q("numId"), ""): number for number in self._root.iter(q("num"))}
        self._counted = found[numbers].find(q("abstractNumId")).get(q("val"), "")
        self._last = max(map(int, found))

    def of(self, items: ItemList, level: int) -> str:
        """The id of the numbering of ``items``, which lie at ``level``."""
        if not items.ordered:
            return self._bullets
        self._last += 1
        again = w("lvlOverride", w("startOverride", val=1), ilvl=level)
        self._root.append(w("num", w("abstractNumId", val=self._counted), again, numId=self._last))
        return str(self._last)


def list_elements(
    items: ItemList, links: Links, numberings: Numberings, level: int = 0
) -> list[Element]:
    """The paragraphs of a list."""
    depth = min(level, _DEEPEST)
    ident = numberings.of(items, depth)
    style = Style.NUMBERS if items.ordered else Style.BULLETS
    found = []
    for item in items.items:
        numbering = w("numPr", w("ilvl", val=depth), w("numId", val=ident))
        # The style's own right indent would hide the indent of the level.
        found.append(paragraph(style, inline(item.text, links), numbering))
        for child in item.children:
            found += list_elements(child, links, numberings, level + 1)
    return found
