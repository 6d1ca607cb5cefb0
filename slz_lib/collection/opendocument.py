"""A workbook of LibreOffice (.ods) as typed cells; repetitions are spread only where typed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from slz_lib.collection.typed import (
    MOST_COLUMNS,
    MOST_SHEETS,
    Typed,
    elements,
    local,
    of_number,
    place_of,
    with_unit,
)

_VALUES = {
    "float": ("number", "value"),
    "percentage": ("percent", "value"),
    "date": ("date", "date-value"),
    "boolean": ("bool", "boolean-value"),
}
#: Spaces in a row; more mean nothing.
_MOST_SPACES = 1_000
#: What stands in a cell or beside it and is not its text.
_BESIDE = frozenset({"annotation", "frame", "custom-shape", "rect", "ellipse", "line", "g"})
#: What a line of a paragraph has besides letters.
_SIGNS = {"tab": "\t", "line-break": "\n"}

#: Files that can only be looked at: pictures, charts and other objects.
_PICTURED = re.compile(r"Pictures/.|[^/]+/content\.xml$")
#: What of a number as it is shown is the number itself.
_SHOWN_NUMBER = re.compile(r"[-−+]?[\d\s.,]*(?:E[-+]?\d+)?")


def read_opendocument(content: bytes, typed: Typed) -> None:
    """Gather what the workbook holds, sheet by sheet in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "meta.xml" in archive.namelist():
            for element in elements(archive.read("meta.xml"), "user-defined", inside=True):
                typed.properties[_attribute(element, "name")] = "".join(element.itertext())
        _Tables(typed).read(archive.read("content.xml"))
        for name in sorted(archive.namelist()):
            if _PICTURED.match(name):
                typed.pictured(name)


class _Tables:
    """Sheets of one workbook while they are read."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.unseen_styles: set[str] = set()
        self.unseen_columns: set[int] = set()
        self.table: Any = None
        self.row = self.column = self.sheets = 0

    def read(self, xml: bytes) -> None:
        """Gather all of it."""
        names = ("style", "table-column", "shapes", "table-row")
        for element in elements(xml, *names, inside=True):
            name = local(element)
            if name == "style":
                self._style(element)
                continue
            table = next(element.iterancestors("{*}table"), None)
            if table is not self.table:
                self.table, self.row, self.column = table, 0, 0
                self.unseen_columns = set()
                self.sheets += 1
                self.typed.require(self.sheets, MOST_SHEETS, "listů")
            if name == "table-column":
                many = _many(element, "number-columns-repeated")
                if _attribute(element, "visibility") not in {"", "visible"}:
                    last = min(self.column + many, MOST_COLUMNS)
                    self.unseen_columns |= {*range(self.column + 1, last + 1)}
                self.column += many
            elif name == "shapes":
                self._shapes(element)
            else:
                self._row(element)
                element.clear()

    @property
    def title(self) -> str:
        """Title of the sheet that is being read."""
        return "" if self.table is None else _attribute(self.table, "name")

    def _style(self, style: Any) -> None:
        """Remember styles of what nobody sees, or what is struck through."""
        for part in style:
            struck = _attribute(part, "text-line-through-style") not in {"", "none"}
            if struck or _attribute(part, "display") == "false":
                self.unseen_styles.add(_attribute(style, "name"))

    def _row(self, row: Any) -> None:
        many = _many(row, "number-rows-repeated")
        unseen = _attribute(row, "visibility") not in {"", "visible"}
        if self.table is not None:
            unseen |= _attribute(self.table, "style-name") in self.unseen_styles
        column = 0
        for cell in row:
            self.typed.meet()
            wide = _many(cell, "number-columns-repeated")
            kind, value = _value(cell)
            hidden = unseen or column + 1 in self.unseen_columns or "covered" in local(cell)
            hidden |= any(_attribute(of, "style-name") in self.unseen_styles for of in cell.iter())
            places = ((down, right) for down in range(many) for right in range(wide))
            for down, right in places if value else ():
                at = self.row + 1 + down, column + 1 + right
                self.typed.cell(self.title, *at, kind, value, hidden)
            self._beside(cell, column + 1)
            column += wide
        self.row += many

    def _beside(self, cell: Any, column: int) -> None:
        for link in cell.iterfind("{*}p//{*}a"):
            self.typed.link(self.title, self.row + 1, column, _attribute(link, "href"))
        for note in cell.iterfind("{*}annotation"):
            self.typed.comment(self.title, place_of(self.row + 1, column), _lines(note))
        self._shapes(cell)

    def _shapes(self, parent: Any) -> None:
        """Texts of boxes and shapes."""
        bodies: dict[Any, None] = {}
        for paragraph in parent.iterfind(".//{*}p"):
            body = paragraph.getparent()
            if body is not parent and local(body) not in {"annotation", "span"}:
                bodies[body] = None
        for body in bodies:
            self.typed.box(self.title, _lines(body))


def _attribute(element: Any, name: str) -> str:
    """An attribute by its local name: the standard has it in several namespaces."""
    found = (value for at, value in element.items() if at.rpartition("}")[2] == name)
    return next(found, "")


def _many(element: Any, name: str) -> int:
    text = _attribute(element, name)
    return int(text) if text.isdecimal() else 1


def _value(cell: Any) -> tuple[str, str]:
    """The kind of a cell and what was typed there."""
    shown_as, formula = _lines(cell), _attribute(cell, "formula")
    types = [value for at, value in cell.items() if at.rpartition("}")[2] == "value-type"]
    if "error" in types:
        return "error", shown_as or "#"
    # Of an amount of money, what people see has the currency: it is read as text.
    kind, attribute = next((_VALUES[of] for of in types if of in _VALUES), ("text", "string-value"))
    value = _attribute(cell, attribute)
    if kind in {"number", "percent"}:
        value = of_number(value)
    value = value.removesuffix("T00:00:00") or shown_as
    if kind == "number" and not formula:
        return with_unit(value, _SHOWN_NUMBER.sub("", shown_as, count=1).strip())
    if formula:
        return "formula", value or formula[formula.find("=") :]
    return kind, value


def _lines(parent: Any) -> str:
    """The paragraphs of a cell, a comment or a shape."""
    return "\n".join(_line(paragraph) for paragraph in parent.iterfind("{*}p"))


def _line(paragraph: Any) -> str:
    pieces = [paragraph.text or ""]
    for part in paragraph:
        name = local(part)
        if name == "s":
            pieces.append(" " * min(_many(part, "c"), _MOST_SPACES))
        elif name not in _BESIDE:
            pieces.append(_SIGNS.get(name) or _line(part))
        pieces.append(part.tail or "")
    return "".join(pieces)
