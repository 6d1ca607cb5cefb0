"""The foreman: reads and judges the data once, decides what is due, forks the workers."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, NoReturn, cast

from slz_lib.dataset import load
from slz_lib.dataset.memo import lent
from slz_lib.documents.formats import get_ready, written
from slz_lib.errors import ExecutionError, OutputError, SlzError
from slz_lib.evaluation.evaluation import kept_evaluation
from slz_lib.planning.drafting import following_plan
from slz_lib.presentation.charts import status_overview
from slz_lib.presentation.prose import compiled
from slz_lib.production.batch.agenda import Batch, batch_of
from slz_lib.production.batch.record import write_record
from slz_lib.production.batch.values import Cell, Done, News, Request, plain
from slz_lib.production.batch.writer import Writer, death
from slz_lib.production.edition import Made, Writing, deliver, make
from slz_lib.production.engine import Running
from slz_lib.production.engine.lifeline import adopt, end_strays, end_with_parent
from slz_lib.production.writing import alone, require_writable

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess
    from pathlib import Path

#: Seconds that a worker has to clean up when the batch is stopped.
_PATIENCE = 5.0


#: Makes what is due and tells of it.
Making = Callable[[Request, Batch], Iterator[News]]


def oversee(request: Request, making: Making) -> Generator[News]:
    """Do the whole batch and tell of it; closed before the end, it stops what it has begun.

    Args:
        request: what is asked for.
        making: one of :func:`one_by_one`, :func:`side_by_side` and, on other machines,
            :func:`slz_lib.production.batch.cluster.made_there`.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
        OutputError: outputs cannot be written, or another batch of the period is running.
        SlzError: whatever ``making`` raises.
    """
    batch = batch_of(request)
    yield batch.agenda
    if request.dry:
        return
    # Given editions are made where nobody else makes any.
    with nullcontext() if request.editions else alone(request.workplace.reports / request.period):
        yield from batch.failed
        issued = {item.name: item.reason is None for item in batch.agenda.items}
        if batch.due:
            # From now until the end the record says that the batch is not complete.
            write_record(request, batch.given, issued)
        for news in making(request, batch):
            if isinstance(news, Done):
                issued[news.name] = not news.failure
            yield news
        write_record(request, batch.given, issued)


def one_by_one(request: Request, batch: Batch) -> Iterator[News]:
    """Make what is due in this process."""
    for name in batch.due:
        yield _issued(name, request, batch, Running(engine=request.engine, timeout=request.timeout))


def _issued(
    name: str, request: Request, batch: Batch, how: Running, writing: Writing = written
) -> Done:
    """Make and deliver one edition."""
    prepared, reports = batch.due[name], request.workplace.reports
    try:
        # A folder that cannot be written is told before the work, not after it.
        require_writable((reports / name).parent)
        made = make(prepared, request.workplace, how, batch.seen[name], writing)
    except Exception as error:  # noqa: BLE001 — one edition must not stop the others
        return Done(name, plain(error))
    return delivered(made, reports)


def delivered(made: Made, reports: Path) -> Done:
    """Deliver one edition; what became of it."""
    try:
        done = deliver(made, reports)
    except OutputError as error:
        return Done(made.name, plain(error))
    return Done(
        made.name,
        written=tuple(path.name for path in done.written),
        removed=tuple(path.name for path in done.removed),
    )


# Side by side.


def side_by_side(request: Request, batch: Batch, asker: Connection) -> Iterator[News]:
    """Make what is due, so many editions at once as is asked, by as many workers.

    Args:
        request: what is asked for.
        batch: what is due.
        asker: closes when nobody listens any more.

    Raises:
        ExecutionError: there is no room for another process.
        EOFError: nobody listens any more.
    """
    if batch.due:
        warm(request, batch)
    adopt()  # what the cells of an edition leave behind whose worker is killed
    waiting = list(batch.due)
    most = request.workers or len(os.sched_getaffinity(0))
    running: dict[Connection, tuple[ForkProcess, str]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < most:
                _begin(waiting.pop(0), running, asker, request, batch)
            for ready in wait([asker, *running]):
                assert isinstance(ready, Connection)
                if ready is asker:
                    raise EOFError
                yield _heard(ready, running, waiting)
    finally:
        for process, _ in running.values():
            process.terminate()
        for process, _ in running.values():
            process.join(_PATIENCE)
            process.kill()
            process.join()
        end_strays()


def _begin(
    name: str,
    running: dict[Connection, tuple[ForkProcess, str]],
    asker: Connection,
    request: Request,
    batch: Batch,
) -> None:
    """Start a worker with its first edition.

    Raises:
        ExecutionError: there is no room for another process.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    arguments = (name, there, (asker, here, *running), request, batch)
    process = context.Process(target=_work, args=arguments)
    # It must not be stopped before it is known here and ready there.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        process.start()
        there.close()
        running[here] = process, name
    except OSError as error:
        raise ExecutionError(
            f"Další proces nelze spustit (systém hlásí chybu č.\u00a0{error.errno}); "
            "použijte menší --workers."
        ) from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _heard(
    connection: Connection,
    running: dict[Connection, tuple[ForkProcess, str]],
    waiting: list[str],
) -> News:
    """What a worker tells; one that is ready gets what waits. A dead one's edition failed."""
    process, name = running[connection]
    try:
        news: News = connection.recv()
    except (EOFError, OSError):
        process.join()
        news = Done(name, death(process.exitcode))
    if not isinstance(news, Done):
        return news
    with suppress(OSError):  # it is dead
        if waiting:
            connection.send(waiting[0])
            running[connection] = process, waiting.pop(0)
            return news
    del running[connection]
    connection.close()
    process.join()
    process.close()
    return news


