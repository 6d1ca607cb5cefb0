"""Word files compared paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slz_lib.production.verification import archive
from slz_lib.production.verification.archive import Archive
from slz_lib.production.verification.difference import Finding
from slz_lib.production.verification.markup import Element, tree_changes
from slz_lib.production.verification.places import at, chapter, joined, path

_BODY = "word/document.xml"
#: Parts with paragraphs; the rest is styles, settings and the like.
_TEXTS = re.compile(r"word/(document|header\d+|footer\d+|footnotes|endnotes|comments)\.xml")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
#: What a run has in place of a character; positions of tabs are settings of a paragraph.
_SPACES = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_HEADING = re.compile(r"Heading\d")


def read(data: bytes) -> Archive:
    """The document's archive.

    Raises:
        UnreadableError: it is no Word file that can be read.
    """
    return archive.read(data, "[Content_Types].xml", _BODY)


def compare(old: Archive, new: Archive) -> Iterator[Finding]:
    """Differences of texts, of all other parts, and of the archive itself."""
    texts = [name for name in old.parts if _TEXTS.fullmatch(name) and name in new.parts]
    for name in sorted(texts, key=lambda name: name != _BODY):
        if old.parts[name] != new.parts[name]:
            yield from archive.changed_part(old, new, name, _text_findings)
    yield from archive.part_findings(old, new, told=texts)
    yield from archive.container_findings(old, new)


def _text_findings(old: Element, new: Element) -> Iterator[Finding]:
    places = None
    for change in tree_changes(old, new, _is_paragraph, _text):
        if places is None:
            places = {**_places(new), **_places(old)}
        element = at(change)
        block = _block(element)
        place = path(element) if block is None else places[block]
        inner = "" if block is None or element is block else path(element, block)
        yield Finding(joined(place, inner, change.what), change.old, change.new)


def _is_paragraph(element: Element) -> bool:
    return element.tag == _PARAGRAPH


def _text(element: Element) -> str:
    """The text of ``element``; a tab and a line end stand for theirs, paragraphs are lines."""
    parts = []
    for inner in element.iter():
        if inner.tag == f"{_W}t":
            parts.append(inner.text or "")
        elif inner.tag in _SPACES and _parent_tag(inner) == f"{_W}r":
            parts.append(_SPACES[inner.tag])
        elif inner.tag == _PARAGRAPH and inner is not element and parts:
            parts.append("\n")
    return "".join(parts)


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _block(element: Element) -> Element | None:
    """The nearest of a paragraph, cell, row or table that ``element`` is or lies in."""
    here: Element | None = element
    while here is not None and here.tag not in {_PARAGRAPH, _CELL, _ROW, _TABLE}:
        here = here.getparent()
    return here


def _places(root: Element) -> dict[Element, str]:
    """Czech places of paragraphs, cells, rows and tables, after the order of the document."""
    places: dict[Element, str] = {}
    part, paragraphs, tables = "", 0, 0
    top = root[0] if len(root) and root[0].tag == f"{_W}body" else root
    for element in top.iter(_PARAGRAPH, _TABLE):
        if element in places:
            continue
        if element.tag == _PARAGRAPH:
            paragraphs += 1
            if _is_heading(element):
                part = f" v\u00a0části {chapter(_text(element))}"
            places[element] = f"odstavec {paragraphs}{part}"
        else:
            tables += 1
            places |= _table_places(element, f"tabulka {tables}{part}")
    return places


def _table_places(table: Element, place: str) -> dict[Element, str]:
    """Places in ``table``; what lies in a table within a cell belongs to that cell."""
    places = {table: place}
    for row_number, row in enumerate(table.iterchildren(_ROW), 1):
        places[row] = f"{place}, řádek {row_number}"
        for cell_number, cell in enumerate(row.iterchildren(_CELL), 1):
            here = f"{place}, řádek {row_number}, buňka {cell_number}"
            places |= dict.fromkeys(cell.iter(_PARAGRAPH, _TABLE, _ROW, _CELL), here)
    # Rows may be wrapped, in a content control for instance.
    rest = table.iter(_PARAGRAPH, _TABLE, _ROW, _CELL)
    return dict.fromkeys(rest, place) | places


def _is_heading(paragraph: Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and bool(_HEADING.fullmatch(str(style.get(f"{_W}val"))))
