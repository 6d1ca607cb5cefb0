"""The smallest change of evidence that would move a measure a step up or down.

A criterion stands in one of fifteen ways: done, fulfilled or in part with one of four reaches, or
inactive in one of three states (whose reach no rule asks for). All ways in which the criteria of a
measure can stand together are few (680 for three criteria), so the rules are asked about all of
them at once, and the nearest one with a better or worse status is looked up. That is exact,
and does not depend on how many measures there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement, permutations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from slz_lib.evaluation.criteria import ACTIVE, FULFILLED, REACH_RANK, STATE_RANK
from slz_lib.evaluation.rules import decide
from slz_lib.vocabulary import STATUS_RANKS, EvidenceState, Status

if TYPE_CHECKING:
    from slz_lib.evaluation.rules import RuleSet

#: Measures with more criteria have no computed change: there would be too many ways to stand.
MOST_CRITERIA = 6

Ints = npt.NDArray[np.int64]

#: Every way in which a criterion can stand: state and reach, as ranks.
_STANCES = [
    (STATE_RANK[state], reach)
    for state in EvidenceState
    for reach in (sorted(REACH_RANK.values()) if state in ACTIVE else [0])
]
_STATE, _REACH = (np.array(column) for column in zip(*_STANCES, strict=True))
#: One criterion changed costs more than any number of steps of another.
_CRITERION = 100
_BEYOND = 10**6
#: How far apart two stances are: steps of the state and steps of the reach.
_STEPS = np.abs(_STATE[:, None] - _STATE) + np.abs(_REACH[:, None] - _REACH)
_COST = np.where(_STEPS > 0, _CRITERION + _STEPS, 0)
#: Stances of a measure's criteria as digits of one number; 0 is none.
_DIGIT = len(_STANCES) + 1


@dataclass(frozen=True, slots=True, eq=False)
class _Space:
    """All ways in which so many criteria can stand together.

    Attributes:
        nodes: a row a way: stances of the criteria, sorted.
        ranks: rank of the status that the rules give it; 0 where they give none.
        neighbours: for each way, criterion and stance, the way that the change leads to.
    """

    nodes: Ints
    ranks: Ints
    neighbours: Ints


def stances(criteria: pd.DataFrame) -> pd.Series:
    """How each criterion stands, as a number (int64).

    Args:
        criteria: columns ``state``, ``reach``.
    """
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
    (SPLNĚNO without a fixed deadline). The smallest change touches the fewest criteria, and takes
    the fewest steps of state and reach in them. Criteria are neither added nor dropped, and
    deadlines stay.

    Args:
        judgements: ``measure_id``, ``derived``, ``deadline_fixed``, ``deadline_passed``.
        criteria: as :func:`slz_lib.evaluation.criteria.criteria` returns.
        rule_set: the rules that were applied.

    Returns:
        One row a criterion to change: ``measure_id``, ``direction`` (``up``, ``down``), ``status``
        (the status that follows), ``criterion``, ``from_state``, ``from_reach``, ``to_state``,
        ``to_reach`` (states str, reaches int), ``steps`` (int); in the order of the judgements. A
        measure that no evidence can move that way has no row.
    """
    stand = criteria.assign(stance=stances(criteria))
    stand = stand.sort_values(["measure_id", "stance"], kind="stable")
    keys = ["measure_id", "stance"]
    stand["occurrence"] = stand.groupby(keys, sort=False).cumcount()
    listed = _together(stand).rename("stances")
    flags = ["deadline_fixed", "deadline_passed"]
    known = judgements[judgements["derived"].notna()]
    cases = known[["measure_id", *flags]].merge(listed, left_on="measure_id", right_index=True)
    situation = ["stances", *flags]
    distinct = cases[situation].drop_duplicates()
    rows: list[tuple[object, ...]] = []
    spaces: dict[tuple[int, int, int], _Space] = {}
    for together, fixed, passed in distinct.to_numpy().tolist():
        stance = _apart(together)
        if len(stance) <= MOST_CRITERIA:
            kind = (len(stance), fixed, passed)
            if kind not in spaces:
                spaces[kind] = _space(*kind, rule_set)
            rows += _found(spaces[kind], stance, (together, fixed, passed))
    columns = [*situation, "direction", "status", "stance", "occurrence", "to", "steps"]
    found = pd.DataFrame(rows, columns=columns).astype({"stance": "int64", "to": "int64"})
    table = cases.merge(found, on=situation).merge(
        stand[[*keys, "occurrence", "criterion"]], on=[*keys, "occurrence"]
    )
    order = pd.Series(range(len(judgements)), index=judgements["measure_id"])
    table["place"] = table["measure_id"].map(order)
    table = table.sort_values(["place", "direction", "stance", "occurrence"], ascending=True)
    states = pd.Series([str(state) for state in EvidenceState])
    before, after = table["stance"].to_numpy(), table["to"].to_numpy()
    return pd.DataFrame(
        {
            "measure_id": table["measure_id"].astype("str"),
            "direction": table["direction"].astype("str"),
            "status": table["status"].astype("str"),
            "criterion": table["criterion"].astype("str"),
            "from_state": states.reindex(_STATE[before]).to_numpy(),
            "from_reach": _REACH[before],
            "to_state": states.reindex(_STATE[after]).to_numpy(),
            "to_reach": _REACH[after],
            "steps": table["steps"].astype("int64"),
        }
    ).reset_index(drop=True)


