"""How far a batch is, told while it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Never

from slz_lib import untrusted
from slz_lib.language import count
from slz_lib.production.batch.values import Agenda, Cell, Done, News

if TYPE_CHECKING:
    from tqdm import tqdm

_BAR = "{desc}: {percentage:.0f}\u00a0% |{bar}| zbývá {remaining}"


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
