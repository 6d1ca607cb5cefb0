"""Every table of ``data/`` described once, in the order in which they are read and reported."""

from __future__ import annotations

from slz_lib.dataset.schemas import (
    other_plans,
    periods,
    plans,
    provenance,
    rules,
    strategy,
    territory,
)
from slz_lib.dataset.schemas.description import Column, Numbering, Table, ValueKind

TABLES: tuple[Table, ...] = (
    *provenance.TABLES,
    *strategy.TABLES,
    *territory.TABLES,
    *rules.TABLES,
    *periods.TABLES,
    *plans.TABLES,
    *other_plans.TABLES,
)


def table(name: str) -> Table:
    """The table called ``name``.

    Raises:
        KeyError: there is no such table.
    """
    return {known.name: known for known in TABLES}[name]


__all__ = ["TABLES", "Column", "Numbering", "Table", "ValueKind", "table"]
