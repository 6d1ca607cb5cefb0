"""The warm server: it has imported what every notebook uses, and forks whoever is asked for."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    # The server imports the program that started it; that one must not start another one.
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        return
    from multiprocessing import forkserver

    server()
    with own_modules():
        forkserver.ensure_running()


@contextmanager
def own_modules() -> Iterator[None]:
    """Let a server that starts in the block find the modules that this process finds, no others.

    By itself it would look into the working folder first, and import whatever lies there under
    the name of a library. Its children have the environment of whoever asks for them.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    own = {"PYTHONPATH": paths, "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
