"""Why a step does not fit: the least of what stands in its way, found by leaving things out.

An element is a capacity of a body in a quarter, a precedence, a first quarter, a pin, a ban. A
reason is a set of elements that alone keep the step out, and no longer do when any one is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from slz_lib.language import NO_BREAK_SPACE, enumerate_words
from slz_lib.planning.solver import fits
from slz_lib.planning.tasks import Board, Problem

#: An element: its kind, and what it is about.
Element = tuple[str, ...]

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


@dataclass(frozen=True, slots=True)
class Names:
    """What sentences call quarters and bodies."""

    quarters: tuple[str, ...]
    bodies: Mapping[str, str]

    def code(self, element: Element) -> str:
        """``("capacity", "OSV", "2")`` → ``capacity:OSV:2024-Q3``; of all quarters without one."""
        kind, *about = element
        if kind == "capacity":
            when = about[1:]
            about[1:] = [self.quarters[int(q)] for q in when] if len(when) == 1 else []
        return ":".join([kind, *about])

    def told(self, quarters: Iterable[int]) -> str:
        """``1., 2. a 3. čtvrtletí 2024 a 1. čtvrtletí 2025``, or all of them in a word."""
        numbers = sorted(quarters)
        if len(numbers) == len(self.quarters) > 1:
            return "žádném čtvrtletí plánu"
        years: dict[str, list[str]] = {}
        for year, _, number in (self.quarters[n].partition("-Q") for n in numbers):
            years.setdefault(year, []).append(f"{number}." if number else year)
        return enumerate_words(
            [
                f"{enumerate_words(of_year)} čtvrtletí {year}".replace(". č", f".{NO_BREAK_SPACE}č")
                for year, of_year in years.items()
            ]
        )

    def room(self, quarters: list[int], lasts: int) -> str:
        """Where there is no room for what takes ``lasts`` quarters in a row."""
        if lasts == 1:
            return self.told(quarters)
        if lasts < len(self.quarters):
            return f"žádných {lasts}\u00a0čtvrtletích po sobě"
        return "celém období plánu"

    def sentence(self, reason: Reason, ends: Mapping[str, int], lasts: Mapping[str, int]) -> str:
        """Why a step does not fit.

        Args:
            reason: what keeps it out.
            ends: the last quarters of steps with a place.
            lasts: how many quarters a step without a place takes a body, by body.
        """
        full: dict[str, list[int]] = {}
        others = []
        for kind, *about in reason.elements:
            match kind:
                case "capacity":
                    full.setdefault(about[0], []).extend(int(q) for q in about[1:])
                case "requires":
                    place = (
                        f"který skončí v\u00a0{self.told([ends[about[1]]])}"
                        if about[1] in ends
                        else "který sám nemá místo"
                    )
                    others.append(f"krok {about[0]} čeká na krok {about[1]}, {place}")
                case "window":
                    others.append(f"krok {about[0]} nesmí začít dřív")
                case "pin":
                    others.append(f"krok {about[0]} má začátek pevně určen")
                case _:
                    others.append(f"krok {about[0]} je z\u00a0plánu vyřazen")
        rooms = [
            f"{self.bodies.get(body, body)} nemá dost volných člověkodnů "
            f"v\u00a0{self.room(when, lasts.get(body, 1))}"
            for body, when in full.items()
        ]
        again = ["další důvod"] if reason.number > 1 else []
        now = [] if reason.whatever else ["stojí-li ostatní kroky, kde jsou"]
        told = ": ".join([*again, *now, "; ".join([*rooms, *others])])
        any_one = (
            "kteroukoli z\u00a0těchto podmínek" if others or len(rooms) > 1 else "jedno čtvrtletí"
        )
        way = f" Stačí uvolnit {any_one}."
        whole = f"{told[:1].upper()}{told[1:]}."
        return whole + (way if reason.enough and len(reason.elements) > 1 else "")


@dataclass(frozen=True, slots=True)
class Reason:
    """A least set of elements that keeps a step out.

    Attributes:
        step: id of the step.
        number: which of its reasons, from 1.
        whatever: it holds wherever the other steps may stand, and not only where they stand now.
        enough: without any one of them the step fits, whatever else stands in its way.
    """

    step: str
    number: int
    elements: tuple[Element, ...]
    whatever: bool
    enough: bool


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
                least = sorted(_least(groups, fit), key=_in_words)
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
        for dropped in _tried(group):
            if set(dropped) <= set(kept[place]):
                trial = [e for e in kept[place] if e not in dropped]
                if not fit(
                    [e for n, rest in enumerate(kept) for e in (trial if n == place else rest)]
                ):
                    kept[place] = trial
    return [element for group in kept for element in group]


def _tried(group: list[Element]) -> Iterator[list[Element]]:
    """A group as a whole, then one by one."""
    yield group
    if len(group) > 1:
        yield from ([element] for element in group)


def _in_words(element: Element) -> tuple[bool, Element]:
    return (element[0] != "capacity", element)
