"""A table on its way into the dataset: text as found, typed values, and where each row stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from slz_lib.dataset.faults import Fault
from slz_lib.dataset.reading import FileCells
from slz_lib.dataset.schemas import Table

#: A column that a check may name for a key of more columns: ``measure_id + role``.
KEY_JOIN = " + "
#: So many faults of one kind in one column are put into words, more than any report shows; of the
#: others the place is kept, so that they can be counted.
TOLD_FAULTS = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of one table, from one file or from a file a folder.

    Attributes:
        table: description of the table.
        text: cells as found, missing where empty.
        places: file (as shown to the user) and line of each row.
        files: the files, by folder (an empty name for a table of one file).
        complete: whether every file was there and no row or column was lost.
    """

    table: Table
    text: pd.DataFrame
    places: Sequence[tuple[str, int]]
    files: dict[str, str]
    complete: bool

    def faults(
        self,
        where: pd.Series[bool],
        column: str,
        advice: str | Callable[[int, str], str],
    ) -> list[Fault]:
        """A fault for every row that ``where`` marks; the first :data:`TOLD_FAULTS` in words.

        Args:
            where: true for the faulty rows.
            column: the column, or columns of a key joined by ``KEY_JOIN``.
            advice: the advice, or a function of the row's position and what was found.
        """
        positions = np.flatnonzero(where.to_numpy(dtype=bool)).tolist()
        told = [self.fault(position, column, advice) for position in positions[:TOLD_FAULTS]]
        counted = [
            Fault(*self.places[position], column, None, "") for position in positions[TOLD_FAULTS:]
        ]
        return told + counted

    def fault(self, position: int, column: str, advice: str | Callable[[int, str], str]) -> Fault:
        """A fault of the row at ``position``; arguments as in ``faults``."""
        cells = [self.text[name].array[position] for name in column.split(KEY_JOIN)]
        value = KEY_JOIN.join(cell if isinstance(cell, str) else "" for cell in cells)
        file, line = self.places[position]
        said = advice if isinstance(advice, str) else advice(position, value)
        return Fault(file, line, column, value, said)


def assemble(table: Table, parts: Sequence[tuple[str, str, FileCells]]) -> Sheet:
    """One sheet from the files of ``table``: folder, path as shown, cells of each."""
    columns = {
        column.name: [
            cell
            for folder, _, cells in parts
            for cell in cells.columns.get(column.name, [folder] * len(cells.lines))
        ]
        for column in table.columns
    }
    return Sheet(
        table,
        pd.DataFrame(columns, dtype="str"),
        [(shown, line) for _, shown, cells in parts for line in cells.lines],
        {folder: shown for folder, shown, _ in parts},
        bool(parts) and all(cells.complete for _, _, cells in parts),
    )
