"""Results of pure functions, kept by the contents of what they were made of.

``load``, ``evaluate`` and ``draft_plan`` keep their last results here. Whoever asks gets a shallow
copy: pandas copies a table when somebody writes into it, so nobody can change what is kept, and a
dataset that somebody did write into is another content. A fork inherits what its parent has kept;
so a batch reads and judges the data once for all its editions.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

T = TypeVar("T")

#: So many results a function keeps: the periods that one sitting looks at.
_MOST = 4


class Memo(Generic[T]):
    """The last results of one function."""

    def __init__(self) -> None:
        self._kept: dict[bytes, T] = {}

    def get(self, key: bytes, make: Callable[[], T]) -> T:
        """What is kept under ``key``; made and kept when nothing is.

        It belongs to all: hand out a copy of it.
        """
        if key not in self._kept:
            made = make()
            for oldest in list(self._kept)[: 1 - _MOST]:
                del self._kept[oldest]
            self._kept[key] = made
        return self._kept[key]


def contents(*values: object) -> bytes:
    """A digest of values: tables, plain values and frozen dataclasses of these.

    Of a dataclass its fields count, not what it has computed of them. Equal digests mean equal
    contents; equal contents may have different digests, and then are computed twice.
    """
    found = hashlib.sha256()
    for part in _parts(values):
        # One by one: a pickle of all would tell whether two tables share an index.
        found.update(pickle.dumps(part, protocol=5))
    return found.digest()


def _parts(value: Any) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
    elif is_dataclass(value):
        yield from _parts(tuple(getattr(value, field.name) for field in fields(value)))
    elif isinstance(value, pd.DataFrame):
        yield value.copy(deep=False)  # laid out as every other copy, however it was made
    else:
        yield value


def copied(value: T, seen: dict[int, object] | None = None) -> T:
    """A shallow copy of a frozen dataclass: its tables can be written over without harm to it.

    What it has computed of its tables goes along.

    Args:
        value: the dataclass; tables and dataclasses in it are copied as well.
        seen: what is copied already, by the id of the original; a part may point to its whole.
    """
    seen = {} if seen is None else seen
    known: Any = seen.get(id(value))
    if known is not None:
        return known  # type: ignore[no-any-return]
    made: Any = value
    if isinstance(value, pd.DataFrame | pd.Series):
        made = value.copy(deep=False)
    elif is_dataclass(value):
        made = seen[id(value)] = object.__new__(type(value))
        names = {field.name for field in fields(value)} | set(getattr(value, "__dict__", ()))
        for name in sorted(names):
            object.__setattr__(made, name, copied(getattr(value, name), seen))
    return made  # type: ignore[no-any-return]
