"""The typesetter of a worker: the process that writes the formats whose writers start threads.

A process with threads must not be forked, and a worker forks a child for every notebook.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slz_lib.errors import DocumentError, SlzError
from slz_lib.production.engine.lifeline import end_with_parent
from slz_lib.production.formats import write

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from slz_lib.documents.model import Document
    from slz_lib.production.formats import Write

#: Formats whose writers start threads.
THREADED = frozenset({"docx", "pdf"})


@contextmanager
def typesetter(*foreign: Connection, at_once: bool = False) -> Iterator[Write]:
    """A writer of all formats that leaves this process without threads.

    Its process starts with the first document that needs it, and again when it has died.

    Args:
        foreign: connections of this process that are no matter of the typesetter.
        at_once: start the process now, because this one will soon have threads itself.
    """
    keeper = _Keeper(foreign)
    if at_once:
        keeper.start()
    try:
        yield keeper.write
    finally:
        keeper.close()


@dataclass(slots=True)
class _Keeper:
    """Keeps the process, if there is one."""

    foreign: Sequence[Connection]
    connection: Connection | None = None
    process: ForkProcess | None = None

    def write(self, name: str, document: Document) -> bytes:
        """``document`` in the format ``name``.

        Raises:
            DocumentError: the document is not fit for the format, or its writer died.
        """
        if name not in THREADED:
            return write(name, document)
        connection = self.connection or self.start()
        try:
            connection.send((name, document))
            answer = connection.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise DocumentError(
                f"Formát {name} nevznikl: jeho proces skončil předčasně (často pro nedostatek "
                "paměti); spusťte příkaz znovu."
            ) from error
        except BaseException:
            self.close()  # an answer half read must not pass for that of the next document
            raise
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, bytes)
        return answer

    def start(self) -> Connection:
        """Start the process; the way to it."""
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        inherited = (here, *self.foreign)
        self.process = context.Process(target=_set, args=(there, inherited), daemon=True)
        self.process.start()
        there.close()
        self.connection = here
        return here

    def close(self) -> None:
        """End the process."""
        if self.connection is None or self.process is None:
            return
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection = self.process = None


def _set(connection: Connection, inherited: Sequence[Connection]) -> None:
    """Write the documents that come through ``connection``, until it closes."""
    for foreign in inherited:
        foreign.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(signal.SIGKILL)
    while True:
        try:
            name, document = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: bytes | Exception = write(name, document)
        except SlzError as error:
            answer = error
        except Exception as error:  # noqa: BLE001 — it belongs to whoever asked
            # Not every exception can be sent.
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        connection.send(answer)
