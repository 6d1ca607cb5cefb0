"""Prepositions before a number, as the number is read: *ze 109*, *z 50*, *ve 2*, *v 6*."""

from __future__ import annotations

from slz_lib.language.figures import format_number
from slz_lib.language.typography import NO_BREAK_SPACE

#: Numerals whose genitive begins so that *z* becomes *ze* before it (ze dvou, ze sta).
_VOCALISED_OF = frozenset(
    (2, 3, 4, 6, 7, 12, 13, 14, 16, 17, 20, 30, 40, 60, 70, 100, 200, 300, 400, 600, 700)
)
#: The same for *v* and *ve* (ve dvou, v šesti).
_VOCALISED_WITHIN = frozenset((2, 3, 4, 12, 13, 14, 20, 30, 40, 100, 200, 300, 400))


def of_number(number: int) -> str:
    """The preposition *z* and the number, on one line: ``ze 109``, ``z 50``."""
    return _before(number, "ze" if _first_numeral(number) in _VOCALISED_OF else "z")


def of_whole(part: int, whole: int) -> str:
    """A part of a whole, on one line: ``68 ze 109``, ``5 z 50``."""
    return f"{format_number(part)}{NO_BREAK_SPACE}{of_number(whole)}"


def within(number: int) -> str:
    """The preposition *v* and the number, on one line: ``ve 2``, ``v 6``."""
    return _before(number, "ve" if _first_numeral(number) in _VOCALISED_WITHIN else "v")


def _before(number: int, preposition: str) -> str:
    return f"{preposition}{NO_BREAK_SPACE}{format_number(number)}"


def _first_numeral(number: int) -> int:
    """The numeral that is read first: 109 → 100, 68 → 60, 13 → 13, 4 012 → 4."""
    if number >= 2000:
        return _first_numeral(number // 1000)
    if number >= 1000:
        return 1000
    for step in (100, 10):
        if number >= max(step, 20):
            return number // step * step
    return number
