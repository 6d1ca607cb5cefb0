"""The warm server: it has imported what every notebook uses, and forks whoever is asked for."""

from __future__ import annotations

import multiprocessing
from functools import cache
from multiprocessing.context import ForkContext, ForkServerContext

#: What the server imports; ``preparing`` does all the rest.
PRELOADED = ("__main__", "slz_lib.production.engine.preparing")
#: How a child can be started: by the server, or as a fork of a process that has no threads.
Context = ForkServerContext | ForkContext


@cache
def server() -> ForkServerContext:
    """The server's context; the server starts with the first child, or with :func:`warm`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def warm() -> None:
    """Start the server now, so that it imports while the parent does something else."""
    from multiprocessing import forkserver

    server()
    forkserver.ensure_running()
