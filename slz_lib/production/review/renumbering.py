"""Columns in which numbers only moved on, as numbers of lines do when a line is taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slz_lib.documents.model import Table
from slz_lib.language import format_number
from slz_lib.production.review.numbers import text_difference
from slz_lib.production.review.pairing import Pair

#: In fewer rows each is told by itself.
_MANY = 10
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Rows of a table whose cells in one column differ by the same step in numbers alone.

    Attributes:
        column: the column in the new table.
        step: by how much the numbers that differ are higher; lower, when negative.
        rows: the rows in the new table, in order.
    """

    column: int
    step: int
    rows: tuple[int, ...]

    def note(self, names: Sequence[str]) -> str:
        """What is to be said of them all, rows being called ``names``."""
        word = "vyšší" if self.step > 0 else "nižší"
        return (
            f"řádků, v\u00a0nichž jsou jen čísla o\u00a0{format_number(abs(self.step))} {word}: "
            f"{format_number(len(self.rows))} (první „{names[self.rows[0]]}“, "
            f"poslední „{names[self.rows[-1]]}“)"
        )


def renumbered(
    old: Table, new: Table, rows: Sequence[Pair], columns: Sequence[tuple[int, int]]
) -> tuple[Renumbered, ...]:
    """Every column of text and step for which there are many rows."""
    found: dict[tuple[int, int], list[int]] = {}
    for i, k in rows:
        if i is None or k is None:
            continue
        before, after = old.rows[i].cells, new.rows[k].cells
        for a, b in columns:
            if new.columns[b].kind == "text" and a < len(before) and b < len(after):
                number = _step(before[a].text, after[b].text)
                if number:
                    found.setdefault((b, number), []).append(k)
    return tuple(
        Renumbered(column, step, tuple(places))
        for (column, step), places in found.items()
        if len(places) >= _MANY
    )


def told_by_column(found: Sequence[Renumbered]) -> Mapping[int, frozenset[int]]:
    """The rows that need not be told one by one, by their column."""
    columns = {group.column for group in found}
    return {
        column: frozenset(k for group in found if group.column == column for k in group.rows)
        for column in columns
    }


def _step(old: str, new: str) -> int:
    """By how much the numbers in a text differ, if all by the same and nothing else; else 0.

    A text that is one number with its unit is a figure, which is told by itself.
    """
    before, after = _DIGITS.split(old), _DIGITS.split(new)
    if old == new or before[::2] != after[::2] or text_difference(old, new):
        return 0
    steps = {int(b) - int(a) for a, b in zip(before[1::2], after[1::2], strict=True) if a != b}
    return steps.pop() if len(steps) == 1 else 0
