"""Roman numerals, by which the strategy counts its areas."""

from __future__ import annotations

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
#: The letters of numerals.
LETTERS = frozenset(_VALUES)


def roman(numeral: str) -> int:
    """The number that ``numeral``, written with :data:`LETTERS`, stands for; 0 for none."""
    digits = [_VALUES[letter] for letter in numeral]
    return sum(
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=False)
    )
