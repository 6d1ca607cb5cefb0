"""A batch as whoever asks for it sees it: ask, listen, get a summary."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from slz_lib import errors
from slz_lib.errors import ExecutionError
from slz_lib.production.batch.entrance import enter
from slz_lib.production.batch.values import Cell, Done, Plan, Refused, Request, Summary
from slz_lib.production.engine.context import server

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_NOT_BEGUN = "Dávka nezačala: její proces skončil předčasně; spusťte ji znovu."
#: What a listener is told.
News = Plan | Cell | Done


def run_batch(
    request: Request,
    tell: Callable[[News], None],
    environment: Mapping[str, str] | None = None,
) -> Summary:
    """Make the editions of a period that have something new to say.

    Args:
        request: what is asked for.
        tell: told of the plan first, then of every cell and every edition's end.
        environment: variables that the editions see; those of this process when not given.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
        OutputError: outputs cannot be written, or another batch of the period is running.
        ExecutionError: the batch's own process died.
    """
    context = server()
    here, there = context.Pipe()
    seen = dict(os.environ if environment is None else environment)
    arguments = (there, request, seen, os.getcwd())  # noqa: PTH109 — a text is sent
    process = context.Process(target=enter, args=arguments)
    try:
        process.start()
    except (EOFError, OSError) as error:
        raise ExecutionError(_NOT_BEGUN) from error
    there.close()
    plan: Plan | None = None
    done: dict[str, Done] = {}
    try:
        for news in _news(here):
            if isinstance(news, Plan):
                plan = news
            elif isinstance(news, Done):
                done[news.name] = news
            tell(news)
    finally:
        here.close()  # it stops when nobody listens any more
        process.join()
        process.close()
    if plan is None:
        raise ExecutionError(_NOT_BEGUN)
    places = [item.name for item in plan.items]
    return Summary(plan, {name: done[name] for name in places if name in done})


def _news(connection: Connection) -> Iterator[News]:
    """What comes until the end.

    Raises:
        SlzError: the batch was refused.
        ExecutionError: the foreman died before the end.
    """
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError) as error:
            raise ExecutionError(
                "Dávka skončila předčasně (často pro nedostatek paměti); hotové edice zůstaly, "
                "dokončí ji stejný příkaz."
            ) from error
        if message is None:
            return
        if isinstance(message, Refused):
            raise getattr(errors, message.kind)(message.message)
        yield message
