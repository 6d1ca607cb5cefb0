"""Steps as the solver sees them, the capacities they share, and a plain order without a solver."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
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

    def free(self, starts: Mapping[str, int]) -> dict[tuple[str, int], int]:
        """What is left of each capacity when the tasks stand so."""
        left = dict(self.capacity)
        for task in self.tasks:
            if task.id in starts:
                take(left, task, starts[task.id])
        return left

    def first_start(
        self, task: Task, left: Mapping[tuple[str, int], int], starts: Mapping[str, int]
    ) -> int | None:
        """The first quarter in which a task fits beside the others; ``None`` without one."""
        lengths = {other.id: len(other.days) for other in self.tasks}
        needed = [name for name in task.requires if name in lengths]
        if any(name not in starts for name in needed):
            return None
        ready = max((starts[name] + lengths[name] for name in needed), default=0)
        for start in task.starts(self.quarters):
            spans = ((task.body, start + k, days) for k, days in enumerate(task.days))
            if start >= ready and all(left.get((b, q), days) >= days for b, q, days in spans):
                return start
        return None


def take(left: dict[tuple[str, int], int], task: Task, start: int, sign: int = 1) -> None:
    """Take a task's person-days from what is left, or give them back (``sign=-1``)."""
    for quarter, days in enumerate(task.days, start):
        if (task.body, quarter) in left:
            left[task.body, quarter] -= sign * days


def cycles(tasks: Iterable[Task]) -> list[list[str]]:
    """The circles in which steps require one another, each from its first step on."""
    requires = {task.id: task.requires for task in tasks}
    done: set[str] = set()
    found: list[list[str]] = []
    for name, first in requires.items():
        path = [name]
        stack = [(name, iter(first))] if name not in done else []
        while stack:
            following = next((r for r in stack[-1][1] if r in requires and r not in done), None)
            if following is None:
                done.add(stack.pop()[0])
                path.pop()
            elif following in path:
                found.append(path[path.index(following) :])
            else:
                stack.append((following, iter(requires[following])))
                path.append(following)
    return found


def priority(task: Task) -> tuple[bool, int, str]:
    """What goes first: what an analyst has pinned, then what weighs more, then by id."""
    return (task.pinned is None, -task.weight, task.id)


def in_plain_order(problem: Problem) -> dict[str, int]:
    """Starts by priority alone: each step into the first quarter with room, after what it requires.

    Nothing that stands is moved for a later one, so it is no best schedule; it needs no solver.
    """
    tasks = {task.id: task for task in problem.tasks}
    open_ = {name: {r for r in task.requires if r in tasks} for name, task in tasks.items()}
    followers: dict[str, list[str]] = {}
    for name, required in open_.items():
        for other in required:
            followers.setdefault(other, []).append(name)
    ready = [(priority(tasks[name]), name) for name, required in open_.items() if not required]
    heapq.heapify(ready)
    left, starts = dict(problem.capacity), dict[str, int]()
    while ready:
        task = tasks[heapq.heappop(ready)[1]]
        start = problem.first_start(task, left, starts)
        if start is not None:
            starts[task.id] = start
            take(left, task, start)
        for name in followers.get(task.id, []):
            open_[name].discard(task.id)
            if not open_[name]:
                heapq.heappush(ready, (priority(tasks[name]), name))
    return starts


#: So many places are tried for what a step requires.
_TRIED = 5_000


def has_room(problem: Problem, starts: Mapping[str, int], name: str) -> dict[str, int] | None:
    """Where a step, and what it requires, fit beside the others as they stand.

    Returns:
        Starts of those that had none; ``None`` when there is no room.
    """
    tasks = {task.id: task for task in problem.tasks}
    order: list[str] = []
    waiting = [name]
    while waiting:
        step = waiting.pop()
        if step not in order and step not in starts:
            order.append(step)
            waiting.extend(r for r in tasks[step].requires if r in tasks)
    order.reverse()
    chosen, left, tried = dict(starts), problem.free(starts), [0]

    def agrees(step: str, start: int) -> bool:
        """Whether precedences with what has a place hold."""
        end = start + len(tasks[step].days)
        before = all(
            chosen.get(r, -1) + len(tasks[r].days) <= start
            for r in tasks[step].requires
            if r in chosen
        )
        return before and all(
            chosen[other] >= end
            for other in order
            if other in chosen and step in tasks[other].requires
        )

    def placed(place: int) -> bool:
        if place == len(order):
            return True
        task = tasks[order[place]]
        for start in task.starts(problem.quarters):
            tried[0] += 1
            spans = [((task.body, start + k), days) for k, days in enumerate(task.days)]
            if (
                tried[0] <= _TRIED
                and agrees(task.id, start)
                and all(left.get(key, days) >= days for key, days in spans)
            ):
                chosen[task.id] = start
                take(left, task, start)
                if placed(place + 1):
                    return True
                del chosen[task.id]
                take(left, task, start, sign=-1)
        return False

    return {step: chosen[step] for step in order} if placed(0) else None
