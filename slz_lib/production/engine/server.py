"""The warm server and its children, as the parent sees them."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from slz_lib.production.engine.child import Place, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, ForkServerProcess
    from pathlib import Path

#: What every notebook uses; nothing that may change between two runs, such as data, is among it.
PRELOADED = (
    "__main__",
    "slz_lib.production.engine.child",
    "slz_lib.evaluation",
    "slz_lib.evaluation.comparison",
    "slz_lib.planning",
    "slz_lib.presentation",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
)
#: Seconds that a child has to end by itself when its notebook is over.
_PATIENCE = 5.0


class ChildTimeoutError(Exception):
    """A cell took longer than it may; the child was killed."""


class ChildDiedError(Exception):
    """The child ended within a cell: a fault of compiled code, ``os._exit``, no memory."""

    def __init__(self, exit_code: int | None) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


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


@dataclass(frozen=True, slots=True)
class Child:
    """A running child."""

    process: ForkServerProcess
    connection: Connection

    def run(
        self, source: str, cell_id: str, timeout: float | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Run a cell; what it sends, as type and content, the last one being ``done``.

        Raises:
            ChildTimeoutError: it took more than ``timeout`` seconds.
            ChildDiedError: the child is gone.
        """
        end = None if timeout is None else time.monotonic() + timeout
        try:
            self.connection.send((source, cell_id))
            while True:
                left = None if end is None else max(end - time.monotonic(), 0)
                if not self.connection.poll(left):
                    self.process.kill()
                    raise ChildTimeoutError
                kind, content = self.connection.recv()
                yield kind, content
                if kind == "done":
                    return
        except (EOFError, OSError) as error:
            self.process.join(_PATIENCE)
            raise ChildDiedError(self.process.exitcode) from error


@contextmanager
def child(folder: Path | str, memory: int | None = None) -> Iterator[Child]:
    """A child for one notebook, in the working folder ``folder``; it is gone afterwards.

    Args:
        folder: the working folder.
        memory: most bytes of address space of the child; no limit when ``None``.
    """
    context = server()
    with tempfile.TemporaryDirectory(prefix="slz-ipython-") as profile:
        here, there = context.Pipe()
        place = Place(os.fspath(folder), profile, dict(os.environ), memory)
        process = context.Process(target=serve, args=(there, place), daemon=True)
        process.start()
        there.close()
        try:
            yield Child(process, here)
        finally:
            here.close()
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
