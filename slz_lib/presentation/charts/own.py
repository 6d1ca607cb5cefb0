"""An analyst's own figures, drawn by matplotlib or pandas, made to fit a page."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection, QuadMesh, TriMesh
from matplotlib.contour import ContourSet
from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter
from matplotlib.figure import Figure as Drawing, FigureBase, SubplotParams
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from slz_lib.documents.drawing import LONGEST
from slz_lib.errors import DocumentError
from slz_lib.presentation.charts.canvas import (
    COLOURS,
    MM_PER_INCH,
    STYLE,
    WIDTH_MM,
    Picture,
    taken_down,
)

#: Height of a page that a picture may take, and how much it may be made smaller to fit.
_HEIGHT_MM, _SMALLEST, _LEAST_MM = 205.0, 0.45, 3.0
_MOST_DPI = 600
#: So many marks of one series are drawn one by one; in more of them nobody tells one from another.
_MOST_POINTS = 10_000
_GLYPH = re.compile(r"Glyph (\d+) ")


def use_house_style() -> None:
    """Let what a notebook draws from now on look as the house's charts do."""
    own = STYLE.with_name("own.mplstyle")
    mpl.style.use([STYLE, COLOURS, own])


#: Formatters of axes whose texts become Czech, by their names: pandas does not show its own.
_FORMATTERS = ("ScalarFormatter", "PercentFormatter", "TimeSeries_DateFormatter", "DateFormatter")
_MONTHS = dict(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ("led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"),
        strict=True,
    )
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
#: Dates on an axis, as short as they can be told apart: year, month, day, time.
_DATES: dict[str, Any] = {
    "formats": ["%Y", "%m/%Y", "%d. %m.", "%H:%M", "%H:%M", "%S"],
    "zero_formats": ["", "%Y", "%m/%Y", "%d. %m.", "%H:%M", "%H:%M"],
    "offset_formats": ["", "", "", "%m/%Y", "%d. %m. %Y", "%d. %m. %Y"],
}
_NUMBER = re.compile(r"([-−]?\d+)(?:\.(\d+))? ?(%?)")


