"""The schedule of least weighted lateness, by OR-Tools CP-SAT; the one module that opens it.

Each part of a plan is solved by one thread with a fixed seed and a limit that is no clock, so its
result does not depend on how many parts are solved at once, nor on the machine's speed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slz_lib.planning.tasks import Problem, Task, in_plain_order

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Solved:
    """Where the tasks of one part start, and how near that is to the best.

    Attributes:
        starts: the quarter of each task that has a place.
        left_out: weight of tasks without a place; ``least_left_out`` is proven to be unavoidable.
        late: weighted quarters of lateness; of those ``least_late`` are proven to be unavoidable
            with what has a place.
    """

    starts: Mapping[str, int]
    left_out: int
    least_left_out: int
    late: int
    least_late: int


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


def solved(problem: Problem, limit: float) -> Solved:
    """The best schedule of one part that is found within ``limit`` (the solver's own seconds).

    First as much weight as possible gets a place, then weighted lateness is least, then what weighs
    more begins earlier.
    """
    everything = sum(task.weight for task in problem.tasks)
    pin = everything + 1  # a pinned step goes before any number of others
    worth = {t.id: t.weight * (pin if t.pinned is not None else 1) for t in problem.tasks}
    tasks = {task.id: task for task in problem.tasks}
    starts = in_plain_order(problem)
    model = _Model(problem)
    placed = sum(worth[n] * begins for n, at in model.at.items() for begins in at.values())
    late = sum(
        tasks[n].weight * tasks[n].late(q) * begins
        for n, at in model.at.items()
        for q, begins in at.items()
    )
    early = sum(
        tasks[n].weight * q * begins for n, at in model.at.items() for q, begins in at.items()
    )

    def total_late() -> int:
        return sum(tasks[n].weight * tasks[n].late(q) for n, q in starts.items())

    whole, least = sum(worth.values()), 0
    if len(starts) < len(tasks):
        model.hint(starts)
        model.model.maximize(placed)
        _, found, bound = model.solve(limit)
        starts = found or starts
        least = max(0, whole - int(bound + 0.5)) if found else 0
    kept = sum(worth[name] for name in starts)
    if kept:
        model.model.add(placed >= kept)
    least_late = 0
    if total_late():
        model.hint(starts)
        model.model.minimize(late)
        _, found, bound = model.solve(limit)
        starts = found or starts
        least_late = max(0, int(bound - 1e-6) + 1 if bound > 0 else 0) if found else 0
    if starts:
        model.model.add(late <= total_late())
        model.hint(starts)
        model.model.minimize(early)
        starts = model.solve(limit)[1] or starts
    return Solved(starts, whole - kept, least, total_late(), least_late)


def fits(problem: Problem, needed: Collection[str], limit: float) -> bool | None:
    """Whether all that is needed can have a place at once; ``None`` when the limit is too short."""
    status, _, _ = _Model(problem, needed).solve(limit)
    return {"optimal": True, "feasible": True, "infeasible": False}.get(status)
