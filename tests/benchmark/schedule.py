"""What a schedule costs and how near the best it comes: ``python -m tests.benchmark.schedule``.

The real plan and made-up ones of 500 and 2,000 steps, by one worker and by two in turns. Their gap
has to be the same: workers share out whole parts, and no part looks at a clock.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import slz_lib
from slz_lib.planning.schedule import LIMIT
from slz_lib.planning.solver import solved
from slz_lib.planning.tasks import UNIT, Problem, Task
from tests.benchmark.briefs import DATA, PERIOD
from tests.benchmark.usage import Usage, middle

QUARTERS = 8


def real() -> Problem:
    """The problem of the plan that the data give."""
    evaluation = slz_lib.evaluate(slz_lib.load(DATA), PERIOD)
    horizon = str(evaluation.dataset.horizons["id"].iloc[0])
    schedule = slz_lib.draft_plan(evaluation, horizon).schedule
    assert schedule is not None
    return schedule.problem


def made_up(size: int) -> Problem:
    """Steps of bodies that have room for nine tenths of them; a quarter requires an earlier one."""
    chance = random.Random(size)  # noqa: S311 — synthetic
    bodies = [f"B{number}" for number in range(size // 25)]
    tasks: list[Task] = []
    needed = dict.fromkeys(bodies, 0)
    last: dict[str, str] = {}
    for number in range(size):
        body = chance.choice(bodies)
        days = tuple(UNIT * chance.randint(2, 20) for _ in range(chance.choice((1, 1, 2))))
        before = (last[body],) if body in last and chance.random() < 1 / 4 else ()
        due, weight = chance.randrange(QUARTERS), chance.randint(1, 100)
        tasks.append(Task(f"S{number:04}", body, days, 0, due, before, weight))
        needed[body] += sum(days)
        last[body] = tasks[-1].id
    room = {body: int(days * 0.9 / QUARTERS) for body, days in needed.items()}
    return Problem(
        tuple(tasks), {(body, q): room[body] for body in bodies for q in range(QUARTERS)}, QUARTERS
    )


def run(problem: Problem, workers: int) -> tuple[Usage, float]:
    """Solve all parts; what it took, and the share of the cost that is not proven."""
    parts = problem.parts()
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda part: solved(part, LIMIT), parts))
    usage = Usage(time.perf_counter() - wall, time.process_time() - cpu)
    cost, least = sum(each.cost for each in found), sum(each.least for each in found)
    return usage, (cost - least) / cost if cost else 0.0


def lines(runs: int) -> Iterator[str]:
    """The table in Markdown, a line as soon as it is known."""
    yield "| Plan | Steps | Parts | Workers | CPU s | Wall s | Gap |"
    yield "| --- |" + " ---: |" * 6
    for name, problem in (("real", real()), *(("made up", made_up(n)) for n in (500, 2_000))):
        taken: dict[int, list[Usage]] = {1: [], 2: []}
        gaps = set[float]()
        for _ in range(runs):
            for workers, usages in taken.items():
                usage, gap = run(problem, workers)
                usages.append(usage)
                gaps.add(gap)
        (gap,) = gaps
        for workers, usages in taken.items():
            usage = middle(usages)
            told = (name, len(problem.tasks), len(problem.parts()), workers)
            figures = (f"{usage.cpu:.2f}", f"{usage.wall:.2f}", f"{gap:.2%}")
            yield f"| {' | '.join(map(str, (*told, *figures)))} |"


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1, help="times that each worker has its turn")
    for line in lines(parser.parse_args().runs):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
