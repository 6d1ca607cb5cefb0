"""The process of one edition: makes it and delivers it, then ends."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from slz_lib.errors import SlzError
from slz_lib.production.batch.values import Cell, Done, Outcome
from slz_lib.production.edition import DigestsOf, Prepared, deliver, make
from slz_lib.production.engine.lifeline import end_with_parent
from slz_lib.production.execution import Running
from slz_lib.production.outputs import delivery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    from slz_lib.production.inputs import Inputs
    from slz_lib.production.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What an edition's process has to do.

    Attributes:
        name: the edition's path in the reports without suffix.
        prepared: the edition with its parameters checked.
        workplace: where notebooks, tables and reports are.
        given: digests of the inputs.
        timeout: most seconds of one cell.
        engine: the engine; the usual one when ``None``.
        memory: most bytes of address space of the cells; no limit when ``None``.
        digests_of: gives digests of what was read of the data.
    """

    name: str
    prepared: Prepared
    workplace: Workplace
    given: Inputs
    timeout: float | None
    engine: str | None
    memory: int | None
    digests_of: DigestsOf


def issue(connection: Connection, foreign: Sequence[Connection], assignment: Assignment) -> None:
    """Make the edition and deliver it; every cell and the end are told through ``connection``.

    Args:
        connection: the way back to the foreman.
        foreign: the foreman's own connections, which this process only inherited.
        assignment: what to do.
    """
    for other in foreign:
        other.close()
    # Stopped by the foreman, it cleans up behind itself; the keyboard is the command's alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    end_with_parent(signal.SIGTERM)
    connection.send(_issued(assignment, partial(connection.send, Cell(assignment.name))))
    connection.close()


def _issued(assignment: Assignment, on_cell: partial[None]) -> Done:
    name, prepared = assignment.name, assignment.prepared
    how = Running(
        engine=assignment.engine,
        timeout=assignment.timeout,
        memory=assignment.memory,
        context=multiprocessing.get_context("fork"),
        on_cell=on_cell,
    )
    workplace = assignment.workplace
    try:
        with delivery(workplace.reports / prepared.edition.folder) as files:
            made = make(prepared, workplace, how, assignment.given, assignment.digests_of)
            delivered = deliver(made, files)
    except SlzError as error:
        return Done(name, Outcome.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 — one edition must not stop the others
        return Done(name, Outcome.FAILED, f"Neočekávaná chyba {type(error).__name__}: {error}")
    removed = tuple(path.name for path in delivered.removed)
    return Done(name, Outcome.ISSUED, removed=removed, reads=made.manifest.reads or {})


def _stop(*_: object) -> None:
    sys.exit(1)
