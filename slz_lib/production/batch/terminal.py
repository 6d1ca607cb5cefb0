"""A batch on the terminal: what it is about to do, how far it is, how it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Never, Self

from slz_lib.language import count, format_number, no_breaks
from slz_lib.production.batch.values import Cell, Done, Outcome, Plan, Summary

if TYPE_CHECKING:
    from tqdm import tqdm

    from slz_lib.production.batch.running import News

_EDITIONS = ("edice", "edice", "edic")
_BAR = "{desc}: {percentage:.0f}\u00a0% |{bar}| zbývá {remaining}"


class Progress:
    """Tells of a batch while it goes on; editions on the output, the bar on the error stream.

    Args:
        quiet: leave the editions out.
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
                if news.outcome is Outcome.ISSUED and not self._quiet:
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
        yield f"Chyba: {done.name}: {done.failure}"
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
