"""The foreman: reads and judges the data once, decides what is to be made, forks the editions."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from slz_lib.errors import SlzError
from slz_lib.production.batch.edition_process import Assignment, issue
from slz_lib.production.batch.planning import Planned, planned
from slz_lib.production.batch.record import write_record
from slz_lib.production.batch.values import Cell, Done, Outcome, Refused, Request
from slz_lib.production.batch.warming import warm
from slz_lib.production.outputs import repair

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

#: Seconds that an edition has to clean up when the batch is stopped.
_PATIENCE = 5.0


def oversee(
    connection: Connection, request: Request, environment: Mapping[str, str], folder: str
) -> None:
    """Do the whole batch; what happens is told through ``connection``, the last being ``None``.

    When the other end closes, everything stops and cleans up.

    Args:
        connection: the way back to whoever asked.
        request: what is asked for.
        environment: the asking process's variables; the server has those of the day it started.
        folder: its working folder.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    try:
        with planned(request) as batch:
            connection.send(batch.plan)
            if not request.dry:
                _make(connection, request, batch)
        connection.send(None)
    except SlzError as error:
        kind = next(k for k in type(error).__mro__ if k.__module__ == SlzError.__module__)
        connection.send(Refused(kind.__name__, str(error)))
    except (ConnectionError, EOFError, KeyboardInterrupt):
        return


@dataclass(slots=True)
class _Floor:
    """The editions that are being made now."""

    parent: Connection
    running: dict[Connection, tuple[str, ForkProcess]] = field(default_factory=dict)

    def start(self, assignment: Assignment) -> None:
        """Fork a process for an edition."""
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe(duplex=False)
        foreign = (self.parent, here, *self.running)
        process = context.Process(target=issue, args=(there, foreign, assignment))
        # Nobody is to be stopped before being known here and ready there.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            process.start()
            there.close()
            self.running[here] = assignment.name, process
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def news(self) -> Iterator[Cell | Done]:
        """Wait for what the editions tell; an edition that died is a failed one.

        Raises:
            EOFError: whoever asked for the batch is gone.
        """
        for ready in wait([self.parent, *self.running]):
            assert isinstance(ready, Connection)
            if ready is self.parent:
                raise EOFError
            name, process = self.running[ready]
            try:
                message: Cell | Done = ready.recv()
            except (EOFError, OSError):
                process.join()
                message = Done(name, Outcome.FAILED, _death(process.exitcode))
            if isinstance(message, Done):
                self._leave(ready, process)
            yield message

    def _leave(self, connection: Connection, process: ForkProcess) -> None:
        del self.running[connection]
        connection.close()
        process.join()
        process.close()

    def stop(self) -> None:
        """End every edition; each cleans up behind itself."""
        for _, process in self.running.values():
            process.terminate()
        for _, process in self.running.values():
            process.join(_PATIENCE)
            process.kill()
            process.join()


def _make(connection: Connection, request: Request, batch: Planned) -> None:
    """Make what is due, so many editions at once as there are workers."""
    issued = {item.name: item.reason is None for item in batch.plan.items}
    for done in batch.failed:
        connection.send(done)
    waiting = list(batch.due)
    floor = _Floor(connection)
    try:
        if waiting:
            warm(batch, request)
            # From now until the end the record says that the batch is not complete.
            write_record(request, batch.given, issued)
        while waiting or floor.running:
            while waiting and len(floor.running) < request.workers:
                floor.start(_assignment(waiting.pop(0), request, batch))
            for message in floor.news():
                if isinstance(message, Done):
                    issued[message.name] = message.outcome is Outcome.ISSUED
                    batch.digests.learn(message.reads)
                    if not issued[message.name]:
                        # One that was killed has left its moves as they were.
                        repair(request.workplace.reports / batch.due[message.name].edition.folder)
                connection.send(message)
        write_record(request, batch.given, issued)
    finally:
        floor.stop()
        for folder in {prepared.edition.folder for prepared in batch.due.values()}:
            repair(request.workplace.reports / folder)


def _assignment(name: str, request: Request, batch: Planned) -> Assignment:
    return Assignment(
        name=name,
        prepared=batch.due[name],
        workplace=request.workplace,
        given=batch.given,
        timeout=request.timeout,
        engine=request.engine,
        memory=request.memory,
        digests_of=batch.digests.of,
    )


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        return f"Proces edice ukončil systém (signál {-code}), často pro nedostatek paměti."
    return f"Proces edice skončil předčasně (kód {code})."
