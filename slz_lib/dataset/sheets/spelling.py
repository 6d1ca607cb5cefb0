"""Values as Czech Excel spells them, as the tables do where they can mean one thing only."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import numpy as np

from slz_lib.dataset.schemas import Column, ValueKind

_FLAGS = {
    **dict.fromkeys(("pravda", "true", "ano"), "true"),
    **dict.fromkeys(("nepravda", "false", "ne"), "false"),
}
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:,[0-9]+)?")
_DAY = re.compile(r"([0-9]{1,2})\.[ \u00a0]?([0-9]{1,2})\.[ \u00a0]?([0-9]{4})")


def plain(text: str, column: Column) -> str:
    """``text`` as a table spells it; unchanged where nothing is sure."""
    if column.kind is ValueKind.FLAG:
        return _FLAGS.get(text.strip().casefold(), text)
    if column.kind is ValueKind.DAY:
        found = _DAY.fullmatch(text.strip())
        with suppress(ValueError):
            return date(*map(int, reversed(found.groups()))).isoformat() if found else text
    if column.kind in (ValueKind.NUMBER, ValueKind.INTEGER):
        bare = text.strip()
        if _GROUPED.fullmatch(bare):
            bare = re.sub(r"[ \u00a0\u202f]", "", bare)
        if re.fullmatch(r"-?[0-9]+,[0-9]+", bare):
            bare = bare.replace(",", ".")
        return bare if re.fullmatch(column.kind.value.spelling, bare) else text
    return text


def of_number(value: float) -> str:
    """A number as a table spells it: without an exponent, a needless decimal or a sign of zero."""
    return np.format_float_positional(value + 0.0, trim="-")
