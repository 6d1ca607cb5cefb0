"""What the tests of adding up count, by measure and by row of a table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

import slz_lib
from slz_lib.documents.model import Table
from slz_lib.presentation.briefs.listings import requests
from tests.samples.scales import CODES


def _with(period: slz_lib.Evaluation, flags: pd.Series) -> set[str]:
    return set(period.judgements.loc[flags.fillna(value=False).astype(bool), "measure_id"])


def _status(column: str, status: str) -> Callable[[slz_lib.Evaluation], set[str]]:
    return lambda period: _with(period, period.judgements[column].eq(status))


#: What is counted of measures: name → the measures of a period that count.
COUNTED: dict[str, Callable[[slz_lib.Evaluation], set[str]]] = {
    "measures": lambda period: set(period.judgements["measure_id"]),
    "asked": lambda period: set(requests(period).dropna().index),
    "differing": lambda period: _with(period, ~period.judgements["agrees"]),
    "overdue": lambda period: _with(period, period.judgements["overdue"]),
    "indicator missing": lambda period: set(
        period.dataset.measures.loc[period.dataset.measures["indicator"].isna(), "id"]
    ),
    "not supplied": lambda period: _with(period, ~period.judgements["supplied"]),
    **{
        f"{column} {status}": _status(column, status)
        for column in ("status", "derived")
        for status in CODES
    },
}
#: What no measure of the real period is.
NONE_IS = {"derived SPLNENO"}


def rows(table: Table | None) -> int:
    """Rows of a table that has to be there."""
    assert table is not None
    return len(table.rows)


def rows_of(frame: pd.DataFrame | None) -> int:
    """Rows of a pandas table that has to be there."""
    assert frame is not None
    return len(frame)


def column(table: Table, title: str) -> list[int]:
    """Whole numbers of a table's column; empty where it has none of this title."""
    titles = [column.title for column in table.columns]
    if title not in titles:
        return []
    place = titles.index(title)
    return [int(str(row.cells[place].value)) for row in table.rows]
