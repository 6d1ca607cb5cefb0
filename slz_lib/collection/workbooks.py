"""A workbook of Excel (.xlsx, .xlsm) as typed cells; read as it is stored.

Kept readers lay sheets out in full, so that one stray cell at the far corner costs gigabytes, and
tell either a formula or what it gave. Here only cells that the file has are met. Nothing is
calculated, fetched or run: macros and links are parts that nobody opens.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slz_lib.collection.typed import (
    MOST_COLUMNS,
    MOST_SHEETS,
    Typed,
    elements,
    local,
    of_excel,
)
from slz_lib.errors import DataError
from slz_lib.untrusted import shown

#: Formats by number that a file need not spell out, and what such look like.
_PERCENTS = frozenset({9, 10})
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT, _DATE = "0%", "d.m.yyyy"
_TRUE = frozenset({"1", "true"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
#: What stands before the text of a comment that programs of before threads are given.
_FOR_OLDER = "[Threaded comment]"

#: How parts begin that can only be looked at.
_PICTURED = ("media/", "embeddings/", "charts/chart", "diagrams/data")


def read_workbook(content: bytes, typed: Typed) -> None:
    """Gather what the workbook holds, sheet by sheet in its order.

    Raises:
        DataError: parts that it should have are missing or given twice.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise DataError(
                f"Soubor „{shown(typed.name)}“ má část „{shown(twice)}“ dvakrát a\u00a0nelze "
                "říci, která platí; otevřete jej a\u00a0uložte znovu."
            )
        _Book(archive, typed).read()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its title, its part, and whether people see it."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell looks: the format of its numbers, whether it is struck through."""

    code: str = ""
    struck: bool = False


