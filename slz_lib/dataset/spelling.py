"""How tables spell values and files, and what Czech Excel makes of values, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from slz_lib.dataset.schemas import Column, Table, ValueKind

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
        return bare if re.fullmatch(column.kind.spelling, bare) else text
    return text


def of_number(value: float) -> str:
    """A number as a table spells it: without an exponent, a needless decimal or a sign of zero."""
    return np.format_float_positional(value + 0.0, trim="-")


def canonical(frame: pd.DataFrame, table: Table) -> bytes:
    """``frame`` as the bytes of a file of ``table``.

    UTF-8, commas, LF, columns in the order of the description, an empty cell for a missing
    value, no exponent and no needless decimals in numbers; rows keep their order. Columns that a
    file may lack stand there when some row needs them.
    """
    columns = {
        column.name: _spelled(frame[column.name], column)
        for column in table.file_columns
        if not column.optional or frame[column.name].notna().any()
    }
    return written(pd.DataFrame(columns, dtype="str"))


def written(cells: pd.DataFrame) -> bytes:
    """Cells that are text as the bytes of a file; those of a column stand under its name."""
    return cells.to_csv(index=False, lineterminator="\n").encode()


def _spelled(values: pd.Series, column: Column) -> Iterable[str]:
    """The values as they stand in the file."""
    present = values.dropna()
    if column.kind is ValueKind.FLAG:
        spelled = present.map({True: "true", False: "false"})
    elif column.kind is ValueKind.DAY:
        spelled = present.dt.strftime("%Y-%m-%d")
    elif column.kind is ValueKind.NUMBER:
        spelled = present.map(of_number)
    else:
        spelled = present.astype("str")
    # A column without any value would keep its dtype, which no empty text fits in.
    return spelled.astype("object").reindex(values.index).fillna("").tolist()
