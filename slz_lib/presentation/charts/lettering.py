"""How wide a text is in print, where it breaks, how it is written; the words of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from slz_lib import typeface
from slz_lib.palette import INK, PAPER

#: Sizes in points.
TEXT = 8.5
SMALL = 8.0
#: Height of a line of text in millimetres.
LINE_MM = 3.7
_SWATCH_MM = (5.0, 3.2)
_SWATCH_GAP_MM, _ENTRY_GAP_MM = 1.4, 6.0
#: Height of each line of a legend after the first.
_LEGEND_LINE_MM = 5.0

#: Capitals and digits are so high; half of it lifts a text to the middle of its line.
_CAPITAL = 0.729


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT,
    bold: bool = False,
    colour: str = INK,
    align: Literal["left", "center", "right"] = "left",
    fill: str | None = None,
) -> None:
    """Write ``text`` with the middle of its capitals at ``y``, whatever letters it has.

    Args:
        axes: axes whose vertical unit is a millimetre, downwards.
        x: where the text begins, has its middle or ends, in the axes' unit.
        y: middle of the line.
        text: one line.
        size: points.
        bold: whether the text is bold.
        colour: of the letters.
        align: what of the text stands at ``x``.
        fill: colour of the ground under the letters, where something must give way to them.
    """
    ground = {"facecolor": fill, "edgecolor": "none", "pad": 1.2} if fill else None
    axes.text(
        x,
        y + _CAPITAL / 2 * size * typeface.MM_PER_PT,
        text,
        fontproperties=_font(size, bold=bold),
        color=colour,
        ha=align,
        va="baseline",
        bbox=ground,
    )


def _font(size: float, *, bold: bool) -> FontProperties:
    weight = "bold" if bold else "normal"  # Nothing looks for it; an SVG with texts tells it.
    return FontProperties(fname=typeface.file(bold=bold), size=size, weight=weight)


@lru_cache(maxsize=4096)
def width_mm(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Width of ``text`` in millimetres at ``size`` points."""
    font = _font(size, bold=bold)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) * typeface.MM_PER_PT


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


def under_first_line(words: Sequence[str], limit: float, left: float = 0.2) -> float:
    """Height in millimetres of a legend's lines after the first, in a sheet so wide."""
    return max(_legend_lines(words, limit, left), default=0) * _LEGEND_LINE_MM


def _legend_lines(words: Sequence[str], limit: float, left: float) -> list[int]:
    """On which line of a legend each entry stands; none begins where it would not fit."""
    lines, line, end = [], 0, left
    for text in words:
        width = _SWATCH_MM[0] + _SWATCH_GAP_MM + width_mm(text)
        if end > left and end + width > limit:
            line, end = line + 1, left
        lines.append(line)
        end += width + _ENTRY_GAP_MM
    return lines


def box(
    page: Axes, left: float, middle: float, width: float, height: float, fill: str, **look: Any
) -> None:
    """A filled rectangle on a sheet in millimetres, by its left edge and the middle of its side."""
    corner = (left, middle - height / 2)
    page.add_patch(Rectangle(corner, width, height, facecolor=fill, **{"edgecolor": INK} | look))


def legend(
    page: Axes,
    entries: Sequence[tuple[str, str, str | None]],
    *,
    left: float = 0.2,
    **look: Any,
) -> None:
    """Swatches with their words at the top of a sheet, in as many lines as they need.

    Args:
        page: a sheet in millimetres.
        entries: words, colour and hatching of each swatch.
        left: where the first swatch begins.
        look: what else matplotlib is told of a swatch.
    """
    width, height = _SWATCH_MM
    lines = _legend_lines([words for words, _, _ in entries], page.get_xlim()[1], left)
    first, before = left, 0
    for (words, colour, hatch), line in zip(entries, lines, strict=True):
        left, before = first if line > before else left, line
        middle = 2.6 + line * _LEGEND_LINE_MM
        box(page, left, middle, width, height, colour, hatch=hatch, hatchcolor=PAPER, **look)
        write(page, left + width + _SWATCH_GAP_MM, middle, words)
        left += width + _SWATCH_GAP_MM + width_mm(words) + _ENTRY_GAP_MM