def _czech(text: str) -> str:
    """A number as Czech writes it (``12 500``, ``0,5``, ``12,5 %``); months in other texts."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return _MONTH.sub(lambda month: _MONTHS[month[0]], text)
    whole, part, percent = found.groups()
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", whole)
    return whole + (f",{part}" if part else "") + ("\u00a0%" if percent else "")


def _in_czech(formatter: type[Any]) -> type[Any]:
    """The class of a formatter whose texts are Czech."""

    def called(self: Any, x: float, pos: int | None = None) -> str:
        return _czech(str(formatter.__call__(self, x, pos)))

    return type(formatter.__name__, (formatter,), {"__call__": called})


def picture_of(drawn: object, caption: str) -> Picture:
    """What matplotlib or pandas has drawn as a picture that fits a page, labels whole.

    The figure is closed, so that a notebook does not show it once more.

    Args:
        drawn: a figure, axes, several axes, or whatever pandas gives for a plot.
        caption: how messages name the picture.

    Raises:
        DocumentError: it is no picture or an empty one, is too large, or has a character without
            a glyph.
    """
    drawing = _drawing(drawn)
    if drawing is None or not drawing.get_axes():
        found = "nic nakresleného" if drawing else f"{type(drawn).__name__}"
        advice = " Animaci nahraďte jedním snímkem." if "Animation" in found else ""
        raise DocumentError(
            f"Obrázek „{caption}“: figure(...) čeká obrázek matplotlibu – Figure, Axes nebo to, co "
            f"vrací .plot() v\u00a0pandas –, dostalo {found}.{advice}"
        )
    # Of a drawing that would be too large nothing is drawn: it might take all memory.
    drawing.set_dpi(min(drawing.dpi, _MOST_DPI))
    fitting(Picture("", *map(float, drawing.get_size_inches() * MM_PER_INCH)), caption)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(drawing)
    with warnings.catch_warnings(record=True) as told, mpl.rc_context():
        warnings.simplefilter("always")
        _prepare(drawing)
        drawing.draw_without_rendering()
        whole = drawing.bbox_inches
        box = Bbox.union([whole, drawing.get_tightbbox()])
        box = whole if np.allclose(box.extents, whole.extents, atol=0.01) else box.padded(0.05)
        picture = taken_down(drawing, box if box is not whole else None)
    glyphs = (_GLYPH.match(str(one.message)) for one in told)
    missing = {chr(int(glyph[1])) for glyph in glyphs if glyph}
    if len(picture.svg) > LONGEST:
        raise DocumentError(
            f"Obrázek „{caption}“ má příliš mnoho bodů či čar; ukažte jich méně, nebo při kreslení "
            "předejte rasterized=True."
        )
    if missing:
        signs = ", ".join(f"„{sign}“ (U+{ord(sign):04X})" for sign in sorted(missing))
        raise DocumentError(
            f"Obrázek „{caption}“ má znaky, pro které písmo nemá tvar: {signs}; nahraďte je."
        )
    if not any(map(_shows, drawing.get_axes())):
        raise DocumentError(f"Obrázek „{caption}“ je prázdný; nakreslete do něj údaje.")
    return fitting(picture, caption)


def fitting(picture: Picture, caption: str) -> Picture:
    """``picture`` no larger than a page has room for.

    Raises:
        DocumentError: it would be too small to be read.
    """
    width, height = picture.width_mm, picture.height_mm
    if min(width, height) < _LEAST_MM:
        raise DocumentError(f"Obrázek „{caption}“ nemá plochu; zvětšete jej (figsize).")
    scale = min(1.0, WIDTH_MM / width, _HEIGHT_MM / height)
    if scale < _SMALLEST:
        raise DocumentError(
            f"Obrázek „{caption}“ má {width:.0f}\u00a0×\u00a0{height:.0f}\u00a0mm "
            "a\u00a0na stránce by se nedal přečíst; zmenšete jej (figsize), vyberte méně řádků "
            "nebo jej rozdělte."
        )
    return Picture(picture.svg, round(width * scale, 2), round(height * scale, 2))


def _shows(axes: Any) -> bool:
    """Whether a reader would see more of ``axes`` than a frame."""
    drawn = axes.has_data() or axes.texts or axes.tables or axes.artists or axes.child_axes
    return bool(axes.get_visible() and drawn)


def _drawing(drawn: object) -> Drawing | None:
    """The whole figure that something drawn belongs to."""
    if isinstance(drawn, np.ndarray | pd.Series | Sequence) and not isinstance(drawn, str):
        return next((found for one in np.ravel(list(drawn)) if (found := _drawing(one))), None)
    if isinstance(drawn, FigureBase):
        return drawn if isinstance(drawn, Drawing) else _drawing(drawn.figure)
    figure = getattr(drawn, "figure", None)
    return _drawing(figure) if isinstance(figure, FigureBase) else None


def _prepare(drawing: Drawing) -> None:
    """Czech numbers, room for labels, pixels where they are due."""
    for axes in drawing.get_axes():
        for name in ("xaxis", "yaxis", "zaxis"):
            if axis := getattr(axes, name, None):
                _translate(axis)
    of_lines = [one for lines in drawing.findobj(ContourSet) for one in lines.labelTexts]
    for text in drawing.findobj(Text):
        words = text.get_text()
        # Of other texts nobody knows whether they are numbers: 1.1 can be a measure.
        if isinstance(text, Annotation) or text in of_lines or words.endswith("%"):
            text.set_text(_czech(words) if _NUMBER.fullmatch(words) else words)
    if drawing.get_layout_engine() is None and vars(drawing.subplotpars) == vars(SubplotParams()):
        drawing.set_layout_engine("constrained")
    for artist in drawing.findobj(_in_pixels):
        artist.set_rasterized(True)
    for image in drawing.findobj(AxesImage):
        if image.get_interpolation() == "none":  # SVG would hold every pixel of it
            image.set_interpolation("auto")


def _in_pixels(artist: Any) -> bool:
    """Whether SVG has no means for an artist, or would have a sign for each of too many points."""
    if isinstance(artist, QuadMesh):
        return getattr(artist, "_shading", "") == "gouraud"
    marked = isinstance(artist, Line2D) and artist.get_marker() not in {None, "", " ", "None"}
    scattered = isinstance(artist, PathCollection)
    points = len(artist.get_xdata() if marked else artist.get_offsets() if scattered else ())
    return isinstance(artist, TriMesh) or points > _MOST_POINTS


def _translate(axis: Any) -> None:
    """Let the numbers and dates of an axis be Czech, unless somebody chose their form."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, AutoDateFormatter):
        axis.set_major_formatter(ConciseDateFormatter(axis.get_major_locator(), **_DATES))  # type: ignore[no-untyped-call]
    for one in (formatter, axis.get_minor_formatter()):
        if type(one).__name__ in _FORMATTERS:
            one.__class__ = _in_czech(type(one))
