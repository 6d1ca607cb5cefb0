"""Whether what an edition has read of the data is still the same.

What it has read is noted while its notebook runs, see :mod:`slz_lib.tracking`. Here the same
questions are put to a dataset again, and the answers are compared by their digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from slz_lib.production.canonical import digest
from slz_lib.tracking import Step, found_query, is_watched, noted_names, parsed, read_text

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset

#: The digest of what cannot be read again or told apart: it equals no other, itself included.
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong where a value was asked for; it is an answer like any other."""

    kind: str
    message: str


class _UnanswerableError(Exception):
    """A question that means nothing to this version."""


class Digests:
    """Digests of what was read, for one dataset; every value is made once.

    Args:
        dataset: the data as they are now, as ``load`` returns them.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._values: dict[str, Any] = {read_text(()): dataset}
        self._digests: dict[str, str] = {}

    def of(self, reads: Iterable[str]) -> dict[str, str]:
        """The digest of each read; :data:`UNKNOWN` for one that cannot be made again.

        Args:
            reads: as :meth:`slz_lib.tracking.Recorder.reads` gives them.
        """
        return {read: self._digest(read) for read in reads}

    def learn(self, known: Mapping[str, str]) -> None:
        """Take digests over that another process has made of the same dataset."""
        self._digests.update({read: found for read, found in known.items() if found})

    def unchanged(self, recorded: Mapping[str, str]) -> bool:
        """Whether every read still has its recorded digest."""
        return all(found and found == self._digest(read) for read, found in recorded.items())

    def _digest(self, read: str) -> str:
        if read not in self._digests:
            self._digests[read] = self._made(read)
        return self._digests[read]

    def _made(self, read: str) -> str:
        try:
            value = self._value(parsed(read))
            # What is read of such a value is noted by itself.
            return digest(type(value).__name__ if is_watched(value) else value)
        except (_UnanswerableError, TypeError, ValueError):
            return UNKNOWN

    def _value(self, steps: tuple[Step, ...]) -> Any:
        """The value at the end of ``steps``.

        Raises:
            _UnanswerableError: there is no such question, or none that leads on from here.
        """
        name = read_text(steps)
        if name not in self._values:
            before = self._value(steps[:-1])
            if not is_watched(before):
                raise _UnanswerableError(name)
            self._values[name] = _answer(before, steps[-1])
        return self._values[name]


def _answer(value: Any, step: Step) -> Any:
    """What ``value`` says to one step, a failure included.

    Raises:
        _UnanswerableError: there is no such attribute or query.
    """
    query, kind = found_query(step.name), cast("Any", type(value))
    if query is None and step.name not in noted_names(kind):
        raise _UnanswerableError(step.name)
    try:
        return getattr(value, step.name) if query is None else query(value, **step.arguments)
    except Exception as error:  # noqa: BLE001 — a cell may have caught it, and told it
        return _Failure(type(error).__name__, str(error))
