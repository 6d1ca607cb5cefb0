"""WordprocessingML elements, and the styles that they name.

Text enters an element only as text: nothing a notebook says can become markup or a field code.
Styles go by the names that they have in the reference document: Word gives a style another id in
each of its languages, but leaves the name of a built-in one alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from lxml import etree

from slz_lib.documents.model import Mark
from slz_lib.documents.office import storable
from slz_lib.vocabulary import SIGNS

#: An element of the document; lxml has no public name for its class.
Element = etree._Element  # noqa: SLF001

#: Width and height of the text on a page, in twips.
Room = tuple[int, int]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: The beginning of the name of each status's style.
_STATUS = "Stav "
#: Signs of statuses; body faces lack half of them, and a mixture of faces would differ in size.
_SIGNS = re.compile(f"([{SIGNS}]+)")
_BREAKS = re.compile("([\n\t])")


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """The element ``w:tag`` with ``w:`` attributes; children that are ``None`` are left out."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", str(value))
    element.extend([child for child in children if child is not None])
    return element


def colour(hexadecimal: str) -> str:
    """A palette colour as Word writes it, without the hash."""
    return hexadecimal.removeprefix("#")


def q(name: str) -> str:
    """The qualified name of a ``w:`` tag or attribute, for look-ups."""
    return f"{{{W}}}{name}"


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, Word's measure of pages and tables."""
    return round(millimetres * 1440 / 25.4)


def _text(text: str) -> Iterable[Element]:
    for part in _BREAKS.split(text):
        if part == "\n":
            yield w("br")
        elif part == "\t":
            yield w("tab")
        elif part:
            yield worded("t", part)


def worded(tag: str, text: str) -> Element:
    """The element ``w:tag`` with a ``text`` whose spaces stay."""
    element = w(tag)
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def runs(
    text: str, *, style: str | None = None, bold: bool = False, italic: bool = False
) -> list[Element]:
    """Runs of ``text``; signs of a status get a run of their own in a face that has them all.

    Strong and emphasised words have styles of their own; within another style they are formatted.
    """
    if style is None:
        style, bold, italic = _EMPHASES.get((bold, italic)), False, False
    found = []
    for part in _SIGNS.split(storable(text)):
        if not part:
            continue
        worn = _sign_style(style) if _SIGNS.fullmatch(part) else style
        properties = w(
            "rPr",
            w("rStyle", val=worn) if worn else None,
            w("b") if bold else None,
            w("bCs") if bold else None,
            w("i") if italic else None,
            w("iCs") if italic else None,
        )
        found.append(w("r", properties if len(properties) else None, *_text(part)))
    return found


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """A paragraph in ``style``; ``properties`` follow in the schema's order."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def tab() -> Element:
    """A run with a tabulator."""
    return w("r", w("tab"))


class Style(StrEnum):
    """Names of the styles of paragraphs, words and tables; those of levels and statuses apart."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    BODY = "Body Text"
    INTRODUCTION = "Uvozující věta"
    LEAD = "Hlavní sdělení"
    FINDING = "Zjištění"
    QUIET = "Poznámka"
    BULLETS = "List Bullet"
    NUMBERS = "List Number"
    FACT = "Údaj"
    CARD_FIGURE = "Údaj z\u00a0komentáře"
    COMMENTARY = "Komentář"
    CONTENTS = "TOC Heading"
    HEADER = "header"
    FOOTER = "footer"
    CAPTION = "caption"
    FIGURE = "Obrázek"
    FIGURE_SUBTITLE = "Podtitul obrázku"
    TABLE = "Tabulka zprávy"
    TABLE_TEXT = "Text tabulky"
    TABLE_NUMBER = "Číslo v\u00a0tabulce"
    ROW_HEADER = "Záhlaví řádku"
    TOTAL_NUMBER = "Součet"
    TABLE_HEADER = "Záhlaví tabulky"
    NUMBER_HEADER = "Záhlaví čísel"
    TABLE_NOTE = "Poznámka k\u00a0tabulce"
    TABLE_END = "Konec tabulky"
    LINK = "Hyperlink"
    STRONG = "Strong"
    EMPHASIS = "Emphasis"
    STRONG_EMPHASIS = "Intense Emphasis"
    SIGN = "Znak stavu"
    TERM = "Pojem"
    CODE = "Kód"
    DRAFT = "Značka návrhu"


_EMPHASES = {
    (True, False): Style.STRONG,
    (False, True): Style.EMPHASIS,
    (True, True): Style.STRONG_EMPHASIS,
}


def heading_style(level: int) -> str:
    """The style of a heading of ``level``."""
    return f"heading {level}"


def status_style(mark: Mark) -> str:
    """The style of a status: its sign and word on its colour."""
    return f"{_STATUS}{mark.label}"


def _sign_style(style: str | None) -> str:
    """The style of a sign among words in ``style``: a status has one of its own for it."""
    return sign_of(style) if style is not None and style.startswith(_STATUS) else Style.SIGN


def sign_of(status: str) -> str:
    """The style of the sign of a ``status``, given by its style: as the status, in another face."""
    return f"{Style.SIGN}: {status.removeprefix(_STATUS)}"
