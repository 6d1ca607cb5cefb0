"""A process that does nothing but fork notebooks for a worker of a batch.

It stays as it was made, so a fork of it has little to copy and is quick; and the worker, which
forks nothing any more, is free to start threads.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING, NoReturn

from slz_lib.production.engine.lifeline import adopt, end_strays, end_with_parent

if TYPE_CHECKING:
    from slz_lib.production.engine.child import Place

#: Seconds after which it is seen whether a silent notebook still lives.
_GLANCE = 0.5


class Nursery:
    """As its worker sees it: one notebook after another, each handled as a process is."""

    def __init__(self, foreign: Sequence[Connection] = ()) -> None:
        """Fork it from this process.

        Args:
            foreign: connections of this process that are no business of notebooks.
        """
        self._connection, there = Pipe()
        arguments = (there, (self._connection, *foreign))
        self._process = multiprocessing.get_context("fork").Process(
            target=_nurse, args=arguments, daemon=True
        )
        self._process.start()
        there.close()
        self._is_busy = False

    def begin(self, connection: Connection, place: Place) -> None:
        """Have a notebook run in ``place``, which hears and tells through ``connection``."""
        try:
            self._connection.send(place)
            send_handle(self._connection, connection.fileno(), self._process.pid)
        except OSError:
            self._lost()
        self._is_busy = True

    def terminate(self) -> None:
        """End the notebook and all that it has started."""
        if self._is_busy:
            with suppress(OSError):  # as will be heard
                self._connection.send(None)

    def kill(self) -> None:
        """End the nursery itself where it does not answer."""
        if self.is_alive():
            self._process.kill()

    def is_alive(self) -> bool:
        """Whether the notebook runs."""
        self.join(0)
        return self._is_busy

    def join(self, timeout: float | None = None) -> None:
        """Wait for the notebook's end, and for that of all it has started."""
        if self._is_busy and self._connection.poll(timeout):
            try:
                self._connection.recv()
            except (EOFError, OSError):
                self._lost()
            self._is_busy = False

    def close(self) -> None:
        """Nothing: the next notebook comes."""

    def _lost(self) -> NoReturn:
        """A worker is nothing without its nursery; whoever asked it hears what has ended them."""
        self._process.join()
        signal.raise_signal(-min(self._process.exitcode or 0, 0) or signal.SIGTERM)
        sys.exit(1)


def _nurse(connection: Connection, foreign: Sequence[Connection]) -> None:
    """Fork a notebook for every place that comes through ``connection``, until the worker ends."""
    for other in foreign:
        other.close()
    multiprocessing.current_process().daemon = False  # one that is may not fork
    signal.signal(signal.SIGTERM, _stop)
    end_with_parent(signal.SIGTERM)
    adopt()
    with suppress(EOFError, ConnectionError):
        while True:
            place = connection.recv()
            if place is not None:  # the end of a notebook that had ended by itself
                _tend(connection, place)


def _tend(connection: Connection, place: Place) -> None:
    """Fork one notebook; wait for its end, or for the wish to end it, and tell when it is gone."""
    from slz_lib.production.engine.child import serve  # with all of IPython

    there = Connection(recv_handle(connection))
    process = multiprocessing.get_context("fork").Process(
        target=serve, args=(there, place, (connection,))
    )
    try:
        with suppress(OSError):  # no room: its connection closes, as will be heard
            process.start()
        there.close()
        if process.pid:
            # What a cell has forked holds the sentinel, even when the notebook is dead.
            while process.is_alive() and not wait([connection, process.sentinel], _GLANCE):
                pass
    finally:
        if process.pid:
            process.kill()
            process.join()
        end_strays()
    connection.send(None)


def _stop(*_: object) -> NoReturn:
    # Told once more, it clears up all the same. No exception ends it: one that is raised while
    # Python clears up an object would be printed and lost.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for notebook in multiprocessing.active_children():
        notebook.kill()
        notebook.join()
    end_strays()
    os._exit(1)
