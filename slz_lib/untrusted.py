"""Text from outside (ids, file names, arguments, messages of libraries) made fit to be shown."""

from __future__ import annotations

import unicodedata

#: What of one value a message quotes, and how long a whole line may be.
SHOWN_CHARACTERS = 80
LONGEST_LINE = 2_000
MOST_LINES = 1_000
_SPACE = "Zs"


def printable(text: str) -> str:
    """``text`` without characters that steer a terminal; each is spelled by its code.

    Such are controls, among them line ends, marks that turn the direction of writing, halves of
    characters, and what no typeface has. Spaces of all kinds stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or unicodedata.category(sign) == _SPACE
        else f"\\u{ord(sign):04x}"
        for sign in text
    )


def cut(text: str, longest: int) -> str:
    """``text``, the end of a longer one replaced by an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def shown(value: str) -> str:
    """``value`` as a message quotes it: short and printable."""
    return printable(cut(value, SHOWN_CHARACTERS))


def lines(text: str) -> list[str]:
    """A message as the lines of a terminal: each printable and cut, so many at most."""
    found = text.splitlines() or [""]
    rest = len(found) - MOST_LINES
    kept = [printable(cut(line, LONGEST_LINE)) for line in found[:MOST_LINES]]
    return [*kept, f"… a\u00a0další řádky: {rest}"] if rest > 0 else kept
