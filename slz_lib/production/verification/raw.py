"""Differences of the bytes themselves, where the content tells none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from slz_lib.language import format_number
from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.difference import Finding, UnreadableError

#: How many bytes from the first different one are shown.
_SHOWN = 8
#: Bytes that are compared at once.
_BLOCK = 4096
_END = "konec souboru"


def first_different(old: bytes, new: bytes) -> int:
    """Where the first byte stands that is not the same, counted from 0."""
    shorter = min(len(old), len(new))
    for start, stop in pairwise([*range(0, shorter, _BLOCK), shorter]):
        if old[start:stop] != new[start:stop]:
            return next(at for at in range(start, stop) if old[at] != new[at])
    return shorter


def byte_finding(old: bytes, new: bytes, where: str = "") -> Finding:
    """The first different byte (counted from 1, as ``cmp`` does) and what follows it."""
    at = first_different(old, new)
    return Finding(
        f"{where}bajt\u00a0č.\u00a0{format_number(at + 1)}", _hex(old, at), _hex(new, at)
    )


def _hex(data: bytes, at: int) -> str:
    return data[at : at + _SHOWN].hex(" ").upper() or _END


def read(data: bytes) -> str:
    """A plain text file.

    Raises:
        UnreadableError: it is not UTF-8.
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"text není v\u00a0kódování UTF-8 (bajt\u00a0č.\u00a0{format_number(error.start + 1)})"
        ) from error


def compare(old: str, new: str) -> Iterator[Finding]:
    """Lines that differ, by their number in the issued text or, when added, in the new one."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    pairs = paired(
        list(enumerate(old_lines, 1)), list(enumerate(new_lines, 1)), lambda line: line[1]
    )
    for before, after in pairs:
        if before is None and after is not None:
            yield Finding(f"řádek {after[0]}", None, after[1])
        elif before is not None and after is None:
            yield Finding(f"řádek {before[0]}", before[1], None)
        elif before is not None and after is not None and before[1] != after[1]:
            yield Finding(f"řádek {before[0]}", before[1], after[1])
