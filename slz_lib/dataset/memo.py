"""Results of pure functions, kept by the contents of what they were made of.

``load``, ``evaluate`` and ``draft_plan`` keep their last results here. Whoever asks gets a shallow
copy: pandas copies a table when somebody writes into it, so nobody can change what is kept, and a
dataset that somebody did write into is another content. Of most tables nobody asks for, there is
not even a copy. A fork inherits what its parent has kept; so a batch reads and judges the data once
for all its editions.
"""

from __future__ import annotations

import hashlib
import io
import marshal
import pickle
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pandas as pd

T = TypeVar("T")

#: So many results a function keeps when it does not say: the periods that one sitting looks at.
_MOST = 4


class Memo(Generic[T]):
    """The last results of one function."""

    def __init__(self, most: int = _MOST) -> None:
        self._kept: dict[bytes, T] = {}
        self._most = most

    def get(self, key: bytes, make: Callable[[], T]) -> T:
        """What is kept under ``key``; made and kept when nothing is.

        It belongs to all: hand out a copy of it, see :func:`lent`.
        """
        if key not in self._kept:
            made = make()
            for oldest in list(self._kept)[: 1 - self._most]:
                del self._kept[oldest]
            self._kept[key] = made
        return self._kept[key]


class Kept:
    """A frozen dataclass that a memo keeps."""

    #: Of what is kept: digests of fields. Of a copy: the fields that it does not have yet, whose
    #: they are, and what else is copied from there.
    __slots__ = ("_digests", "_original", "_seen", "_waiting")

    if not TYPE_CHECKING:  # a wrong name stays a fault

        def __getattr__(self, name: str) -> object:
            if name in Kept.__slots__ or name not in getattr(self, "_waiting", ()):
                # Says what is amiss: a wrong name, or one that a computed value asks for inside.
                return object.__getattribute__(self, name)
            value = lent(getattr(self._original, name), self._seen)
            object.__setattr__(self, name, value)
            self._waiting.discard(name)
            return value

    def __getstate__(self) -> dict[str, object]:
        """All its fields: what they are copied from does not go along."""
        names = {field.name for field in fields(self)}  # type: ignore[arg-type]
        return {name: getattr(self, name) for name in names} | getattr(self, "__dict__", {})


def digest(*values: object) -> bytes:
    """A digest of values: tables, plain values and frozen dataclasses of these.

    Of a dataclass its fields count, not what it has computed of them. Equal digests mean equal
    contents; equal contents may have different digests, and then are computed twice.
    """
    found = hashlib.sha256()
    for part in _digests(values):
        found.update(part)
    return found.digest()


def _digests(value: Any) -> Iterator[bytes]:
    """Digests of the parts, one by one: a pickle of all would tell whether two share an index."""
    if isinstance(value, tuple):
        for item in value:
            yield from _digests(item)
    elif is_dataclass(value):
        waiting = getattr(value, "_waiting", ())
        for name in (field.name for field in fields(value)):
            # What nobody has asked for nobody has changed.
            yield _kept_digest(value, name) if name in waiting else digest(getattr(value, name))
    else:
        # A table is laid out as every other copy, however it was made.
        part = value.copy(deep=False) if isinstance(value, pd.DataFrame) else value
        yield hashlib.sha256(pickle.dumps(part, protocol=5)).digest()


def _kept_digest(copy: Any, name: str) -> bytes:
    """The digest of a field that a copy still waits for, computed once for all copies."""
    original = copy._original  # noqa: SLF001 — of this module
    if not hasattr(original, "_digests"):
        object.__setattr__(original, "_digests", {})
    known: dict[str, bytes] = original._digests  # noqa: SLF001
    if name not in known:
        known[name] = digest(getattr(original, name))
    return known[name]


def held(function: Callable[..., object]) -> bytes:
    """A digest of a function of ours and of all that it holds of its surroundings.

    Equal digests mean that it does the same; it may only read what never changes beside that.
    """
    stream = io.BytesIO()
    _Holdings(stream).dump(function)
    return hashlib.sha256(stream.getbuffer()).digest()


class _Holdings(pickle.Pickler):
    """Writes a function down as its code and what it holds."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=5)
        self.fast = True  # whether two things share a third does not count

    def reducer_override(self, value: object) -> Any:
        """How a function that no name leads to is written down; all else as ever."""
        if not isinstance(value, FunctionType) or "<" not in value.__qualname__:
            return NotImplemented
        holds = tuple(cell.cell_contents for cell in value.__closure__ or ())
        return tuple, ((marshal.dumps(value.__code__), value.__defaults__, holds),)


def lent(kept: T, seen: dict[int, object] | None = None, **instead: object) -> T:
    """As :func:`copied`, of what a memo keeps; a field is copied when it is first asked for.

    Args:
        kept: it belongs to all, and so never changes.
        seen: as there.
        instead: values of fields that are others than those of ``kept``.
    """
    seen = {} if seen is None else seen
    if not isinstance(kept, Kept) or id(kept) in seen:
        return copied(kept, seen)
    made = seen[id(kept)] = object.__new__(type(kept))
    waiting = {field.name for field in fields(kept)} - set(instead)  # type: ignore[arg-type]
    for name, value in {"_original": kept, "_seen": seen, "_waiting": waiting, **instead}.items():
        object.__setattr__(made, name, value)
    for name, value in getattr(kept, "__dict__", {}).items():
        if name not in waiting and name not in instead:
            object.__setattr__(made, name, copied(value, seen))
    return made


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
