"""Bars of statuses, best first, with their numbers written in them; and the legend above.

Statuses differ in three ways: order and sign, lightness, and hatching of what is not fulfilled or
dropped, so a grey print and a colour-blind reader tell them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.language import format_number
from slz_lib.palette import INK, PAPER, letters_on
from slz_lib.presentation.charts.canvas import Draw, panel, sheet
from slz_lib.presentation.charts.lettering import (
    LEGEND_LINE_MM,
    OUTLINE,
    SMALL,
    legend,
    legend_lines,
    width_mm,
    write,
)
from slz_lib.presentation.charts.rows import (
    BAR_MM,
    TEXT_GAP_MM,
    Arrangement,
    Group,
    arranged,
    baseline,
    write_labels,
)
from slz_lib.vocabulary import CountsAs, Step

#: Fills that a grey print would not tell apart by lightness alone.
_HATCHES = {CountsAs.NOT: "////", CountsAs.DROPPED: "...."}
#: Height of a legend of one line with the white under it.
_LEGEND_MM = 8.0

_PAD_MM = 1.0
#: A text behind a bar takes at most this part of the room; a longer one says the total only.
_BEHIND_AT_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Fit:
    """How many millimetres a measure takes, and what is written in and behind the bars.

    Attributes:
        mm: millimetres a measure.
        inside: for each row, the text in each segment (empty = it does not fit).
        behind: for each row, the text behind the bar: the total, and segments without a text.
    """

    mm: float
    inside: tuple[Mapping[str, str], ...]
    behind: tuple[str, ...]


def hatch_of(step: Step) -> str | None:
    """The hatching of a step, if it has one."""
    return _HATCHES.get(step.counts_as)


def legend_mm(steps: Collection[Step], page: float) -> float:
    """Height in millimetres of the legend with the white under it, in a drawing of this width."""
    lines = legend_lines([step.marked for step in steps], page)
    return _LEGEND_MM + (max(lines) if lines else 0) * LEGEND_LINE_MM


def stacked(
    groups: Sequence[Group], counts: Sequence[Mapping[str, int]], steps: Collection[Step]
) -> Draw:
    """A chart of nothing but stacked bars, see :func:`stacked_bars`."""
    return arranged(
        groups,
        lambda drawing, arrangement: stacked_bars(drawing, arrangement, counts, steps),
        top=lambda page: legend_mm(steps, page),
    )


def stacked_bars(
    drawing: Drawing,
    arrangement: Arrangement,
    counts: Sequence[Mapping[str, int]],
    steps: Collection[Step],
) -> None:
    """Draw one stacked bar for each row of ``arrangement``; the axis begins at zero.

    Args:
        drawing: an empty drawing with room for the legend above the rows.
        arrangement: rows of one bar.
        counts: for each row, measures by status code.
        steps: the statuses, in the order in which they stand in a bar.
    """
    page, top = sheet(drawing), legend_mm(steps, arrangement.page)
    legend(page, [(step.marked, step.colour, hatch_of(step)) for step in steps])
    write_labels(page, arrangement, top=top)
    room = arrangement.page - arrangement.width
    fit = fitted(counts, room, steps)
    axes = panel(drawing, left=arrangement.width, top=top, width=room, height=arrangement.height)
    axes.set_xlim(0, room / fit.mm)
    for row, (bars, numbers) in enumerate(zip(arrangement.bars, counts, strict=True)):
        y, left = bars[0], 0
        for step in steps:
            number = numbers[step.code]
            if number:
                segment(axes, step, y, number, left=left)
                write_in(axes, step, left + number / 2, y, fit.inside[row][step.code])
                left += number
        write(axes, left + TEXT_GAP_MM / fit.mm, y, fit.behind[row])
    baseline(axes, arrangement)


def segment(
    axes: Axes, step: Step, y: float, length: float, *, left: float = 0, height: float = BAR_MM
) -> None:
    """A bar in a status' fill, outlined in ink so that the light one does not end in white."""
    axes.barh(
        y,
        length,
        left=left,
        height=height,
        color=step.colour,
        edgecolor=INK,
        linewidth=OUTLINE,
        hatch=hatch_of(step),
        hatchcolor=PAPER,
    )


def write_in(axes: Axes, step: Step, x: float, y: float, text: str) -> None:
    """Write on a status' fill; hatching gives way under the letters."""
    if text:
        fill = step.colour if hatch_of(step) else None
        letters = letters_on(step.colour)
        write(axes, x, y, text, size=SMALL, colour=letters, align="center", fill=fill)


def fitted(counts: Sequence[Mapping[str, int]], room: float, steps: Collection[Step]) -> Fit:
    """The largest size at which every bar and the text behind it fit into ``room`` millimetres."""
    totals = [sum(numbers.values()) for numbers in counts]
    mm = room / max([*totals, 1])
    while True:
        inside = tuple(_inside(numbers, mm, steps) for numbers in counts)
        behind = tuple(
            _behind(total, numbers, texts, steps)
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
            return Fit(mm, inside, behind)
        mm *= 0.98


def _inside(numbers: Mapping[str, int], mm: float, steps: Collection[Step]) -> dict[str, str]:
    """Sign and number where there is room, the number alone where there is less, else nothing."""
    texts: dict[str, str] = {}
    for step in steps:
        number = numbers[step.code]
        stated = format_number(number)
        for text in (f"{step.sign}\u00a0{stated}", stated, ""):
            if width_mm(text, SMALL) + _PAD_MM <= number * mm or not text:
                texts[step.code] = text
                break
    return texts


def _behind(
    total: int, numbers: Mapping[str, int], inside: Mapping[str, str], steps: Collection[Step]
) -> str:
    untold = [
        f"{step.sign}\u00a0{format_number(numbers[step.code])}"
        for step in steps
        if numbers[step.code] and not inside[step.code]
    ]
    if len(untold) == 1 and len([number for number in numbers.values() if number]) == 1:
        return untold[0]
    stated = format_number(total)
    return f"{stated}\u2002({', '.join(untold)})" if untold else stated
