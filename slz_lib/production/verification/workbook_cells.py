"""Cells of a sheet as a reader of the workbook sees them: value, formula, look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from slz_lib.production.verification.archive import Archive
from slz_lib.production.verification.difference import UnreadableError
from slz_lib.production.verification.markup import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"

#: Kinds of values, by the letter in the file.
_KINDS = {
    "s": "text",
    "str": "text",
    "inlineStr": "text",
    "n": "číslo",
    "b": "pravda nebo nepravda",
    "e": "chyba",
    "d": "datum",
}
#: Longer texts name no place in a list.
_LONGEST_NUMBER = 10
#: Parts of a style, by the attribute that points to them and the list they stand in.
_STYLE_PARTS = (
    ("písmo", "fontId", "fonts"),
    ("výplň", "fillId", "fills"),
    ("ohraničení", "borderId", "borders"),
)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell.

    Attributes:
        facts: what is to be compared, by its Czech name; the value's is ``""``.
        style: number of its style in the workbook.
    """

    facts: Mapping[str, str]
    style: int


@dataclass(frozen=True, slots=True)
class Book:
    """What cells of a workbook refer to: its texts and its styles."""

    strings: Sequence[str]
    styles: Sequence[Mapping[str, str]]

    def look(self, cell: SheetCell) -> Mapping[str, str]:
        """Parts of the cell's style by their Czech names."""
        return self.styles[cell.style] if 0 <= cell.style < len(self.styles) else {}


def book(archive: Archive) -> Book:
    """The texts and styles that cells share."""
    strings = archive.trees.get(_STRINGS)
    styles = archive.trees.get(_STYLES)
    return Book(
        [] if strings is None else [_text(item) for item in strings.iterchildren(f"{S}si")],
        [] if styles is None else _styles(styles),
    )


def cells(sheet: Element, shared: Book) -> dict[str, SheetCell]:
    """Cells of a sheet by their address, in the order of the file.

    Raises:
        UnreadableError: a cell has no address, or refers to a text that is not there.
    """
    return {_address(cell): _cell(cell, shared) for cell in sheet.iter(f"{S}c")}


def _address(cell: Element) -> str:
    address = cell.get("r")
    if not address:
        raise UnreadableError("buňka sešitu nemá adresu")
    return str(address)


def _cell(cell: Element, shared: Book) -> SheetCell:
    value = cell.find(f"{S}v")
    kind = str(cell.get("t", "n"))
    shown = "" if value is None else (value.text or "")
    if kind == "s":
        shown = _shared(shown, _address(cell), shared)
    elif kind == "inlineStr":
        shown = _text(cell)
    formula = cell.find(f"{S}f")
    facts = {"": shown, "druh hodnoty": _KINDS.get(kind, kind) if shown else ""}
    if formula is not None:
        facts["vzorec"] = f"={formula.text or ''}"
    known = {"r", "s", "t"}
    facts |= {
        f"atribut {name!s}": str(other)
        for name, other in cell.attrib.items()
        if str(name) not in known
    }
    return SheetCell(facts, _number(str(cell.get("s", "0"))))


def _number(text: str) -> int:
    """The place in a list that ``text`` names; one that no list has where it names none."""
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else -1


def _shared(number: str, address: str, shared: Book) -> str:
    place = _number(number)
    if not 0 <= place < len(shared.strings):
        raise UnreadableError(f"buňka {address} odkazuje na text, který v\u00a0sešitu není")
    return shared.strings[place]


def _text(item: Element) -> str:
    """The text of a shared or inline string, phonetic hints left out."""
    return "".join(
        part.text or ""
        for part in item.iter(f"{S}t")
        if (parent := part.getparent()) is None or parent.tag != f"{S}rPh"
    )


def _styles(root: Element) -> list[Mapping[str, str]]:
    """For each style that cells refer to, its parts as they are written."""
    formats = {
        str(entry.get("numFmtId")): str(entry.get("formatCode"))
        for entry in root.iter(f"{S}numFmt")
    }
    lists = {name: _entries(root, name) for _, _, name in _STYLE_PARTS}
    result: list[Mapping[str, str]] = []
    for entry in root.iterfind(f"{S}cellXfs/{S}xf"):
        number = str(entry.get("numFmtId", "0"))
        look = {"číselný formát": formats.get(number, f"č.\u00a0{number}")}
        for czech, attribute, name in _STYLE_PARTS:
            written = str(entry.get(attribute, "0"))
            listed = lists[name]
            place = _number(written)
            look[czech] = listed[place] if 0 <= place < len(listed) else written
        inner = [_written(child) for child in entry]
        look["zarovnání a zámek"] = " ".join(inner)
        result.append(look)
    return result


def _entries(root: Element, name: str) -> list[str]:
    found = root.find(f"{S}{name}")
    return [] if found is None else [_written(entry) for entry in found]


def _written(element: Element) -> str:
    """The element as XML without declarations of namespaces."""
    text = etree.tostring(element, with_tail=False).decode()
    return text.replace(f' xmlns="{S[1:-1]}"', "")
