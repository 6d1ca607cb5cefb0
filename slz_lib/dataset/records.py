"""One row of a table by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.dataset.dataset import Dataset


def record(dataset: Dataset, table: str, row_id: str) -> pd.Series:
    """The row of a table with this ``id``.

    Args:
        dataset: the tables.
        table: name of a table with a column ``id``, for example ``areas``.
        row_id: the id.

    Raises:
        ParameterError: there is no such table.
        KeyError: the table has no such row.
    """
    frame = dataset.table(table)
    found = frame[frame["id"].eq(row_id)]
    if found.empty:
        raise KeyError(row_id)
    return found.iloc[0]
