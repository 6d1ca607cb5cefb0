"""On which page each bookmark falls: the layout of Word, line by line.

Word shows the page numbers of contents as the file brings them and counts anew only when it prints
or is asked to, so they have to be right from the start. Letters are as wide as Helvetica's, which
is the measure of Arial and of Liberation Sans; matplotlib brings it along. LibreOffice counts pages
itself. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from lxml import etree

from slz_lib.documents.docx.markup import Element, Style, q, w
from slz_lib.typeface import folder
from slz_lib.vocabulary import SIGNS

#: Of the size of letters: a line of Arial, and of the face of signs.
_LINE, _SIGN_LINE = 1.15, 1.33
_OTHER_WIDTH = 0.556
_TWIP, _EMU = 1 / 20, 1 / 12700
#: Left and right of the text of a cell; the rule under a row.
_CELL_INSET, _RULE = 8.5, 0.5
#: Nearer to the end of a page than this, programs differ in what still fits.
_CLOSE = 8.0
#: How much farther the text of each level of a list stands.
_LIST = 17.0
_SWITCHES = {"true": "1", "on": "1", "false": "0", "off": "0"}
_WORDS = re.compile(r"[^ \-–]*[ \-–]?")
_SIGNS = re.compile(f"[{SIGNS}]")
_ACCENTS = {"acute": "\u0301", "caron": "\u030c", "ring": "\u030a", "dieresis": "\u0308"}
_GLYPH = re.compile(r"C (-?\d+) ; WX (\d+) ; N (\w+)")
_STRONG = frozenset(map(str.casefold, (Style.STRONG, Style.STRONG_EMPHASIS, Style.TERM)))


@dataclass(frozen=True, slots=True)
class _Box:
    """What is never parted: a line, a picture, a row.

    Attributes:
        height: its own.
        holds: it stays with the next one.
        before: room above it, which the top of a page does not keep.
        marks: bookmarks that begin in it.
        opens: it begins a page.
        head: height of the header that its table repeats on a new page.
        heading: properties of the heading that begins in it.
    """

    height: float
    holds: bool
    before: float = 0.0
    marks: tuple[str, ...] = ()
    opens: bool = False
    head: float = 0.0
    heading: Element | None = None


class Pages:
    """Pages of a body; paragraphs name their styles as the reference document does."""

    def __init__(self, styles: Element) -> None:
        found = list(styles.iter(q("style")))
        self._named = {_value(style, "name").casefold(): style for style in found}
        self._idents = {style.get(q("styleId")): style for style in found}
        self._defaults = styles[0]

    def of(self, body: Element) -> dict[str, int]:
        """The page of each bookmark of ``body``.

        A heading that only just fits on a page, or only just does not, is told to begin the next
        one: however a program rounds, it then stands where the contents say.
        """
        found: dict[str, int] = {}
        page, parts = 0, list[Element]()
        for part in body:
            parts.append(part)
            section = part if part.tag == q("sectPr") else part.find(f"{q('pPr')}/{q('sectPr')}")
            if section is not None:
                margin = 2 * float(_value(section, "pgMar", "top"))
                wide, high = (float(_value(section, "pgSz", side)) - margin for side in "wh")
                page = _fill(self._boxes(parts, wide * _TWIP), high * _TWIP, page + 1, found)
                parts = []
        return found

    def _boxes(self, parts: Iterable[Element], width: float) -> Iterator[_Box]:
        after = 0.0
        for part in parts:
            if part.tag == q("p"):
                lines, after = self._paragraph(part, width, after)
                yield from lines
            elif part.tag == q("tbl"):
                yield from self._table(part, after)
                after = 0.0

    def _look(self, paragraph: Element) -> dict[str, str]:
        """What holds of a paragraph, such as ``spacing.before``; the nearest style has its way."""
        own = paragraph[0]
        line, style = [own], self._named.get(_value(own, "pStyle").casefold())
        while style is not None:
            line.append(style)
            style = self._idents.get(_value(style, "basedOn"))
        found: dict[str, str] = {}
        for part in (self._defaults, *reversed(line)):
            for element in part.iter():
                tag = etree.QName(element).localname
                if not element.attrib:
                    found[f"{tag}.val"] = "1"
                for name, value in element.items():
                    key = f"{tag}.{etree.QName(name).localname}"
                    found[key] = _SWITCHES.get(str(value), str(value))
        return found

    def _paragraph(
        self, paragraph: Element, width: float, after: float
    ) -> tuple[list[_Box], float]:
        """Lines of a paragraph that stands ``after`` points under the one before, and its own."""
        look = self._look(paragraph)

        def amount(name: str, other: float = 0.0) -> float:
            return float(look.get(name, other))

        left, hanging = amount("ind.left") * _TWIP, amount("ind.hanging") * _TWIP
        if "numId.val" in look:  # the number stands in front of the text
            left, hanging = left or _LIST * (1 + amount("ilvl.val")), 0.0
        room = width - left - amount("ind.right") * _TWIP
        line, size = amount("spacing.line", 240), amount("sz.val", 20) / 2
        heights = [
            line * _TWIP if look.get("spacing.lineRule") == "exact" else high * line / 240
            for high in _heights(paragraph, room, size, amount("b.val") > 0, hanging)
        ]
        heights[0] += sum(
            amount(f"{side}.space") + amount(f"{side}.sz") / 8 for side in ("top", "bottom")
        )
        # Two lines of a paragraph at least stay together, at its beginning and at its end.
        last, parted = len(heights) - 1, amount("keepLines.val") == 0
        holds = [not parted or place in {0, last - 1} for place in range(last)]
        boxes = list(map(_Box, heights, [*holds, amount("keepNext.val") > 0]))
        boxes[0] = replace(
            boxes[0],
            before=max(amount("spacing.before") * _TWIP, after),
            marks=tuple(mark.get(q("name"), "") for mark in paragraph.iter(q("bookmarkStart"))),
            opens=amount("pageBreakBefore.val") > 0,
            heading=paragraph[0] if "outlineLvl.val" in look else None,
        )
        return boxes, amount("spacing.after") * _TWIP

    def _table(self, table: Element, after: float) -> Iterator[_Box]:
        head = 0.0
        for row in table.iter(q("tr")):
            high, holds, marks = 0.0, False, list[str]()
            for cell in row.iter(q("tc")):
                width = float(_value(cell[0], "tcW", "w")) * _TWIP - _CELL_INSET
                used = 0.0
                for paragraph in cell.iter(q("p")):
                    lines, below = self._paragraph(paragraph, width, 0.0)
                    used += sum(line.height + line.before for line in lines) + below
                    holds = holds or lines[-1].holds
                    marks += [mark for line in lines for mark in line.marks]
                high = max(high, used)
            high += _RULE
            yield _Box(high, holds, after, tuple(marks), head=head)
            after = 0.0
            if row.find(f"{q('trPr')}/{q('tblHeader')}") is not None:
                head = high


def _fill(boxes: Iterable[_Box], high: float, page: int, found: dict[str, int]) -> int:
    """Fill pages ``high`` points high from ``page`` on; returns the last one."""
    used = 0.0
    for group in _groups(boxes):
        page, used = _place(group, high, page, used, found)
    return page


def _groups(boxes: Iterable[_Box]) -> Iterator[list[_Box]]:
    """``boxes`` in runs that stay together."""
    group: list[_Box] = []
    for box in boxes:
        if group and (box.opens or not group[-1].holds):
            yield group
            group = []
        group.append(box)
    if group:
        yield group


def _place(
    group: list[_Box], high: float, page: int, used: float, found: dict[str, int]
) -> tuple[int, float]:
    """Put a ``group`` that stays together on this page, or on the next one, or on several."""
    first, left = group[0], high - used - sum(box.before + box.height for box in group)
    if used and first.heading is not None and not first.opens and abs(left) < _CLOSE:
        for tag in ("pageBreakBefore", "spacing"):
            for other in first.heading.findall(q(tag)):
                first.heading.remove(other)
        first.heading[1:1] = [w("pageBreakBefore"), w("spacing", before=0)]
        left = -_CLOSE
    if used and (first.opens or left < 0):
        page, used = page + 1, first.head
    for box in group:
        before = box.before if used > box.head else 0.0
        if used and used + before + box.height > high:
            page, used, before = page + 1, box.head, 0.0
        used += before + box.height
        found |= dict.fromkeys(box.marks, page)
    return page, used


def _value(element: Element, tag: str, attribute: str = "val") -> str:
    found = element.find(q(tag))
    return "" if found is None else found.get(q(attribute), "")


def _heights(
    paragraph: Element, width: float, size: float, bold: bool, hanging: float
) -> list[float]:
    """Height of each line, were it a single one; of a picture its own."""
    for extent in paragraph.iter("{*}extent"):
        return [int(extent.get("cy", "0")) * _EMU + size * _LINE / 5]
    lines, used, signed = list[float](), -hanging, False
    width = max(width, size)

    def end() -> None:
        lines.append(size * (_SIGN_LINE if signed else _LINE))

    for word, wide in _pieces(paragraph, size, bold):
        if word == "\t":
            used = max(used, 0.0)
            continue
        trimmed = wide - (_width(" ", bold) * size if word.endswith(" ") else 0)
        if word == "\n" or (used > 0 and used + trimmed > width):
            end()
            used, signed = 0.0, False
        used, signed = used + wide, signed or _SIGNS.search(word) is not None
        while used > width and trimmed > width:  # a word longer than a line is parted anywhere
            end()
            used, trimmed = used - width, trimmed - width
    end()
    return lines


def _pieces(paragraph: Element, size: float, bold: bool) -> Iterator[tuple[str, float]]:
    """Words of a paragraph, which may lie in several runs, with their widths."""
    word, wide = "", 0.0
    for run in paragraph.iter(q("r")):
        properties = run.find(q("rPr"))
        style = "" if properties is None else _value(properties, "rStyle")
        strong = bold or style.casefold() in _STRONG or style.startswith("Stav ")
        for part in run:
            text = {q("tab"): "\t", q("br"): "\n", q("t"): part.text or ""}.get(part.tag, "")
            if text in {"\t", "\n"}:
                yield word, wide
                yield text, 0.0
                word, wide = "", 0.0
                continue
            for piece in _WORDS.findall(text):
                word, wide = word + piece, wide + _width(piece, strong) * size
                if piece[-1:] in {" ", "-", "–"}:
                    yield word, wide
                    word, wide = "", 0.0
    yield word, wide


def _width(text: str, bold: bool) -> float:
    widths = _widths("Helvetica-Bold" if bold else "Helvetica")
    return sum(widths.get(char, _OTHER_WIDTH) for char in text)


@lru_cache(maxsize=2)
def _widths(face: str) -> Mapping[str, float]:
    """Advances of letters in ems."""
    file = folder().parent / "pdfcorefonts" / f"{face}.afm"
    found = {"\u2013": 0.556, "\u2014": 1.0, "\u201e": 0.333, "\u201c": 0.333, "\u2026": 1.0}
    for code, advance, name in _GLYPH.findall(file.read_text(encoding="ascii")):
        accent = _ACCENTS.get(name[1:])
        if accent is not None:
            found[normalize("NFC", name[0] + accent)] = int(advance) / 1000
        elif int(code) in range(32, 127):
            found[chr(int(code))] = int(advance) / 1000
    return found | {"\u00a0": found[" "]}
