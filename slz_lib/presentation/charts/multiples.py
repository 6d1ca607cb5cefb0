"""Small multiples of columns: a heading a name, a panel a dimension, one scale for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.palette import INK, LINK, QUIET
from slz_lib.presentation.charts.canvas import Draw, Picture, panel, render, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, width_mm, wrapped, write

#: Height of the highest column, and width that a time takes at most.
_BAR_MM = 26.0
_LEAST_MM = 4.0
_PITCH_MM = 18.0
_GAP_MM = 6.0
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Trend:
    """One series of one dimension through time.

    Attributes:
        name: what is counted.
        dimension: of whom or what; empty where the series is not divided.
        unit: unit of the values, as it follows a number.
        times: labels of the times in order.
        numbers: values.
        stated: values as the source gives them, with *asi*, *přes* or *méně než*.
    """

    name: str
    dimension: str
    unit: str
    times: tuple[str, ...]
    numbers: tuple[float, ...]
    stated: tuple[str, ...]

    @property
    def title(self) -> str:
        """Name with its dimension, as a sentence names it."""
        return f"„{self.name}“ ({self.dimension})" if self.dimension else f"„{self.name}“"

    @property
    def change(self) -> float:
        """How much the last value differs from the first."""
        return self.numbers[-1] - self.numbers[0]


@dataclass(frozen=True, slots=True)
class Panel:
    """Where one series is drawn, in millimetres.

    Attributes:
        trend: the series.
        left: left edge.
        top: top of its title.
        width: width.
        title: lines of its title.
        base: the line of zero.
        height: height of its highest possible column.
        scale: millimetres a unit, the same wherever the unit is the same.
    """

    trend: Trend
    left: float
    top: float
    width: float
    title: tuple[str, ...]
    base: float
    height: float
    scale: float


def small_multiples(trends: Sequence[Trend]) -> Draw:
    """Columns of every series on axes that begin at zero; values above, times below."""

    def drawn(page: float) -> Picture:
        panels, headings, height = _layout(trends, page)
        return render(lambda drawing: _draw(drawing, panels, headings), page, height)

    return drawn


def _layout(
    trends: Sequence[Trend], page: float
) -> tuple[list[Panel], list[tuple[str, float]], float]:
    """A heading for each name, its dimensions in panels under it; one scale for each unit.

    Returns:
        The panels, the headings above them (line, middle) and the height of the whole.
    """
    longest = {trend.unit: 0.0 for trend in trends}
    for trend in trends:
        longest[trend.unit] = max(longest[trend.unit], *trend.numbers)
    panels: list[Panel] = []
    headings: list[tuple[str, float]] = []
    y = 0.0
    for name, unit in dict.fromkeys((trend.name, trend.unit) for trend in trends):
        for line in wrapped(name, page, bold=True):
            headings.append((line, y + LINE_MM / 2))
            y += LINE_MM
        y += 1.0
        named = [trend for trend in trends if (trend.name, trend.unit) == (name, unit)]
        scale = _BAR_MM / (longest[unit] or 1.0)
        columns = _columns(named, page)
        width = (page - (columns - 1) * _GAP_MM) / columns
        for first in range(0, len(named), columns):
            line_of = named[first : first + columns]
            titles = [wrapped(t.dimension, width, SMALL) if t.dimension else [] for t in line_of]
            height = max(max(max(trend.numbers) for trend in line_of) * scale, _LEAST_MM)
            base = y + max(map(len, titles)) * LINE_MM + LINE_MM + 1.5 + height
            for column, (trend, title) in enumerate(zip(line_of, titles, strict=True)):
                left = column * (width + _GAP_MM)
                across = min(width, len(trend.times) * _PITCH_MM)
                panels.append(Panel(trend, left, y, across, tuple(title), base, height, scale))
            y = base + LINE_MM + 1.0 + _GAP_MM / 2
    return panels, headings, y - _GAP_MM / 2 + 0.5


def _columns(trends: Sequence[Trend], page: float) -> int:
    """As many panels a line as leave room for every value and every time."""
    most = min(len(trends), _COLUMNS)
    for columns in range(most, 1, -1):
        width = (page - (columns - 1) * _GAP_MM) / columns
        if all(_widest(trend) <= width / len(trend.times) for trend in trends):
            return columns
    return 1


def _widest(trend: Trend) -> float:
    return max(width_mm(text, SMALL) for text in (*trend.stated, *trend.times)) + 1.5


def _draw(drawing: Drawing, panels: list[Panel], headings: list[tuple[str, float]]) -> None:
    page = sheet(drawing)
    for line, y in headings:
        write(page, 0, y, line, bold=True)
    for spot in panels:
        for number, line in enumerate(spot.title):
            y = spot.top + (number + 0.5) * LINE_MM
            write(page, spot.left, y, line, size=SMALL, colour=QUIET)
        _columns_of(drawing, page, spot)


def _columns_of(drawing: Drawing, page: Axes, spot: Panel) -> None:
    """One panel: a column a time, its value above and its time below."""
    trend = spot.trend
    top = spot.base - spot.height
    axes = panel(drawing, left=spot.left, top=top, width=spot.width, height=spot.height)
    axes.set_xlim(0, len(trend.times))
    axes.set_ylim(0, spot.height / spot.scale)
    middles = [number + 0.5 for number in range(len(trend.times))]
    axes.bar(middles, trend.numbers, width=0.6, color=LINK, edgecolor=INK, clip_on=False)
    axes.plot([0, len(trend.times)], [0, 0], color=INK, clip_on=False)
    pitch = spot.width / len(trend.times)
    crowded = _widest(trend) > pitch
    columns = zip(trend.numbers, trend.stated, trend.times, strict=True)
    for number, (value, stated, time) in enumerate(columns):
        if crowded and 0 < number < len(trend.times) - 1:
            continue
        x = spot.left + middles[number] * pitch
        above = spot.base - value * spot.scale - LINE_MM / 2 - 0.4
        for y, text in ((above, stated), (spot.base + LINE_MM / 2 + 0.6, time)):
            half = width_mm(text, SMALL) / 2
            x = min(max(x, half), page.get_xlim()[1] - half)
            write(page, x, y, text, size=SMALL, align="center")
