"""What ``slz batch`` does with its request."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

from slz_lib.production.batch.record import unchanged
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.terminal import Progress, plan_lines, summary_lines, unchanged_line
from slz_lib.production.batch.values import Request
from slz_lib.production.inputs import inputs


def carry_out(request: Request) -> bool:
    """Do the batch and say how it went; whether no edition failed.

    Raises:
        SlzError: the batch was refused as a whole.
    """
    started = time.perf_counter()
    if not (request.force or request.dry):
        editions = unchanged(request, inputs(request.workplace))
        if editions is not None:
            _say([unchanged_line(editions, time.perf_counter() - started)])
            return True
    if request.dry:
        summary = run_batch(request, lambda _: None)
        sys.stdout.writelines(f"{line}\n" for line in plan_lines(summary.plan))
        return True
    with Progress() as progress:
        summary = run_batch(request, progress.tell)
    _say(summary_lines(summary, time.perf_counter() - started))
    return not summary.failed


def _say(lines: Iterable[str]) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)
