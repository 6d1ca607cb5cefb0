"""Czech alphabetical order (ch after h, č after c)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import czech_sort

Item = TypeVar("Item")


def czech_key(text: str) -> object:
    """A sort key of ``text`` in Czech order."""
    return czech_sort.key(text)


def czech_sorted(items: Iterable[Item], key: Callable[[Item], str] = str) -> list[Item]:
    """``items`` in Czech alphabetical order of ``key``."""
    return sorted(items, key=lambda item: czech_sort.key(key(item)))
