"""The typeface of print: DejaVu Sans as matplotlib ships it, the same on every machine."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

_MM_PER_PT = 25.4 / 72
_FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


def folder() -> Path:
    """The folder with the font files."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def bold_width(text: str, size: float) -> float:
    """Millimetres that ``text`` takes on one line in bold at ``size`` points."""
    return sum(map(_bold_advance, text)) * size * _MM_PER_PT


def printable(char: str) -> bool:
    """Whether every face of the text can print ``char``; PDF/A refuses private-use characters."""
    category = unicodedata.category(char)
    if category == "Co":
        return False
    return category == "Cf" or char in "\n\t" or ord(char) in _charmap()


@lru_cache(maxsize=1)
def _charmap() -> frozenset[int]:
    maps = [set(FT2Font(str(folder() / face)).get_charmap()) for face in _FACES]
    return frozenset(set.intersection(*maps))


@lru_cache(maxsize=1)
def _bold() -> FT2Font:
    return FT2Font(str(folder() / "DejaVuSans-Bold.ttf"))


@lru_cache(maxsize=2048)
def _bold_advance(char: str) -> float:
    """Advance of ``char`` in ems."""
    face = _bold()
    face.set_size(100, 72)
    return float(face.load_char(ord(char)).linearHoriAdvance) / 65536 / 100
