"""Writing tables back as CSV in the canonical form, so that a change shows as a small diff."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from slz_lib.dataset.refusals import cause
from slz_lib.dataset.schemas import Column, Kind, Table
from slz_lib.errors import OutputError


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


def write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write ``frame`` to the file ``path``; an older file stays whole until it is replaced.

    Raises:
        OutputError: the file cannot be written.
    """
    _replace(path, canonical(frame, table))


def _spelled(values: pd.Series, column: Column) -> Iterable[str]:
    """The values as they stand in the file."""
    present = values.dropna()
    if column.kind is Kind.FLAG:
        spelled = present.map({True: "true", False: "false"})
    elif column.kind is Kind.DAY:
        spelled = present.dt.strftime("%Y-%m-%d")
    elif column.kind is Kind.NUMBER:
        spelled = present.map(lambda value: np.format_float_positional(value, trim="-"))
    else:
        spelled = present.astype("str")
    # A column without any value would keep its dtype, which no empty text fits in.
    return spelled.astype("object").reindex(values.index).fillna("").tolist()


def _replace(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step: a file beside it, then a rename."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"Soubor „{path}“ nelze zapsat: {cause(error)}.") from error
