"""Flows between two columns of bars: where bars and bands stand, and where numbers fit on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from slz_lib.palette import INK, PAPER
from slz_lib.presentation.charts.lettering import SMALL, width_mm, write

#: A bar of the columns is so wide.
BAR_MM = 5.0
#: Height of all bars of the higher column together, as far as no measure gets higher than the cap.
_BARS_MM = 84.0
_MEASURE_AT_MOST_MM = 6.0
#: Two lines of a label fit beside every bar, however low it is.
_SLOT_MM = 8.4
_GAP_MM = 2.4
_NUMBER_MM = 3.6
_OUTLINE = 0.3
#: Where on a band a number may stand: parts of the way from the left column to the right one.
_PLACES = [part / 100 for part in range(7, 94)]


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of a column.

    Attributes:
        code: what it stands for.
        number: how many measures it holds.
        top: upper edge, in millimetres from the top of the columns.
        height: in millimetres; as many times a measure as it holds.
        middle: of its slot, where its label stands.
    """

    code: str
    number: int
    top: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Band:
    """A flow between two bars.

    Attributes:
        start, end: codes of the bars.
        number: how many measures flow.
        left, right: upper edge at either bar, in millimetres from the top of the columns.
        height: in millimetres.
    """

    start: str
    end: str
    number: int
    left: float
    right: float
    height: float

    def middle(self, part: float) -> float:
        """The middle of the band at a part of the way."""
        rise = 3 * part**2 - 2 * part**3  # of a Bézier curve level at both ends
        return self.left + (self.right - self.left) * rise + self.height / 2


@dataclass(frozen=True, slots=True)
class Flows:
    """Two columns and the bands between them."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    bands: tuple[Band, ...]
    height: float


def flows_between(order: Sequence[str], numbers: dict[tuple[str, str], int]) -> Flows:
    """Give bars and bands their places.

    Args:
        order: codes of the bars from the top.
        numbers: measures by the codes of where they flow from and to; above zero.
    """
    whole = max(sum(numbers.values()), 1)
    mm = min(_BARS_MM / whole, _MEASURE_AT_MOST_MM)
    sums: list[dict[str, int]] = [{}, {}]
    for pair, number in numbers.items():
        for side, code in zip(sums, pair, strict=True):
            side[code] = side.get(code, 0) + number
    columns = [_column([(c, side[c]) for c in order if c in side], mm) for side in sums]
    heights = [_height(column) for column in columns]
    height = max(heights)
    left, right = (
        _moved(column, (height - own) / 2) for column, own in zip(columns, heights, strict=True)
    )
    filled = [{node.code: node.top for node in nodes} for nodes in (left, right)]
    bands = []
    for start in order:
        for end in order:
            number = numbers.get((start, end), 0)
            if number:
                tops = filled[0][start], filled[1][end]
                bands.append(Band(start, end, number, *tops, number * mm))
                filled[0][start] += number * mm
                filled[1][end] += number * mm
    return Flows(left, right, tuple(bands), height)


def _column(sizes: Sequence[tuple[str, int]], mm: float) -> list[Node]:
    nodes, y = [], 0.0
    for code, number in sizes:
        slot = max(number * mm, _SLOT_MM)
        top = y + (slot - number * mm) / 2
        nodes.append(Node(code, number, top, number * mm, y + slot / 2))
        y += slot + _GAP_MM
    return nodes


def _height(column: Sequence[Node]) -> float:
    if not column:
        return 0.0
    last = column[-1]
    return last.middle + max(last.height, _SLOT_MM) / 2


def _moved(column: Sequence[Node], down: float) -> tuple[Node, ...]:
    return tuple(replace(n, top=n.top + down, middle=n.middle + down) for n in column)


def draw_band(
    page: Axes, band: Band, *, left: float, right: float, top: float, fill: str, hatch: str = ""
) -> None:
    """Draw a band between the inner edges of the columns.

    Args:
        page: a sheet in millimetres.
        band: the band.
        left: inner edge of the left column.
        right: inner edge of the right column.
        top: where the columns begin.
        fill: its colour.
        hatch: its hatching, white on the fill.
    """
    middle = (left + right) / 2
    over, under = ((top + band.left + edge, top + band.right + edge) for edge in (0.0, band.height))
    points = [
        (left, over[0]), (middle, over[0]), (middle, over[1]), (right, over[1]),
        (right, under[1]), (middle, under[1]), (middle, under[0]), (left, under[0]),
        (left, over[0]),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    page.add_patch(
        PathPatch(
            Path(points, codes),
            facecolor=fill,
            edgecolor=INK,
            linewidth=_OUTLINE,
            hatch=hatch or None,
            hatchcolor=PAPER,
        )
    )


def write_numbers(
    page: Axes, flows: Flows, texts: Sequence[str], *, left: float, right: float, top: float
) -> None:
    """Write a text on each band where it covers least of the others and no other text."""
    taken: list[tuple[float, float, float, float]] = []
    # Bands of few measures have least room, so they choose first.
    order = sorted(range(len(texts)), key=lambda number: (flows.bands[number].number, number))
    for number in order:
        band, wide = flows.bands[number], width_mm(texts[number], SMALL) + 1.4
        reach = wide / 2 / (right - left)
        places = [
            (_cost(flows.bands, number, part, reach), part)
            for part in _PLACES
            if not any(_meet(_box(band, part, left, right, wide), box) for box in taken)
        ]
        if not places:
            continue  # the table has it
        _, part = min(places)
        box = _box(band, part, left, right, wide)
        taken.append(box)
        x, y = (box[0] + box[1]) / 2, top + (box[2] + box[3]) / 2
        write(page, x, y, texts[number], size=SMALL, align="center", fill=PAPER)


def _box(
    band: Band, part: float, left: float, right: float, wide: float
) -> tuple[float, float, float, float]:
    """The ends of a text's box, across and down."""
    across = 1.5 * part * (1 - part) + part**3  # the curve's control points stand in the middle
    x = left + (right - left) * across
    x = min(max(x, left + wide / 2 + 0.5), right - wide / 2 - 0.5)
    y = band.middle(part)
    return x - wide / 2, x + wide / 2, y - _NUMBER_MM / 2, y + _NUMBER_MM / 2


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[2], other[2]
    )


def _cost(bands: Sequence[Band], number: int, part: float, reach: float) -> float:
    """Millimetres of other bands that a text would cover, and how far it is from the middle."""
    y = bands[number].middle(part)
    low, high = y - _NUMBER_MM / 2, y + _NUMBER_MM / 2
    covered = 0.0
    for place, other in enumerate(bands):
        if place == number:
            continue
        for step in (-1.0, -0.5, 0.0, 0.5, 1.0):
            middle = other.middle(min(max(part + step * reach, 0.0), 1.0))
            ends = middle - other.height / 2, middle + other.height / 2
            covered += max(0.0, min(high, ends[1]) - max(low, ends[0]))
    return round(covered, 3) + abs(part - 0.5)


def tint(colour: str, share: float) -> str:
    """``colour`` thinned with white; ``share`` of it is left."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)
