"""Lists of abbreviations, which explain what a document in fact prints."""

from __future__ import annotations

import re
from itertools import pairwise

from slz_lib.documents.model import Block, Paragraph, Row, Run, Table, words_of

#: So many words at most are explained in a line; a table of them would take half a page.
_FEW = 20
#: What stands before and after a word that is no part of another one.
_APART = re.compile(r"\W[^\w+]", re.DOTALL)


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
