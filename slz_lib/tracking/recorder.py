"""The note-taker of one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from slz_lib.tracking.steps import Step, read_text

#: A read that cannot be made again: of data in another folder than the first one.
_ELSEWHERE = (Step("elsewhere"),)

_current: ContextVar[Recorder | None] = ContextVar("_current", default=None)
_loading: ContextVar[bool] = ContextVar("_loading", default=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong where something was asked for; it is an answer like any other.

    Attributes:
        kind: the name of the error's class.
        message: what it says.
    """

    kind: str
    message: str


@dataclass(eq=False)
class Recorder:
    """What was read since the recording began.

    Attributes:
        digest: gives the digest of an answer.
        root: the folder whose data are watched: the first that was loaded.
        values: plain and tracked values, by the id of the plain one.
        gave: whether a table or a figure was given away, which whoever has it may write over.
    """

    digest: Callable[[object], str]
    root: Path | None = None
    values: dict[int, tuple[object, object]] = field(default_factory=dict, repr=False)
    gave: bool = False
    _reads: dict[str, str] = field(default_factory=dict)

    def note(self, steps: tuple[Step, ...], answer: object) -> None:
        """Note that ``answer`` was read at the end of ``steps``.

        Its digest is made now: a cell may write over what it is given.
        """
        read = read_text(steps)
        if read not in self._reads:
            self._reads[read] = self.digest(answer)

    def watches(self, root: Path) -> bool:
        """Whether data loaded from ``root`` are watched; those of a second folder are not.

        An edition that reads them cannot be taken for unchanged.
        """
        root = root.resolve()
        if self.root is None:
            self.root = root
        if self.root != root:
            self._reads[read_text(_ELSEWHERE)] = ""
        return self.root == root

    def reads(self) -> dict[str, str]:
        """The digest of everything that was read so far, in an order that is always the same.

        What was read is a line of JSON each. ``slz_lib.production.dependencies`` asks for the
        values again and tells whether they changed.
        """
        return dict(sorted(self._reads.items()))


def start_recording(digest: Callable[[object], str]) -> Recorder:
    """Note from now on what is read of the datasets that ``load`` returns in this process.

    Args:
        digest: gives the digest of an answer.
    """
    recorder = Recorder(digest)
    _current.set(recorder)
    return recorder


@contextmanager
def recording(digest: Callable[[object], str]) -> Iterator[Recorder]:
    """A recording that ends with the block."""
    recorder = Recorder(digest)
    token = _current.set(recorder)
    try:
        yield recorder
    finally:
        _current.reset(token)


def current() -> Recorder | None:
    """The recorder at work; ``None`` where nothing is recorded."""
    return _current.get()


def nothing_was_given() -> bool:
    """Whether it is known that the data are as ``load`` has returned them.

    So it is while somebody records and no table has been read yet.
    """
    recorder = current()
    return recorder is not None and not recorder.gave


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
