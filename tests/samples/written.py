"""Folders of tables that tests write, to be loaded again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.schemas import TABLES, Table
from slz_lib.dataset.spelling import canonical


def write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write ``frame`` to the file ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(canonical(frame, table))


def write_dataset(dataset: Dataset, root: Path) -> None:
    """Write all tables of ``dataset`` under the folder ``root``."""
    folders = {
        "period_id": dataset.periods["id"],
        "horizon_id": dataset.horizons["id"],
        "plan_id": dataset.other_plans["plan_id"],
    }
    for table in TABLES:
        frame, column = dataset.table(table.name), table.folder_column
        for folder in [""] if column is None else folders[column]:
            rows = frame if column is None else frame[frame[column] == folder]
            write_table(rows, table, root / table.file(folder))
