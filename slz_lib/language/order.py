"""Czech alphabetical order (ch after h, č after c)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import czech_sort

T = TypeVar("T")


def czech_key(text: str) -> object:
    """A sort key of ``text`` in Czech order."""
    return czech_sort.key(text)


def czech_sorted(items: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    """``items`` in Czech alphabetical order of ``key``."""
    return sorted(items, key=lambda item: czech_sort.key(key(item)))
