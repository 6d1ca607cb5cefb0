"""A batch as whoever asks for it sees it: ask, listen, get a summary."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from slz_lib.errors import ExecutionError, SlzError
from slz_lib.production.batch.record import unchanged
from slz_lib.production.batch.values import Agenda, Done, News, Request, Summary, plain
from slz_lib.production.engine import can_fork
from slz_lib.production.startup import without_grammar

if TYPE_CHECKING:
    from slz_lib.production.batch.foreman import Making

_NOT_BEGUN = "Dávka nezačala: její proces skončil předčasně; spusťte ji znovu."
_ENDED = (
    "Dávka skončila předčasně (často pro nedostatek paměti); hotové edice zůstaly, "
    "dokončí ji stejný příkaz."
)


def run_batch(
    request: Request,
    tell: Callable[[News], None],
    environment: Mapping[str, str] | None = None,
    making: Making | None = None,
) -> Summary:
    """Make the editions of a period that have something new to say.

    Args:
        request: what is asked for.
        tell: told of the agenda first, then of every cell and every edition's end.
        environment: variables that the editions see; those of this process when not given.
        making: makes what is due on other machines; this one does it when not given.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
        OutputError: outputs cannot be written, or another batch of the period is running.
        ExecutionError: the batch's own process died.
    """
    agenda = None if request.dry else unchanged(request)
    if agenda is not None:
        tell(agenda)
        return Summary(agenda, {})
    seen = dict(os.environ if environment is None else environment)
    aside = can_fork() and making is None
    done: dict[str, Done] = {}
    with _by_foreman(request, seen) if aside else _here(request, seen, making) as told:
        for news in told:
            if isinstance(news, Agenda):
                agenda = news
            elif isinstance(news, Done):
                done[news.name] = news
            tell(news)
    if agenda is None:
        raise ExecutionError(_NOT_BEGUN)
    places = [item.name for item in agenda.items]
    return Summary(agenda, {name: done[name] for name in places if name in done})


@contextmanager
def _here(
    request: Request, environment: Mapping[str, str], making: Making | None
) -> Iterator[Iterator[News]]:
    """The batch overseen by this process: none can be forked, or other machines do the work."""
    from slz_lib.production.batch.foreman import one_by_one, oversee

    before = dict(os.environ)
    try:
        _become(environment)
        with closing(oversee(request, making or one_by_one)) as told:
            yield told
    finally:
        _become(before)


def _become(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


@contextmanager
def _by_foreman(request: Request, environment: Mapping[str, str]) -> Iterator[Iterator[News]]:
    """The batch in a process of its own, which comes from the engine's warm server.

    Raises:
        ExecutionError: the process cannot be started.
    """
    from slz_lib.production.engine.server import server

    context = server()
    here, there = context.Pipe()
    arguments = (there, request, environment, os.getcwd())  # noqa: PTH109 — a text is sent
    process = context.Process(target=_oversee, args=arguments)
    try:
        process.start()
    except (EOFError, OSError) as error:
        raise ExecutionError(_NOT_BEGUN) from error
    there.close()
    try:
        yield _received(here)
    finally:
        here.close()  # it stops when nobody listens any more
        process.join()
        process.close()


def _received(connection: Connection) -> Iterator[News]:
    """What comes until the end.

    Raises:
        SlzError: the batch was refused.
        ExecutionError: the foreman died before the end.
    """
    while True:
        try:
            message: News | SlzError | None = connection.recv()
        except (EOFError, OSError) as error:
            raise ExecutionError(_ENDED) from error
        if message is None:
            return
        if isinstance(message, SlzError):
            raise message
        yield message


def _oversee(
    connection: Connection, request: Request, environment: Mapping[str, str], folder: str
) -> None:
    """Do the whole batch as a foreman; what happens is told through ``connection``.

    The last that is told is ``None``, or why the batch was refused. When the other end closes,
    everything stops and cleans up.

    Args:
        connection: the way back to whoever asked.
        request: what is asked for.
        environment: the asking process's variables; the server has those of the day it started.
        folder: its working folder.
    """
    gc.disable()  # until all is ready for forking: what is loaded before stays
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _become(environment)
    os.chdir(folder)
    try:
        with without_grammar():
            from slz_lib.production.batch.foreman import oversee, side_by_side
        with closing(oversee(request, partial(side_by_side, asker=connection))) as told:
            for news in told:
                connection.send(news)
        connection.send(None)
    except (ConnectionError, EOFError, KeyboardInterrupt):
        return
    except Exception as error:  # noqa: BLE001 — whoever asked tells of it
        connection.send(plain(error))
