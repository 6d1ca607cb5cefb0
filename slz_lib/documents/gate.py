"""The gate before publishing: what a document must have to be read by everybody.

All faults are found in one pass and reported together, each with the notebook cell it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slz_lib.documents.model import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.references import Target, targets
from slz_lib.documents.requirements import lacking, lacking_title
from slz_lib.errors import DocumentError
from slz_lib.language import count

SHEET_NAME_LIMIT = 31  # Excel's
OUTSIDE_LINKS = ("https://", "mailto:")
#: How the messages name the title block.
TITLE_ORIGIN = "titulní blok"

#: ``slz-`` begins the ids that pages give to their own parts.
_ANCHOR = re.compile(r"(?!slz-)[A-Za-z][A-Za-z0-9_-]*")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a document from being published.

    Attributes:
        origin: the notebook cell, or the part of the document.
        problem: what was found and what to do, in Czech.
    """

    origin: str
    problem: str


def check(document: Document) -> None:
    """Let ``document`` pass, or refuse it.

    Raises:
        DocumentError: names every fault and the cell it comes from.
    """
    refuse(document.title.title, faults(document))


def refuse(name: str, found: Sequence[Fault]) -> None:
    """Raise one error of all faults ``found`` in the document ``name``; nothing when none is.

    Raises:
        DocumentError: there is at least one fault.
    """
    if found:
        lines = (f"  • {fault.origin}: {fault.problem}" for fault in found)
        number = count(len(found), "vadu", "vady", "vad")
        raise DocumentError("\n".join((f"Dokument „{name}“ nelze vydat, má {number}:", *lines)))


def faults(document: Document) -> tuple[Fault, ...]:
    """Every fault of ``document``, the title block's first, then in the order of the blocks."""
    return (
        *(Fault(TITLE_ORIGIN, problem) for problem in lacking_title(document.title)),
        *block_faults(document.blocks, document.origins, document.title),
    )


def block_faults(
    blocks: Sequence[Block], origins: Sequence[str], title: TitleBlock | None = None
) -> tuple[Fault, ...]:
    """Every fault of ``blocks``, which come from ``origins``; ``title`` may refer to them."""
    known = targets(block for block in blocks if not _in_workbook_alone(block))
    found = [Fault(TITLE_ORIGIN, problem) for problem in _references(title, known)] if title else []
    anchors: dict[str, str] = {}
    sheets: dict[str, str] = {}
    depth = 0
    for block, origin in zip(blocks, origins, strict=True):
        problems = [*lacking(block), *_references(block, known)]
        if isinstance(block, Heading):
            problems.extend(_level(block, depth))
            depth = block.level
        if not isinstance(block, TitleBlock | Paragraph | ItemList):
            problems.extend(_anchor(block.anchor, anchors))
            anchors.setdefault(block.anchor, origin)
        if isinstance(block, Table) and block.sheet:
            problems.extend(_sheet(block.sheet, sheets))
            sheets.setdefault(block.sheet.casefold(), origin)
        found.extend(Fault(origin, problem) for problem in problems)
    return tuple(found)


def _in_workbook_alone(block: Block) -> bool:
    """Nothing may refer to such a table: its readers do not have it."""
    return isinstance(block, Table) and block.workbook_only


def _level(heading: Heading, depth: int) -> Iterator[str]:
    words = text_of(heading.text)
    if depth == 0 and heading.level != 1:
        yield f"první nadpis „{words}“ má {heading.level}. úroveň; začněte první (#)."
    elif heading.level > depth + 1:
        yield (
            f"nadpis „{words}“ má {heading.level}. úroveň hned po {depth}.; "
            f"použijte {depth + 1}. úroveň."
        )


def _anchor(anchor: str, taken: dict[str, str]) -> Iterator[str]:
    if not _ANCHOR.fullmatch(anchor):
        yield (
            f"kotva „{anchor}“ není použitelná; pište písmena bez háčků a čárek, číslice "
            "a pomlčky, na začátku písmeno."
        )
    if anchor in taken:
        yield (
            f"kotva „{anchor}“ už patří jinému místu ({taken[anchor]}); zvolte jinou, "
            "u nadpisu zápisem {#kotva}."
        )


def _sheet(sheet: str, taken: dict[str, str]) -> Iterator[str]:
    if len(sheet) > SHEET_NAME_LIMIT:
        yield (
            f"název listu „{sheet}“ má {count(len(sheet), 'znak', 'znaky', 'znaků')}; "
            f"Excel jich dovolí {SHEET_NAME_LIMIT}, zkraťte jej."
        )
    if _SHEET_FORBIDDEN.search(sheet):
        yield f"název listu „{sheet}“ má znak, který Excel nedovolí; vypusťte jej."
    if sheet.casefold() in taken:
        yield f"název listu „{sheet}“ už má jiná tabulka ({taken[sheet.casefold()]}); zvolte jiný."


def _references(block: Block, known: dict[str, Target]) -> Iterator[str]:
    """Links of ``block`` that lead nowhere, or where a document must not lead."""
    parts = tuple(block.parts())
    runs = [part for part in parts if isinstance(part, Run)]
    leading = [part.ref for part in parts if isinstance(part, Run | Cell) and part.ref is not None]
    if isinstance(block, Figure) and block.table is not None:
        leading.append(block.table)
    for anchor in dict.fromkeys(leading):
        if anchor not in known:
            yield f"odkaz vede na kotvu „{anchor}“, která v dokumentu není; opravte ji."
    if isinstance(block, Figure) and block.table in known and known[block.table].kind != "table":
        yield f"obrázek se odvolává na data v „{block.table}“, to však není tabulka."
    for run in runs:
        if run.href is not None and not run.href.startswith(OUTSIDE_LINKS):
            yield f"odkaz „{run.text}“ vede na „{run.href}“; povolené jsou jen https: a mailto:."
