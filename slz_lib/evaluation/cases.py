"""Every kind of case with evidence that the conditions of a set of rules can tell apart.

A rule compares quantities with thresholds only, so the axis of a share falls into thresholds and
the gaps between them, its stretches; whatever lies in one stretch is judged alike. Which stretches
can come together, the numbers of criteria decide: they are whole, done ones are among the fulfilled
ones, these among the active ones, and what is in preparation is not active. Few criteria are taken
number by number; beyond the thresholds of ``criteria`` one large number stands for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.vocabulary import STATUS_RANKS, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

SHARES = ("share_done", "share_fulfilled", "share_active", "share_preparing")
FLAGS = ("deadline_fixed", "deadline_passed")
#: The quantities of a case.
QUANTITIES = tuple(str(quantity) for quantity in Quantity)
#: Stands for any number of criteria beyond the thresholds; fine enough for shares of six decimals.
MANY = 10**6
#: Numbers of criteria that are always asked about one by one, for the sake of plain examples.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A threshold of a share, or the gap between two of them, as so many criteria can meet it.

    Attributes:
        low, high: the ends of the stretch, as fractions of the criteria; equal for a threshold.
        fewest, most: the least and the greatest number of criteria that lie in it.
    """

    low: Fraction
    high: Fraction
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretches that a share of so many criteria can lie in, in ascending order."""

    number: int
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, number: int, thresholds: Iterable[float]) -> Axis:
        """The axis of ``number`` criteria."""
        inner = {Fraction(str(value)) for value in thresholds if 0 < value < 1}
        points = sorted({Fraction(0), Fraction(1), *inner})
        ends = [(point, point) for point in points]
        ends += pairwise(points)
        stretches = [_stretch(low, high, number) for low, high in sorted(ends)]
        return cls(number, tuple(found for found in stretches if found.fewest <= found.most))


def _stretch(low: Fraction, high: Fraction, number: int) -> Stretch:
    if low == high:
        return Stretch(low, high, ceil(low * number), floor(low * number))
    return Stretch(low, high, floor(low * number) + 1, ceil(high * number) - 1)


@dataclass(frozen=True, eq=False)
class Cases:
    """Kinds of cases.

    Attributes:
        table: one row a kind of case: the quantities of one that is such (float64), and for each
            share ``<share>_place``, the place of its stretch on the axis (int).
        axes: the axis of each number of criteria.
    """

    table: pd.DataFrame
    axes: dict[int, Axis]

    @cached_property
    def ends(self) -> dict[str, npt.NDArray[np.int64]]:
        """For each share, the fewest and the most criteria of its stretch, a row a case."""
        bounds = {
            number: np.array([(s.fewest, s.most) for s in axis.stretches], dtype="int64")
            for number, axis in self.axes.items()
        }
        starts = dict(
            zip(bounds, np.cumsum([0, *(len(b) for b in bounds.values())][:-1]), strict=True)
        )
        every = np.concatenate(list(bounds.values()))
        first = self.table["criteria"].map(starts).to_numpy(dtype="int64")
        return {share: every[first + self.table[f"{share}_place"].to_numpy()] for share in SHARES}

    def stretch(self, row: int, share: str) -> Stretch:
        """The stretch in which a share of the case in this row lies."""
        case = self.table.iloc[row]
        return self.axes[int(case["criteria"])].stretches[int(case[f"{share}_place"])]


def cases(conditions: pd.DataFrame) -> Cases:
    """All kinds of cases in which anybody said anything.

    Args:
        conditions: columns ``quantity``, ``value``.
    """
    thresholds = conditions.groupby("quantity")["value"].agg(list).to_dict()
    of_shares = [value for share in SHARES for value in thresholds.get(share, [])]
    highest = max((ceil(value) for value in thresholds.get("criteria", [])), default=0)
    numbers = [*range(1, max(_FEW, highest + 1) + 1), MANY]
    axes = {number: Axis.of(number, of_shares) for number in numbers}
    shares = pd.concat([_of_number(axis) for axis in axes.values()], ignore_index=True)
    rest = pd.DataFrame(
        list(product(sorted(REACH_RANK.values()), (0, 1), (0, 1))), columns=["reach", *FLAGS]
    )
    table = shares.merge(rest, how="cross")
    # Without an active criterion there is no reach.
    table = table[table["share_active"].gt(0) | table["reach"].eq(0)]
    silent = table["share_active"].eq(0) & table["share_preparing"].eq(0)
    table = pd.concat([table.assign(supplied=1), table[silent].assign(supplied=0)])
    places = [f"{share}_place" for share in SHARES]
    ordered = table.sort_values(["criteria", *places, "reach", *FLAGS], kind="stable")
    types = dict.fromkeys(QUANTITIES, "float64")
    return Cases(ordered[[*QUANTITIES, *places]].astype(types).reset_index(drop=True), axes)


def _of_number(axis: Axis) -> pd.DataFrame:
    """How the shares of so many criteria can stand together, each at the fewest of its stretch."""
    places = range(len(axis.stretches))
    fewest = np.array([stretch.fewest for stretch in axis.stretches])
    together = np.array(
        [
            (done, fulfilled, active, preparing)
            for active in places
            for fulfilled in range(active + 1)
            for done in range(fulfilled + 1)
            for preparing in places
            if fewest[active] + fewest[preparing] <= axis.number
        ],
        dtype="int64",
    )
    table = pd.DataFrame(together, columns=[f"{share}_place" for share in SHARES])
    for share, column in zip(SHARES, together.T, strict=True):
        table[share] = fewest[column] / axis.number
    return table.assign(criteria=axis.number)


#: What rises when a criterion gets better and the others stay as they were.
_RISING = ("share_done", "share_fulfilled", "share_active", "supplied", "reach")


def worsened(every: Cases, derived: pd.Series, asked: set[str]) -> tuple[int, int] | None:
    """Two cases, the second with better evidence and a worse status; ``None`` if there are none.

    A criterion gets better when its state does and its reach does not shrink. In terms of the
    quantities, one of them rises and the others stay, except in two cases: what was in preparation
    becomes active, so that one share rises while the other falls; and the reach, which is that of
    the fulfilled criteria, narrows when the first criterion becomes fulfilled and others, active in
    part, reach further. More criteria in preparation are not counted as better: the scale does not.

    Args:
        every: the kinds of cases.
        derived: status of each case, NA where the rules give none.
        asked: the quantities that the rules compare.

    Returns:
        Rows of ``every.table``.
    """
    ranks = derived.map(STATUS_RANKS).astype("float64")
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
