"""Records of one table that point to one another do not do so in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault

#: Tables whose rows point to others: the column of what points, and of what it points to. Merges,
#: successions and levels of goals are held by rules of their own, which leave no circle.
_POINTING = (
    ("goal_conditions", "goal_id", "condition_id"),
    ("bodies", "id", "parent_id"),
)
#: A circle of more records is named by its beginning.
_NAMED = 5


def circle_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Rows that close a circle: conditions of goals, and bodies above one another."""
    return [
        fault
        for name, column, points_to in _POINTING
        for fault in _in_circle(tables[name], column, points_to)
    ]


def _in_circle(checked: Checked, column: str, points_to: str) -> list[Fault]:
    """Rows in a circle, or between two: left when ends and beginnings are taken away again."""
    rows = checked.frame[[column, points_to]]
    around, before = rows.dropna(), -1
    while len(around) != before:
        before = len(around)
        goes_on = around[points_to].isin(around[column])
        around = around[goes_on & around[column].isin(around[points_to])]
    onward = dict(zip(around[column], around[points_to], strict=True))
    return checked.sheet.faults(
        rows.index.to_series().isin(around.index),
        points_to,
        lambda position, _: (
            "záznamy na sebe odkazují v kruhu "
            f"({_told(rows.iloc[position].tolist(), onward)}); jeden z odkazů zrušte"
        ),
    )


def _told(way: list[str], onward: Mapping[str, str]) -> str:
    """The way on from a record and what it points to, so far as it is named: *P1 → P5 → P1*."""
    while way[-1] not in way[:-1]:
        if len(way) > _NAMED:
            return " → ".join([*way, "…"])
        way = [*way, onward[way[-1]]]
    return " → ".join(way)
