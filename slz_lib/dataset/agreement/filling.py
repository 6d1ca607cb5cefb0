"""What has to be filled, empty or a code, by another column of the row (``filling.csv``)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.schemas import FILLING


def filling_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Cells that are empty and must not be, or filled where nothing or something else is to be."""
    return [
        fault
        for line in FILLING
        for sheet in (tables[line["table"]].sheet,)
        for fault in sheet.faults(
            _holds(sheet.text[line["where"]], line["holds"])
            & ~_holds(sheet.text[line["column"]], line["is"]),
            line["column"],
            line["advice"],
        )
    ]


def _holds(cells: pd.Series[str], what: str) -> pd.Series[bool]:
    """Where cells are ``filled``, ``empty``, or one of the codes that ``what`` lists."""
    if what == "filled":
        return cells.notna()
    return cells.isna() if what == "empty" else cells.isin(what.split())
