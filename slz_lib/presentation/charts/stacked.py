"""Bars of statuses, best first, with their numbers written in them; and the legend above.

Statuses differ in three ways: order and sign, lightness, and hatching of NEPLNĚNO, so a grey print
and a colour-blind reader tell them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.language import format_number
from slz_lib.palette import INK, ON_STATUS, PAPER, STATUS
from slz_lib.presentation.charts.canvas import WIDTH_MM, Picture, panel, render, sheet
from slz_lib.presentation.charts.lettering import OUTLINE, SMALL, legend, width_mm, write
from slz_lib.presentation.charts.rows import (
    BAR_MM,
    TEXT_GAP_MM,
    Arrangement,
    baseline,
    write_labels,
)
from slz_lib.vocabulary import Status

#: Fills that a grey print would not tell apart by lightness alone.
HATCHES = {Status.NEPLNENO: "////"}
#: Height of the legend with the white under it.
LEGEND_MM = 8.0

_PAD_MM = 1.0
#: A text behind a bar takes at most this part of the room; a longer one says the total only.
_BEHIND_AT_MOST = 0.6
_BOTTOM_MM = 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """How many millimetres a measure takes, and what is written in and behind the bars.

    Attributes:
        mm: millimetres a measure.
        inside: for each row, the text in each segment (empty = it does not fit).
        behind: for each row, the text behind the bar: the total, and segments without a text.
    """

    mm: float
    inside: tuple[Mapping[Status, str], ...]
    behind: tuple[str, ...]


def height_of(arrangement: Arrangement) -> float:
    """Height in millimetres of a chart of these rows with its legend."""
    return LEGEND_MM + arrangement.height + _BOTTOM_MM


def stacked(arrangement: Arrangement, counts: Sequence[Mapping[str, int]]) -> Picture:
    """A chart of nothing but stacked bars, see :func:`stacked_bars`."""
    return render(
        lambda drawing: stacked_bars(drawing, arrangement, counts), height_of(arrangement)
    )


def stacked_bars(
    drawing: Drawing, arrangement: Arrangement, counts: Sequence[Mapping[str, int]]
) -> None:
    """Draw one stacked bar for each row of ``arrangement``; the axis begins at zero.

    Args:
        drawing: an empty drawing of the height that :func:`height_of` gives.
        arrangement: rows of one bar.
        counts: for each row, measures by status code.
    """
    page = sheet(drawing)
    legend(page, [(status.marked, STATUS[status], HATCHES.get(status)) for status in Status])
    write_labels(page, arrangement, top=LEGEND_MM, right=WIDTH_MM)
    room = WIDTH_MM - arrangement.width
    scale = fitted(counts, room)
    axes = panel(
        drawing, left=arrangement.width, top=LEGEND_MM, width=room, height=arrangement.height
    )
    axes.set_xlim(0, room / scale.mm)
    for row, (bars, numbers) in enumerate(zip(arrangement.bars, counts, strict=True)):
        y, left = bars[0], 0
        for status in Status:
            number = numbers[str(status)]
            if number:
                segment(axes, status, y, number, left=left)
                write_in(axes, status, left + number / 2, y, scale.inside[row][status])
                left += number
        write(axes, left + TEXT_GAP_MM / scale.mm, y, scale.behind[row])
    baseline(axes, arrangement)


def segment(
    axes: Axes, status: Status, y: float, length: float, *, left: float = 0, height: float = BAR_MM
) -> None:
    """A bar in a status' fill, outlined in ink so that the light one does not end in white."""
    axes.barh(
        y,
        length,
        left=left,
        height=height,
        color=STATUS[status],
        edgecolor=INK,
        linewidth=OUTLINE,
        hatch=HATCHES.get(status),
        hatchcolor=PAPER,
    )


def write_in(axes: Axes, status: Status, x: float, y: float, text: str) -> None:
    """Write on a status' fill; hatching gives way under the letters."""
    if text:
        fill = STATUS[status] if status in HATCHES else None
        write(axes, x, y, text, size=SMALL, colour=ON_STATUS[status], align="center", fill=fill)


def fitted(counts: Sequence[Mapping[str, int]], room: float) -> Scale:
    """The largest scale at which every bar and the text behind it fit into ``room`` millimetres."""
    totals = [sum(numbers.values()) for numbers in counts]
    mm = room / max([*totals, 1])
    while True:
        inside = tuple(_inside(numbers, mm) for numbers in counts)
        behind = tuple(
            _behind(total, numbers, texts)
            for total, numbers, texts in zip(totals, counts, inside, strict=True)
        )
        behind = tuple(
            text if width_mm(text) <= room * _BEHIND_AT_MOST else format_number(total)
            for total, text in zip(totals, behind, strict=True)
        )
        widths = [
            total * mm + TEXT_GAP_MM + width_mm(text) + _PAD_MM
            for total, text in zip(totals, behind, strict=True)
        ]
        if max(widths, default=0.0) <= room:
            return Scale(mm, inside, behind)
        mm *= 0.98


def _inside(numbers: Mapping[str, int], mm: float) -> dict[Status, str]:
    """Sign and number where there is room, the number alone where there is less, else nothing."""
    texts: dict[Status, str] = {}
    for status in Status:
        number = numbers[str(status)]
        stated = format_number(number)
        for text in (f"{status.sign}\u00a0{stated}", stated, ""):
            if width_mm(text, SMALL) + _PAD_MM <= number * mm or not text:
                texts[status] = text
                break
    return texts


def _behind(total: int, numbers: Mapping[str, int], inside: Mapping[Status, str]) -> str:
    untold = [
        f"{status.sign}\u00a0{format_number(numbers[str(status)])}"
        for status in Status
        if numbers[str(status)] and not inside[status]
    ]
    if len(untold) == 1 and len([number for number in numbers.values() if number]) == 1:
        return untold[0]
    stated = format_number(total)
    return f"{stated}\u2002({', '.join(untold)})" if untold else stated
