"""Text from outside (ids, file names, arguments, messages of libraries) made fit to be shown."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

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


def shown_path(path: str | PurePath) -> str:
    """A path as a message quotes it: of a long one its end, which tells it from others."""
    text = str(path)
    return printable(text if len(text) <= SHOWN_CHARACTERS else f"…{text[1 - SHOWN_CHARACTERS :]}")


def line(text: str) -> str:
    """A line of a terminal: printable and not endless."""
    return printable(cut(text, LONGEST_LINE))


def lines(text: str) -> list[str]:
    """A message as the lines of a terminal, so many at most."""
    found = text.splitlines() or [""]
    kept = [line(each) for each in found[:MOST_LINES]]
    left = len(found) - len(kept)
    return [*kept, f"… a\u00a0další řádky: {left}"] if left else kept
