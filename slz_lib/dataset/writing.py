"""Tables as CSV in the canonical form, so that a change shows as a small diff."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np
import pandas as pd

from slz_lib.dataset.schemas import Column, Table, ValueKind


def canonical(frame: pd.DataFrame, table: Table) -> bytes:
    """``frame`` as the bytes of a file of ``table``.

    UTF-8, commas, LF, columns in the order of the description, an empty cell for a missing
    value, no exponent and no needless decimals in numbers; rows keep their order.
    """
    columns = [_spelled(frame[column.name], column) for column in table.file_columns]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in table.file_columns])
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode("utf-8")


def _spelled(values: pd.Series, column: Column) -> Iterable[str]:
    """The values as they stand in the file."""
    present = values.dropna()
    if column.kind is ValueKind.FLAG:
        spelled = present.map({True: "true", False: "false"})
    elif column.kind is ValueKind.DAY:
        spelled = present.dt.strftime("%Y-%m-%d")
    elif column.kind is ValueKind.NUMBER:
        spelled = present.map(lambda value: np.format_float_positional(value, trim="-"))
    else:
        spelled = present.astype("str")
    # A column without any value would keep its dtype, which no empty text fits in.
    return spelled.astype("object").reindex(values.index).fillna("").tolist()
