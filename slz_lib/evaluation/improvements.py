"""What better evidence on one criterion does to a kind of case, and whether the status gets worse.

A criterion gets better when its state does and its reach does not shrink. In terms of the
quantities, one of them rises and the others stay, except in two cases: what was in preparation
becomes active, so that one share rises while the other falls; and the reach, which is that of the
fulfilled criteria, narrows when the first criterion becomes fulfilled and others, active in part,
reach further. More criteria in preparation are not counted as better: the scale does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from slz_lib.evaluation.cases import QUANTITIES
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    from slz_lib.evaluation.cases import Cases

#: What rises when a criterion gets better and the others stay as they were.
_RISING = ("share_done", "share_fulfilled", "share_active", "supplied", "reach")


def worsened(every: Cases, derived: pd.Series, asked: set[str]) -> tuple[int, int] | None:
    """Two cases, the second with better evidence and a worse status; ``None`` if there are none.

    Args:
        every: the kinds of cases.
        derived: status of each case, NA where the rules give none.
        asked: the quantities that the rules compare.

    Returns:
        Rows of ``every.table``.
    """
    ranks = derived.map({str(status): status.rank for status in Status}).astype("float64")
    pairs = [_risen(every, quantity) for quantity in _RISING]
    if "share_preparing" in asked:
        pairs += [_begun(every, rise) for rise in (0, 1)]
    if "reach" in asked:
        pairs.append(_narrowed(every))
    rank = ranks.to_numpy()
    for before, after in pairs:
        worse = np.flatnonzero(rank[after] > rank[before])
        if worse.size:
            return int(before[worse[0]]), int(after[worse[0]])
    return None


_Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
_Pairs = tuple[_Rows, _Rows]


def _risen(every: Cases, quantity: str) -> _Pairs:
    """Pairs in which a quantity is one stretch or step higher and the others are the same."""
    others = [name for name in QUANTITIES if name != quantity]
    ordered = every.table.sort_values([*others, quantity], kind="stable")
    same = ordered[others].eq(ordered[others].shift()).all(axis="columns").to_numpy()
    rows = ordered.index.to_numpy()
    places = np.flatnonzero(same)
    return rows[places - 1], rows[places]


def _begun(every: Cases, rise: int) -> _Pairs:
    """Pairs in which a criterion that was in preparation has become active.

    Args:
        every: the kinds of cases.
        rise: whether the share of the active ones comes into its next stretch by it (1) or not (0).
    """
    table = every.table
    kept = [name for name in QUANTITIES if name not in {"share_active", "share_preparing"}]
    active, preparing = "share_active_place", "share_preparing_place"
    rows = table[[*kept, active, preparing]].assign(row=range(len(table)))
    moved = rows.assign(**{active: rows[active] + rise, preparing: rows[preparing] - 1})
    both = moved.merge(rows, on=[*kept, active, preparing], suffixes=("", "_after"))
    before, after = both["row"].to_numpy(), both["row_after"].to_numpy()
    more, fewer = every.ends["share_active"], every.ends["share_preparing"]
    # One number of criteria, of which exactly one moves from the one stretch into the other.
    low = np.maximum(more[before, 0], more[after, 0] - 1)
    fits = low <= np.minimum(more[before, 1], more[after, 1] - 1)
    least = np.maximum(fewer[before, 0], fewer[after, 0] + 1)
    fits &= least <= np.minimum(fewer[before, 1], fewer[after, 1] + 1)
    fits &= low + least <= both["criteria"].to_numpy()
    return before[fits], after[fits]


def _narrowed(every: Cases) -> _Pairs:
    """Pairs in which the first criterion becomes fulfilled, and reaches less far than others do."""
    table = every.table
    kept = [name for name in QUANTITIES if name not in {"share_fulfilled", "reach"}]
    rows = table[[*kept, "share_fulfilled_place", "reach"]].assign(row=range(len(table)))
    # Another criterion, active in part, is what reaches further.
    several = every.ends["share_active"][:, 1] > 1
    none = rows[rows["share_fulfilled_place"].eq(0) & several]
    first = rows[rows["share_fulfilled_place"].eq(1)]
    both = none.merge(first, on=kept, suffixes=("", "_after"))
    both = both[both["reach_after"] < both["reach"]]
    return both["row"].to_numpy(), both["row_after"].to_numpy()
