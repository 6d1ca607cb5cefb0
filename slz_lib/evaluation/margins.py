"""The smallest change of evidence that would move a measure a step up or down.

A criterion stands in one of fifteen ways: done, fulfilled or in part with one of four reaches, or
inactive in one of three states (whose reach no rule asks for). All ways in which the criteria of a
measure can stand are few (3,375 for three criteria), so the rules are asked about all of them at
once, and the nearest one with a better or worse status is looked up. That is exact, and does not
depend on how many measures there are.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from slz_lib.evaluation.criteria import ACTIVE, FULFILLED, REACH_RANK, STATE_RANK
from slz_lib.evaluation.rules import RuleSet, decide
from slz_lib.vocabulary import DISPUTED, EvidenceState

#: Measures with more criteria have no computed change: there would be too many ways to stand.
MOST_CRITERIA = 4

Ints = npt.NDArray[np.int64]

#: Every way in which a criterion can stand: state and reach, as ranks.
_STANCES = [
    (STATE_RANK[state], reach)
    for state in EvidenceState
    for reach in (sorted(REACH_RANK.values()) if state in ACTIVE else [0])
]
_STATE, _REACH = (np.array(column) for column in zip(*_STANCES, strict=True))
#: How far apart two stances are: steps of the state and steps of the reach.
_STEPS = np.abs(_STATE[:, None] - _STATE) + np.abs(_REACH[:, None] - _REACH)
#: One criterion changed costs more than any number of steps of another.
_COST = np.where(_STEPS > 0, 100 + _STEPS, 0)


def stances(criteria: pd.DataFrame) -> pd.Series:
    """How each criterion stands, as a number (int64)."""
    state = pd.Categorical(criteria["state"], categories=[str(s) for s in EvidenceState]).codes
    active = state < len(ACTIVE)
    first = np.array([_STATE.tolist().index(rank) for rank in range(len(EvidenceState))])
    number = first[state] + np.where(active, criteria["reach"], 0)
    return pd.Series(number.astype("int64"), index=criteria.index)


def smallest_changes(
    judgements: pd.DataFrame, criteria: pd.DataFrame, rule_set: RuleSet
) -> pd.DataFrame:
    """For each measure and direction, the criteria to change and how they would have to stand.

    The step is to the next status of the scale, or past it where no evidence can give that one
    (the best one without a fixed deadline). The smallest change touches the fewest criteria, and
    takes the fewest steps of state and reach in them. Criteria are neither added nor dropped, and
    deadlines stay.

    Args:
        judgements: ``measure_id``, ``derived``, ``disputed``, ``deadline_fixed``,
            ``deadline_passed``.
        criteria: as :func:`slz_lib.evaluation.criteria.criteria` returns.
        rule_set: the rules that were applied.

    Returns:
        One row a criterion to change: ``measure_id``, ``direction`` (``up``, ``down``), ``status``
        (the status that follows), ``criterion``, ``from_state``, ``from_reach``, ``to_state``,
        ``to_reach`` (states str, reaches int), ``steps`` (int); in the order of the judgements. A
        measure that no evidence can move that way has no row.
    """
    criteria = criteria[criteria["state"].ne(DISPUTED)]
    stand = criteria.assign(stance=stances(criteria))
    stand = stand.sort_values(["measure_id", "stance"], kind="stable")
    stand["number"] = stand.groupby("measure_id", sort=False).cumcount()
    together = stand.groupby("measure_id", sort=False)["stance"].agg(tuple).rename("stances")
    situation = ["stances", "deadline_fixed", "deadline_passed"]
    # What a change of disputed evidence would do depends on who is heard after it.
    known = judgements[judgements["derived"].notna() & judgements["disputed"].eq(0)]
    cases = known.merge(together, left_on="measure_id", right_index=True)
    cases = cases[["measure_id", *situation]]
    rows: list[tuple[object, ...]] = []
    spaces: dict[tuple[int, int, int], tuple[Ints, Ints]] = {}
    distinct = cases[situation].drop_duplicates()
    for stands, fixed, passed in distinct.itertuples(index=False, name=None):
        if len(stands) <= MOST_CRITERIA:
            kind = (len(stands), fixed, passed)
            if kind not in spaces:
                spaces[kind] = _space(*kind, rule_set)
            changes = _changes(*spaces[kind], stands, list(rule_set.scale.ranks))
            rows += [(stands, fixed, passed, *change) for change in changes]
    columns = [*situation, "direction", "status", "number", "to", "steps"]
    kinds = dict.fromkeys(("direction", "status"), "str")
    kinds |= dict.fromkeys(("number", "to", "steps"), "int64")
    found = pd.DataFrame(rows, columns=columns).astype(kinds)
    table = cases.merge(found, on=situation).merge(
        stand[["measure_id", "number", "stance", "criterion"]], on=["measure_id", "number"]
    )
    order = pd.Series(range(len(judgements)), index=judgements["measure_id"])
    table["place"] = table["measure_id"].map(order)
    table = table.sort_values(["place", "direction", "number"])
    states = pd.Series([str(state) for state in EvidenceState])
    for side, name in (("from", "stance"), ("to", "to")):
        stance = table[name].to_numpy()
        table[f"{side}_state"] = states.reindex(_STATE[stance]).to_numpy()
        table[f"{side}_reach"] = _REACH[stance]
    told = ["measure_id", "direction", "status", "criterion", "from_state", "from_reach"]
    return table[[*told, "to_state", "to_reach", "steps"]].reset_index(drop=True)


def _space(size: int, fixed: int, passed: int, rule_set: RuleSet) -> tuple[Ints, Ints]:
    """All ways in which ``size`` criteria can stand, in one situation of the deadline.

    A row a way: the stance of each criterion; and the rank of the status that the rules give it, 0
    where they give none.
    """
    ways = np.array(list(product(range(len(_STANCES)), repeat=size)), dtype="int64")
    decided = decide(_quantities(ways, fixed, passed), rule_set)["derived"]
    known = rule_set.scale.ranks
    return ways, np.array([known.get(str(status), 0) for status in decided], dtype="int64")


def _quantities(ways: Ints, fixed: int, passed: int) -> pd.DataFrame:
    """What the rules compare, for each way to stand; as ``criteria.quantities`` has it."""
    states, reaches = _STATE[ways], _REACH[ways]
    fulfilled, active = states < len(FULFILLED), states < len(ACTIVE)
    widest_fulfilled = np.where(fulfilled, reaches, -1).max(axis=1)
    widest_active = np.where(active, reaches, 0).max(axis=1)
    nothing = STATE_RANK[EvidenceState.NOTHING_SUPPLIED]
    return pd.DataFrame(
        {
            "criteria": ways.shape[1],
            "share_done": (states == STATE_RANK[EvidenceState.DONE]).mean(axis=1),
            "share_fulfilled": fulfilled.mean(axis=1),
            "share_active": active.mean(axis=1),
            "share_preparing": (states == STATE_RANK[EvidenceState.PREPARING]).mean(axis=1),
            "supplied": (states != nothing).any(axis=1).astype("int64"),
            "reach": np.where(widest_fulfilled >= 0, widest_fulfilled, widest_active),
            "deadline_fixed": fixed,
            "deadline_passed": passed,
        }
    )


def _changes(
    ways: Ints, ranks: Ints, stands: tuple[int, ...], codes: list[str]
) -> list[tuple[object, ...]]:
    """The smallest change up and down: direction, status, criterion, its new stance, steps."""
    now = np.array(stands)
    costs = _COST[now, ways].sum(axis=1)
    rank = int(ranks[costs.argmin()])
    rows: list[tuple[object, ...]] = []
    for direction, goals in (
        ("up", range(rank - 1, 0, -1)),
        ("down", range(rank + 1, len(codes) + 1)),
    ):
        # The next step of the scale, or the first one beyond it that evidence can reach.
        goal = next((goal for goal in goals if (ranks == goal).any()), None)
        if goal is None:
            continue
        least = costs[ranks == goal].min()
        nearest = ways[(ranks == goal) & (costs == least)].tolist()
        # Of changes as small the best evidence, and of criteria that stand alike the first ones.
        after = min(
            nearest, key=lambda way: (sorted(way), np.flatnonzero(way != now).tolist(), way)
        )
        rows += [
            (direction, codes[goal - 1], number, to, int(_STEPS[stance, to]))
            for number, (stance, to) in enumerate(zip(stands, after, strict=True))
            if stance != to
        ]
    return rows
