"""Bars on an axis of days: years and quarters above, a text in each bar or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.palette import INK, LINK, PAPER, QUIET, RULE
from slz_lib.presentation.charts.canvas import Draw, panel, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, width_mm, wrapped, write
from slz_lib.presentation.charts.rows import BAR_MM, Arrangement, Group, arranged, write_labels

if TYPE_CHECKING:
    from slz_lib.vocabulary import Period

_HEADER_MM = 9.5
_TEXT_GAP_MM = 1.4
#: A text takes at most this part of the room; the rest of a longer one is in the table.
_TEXT_AT_MOST = 0.6
#: White on the right, so that the last outline is not cut.
_MARGIN_MM = 0.5
#: Quarters of a year.
ROMAN = ("I.", "II.", "III.", "IV.")


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: from when to when, and what is written behind it."""

    start: pd.Timestamp
    end: pd.Timestamp
    text: str


def timeline(groups: Sequence[Group], spans: Sequence[Sequence[Span]], horizon: Period) -> Draw:
    """Rows of bars on an axis of the horizon's days.

    Args:
        groups: the rows' labels.
        spans: for each row, its bars; as many as its label says.
        horizon: the years that the axis shows.
    """
    first, last = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end) + pd.Timedelta(days=1)
    days = (last - first).days

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        room = arrangement.page - arrangement.width - _MARGIN_MM
        fitting = [[_shortened(span, room * _TEXT_AT_MOST) for span in own] for own in spans]
        width = _fitted([span for own in fitting for span in own], first, days, room)
        fill = PAPER if arrangement.above else None
        write_labels(sheet(drawing), arrangement, top=_HEADER_MM, fill=fill)
        axes = panel(
            drawing, left=arrangement.width, top=0, width=room,
            height=_HEADER_MM + arrangement.height,
        )  # fmt: skip
        axes.set_xlim(0, days * room / width)
        _calendar(axes, arrangement, first, last, width / days)
        for own, bars in zip(fitting, arrangement.bars, strict=True):
            for span, y in zip(own, bars, strict=True):
                _bar(axes, span, _HEADER_MM + y, first, width / days)

    return arranged(groups, draw, top=lambda _: _HEADER_MM)


def _shortened(span: Span, limit: float) -> Span:
    """The bar with a text no wider than ``limit`` millimetres."""
    if width_mm(span.text, SMALL) <= limit:
        return span
    first = wrapped(span.text, limit - width_mm("\u00a0…", SMALL), SMALL)[0]
    return replace(span, text=f"{first}\u00a0…")


def _fitted(spans: Sequence[Span], first: pd.Timestamp, days: int, room: float) -> float:
    """The widest axis at which each bar's text fits into the bar or behind it, in millimetres."""
    width = room
    while any(
        _end(span, first) * width / days + _behind(span, first, width / days) > room
        for span in spans
    ):
        width *= 0.98
    return width


def _behind(span: Span, first: pd.Timestamp, mm: float) -> float:
    """Room in millimetres that a text takes behind its bar; none when it fits into it."""
    return 0.0 if _fits(span, first, mm) else width_mm(span.text, SMALL) + _TEXT_GAP_MM + 1


def _fits(span: Span, first: pd.Timestamp, mm: float) -> bool:
    length = (_end(span, first) - _start(span, first)) * mm
    return width_mm(span.text, SMALL) + 2 * _TEXT_GAP_MM <= length


def _start(span: Span, first: pd.Timestamp) -> int:
    return max((span.start - first).days, 0)


def _end(span: Span, first: pd.Timestamp) -> int:
    """The day after the last one, counted from the axis' beginning."""
    return (span.end - first).days + 1


def _bar(axes: Axes, span: Span, y: float, first: pd.Timestamp, mm: float) -> None:
    start, end = _start(span, first), _end(span, first)
    axes.barh(y, end - start, left=start, height=BAR_MM, color=LINK, edgecolor=INK)
    if _fits(span, first, mm):
        write(axes, start + _TEXT_GAP_MM / mm, y, span.text, size=SMALL, colour=PAPER)
    else:
        write(axes, end + _TEXT_GAP_MM / mm, y, span.text, size=SMALL, fill=PAPER)


def _calendar(
    axes: Axes, arrangement: Arrangement, first: pd.Timestamp, last: pd.Timestamp, mm: float
) -> None:
    """Years and quarters above, thin lines at the quarters' ends."""
    bottom = _HEADER_MM + arrangement.height
    quarters = pd.period_range(first, last - pd.Timedelta(days=1), freq="Q")
    for quarter in quarters:
        start = max((quarter.start_time - first).days, 0)
        end = min((quarter.end_time.normalize() - first).days + 1, (last - first).days)
        new_year = quarter.quarter == 1 or quarter == quarters[0]
        colour = QUIET if new_year else RULE
        axes.plot([start, start], [LINE_MM + 0.6, bottom], color=colour, linewidth=0.6, zorder=0)
        if new_year:
            write(axes, start, LINE_MM / 2, str(quarter.year), bold=True)
        name = ROMAN[quarter.quarter - 1]
        if width_mm(name, SMALL) + 1 <= (end - start) * mm:
            middle = LINE_MM * 1.5 + 1.0
            write(axes, (start + end) / 2, middle, name, size=SMALL, colour=QUIET, align="center")
    whole = (last - first).days
    axes.plot([whole, whole], [LINE_MM + 0.6, bottom], color=QUIET, linewidth=0.6, zorder=0)
