"""Why a step does not fit: the least of what stands in its way, found by leaving things out.

A reason is a set of elements that alone keep the step out and no longer do when any is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from slz_lib.planning.reasons import Element, Names, Reason
from slz_lib.planning.solver import fits
from slz_lib.planning.tasks import Board, Problem

#: For so many steps it is asked whether the others could stand elsewhere.
_FREELY = 40

#: So many reasons of one step are told.
_MOST = 3

#: What the table tells of each.
_COLUMNS = {
    "id": "str",
    "number": "int64",
    "elements": "str",
    "whatever": "bool",
    "enough": "bool",
    "sentence": "str",
}


def obstacles(
    problem: Problem, starts: Mapping[str, int], steps: Iterable[str], names: Names, limit: float
) -> pd.DataFrame:
    """The reasons of each step that has no place, as :attr:`Schedule.reasons` describes them.

    Args:
        problem: all tasks.
        starts: where those that have a place stand.
        steps: ids of those that have none, by priority.
        names: for sentences.
        limit: how long the solver may look at one question.
    """
    parts = {task.id: part for part in problem.parts() for task in part.tasks}
    ends = {t.id: starts[t.id] + len(t.days) - 1 for t in problem.tasks if t.id in starts}
    found: list[Reason] = []
    lasts: dict[str, dict[str, int]] = {}
    for place, name in enumerate(steps):
        question = _Question(parts[name], starts, name, limit)
        lasts[name] = question.lasts()
        freely = question.reasons(whatever=True) if place < _FREELY else None
        found.extend(question.reasons(whatever=False) or () if freely is None else freely)
    rows = [
        (
            one.step,
            one.number,
            ";".join(map(names.code, one.elements)),
            one.whatever,
            one.enough,
            names.sentence(one, ends, lasts[one.step]),
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


class _Question:
    """Whether one step fits when only some of the elements count."""

    def __init__(self, part: Problem, starts: Mapping[str, int], name: str, limit: float) -> None:
        self.part, self.name, self.limit = part, name, limit
        self.tasks = {task.id: task for task in part.tasks}
        self.starts = {task: start for task, start in starts.items() if task in self.tasks}
        self.open = Board(part, self.starts).open(name)

    def lasts(self) -> dict[str, int]:
        """The longest of the steps that wait for a place, in quarters, by body."""
        lengths: dict[str, int] = {}
        for task in (self.tasks[name] for name in self.open):
            lengths[task.body] = max(lengths.get(task.body, 1), len(task.days))
        return lengths

    def elements(self) -> list[list[Element]]:
        """What may stand in its way, in groups; the first are the first to be dropped."""
        tasks = [self.tasks[name] for name in self.open]
        lasts = self.lasts()
        own = lasts.keys()
        when: dict[str, list[str]] = {}
        for body, quarter in sorted(self.part.capacity):
            when.setdefault(body, []).append(str(quarter))
        others: list[Element] = [("capacity", b, *all_) for b, all_ in when.items() if b not in own]
        rooms: list[list[Element]] = []
        for body in sorted(own & when.keys()):
            if lasts[body] > 1:
                # One quarter more would not do for a step of several.
                rooms.append([("capacity", body, *when[body])])
            else:
                rooms.extend([("capacity", body, quarter)] for quarter in reversed(when[body]))
        edges: list[list[Element]] = [
            [("requires", task.id, name)]
            for task in tasks
            for name in task.requires
            if name in self.tasks
        ]
        own_ones: list[list[Element]] = [
            [(kind, task.id)]
            for kind, holds in (
                ("window", lambda t: t.earliest > 0),
                ("pin", lambda t: t.pinned is not None),
                ("forbidden", lambda t: t.forbidden),
            )
            for task in tasks
            if holds(task)
        ]
        return [group for group in [others, *rooms, *edges, *own_ones] if group]

    def reasons(self, *, whatever: bool) -> list[Reason] | None:
        """Reasons that share no element; ``None`` when the solver could not tell in its time."""
        fit = self._freely if whatever else self._as_placed
        groups, found = self.elements(), list[Reason]()
        everything = [element for group in groups for element in group]
        try:
            while len(found) < _MOST and not fit([e for group in groups for e in group]):
                least = sorted(_least(groups, fit), key=lambda e: (e[0] != "capacity", e))
                enough = all(fit([e for e in everything if e != one]) for one in least)
                reason = Reason(self.name, len(found) + 1, tuple(least), whatever, enough)
                found.append(reason)
                groups = [[e for e in group if e not in least] for group in groups]
        except _UnknownError:
            return None
        return found or None

    def only(self, kept: Iterable[Element]) -> Problem:
        """The part with these elements alone, and all that holds for the steps with a place."""
        counts = set(kept)
        limited = {(e[1], quarter) for e in counts if e[0] == "capacity" for quarter in e[2:]}
        tasks = [
            task
            if task.id in self.starts
            else replace(
                task,
                earliest=task.earliest if ("window", task.id) in counts else 0,
                pinned=task.pinned if ("pin", task.id) in counts else None,
                forbidden=task.forbidden and ("forbidden", task.id) in counts,
                requires=tuple(r for r in task.requires if ("requires", task.id, r) in counts),
            )
            for task in self.part.tasks
            if task.id in self.starts or task.id in self.open
        ]
        capacity = {
            (body, quarter): days
            for (body, quarter), days in self.part.capacity.items()
            if (body, str(quarter)) in limited
        }
        return replace(self.part, tasks=tuple(tasks), capacity=capacity)

    def _as_placed(self, kept: Iterable[Element]) -> bool:
        """Whether it fits while the others stay where they are."""
        return Board(self.only(kept), self.starts).place(self.name)

    def _freely(self, kept: list[Element]) -> bool:
        """Whether it fits wherever the others may stand.

        Raises:
            _UnknownError: the solver could not tell in its time, or is missing.
        """
        if self._as_placed(kept):
            return True
        try:
            found = fits(self.only(kept), {*self.starts, self.name}, self.limit)
        except ImportError:
            found = None
        if found is None:
            raise _UnknownError
        return found


class _UnknownError(Exception):
    """The solver could not tell in its time."""


def _least(groups: list[list[Element]], fit: Callable[[list[Element]], bool]) -> list[Element]:
    """A least set that keeps the step out: what may be dropped is dropped, group by group."""
    kept = [list(group) for group in groups]
    for place, group in enumerate(groups):
        # A group as a whole, then one by one.
        for dropped in (group, *([element] for element in group if len(group) > 1)):
            if set(dropped) <= set(kept[place]):
                trial = [*kept]
                trial[place] = [e for e in kept[place] if e not in dropped]
                if not fit([e for each in trial for e in each]):
                    kept = trial
    return [element for group in kept for element in group]
