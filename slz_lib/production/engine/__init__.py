"""The papermill engine ``slz``: a notebook runs in a child forked from a server that is warm.

A stock kernel spends most of its time on starting, importing and stopping. The server imports the
libraries once and forks a child for each notebook; a child runs one notebook and dies, so notebooks
share nothing. Outputs go through nbclient's own code, so they are those of a kernel.
"""

from __future__ import annotations

import multiprocessing
import os
from functools import cache
from importlib.util import find_spec

#: Our engine, as papermill knows it.
SLZ = "slz"
#: The engine of papermill itself: the fallback where a process cannot be forked, and the measure
#: of what ours has to give.
NBCLIENT = "nbclient"
ENGINES = (SLZ, NBCLIENT)


@cache
def can_fork() -> bool:
    """Whether the system has what our engine stands on, as Linux has; Windows and macOS lack it."""
    return (
        all(hasattr(os, name) for name in ("fork", "memfd_create"))
        and all(find_spec(name) for name in ("fcntl", "resource"))
        and "forkserver" in multiprocessing.get_all_start_methods()
    )
