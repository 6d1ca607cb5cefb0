"""What every writer says alike: numbers, references, abbreviations, pages and drafts, a card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from slz_lib.documents.model import (
    Block,
    Cell,
    Fact,
    Figure,
    Heading,
    MeasureCard,
    Paragraph,
    Row,
    Run,
    Table,
    TitleBlock,
    Value,
    text_of,
    words_of,
)
from slz_lib.errors import DocumentError
from slz_lib.language import NO_BREAK_SPACE, format_date

Part = TypeVar("Part", bound=Value)

#: So many words at most are explained in a line; a table of them would take half a page.
_FEW = 20
#: What stands before and after a word that is no part of another one.
_APART = re.compile(r"\W[^\w+]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """A block that can be referred to.

    Attributes:
        kind: what the block is.
        label: its words in a sentence: ``tabulka``, ``obrázek``, a heading's text,
            ``opatření I.1``.
        number: the number of a table or a figure, counted from 1 by kind; ``None`` for the others.
    """

    kind: Literal["table", "figure", "heading", "measure"]
    label: str
    number: int | None = None


def targets(blocks: Iterable[Block]) -> dict[str, Target]:
    """Every anchor of ``blocks`` and where it leads; tables and figures are numbered in order."""
    found: dict[str, Target] = {}
    tables = figures = 0
    for block in blocks:
        match block:
            case Table():
                tables += 1
                found[block.anchor] = Target("table", "tabulka", tables)
            case Figure():
                figures += 1
                found[block.anchor] = Target("figure", "obrázek", figures)
            case Heading():
                found[block.anchor] = Target("heading", text_of(block.text))
            case MeasureCard():
                found[block.anchor] = Target("measure", f"opatření{NO_BREAK_SPACE}{block.number}")
    return found


def settled(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` with the references that the library offers, where their target is there.

    A chart offers a link to the table of its data, a card one to the table that says more, a cell
    one to what it names; a document that leaves the target out is whole without the link.
    """
    known = {block.anchor for block in blocks if hasattr(block, "anchor")}

    def change(part: Value) -> Value:
        if isinstance(part, Figure) and part.table not in known:
            return part.model_copy(update={"table": None})
        if isinstance(part, Cell) and part.ref is not None and part.ref not in known:
            return part.model_copy(update={"ref": None})
        if isinstance(part, MeasureCard) and part.trace in known:
            more = (Run(text=" Podrobnosti uvádí "), Run(text="", ref=part.trace), Run(text="."))
            return part.model_copy(update={"remark": (*part.remark, *more), "trace": None})
        return part

    return tuple(block.mapped(change) for block in blocks)


def explained(found: list[tuple[str, Block]]) -> list[tuple[str, Block]]:
    """``found`` whose tables explain only words that stand elsewhere in it, or are left out."""
    if not any(isinstance(block, Table) and block.explains for _, block in found):
        return found
    words = words_of(b for _, b in found if not (isinstance(b, Table) and b.explains))
    kept: list[tuple[str, Block]] = []
    for origin, block in found:
        if not (isinstance(block, Table) and block.explains):
            kept.append((origin, block))
        elif rows := tuple(row for row in block.rows if _stands(row.cells[0].text, words)):
            few = len(rows) <= _FEW
            kept += [(origin, _in_a_line(block, rows))] if few else []
            left = {"rows": rows, "workbook_only": block.workbook_only or few}
            kept.append((origin, block.model_copy(update=left)))
    return kept


def _in_a_line(table: Table, rows: tuple[Row, ...]) -> Paragraph:
    """What ``rows`` explain, as a side remark."""
    told = "; ".join("\u00a0– ".join(cell.text for cell in row.cells) for row in rows).rstrip(".")
    rest = " ".join(f" {note}" for note in table.notes if not note.startswith("*") or "*" in told)
    return Paragraph(
        role="quiet",
        text=(Run(text=f"{table.caption}:", strong=True), Run(text=f" {told}.{rest}")),
    )


def _stands(word: str, words: str) -> bool:
    """Whether ``word`` stands in ``words`` and is no part of another one."""
    # Not by an expression of its own, which every process would compile anew for every word.
    sides = pairwise(f" {words} ".split(word.replace("\u00a0", " ")))
    return any(_APART.fullmatch(before[-1:] + after[:1]) for before, after in sides)


def reference_text(run: Run, known: Mapping[str, Target]) -> tuple[str, int | None]:
    """The words of a cross-reference and the number that follows them, if any.

    Raises:
        DocumentError: the run refers to an anchor that the document does not have.
    """
    target = known.get(run.ref or "")
    if target is None:
        raise DocumentError(missing(run.ref or ""))
    if target.number is None:
        return run.text or target.label, None
    return f"{run.text or target.label}{NO_BREAK_SPACE}", target.number


def written_out(part: Part, known: Mapping[str, Target], *, whole: bool = True) -> Part:
    """``part`` of a document with its cross-references in words, as a reader reads them.

    Raises:
        DocumentError: it refers to an anchor that is not ``known``, and the document is ``whole``.
    """

    def written(inner: Value) -> Value:
        if not isinstance(inner, Run | Cell) or inner.ref is None:
            return inner
        if inner.ref not in known:
            if whole:
                raise DocumentError(missing(inner.ref))
            return inner
        if isinstance(inner, Cell):
            return inner
        words, number = reference_text(inner, known)
        return inner.model_copy(update={"text": f"{words}{'' if number is None else number}"})

    return part.mapped(written)


def missing(anchor: str) -> str:
    """The sentence about a reference to an ``anchor`` that the document does not have."""
    return f"Odkaz vede na „{anchor}“, ale takové místo v\u00a0dokumentu není; opravte jeho kotvu."


#: Mark of a draft on each of its pages.
DRAFT_MARK = "NÁVRH"
#: What the official wording of a measure is called.
DESIGNATION_TERM = "Přijaté znění"
#: What stands where a commentary would.
NO_COMMENTARY = "Komentář nebyl dodán."


def title_facts(title: TitleBlock) -> tuple[Fact, ...]:
    """The facts of ``title``; a draft says once that it is one, in its own words or in these."""
    own = title.facts
    if not title.draft or any("návrh" in text_of(fact.text).casefold() for fact in own):
        return own
    return (*own, Fact(term="Povaha dokumentu", text=(Run(text="návrh"),)))


def standing(title: TitleBlock) -> str:
    """The day to which the document is true: ``stav k 31. 12. 2023``.

    A draft is made later than that, so it is a ``návrh podle stavu k 31. 12. 2023``.
    """
    words = "návrh podle stavu k" if title.draft else "stav k"
    return f"{words}{NO_BREAK_SPACE}{format_date(title.as_of)}"


def page_foot(title: TitleBlock) -> str:
    """What stands at the foot of each page beside its number."""
    return f"{title.author} · {standing(title)}"
