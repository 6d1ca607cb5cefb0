"""Codes with the words that a reader sees instead of them in a column."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A code that has its Czech word: ``CODE = "code", "word"``; ``str`` gives the code."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """A member with its word."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


def named_safely(id_: str) -> str:
    """An id as a part of an anchor or of a file's name: ``I.1`` → ``I-1``."""
    return re.sub("[._]", "-", id_)


def labels(codes: type[Labelled]) -> dict[str, str]:
    """Code → label; ``labels(Severity)`` gives those of all severities."""
    return {str(code): code.label for code in codes}
