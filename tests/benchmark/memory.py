"""How much memory a command and all that it starts hold together."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

_STEP = 0.05  # seconds between two looks


def peak(command: Sequence[str], folder: Path) -> int:
    """Most bytes that ``command`` and its descendants held at one of many looks.

    A page that several processes share counts once. Reading this costs time, so that nothing is
    timed meanwhile.

    Raises:
        RuntimeError: it failed.
    """
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0
    while process.poll() is None:
        most = max(most, sum(_share(pid) for pid in _descendants(os.getpid())))
        time.sleep(_STEP)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {process.returncode}")
    return most


def _descendants(root: int) -> set[int]:
    """Processes that ``root`` has started, and those that they have."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything; the state and the parent follow it.
            told = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        except OSError:
            continue
        parents[int(status.parent.name)] = int(told.split()[1])
    found, new = set[int](), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def _share(pid: int) -> int:
    """Bytes that a process holds, shared pages in parts."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +(\d+) kB", told, re.MULTILINE)
    return 1024 * int(found[1]) if found else 0
