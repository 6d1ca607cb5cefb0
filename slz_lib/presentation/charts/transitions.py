"""Where measures went from one period to the next: bands between two columns of statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from slz_lib.evaluation.movements import NOT_IN_PERIOD, SILENT
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import (
    NO_BREAK_SPACE,
    enumerate_words,
    format_number,
    format_percent,
    plural,
)
from slz_lib.palette import INK, NO_EVIDENCE, PAPER, QUIET
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import NARROW_MM, Picture, framed, render, sheet
from slz_lib.presentation.charts.flows import (
    BAR_MM,
    Band,
    Flows,
    Node,
    draw_band,
    flows_between,
    tint,
    write_numbers,
)
from slz_lib.presentation.charts.lettering import (
    LEGEND_LINE_MM,
    LINE_MM,
    OUTLINE,
    SMALL,
    legend,
    legend_lines,
    write,
)
from slz_lib.presentation.charts.stacked import hatch_of
from slz_lib.vocabulary import CountsAs

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation.comparison import Comparison
    from slz_lib.vocabulary import Scale

#: Room for the labels on either side of the columns; in a narrow drawing for signs and numbers.
_SIDE_MM, _NARROW_SIDE_MM = 40.0, 15.0
_LABEL_GAP_MM = 2.0
_HEAD_MM = 7.0
_FOOT_MM = 7.0
_KEY = ("▲ lepší stav   = stejný stav", "▼ horší stav (šrafovaně)", "číslo je počet opatření")
_APART = "nová, zaniklá a\u00a0sloučená"
#: How much of a status' colour its bands keep.
_STAYING, _MOVING = 0.22, 0.55
_BASES = {"published": "zveřejněného", "derived": "odvozeného"}
_WORSE_HATCH = "\\\\\\\\"


def transitions_chart(comparison: Comparison) -> Figure:
    """Přechody opatření ze stavů předchozího období do stavů nynějšího.

    A band has the colour of the status that it leads to; a number with its sign says how many
    measures it carries and which way, and a move to a worse status is hatched as well.
    """
    scale, standings = comparison.after.scale, list(comparison.transitions.columns)
    matrix = comparison.transitions.to_numpy(dtype="int64").tolist()
    numbers = {
        (start, end): number
        for start, row in zip(standings, matrix, strict=True)
        for end, number in zip(standings, row, strict=True)
        if number
    }
    flows = flows_between(standings, numbers)
    labels = comparison.before.period.label, comparison.after.period.label
    texts = [f"{_sign(band, scale)}{format_number(band.number)}" for band in flows.bands]

    met = {node.code for column in (flows.left, flows.right) for node in column}
    entries = [
        (
            _APART if code == NOT_IN_PERIOD else phrases.marked(code, scale),
            _fill(code, scale),
            _hatch(code, scale),
        )
        for code in standings
        if code in met
    ]

    def drawn(width: float) -> Picture:
        narrow = width == NARROW_MM
        key = _KEY if narrow else ["   ".join(_KEY)]
        lines = legend_lines([words for words, _, _ in entries], width) if narrow else []
        head = (max(lines) + 1.5) * LEGEND_LINE_MM if lines else 0.0
        top = head + _HEAD_MM
        left = (_NARROW_SIDE_MM if narrow else _SIDE_MM) + BAR_MM
        right = width - left

        def draw(drawing: Drawing) -> None:
            page = sheet(drawing)
            if narrow:
                legend(page, entries)
            write(page, left, head + 2.2, labels[0], bold=True, align="right")
            write(page, right, head + 2.2, labels[1], bold=True)
            # What stayed lies under what moved, and wide bands under narrow ones.
            for band in sorted(flows.bands, key=lambda b: (_steps(b, scale) != 0, -b.number)):
                draw_band(page, band, left=left, right=right, top=top, **_look(band, scale))
            for nodes, x in ((flows.left, left - BAR_MM), (flows.right, right)):
                _column(page, nodes, scale, x, top, late=x == right, names=not narrow)
            write_numbers(page, flows, texts, left=left, right=right, top=top)
            foot = top + flows.height + _FOOT_MM - 2.6
            for number, line in enumerate(key):
                y = foot + number * LINE_MM
                write(page, width / 2, y, line, size=SMALL, colour=QUIET, align="center")

        return render(draw, width, top + flows.height + _FOOT_MM + (len(key) - 1) * LINE_MM)

    caption = movement_said(comparison)
    return framed(
        drawn,
        anchor="obr-prechody",
        caption=caption,
        subtitle=(
            f"počet opatření podle {_BASES[comparison.basis]} stavu "
            f"k {comparison.before.period.as_of_label} (vlevo) "
            f"a k {comparison.after.period.as_of_label} (vpravo); "
            f"{_sources(comparison)}"
        ),
        alt=phrases.sentences(caption, _spoken(flows, labels, scale)),
        table="tab-prechody",
    )


def _column(
    page: Axes,
    nodes: Sequence[Node],
    scale: Scale,
    x: float,
    top: float,
    *,
    late: bool,
    names: bool,
) -> None:
    """The bars of one column with their labels outside: by name and share, or sign and number."""
    outer = x + BAR_MM + _LABEL_GAP_MM if late else x - _LABEL_GAP_MM
    align: Literal["left", "right"] = "left" if late else "right"
    apart = {NOT_IN_PERIOD, *scale.that(CountsAs.DROPPED)}
    whole = sum(node.number for node in nodes if node.code not in apart)
    for node in nodes:
        page.add_patch(
            Rectangle(
                (x, top + node.top),
                BAR_MM,
                node.height,
                facecolor=_fill(node.code, scale),
                edgecolor=INK,
                linewidth=OUTLINE,
                linestyle=":" if node.code == NOT_IN_PERIOD else "-",
                hatch=_hatch(node.code, scale),
                hatchcolor=PAPER,
            )
        )
        y = top + node.middle
        if not names:
            sign = "" if node.code == NOT_IN_PERIOD else phrases.marked(node.code, scale)[:2]
            write(page, outer, y, f"{sign}{format_number(node.number)}", align=align)
            continue
        name, stated = _label(node, whole, scale, later=late)
        write(page, outer, y - LINE_MM / 2, name, align=align)
        write(page, outer, y + LINE_MM / 2, stated, size=SMALL, colour=QUIET, align=align)


def _label(node: Node, whole: int, scale: Scale, *, later: bool) -> tuple[str, str]:
    """The name of a bar, and its number with its share of the period's measures."""
    if node.code == NOT_IN_PERIOD:
        return ("zaniklá a\u00a0sloučená" if later else "nová"), phrases.measures(node.number)
    number = phrases.measures(node.number)
    if node.code in scale.that(CountsAs.DROPPED):
        return phrases.marked(node.code, scale), number
    return phrases.marked(node.code, scale), f"{number} ({format_percent(node.number / whole)})"


