"""Which files of the tables a workbook is to have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from slz_lib.dataset.loading import folders
from slz_lib.dataset.nearest import require_known
from slz_lib.dataset.schemas import BY_NAME, TABLES, Table
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.untrusted import shown


def chosen(root: Path, names: Sequence[str], period: str | None) -> list[tuple[Table, str]]:
    """Tables with the folder of their file; of many folders that of ``period``, or the newest.

    Args:
        root: folder of the tables.
        names: names of tables; all when there are none.
        period: id of a period or a planning horizon.

    Raises:
        ParameterError: there is no such table, or none of them has such a period.
    """
    for name in names:
        require_known("Tabulka", name, list(BY_NAME))
    tables = [BY_NAME[name] for name in dict.fromkeys(names)] or list(TABLES)
    places = {described.name: folders(described, root) for described in tables}
    every = sorted({folder for found in places.values() for folder in found if folder})
    if period is not None and period not in every:
        told = f"mají {enumerate_words(every)}" if every else "období nerozlišují"
        raise ParameterError(f"Období „{shown(period)}“ zvolené tabulky nemají; {told}.")
    return [
        (described, period if period in found else found[-1])
        for described in tables
        if (found := places[described.name])
    ]
