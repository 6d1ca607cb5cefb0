"""A process that ends with the one that started it, whatever that one dies of."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
from signal import SIGKILL, Signals


def end_with_parent(number: Signals = SIGKILL, *, group: bool = False) -> None:
    """Have the system send this process a signal when the process that asked for it is gone.

    A process of ``multiprocessing`` has the end of a pipe that nobody ever writes to; the other end
    is closed by the death of whoever asked, even by ``kill -9``. No thread watches it, so a cell
    that never ends is ended too.

    Args:
        number: the signal.
        group: send it to this process's whole group, which it must lead.
    """
    parent = multiprocessing.parent_process()
    if parent is None or not hasattr(fcntl, "F_SETSIG"):
        return
    end = parent.sentinel
    fcntl.fcntl(end, fcntl.F_SETOWN, -os.getpid() if group else os.getpid())
    fcntl.fcntl(end, fcntl.F_SETSIG, number)
    fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_ASYNC)
    if not parent.is_alive():  # it died before it was watched
        os.kill(os.getpid(), number)