def _work(
    name: str,
    connection: Connection,
    foreign: Sequence[Connection],
    request: Request,
    batch: Batch,
) -> None:
    """Make one edition after another in this process, a fork of the foreman, and tell of them.

    Args:
        name: the first edition; the others come through ``connection``, until it closes.
        connection: the way to the foreman.
        foreign: the foreman's own connections, which this process only inherited.
        request: what is asked for.
        batch: what the foreman has made ready.
    """
    for other in foreign:
        other.close()
    # Stopped by the foreman, it cleans up behind itself; the keyboard is the command's alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    end_with_parent(signal.SIGTERM)
    adopt()
    writer = Writer((connection,))
    with suppress(EOFError, ConnectionError):  # nobody listens any more
        while True:
            how = Running(
                engine=request.engine,
                timeout=request.timeout,
                memory=request.memory,
                foreign=(connection, *writer.connections),
                on_cell=partial(connection.send, Cell(name)),
            )
            connection.send(_issued(name, request, batch, how, writer))
            name = connection.recv()


def _stop(*_: object) -> NoReturn:
    sys.exit(1)


# Getting ready for forking: what every edition needs is loaded and stays untouched.


def warm(request: Request, batch: Batch) -> None:
    """Judge what the editions will judge, and load what writes them."""
    asked = [prepared.values for prepared in batch.due.values()]
    periods = {(given["period"], given.get("as_of")) for given in asked if "period" in given}
    planned = any(prepared.edition.publication.planned for prepared in batch.due.values())
    for period, as_of in sorted(periods, key=str):
        # What is wrong with it say the editions, each in its cell.
        with suppress(SlzError):
            day = cast("date | None", as_of)
            _ripen(kept_evaluation(load(request.workplace.data), str(period), as_of=day), planned)
    sources = {str(cell.source) for one in batch.due.values() for cell in one.source.cells}
    for first, _, template in (source.partition("\n") for source in sources):
        if first.startswith("%%prose"):
            with suppress(Exception):
                compiled(template.rstrip("\n"))
    get_ready({form for one in batch.due.values() for form in one.edition.formats})
    # What is alive now belongs to all: the collector of a fork would only copy its pages.
    gc.freeze()
    gc.enable()


def _ripen(evaluation: Any, planned: bool) -> None:
    """Have computed once what many editions show of the whole region, and a first chart drawn."""
    asked: tuple[Callable[[], object], ...] = (
        lambda: evaluation.audit,
        lambda: evaluation.trace,
        lambda: evaluation.uncertainty.by_district,
        lambda: status_overview(evaluation),
        lambda: planned and following_plan(lent(evaluation)).schedule.load,  # type: ignore[union-attr]
    )
    for ask in asked:
        with suppress(Exception):
            ask()
