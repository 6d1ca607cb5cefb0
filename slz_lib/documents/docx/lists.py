"""Lists in lists, with the numbers and letters of each level."""

from __future__ import annotations

from docx.document import Document as WordFile

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, Style, paragraph, q, w
from slz_lib.documents.docx.reference import numbering_of
from slz_lib.documents.model import ItemList

_DEEPEST = 8
#: Of a level of a list from the one around it, in twips.
_INDENT = 340
#: How much farther the text stands for every further digit of its number.
_DIGIT = 130


class Numberings:
    """The numberings of one file: one for all bullets, one for each ordered list."""

    def __init__(self, file: WordFile) -> None:
        self._root = file.part.numbering_part.element
        self._bullets, numbers = (numbering_of(file, s) for s in (Style.BULLETS, Style.NUMBERS))
        found = {number.get(q("numId"), ""): number for number in self._root.iter(q("num"))}
        self._counted = found[numbers].find(q("abstractNumId")).get(q("val"), "")
        self._last = max(map(int, found))

    def of(self, items: ItemList, level: int, *, lettered: bool) -> str:
        """The id of the numbering of ``items``, which lie at ``level``."""
        if not items.ordered:
            return self._bullets
        self._last += 1
        own = w("lvlOverride", w("startOverride", val=items.start), ilvl=level)
        if lettered != bool(level % 2):  # the style counts by letters at every other level
            kind, shown = ("lowerLetter", "%{})") if lettered else ("decimal", "%{}.")
            own.append(
                w(
                    "lvl",
                    w("start", val=items.start),
                    w("numFmt", val=kind),
                    w("lvlText", val=shown.format(level + 1)),
                    w("lvlJc", val="left"),
                    ilvl=level,
                )
            )
        self._root.append(w("num", w("abstractNumId", val=self._counted), own, numId=self._last))
        return str(self._last)


def list_elements(
    items: ItemList,
    links: Links,
    numberings: Numberings,
    level: int = 0,
    *,
    around: int = 0,
    lettered: bool = False,
) -> list[Element]:
    """The paragraphs of a list that lies in ``level`` others, the text ``around`` it so indented.

    It is ``lettered`` where it lies in a list with numbers.
    """
    depth = min(level, _DEEPEST)
    ident = numberings.of(items, depth, lettered=lettered)
    style = Style.NUMBERS if items.ordered else Style.BULLETS
    digits = len(str(items.start + len(items.items) - 1)) if items.ordered else 1
    hanging = _INDENT + _DIGIT * (digits - 1)
    left = around + hanging
    found = []
    for item in items.items:
        numbering = w("numPr", w("ilvl", val=depth), w("numId", val=ident))
        # The style's own right indent would hide the indent of the level.
        moved = left != _INDENT * (depth + 1) or (lettered != bool(level % 2) and items.ordered)
        layout = [numbering, w("ind", left=left, hanging=hanging)] if moved else [numbering]
        found.append(paragraph(style, inline(item.text, links), *layout))
        for child in item.children:
            if isinstance(child, ItemList):
                inner = lettered != items.ordered
                found += list_elements(
                    child, links, numberings, level + 1, around=left, lettered=inner
                )
            else:
                follows = w("numPr", w("numId", val=0)), w("ind", left=left, firstLine=0)
                found.append(paragraph(style, inline(child.text, links), *follows))
    return found
