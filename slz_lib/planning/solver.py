"""The schedule of least weighted lateness, by OR-Tools CP-SAT; the one module that opens it.

Each part of a plan is solved by one thread with a fixed seed and a limit that is no clock, so its
result does not depend on how many parts are solved at once, nor on the machine's speed.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any

from slz_lib.planning.tasks import Problem, Task, in_plain_order, standing

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Solved:
    """Where the tasks of one part start, and how near that is to the best.

    Attributes:
        starts: the quarter of each task that has a place.
        cost: weighted quarters of lateness, see :func:`costs`.
        least: the cost that is proven to be unavoidable.
    """

    starts: Mapping[str, int]
    cost: int
    least: int


#: So often some of the tasks are looked at again, so many at once and so long; so many looks in
#: vain are the last ones.
_ROUNDS, _AT_ONCE, _A_LOOK, _IN_VAIN = 60, 20, 0.02, 15

#: A bound is a whole number but for rounding.
_NEAR = 1e-4


class _Model:
    """One part as a model of CP-SAT: a Boolean for each start that a task may have."""

    def __init__(self, problem: Problem, needed: Collection[str] = ()) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.model = cp_model.CpModel()
        self.at: dict[str, dict[int, cp_model.IntVar]] = {
            task.id: {start: self.model.new_bool_var("") for start in task.starts(problem.quarters)}
            for task in problem.tasks
        }
        self._capacities()
        for task in problem.tasks:
            at = self.at[task.id]
            if task.id in needed:
                self.model.add_exactly_one(at.values())
            else:
                self.model.add_at_most_one(at.values())
            for name in task.requires:
                if name in self.at:
                    self._after(task, name)

    def _capacities(self) -> None:
        loads: dict[tuple[str, int], list[tuple[Any, int]]] = {}
        for task in self.problem.tasks:
            for start, begins in self.at[task.id].items():
                for quarter, days in enumerate(task.days, start):
                    if days and (task.body, quarter) in self.problem.capacity:
                        loads.setdefault((task.body, quarter), []).append((begins, days))
        for key, load in loads.items():
            if sum(days for _, days in load) > self.problem.capacity[key]:
                total = sum(begins * days for begins, days in load)
                self.model.add(total <= self.problem.capacity[key])

    def _after(self, task: Task, name: str) -> None:
        """Whoever has begun has what it requires behind it."""
        length = len(next(other.days for other in self.problem.tasks if other.id == name))
        at, before = self.at[task.id], self.at[name]
        for quarter in at:
            begun = sum(begins for start, begins in at.items() if start <= quarter)
            ended = sum(begins for start, begins in before.items() if start + length <= quarter)
            self.model.add(begun <= ended)

    def hint(self, starts: Mapping[str, int]) -> None:
        """Begin the search at known starts."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for name, at in self.at.items():
            for start, begins in at.items():
                self.model.add_hint(begins, starts.get(name) == start)

    def solve(self, limit: float) -> tuple[str, dict[str, int], float]:
        """Status (``optimal``, ``feasible``, ``infeasible``, ``unknown``), starts, proven bound."""
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = (
            2  # bodies with too little time: the proof is in sums
        )
        solver.parameters.max_deterministic_time = limit
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return solver.status_name(status).lower(), {}, 0.0
        starts = {
            name: start
            for name, at in self.at.items()
            for start, begins in at.items()
            if solver.boolean_value(begins)
        }
        return solver.status_name(status).lower(), starts, solver.best_objective_bound


def costs(problem: Problem, starts: Mapping[str, int]) -> int:
    """Weighted quarters of lateness; what is left out is late by the horizon's length more.

    A pinned step that is left out costs more than all others together.
    """
    left_out = _left_out(problem)
    return sum(
        task.weight * task.late(starts[task.id]) if task.id in starts else left_out[task.id]
        for task in problem.tasks
    )


