"""Making sure that what was written is on the disk, so that losing power cannot mix two states."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def flush(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def flush_all(paths: Iterable[Path]) -> None:
    """The same for many, side by side: the disk then waits for all of them once or twice.

    No thread is left behind.
    """
    asked = list(paths)
    with ThreadPoolExecutor(max(len(asked), 1)) as threads:
        # Every one is waited for, and the first failure is told.
        list(threads.map(flush, asked))
