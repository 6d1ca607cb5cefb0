"""The process beside a worker that writes its documents.

What sets a page starts threads, and a process with threads must not fork. So a worker, which forks
notebooks, writes nothing itself; and what was warmed for one edition stays warm for the next.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from slz_lib.documents.formats import written
from slz_lib.errors import ExecutionError, SlzError
from slz_lib.production.batch.values import plain
from slz_lib.production.engine.lifeline import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from slz_lib.documents.model import Document


class Writer:
    """Writes documents in a fork of this process; one that has died is followed by another."""

    def __init__(self, foreign: Sequence[Connection]) -> None:
        """``foreign`` are connections of this process that are no business of the writer's."""
        self._foreign = foreign
        self._running: tuple[ForkProcess, Connection] | None = None

    @property
    def connections(self) -> tuple[Connection, ...]:
        """The way to the fork, where there is one."""
        return self._running[1:] if self._running else ()

    def __call__(self, document: Document, forms: Sequence[str]) -> Mapping[str, bytes]:
        """The files of ``document``, by their formats.

        Raises:
            SlzError: as :func:`slz_lib.documents.formats.written` does.
            ExecutionError: the fork died.
        """
        process, connection = self._running = self._running or self._begun()
        try:
            connection.send((document, forms))
            answer: dict[str, bytes] | SlzError = connection.recv()
        except (EOFError, OSError) as error:
            process.join()
            connection.close()
            self._running = None
            raise death(process.exitcode) from error
        if isinstance(answer, SlzError):
            raise answer
        return answer

    def _begun(self) -> tuple[ForkProcess, Connection]:
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        # As a daemon it is ended where this process ends.
        arguments = (there, (here, *self._foreign))
        process = context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        there.close()
        return process, here


def _serve(connection: Connection, foreign: Sequence[Connection]) -> None:
    """Write what comes through ``connection``, until it closes."""
    for other in foreign:
        other.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(signal.SIGKILL)
    with suppress(EOFError, ConnectionError):  # nobody asks any more
        while True:
            document, forms = connection.recv()
            try:
                answer: dict[str, bytes] | SlzError = written(document, forms)
            except Exception as error:  # noqa: BLE001 — the worker tells of it
                answer = plain(error)
            connection.send(answer)


def death(code: int | None) -> ExecutionError:
    """How a process of a batch that has ended with ``code`` died."""
    if code is not None and code < 0:
        how = f"ukončil systém (signál {-code}), často pro nedostatek paměti"
    else:
        how = f"skončil předčasně (kód {code})"
    return ExecutionError(f"Proces edice {how}.")
