"""How the library's objects show themselves in JupyterLab: counts, a small chart, what is next.

HTML only, without a plotting library, so that showing an object costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from slz_lib.language import format_number, format_percent
from slz_lib.palette import INK, NO_EVIDENCE, PAPER, QUIET, RULE

_BOX = (
    f"background:{PAPER};color:{INK};border:1px solid {RULE};border-radius:4px;padding:12px 16px;"
    "max-width:46rem;font-family:system-ui,sans-serif;font-size:14px;line-height:1.5"
)


#: JupyterLab floats terms and their definitions in columns, which tears lines apart.
_IN_LINE = "display:inline;float:none;width:auto;margin:0;padding:0"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the small chart: what, how many, in which colour."""

    label: str
    count: int
    colour: str = NO_EVIDENCE


def _bars(bars: Sequence[Bar]) -> str:
    whole = sum(bar.count for bar in bars) or 1
    widest = max((bar.count for bar in bars), default=1) or 1
    rows = "".join(
        f'<tr style="background:none"><th scope="row" style="text-align:left;font-weight:600;'
        f'white-space:nowrap;padding:2px 12px 2px 0">{escape(bar.label)}</th>'
        f'<td style="text-align:right;font-variant-numeric:tabular-nums;padding:2px 8px">'
        f"{format_number(bar.count)}</td>"
        f'<td style="text-align:right;font-variant-numeric:tabular-nums;padding:2px 12px 2px 0">'
        f"{format_percent(bar.count / whole)}</td>"
        f'<td style="width:16rem;text-align:left;padding:2px 0"><span aria-hidden="true" '
        f'style="display:inline-block;height:12px;'
        f"border:1px solid {INK if bar.count else PAPER};background:{bar.colour};"
        f'width:{bar.count / widest * 15:.2f}rem"></span></td></tr>'
        for bar in bars
    )
    # JupyterLab's dark theme would write tables in white on our paper.
    return f'<table style="border-collapse:collapse;margin:6px 0;color:{INK}">{rows}</table>'


def overview(
    title: str,
    *,
    facts: Mapping[str, str],
    bars: Sequence[Bar] = (),
    bars_title: str = "",
    next_steps: Sequence[str] = (),
) -> str:
    """An object's overview as HTML: facts, a small bar chart, and calls worth trying next.

    Args:
        title: what the object is.
        facts: term → finished Czech text.
        bars: the chart's bars in order.
        bars_title: what the bars count.
        next_steps: expressions to try, as code.
    """
    items = "".join(
        f'<div><dt style="{_IN_LINE};color:{QUIET}">{escape(term)}: </dt>'
        f'<dd style="{_IN_LINE}">{escape(text)}</dd></div>'
        for term, text in facts.items()
    )
    chart = f"<div style='margin-top:8px'>{escape(bars_title)}</div>{_bars(bars)}" if bars else ""
    steps = " · ".join(f"<code>{escape(step)}</code>" for step in next_steps)
    following = f'<div style="margin-top:6px">Co dál: {steps}</div>' if steps else ""
    return (
        f'<div lang="cs" style="{_BOX}"><strong>{escape(title)}</strong>'
        f'<dl style="margin:6px 0">{items}</dl>{chart}{following}</div>'
    )
