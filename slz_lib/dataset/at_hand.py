"""Values that a process has at hand when it starts, so that nothing is computed twice.

A batch reads and judges the data once and forks a process for every edition. What it has made lies
on the shelf of that process: ``load`` and other pure functions take their result from there instead
of making it anew. A value is taken only where what it was made from is the same to the byte, and
only once: whoever asks again gets one of their own.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Ready:
    """The result of a pure function.

    Attributes:
        function: the function's name.
        arguments: its arguments besides the first.
        seal: of the first argument, as :func:`seal` or :func:`contents` gives it.
        value: the result.
    """

    function: str
    arguments: tuple[object, ...]
    seal: bytes
    value: Any


_shelf: ContextVar[tuple[Ready, ...]] = ContextVar("_shelf", default=())


def lay_out(ready: Iterable[Ready]) -> None:
    """Put values on the shelf of this process, in the place of what lay there."""
    _shelf.set(tuple(ready))


def is_empty() -> bool:
    """Whether nothing is at hand, as in every process that an analyst starts."""
    return not _shelf.get()


def take(function: str, seal: bytes, *arguments: object) -> Any:
    """The result of a function, or ``None`` when it is not at hand; it is gone from the shelf."""
    for ready in _shelf.get():
        if (ready.function, ready.seal, ready.arguments) == (function, seal, arguments):
            _shelf.set(tuple(other for other in _shelf.get() if other is not ready))
            return ready.value
    return None


def seal(value: Any) -> bytes:
    """A digest of the fields of a frozen dataclass: it shows whether a table was written over.

    Equal seals mean equal contents; equal contents made in another way may have another seal.
    """
    parts = [getattr(value, field.name) for field in fields(value) if field.name != "root"]
    return hashlib.sha256(pickle.dumps(parts, protocol=5)).digest()


def contents(root: Path) -> bytes:
    """A digest of every file of tables below ``root``, with its path."""
    found = hashlib.sha256(str(root.resolve()).encode())
    for path in sorted(root.rglob("*.csv")):
        found.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()
