"""What is saved while somebody works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

#: Seconds between two looks at the files.
_PAUSE = 0.05


def saved(*groups: Callable[[], Iterable[Path]]) -> Iterator[tuple[bool, ...]]:
    """Wait, from now on and for ever, for files to be saved: in which of the groups that was."""
    known = [_stamps(group()) for group in groups]

    def changes() -> Iterator[tuple[bool, ...]]:
        nonlocal known
        while True:
            time.sleep(_PAUSE)
            seen = [_stamps(group()) for group in groups]
            if seen != known:
                yield tuple(now != before for now, before in zip(seen, known, strict=True))
            known = seen

    return changes()


def _stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """When each of the files was changed, and how long it is."""
    found = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:  # just being replaced
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