class _Book:
    """One workbook while it is read."""

    def __init__(self, archive: zipfile.ZipFile, typed: Typed) -> None:
        self.archive, self.typed = archive, typed
        self.names = frozenset(archive.namelist())
        roots = self._related("", "officeDocument")
        self.part = roots[0] if roots else "xl/workbook.xml"
        #: Texts of cells, and by their numbers those that are struck through at least in part.
        self.strings: list[str] = []
        self.struck: set[str] = set()
        for part in self._related(self.part, "sharedStrings"):
            for string in elements(self._xml(part), "si"):
                self.struck |= {str(len(self.strings))} if _struck(string) else set()
                self.strings.append(_text(string))
        self.styles = self._styles()
        self.since_1904 = False

    def read(self) -> None:
        """Gather all of it."""
        self._properties()
        sheets = [*self._sheets()]
        self.typed.require(len(sheets), MOST_SHEETS, "listů")
        for sheet in sheets:
            self._cells(sheet)
            self._comments(sheet)
            for part in self._related(sheet.part, "drawing"):
                self._drawing(part, sheet)
        for name in sorted(self.names):
            if any(f"/{folder}" in name for folder in _PICTURED):
                self.typed.pictured(name.rpartition("/")[2])

    def _xml(self, part: str) -> bytes:
        if part not in self.names:
            raise self._spoiled(f"chybí v\u00a0něm část „{shown(part)}“")
        return self.archive.read(part)

    def _spoiled(self, what: str) -> DataError:
        return DataError(
            f"Soubor „{shown(self.typed.name)}“ je poškozený: {what}. Otevřete jej a\u00a0uložte "
            "znovu."
        )

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part names: id → kind and part; of what is outside the file, none and address."""
        folder, _, name = part.rpartition("/")
        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        if links not in self.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for link in elements(self._xml(links), "Relationship"):
            kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
            if link.get("TargetMode", "Internal") == "Internal":
                within = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[link.get("Id", "")] = kind, within
            else:
                found[link.get("Id", "")] = "", target
        return found

    def _related(self, part: str, kind: str) -> list[str]:
        return [of for named, of in self._links(part).values() if named == kind]

    def _styles(self) -> list[_Style]:
        """The styles of cells by their numbers."""
        codes: dict[str, str] = {}
        struck: list[bool] = []
        styles: list[_Style] = []
        for part in self._related(self.part, "styles"):
            for element in elements(self._xml(part), "numFmt", "font", "xf"):
                within = local(element.getparent())
                if within == "numFmts":
                    codes[element.get("numFmtId", "")] = element.get("formatCode", "")
                elif within == "fonts":
                    struck.append(_struck(element))
                elif within == "cellXfs":
                    number, font = element.get("numFmtId", "0"), int(element.get("fontId", "0"))
                    code = codes.get(number, _usual(number))
                    styles.append(_Style(code, struck=font < len(struck) and struck[font]))
        return styles

    def _style(self, cell: Any) -> _Style:
        at = int(style) if (style := cell.get("s", "0")).isdecimal() else 0
        return self.styles[at] if at < len(self.styles) else _Style()

    def _properties(self) -> None:
        for part in self._related("", "custom-properties"):
            for element in elements(self._xml(part), "property", inside=True):
                self.typed.properties[element.get("name", "")] = "".join(element.itertext())

    def _sheets(self) -> Iterator[_Sheet]:
        links = self._links(self.part)
        for element in elements(self._xml(self.part), "workbookPr", "sheet"):
            if local(element) == "workbookPr":
                self.since_1904 = element.get("date1904") in _TRUE
                continue
            named = next((of for at, of in element.items() if at.endswith("}id")), "")
            kind, part = links.get(named, ("worksheet", f"{named}?"))
            if kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                yield _Sheet(element.get("name", ""), part, hidden)

    def _cells(self, sheet: _Sheet) -> None:
        """Cells of a sheet; how large it says that it is does not matter."""
        hidden: set[int] = set()
        links = self._links(sheet.part).items()
        targets = {named: target for named, (kind, target) in links if not kind}
        names = ("col", "c", "row", "hyperlink")
        for element in elements(self._xml(sheet.part), *names, inside=True):
            name = local(element)
            if name == "c":
                self._cell(element, sheet, hidden)
            elif name == "hyperlink":
                self._link(element, sheet, targets)
            elif name == "row":
                self.typed.meet()
                element.clear()
            elif element.get("hidden") in _TRUE and len(hidden) < MOST_COLUMNS:
                end = min(int(element.get("max", "1")), MOST_COLUMNS)
                hidden.update(range(int(element.get("min", "1")), end + 1))

    def _cell(self, cell: Any, sheet: _Sheet, hidden: Collection[int]) -> None:
        """Gather a cell."""
        self.typed.meet()
        if not len(cell):  # it only looks somehow
            return
        reference = _REFERENCE.fullmatch(cell.get("r", ""))
        if reference is None:
            raise self._spoiled("u\u00a0některé buňky nestojí, kde je")
        row, column = int(reference[2]), _column(reference[1])
        unseen = sheet.hidden or column in hidden or cell.getparent().get("hidden") in _TRUE
        shared = cell.findtext("{*}v", "") if cell.get("t") == "s" else ""
        unseen |= shared in self.struck or self._style(cell).struck or _struck(cell)
        self.typed.cell(sheet.title, row, column, *self._value(cell), hidden=unseen)
        cell.clear()

    def _value(self, cell: Any) -> tuple[str, str]:
        """The kind of a cell and what was typed there."""
        parts = {local(part): part for part in cell}
        stored = "" if (part := parts.get("v")) is None else part.text or ""
        if (part := parts.get("is")) is not None:
            stored = _text(part)
        kind, value = self._stored(cell, stored) if stored else ("text", "")
        if (part := parts.get("f")) is None or kind == "error":
            return kind, value
        return "formula", value or f"={part.text or ''}"

    def _stored(self, cell: Any, stored: str) -> tuple[str, str]:
        """The kind of a cell that has something, and what it is."""
        kind = cell.get("t", "n")
        if kind == "s":
            at = int(stored) if stored.isdecimal() else -1
            if not 0 <= at < len(self.strings):
                named = shown(cell.get("r", ""))
                raise self._spoiled(f"buňka {named} odkazuje na text, který v\u00a0něm není")
            return "text", self.strings[at]
        if kind == "b":
            return "bool", "false" if stored in {"0", "false"} else "true"
        if kind == "n":
            return of_excel(stored, self._style(cell).code, self.since_1904)
        return {"e": "error", "d": "date"}.get(kind, "text"), (
            _unescaped(stored) if kind == "str" else stored
        )

    def _link(self, link: Any, sheet: _Sheet, targets: Mapping[str, str]) -> None:
        """Gather where a cell links to; places in the file itself say nothing."""
        named = next((of for at, of in link.items() if at.endswith("}id")), "")
        at = _REFERENCE.match(link.get("ref", ""))
        if at and named in targets:
            self.typed.link(sheet.title, int(at[2]), _column(at[1]), targets[named])

    def _comments(self, sheet: _Sheet) -> None:
        """Comments of both kinds; what older programs are told of a thread is not told twice."""
        threads = self._related(sheet.part, "threadedComment")
        for part in (*threads, *self._related(sheet.part, "comments")):
            for element in elements(self._xml(part), "threadedComment", "comment", inside=True):
                text = _text(element) or "".join(element.itertext())
                if not (threads and text.startswith(_FOR_OLDER)):
                    self.typed.comment(sheet.title, element.get("ref", "?"), text)

    def _drawing(self, part: str, sheet: _Sheet) -> None:
        """Texts of boxes and shapes."""
        for root in elements(self._xml(part), "wsDr", inside=True):
            for text in _paragraphs(root):
                self.typed.box(sheet.title, text)


def _usual(number: str) -> str:
    """A format that a file need not spell out."""
    at = int(number) if number.isdecimal() else 0
    return _PERCENT if at in _PERCENTS else _DATE if at in _DATES else ""


def _struck(element: Any) -> bool:
    """Whether some of its text is struck through."""
    return any(each.get("val", "1") in _TRUE for each in element.iter("{*}strike"))


def _column(letters: str) -> int:
    """The number of a column: *A* is 1, *AA* 27."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at


def _text(element: Any) -> str:
    """The text of a string; how to pronounce it is no part."""
    pieces = (
        part.text or ""
        for part in element.iter("{*}t")
        if next(part.iterancestors("{*}rPh"), None) is None
    )
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """The text with the signs that XML cannot hold; half of a sign stays spelled."""

    def sign(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return found[0] if code in _SURROGATES else chr(code)

    return _ESCAPED.sub(sign, text)


def _paragraphs(root: Any) -> Iterator[str]:
    """Texts of bodies of paragraphs in a drawing; what is repeated for older programs is not."""
    bodies: dict[Any, list[str]] = {}
    for paragraph in root.iter("{*}p"):
        if next(paragraph.iterancestors("{*}Fallback"), None) is None:
            line = "".join(piece.text or "" for piece in paragraph.iter("{*}t"))
            bodies.setdefault(paragraph.getparent(), []).append(line)
    yield from ("\n".join(lines) for lines in bodies.values())
