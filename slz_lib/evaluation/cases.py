"""Every case with evidence that rules are tried on, and what better evidence makes of each.

Criteria are whole and few, so all the ways in which they can stand together are gone through: how
many of them are done, fulfilled, active at least in part, in preparation; with every reach and
deadline. Measures have had three criteria at most; the cases have up to :data:`TRIED`, or some more
where a rule asks for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import ceil

import numpy as np
import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.vocabulary import Quantity

SHARES = ("share_done", "share_fulfilled", "share_active", "share_preparing")
FLAGS = ("deadline_fixed", "deadline_passed")
#: Numbers of criteria that are always tried, and that are tried at most.
TRIED = 8
_MOST = 12
_COUNTS = ("done", "fulfilled", "active", "preparing")
_STAND = ["criteria", *_COUNTS, "supplied", "reach", *FLAGS]


def cases(conditions: pd.DataFrame) -> pd.DataFrame:
    """All cases in which anybody said anything, those with the fewest criteria first.

    Of the ``conditions`` of the rules it asks how many criteria they speak of.

    Returns:
        One row a case: the quantities that rules compare (the shares float, the others int), and
        how many criteria are ``done``, ``fulfilled``, ``active`` and ``preparing`` (int).
    """
    asked = conditions.loc[conditions["quantity"].eq(Quantity.CRITERIA), "value"]
    highest = max(map(ceil, asked), default=0)
    counts = pd.DataFrame(
        _ways(min(max(TRIED, highest + 1), _MOST)), columns=["criteria", *_COUNTS]
    )
    rest = pd.DataFrame(
        list(product((1, 0), sorted(REACH_RANK.values()), (0, 1), (0, 1))),
        columns=["supplied", "reach", *FLAGS],
    )
    every = counts.merge(rest, how="cross")
    # Without an active criterion there is no reach, and only of nothing can nothing be supplied.
    silent = every["active"].eq(0) & every["preparing"].eq(0)
    possible = (every["active"].gt(0) | every["reach"].eq(0)) & (every["supplied"].eq(1) | silent)
    every = every[possible].reset_index(drop=True)
    shares = {
        share: every[name] / every["criteria"] for share, name in zip(SHARES, _COUNTS, strict=True)
    }
    return every.assign(**shares)


def _ways(most: int) -> list[tuple[int, int, int, int, int]]:
    """In how many ways up to ``most`` criteria can stand together."""
    return [
        (criteria, done, fulfilled, active, preparing)
        for criteria in range(1, most + 1)
        for active in range(criteria + 1)
        for fulfilled in range(active + 1)
        for done in range(fulfilled + 1)
        for preparing in range(criteria - active + 1)
    ]


def worsened(every: pd.DataFrame, ranks: pd.Series) -> tuple[int, int] | None:
    """Two cases, the second with one better criterion and a worse status; ``None`` without any.

    A criterion gets better when its state does and its reach does not shrink. More criteria in
    preparation are not counted as better: the scale does not.

    Args:
        every: the cases.
        ranks: rank of the status of each case, NA where the rules give none.

    Returns:
        Rows of ``every``.
    """
    stands = ranks.to_numpy(dtype="float64", na_value=np.nan)
    # A case as one number, so that the better one is found by addition.
    weights = dict(zip(_STAND, (2 * _MOST) ** np.arange(len(_STAND), dtype="int64"), strict=True))
    codes = sum(every[name] * weight for name, weight in weights.items())
    known = pd.Index(codes)
    for where, change in _improvements(every):
        before = np.flatnonzero(where)
        step = sum(weights[name] * amount for name, amount in change.items())
        after = known.get_indexer(pd.Index(codes.to_numpy()[before] + step))
        before, after = before[after >= 0], after[after >= 0]
        worse = np.flatnonzero(stands[after] > stands[before])
        if worse.size:
            return int(before[worse[0]]), int(after[worse[0]])
    return None


def _improvements(counts: pd.DataFrame) -> Iterator[tuple[pd.Series, Mapping[str, int]]]:
    """Where one criterion can get better, and how the counts change by it."""
    left = counts["criteria"] - counts["active"] - counts["preparing"]
    yield counts["supplied"].eq(0), {"supplied": 1}
    yield counts["supplied"].eq(1) & left.gt(0), {"active": 1}
    yield counts["preparing"].gt(0), {"active": 1, "preparing": -1}
    yield counts["active"].gt(counts["fulfilled"]), {"fulfilled": 1}
    yield counts["fulfilled"].gt(counts["done"]), {"done": 1}
    yield counts["active"].gt(0), {"reach": 1}
    # The reach is that of the fulfilled criteria, and the first of them need not reach furthest.
    first = counts["fulfilled"].eq(0) & counts["active"].gt(1)
    for narrower in range(1, len(REACH_RANK)):
        yield first & counts["reach"].ge(narrower), {"fulfilled": 1, "reach": -narrower}
