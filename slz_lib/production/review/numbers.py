"""By how much a number differs, where a text or a cell holds one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from slz_lib.documents.model import Cell
from slz_lib.language import format_number, format_points

_NUMBER = re.compile(r"([-\u2212]?\d+(?:\u00a0\d{3})*(?:,\d+)?)(?:\u00a0([^\d]+))?")
_PERCENT = "%"


def number(text: str) -> tuple[Decimal, bool] | None:
    """The number that ``text`` is, alone or with its unit, and whether it is in per cent."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    return Decimal(digits), found[2] == _PERCENT


def text_difference(old: str, new: str) -> str:
    """The difference of two texts that are numbers with a unit; empty where they are not."""
    before, after = number(old), number(new)
    if before is None or after is None or before[1] != after[1]:
        return ""
    difference = after[0] - before[0]
    if before[1]:
        return format_points(float(difference) / 100)
    return _signed(float(difference))


def cell_difference(old: Cell, new: Cell, kind: str) -> str:
    """The difference of two cells of a column of ``kind``; empty where they hold no numbers."""
    if kind == "percent":
        before, after = _value(old), _value(new)
        if before is not None and after is not None:
            return format_points(after - before)
    return text_difference(old.text, new.text)


def beneath(cell: Cell) -> str:
    """The value of ``cell`` as a workbook has it, in full."""
    value = cell.value
    if isinstance(value, date):
        return value.isoformat()
    return "text" if value is None else str(value).replace(".", ",")


def _value(cell: Cell) -> float | None:
    value = cell.value
    return float(value) if isinstance(value, int | float) else None


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else ''}{format_number(difference)}"
