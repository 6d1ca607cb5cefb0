"""A batch on the terminal: what is asked, what it is about to do, how far it is, how it ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Never, TextIO

from slz_lib import untrusted
from slz_lib.errors import ParameterError
from slz_lib.language import count, format_number
from slz_lib.production.batch.record import find_record
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Agenda, Cell, Done, News, Request, Summary
from slz_lib.production.catalogue import KINDS, chosen, known_formats
from slz_lib.production.engine import known_engine

if TYPE_CHECKING:
    from tqdm import tqdm

_EDITIONS = ("edice", "edice", "edic")
_BAR = "{desc}: {percentage:.0f}\u00a0% |{bar}| zbývá {remaining}"


def asked(
    request: Request,
    *,
    only: str | None = None,
    formats: str | None = None,
    resume: bool = False,
) -> Request:
    """``request`` with what the words of a command stand for.

    Args:
        request: what needs no reading.
        only: kinds, separated by commas; all when not given.
        formats: formats, separated by commas; all when not given.
        resume: take up the interrupted batch of the period, with its kinds, formats and parameters.

    Raises:
        ParameterError: a kind, a format or the engine is not known, there is nothing to take up, or
            what is taken up is also given.
        DataError: the period is not given, and the data, whose newest one it is, have faults.
    """
    if not request.period:
        from slz_lib.dataset import load  # a batch of a given period need not wait for it

        request = replace(request, period=load(request.workplace.data).newest_period())
    known_engine(request.engine)
    if not resume:
        return replace(request, kinds=_kinds(only), formats=known_formats(formats))
    if any(value is not None for value in (only, formats, request.as_of, request.draft)):
        raise ParameterError(
            "Volba --resume převezme druhy, formáty i\u00a0parametry přerušené dávky; "
            "nezadávejte je znovu."
        )
    record = find_record(request)
    if record is None or record.is_complete:
        raise ParameterError(
            f"Za období {request.period} není žádná přerušená dávka; vynechte volbu --resume."
        )
    earlier = record.asked
    return replace(
        request,
        kinds=_kinds(earlier["kinds"]),
        formats=known_formats(earlier["formats"]),
        as_of=earlier["as_of"],
        draft=earlier["draft"],
    )


def _kinds(words: str | list[str] | None) -> tuple[str, ...]:
    kinds = tuple(KINDS)
    if words is None:
        return kinds
    return chosen(words, kinds, noun="Druh edic", plural="Známé druhy", one="druh edic")


def carry_out(request: Request, scheduler: str | None = None) -> bool:
    """Do a batch and say how it went; whether no edition failed.

    Args:
        request: what is asked for.
        scheduler: address of the Dask scheduler whose machines do the work; this machine does it
            when not given.

    Raises:
        SlzError: the batch was refused as a whole.
    """
    started = time.perf_counter()
    making = None
    if scheduler is not None:
        from slz_lib.production.batch.cluster import made_there

        making = partial(made_there, scheduler=scheduler)
    if request.dry:
        agenda = run_batch(request, lambda _: None, making=making).agenda
        _print(agenda_lines(agenda), sys.stdout)
        return True
    with progress() as tell:
        summary = run_batch(request, tell, making=making)
    _print(summary_lines(summary, time.perf_counter() - started), sys.stderr)
    return not summary.failed


def _print(messages: Iterable[str], stream: TextIO) -> None:
    stream.writelines(f"{line}\n" for each in messages for line in untrusted.lines(each))


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[News], None]]:
    """Tells of a batch while it goes on; editions on the output, the bar on the error stream.

    Args:
        quiet: show the bar alone.
    """
    left: dict[str, int] = {}
    bar: tqdm[Never] | None = None

    def advance(steps: int) -> None:
        if bar is not None:
            bar.update(steps)

    def tell(news: News) -> None:
        nonlocal bar
        match news:
            case Agenda():
                # Writing the formats takes about as long as a cell or two.
                left.update((item.name, item.cells + 2) for item in news.due)
                bar = _bar(left)
            case Cell(name):
                left[name] -= 1
                advance(1)
            case Done():
                advance(left.pop(news.name, 0))
                if not quiet:
                    _say(news, bar)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.close()


def _say(done: Done, bar: tqdm[Never] | None) -> None:
    lines = [(f"odstraněno: {name}", sys.stderr) for name in done.removed]
    for line, stream in [*([] if done.failure else [(done.name, sys.stdout)]), *lines]:
        if bar is None:
            # Into a file or a pipe it would come only at the end.
            print(untrusted.line(line), file=stream, flush=True)
        else:
            bar.write(untrusted.line(line), file=stream)


def _bar(left: Mapping[str, int]) -> tqdm[Never] | None:
    if not (left and sys.stderr.isatty()):
        return None
    from tqdm import tqdm

    return tqdm(
        total=sum(left.values()),
        desc=f"Vydávám {count(len(left), 'edici', 'edice', 'edic')}",
        bar_format=_BAR,
        leave=False,
    )


def agenda_lines(agenda: Agenda) -> Iterator[str]:
    """What a batch would do, an edition a line."""
    for item in agenda.due:
        yield f"{item.name}: {item.reason}"
    unchanged = len(agenda.items) - len(agenda.due)
    if unchanged:
        yield f"beze změny: {count(unchanged, *_EDITIONS)}"


def summary_lines(summary: Summary, seconds: float) -> Iterator[str]:
    """How a batch ended: failures first, then the numbers."""
    for done in summary.failed:
        yield f"Chyba: {done.name}: {done.failure}"
    unchanged = len(summary.agenda.items) - len(summary.agenda.due)
    if not summary.done:
        yield f"Beze změny: {count(unchanged, *_EDITIONS)}; {format_number(seconds, 2)}\u00a0s."
    else:
        issued = len(summary.done) - len(summary.failed)
        parts = [f"vydáno: {count(issued, *_EDITIONS)}"]
        if unchanged:
            parts.append(f"beze změny: {unchanged}")
        if summary.failed:
            parts.append(f"selhalo: {len(summary.failed)} (dřívější výstupy zůstaly)")
        yield f"Hotovo za {format_number(seconds, 1)}\u00a0s; {', '.join(parts)}."
