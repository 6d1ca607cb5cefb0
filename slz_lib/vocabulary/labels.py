"""What a reader sees instead of the codes in a column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Labelled(Protocol):
    """A code that has its Czech word; ``str`` gives the code."""

    @property
    def label(self) -> str:
        """The word."""
        ...


def labels(codes: Iterable[Labelled]) -> dict[str, str]:
    """Code → label; ``labels(Status)`` gives those of all statuses."""
    return {str(code): code.label for code in codes}
