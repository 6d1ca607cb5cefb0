"""What ``slz batch`` does with its request."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

from slz_lib.production.batch.record import unchanged
from slz_lib.production.batch.running import News, run_batch
from slz_lib.production.batch.terminal import Progress, plan_lines, summary_lines, unchanged_lines
from slz_lib.production.batch.values import Request, Summary
from slz_lib.production.inputs import inputs


def carry_out(request: Request, scheduler: str | None = None) -> bool:
    """Do the batch and say how it went; whether no edition failed.

    Args:
        request: what is asked for.
        scheduler: address of the Dask scheduler whose machines do the work; this machine does it
            when not given.

    Raises:
        SlzError: the batch was refused as a whole.
    """
    started = time.perf_counter()
    if not (request.force or request.dry):
        plan = unchanged(request, inputs(request.workplace))
        if plan is not None:
            _say(unchanged_lines(plan, time.perf_counter() - started))
            return True
    if request.dry:
        summary = _run(request, scheduler, lambda _: None)
        sys.stdout.writelines(f"{line}\n" for line in plan_lines(summary.plan))
        return True
    with Progress() as progress:
        summary = _run(request, scheduler, progress.tell)
    _say(summary_lines(summary, time.perf_counter() - started))
    return not summary.failed


def _run(request: Request, scheduler: str | None, tell: Callable[[News], None]) -> Summary:
    if scheduler is None:
        return run_batch(request, tell)
    from slz_lib.production.batch.cluster import run_on_cluster

    return run_on_cluster(request, scheduler, tell)


def _say(lines: Iterable[str]) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)
