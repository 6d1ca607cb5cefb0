"""A batch on the terminal: what it is about to do, how far it is, how it ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Never, Self

from slz_lib.language import count, format_number, no_breaks
from slz_lib.production.batch.record import unchanged
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Cell, Done, News, Plan, Request, Summary
from slz_lib.production.inputs import inputs

if TYPE_CHECKING:
    from tqdm import tqdm

_EDITIONS = ("edice", "edice", "edic")
_BAR = "{desc}: {percentage:.0f}\u00a0% |{bar}| zbývá {remaining}"


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
    if not (request.force or request.dry):
        plan = unchanged(request, inputs(request.workplace))
        if plan is not None:
            _say(unchanged_lines(plan, time.perf_counter() - started))
            return True
    if request.dry:
        summary = run_batch(request, lambda _: None, scheduler=scheduler)
        sys.stdout.writelines(f"{line}\n" for line in plan_lines(summary.plan))
        return True
    with Progress() as progress:
        summary = run_batch(request, progress.tell, scheduler=scheduler)
    _say(summary_lines(summary, time.perf_counter() - started))
    return not summary.failed


def _say(lines: Iterable[str]) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)


class Progress:
    """Tells of a batch while it goes on; editions on the output, the bar on the error stream.

    Args:
        quiet: show the bar alone.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: tqdm[Never] | None = None
        self._left: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def tell(self, news: News) -> None:
        """Show one piece of news."""
        match news:
            case Plan():
                self._begin(news)
            case Cell(name):
                self._left[name] -= 1
                self._advance(1)
            case Done():
                self._advance(self._left.pop(news.name, 0))
                if self._quiet:
                    return
                if not news.failure:
                    self._say(news.name)
                for name in news.removed:
                    self._say(f"odstraněno: {name}", error=True)

    def _begin(self, plan: Plan) -> None:
        # Writing the formats takes about as long as a cell or two.
        self._left = {item.name: item.cells + 2 for item in plan.due}
        if self._left and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=sum(self._left.values()),
                desc=f"Vydávám {count(len(self._left), 'edici', 'edice', 'edic')}",
                bar_format=_BAR,
                leave=False,
            )

    def _advance(self, steps: int) -> None:
        if self._bar is not None:
            self._bar.update(steps)

    def _say(self, line: str, *, error: bool = False) -> None:
        stream = sys.stderr if error else sys.stdout
        if self._bar is None:
            stream.write(f"{line}\n")
            stream.flush()  # into a file or a pipe it would come only at the end
        else:
            self._bar.write(line, file=stream)


def plan_lines(plan: Plan) -> Iterator[str]:
    """What a batch would do, an edition a line."""
    for item in plan.due:
        yield f"{item.name}: {item.reason}"
    unchanged = len(plan.items) - len(plan.due)
    if unchanged:
        yield f"beze změny: {count(unchanged, *_EDITIONS)}"


def summary_lines(summary: Summary, seconds: float) -> Iterator[str]:
    """How a batch ended: failures first, then the numbers, then what nobody needs any more."""
    for done in summary.failed:
        yield f"Chyba: {done.name}: {done.failure.message if done.failure else ''}"
    issued = len(summary.done) - len(summary.failed)
    parts = [f"vydáno: {count(issued, *_EDITIONS)}"]
    unchanged = len(summary.plan.items) - len(summary.plan.due)
    if unchanged:
        parts.append(f"beze změny: {unchanged}")
    if summary.failed:
        parts.append(f"selhalo: {len(summary.failed)} (dřívější výstupy zůstaly)")
    yield f"Hotovo za {format_number(seconds, 1)}\u00a0s; {', '.join(parts)}."
    yield from obsolete_lines(summary.plan.obsolete)


def unchanged_lines(plan: Plan, seconds: float) -> Iterator[str]:
    """What is said when nothing has to be made."""
    editions = count(len(plan.items), *_EDITIONS)
    yield f"Beze změny: {editions}; {format_number(seconds, 2)}\u00a0s."
    yield from obsolete_lines(plan.obsolete)


def obsolete_lines(names: Sequence[str]) -> Iterator[str]:
    """Earlier editions that the data no longer give."""
    if names:
        yield no_breaks("Tyto dřívější edice data už nedávají; nepotřebujete-li je, smažte je:")
        yield from (f"  {name}" for name in names)
