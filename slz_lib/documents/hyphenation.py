"""Which words of a narrow cell may be parted at the end of a line."""

from __future__ import annotations

import re
from functools import lru_cache

#: Shorter words are not parted: they always fit, and „ne-bo“ or „ja-ko“ only hinder reading.
SHORTEST_PARTED = 11
#: Ids and abbreviations longer than this would leave their column, so they are parted after all.
_LONGEST_WHOLE = 20

_CODE = re.compile(r"[\d_@/]")
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKENS = re.compile(r"(\s+)")


def is_code(word: str) -> bool:
    """Whether ``word`` is an id or an abbreviation; a hyphen would read as a part of it."""
    return word.isupper() or _CODE.search(word) is not None


@lru_cache(maxsize=4096)
def may_be_parted(word: str) -> bool:
    """Whether a hyphen may part ``word``, punctuation around it included."""
    if is_code(word):
        return len(word) > _LONGEST_WHOLE
    return any(len(letters) >= SHORTEST_PARTED for letters in _LETTERS.findall(word))


def pieces(text: str) -> list[tuple[str, bool]]:
    """``text`` in stretches that join to it, each with whether its words may be parted."""
    found: list[tuple[str, bool]] = []
    for token in filter(None, _TOKENS.split(text)):
        parted = may_be_parted(token)
        if found and found[-1][1] is parted:
            found[-1] = (found[-1][0] + token, parted)
        else:
            found.append((token, parted))
    return found
