"""Whether what an edition has read of the data is still the same.

What it has read is noted while its notebook runs, see :mod:`slz_lib.tracking`. Here the same
questions are put to a dataset again, and the answers are compared by their digests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from slz_lib.production.canonical import digest
from slz_lib.tracking import (
    Failure,
    Step,
    found_query,
    is_watched,
    noted_names,
    parsed,
    read_text,
)

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset

#: The digest of what cannot be read again or told apart: it equals no other, itself included.
UNKNOWN = ""


class _UnanswerableError(Exception):
    """A question that means nothing to this version."""


def answer_digest(answer: object) -> str:
    """The digest of what was read; :data:`UNKNOWN` for what cannot be told apart."""
    try:
        # What is read of a watched value is noted by itself.
        return digest(type(answer).__name__ if is_watched(answer) else answer)
    except (TypeError, ValueError):
        return UNKNOWN


class Answers:
    """What one dataset answers; every question is put to it once.

    Args:
        dataset: the data as they are now, as ``load`` returns them.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._values: dict[str, Any] = {read_text(()): dataset}
        self._digests: dict[str, str] = {}

    def unchanged(self, recorded: Mapping[str, str]) -> bool:
        """Whether every read still has its recorded digest.

        Args:
            recorded: as :meth:`slz_lib.tracking.Recorder.reads` gives them.
        """
        return all(found and found == self._digest(read) for read, found in recorded.items())

    def _digest(self, read: str) -> str:
        if read not in self._digests:
            self._digests[read] = self._made(read)
        return self._digests[read]

    def _made(self, read: str) -> str:
        try:
            return answer_digest(self._value(parsed(read)))
        except (_UnanswerableError, ValueError):
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
        return Failure(type(error).__name__, str(error))
