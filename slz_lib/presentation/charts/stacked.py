"""Bars of statuses, best first, with their numbers written in them; and the legend above.

Statuses differ in three ways: order and sign, lightness, and hatching of what is not fulfilled or
dropped, so a grey print and a colour-blind reader tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.language import format_number
from slz_lib.palette import PAPER, letters_on
from slz_lib.presentation.charts.canvas import Draw, panel, sheet
from slz_lib.presentation.charts.lettering import SMALL, legend, under_first_line, width_mm, write
from slz_lib.presentation.charts.rows import (
    TEXT_GAP_MM,
    Arrangement,
    Group,
    arranged,
    bar,
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


def hatch_of(step: Step) -> str | None:
    """The hatching of a step, if it has one."""
    return _HATCHES.get(step.counts_as)


def _legend_mm(steps: Collection[Step], page: float) -> float:
    """Height in millimetres of the legend with the white under it, in a drawing of this width."""
    return _LEGEND_MM + under_first_line([step.marked for step in steps], page)


def stacked(
    groups: Sequence[Group],
    counts: Sequence[Mapping[str, int]],
    steps: Collection[Step],
    *,
    indent: float = 0.0,
    before: Callable[[Axes, list[float]], None] | None = None,
) -> Draw:
    """A chart of one stacked bar for each row under a legend; the axis begins at zero.

    Args:
        groups: rows of one bar.
        counts: for each row, measures by status code.
        steps: the statuses, in the order in which they stand in a bar.
        indent: white before the labels, in millimetres.
        before: draws there, given a sheet and the middles of the bars.
    """

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        page, top = sheet(drawing), _legend_mm(steps, arrangement.page)
        legend(page, [(step.marked, step.colour, hatch_of(step)) for step in steps])
        write_labels(page, arrangement, top=top)
        room = arrangement.page - arrangement.width
        mm, inside, behind = _fitted(counts, room, steps)
        axes = panel(
            drawing, left=arrangement.width, top=top, width=room, height=arrangement.height
        )
        axes.set_xlim(0, room / mm)
        for row, (bars, numbers) in enumerate(zip(arrangement.bars, counts, strict=True)):
            y, left = bars[0], 0
            for step in steps:
                number = numbers[step.code]
                if number:
                    segment(axes, step, y, number, left=left)
                    _write_in(axes, step, left + number / 2, y, inside[row][step.code])
                    left += number
            write(axes, left + TEXT_GAP_MM / mm, y, behind[row])
        baseline(axes, arrangement)
        if before is not None:
            before(sheet(drawing), [top + bars[0] for bars in arrangement.bars])

    return arranged(groups, draw, indent=indent, top=lambda page: _legend_mm(steps, page))


def segment(axes: Axes, step: Step, y: float, length: float, **look: Any) -> None:
    """A bar in a status' fill."""
    bar(axes, y, length, step.colour, hatch=hatch_of(step), hatchcolor=PAPER, **look)


def _write_in(axes: Axes, step: Step, x: float, y: float, text: str) -> None:
    """Write on a status' fill; hatching gives way under the letters."""
    if text:
        fill = step.colour if hatch_of(step) else None
        letters = letters_on(step.colour)
        write(axes, x, y, text, size=SMALL, colour=letters, align="center", fill=fill)


def _fitted(
    counts: Sequence[Mapping[str, int]], room: float, steps: Collection[Step]
) -> tuple[float, list[dict[str, str]], list[str]]:
    """The largest size at which every bar and the text behind it fit into ``room`` millimetres.

    Returns:
        Millimetres a measure; for each row the text in each segment (empty = it does not fit), and
        that behind the bar: the total, and segments without a text.
    """
    totals = [sum(numbers.values()) for numbers in counts]
    mm = room / max([*totals, 1])
    while True:
        inside = [_inside(numbers, mm, steps) for numbers in counts]
        behind = [
            _behind(numbers, texts, room * _BEHIND_AT_MOST, steps)
            for numbers, texts in zip(counts, inside, strict=True)
        ]
        widths = [
            total * mm + TEXT_GAP_MM + width_mm(text) + _PAD_MM
            for total, text in zip(totals, behind, strict=True)
        ]
        if max(widths, default=0.0) <= room:
            return mm, inside, behind
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
    numbers: Mapping[str, int], inside: Mapping[str, str], most: float, steps: Collection[Step]
) -> str:
    """The total, with what no segment tells where that takes at ``most`` so many millimetres."""
    untold = [
        f"{step.sign}\u00a0{format_number(numbers[step.code])}"
        for step in steps
        if numbers[step.code] and not inside[step.code]
    ]
    total = sum(numbers.values())
    stated = f"{format_number(total)}\u2002({', '.join(untold)})"
    if len(untold) == 1 and total in numbers.values():
        stated = untold[0]
    return stated if untold and width_mm(stated) <= most else format_number(total)
