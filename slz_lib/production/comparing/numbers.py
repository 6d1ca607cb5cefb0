"""By how much a number differs, where a text or a cell is one."""

from __future__ import annotations

import re
from decimal import Decimal

from slz_lib.language import format_number, format_points

_NUMBER = re.compile(r"([-\u2212]?\d+(?:\u00a0\d{3})*(?:,\d+)?)(?:\u00a0([^\d]+))?")
_PERCENT = "%"


def difference(old: str, new: str) -> str:
    """The difference of two texts that are numbers with a unit; empty where they are not."""
    before, after = _number(old), _number(new)
    if before is None or after is None or before[1] != after[1]:
        return ""
    step = float(after[0] - before[0])
    if before[1]:
        return format_points(step / 100)
    return f"{'+' if step > 0 else ''}{format_number(step)}"


def _number(text: str) -> tuple[Decimal, bool] | None:
    """The number that ``text`` is, alone or with its unit, and whether it is in per cent."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    return Decimal(digits), found[2] == _PERCENT
