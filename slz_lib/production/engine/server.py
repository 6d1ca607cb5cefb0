"""The warm server, which has imported what notebooks use, and its children as parents see them."""

from __future__ import annotations

import math
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import resource_tracker, util
from typing import TYPE_CHECKING, Any

from slz_lib.production.engine.lifeline import end_strays
from slz_lib.production.engine.wire import received, send
from slz_lib.production.writing import scratch, temporary

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess, ForkServerContext, ForkServerProcess
    from pathlib import Path

    from slz_lib.production.engine import Running

#: What the server imports; ``preparing`` does all the rest.
PRELOADED = ("__main__", "slz_lib.production.engine.preparing")
#: Bytes that the path of a socket's folder may have; Linux knows no longer address of a socket.
_LONGEST = 107 - len("/listener-12345678")
#: Seconds that a child has to end by itself when its notebook is over.
_PATIENCE = 5.0
#: Seconds after which it is seen whether a silent child still lives.
_GLANCE = 0.5


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
    before = dict(os.environ)
    resource_tracker.ensure_running()  # it would unmask the signal
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(PYTHONPATH=paths, PYTHONSAFEPATH="1")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


class ChildTimeoutError(Exception):
    """A cell took longer than it may; the child was killed."""


class ChildDiedError(Exception):
    """The child ended within a cell: a fault of compiled code, ``os._exit``, no memory."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running child.

    Attributes:
        process: the notebook's own, or its keeper, which needs a moment to end what it keeps.
        connection: the way to the notebook.
    """

    process: ForkServerProcess | ForkProcess
    connection: Connection

    def kill(self) -> None:
        """End the child at once."""
        self.process.terminate()
        self.process.join(_PATIENCE)
        self.process.kill()
        self.process.join()

    def opened(self) -> dict[str, Any]:
        """What the notebook has opened so far, as :meth:`Opened.told` tells it.

        Raises:
            ChildDiedError: the child is gone.
        """
        kind, content = next(self._answers(None, math.inf))
        assert kind == "opened"
        return dict(content)

    def run(
        self, source: str, cell_id: str, timeout: float | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Run a cell; what it sends, as type and content, the last one being ``done``.

        Raises:
            ChildTimeoutError: it took more than ``timeout`` seconds.
            ChildDiedError: the child is gone.
        """
        for kind, content in self._answers((source, cell_id), timeout or math.inf):
            yield kind, content
            if kind == "done":
                return

    def _answers(self, asked: object, seconds: float) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the child sends after it was asked for something."""
        end = time.monotonic() + seconds
        try:
            send(self.connection, asked)
            while True:
                # What a cell has forked holds its connection open, even when the child is dead.
                while not self.connection.poll(min(max(end - time.monotonic(), 0), _GLANCE)):
                    if time.monotonic() >= end:
                        self.kill()
                        raise ChildTimeoutError
                    if not self.process.is_alive():
                        raise ChildDiedError
                kind, content = received(self.connection)
                yield str(kind), dict(content)
        # A cell can spoil the connection, and then nothing of the rest is to be believed.
        except (EOFError, OSError, RecursionError, TypeError, ValueError) as error:
            self.kill()
            raise ChildDiedError from error

    def has_ended(self) -> bool:
        """Wait a little for the child to end by itself; whether it has."""
        end = time.monotonic() + _PATIENCE
        while self.process.is_alive() and time.monotonic() < end:
            self.process.join(_GLANCE / 10)
        return not self.process.is_alive()


@contextmanager
def child(folder: Path | str, how: Running) -> Iterator[Child]:
    """A child for one notebook; it and what its cells have started are gone afterwards.

    Args:
        folder: the working folder.
        how: what limits it, and what forks it.

    Raises:
        ChildDiedError: it could not be started: the server is gone, or there is no room.
    """
    from slz_lib.production.engine.child import Place, keep, serve  # with all of IPython

    with scratch() as profile:
        here, there = multiprocessing.Pipe()
        place = Place(os.fspath(folder), str(profile), dict(os.environ), how.memory)
        process: ForkServerProcess | ForkProcess
        if how.foreign is None:
            process = server().Process(target=keep, args=(there, place), daemon=True)
        else:
            process = multiprocessing.get_context("fork").Process(
                target=serve, args=(there, place, (here, *how.foreign))
            )
        try:
            process.start()
        except (EOFError, OSError) as error:
            raise ChildDiedError from error
        there.close()
        running = Child(process, here)
        try:
            yield running
        except BaseException:
            running.kill()  # what goes wrong here does not wait for a cell to end
            raise
        finally:
            here.close()
            if not running.has_ended():
                running.kill()
            process.close()
            if how.foreign is not None:
                end_strays()
