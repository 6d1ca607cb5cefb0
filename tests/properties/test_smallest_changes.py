"""The smallest change of evidence that would move a measure: none is smaller, and none is missed.

For one and two criteria every way in which they can stand is tried.
"""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.criteria import ACTIVE, REACH_RANK
from slz_lib.evaluation.margins import MOST_CRITERIA
from slz_lib.vocabulary import DeadlineKind, Reach
from tests.samples.evidence import REACHES, STATES, Measure, Row, judged
from tests.samples.scales import CODES

#: A criterion: its state, and its reach where it is active.
Standing = tuple[str, str]
STANDINGS: list[Standing] = [
    (state, reach) for state in STATES for reach in (REACHES if state in ACTIVE else ["unknown"])
]
WAYS = [way for size in (1, 2) for way in combinations_with_replacement(STANDINGS, size)]
DEADLINES = [str(kind) for kind in DeadlineKind]
SITUATIONS = [(deadline, way) for deadline in DEADLINES for way in WAYS]
#: Number of criteria to change, then steps of their states and reaches.
Cost = tuple[int, int]


def measure(deadline: str, way: tuple[Standing, ...]) -> Measure:
    rows = [Row(f"criterion {number}", *standing) for number, standing in enumerate(way)]
    return Measure(rows, deadline)


@pytest.fixture(scope="module")
def every_way(dataset: slz_lib.Dataset) -> slz_lib.Evaluation:
    return judged([measure(*situation) for situation in SITUATIONS], dataset)


def steps(one: Standing, other: Standing) -> int:
    """How far apart two standings are; what is not active has no reach."""
    ranks = [REACH_RANK[Reach(reach)] for _, reach in (one, other)]
    return abs(STATES.index(one[0]) - STATES.index(other[0])) + abs(ranks[0] - ranks[1])


def cost(before: tuple[Standing, ...], after: tuple[Standing, ...]) -> Cost:
    return min(
        (
            sum(one != other for one, other in zip(before, order, strict=True)),
            sum(steps(one, other) for one, other in zip(before, order, strict=True)),
        )
        for order in permutations(after)
    )


def smallest(
    situation: tuple[str, tuple[Standing, ...]],
    derived: dict[tuple[str, tuple[Standing, ...]], str],
    direction: int,
) -> tuple[str, Cost] | None:
    """The nearest status that way that any evidence gives, and what it costs at least."""
    deadline, way = situation
    scale = CODES
    goals = scale[scale.index(derived[situation]) + direction :: direction]
    if direction < 0 and scale.index(derived[situation]) == 0:
        goals = []
    for goal in goals:
        costs = [
            cost(way, other)
            for (kind, other), status in derived.items()
            if (kind, len(other), status) == (deadline, len(way), goal)
        ]
        if costs:
            return goal, min(costs)
    return None


def test_no_change_is_smaller_than_the_one_told(every_way: slz_lib.Evaluation) -> None:
    derived = dict(zip(SITUATIONS, every_way.judgements["derived"], strict=True))
    ids = dict(zip(SITUATIONS, every_way.judgements["measure_id"], strict=True))
    told = {
        key: (str(rows["status"].iloc[0]), (len(rows), int(rows["steps"].sum())))
        for key, rows in every_way.trace.changes.groupby(["measure_id", "direction"])
    }
    expected = {
        (ids[situation], name): found
        for situation in SITUATIONS
        for name, direction in (("up", -1), ("down", 1))
        if (found := smallest(situation, derived, direction)) is not None
    }
    assert told == expected
    assert len(expected) > len(SITUATIONS)


def test_a_change_starts_from_how_the_criterion_stands(every_way: slz_lib.Evaluation) -> None:
    changes = every_way.trace.changes
    stand = every_way.criteria.set_index(["measure_id", "criterion"])
    found = stand.loc[pd.MultiIndex.from_frame(changes[["measure_id", "criterion"]])]
    assert changes["from_state"].tolist() == found["state"].tolist()
    assert changes["from_reach"].tolist() == found["reach"].tolist()
    assert not changes.duplicated(["measure_id", "direction", "criterion"]).any()


def test_each_change_of_several_is_paired_with_the_nearest(dataset: slz_lib.Dataset) -> None:
    """Three criteria that are not done: two of them in part are enough for half of four."""
    rows = [Row(name, "not_done") for name in "abc"]
    changes = judged([Measure([*rows, Row("d", "preparing")])], dataset).trace.changes
    up = changes[changes["direction"] == "up"]
    assert list(zip(up["criterion"], up["to_state"], strict=True)) == [
        ("d", "partial"),
        ("a", "partial"),
    ]
    assert up["steps"].tolist() == [1, 2]


def test_of_criteria_that_stand_alike_the_first_ones_are_named(dataset: slz_lib.Dataset) -> None:
    changes = judged([Measure([Row(name, "not_done") for name in "zyx"])], dataset).trace.changes
    assert changes.loc[changes["direction"].eq("up"), "criterion"].tolist() == ["z", "y"]


def test_a_measure_without_evidence_has_no_smallest_change(dataset: slz_lib.Dataset) -> None:
    assert judged([Measure()], dataset).trace.changes.empty


@pytest.mark.parametrize(("criteria", "known"), [(MOST_CRITERIA, True), (MOST_CRITERIA + 1, False)])
def test_with_too_many_criteria_no_change_is_computed(
    criteria: int, known: bool, dataset: slz_lib.Dataset
) -> None:
    rows = [Row(f"k{number}", "not_done") for number in range(criteria)]
    changes = judged([Measure(rows)], dataset).trace.changes
    assert (not changes.empty) == known


def test_every_real_measure_with_a_derived_status_has_a_change_unless_none_can_move_it(
    evaluation: slz_lib.Evaluation,
) -> None:
    """Up from the best step that evidence can reach there is nothing, nor down from the last."""
    judgements = evaluation.judgements.set_index("measure_id")
    changes = evaluation.trace.changes
    moved = {
        way: set(changes.loc[changes["direction"].eq(way), "measure_id"]) for way in ("up", "down")
    }
    best = judgements["derived"].eq("SPLNENO") | (
        judgements["derived"].eq("PLNENO") & judgements["deadline_fixed"].eq(0)
    )
    last = judgements["derived"].eq("NEPLNENO")
    known = judgements["derived"].notna()
    assert moved["up"] == set(judgements.index[known & ~best])
    assert moved["down"] == set(judgements.index[known & ~last])
