"""Rows with their labels on the left: how high they are, where they stand, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.palette import INK, QUIET, RULE
from slz_lib.presentation.charts.canvas import WIDTH_MM, panel, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, TEXT, width_mm, wrapped, write

#: Height of a bar, and of the white under a row.
BAR_MM = 4.4
GAP_MM = 2.2
#: From the end of a bar to the text behind it.
TEXT_GAP_MM = 1.6
_TITLE_MM = 6.0
#: White above the first row, so that no outline is cut.
_TOP_MM = 0.6
_KEY_GAP_MM = 2.0
_LABEL_GAP_MM = 3.0


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on the left of a row.

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
        width: width of the labels with the white after them.
        height: height of all rows.
        bars: middle of each bar of each row.
        titles: middle of each group's title.
        indent: white before the labels.
    """

    groups: Sequence[Group]
    width: float
    height: float
    bars: tuple[tuple[float, ...], ...]
    titles: tuple[float, ...]
    indent: float

    @property
    def labels(self) -> list[Label]:
        """The labels of all rows in order."""
        return [label for group in self.groups for label in group.labels]


def arrange(groups: Sequence[Group], *, limit: float = 62.0, indent: float = 0.0) -> Arrangement:
    """Give every row of ``groups`` its place.

    Args:
        groups: the rows.
        limit: the widest a name may get before it wraps, in millimetres.
        indent: white before the labels, in millimetres, for what is drawn there.
    """
    labels = [label for group in groups for label in group.labels]
    keys = _key_width(labels)
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
    titles: list[float] = []
    for group in groups:
        if group.title:
            titles.append(y + _TITLE_MM / 2)
            y += _TITLE_MM
        for label in group.labels:
            lines = len(_lines(label, limit))
            content = max(lines * LINE_MM, label.bars * (BAR_MM + 0.8))
            first = y + content / 2 - (label.bars - 1) * (BAR_MM + 0.8) / 2
            bars.append(tuple(first + number * (BAR_MM + 0.8) for number in range(label.bars)))
            y += content + GAP_MM
        if group.title:
            y += GAP_MM / 2
    return Arrangement(
        groups=groups,
        width=indent + keys + names + _LABEL_GAP_MM,
        height=y,
        bars=tuple(bars),
        titles=tuple(titles),
        indent=indent,
    )


def write_labels(axes: Axes, arrangement: Arrangement, *, top: float, right: float) -> None:
    """Write titles and labels on a sheet in millimetres.

    Args:
        axes: the sheet.
        arrangement: the rows' places.
        top: where the first row begins.
        right: where the rules under the titles end.
    """
    labels = arrangement.labels
    keys = _key_width(labels)
    left = arrangement.indent
    limit = arrangement.width - left - keys - _LABEL_GAP_MM + 0.01
    titled = [group.title for group in arrangement.groups if group.title]
    for title, y in zip(titled, arrangement.titles, strict=True):
        write(axes, 0, top + y, title, bold=True)
        rule = top + y + _TITLE_MM / 2 - 0.4
        axes.plot([0, right], [rule, rule], color=RULE, linewidth=0.6)
    for label, bars in zip(labels, arrangement.bars, strict=True):
        lines = _lines(label, limit)
        first = top + (bars[0] + bars[-1]) / 2 - (len(lines) - 1) * LINE_MM / 2
        for number, (line, quiet) in enumerate(lines):
            y = first + number * LINE_MM
            size, colour = (SMALL, QUIET) if quiet else (TEXT, INK)
            write(axes, left + keys, y, line, size=size, colour=colour)
        if label.key:
            write(axes, left, first, label.key, bold=True)


def bars_beside(
    drawing: Drawing,
    arrangement: Arrangement,
    lengths: Sequence[float],
    texts: Sequence[str],
    *,
    gap: float = TEXT_GAP_MM,
) -> tuple[Axes, float]:
    """Write the labels and give the axes beside them, where bars begin at zero.

    Args:
        drawing: an empty drawing.
        arrangement: the rows' places.
        lengths: how long each bar is.
        texts: what is to stand behind each bar; it fits.
        gap: from the end of a bar to its text, in millimetres.

    Returns:
        The axes, and the gap in their unit.
    """
    write_labels(sheet(drawing), arrangement, top=0, right=WIDTH_MM)
    room = WIDTH_MM - arrangement.width
    axes = panel(drawing, left=arrangement.width, top=0, width=room, height=arrangement.height)
    fitting = (
        (room - gap - width_mm(text) - 1) / length
        for length, text in zip(lengths, texts, strict=True)
        if length
    )
    mm = min(fitting, default=room)
    axes.set_xlim(0, room / mm)
    baseline(axes, arrangement)
    return axes, gap / mm


def baseline(axes: Axes, arrangement: Arrangement) -> None:
    """The line of zero beside the bars of each group; titles stand clear of it."""
    numbered = iter(arrangement.bars)
    for group in arrangement.groups:
        bars = [y for _ in group.labels for y in next(numbered)]
        if bars:
            ends = [bars[0] - BAR_MM / 2 - 0.5, bars[-1] + BAR_MM / 2 + 0.5]
            axes.plot([0, 0], ends, color=INK, linewidth=0.8, clip_on=False)


def _key_width(labels: Sequence[Label]) -> float:
    widest = max((width_mm(label.key, TEXT, bold=True) for label in labels), default=0.0)
    return widest + _KEY_GAP_MM if widest else 0.0


def _lines(label: Label, limit: float) -> list[tuple[str, bool]]:
    """The label's lines and whether each is a quiet one."""
    lines = [(line, False) for line in wrapped(label.text, limit, TEXT)]
    if label.note:
        lines += [(line, True) for line in wrapped(label.note, limit, SMALL)]
    return lines
