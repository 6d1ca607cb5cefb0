"""How much the plan asks of each body in each quarter, against what the body can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from numpy.typing import NDArray

from slz_lib.documents.model import Figure
from slz_lib.language import enumerate_words, format_number, format_percent
from slz_lib.palette import PAPER, QUIET, RULE
from slz_lib.planning import ActionPlan
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, box, width_mm, write
from slz_lib.presentation.charts.rows import Arrangement, Group, Label, arranged, write_labels
from slz_lib.presentation.charts.timeline import ROMAN
from slz_lib.presentation.naming import body_names

_HEAD_MM, _BAR_MM = 2 * LINE_MM + 1.0, 4.6
#: A quarter is at most so wide.
_PLACE_MM = 15.0
#: From this share of its capacity a quarter is full.
_FULL = 0.95
#: More bodies than this are left to the table.
_MOST = 14


def quarters_of(plan: ActionPlan) -> pd.PeriodIndex:
    """The quarters of a plan's years."""
    return pd.period_range(plan.horizon.start, plan.horizon.end, freq="Q")


def load_chart(plan: ActionPlan, load: pd.DataFrame) -> Figure:
    """Vytížení subjektů po čtvrtletích: výplň je podíl kapacity, číslo jsou člověkodny.

    Args:
        plan: the drafted plan.
        load: ``body``, ``quarter`` (from 0), ``load``, ``capacity`` (person-days; NA = no limit).
    """
    quarters = quarters_of(plan)
    wide = load.pivot_table("load", "body", "quarter", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=range(len(quarters)), fill_value=0)
    limit = load.groupby("body")["capacity"].max().reindex(wide.index)
    order = wide.sum(axis="columns").sort_values(ascending=False, kind="stable").index[:_MOST]
    wide, limit = wide.loc[order], limit[order].astype("Float64")
    names = body_names(plan.evaluation.dataset)
    worded = limit.map(phrases.person_days, na_action="ignore").astype("str")
    notes = ("kapacita " + worded + " za čtvrtletí").fillna("bez údaje o kapacitě")
    labels = [Label(str(names.get(body, body)), note=note) for body, note in notes.items()]
    amounts = wide.to_numpy(dtype="float64")
    shares = (wide.div(limit.where(limit.gt(0)), axis="index")).astype("float64").fillna(0)
    parts = shares.clip(upper=1).to_numpy()

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        page = sheet(drawing)
        write_labels(page, arrangement, top=_HEAD_MM)
        room = arrangement.page - arrangement.width - 0.5
        place = min(room / max(len(quarters), 1), _PLACE_MM)
        for column, quarter in enumerate(quarters):
            left = arrangement.width + column * place
            if column == 0 or quarter.quarter == 1:
                write(page, left, LINE_MM / 2, f"{quarter.year}", size=SMALL, bold=True)
            name, middle = ROMAN[quarter.quarter], LINE_MM * 1.5
            write(page, left + place / 2, middle, name, size=SMALL, align="center")
            for row, (y, *_) in enumerate(arrangement.bars):
                _draw(page, left, _HEAD_MM + y, place, amounts[row, column], parts[row, column])

    if len(limit) and limit.isna().all():
        caption = f"Kroky žádají nejvýše {phrases.person_days(round(amounts.max()))} za čtvrtletí"
    else:
        caption = _finding([label.text for label in labels], parts)
    spoken = phrases.each(
        (f"{label.text} ({label.note})" for label in labels),
        (", ".join(format_number(round(amount, 1)) for amount in row) for row in amounts),
        ": ",
    )
    return framed(
        arranged([Group(labels)], draw, top=lambda _: _HEAD_MM),
        anchor="obr-vytizeni",
        caption=caption,
        subtitle=(
            "člověkodny za čtvrtletí podle harmonogramu; výplň je podíl kapacity, tučné číslo "
            f"plné čtvrtletí (nad {format_percent(_FULL, 0)} kapacity); "
            f"{phrases.work_assumed(plan.said)}"
        ),
        told=f"Člověkodny po čtvrtletích: {spoken}",
        table="tab-vytizeni",
    )


def _draw(page: Axes, left: float, y: float, place: float, amount: float, part: float) -> None:
    """One quarter of one body: a box, filled as far as its capacity is, and the person-days."""
    box(page, left + 0.2, y, place - 0.5, _BAR_MM, PAPER, edgecolor=QUIET)
    if part:
        box(page, left + 0.2, y, (place - 0.5) * part, _BAR_MM, RULE, edgecolor=RULE)
    if amount:
        text = format_number(round(amount, 1))
        size = SMALL if width_mm(text, SMALL) < place - 1 else SMALL * 0.8
        full = part > _FULL
        write(page, left + place / 2, y, text, size=size, bold=full, align="center")


def _finding(names: Sequence[str], parts: Iterable[NDArray[np.float64]]) -> str:
    """Which bodies have a full quarter."""
    full = [name for name, row in zip(names, parts, strict=True) if (row > _FULL).any()]
    if not full and len(names) == 1:
        return f"{names[0]} nemá v\u00a0plánu plné čtvrtletí"
    if not full:
        return "Žádný subjekt nemá v plánu plné čtvrtletí"
    return f"Plné čtvrtletí {'má' if len(full) == 1 else 'mají'} {enumerate_words(full)}"
