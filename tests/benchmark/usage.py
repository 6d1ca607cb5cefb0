"""What a command takes: wall clock, processor and memory, with everything that it starts."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run took.

    Attributes:
        wall: seconds until it ended.
        cpu: seconds of processor of all its processes.
        peak: most bytes of memory that the largest of its processes held.
    """

    wall: float
    cpu: float
    peak: int = 0

    def __add__(self, other: Usage) -> Usage:
        """One run after the other."""
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


NOTHING = Usage(0.0, 0.0)


def middle(usages: Sequence[Usage]) -> Usage:
    """The median of each figure."""
    return Usage(
        median(usage.wall for usage in usages),
        median(usage.cpu for usage in usages),
        int(median(usage.peak for usage in usages)),
    )


def measured(command: Sequence[str | Path], folder: Path, **variables: str) -> tuple[Usage, str]:
    """Run ``command`` in ``folder`` with ``variables``; what it took and what it wrote.

    A server that outlives the command by a moment, as that of the forked children does, is waited
    for and counted with it; its last moment is no part of the wall clock.

    Raises:
        RuntimeError: it failed.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0)
    environment = {**os.environ, **variables}
    _orphans()  # of whatever was before: they are not to be counted with this
    with tempfile.TemporaryFile() as written, tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=written, stderr=told
        )
        _, status, first = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        used = [first, *_orphans()]
        written.seek(0)
        told.seek(0)
        if process.returncode:
            last = told.read().decode("utf-8", "replace")[-2000:]
            raise RuntimeError(f"{' '.join(map(str, command))}: {process.returncode}\n{last}")
        output = written.read().decode("utf-8")
    cpu = sum(use.ru_utime + use.ru_stime for use in used)
    return Usage(wall, cpu, 1024 * max(use.ru_maxrss for use in used)), output


def _orphans() -> list[resource.struct_rusage]:
    """What the processes took that the command has left behind."""
    found: list[resource.struct_rusage] = []
    while True:
        try:
            _, _, use = os.wait4(-1, 0)
        except ChildProcessError:
            return found
        found.append(use)
