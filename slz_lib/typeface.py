"""The typeface of print: DejaVu Sans as matplotlib ships it, the same on every machine."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

MM_PER_PT = 25.4 / 72
_UPRIGHT, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
_FACES = (_UPRIGHT, _BOLD, "DejaVuSans-Oblique.ttf")
#: Letters and signs of Czech and its neighbours, which every face has: no font need be opened.
_COMMON = re.compile("[\n\t -~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2026\u2190-\u2199]*")
#: Characters that only steer others are never drawn.
_UNDRAWN = re.compile("[\n\t\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202c\u2060-\u206f\ufeff]")
#: By these a text reads otherwise than it is written; the last is left of a letter that was lost.
_MISLEADING = frozenset({0x202D, 0x202E, 0xFFFD})
_PRIVATE_USE = range(0xE000, 0xF900)


def folder() -> Path:
    """The folder with the font files."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def file(*, bold: bool = False) -> Path:
    """The upright or bold face: by name, matplotlib may take the machine's own DejaVu."""
    return folder() / (_BOLD if bold else _UPRIGHT)


def missing_glyphs(text: str) -> str:
    """The characters of ``text`` that print has no sign for, each once, in their order.

    A character counts as missing where one of the upright, bold and oblique faces lacks it, and
    where it is of private use, which PDF/A refuses, or would mislead.
    """
    if _COMMON.fullmatch(text):
        return ""
    return "".join(char for char in dict.fromkeys(text) if not _printable(char))


def bold_width(text: str, size: float) -> float:
    """Millimetres that ``text`` takes on one line in bold at ``size`` points.

    What has no glyph counts as a wide letter.
    """
    return sum(map(_advance, text, repeat(_BOLD))) * size * MM_PER_PT


def upright_width(text: str, size: float) -> float:
    """Millimetres that ``text`` takes on one line in the face of running text."""
    return sum(map(_advance, text, repeat(_UPRIGHT))) * size * MM_PER_PT


def _printable(char: str) -> bool:
    return _UNDRAWN.fullmatch(char) is not None or ord(char) in _charmap()


def _face(name: str) -> FT2Font:
    # An open font reads its file as it is needed, and a fork shares the place in the file: glyphs
    # that two processes read at once are torn.
    return _opened(name, os.getpid())


@lru_cache(maxsize=len(_FACES))
def _opened(name: str, process: int) -> FT2Font:  # noqa: ARG001 — a part of the key
    from matplotlib.ft2font import FT2Font

    face = FT2Font(str(folder() / name))
    face.set_size(100, 72)
    return face


@lru_cache(maxsize=1)
def _charmap() -> frozenset[int]:
    maps = [set(_face(name).get_charmap()) for name in _FACES]
    return frozenset(set.intersection(*maps).difference(_PRIVATE_USE, _MISLEADING))


@lru_cache(maxsize=4096)
def _advance(char: str, face: str) -> float:
    """Advance of ``char`` in ems."""
    if _UNDRAWN.fullmatch(char):
        return 0.0
    glyph = _face(face).load_char(ord(char if _printable(char) else "M"))
    return float(glyph.linearHoriAdvance) / 65536 / 100
