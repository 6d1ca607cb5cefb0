"""Where the number of measures in each status could be when something was not supplied."""

from __future__ import annotations

from matplotlib.axes import Axes

from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.language import format_number, format_percent
from slz_lib.palette import INK, PAPER
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, bars_beside
from slz_lib.presentation.charts.stacked import segment
from slz_lib.vocabulary import CountsAs, Step

_RANGE_MM = 2.2
_DOT_POINTS = 7.0
#: From the end of a range, or the middle of a dot, to its text.
_TEXT_GAP_MM = 2.4


def bounds_chart(evaluation: Evaluation) -> Figure:
    """Počet opatření v každém stavu a meze, v nichž by mohl být."""
    bounds = evaluation.uncertainty.bounds
    steps = [evaluation.scale[str(code)] for code in bounds.index]
    numbers = bounds[["stated", "lowest", "highest"]].to_numpy().tolist()
    rows = [(int(n), int(low), int(high)) for n, low, high in numbers]
    texts = [_text(*row) for row in rows]

    drawn = bars_beside(
        [Group([Label(step.marked) for step in steps])],
        [high for _, _, high in rows],
        texts,
        lambda axes, row, y: _range(axes, steps[row], y, *rows[row]),
        gap=_TEXT_GAP_MM,
    )
    spoken = phrases.each((step.spoken for step in steps), texts, " ")
    return framed(
        drawn,
        anchor="obr-meze",
        caption=_finding(evaluation),
        subtitle=phrases.unit_and_source(
            evaluation, "bod je uvedený počet, pruh sahá od nejmenšího možného k největšímu"
        ),
        told=f"Opatření podle stavu: {spoken}",
        table="tab-meze",
    )


def _text(stated: int, lowest: int, highest: int) -> str:
    """``22, možných 22 až 34``; the number alone where it is certain."""
    number = format_number(stated)
    if lowest == highest:
        return number
    return f"{number}, možných {format_number(lowest)} až {format_number(highest)}"


def _range(axes: Axes, step: Step, y: float, stated: int, lowest: int, highest: int) -> None:
    if highest > lowest:
        segment(axes, step, y, highest - lowest, left=lowest, height=_RANGE_MM)
    # A dot at zero stands on the axis, half of it outside.
    axes.plot(
        [stated],
        [y],
        marker="o",
        markersize=_DOT_POINTS,
        markerfacecolor=INK,
        markeredgecolor=PAPER,
        clip_on=False,
        zorder=5,
    )


def _finding(evaluation: Evaluation) -> str:
    """How many measures nothing is known of, and what that leaves of the worst status."""
    found, scale = evaluation.uncertainty, evaluation.scale
    whole, silent = evaluation.assessed, len(found.unknown)
    if not whole:
        return "V období není žádné opatření"
    if not silent:
        return "Ke každému opatření byl dodán podklad, počty jsou jisté"
    codes = scale.that(CountsAs.NOT)
    lowest = int(found.bounds.loc[codes, "lowest"].sum())
    highest = lowest + int(found.unknown[codes].any(axis="columns").sum())
    low, high = (format_percent(number / whole) for number in (lowest, highest))
    return (
        f"{phrases.unknown(evaluation)}; "
        f"{phrases.adjective(scale, CountsAs.NOT, 'ých')} opatření může být {low} až {high}"
    )
