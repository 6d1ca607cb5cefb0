"""Judging a synthetic nation, measured: ``python -m tests.benchmark.scale``.

The time is a ratio to one plain pandas group-by over the same rows, so that it means the same on
every machine; both are medians of several runs in one process.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

import slz_lib
from slz_lib.evaluation.judgements import Judged, judge
from slz_lib.evaluation.rules import RuleSet, rules_in_force
from slz_lib.evaluation.traces import Trace
from tests.benchmark.nation import PERIOD, Nation, nation

DATA = Path(__file__).resolve().parents[2] / "data"
MEGABYTE = 1024**2


def evaluated(country: Nation, rules: RuleSet) -> tuple[Judged, Trace]:
    """Judgements and whole traces: what each rule asked, what was lacking, what would change it."""
    judged = judge(country.dataset, country.decisions, country.evidence, rules, PERIOD)
    traced = Trace(
        judged.judgements,
        judged.criteria,
        country.evidence.assign(decisive=judged.decisive),
        rules,
    )
    assert len(traced.conditions)
    assert len(traced.lacking)
    assert len(traced.changes)
    return judged, traced


def plain(country: Nation) -> object:
    """The yardstick: one group-by over the same rows."""
    return country.evidence.groupby(["measure_id", "criterion"], sort=False)["state"].size()


def timed(work: Callable[[], object], runs: int) -> float:
    """Seconds of one run, the median of several."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def peak(work: Callable[[], object]) -> int:
    """Bytes that a run holds at most beyond what was held before."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most - before


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10, help="years of the synthetic nation")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    arguments = parser.parse_args()
    rules = rules_in_force(slz_lib.load(DATA), PERIOD.as_of)
    country = nation(years=arguments.years)
    rows = len(country.evidence)
    grouped = timed(lambda: plain(country), arguments.runs)
    whole = timed(lambda: evaluated(country, rules), arguments.runs)
    memory = peak(lambda: evaluated(country, rules))
    judged, _ = evaluated(country, rules)
    lines = (
        f"Synthetic nation: {rows:,} rows of evidence, {len(judged.judgements):,} measures",
        f"Derived: {judged.judgements['derived'].value_counts().to_dict()}",
        f"Plain group-by:         {grouped:6.2f} s",
        f"Evaluation with traces: {whole:6.2f} s",
        f"Ratio:                  {whole / grouped:6.2f}",
        f"Peak memory:            {memory / MEGABYTE / (rows / 1e6):6.0f} MB per million rows",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
