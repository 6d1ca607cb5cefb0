"""Laws of schedules, whatever the plan."""

from __future__ import annotations

import random
from collections.abc import Collection, Container
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from slz_lib.planning.reasons import Names
from slz_lib.planning.schedule import Schedule, scheduled
from slz_lib.planning.solver import fits, solved
from slz_lib.planning.tasks import Problem
from tests.samples.seeds import tries

QUARTERS = tuple(f"2024-Q{number}" for number in (1, 2, 3, 4))
LIMIT = 0.05


def made_up(seed: int) -> Schedule:
    """A schedule of up to a dozen steps of three bodies, of which one has no capacity."""
    chance = random.Random(seed)  # noqa: S311 — synthetic
    rows: list[dict[str, object]] = []
    for number in range(chance.randint(0, 12)):
        earlier = [str(row["id"]) for row in rows]
        rows.append(
            {
                "id": f"S{number}",
                "body": chance.choice("ABC"),
                "effort": chance.choice([3.0, 7.5, 12.0, pd.NA]),
                "earliest": chance.choice([0, 0, 1, 3, 4]),
                "due": chance.choice([0, 2, 3, pd.NA]),
                "length": chance.choice([1, 1, 2, 5]),
                "requires": ";".join(
                    chance.sample(earlier, min(len(earlier), chance.randint(0, 1)))
                ),
                "weight": chance.randint(1, 100),
                "pinned": chance.choice([pd.NA, pd.NA, pd.NA, 1]),
                "forbidden": chance.random() < 0.1,
            }
        )
    names = ["id", "body", "effort", "earliest", "due", "length", "requires", "weight", "pinned"]
    steps = pd.DataFrame(rows, columns=[*names, "forbidden"])
    each = [(body, quarter, 10.0) for body in "AB" for quarter in range(len(QUARTERS))]
    capacities = pd.DataFrame(each, columns=["body", "quarter", "person_days"])
    return scheduled(steps, capacities, Names(QUARTERS), limit=LIMIT)


def starts(schedule: Schedule) -> dict[str, int]:
    """Where what has a place stands."""
    placed = schedule.steps.dropna(subset=["start"])
    return {str(k): int(v) for k, v in zip(placed["id"], placed["start"], strict=True)}


def without(problem: Problem, elements: list[str]) -> Problem:
    """The problem as if these elements of a reason were not there."""
    capacity = dict(problem.capacity)
    tasks = {task.id: task for task in problem.tasks}
    for kind, *about in (element.split(":") for element in elements):
        if kind == "capacity":
            dropped = [QUARTERS.index(about[1])] if about[1:] else range(len(QUARTERS))
            for quarter in dropped:
                capacity.pop((about[0], quarter), None)
        else:
            task = tasks[about[0]]
            match kind:
                case "requires":
                    left = tuple(r for r in task.requires if r not in about[1:])
                    tasks[task.id] = replace(task, requires=left)
                case "window":
                    tasks[task.id] = replace(task, earliest=0)
                case "pin":
                    tasks[task.id] = replace(task, pinned=None)
                case _:
                    tasks[task.id] = replace(task, forbidden=False)
    return replace(problem, tasks=tuple(tasks.values()), capacity=capacity)


def alone(problem: Problem, placed: Container[str], elements: Collection[str]) -> Problem:
    """The problem as if of all that may keep a step out there were these elements alone."""
    others = [
        f"capacity:{body}:{QUARTERS[quarter]}"
        for body, quarter in problem.capacity
        if f"capacity:{body}" not in elements
    ]
    for task in problem.tasks:
        if task.id not in placed:
            others += [f"{kind}:{task.id}" for kind in ("window", "pin", "forbidden")]
            others += [f"requires:{task.id}:{other}" for other in task.requires]
    return without(problem, [one for one in others if one not in elements])


@pytest.mark.parametrize("first", range(0, tries(200, 40), 20))
def test_schedules_keep_their_limits_and_reasons_hold(first: int) -> None:
    for seed in range(first, first + 20):
        schedule = made_up(seed)
        at, tasks = starts(schedule), {task.id: task for task in schedule.problem.tasks}
        limited = schedule.load.dropna(subset=["capacity"])
        assert (limited["load"] <= limited["capacity"]).all(), seed
        for name, start in at.items():
            assert start in tasks[name].starts(len(QUARTERS)), seed
            for other in tasks[name].requires:
                assert other in at, seed
                assert at[other] + len(tasks[other].days) <= start, seed
        assert schedule.quality["least"].le(schedule.quality["cost"]).all(), seed
        reasons = schedule.reasons
        assert set(reasons["id"]) == set(schedule.unscheduled["id"]), seed
        for name, codes, enough in zip(
            reasons["id"], reasons["elements"], reasons["enough"], strict=True
        ):
            assert not fits(schedule.problem, {*at, name}, 1.0), (seed, name)
            reason = alone(schedule.problem, at, codes.split(";"))
            assert not fits(reason, {*at, name}, 1.0), (seed, name, codes)
            for one in codes.split(";"):
                assert fits(without(reason, [one]), {*at, name}, 1.0), (seed, name, one)
            for one in codes.split(";") if enough else ():
                eased = without(schedule.problem, [one])
                free = {task.id for task in eased.tasks} & {*at, name}
                assert fits(eased, free, 1.0), (seed, name, one)


@pytest.mark.parametrize("seed", range(12))
def test_one_worker_and_two_give_the_same_schedule(seed: int) -> None:
    one = made_up(seed).parts
    with ThreadPoolExecutor(2) as workers:
        two = workers.map(lambda of: (of[0], solved(of[0], LIMIT)), one)
    assert one == tuple(two)


def test_without_a_solver_there_is_a_plain_order(monkeypatch: pytest.MonkeyPatch) -> None:
    best = made_up(3)
    monkeypatch.setitem(__import__("sys").modules, "ortools.sat.python", None)
    plain = made_up(3)
    assert any("OR-Tools" in note for note in plain.notes)
    assert set(plain.steps["rank"]) == set(best.steps["rank"])
    assert starts(plain)
    assert set(plain.reasons["id"]) == set(plain.unscheduled["id"])
    assert not plain.reasons["whatever"].any()
