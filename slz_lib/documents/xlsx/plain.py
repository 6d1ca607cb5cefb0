"""A table as formulas and filters read it: plain words, signs and units in columns beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from slz_lib.documents.model import Cell, Column, Mark, Table, Value
from slz_lib.documents.office import storable

#: Spaces that nobody types into a filter, and what only a typesetter sees.
_SPACES, _UNSEEN = re.compile(r"[^\S\n ]"), re.compile("[\u00ad\u200b\u2060\ufeff]")
_NOTHING = "—"


def plain(text: str) -> str:
    """``text`` with spaces as the keyboard has them, and without what a file cannot hold."""
    return _UNSEEN.sub("", _SPACES.sub(" ", storable(text)))


def plain_table(table: Table, scale: Sequence[Mark]) -> Table:
    """``table`` whose numbers, units, statuses and their signs each have a column.

    A column headed by a step of the ``scale`` has its word alone.
    """
    signed = {_marked(mark): mark.label for mark in scale}
    columns, cells = [], []
    for place, column in enumerate(table.columns):
        held = [row.cells[place] for row in table.rows]
        title = signed.get(plain(column.title), column.title)
        columns.append(column.model_copy(update={"title": title}))
        cells.append([_bare(cell) for cell in held])
        for name, said in (("Znak", [*map(_sign, held)]), ("Jednotka", [c.unit for c in held])):
            if any(said):
                columns.append(Column(title=name))
                cells.append(
                    [
                        Cell(text=text or _NOTHING * (row.kind == "body"), status=cell.status)
                        for text, cell, row in zip(said, held, table.rows, strict=True)
                    ]
                )
    titles = [column.title for column in columns]
    for place, (before, title) in enumerate(pairwise(titles), start=1):
        if titles.count(title) > 1 and title != before:  # of two alike, each says whose it is
            update = {"title": f"{title}: {before}"}
            columns[place] = columns[place].model_copy(update=update)
    rows = [
        row.model_copy(update={"cells": held})
        for row, held in zip(table.rows, zip(*cells, strict=True), strict=True)
    ]
    spread = table.model_copy(update={"columns": tuple(columns), "rows": tuple(rows)})
    return spread.mapped(_plain)


def _marked(mark: Mark) -> str:
    return plain(f"{mark.sign} {mark.label}")


def _sign(cell: Cell) -> str:
    return cell.status.sign if cell.status and plain(cell.text) == _marked(cell.status) else ""


def _bare(cell: Cell) -> Cell:
    """``cell`` without the sign of its status and its colour, which stand beside."""
    if not cell.status or not _sign(cell):
        return cell
    return cell.model_copy(update={"text": cell.status.label, "status": None})


def _plain(part: Value) -> Value:
    texts = {
        name: plain(held) if isinstance(held, str) else tuple(map(plain, held))
        for name, held in part
        if isinstance(held, str) or (isinstance(held, tuple) and held and isinstance(held[0], str))
    }
    return part.model_copy(update=texts) if texts else part
