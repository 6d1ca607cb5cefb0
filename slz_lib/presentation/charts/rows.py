"""Rows with their labels: how high they are, where they stand, what they say.

A label stands on the left of its bars; in a narrow drawing above them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.palette import INK, QUIET, RULE
from slz_lib.presentation.charts.canvas import NARROW_MM, Draw, Picture, panel, render, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, TEXT, width_mm, wrapped, write

#: Height of a bar, and of the white under a row.
BAR_MM = 4.4
GAP_MM = 2.2
#: From the end of a bar to the text behind it.
TEXT_GAP_MM = 1.6
#: White around a title, half of it above.
_TITLE_MM = 2.3
#: White above the first row and under the last one, so that no outline is cut.
_TOP_MM, BOTTOM_MM = 0.6, 0.5
#: White left of bars with nothing beside them, and between them and the label above.
_EDGE_MM, _UNDER_MM = 0.3, 0.2
#: The widest a name beside its bars may get before it wraps.
_NAME_MM = 62.0
_KEY_GAP_MM = 2.0
_LABEL_GAP_MM = 3.0


@dataclass(frozen=True, slots=True)
class Label:
    """What a row is called.

    Attributes:
        text: the name; it wraps.
        key: a number or code that stands before it in a column of its own.
        note: a quiet line under it.
        bars: how many bars the row has under one another.
    """

    text: str
    key: str = ""
    note: str = ""
    bars: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title (empty where the rows need none)."""

    labels: Sequence[Label]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the rows of a chart stand, in millimetres from its top.

    Attributes:
        groups: the rows.
        page: width of the drawing.
        width: where the bars begin.
        limit: width of a name before it wraps.
        height: height of all rows.
        bars: middle of each bar of each row.
        texts: middle of the first line of each row's label.
        titles: middle of the first line of each group's title.
        indent: white before the labels.
    """

    groups: Sequence[Group]
    page: float
    width: float
    limit: float
    height: float
    bars: tuple[tuple[float, ...], ...]
    texts: tuple[float, ...]
    titles: tuple[float, ...]
    indent: float

    @property
    def labels(self) -> list[Label]:
        """The labels of all rows in order."""
        return [label for group in self.groups for label in group.labels]

    @property
    def above(self) -> bool:
        """Whether labels stand above their bars."""
        return self.page == NARROW_MM


def arranged(
    groups: Sequence[Group],
    draw: Callable[[Drawing, Arrangement], None],
    *,
    indent: float = 0.0,
    top: Callable[[float], float] = lambda _: 0.0,
) -> Draw:
    """A chart of rows at whatever width.

    Args:
        groups: the rows.
        draw: paints an empty drawing, given where the rows stand.
        indent: white before the labels, in millimetres, for what is drawn there.
        top: at a width, the height of what stands above the rows.
    """

    def drawn(width: float) -> Picture:
        arrangement = arrange(groups, width, indent=indent)
        height = top(width) + arrangement.height + BOTTOM_MM
        return render(lambda drawing: draw(drawing, arrangement), width, height)

    return drawn


def arrange(groups: Sequence[Group], page: float, *, indent: float = 0.0) -> Arrangement:
    """Give every row of ``groups`` its place in a drawing ``page`` millimetres wide."""
    above = page == NARROW_MM
    labels = [label for group in groups for label in group.labels]
    keys = _key_width(labels)
    limit = page - indent - keys if above else _NAME_MM
    names = max(
        (
            width_mm(line, size)
            for label in labels
            for text, size in ((label.text, TEXT), (label.note, SMALL))
            for line in wrapped(text, limit, size)
        ),
        default=0.0,
    )
    y = _TOP_MM
    bars: list[tuple[float, ...]] = []
    texts: list[float] = []
    titles: list[float] = []
    for group in groups:
        if group.title:
            titles.append(y + (_TITLE_MM + LINE_MM) / 2)
            y += _TITLE_MM + LINE_MM * len(wrapped(group.title, page, bold=True))
        for label in group.labels:
            under = len(_lines(label, limit)) * LINE_MM
            beside = label.bars * (BAR_MM + 0.8)
            content = under + _UNDER_MM + beside if above else max(under, beside)
            texts.append(y + (LINE_MM if above else content - under + LINE_MM) / 2)
            first = y + content - beside / 2 if above else y + content / 2
            first -= (label.bars - 1) * (BAR_MM + 0.8) / 2
            bars.append(tuple(first + number * (BAR_MM + 0.8) for number in range(label.bars)))
            y += content + GAP_MM
        if group.title:
            y += GAP_MM / 2
    return Arrangement(
        groups=groups,
        page=page,
        width=indent + (_EDGE_MM if above else keys + names + _LABEL_GAP_MM),
        limit=limit,
        height=y,
        bars=tuple(bars),
        texts=tuple(texts),
        titles=tuple(titles),
        indent=indent,
    )


def write_labels(
    axes: Axes, arrangement: Arrangement, *, top: float = 0.0, fill: str | None = None
) -> None:
    """Write titles and labels on a sheet in millimetres, the first row at ``top``.

    ``fill`` is the ground under the letters, where something must give way to them.
    """
    labels = arrangement.labels
    keys = _key_width(labels)
    left = arrangement.indent
    titled = [group.title for group in arrangement.groups if group.title]
    for title, y in zip(titled, arrangement.titles, strict=True):
        lines = wrapped(title, arrangement.page, bold=True)
        for number, line in enumerate(lines):
            write(axes, 0, top + y + number * LINE_MM, line, bold=True, fill=fill)
        rule = top + y + (len(lines) - 0.5) * LINE_MM + _TITLE_MM / 2 - 0.4
        axes.plot([0, arrangement.page], [rule, rule], color=RULE, linewidth=0.6)
    for label, first in zip(labels, arrangement.texts, strict=True):
        for number, (line, quiet) in enumerate(_lines(label, arrangement.limit)):
            y = top + first + number * LINE_MM
            size, colour = (SMALL, QUIET) if quiet else (TEXT, INK)
            write(axes, left + keys, y, line, size=size, colour=colour, fill=fill)
        if label.key:
            write(axes, left, top + first, label.key, bold=True, fill=fill)


def bars_beside(
    groups: Sequence[Group],
    lengths: Sequence[float],
    texts: Sequence[str],
    paint: Callable[[Axes, int, float], object],
    *,
    gap: float = TEXT_GAP_MM,
) -> Draw:
    """A chart of rows whose bars begin at zero, with a text behind each.

    Args:
        groups: the rows.
        lengths: how long each bar is.
        texts: what is to stand behind each bar; it fits.
        paint: paints a bar, given its place among all and its middle.
        gap: from the end of a bar to its text, in millimetres.
    """

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        write_labels(sheet(drawing), arrangement)
        room = arrangement.page - arrangement.width
        axes = panel(drawing, left=arrangement.width, top=0, width=room, height=arrangement.height)
        fitting = (
            (room - gap - width_mm(text) - 1) / length
            for length, text in zip(lengths, texts, strict=True)
            if length
        )
        mm = min(fitting, default=room)
        axes.set_xlim(0, room / mm)
        baseline(axes, arrangement)
        middles = [y for bars in arrangement.bars for y in bars]
        for place, y in enumerate(middles):
            paint(axes, place, y)
        for length, y, text in zip(lengths, middles, texts, strict=True):
            write(axes, length + gap / mm, y, text)

    return arranged(groups, draw)


def bar(
    axes: Axes, y: float, length: float, colour: str, *, height: float = BAR_MM, **look: Any
) -> None:
    """A bar outlined in ink, so that a light one does not end in white."""
    axes.barh(y, length, height=height, color=colour, edgecolor=INK, **look)


def baseline(axes: Axes, arrangement: Arrangement) -> None:
    """The line of zero beside the bars of each group; titles and labels stand clear of it."""
    numbered = iter(arrangement.bars)
    for group in arrangement.groups:
        rows = [next(numbered) for _ in group.labels]
        for bars in rows if arrangement.above else [[y for row in rows for y in row]]:
            if bars:
                ends = [bars[0] - BAR_MM / 2 - 0.5, bars[-1] + BAR_MM / 2 + 0.5]
                axes.plot([0, 0], ends, color=INK, clip_on=False)


def _key_width(labels: Sequence[Label]) -> float:
    widest = max((width_mm(label.key, TEXT, bold=True) for label in labels), default=0.0)
    return widest + _KEY_GAP_MM if widest else 0.0


def _lines(label: Label, limit: float) -> list[tuple[str, bool]]:
    """The label's lines and whether each is a quiet one."""
    lines = [(line, False) for line in wrapped(label.text, limit, TEXT)]
    if label.note:
        lines += [(line, True) for line in wrapped(label.note, limit, SMALL)]
    return lines
