"""One difference between two states of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not the same in the issued file and in the one made now.

    Attributes:
        document: name of the file.
        element: where in it, in Czech; a whole statement if neither ``old`` nor ``new`` is given.
        old: what stands there in the issued file, whole; ``None`` if nothing does.
        new: what stands there in the file made now, whole; ``None`` if nothing does.
    """

    document: str
    element: str
    old: str | None
    new: str | None


class Finding(NamedTuple):
    """A difference inside a file whose name the finder does not know; see :class:`Difference`."""

    element: str
    old: str | None
    new: str | None


class UnreadableError(Exception):
    """A file is not what its suffix says, or is past a limit; carries the cause in Czech."""
