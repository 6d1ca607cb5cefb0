"""Records of one table that point to one another do not do so in a circle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

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

Pair = tuple[str, str]


def circle_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Rows that close a circle: conditions of goals, and bodies above one another."""
    return [
        fault
        for name, column, points_to in _POINTING
        for fault in _in_circle(tables[name], column, points_to)
    ]


def _in_circle(checked: Checked, column: str, points_to: str) -> list[Fault]:
    rows = checked.frame[[column, points_to]]
    pairs = list(rows.dropna().itertuples(index=False, name=None))
    around = _circular(pairs)
    onward = dict(around)
    closing = set(around)
    wrong = [pair in closing for pair in rows.itertuples(index=False, name=None)]
    return checked.sheet.faults(
        pd.Series(wrong, index=rows.index, dtype="bool"),
        points_to,
        lambda position, _: (
            "záznamy na sebe odkazují v kruhu "
            f"({_told(rows.iloc[position].tolist(), onward)}); jeden z odkazů zrušte"
        ),
    )


def _circular(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that lie in a circle, or between two circles."""
    ahead = _without_ends(pairs)
    behind = _without_ends([(other, one) for one, other in ahead])
    return [(one, other) for other, one in behind]


def _without_ends(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs left when whatever points to nothing is taken away, again and again."""
    onward = Counter(one for one, _ in pairs)
    behind = defaultdict[str, list[str]](list)
    for one, other in pairs:
        behind[other].append(one)
    ends = [other for other in behind if not onward[other]]
    while ends:
        for one in behind[ends.pop()]:
            onward[one] -= 1
            if not onward[one]:
                ends.append(one)
    return [(one, other) for one, other in pairs if onward[one] and onward[other]]


def _told(way: list[str], onward: Mapping[str, str]) -> str:
    """The way on from a record and what it points to, so far as it is named: *P1 → P5 → P1*."""
    while way[-1] not in way[:-1]:
        if len(way) > _NAMED:
            return " → ".join([*way, "…"])
        way = [*way, onward[way[-1]]]
    return " → ".join(way)
