"""The schedule of least weighted lateness, by OR-Tools CP-SAT; the one module that opens it.

Each part of a plan is solved by one thread with a fixed seed and a limit that is no clock, so its
result does not depend on how many parts are solved at once, nor on the machine's speed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from slz_lib.planning.tasks import Problem, Task, in_plain_order

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
    return sum(
        task.weight * task.late(starts[task.id])
        if task.id in starts
        else _left_out(problem)[task.id]
        for task in problem.tasks
    )


def _left_out(problem: Problem) -> dict[str, int]:
    late = {t.id: t.weight * (problem.quarters + t.late(problem.quarters)) for t in problem.tasks}
    pin = sum(late.values())
    return {t.id: late[t.id] + (pin if t.pinned is not None else 0) for t in problem.tasks}


def solved(problem: Problem, limit: float) -> Solved:
    """The schedule of least cost of one part that is found within ``limit``.

    Of schedules that cost as little, one in which what weighs more begins earlier.

    Args:
        problem: the part.
        limit: how long the solver may look, in its own seconds.
    """
    starts = in_plain_order(problem)
    model, left_out = _Model(problem), _left_out(problem)
    begins = [(task, at) for task in problem.tasks for at in model.at[task.id].items()]
    cost = sum(left_out.values()) + sum(
        (task.weight * task.late(start) - left_out[task.id]) * at for task, (start, at) in begins
    )
    early = sum(task.weight * start * at for task, (start, at) in begins)
    least = found_cost = costs(problem, starts)
    if found_cost:
        model.hint(starts)
        model.model.minimize(cost)
        _, found, bound = model.solve(limit)
        # What has room after all gets it, where nothing is proven.
        starts = in_plain_order(problem, found or starts)
        least, found_cost = max(0, ceil(bound - _NEAR)), costs(problem, starts)
    if starts:
        model.hint(starts)
        model.model.add(cost <= found_cost)
        model.model.minimize(early)
        starts = model.solve(limit)[1] or starts
    return Solved(starts, costs(problem, starts), least)


def fits(problem: Problem, needed: Collection[str], limit: float) -> bool | None:
    """Whether all that is needed can have a place at once; ``None`` when the limit is too short."""
    status, _, _ = _Model(problem, needed).solve(limit)
    return {"optimal": True, "feasible": True, "infeasible": False}.get(status)
