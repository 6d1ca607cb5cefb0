"""The warm server: it has imported what every notebook uses, and forks whoever is asked for."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing import resource_tracker, util
from typing import TYPE_CHECKING

from slz_lib.production.writing import temporary

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext

    #: How a child can be started: by the server, or as a fork of a process that has no threads.
    Context = ForkServerContext | ForkContext

#: What the server imports; ``preparing`` does all the rest.
PRELOADED = ("__main__", "slz_lib.production.engine.preparing")
#: Bytes that the path of a socket's folder may have; Linux knows no longer address of a socket.
_LONGEST = 107 - len("/listener-12345678")


def server() -> ForkServerContext:
    """The server's context; the server is started where it does not run."""
    context = _context()
    # The server imports the program that started it; that one must not start another one.
    if not getattr(multiprocessing.current_process(), "_inheriting", False):
        from multiprocessing import forkserver

        with _apart():
            forkserver.ensure_running()
    return context


@cache
def _context() -> ForkServerContext:
    """The context; its socket lies in a folder that the next run knows as ours."""
    # As util.get_temp_dir has it, but for the name.
    settings = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001
    if "tempdir" not in settings:
        folder = temporary()
        if len(os.fsencode(folder)) > _LONGEST:
            folder.rmdir()
            folder = temporary("/tmp")  # noqa: S108 — a folder of our own is made in it
        settings["tempdir"] = str(folder)
        util.Finalize(None, shutil.rmtree, (folder, True), exitpriority=-100)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


@contextmanager
def _apart() -> Iterator[None]:
    """Start the server in the block so that it finds our modules and does not hear the keyboard.

    By itself it would look into the working folder first, and import whatever lies there under
    the name of a library. Its children have the environment of whoever asks for them, and hear
    again what they want to hear.
    """
    paths = os.pathsep.join(path for path in sys.path if path)
    own = {"PYTHONPATH": paths, "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in own}
    resource_tracker.ensure_running()  # it would unmask the signal
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
