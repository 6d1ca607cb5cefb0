"""Values that a process has at hand when it starts, so that nothing is computed twice.

A batch reads and judges the data once and forks a process for every notebook. What it has made lies
on the shelf of that process: ``load`` and other pure functions take their result from there instead
of making it anew. A value is taken only where it is known to be what the function would make, and
only once: whoever asks again gets one of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from slz_lib.tracking import nothing_was_given

if TYPE_CHECKING:
    from slz_lib.dataset.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Ready:
    """The result of a pure function.

    Attributes:
        function: the function's name.
        arguments: its arguments besides the first.
        made_of: the first argument: a dataset, or a digest of a folder's tables.
        value: the result.
    """

    function: str
    arguments: tuple[object, ...]
    made_of: Dataset | bytes
    value: Any


_shelf: ContextVar[tuple[Ready, ...]] = ContextVar("_shelf", default=())


def lay_out(ready: Iterable[Ready]) -> None:
    """Put values on the shelf of this process, in the place of what lay there."""
    _shelf.set(tuple(ready))


def is_empty() -> bool:
    """Whether nothing is at hand, as in every process that an analyst starts.

    A cell that was given a table may have written it over; nothing is at hand from then on.
    """
    return not (_shelf.get() and nothing_was_given())


def take(function: str, made_of: Dataset | bytes, *arguments: object) -> Any:
    """The result of a function, or ``None`` when it is not at hand; it is gone from the shelf."""
    if is_empty():
        return None
    for ready in _shelf.get():
        asked = ready.function == function and ready.arguments == arguments
        if asked and _is_same(ready.made_of, made_of):
            _shelf.set(tuple(other for other in _shelf.get() if other is not ready))
            return ready.value
    return None


def _is_same(one: Dataset | bytes, other: Dataset | bytes) -> bool:
    """Whether two digests are equal, or two datasets consist of the very same tables."""
    if isinstance(one, bytes) or isinstance(other, bytes):
        return one == other
    tables = (field.name for field in fields(one) if field.name != "root")
    return all(getattr(one, name) is getattr(other, name) for name in tables)
