"""Figures of a measure through the years, where there are enough of them to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.series import SERIES_KEYS, comparable
from slz_lib.language import enumerate_words, format_number
from slz_lib.presentation import wording
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.multiples import Run, small_multiples
from slz_lib.presentation.observations import QUALIFIERS

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation

#: Units that measure; any other is the genitive of what is counted.
_MEASURED = frozenset(("%", "Kč"))


def series_measures(observations: pd.DataFrame) -> list[str]:
    """Measures whose observations hold a series worth a chart, in the observations' order."""
    return list(comparable(observations)["measure_id"].unique())


def series_chart_of(evaluation: Evaluation, measure: str) -> Figure:
    """Every series of a measure that is worth a chart.

    Raises:
        ValueError: the measure has none; see :func:`series_measures`.
    """
    return series_chart(evaluation.observations, measure, source=wording.source(evaluation))


def series_chart(
    observations: pd.DataFrame,
    measure: str,
    series: Sequence[str] | None = None,
    *,
    source: str = "",
) -> Figure:
    """Small multiples of a measure's series: a row a series, a panel a dimension, one scale.

    Args:
        observations: columns ``measure_id``, ``series``, ``name``, ``value``, ``qualifier``,
            ``unit``, ``time_kind``, ``time``, ``territory``, ``dimension``.
        measure: id of the measure.
        series: ids of the series to draw; all that are worth a chart when not given.
        source: the source as the subtitle names it.

    Raises:
        ValueError: no series of the measure has enough times.
    """
    rows = comparable(observations[observations["measure_id"].eq(measure)])
    if series is not None:
        rows = rows[rows["series"].isin(series)]
    if rows.empty:
        raise ValueError(measure)
    runs = _runs(rows)
    spoken = wording.listing(
        f"{run.title} – "
        + ", ".join(f"{value} {_when(run, number)}" for number, value in enumerate(run.stated))
        for run in runs
    )
    caption = _finding(runs)
    return framed(
        small_multiples(runs),
        anchor=f"obr-rada-{measure.replace('.', '-')}",
        caption=caption,
        subtitle="; ".join(part for part in (_unit(runs), f"opatření {measure}", source) if part),
        alt=wording.sentences(caption, f"Hodnoty podle let: {spoken}"),
        table=f"tab-rada-{measure.replace('.', '-')}",
    )


def _runs(rows: pd.DataFrame) -> list[Run]:
    runs = []
    for _, group in rows.groupby(SERIES_KEYS, dropna=False, sort=False):
        ordered = group.sort_values("time")
        first = ordered.iloc[0]
        runs.append(
            Run(
                name=str(first["name"]),
                dimension="" if pd.isna(first["dimension"]) else str(first["dimension"]),
                unit=str(first["unit"]),
                times=tuple(ordered["time"]),
                numbers=tuple(float(value) for value in ordered["value"]),
                stated=tuple(
                    f"{QUALIFIERS[qualifier]}{format_number(value)}"
                    for qualifier, value in zip(ordered["qualifier"], ordered["value"], strict=True)
                ),
            )
        )
    return runs


def _finding(runs: Sequence[Run]) -> str:
    """Of each unit the series that has changed most, from its first time to its last."""
    told = []
    for unit in dict.fromkeys(run.unit for run in runs):
        own = [run for run in runs if run.unit == unit]
        largest = max(abs(run.change) for run in own)
        most = [_changed(run) for run in own if largest and abs(run.change) == largest]
        told += [f"nejvíce {'; stejně '.join(most)}"] if most else []
    if not told:
        times = runs[0].times
        years = "školními roky" if "/" in times[0] else "lety"
        return f"Mezi {years} {times[0]} a {times[-1]} se údaje nezměnily"
    return wording.capitalised("; ".join(told))


def _changed(run: Run) -> str:
    """``přibylo zakázek v řadě „Zakázky“: 77 v roce 2021, 201 v roce 2023``."""
    if run.unit in _MEASURED:
        verb = "vzrostla" if run.change > 0 else "klesla"
        beginning = f"{verb} řada {run.title}"
    else:
        verb = "přibylo" if run.change > 0 else "ubylo"
        beginning = f"{verb} {run.unit} v\u00a0řadě {run.title}"
    first, last = (f"{run.stated[number]} {_when(run, number)}" for number in (0, -1))
    return f"{beginning}: {first}, {last}"


def _when(run: Run, number: int) -> str:
    time = run.times[number]
    return f"ve školním roce\u00a0{time}" if "/" in time else f"v roce\u00a0{time}"


def _unit(runs: Sequence[Run]) -> str:
    units = list(dict.fromkeys(run.unit for run in runs))
    return enumerate_words([f"v\u00a0{u}" if u in _MEASURED else f"počet {u}" for u in units])
