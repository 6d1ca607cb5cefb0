"""The papermill engine ``slz``: a notebook runs in a child forked from a server that is warm.

A stock kernel spends most of its time on starting, importing and stopping. The server imports the
libraries once and forks a child for each notebook; a child runs one notebook and dies, so notebooks
share nothing. Outputs go through nbclient's own code, so they are those of a kernel.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from slz_lib.errors import ParameterError
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

#: Our engine, as papermill knows it.
SLZ = "slz"
#: The engine of papermill itself: the fallback where a process cannot be forked, and the measure
#: of what ours has to give.
NBCLIENT = "nbclient"
ENGINES = (SLZ, NBCLIENT)
#: Metadata of an executed notebook under which our engine says what the cells have opened.
OPENED = "slz_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a notebook is run; the last three are for our own engine alone.

    Attributes:
        engine: one of :data:`ENGINES`; the usual one when not given.
        timeout: most seconds of one cell; no limit when ``None``.
        memory: most bytes of address space that cells may take; no limit when ``None``.
        foreign: connections of this process that are no business of notebooks, where it forks
            them itself and adopts what they leave behind; the warm server does when ``None``.
        on_cell: called after every cell that was run.
    """

    engine: str | None = None
    timeout: float | None = None
    memory: int | None = None
    foreign: Sequence[Connection] | None = None
    on_cell: Callable[[], None] | None = None


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