def _together(stand: pd.DataFrame) -> pd.Series:
    """The stances of each measure's criteria as one number, by measure id.

    Args:
        stand: ``measure_id``, ``stance``; ascending within a measure.
    """
    place = stand.groupby("measure_id", sort=False).cumcount().clip(upper=MOST_CRITERIA)
    return ((stand["stance"] + 1) * _DIGIT**place).groupby(stand["measure_id"]).sum()


def _apart(together: int) -> tuple[int, ...]:
    """The stances that :func:`_together` has made a number of."""
    digits = []
    while together:
        together, digit = divmod(together, _DIGIT)
        digits.append(digit - 1)
    return tuple(digits)


def _space(size: int, fixed: int, passed: int, rule_set: RuleSet) -> _Space:
    """The ways in which ``size`` criteria can stand, judged for one kind of deadline."""
    count = len(_STANCES)
    nodes = np.array(list(combinations_with_replacement(range(count), size)), dtype="int64")
    weights = count ** np.arange(size - 1, -1, -1, dtype="int64")
    codes = nodes @ weights  # ascending, because combinations come in order
    decided = decide(_quantities(nodes, fixed, passed), rule_set)["derived"]
    ranks = np.array([STATUS_RANKS.get(str(status), 0) for status in decided], dtype="int64")
    neighbours = np.empty((len(nodes), size, count), dtype="int64")
    for place in range(size):
        for stance in range(count):
            changed = nodes.copy()
            changed[:, place] = stance
            changed.sort(axis=1)
            neighbours[:, place, stance] = np.searchsorted(codes, changed @ weights)
    return _Space(nodes, ranks, neighbours)


def _quantities(nodes: Ints, fixed: int, passed: int) -> pd.DataFrame:
    """What the rules compare, for each way to stand; as ``criteria.quantities`` has it."""
    states, reaches = _STATE[nodes], _REACH[nodes]
    fulfilled, active = states < len(FULFILLED), states < len(ACTIVE)
    widest_fulfilled = np.where(fulfilled, reaches, -1).max(axis=1)
    widest_active = np.where(active, reaches, 0).max(axis=1)
    nothing = STATE_RANK[EvidenceState.NOTHING_SUPPLIED]
    return pd.DataFrame(
        {
            "criteria": nodes.shape[1],
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


def _found(
    space: _Space, stance: tuple[int, ...], situation: tuple[object, ...]
) -> list[tuple[object, ...]]:
    """Rows of the smallest change up and down from one way to stand."""
    node = int(np.flatnonzero((space.nodes == np.array(stance)).all(axis=1))[0])
    rank = int(space.ranks[node])
    rows: list[tuple[object, ...]] = []
    for direction, goals in (
        ("up", range(rank - 1, 0, -1)),
        ("down", range(rank + 1, len(Status) + 1)),
    ):
        # The next step of the scale, or the first one beyond it that evidence can reach.
        targets = (_nearest(space, node, space.ranks == goal) for goal in goals)
        target = next((found for found in targets if found is not None), None)
        if target is None:
            continue
        status = str(list(Status)[int(space.ranks[target]) - 1])
        for before, occurrence, after in _differences(stance, space.nodes[target]):
            steps = int(_STEPS[before, after])
            rows.append((*situation, direction, status, before, occurrence, after, steps))
    return rows


def _nearest(space: _Space, node: int, goal: npt.NDArray[np.bool_]) -> int | None:
    """The cheapest way to stand within ``goal``, one changed criterion at a time."""
    size = space.nodes.shape[1]
    cost = np.full(len(space.nodes), _BEYOND)
    cost[node] = 0
    for _ in range(size):
        reached = np.flatnonzero(cost < _BEYOND)
        step = cost[reached, None, None] + _COST[space.nodes[reached]]
        np.minimum.at(cost, space.neighbours[reached].ravel(), step.ravel())
        # One criterion more costs more than any steps saved.
        if cost[goal].min(initial=_BEYOND) < _BEYOND:
            break
    within = np.where(goal, cost, _BEYOND)
    nearest = int(within.argmin())
    return nearest if within[nearest] < _BEYOND else None


def _differences(before: tuple[int, ...], after: Ints) -> list[tuple[int, int, int]]:
    """The cheapest pairing of what a way to stand loses with what it gains.

    Returns:
        Stance before, its occurrence among equals, stance after.
    """
    lost, gained = list(before), after.tolist()
    for stance in before:
        if stance in gained:
            lost.remove(stance)
            gained.remove(stance)
    paired = min(
        permutations(gained),
        key=lambda order: (sum(_STEPS[pair] for pair in zip(lost, order, strict=True)), order),
    )
    return [
        (stance, lost[:place].count(stance), nearest)
        for place, (stance, nearest) in enumerate(zip(lost, paired, strict=True))
    ]
