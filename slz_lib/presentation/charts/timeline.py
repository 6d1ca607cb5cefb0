"""Bars on an axis of days: years and quarters above, a text in each bar or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.palette import LINK, PAPER, QUIET, RULE
from slz_lib.presentation.charts.canvas import Draw, panel, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, width_mm, wrapped, write
from slz_lib.presentation.charts.rows import Arrangement, Group, arranged, bar, write_labels
from slz_lib.vocabulary import Period

_HEADER_MM = 9.5
_TEXT_GAP_MM = 1.4
#: A text takes at most this part of the room; the rest of a longer one is in the table.
_TEXT_AT_MOST = 0.6
#: White on the right, so that the last outline is not cut.
_MARGIN_MM = 0.5
#: Quarters of a year.
ROMAN = {1: "I.", 2: "II.", 3: "III.", 4: "IV."}


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: from when to when, and what is written behind it."""

    start: pd.Timestamp
    end: pd.Timestamp
    text: str


@dataclass(frozen=True, slots=True)
class _Days:
    """A span in days from the beginning of the axis; its end is the day after its last one."""

    start: int
    end: int
    text: str

    def holds_text(self, mm: float) -> bool:
        """Whether its text fits into it, at so many millimetres a day."""
        return width_mm(self.text, SMALL) + 2 * _TEXT_GAP_MM <= (self.end - self.start) * mm

    def behind(self, mm: float) -> float:
        """Room in millimetres that its text takes behind it."""
        return 0.0 if self.holds_text(mm) else width_mm(self.text, SMALL) + _TEXT_GAP_MM + 1


def timeline(groups: Sequence[Group], spans: Sequence[Sequence[Span]], horizon: Period) -> Draw:
    """Rows of bars on an axis of the horizon's days.

    Args:
        groups: the rows' labels.
        spans: for each row, its bars; as many as its label says.
        horizon: the years that the axis shows.
    """
    first, last = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end) + pd.Timedelta(days=1)
    rows = [
        [
            _Days(max((span.start - first).days, 0), (span.end - first).days + 1, span.text)
            for span in own
        ]
        for own in spans
    ]

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        room = arrangement.page - arrangement.width - _MARGIN_MM
        fitting = [[_shortened(span, room * _TEXT_AT_MOST) for span in own] for own in rows]
        mm = _fitted([span for own in fitting for span in own], (last - first).days, room)
        fill = PAPER if arrangement.above else None
        write_labels(sheet(drawing), arrangement, top=_HEADER_MM, fill=fill)
        bottom = _HEADER_MM + arrangement.height
        axes = panel(drawing, left=arrangement.width, top=0, width=room, height=bottom)
        axes.set_xlim(0, room / mm)
        _calendar(axes, bottom, first, last, mm)
        for own, middles in zip(fitting, arrangement.bars, strict=True):
            for span, y in zip(own, middles, strict=True):
                _draw(axes, span, _HEADER_MM + y, mm)

    return arranged(groups, draw, top=lambda _: _HEADER_MM)


def _shortened(span: _Days, limit: float) -> _Days:
    """The span with a text no wider than ``limit`` millimetres."""
    if width_mm(span.text, SMALL) <= limit:
        return span
    first = wrapped(span.text, limit - width_mm("\u00a0…", SMALL), SMALL)[0]
    return replace(span, text=f"{first}\u00a0…")


def _fitted(spans: Sequence[_Days], days: int, room: float) -> float:
    """Millimetres a day of the widest axis at which each bar's text fits into it or behind it."""
    width = room
    while any(span.end * width / days + span.behind(width / days) > room for span in spans):
        width *= 0.98
    return width / days


def _draw(axes: Axes, span: _Days, y: float, mm: float) -> None:
    bar(axes, y, span.end - span.start, LINK, left=span.start)
    if span.holds_text(mm):
        write(axes, span.start + _TEXT_GAP_MM / mm, y, span.text, size=SMALL, colour=PAPER)
    else:
        write(axes, span.end + _TEXT_GAP_MM / mm, y, span.text, size=SMALL, fill=PAPER)


def _calendar(
    axes: Axes, bottom: float, first: pd.Timestamp, last: pd.Timestamp, mm: float
) -> None:
    """Years and quarters above, thin lines at the quarters' ends."""
    whole = (last - first).days
    quarters = pd.period_range(first, last - pd.Timedelta(days=1), freq="Q")
    for quarter in quarters:
        start = max((quarter.start_time - first).days, 0)
        end = min((quarter.end_time.normalize() - first).days + 1, whole)
        new_year = quarter.quarter == 1 or quarter == quarters[0]
        colour = QUIET if new_year else RULE
        axes.plot([start, start], [LINE_MM + 0.6, bottom], color=colour, linewidth=0.6, zorder=0)
        if new_year:
            write(axes, start, LINE_MM / 2, str(quarter.year), bold=True)
        name = ROMAN[quarter.quarter]
        if width_mm(name, SMALL) + 1 <= (end - start) * mm:
            middle = LINE_MM * 1.5 + 1.0
            write(axes, (start + end) / 2, middle, name, size=SMALL, colour=QUIET, align="center")
    axes.plot([whole, whole], [LINE_MM + 0.6, bottom], color=QUIET, linewidth=0.6, zorder=0)
