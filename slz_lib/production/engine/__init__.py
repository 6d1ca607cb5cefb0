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

from slz_lib.errors import ParameterError
from slz_lib.untrusted import shown

#: Our engine, as papermill knows it.
SLZ = "slz"
#: The engine of papermill itself: the fallback where a process cannot be forked, and the measure
#: of what ours has to give.
NBCLIENT = "nbclient"
ENGINES = (SLZ, NBCLIENT)
#: Metadata of an executed notebook under which our engine says what the cells have opened.
OPENED = "slz_opened"


@cache
def can_fork() -> bool:
    """Whether the system has what our engine stands on, as Linux has; Windows and macOS lack it."""
    return (
        all(hasattr(os, name) for name in ("fork", "memfd_create"))
        and all(find_spec(name) for name in ("fcntl", "resource"))
        and "forkserver" in multiprocessing.get_all_start_methods()
    )


def known_engine(name: str | None) -> str | None:
    """The engine called ``name``; ``None``, for the usual one, where none is named.

    Raises:
        ParameterError: it is none of :data:`ENGINES`, or it does not run on this system.
    """
    if name is None:
        return None
    if name not in ENGINES:
        raise ParameterError(
            f"Způsob běhu „{shown(name)}“ neznám; použijte {SLZ}, nebo {NBCLIENT}."
        )
    if name == SLZ and not can_fork():
        raise ParameterError(f"Způsob běhu {SLZ} na tomto systému nejde; použijte {NBCLIENT}.")
    return name
