"""When each step is done, so that no body has more to do than it can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pandas as pd

from slz_lib.language import count, counted, first_words
from slz_lib.planning.obstacles import obstacles
from slz_lib.planning.reasons import Names
from slz_lib.planning.solver import Solved, costs, solved
from slz_lib.planning.tasks import UNIT, Problem, Task, in_plain_order, priority

#: How long the solver may look for a better schedule of one part, in its own seconds.
LIMIT = 0.2


@dataclass(frozen=True, eq=False)
class Schedule:
    """Harmonogram kroků: kdy se co dělá, koho to zatíží a co se nevejde.

    Attributes:
        steps: one row a step: ``id``, ``body``, ``weight``, ``rank`` (order of priority from 1),
            ``start`` and ``end`` (quarters from 0; NA = the step has no place), ``late`` (quarters
            after the due one, NA).
        notes: sentences on what was assumed, or why there is only a plain order.
        parts: what shares bodies or precedences, and how it was solved.
    """

    steps: pd.DataFrame
    notes: tuple[str, ...]
    parts: tuple[tuple[Problem, Solved], ...]
    problem: Problem
    names: Names
    limit: float

    @property
    def unscheduled(self) -> pd.DataFrame:
        """The steps without a place, by priority."""
        return self.steps[self.steps["start"].isna()].sort_values("rank", ignore_index=True)

    @property
    def lateness(self) -> int:
        """Weighted quarters after the due ones, of what has a place."""
        return int((self.steps["late"] * self.steps["weight"]).sum())

    @cached_property
    def quality(self) -> pd.DataFrame:
        """How good it is, a row a part that shares bodies or precedences.

        Returns:
            ``steps``, ``cost`` (weighted quarters of lateness; a step without a place is late by a
            horizon more), ``least`` (what is proven to be unavoidable).
        """
        rows = [(len(part.tasks), found.cost, found.least) for part, found in self.parts]
        return pd.DataFrame(rows, columns=["steps", "cost", "least"])

    @cached_property
    def load(self) -> pd.DataFrame:
        """Person-days by body and quarter.

        Returns:
            ``body``, ``quarter`` (from 0), ``load``, ``capacity`` (NA = not limited), in the order
            of bodies in the steps.
        """
        starts = _starts(self.steps)
        days = [
            (task.body, quarter, amount)
            for task in self.problem.tasks
            if task.id in starts
            for quarter, amount in enumerate(task.days, starts[task.id])
        ]
        limits = [(*key, limit) for key, limit in self.problem.capacity.items()]
        key = ["body", "quarter"]
        load = pd.DataFrame(days, columns=[*key, "load"]).groupby(key).sum().reset_index()
        table = load.merge(pd.DataFrame(limits, columns=[*key, "capacity"]), on=key, how="outer")
        hundredths = table[["load", "capacity"]].astype("Float64") / UNIT
        return table.assign(load=hundredths["load"].fillna(0), capacity=hundredths["capacity"])

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """Proč se krok nevešel: nejmenší důvod, ze kterého nelze nic vynechat.

        Returns:
            One row a reason: ``id`` of the step, ``number`` (a step may have several),
            ``elements`` (codes joined by ``;``: ``capacity:BODY:QUARTER``, ``capacity:BODY`` of all
            quarters for a step that lasts several, ``requires:STEP:STEP``,
            ``window:STEP``, ``pin:STEP``, ``forbidden:STEP``), ``whatever`` (it holds wherever the
            other steps may stand; else where they stand now), ``enough`` (without any one of them
            the step fits; else other reasons remain), ``sentence``.
        """
        order = self.unscheduled["id"].tolist()
        return obstacles(self.problem, _starts(self.steps), order, self.names, self.limit)

    def changes(self, before: Schedule) -> pd.DataFrame:
        """Čím se harmonogram liší od dřívějšího.

        Returns:
            One row a step that is not where it was: ``id``, ``change`` (``new``, ``gone``, ``in``,
            ``out``, ``earlier``, ``later``), ``before`` and ``after`` (its last quarter, NA).
        """
        both = self.steps[["id", "end"]].merge(
            before.steps[["id", "end"]], on="id", how="outer", suffixes=("_after", "_before"),
            indicator=True,
        )  # fmt: skip
        was, is_ = (both[name].astype("Int64") for name in ("end_before", "end_after"))
        told: tuple[tuple[str, pd.Series], ...] = (
            ("new", both["_merge"].eq("left_only")),
            ("gone", both["_merge"].eq("right_only")),
            ("in", was.isna() & is_.notna()),
            ("out", was.notna() & is_.isna()),
            ("earlier", (is_ < was).fillna(value=False)),
            ("later", (is_ > was).fillna(value=False)),
        )
        change = pd.Series(pd.NA, index=both.index, dtype="str")
        for code, where in told:
            change = change.mask(change.isna() & where.astype(bool), code)
        table = pd.DataFrame({"id": both["id"], "change": change, "before": was, "after": is_})
        return table.dropna(subset=["change"]).reset_index(drop=True)


def _starts(steps: pd.DataFrame) -> dict[str, int]:
    placed = steps.dropna(subset=["start"])
    return dict(zip(placed["id"], placed["start"].astype(int), strict=True))


def _steps(ids: pd.Series) -> str:
    return f"{counted(len(ids), 'kroky')} ({first_words(ids.tolist())})"


def _split(days: int, length: int) -> tuple[int, ...]:
    """Person-days spread over quarters as evenly as whole hundredths go."""
    each, rest = divmod(days, length)
    return tuple(each + (place < rest) for place in range(length))


def _usual(effort: pd.Series) -> float:
    """The effort that is assumed of a step where it is not known."""
    return float(effort.median()) if effort.notna().any() else 0.0


def _completed(steps: pd.DataFrame, quarters: int) -> pd.DataFrame:
    """The steps with ``days`` (hundredths); what they do not tell is assumed as :func:`_notes` say.

    What each requires are lists of ids.
    """
    effort = steps["effort"].astype("Float64")
    return steps.assign(
        days=(effort.fillna(_usual(effort)) * UNIT).round(),
        length=steps["length"].astype("Int64").fillna(1).clip(lower=1),
        earliest=steps["earliest"].astype("Int64").fillna(0).clip(lower=0),
        due=steps["due"].astype("Int64").fillna(quarters - 1),
        requires=steps["requires"].astype("str").fillna("").str.findall("[^;]+"),
        body=steps["body"].fillna(""),
    )


def _prepared(steps: pd.DataFrame, capacities: pd.DataFrame, quarters: int) -> Problem:
    """The completed steps and the capacities as a problem."""
    known = set(steps["id"])
    by_id: list[Any] = [*steps.sort_values("id").itertuples(index=False)]
    tasks = [
        Task(
            id=str(row.id),
            body=str(row.body),
            days=_split(int(row.days), min(int(row.length), quarters)),
            earliest=int(row.earliest),
            due=int(row.due),
            requires=tuple(dict.fromkeys(name for name in row.requires if name in known)),
            weight=max(1, int(row.weight)),
            pinned=None if pd.isna(row.pinned) else int(row.pinned),
            forbidden=bool(row.forbidden),
        )
        for row in by_id
    ]
    limited = {
        (str(body), int(quarter)): int(days * UNIT)
        for body, quarter, days in capacities[["body", "quarter", "person_days"]]
        .dropna()
        .itertuples(index=False)
        if 0 <= int(quarter) < quarters
    }
    return Problem(tuple(tasks), limited, quarters)


def _notes(steps: pd.DataFrame, problem: Problem, names: Names) -> Iterator[str]:
    """What had to be assumed to complete these steps, in Czech sentences."""
    effort = steps["effort"].astype("Float64")
    if effort.isna().any() and effort.notna().any():
        usual = count(round(_usual(effort)), "člověkoden", "člověkodny", "člověkodnů")
        yield (
            f"Pracnost nemá {_steps(steps['id'][effort.isna()])}; předpokládá se střední hodnota "
            f"ostatních ({usual})."
        )
    longer = steps["length"].gt(problem.quarters)
    if longer.any():
        yield (
            f"Déle než období plánu trvá {_steps(steps['id'][longer])}; počítá se s celým obdobím "
            "plánu."
        )
    outside = steps["earliest"].ge(problem.quarters)
    if outside.any():
        yield (
            f"Začít až po konci období plánu smí {_steps(steps['id'][outside])}; opravte "
            "nejdřívější začátek, nebo krok přesuňte do dalšího plánu."
        )
    if lost := sorted({*steps["requires"].explode().dropna()} - {*steps["id"]}):
        yield (
            f"Předcházet mají i kroky, které plán nemá ({first_words(lost)}); berou se za hotové."
        )
    limited = {body for body, _ in problem.capacity}
    free = sorted({task.body for task in problem.tasks} - limited - {""})
    if free and limited:
        named = first_words([names.bodies.get(name, name) for name in free])
        yield f"Kapacitu nemá v\u00a0datech {named}; jejich kroky omezuje jen termín."
    try:
        TopologicalSorter({task.id: task.requires for task in problem.tasks}).prepare()
    except CycleError as circle:
        told = " → ".join(circle.args[1][::-1])
        yield (
            f"Kroky se navzájem podmiňují v\u00a0kruhu ({told}), a proto nemohou začít; "
            "zrušte v\u00a0kruhu jednu návaznost."
        )


def scheduled(
    steps: pd.DataFrame,
    capacities: pd.DataFrame,
    names: Names,
    before: Schedule | None = None,
    limit: float = LIMIT,
) -> Schedule:
    """Rozvrhne kroky do čtvrtletí tak, aby vážené zpoždění bylo nejmenší.

    What does not fit is left out, the least important first; nothing is moved that an analyst has
    pinned. The same tables give the same schedule.

    Args:
        steps: ``id``, ``body``, ``effort`` (person-days, NA = unknown), ``earliest`` and ``due``
            (quarters from 0), ``length`` (quarters), ``requires`` (ids joined by ``;``), ``weight``
            (int), ``pinned`` (the quarter in which it begins, NA), ``forbidden`` (bool).
        capacities: ``body``, ``quarter`` (from 0), ``person_days``; what is not there is not
            limited.
        names: of the quarters of the horizon and of bodies, for sentences.
        before: an earlier schedule; what has not changed stays, of the rest as little as possible
            moves.
        limit: how long the solver may look at one part, in its own seconds.
    """
    whole = _completed(steps, len(names.quarters))
    problem = _prepared(whole, capacities, len(names.quarters))
    notes = [*_notes(whole, problem, names)]
    parts = problem.parts()
    near = _starts(before.steps) if before is not None else None
    known = before.parts if before is not None else ()

    def of(part: Problem) -> Solved:
        same = next((found for one, found in known if one == part), None)
        return same or solved(part, limit, near)

    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = [*pool.map(of, parts)]
    except ImportError:
        plain = [in_plain_order(part) for part in parts]
        found = [Solved(at, costs(part, at), 0) for part, at in zip(parts, plain, strict=True)]
        notes.append(
            "Řešitel OR-Tools zde není nainstalován; kroky jsou seřazeny jen podle priority a "
            "každý stojí v\u00a0prvním čtvrtletí, kde je na něj místo. Doplňte balíček ortools."
        )
    starts = {name: start for part in found for name, start in part.starts.items()}
    rows = [
        (task.id, task.body, task.weight, rank, starts.get(task.id), len(task.days), task.due)
        for rank, task in enumerate(sorted(problem.tasks, key=priority), start=1)
    ]
    columns = ["id", "body", "weight", "rank", "start", "lasts", "due"]
    told = pd.DataFrame(rows, columns=columns)
    told = told.astype({"id": "str", "body": "str", "start": "Int64"})
    told["end"] = told["start"] + told["lasts"] - 1
    told["late"] = (told["end"] - told["due"]).clip(lower=0)
    table = steps[["id"]].astype("str").merge(told.drop(columns=["lasts", "due"]), how="left")
    solutions = tuple(zip(parts, found, strict=True))
    return Schedule(table, tuple(notes), solutions, problem, names, limit)
