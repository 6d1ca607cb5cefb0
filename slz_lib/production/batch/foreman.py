"""The foreman: reads and judges the data once, decides what is to be made, forks the workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from slz_lib.errors import ExecutionError, SlzError
from slz_lib.production.batch.planning import Planned, planned
from slz_lib.production.batch.record import write_record
from slz_lib.production.batch.values import Cell, Done, Outcome, Refused, Request
from slz_lib.production.batch.warming import warm
from slz_lib.production.batch.worker import Job, work

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

#: Seconds that a worker has to clean up when the batch is stopped.
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
class _Worker:
    """One worker, and what it is making."""

    process: ForkProcess
    edition: str | None = None


@dataclass(slots=True)
class _Floor:
    """The workers that are there now."""

    parent: Connection
    job: Job
    workers: dict[Connection, _Worker] = field(default_factory=dict)

    @property
    def busy(self) -> int:
        """How many editions are being made."""
        return sum(worker.edition is not None for worker in self.workers.values())

    def begin(self, name: str) -> None:
        """Give an edition to a worker that has none, or to a new one.

        Raises:
            ExecutionError: there is no room for another process.
        """
        for connection in [at for at, worker in self.workers.items() if worker.edition is None]:
            try:
                connection.send(name)
            except OSError:  # it has died while it had nothing to do
                self._bury(connection)
                continue
            self.workers[connection].edition = name
            return
        connection = self._hire()
        self.workers[connection].edition = name
        with suppress(OSError):  # it has died just now, which its connection tells
            connection.send(name)

    def _hire(self) -> Connection:
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        foreign = (self.parent, here, *self.workers)
        process = context.Process(target=work, args=(there, foreign, self.job))
        # Nobody is to be stopped before being known here and ready there.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            process.start()
            there.close()
            self.workers[here] = _Worker(process)
        except OSError as error:
            raise ExecutionError(
                f"Další proces nelze spustit (systém hlásí chybu č.\u00a0{error.errno}); "
                "použijte menší --workers."
            ) from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return here

    def news(self) -> Iterator[Cell | Done]:
        """Wait for what the workers tell; the edition of one that died is a failed one.

        Raises:
            EOFError: whoever asked for the batch is gone.
        """
        for ready in wait([self.parent, *self.workers]):
            assert isinstance(ready, Connection)
            if ready is self.parent:
                raise EOFError
            worker = self.workers[ready]
            try:
                message: Cell | Done = ready.recv()
            except (EOFError, OSError):
                failure = _death(self._bury(ready))
                if worker.edition is None:
                    continue
                message = Done(worker.edition, Outcome.FAILED, failure)
            if isinstance(message, Done):
                worker.edition = None
            yield message

    def _bury(self, connection: Connection) -> int | None:
        """Forget a worker that has died; its exit code."""
        process = self.workers.pop(connection).process
        connection.close()
        process.join()
        code = process.exitcode
        process.close()
        return code

    def stop(self) -> None:
        """End every worker; each cleans up behind itself."""
        for worker in self.workers.values():
            worker.process.terminate()
        for worker in self.workers.values():
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()


def _make(connection: Connection, request: Request, batch: Planned) -> None:
    """Make what is due, so many editions at once as there are workers."""
    issued = {item.name: item.reason is None for item in batch.plan.items}
    for done in batch.failed:
        connection.send(done)
    waiting = list(batch.due)
    floor = _Floor(connection, _job(request, batch))
    try:
        if waiting:
            warm(batch)
            # From now until the end the record says that the batch is not complete.
            write_record(request, batch.given, issued)
        while waiting or floor.busy:
            while waiting and floor.busy < request.workers:
                floor.begin(waiting.pop(0))
            for message in floor.news():
                if isinstance(message, Done):
                    issued[message.name] = message.outcome is Outcome.ISSUED
                connection.send(message)
        write_record(request, batch.given, issued)
    finally:
        floor.stop()


def _job(request: Request, batch: Planned) -> Job:
    return Job(
        due=batch.due,
        workplace=request.workplace,
        given=batch.given,
        timeout=request.timeout,
        engine=request.engine,
        memory=request.memory,
    )


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        return f"Proces edice ukončil systém (signál {-code}), často pro nedostatek paměti."
    return f"Proces edice skončil předčasně (kód {code})."