def _left_out(problem: Problem) -> dict[str, int]:
    late = {t.id: t.weight * (problem.quarters + t.late(problem.quarters)) for t in problem.tasks}
    pin = sum(late.values())
    return {t.id: late[t.id] + (pin if t.pinned is not None else 0) for t in problem.tasks}


class _Search:
    """The search for the schedule of least cost of one part."""

    def __init__(self, problem: Problem, near: Mapping[str, int] | None) -> None:
        self.problem, self.near = problem, near
        self.left_out = _left_out(problem)
        stood = {t.id: near[t.id] for t in problem.tasks if t.id in near} if near else {}
        self.starts = in_plain_order(problem, standing(problem, stood))
        self.cost = costs(problem, self.starts)

    def better(self, problem: Problem, limit: float, fixed: Collection[str] = ()) -> int:
        """Take over what costs less; returns the cost that is proven to be unavoidable."""
        model = _Model(problem, fixed)
        model.hint(self.starts)
        model.model.minimize(self._cost(model))
        _, found, bound = model.solve(limit)
        found = in_plain_order(self.problem, found or self.starts)
        if costs(self.problem, found) < self.cost:
            self.starts, self.cost = found, costs(self.problem, found)
        return max(0, ceil(bound - _NEAR))

    def by_parts(self) -> None:
        """Look again and again at some tasks, while the others stand where they are."""
        chance = random.Random(1)  # noqa: S311 — no secret; the same every time
        names, in_vain = [task.id for task in self.problem.tasks], 0
        for _ in range(_ROUNDS + len(names) // 10):
            free = set(chance.sample(names, min(_AT_ONCE, len(names))))
            tasks = tuple(
                task
                if task.id in free
                else replace(task, earliest=0, pinned=self.starts[task.id])
                if task.id in self.starts
                else replace(task, forbidden=True)
                for task in self.problem.tasks
            )
            fixed, before = self.starts.keys() - free, self.cost
            self.better(replace(self.problem, tasks=tasks), _A_LOOK, fixed)
            in_vain = 0 if self.cost < before else in_vain + 1
            if in_vain == _IN_VAIN:
                break

    def settle(self, limit: float) -> None:
        """Of what costs as little take what changes least, or in which more weight begins early."""
        model = _Model(self.problem)
        model.hint(self.starts)
        model.model.add(self._cost(model) <= self.cost)
        near = self.near
        model.model.minimize(
            sum(
                task.weight * start * begins
                if near is None
                else (near.get(task.id) != start) * begins
                for task in self.problem.tasks
                for start, begins in model.at[task.id].items()
            )
        )
        self.starts = model.solve(limit)[1] or self.starts

    def _cost(self, model: _Model) -> Any:
        return sum(self.left_out.values()) + sum(
            (task.weight * task.late(start) - self.left_out[task.id]) * begins
            for task in self.problem.tasks
            for start, begins in model.at[task.id].items()
        )


def solved(problem: Problem, limit: float, near: Mapping[str, int] | None = None) -> Solved:
    """The schedule of least cost of one part that is found within ``limit``.

    Of schedules that cost as little, one in which what weighs more begins earlier.

    Args:
        problem: the part.
        limit: how long the solver may look, in its own seconds.
        near: starts of an earlier schedule, from which as little as possible is to move.
    """
    search, least = _Search(problem, near), 0
    limit *= max(1.0, len(problem.tasks) / 100)
    if search.cost:
        if len(problem.tasks) > _AT_ONCE:
            search.by_parts()
        least = search.better(problem, limit)
    if search.starts:
        search.settle(limit / 2)
    return Solved(search.starts, search.cost, least)


def fits(problem: Problem, needed: Collection[str], limit: float) -> bool | None:
    """Whether all that is needed can have a place at once; ``None`` when the limit is too short."""
    status, _, _ = _Model(problem, needed).solve(limit)
    return {"optimal": True, "feasible": True, "infeasible": False}.get(status)
