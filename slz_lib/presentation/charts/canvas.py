"""From a drawing function to a finished figure: style and SVG, the same bytes every time.

Positions are millimetres from the top left corner, as a printer thinks of them. Nothing global is
left set: the style holds only while a drawing is made.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

from slz_lib.dataset.memo import Memo, held
from slz_lib.documents.drawing import LONGEST
from slz_lib.documents.markdown import slug
from slz_lib.documents.model import Figure
from slz_lib.language import no_breaks
from slz_lib.palette import INK, PAPER
from slz_lib.presentation.charts.compaction import compact
from slz_lib.presentation.phrases import sentences

STYLE = Path(__file__).parents[1] / "slz.mplstyle"
MM_PER_INCH = 25.4
#: Of what a drawing holds as pixels.
PIXELS_PER_INCH = 200
#: Width of the text column in print, and of the same drawing for a phone, where the letters keep
#: their size and whatever stands beside one another stands under one another.
WIDTH_MM, NARROW_MM = 160.0, 72.0
#: So many characters never become few enough; to try would take minutes.
_HOPELESS = 3 * LONGEST

COLOURS = {
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.facecolor": "none",
    "figure.facecolor": PAPER,
    "patch.edgecolor": INK,
}
#: How a drawing made elsewhere becomes SVG: as the style has it, uncut.
_TAKEN_DOWN = {
    key: value
    for key, value in mpl.rc_params_from_file(STYLE, use_default_template=False).items()
    if key.startswith("svg.")
} | {"savefig.bbox": "standard"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG text, with its width and height in print."""

    svg: str
    width_mm: float
    height_mm: float


#: A picture drawn anew for each width in millimetres that somebody reads it at; a function of this
#: package within another one, which holds what is drawn.
Draw = Callable[[float], Picture]
#: The drawings of the editions that one sitting looks at.
_kept: Memo[Picture] = Memo(most=100)


def render(draw: Callable[[Drawing], None], width_mm: float, height_mm: float) -> Picture:
    """Let ``draw`` paint an empty drawing and take it down as SVG.

    The user's own matplotlib settings are left out, so they cannot change a report. A screen has
    letters of its own, narrower than these: there a text stays a text, a tenth of its outlines.
    """
    letters = {"svg.fonttype": "none"} if width_mm == NARROW_MM else {}
    with mpl.style.context([STYLE, COLOURS, letters], after_reset=True):
        drawing = Drawing(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH))
        draw(drawing)
        return _take_down(drawing)


def taken_down(drawing: Drawing, box: Bbox | None) -> Picture:
    """Take down a drawing made elsewhere, or a ``box`` of it; its inches are those in print."""
    with mpl.rc_context(_TAKEN_DOWN):
        return _take_down(drawing, box)


def _take_down(drawing: Drawing, box: Bbox | None = None) -> Picture:
    svg, bare = io.StringIO(), {"Date": None, "Creator": None}
    drawing.savefig(svg, format="svg", metadata=bare, bbox_inches=box, dpi=PIXELS_PER_INCH)
    drawn = svg.getvalue()
    taken = drawing.bbox_inches if box is None else box
    width, height = taken.width * MM_PER_INCH, taken.height * MM_PER_INCH
    return Picture(
        svg=drawn if len(drawn) > _HOPELESS else compact(drawn),
        width_mm=round(float(width), 2),
        height_mm=round(float(height), 2),
    )


def panel(drawing: Drawing, *, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place given in millimetres; their vertical unit is a millimetre, downwards."""
    wide, high = drawing.get_size_inches() * MM_PER_INCH
    bottom = 1 - (top + height) / high
    axes = drawing.add_axes((left / wide, bottom, width / wide, height / high))
    axes.set_ylim(height, 0)
    return axes


def sheet(drawing: Drawing) -> Axes:
    """Axes over the whole drawing in millimetres from the top left corner."""
    width, height = drawing.get_size_inches() * MM_PER_INCH
    axes = panel(drawing, left=0, top=0, width=width, height=height)
    axes.set_xlim(0, width)
    return axes


def _drawn(draw: Draw, width_mm: float) -> Picture:
    """The picture at a width, drawn once for all that ask for one of the same data."""
    key = held(draw) + str(width_mm).encode()
    return _kept.get(key, lambda: draw(width_mm))


def framed(
    draw: Draw | Picture,
    *,
    caption: str,
    subtitle: str,
    told: str = "",
    alt: str = "",
    anchor: str | None = None,
    table: str | None = None,
) -> Figure:
    """The block of the document model that carries a picture.

    Args:
        draw: gives the picture at a width; or a picture that has only one.
        caption: the finding.
        subtitle: unit and source.
        told: what the picture shows, in words.
        alt: what a person would say about it; the caption and what is ``told`` when not given.
        anchor: permanent name in the document; made of the caption when not given.
        table: anchor of the table with its data, if the document has one.
    """
    picture = draw if isinstance(draw, Picture) else _drawn(draw, WIDTH_MM)
    narrow = "" if isinstance(draw, Picture) else _drawn(draw, NARROW_MM).svg
    return Figure(
        anchor=anchor or f"obr-{slug(caption)}",
        caption=no_breaks(caption),
        subtitle=no_breaks(subtitle),
        alt=no_breaks(alt or sentences(caption, told)),
        svg=picture.svg,
        narrow=narrow,
        width_mm=picture.width_mm,
        height_mm=picture.height_mm,
        table=table,
    )
