"""What a reader could not read in a drawing: texts that are cut off or run into one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from slz_lib.dataset.memo import Memo
from slz_lib.presentation.charts import canvas

#: Pixels at the resolution of print that nobody sees.
_UNSEEN = 0.5
#: Dots per inch at which a reader of Word sees a chart.
_DPI = 200


@contextmanager
def kept_drawings() -> Iterator[list[Drawing]]:
    """Every matplotlib drawing that a chart is taken from, in order; what was kept counts not."""
    kept: list[Drawing] = []
    take_down = canvas._take_down

    def keeping(drawing: Drawing, *box: Bbox | None) -> canvas.Picture:
        kept.append(drawing)
        return take_down(drawing, *box)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canvas, "_take_down", keeping)
        patch.setattr(canvas, "_kept", Memo(most=100))
        yield kept


def texts(drawing: Drawing) -> list[Text]:
    """Every text of a drawing that has letters."""
    return [
        text
        for axes in drawing.axes
        for text in axes.texts
        if text.get_text() and not (isinstance(text, Annotation) and text.arrow_patch)
    ]


def illegible(*drawings: Drawing) -> list[str]:
    """Texts that leave a picture, and pairs of texts that overlap."""
    return [fault for drawing in drawings for fault in _faults(drawing)]


def _faults(drawing: Drawing) -> list[str]:
    drawing.set_dpi(_DPI)
    with mpl.rc_context({"text.hinting": "none"}):
        renderer = FigureCanvasAgg(drawing).get_renderer()  # type: ignore[no-untyped-call]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(drawing)]
    page = drawing.bbox
    cut = [
        f"{text} is cut off"
        for text, box in boxes
        if min(box.x0, box.y0, page.x1 - box.x1, page.y1 - box.y1) < -_UNSEEN
    ]
    clashes = [
        f"{first} runs into {second}"
        for (first, a), (second, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > _UNSEEN
        and min(a.y1, b.y1) - max(a.y0, b.y0) > _UNSEEN
    ]
    return cut + clashes
