"""A worker of a batch: makes one edition after another and delivers each.

Its notebooks run in children of their own and share nothing; only the writing of the documents goes
on in one process, where templates and fonts are read once.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from slz_lib.errors import SlzError
from slz_lib.production.batch.typesetter import typesetter
from slz_lib.production.batch.values import Cell, Done, Outcome
from slz_lib.production.edition import Prepared, deliver, make
from slz_lib.production.engine import NBCLIENT
from slz_lib.production.engine.lifeline import end_with_parent
from slz_lib.production.execution import Running
from slz_lib.production.writing import require_writable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from slz_lib.production.formats import Write
    from slz_lib.production.inputs import Inputs
    from slz_lib.production.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the workers of a batch have in common.

    Attributes:
        due: the editions with their parameters checked, by their paths in the reports.
        workplace: where notebooks, tables and reports are.
        given: digests of the inputs.
        timeout: most seconds of one cell.
        engine: the engine; the usual one when ``None``.
        memory: most bytes of address space of the cells; no limit when ``None``.
    """

    due: Mapping[str, Prepared]
    workplace: Workplace
    given: Inputs
    timeout: float | None
    engine: str | None
    memory: int | None


def work(connection: Connection, foreign: Sequence[Connection], job: Job) -> None:
    """Make every edition whose name comes through ``connection``, until it closes.

    Every cell and the end of each edition are told through it.

    Args:
        connection: the way to the foreman.
        foreign: the foreman's own connections, which this process only inherited.
        job: what is common to all editions.
    """
    for other in foreign:
        other.close()
    # Stopped by the foreman, it cleans up behind itself; the keyboard is the command's alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    end_with_parent(signal.SIGTERM)

    def tell(news: Cell | Done) -> None:
        try:
            connection.send(news)
        except OSError:
            sys.exit(1)  # nobody listens any more

    # A client of kernels has threads from its first notebook on.
    with typesetter(connection, at_once=job.engine == NBCLIENT) as write:
        while True:
            try:
                name = connection.recv()
            except (EOFError, OSError):
                return
            tell(_issued(name, job, write, partial(tell, Cell(name))))


def _issued(name: str, job: Job, write: Write, on_cell: Callable[[], None]) -> Done:
    """Make and deliver one edition."""
    prepared, workplace = job.due[name], job.workplace
    how = Running(
        engine=job.engine,
        timeout=job.timeout,
        memory=job.memory,
        context=multiprocessing.get_context("fork"),
        on_cell=on_cell,
    )
    try:
        require_writable(workplace.reports / prepared.edition.folder)
        made = make(prepared, workplace, how, job.given, write)
        delivered = deliver(made, workplace.reports)
    except SlzError as error:
        return Done(name, Outcome.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 — one edition must not stop the others
        return Done(name, Outcome.FAILED, f"Neočekávaná chyba {type(error).__name__}: {error}")
    removed = tuple(path.name for path in delivered.removed)
    return Done(name, Outcome.ISSUED, removed=removed)


def _stop(*_: object) -> None:
    sys.exit(1)
