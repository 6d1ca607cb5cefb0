"""The note-taker of one run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from slz_lib.tracking.steps import Step, read_text

#: A read that cannot be made again: of data in another folder than the first one.
_ELSEWHERE = (Step("elsewhere"),)

_current: ContextVar[Recorder | None] = ContextVar("_current", default=None)
_loading: ContextVar[bool] = ContextVar("_loading", default=False)


@dataclass(eq=False)
class Recorder:
    """What was read since the recording began.

    Attributes:
        root: the folder whose data are watched: the first that was loaded.
        known: plain and tracked values, by the id of the plain one.
    """

    root: Path | None = None
    known: dict[int, tuple[object, object]] = field(default_factory=dict, repr=False)
    _reads: set[str] = field(default_factory=set)

    def note(self, *steps: Step) -> None:
        """Note that the value at the end of ``steps`` was read."""
        self._reads.add(read_text(steps))

    def watches(self, root: Path) -> bool:
        """Whether data loaded from ``root`` are watched; those of a second folder are not.

        An edition that reads them cannot be taken for unchanged.
        """
        root = root.resolve()
        if self.root is None:
            self.root = root
        if self.root != root:
            self.note(*_ELSEWHERE)
        return self.root == root

    def reads(self) -> list[str]:
        """What was read so far, a line of JSON each, in an order that is always the same.

        ``slz_lib.production.dependencies`` makes the values again and tells whether they changed.
        """
        return sorted(self._reads)


def start_recording() -> Recorder:
    """Note from now on what is read of the datasets that ``load`` returns in this process."""
    recorder = Recorder()
    _current.set(recorder)
    return recorder


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recording that ends with the block."""
    token = _current.set(Recorder())
    try:
        found = _current.get()
        assert found is not None
        yield found
    finally:
        _current.reset(token)


def current() -> Recorder | None:
    """The recorder at work; ``None`` where nothing is recorded."""
    return _current.get()


def is_loading() -> bool:
    """Whether the files that are opened just now are opened by ``load``.

    What of them is used is noted by the recorder; a file of the data that a cell opens by itself is
    read as a whole.
    """
    return _loading.get()


@contextmanager
def while_loading() -> Iterator[None]:
    """Mark what is opened in the block as opened by ``load``."""
    token = _loading.set(True)
    try:
        yield
    finally:
        _loading.reset(token)