def _fill(code: str, scale: Scale) -> str:
    if code in scale:
        return scale[code].colour
    return NO_EVIDENCE if code in {NO_STATUS, SILENT} else PAPER


def _hatch(code: str, scale: Scale) -> str | None:
    return hatch_of(scale[code]) if code in scale else None


def _steps(band: Band, scale: Scale) -> int | None:
    """Steps of the scale, better above zero; ``None`` where an end is no step of it, or dropped."""
    ranks = scale.ranks
    if band.start not in ranks or band.end not in ranks:
        return None
    return ranks[band.start] - ranks[band.end]


def _sign(band: Band, scale: Scale) -> str:
    """Which way a band leads; empty where it leads from or to no step of the scale."""
    steps = _steps(band, scale)
    if steps is None:
        return ""
    return f"{'=' if steps == 0 else '▲' if steps > 0 else '▼'}{NO_BREAK_SPACE}"


def _look(band: Band, scale: Scale) -> dict[str, str]:
    """Fill and hatching of a band."""
    steps = _steps(band, scale)
    fill = tint(_fill(band.end, scale), _STAYING if steps == 0 else _MOVING)
    return {"fill": fill, "hatch": _WORSE_HATCH if steps is not None and steps < 0 else ""}


def movement_said(comparison: Comparison) -> str:
    """How many measures went which way, of those that can be compared."""
    went = comparison.counts
    better, same, worse = (int(went[way]) for way in ("better", "same", "worse"))
    compared = better + same + worse
    if not compared:
        return "Stavy opatření v\u00a0obou obdobích zatím není možné srovnat"
    if not better + worse:
        one = "Stav jediného opatření, které lze srovnat, se nezměnil"
        all_ = f"Stav se u\u00a0všech {phrases.measures(compared)}, která lze srovnat, nezměnil"
        return (one if compared == 1 else all_) + _aside(went)
    ways = sorted([("zlepšil", better), ("zhoršil", worse)], key=lambda way: -way[1])
    (verb, first), *rest = [way for way in (*ways, ("nezměnil", same)) if way[1]]
    others = [f"{way} u\u00a0{format_number(number)}" for way, number in rest]
    told = enumerate_words([f"{verb} u\u00a0{phrases.part_of(first, compared, pad=2)}", *others])
    return f"Stav se {told}{_aside(went)}"


def _aside(went: pd.Series) -> str:
    """What cannot be told better or worse: silence, what is not judged yet, what was dropped."""
    told = [
        f"{words} {phrases.measures(int(went[way]))}"
        for way, words in (
            ("silent", "bez podkladu"),
            ("heard", "s\u00a0podkladem nově"),
            ("unknown", "srovnat nelze"),
        )
        if went[way]
    ]
    if went["dropped"]:
        number = int(went["dropped"])
        verb = plural(number, "nesrovnává", "nesrovnávají", "nesrovnává")
        kind = plural(number, "zrušené", "zrušená", "zrušených")
        told.append(f"{verb} se {format_number(number)}\u00a0{kind} opatření")
    return "".join(f"; {part}" for part in told)


def _spoken(flows: Flows, labels: Sequence[str], scale: Scale) -> str:
    """Where the measures of each status of the earlier period went, and what is new."""
    said = phrases.listing(
        f"{_said(node.code, 'nová', scale)} {format_number(node.number)} – "
        + ", ".join(
            f"{_said(band.end, 'už není', scale)} {format_number(band.number)}"
            for band in flows.bands
            if band.start == node.code
        )
        for node in flows.left
    )
    return f"Opatření podle stavu v\u00a0období {labels[0]} a\u00a0potom {labels[1]}: {said}"


def _said(code: str, absent: str, scale: Scale) -> str:
    return absent if code == NOT_IN_PERIOD else phrases.spoken(code, scale)


def _sources(comparison: Comparison) -> str:
    """The sources of both periods."""
    before, after = (phrases.source(side) for side in (comparison.before, comparison.after))
    return before if before == after else f"{before}; {after.removeprefix('zdroj: ')}"
