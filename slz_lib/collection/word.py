"""A Word document as its lines: paragraphs and rows of tables, with the place of each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from slz_lib.archives import plain_archive
from slz_lib.collection.apart import read_apart
from slz_lib.errors import DataError
from slz_lib.language import format_number
from slz_lib.untrusted import shown

#: Larger documents are not read; the longest of ours has some hundred kilobytes.
_MOST_BYTES = 32 * 1024 * 1024
#: Nor are documents of more lines or signs; those of ours have some hundreds of lines.
MOST_LINES, MOST_SIGNS = 10_000, 2_000_000
#: The namespace of its elements.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What no text of a paragraph has: what a reviewer took out or moved away, and boxes beside the
#: flow, which are lines of their own.
_BESIDE = f"{W}txbxContent"
_UNSEEN = frozenset({f"{W}del", f"{W}moveFrom", _BESIDE, f"{W}instrText", f"{W}delText"})
#: The style of a line that is the text of a box.
BOX = "text box"
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a row of a table, or a text box after the one that it lies beside.

    Attributes:
        place: where it stands, in Czech.
        cells: texts of its cells, a paragraph's only one; ``None`` for a cell that goes on from
            the row above.
        starts: column of the table's grid in which each cell begins.
        table: whether it is a row of a table.
        style: name of a paragraph's style in small letters; empty for a row, ``BOX`` for a box.
    """

    place: str
    cells: tuple[str | None, ...]
    starts: tuple[int, ...] = (0,)
    table: bool = False
    style: str = ""

    @property
    def heading(self) -> bool:
        """Whether it is a heading; the names of these styles do not depend on the language."""
        return self.style.startswith("heading ")

    @property
    def text(self) -> str:
        """The text of the only cell that has one; empty where there are more."""
        filled = [cell for cell in self.cells if cell]
        return filled[0] if len(filled) == 1 else ""


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of a document in their order; changes that a reviewer has tracked are accepted.

    Args:
        path: a file of Word (``.docx``).

    Raises:
        DataError: it is no such file, or not one that an office program would have made.
    """
    return tuple(
        Line(place, tuple(cells), tuple(starts), table, style)
        for place, cells, starts, table, style in read_apart(
            plain_lines, document_bytes(path), path.name
        )
    )


def document_bytes(path: Path) -> bytes:
    """The bytes of a document that may be opened.

    Raises:
        DataError: there is no such file, or no office program would have made it.
    """
    return plain_archive(path, _MOST_BYTES, "dokument .docx")


def plain_lines(content: bytes, name: str) -> list[tuple[object, ...]]:
    """What :func:`read_lines` asks a process apart for: the values of each line.

    Raises:
        DataError: it is no document, or too long for a report.
    """
    document = word_document(content, name)
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    found = [*islice(_lines(document.element.body, styles), MOST_LINES + 1)]
    signs = sum(len(cell or "") for line in found for cell in line.cells)
    if len(found) > MOST_LINES or signs > MOST_SIGNS:
        raise DataError(
            f"Soubor „{shown(name)}“ je na zprávu příliš dlouhý (nejvýše "
            f"{format_number(MOST_LINES)} odstavců a\u00a0řádků tabulek, "
            f"{format_number(MOST_SIGNS)} znaků); rozdělte jej."
        )
    return [astuple(line) for line in found]


def word_document(content: bytes, name: str) -> Any:
    """The document of these bytes, as its library opens it.

    Raises:
        DataError: it is none.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        return Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError) as error:
        raise DataError(
            f"Soubor „{shown(name)}“ není běžný dokument Wordu; uložte jej jako typ "
            "„Dokument Wordu (.docx)“."
        ) from error


def _lines(body: Any, styles: Mapping[str, str]) -> Iterator[Line]:
    tables = paragraphs = 0
    for block in _flat(body, ("p", "tbl")):
        if block.tag == f"{W}p":
            paragraphs += 1
            named = block.find(f"{W}pPr/{W}pStyle")
            style = "" if named is None else styles.get(named.get(f"{W}val"), "")
            place = f"odstavec {paragraphs}"
            yield Line(place, (text_of(block),), style=style)
            yield from _boxes(block, place)
            continue
        tables += 1
        for number, row in enumerate(_flat(block, ("tr",)), start=1):
            if row.find(f"{W}trPr/{W}del") is None:
                place = f"tabulka {tables}, řádek {number}"
                yield _row(row, place)
                yield from _boxes(row, place)


def _boxes(element: Any, place: str) -> Iterator[Line]:
    """The texts of boxes; a fallback repeats one."""
    for box in element.iter(_BESIDE):
        text = "\n".join(map(text_of, box.iter(f"{W}p"))).strip()
        if text and next(box.iterancestors("{*}Fallback"), None) is None:
            yield Line(f"{place}, textové pole", (text,), style=BOX)


def _flat(parent: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Children of these names, those in content controls and in tracked insertions along."""
    wanted = {f"{W}{name}" for name in names}
    through = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in through:
            yield from _flat(child, names)


def _row(row: Any, place: str) -> Line:
    cells: list[str | None] = []
    starts: list[int] = []
    start = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _flat(row, ("tc",)):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        told = (part for part in cell.iter(f"{W}p") if not any(part.iterancestors(_BESIDE)))
        text = "\n".join(map(text_of, told)).strip()
        cells.append(None if goes_on and not text else text)
        starts.append(start)
        start += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
    return Line(place, tuple(cells), tuple(starts), table=True)


def _number(element: Any, default: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    return int(text) if text.isdecimal() else default


def text_of(paragraph: Any) -> str:
    """What a reader sees of a paragraph."""
    return "".join(_pieces(paragraph)).strip()


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        # The fallback repeats what stands before it; tab stops are no tabs.
        elif child.tag not in _UNSEEN and not str(child.tag).endswith(("}Fallback", "}pPr")):
            yield from _pieces(child)
