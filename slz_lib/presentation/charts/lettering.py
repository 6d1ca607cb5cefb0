"""How wide a text is in print, and where it breaks; labels are fitted before they are drawn."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FAMILY = "DejaVu Sans"
#: Sizes in points.
TEXT = 8.5
SMALL = 8.0
#: Height of a line of text in millimetres.
LINE_MM = 3.7

_MM_PER_POINT = 25.4 / 72


@lru_cache(maxsize=4096)
def width_mm(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Width of ``text`` in millimetres at ``size`` points."""
    font = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) * _MM_PER_POINT


def wrapped(text: str, limit_mm: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """Lines of ``text`` no wider than ``limit_mm``, broken at spaces that may break.

    A word wider than the limit is cut, so that no label can leave the picture.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_mm(longer, size, bold=bold) <= limit_mm:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, limit_mm, size, bold=bold)
        lines.extend(full)
    return [*lines, line]


def _cut(word: str, limit_mm: float, size: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_mm(pieces[-1] + letter, size, bold=bold) > limit_mm:
            pieces.append("")
        pieces[-1] += letter
    return pieces
