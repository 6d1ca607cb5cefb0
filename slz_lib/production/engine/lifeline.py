"""Processes that end with the one they belong to, whatever that one dies of."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import suppress
from pathlib import Path

#: The call by which Linux gives a process the orphans among its descendants.
_PR_SET_CHILD_SUBREAPER = 36


def end_with_parent(number: int, *, group: bool = False) -> None:
    """Have the system send this process a signal when the process that asked for it is gone.

    A process of ``multiprocessing`` has the end of a pipe that nobody ever writes to; the other end
    is closed by the death of whoever asked, even by ``kill -9``. No thread watches it, so a cell
    that never ends is ended too.

    Args:
        number: the signal.
        group: send it to this process's whole group, which it must lead.
    """
    import fcntl  # not on every system; where it is missing nobody forks

    parent = multiprocessing.parent_process()
    if parent is None or not hasattr(fcntl, "F_SETSIG"):
        return
    end = parent.sentinel
    fcntl.fcntl(end, fcntl.F_SETOWN, -os.getpid() if group else os.getpid())
    fcntl.fcntl(end, fcntl.F_SETSIG, number)
    fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_ASYNC)
    if not parent.is_alive():  # it died before it was watched
        os.kill(os.getpid(), number)


def adopt() -> None:
    """Become the parent of whatever the children of this process leave behind, where Linux runs."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_strays() -> None:
    """End every child of this process that ``multiprocessing`` did not start, and theirs in turn.

    In a process that has adopted them, these are what cells have started and left running, whatever
    session they have fled into.
    """
    while strays := _children() - {child.pid or 0 for child in multiprocessing.active_children()}:
        for stray in strays:
            with suppress(ProcessLookupError):
                os.kill(stray, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(stray, 0)


def _children() -> set[int]:
    """The children of this process, as Linux tells them; none where nobody tells."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:  # there is none, as nearly always
        return set()
    found: set[int] = set()
    for told in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            # After the name in brackets: the state, then the parent.
            _, parent, *_ = told.read_bytes().rpartition(b")")[2].split()
            if int(parent) == os.getpid():
                found.add(int(told.parent.name))
    return found
