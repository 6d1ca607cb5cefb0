"""Steps as the solver sees them, the capacities they share, and a plain order without a solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

#: Person-days are counted in whole hundredths, so that sums are exact.
UNIT = 100


@dataclass(frozen=True, slots=True)
class Task:
    """One step: what it takes in each of its quarters, and when it may begin.

    Attributes:
        days: hundredths of person-days in each quarter that it lasts.
        earliest: the first quarter in which it may begin.
        due: the quarter in which it should end; ending later is late, not forbidden.
        requires: ids of the steps that have to end before it begins.
        pinned: the quarter in which it has to begin; ``None`` leaves it open.
        forbidden: it has no place in the plan.
    """

    id: str
    body: str
    days: tuple[int, ...]
    earliest: int = 0
    due: int = 0
    requires: tuple[str, ...] = ()
    weight: int = 1
    pinned: int | None = None
    forbidden: bool = False

    def starts(self, quarters: int) -> list[int]:
        """The quarters in which it may begin."""
        if self.forbidden:
            return []
        allowed = range(max(self.earliest, 0), quarters - len(self.days) + 1)
        return [q for q in allowed if self.pinned in (None, q)]

    def late(self, start: int) -> int:
        """How many quarters after its due one it ends."""
        return max(0, start + len(self.days) - 1 - self.due)


@dataclass(frozen=True, slots=True)
class Problem:
    """Tasks over a number of quarters; what ``capacity`` does not name is not limited."""

    tasks: tuple[Task, ...]
    capacity: Mapping[tuple[str, int], int]
    quarters: int

    def parts(self) -> list[Problem]:
        """Problems that share neither a body with a limit nor a precedence, in a fixed order."""
        limited = {body for body, _ in self.capacity}
        root: dict[str, str] = {}

        def found(name: str) -> str:
            while root.setdefault(name, name) != name:
                root[name] = root[root[name]]
                name = root[name]
            return name

        known = {task.id for task in self.tasks}
        for task in self.tasks:
            shared = [f"body {task.body}"] if task.body in limited else []
            for other in [*shared, *(f"step {r}" for r in task.requires if r in known)]:
                root[found(f"step {task.id}")] = found(other)
        groups: dict[str, list[Task]] = {}
        for task in self.tasks:
            groups.setdefault(found(f"step {task.id}"), []).append(task)
        return [
            replace(
                self,
                tasks=tuple(group),
                capacity={
                    key: days
                    for key, days in self.capacity.items()
                    if key[0] in {task.body for task in group}
                },
            )
            for group in groups.values()
        ]


def priority(task: Task) -> tuple[bool, int, str]:
    """What goes first: what an analyst has pinned, then what weighs more, then by id."""
    return (task.pinned is None, -task.weight, task.id)


class Board:
    """Tasks as they stand, and what is left of each capacity; filled one by one."""

    #: So many places are tried for a step and what it requires.
    TRIED = 5_000

    def __init__(self, problem: Problem, starts: Mapping[str, int]) -> None:
        self.problem, self.starts = problem, dict(starts)
        self.tasks = {task.id: task for task in problem.tasks}
        self.left = dict(problem.capacity)
        for name, start in starts.items():
            self._take(self.tasks[name], start, 1)

    def open(self, name: str) -> list[str]:
        """A step and what it requires, as far as they have no place; the required ones first."""
        order, seen, waiting = [], set[str](), [(name, False)]
        while waiting:
            step, behind = waiting.pop()
            if behind:
                order.append(step)
            elif step in self.tasks and step not in self.starts and step not in seen:
                seen.add(step)
                waiting.append((step, True))
                waiting.extend((required, False) for required in self.tasks[step].requires)
        return order

    def place(self, name: str) -> bool:
        """Give a step, and what it requires, the first places that fit beside the others."""
        self._tries = self.TRIED
        return self._placed(self.open(name))

    def stand(self, task: Task, start: int) -> bool:
        """Put a step where it was, if it fits there."""
        fits = self._fits(task, start)
        if fits:
            self.starts[task.id] = start
            self._take(task, start, 1)
        return fits

    def _placed(self, order: list[str]) -> bool:
        if not order:
            return True
        task = self.tasks[order[0]]
        for start in task.starts(self.problem.quarters):
            self._tries -= 1
            if self._tries >= 0 and self.stand(task, start):
                if self._placed(order[1:]):
                    return True
                del self.starts[task.id]
                self._take(task, start, -1)
        return False

    def _fits(self, task: Task, start: int) -> bool:
        required = [name for name in task.requires if name in self.tasks]
        return all(
            name in self.starts and self.starts[name] + len(self.tasks[name].days) <= start
            for name in required
        ) and all(
            self.left.get((task.body, quarter), days) >= days
            for quarter, days in enumerate(task.days, start)
        )

    def _take(self, task: Task, start: int, sign: int) -> None:
        for quarter, days in enumerate(task.days, start):
            if (task.body, quarter) in self.left:
                self.left[task.body, quarter] -= sign * days


def standing(problem: Problem, starts: Mapping[str, int]) -> dict[str, int]:
    """Of starts of an earlier schedule those that still hold, as far as there is room."""
    board = Board(problem, {})
    order = sorted(problem.tasks, key=lambda task: (starts.get(task.id, 0), priority(task)))
    for task in order:
        if task.id in starts and starts[task.id] in task.starts(problem.quarters):
            board.stand(task, starts[task.id])
    return board.starts


def in_plain_order(problem: Problem, starts: Mapping[str, int] | None = None) -> dict[str, int]:
    """Starts by priority alone: each step where there is room, with what it requires.

    Nothing that stands is moved for a later one, so it is no best schedule; it needs no solver.
    """
    board = Board(problem, starts or {})
    for task in sorted(problem.tasks, key=priority):
        board.place(task.id)
    return board.starts
