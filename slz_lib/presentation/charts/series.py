"""Figures of a measure through the years, where there are enough of them to compare."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from slz_lib.dataset.nearest import require_known
from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.indicators import SERIES_KEYS, comparable
from slz_lib.language import enumerate_words, format_number
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.multiples import Trend, small_multiples
from slz_lib.presentation.naming import QUALIFIERS
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import named_safely

#: Units that measure; any other is the genitive of what is counted.
_MEASURED = frozenset(("%", "Kč"))


def series_measures(observations: pd.DataFrame) -> list[str]:
    """Opatření, jejichž údaje tvoří řadu vhodnou ke grafu, v pořadí údajů."""
    return list(comparable(observations)["measure_id"].unique())


@telling_selection
def series_chart_of(evaluation: Evaluation, measure: str) -> Figure:
    """Řady údajů jednoho opatření v malých grafech se společným měřítkem.

    Args:
        evaluation: the judged period.
        measure: id of the measure.

    Raises:
        ParameterError: the measure has no series worth a chart; see :func:`series_measures`.
    """
    rows = comparable(evaluation.history)
    require_known("Opatření s\u00a0řadou údajů", measure, list(rows["measure_id"].unique()))
    rows = rows[rows["measure_id"].eq(measure)]
    trends = _trends(rows)
    spoken = phrases.each(
        (trend.title for trend in trends),
        (
            ", ".join(_stated(trend, number) for number in range(len(trend.times)))
            for trend in trends
        ),
    )
    told = [
        phrases.source(evaluation, evaluation.dataset.period(period)).removeprefix("zdroj: ")
        for period in rows["period_id"].drop_duplicates()
    ]
    return framed(
        small_multiples(trends),
        anchor=f"obr-rada-{named_safely(measure)}",
        caption=_finding(trends),
        subtitle=f"{_unit(trends)}; opatření {measure}; zdroj: {'; '.join(told)}",
        told=f"Hodnoty podle let: {spoken}",
        table=f"tab-rada-{named_safely(measure)}",
    )


def _trends(rows: pd.DataFrame) -> list[Trend]:
    trends = []
    for _, group in rows.groupby(SERIES_KEYS, dropna=False, sort=False):
        ordered = group.sort_values("time")
        first = ordered.iloc[0]
        trends.append(
            Trend(
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
    return trends


def _finding(trends: Sequence[Trend]) -> str:
    """Of each unit the series that has changed most, from its first time to its last."""
    told = []
    for unit in dict.fromkeys(trend.unit for trend in trends):
        own = [trend for trend in trends if trend.unit == unit]
        largest = max(abs(trend.change) for trend in own)
        most = [_changed(trend) for trend in own if largest and abs(trend.change) == largest]
        told += [f"nejvíce {'; stejně '.join(most)}"] if most else []
    if not told:
        times = trends[0].times
        years = "školními roky" if "/" in times[0] else "lety"
        return f"Mezi {years} {times[0]} a {times[-1]} se údaje nezměnily"
    return phrases.capitalised("; ".join(told))


def _changed(trend: Trend) -> str:
    """``přibylo zakázek v řadě „Zakázky“: 77 v roce 2021, 201 v roce 2023``."""
    if trend.unit in _MEASURED:
        verb = "vzrostla" if trend.change > 0 else "klesla"
        beginning = f"{verb} řada {trend.title}"
    else:
        verb = "přibylo" if trend.change > 0 else "ubylo"
        beginning = f"{verb} {trend.unit} v\u00a0řadě {trend.title}"
    return f"{beginning}: {_stated(trend, 0)}, {_stated(trend, -1)}"


def _stated(trend: Trend, number: int) -> str:
    """A value with its time: ``77 v roce 2021``."""
    time = trend.times[number]
    when = "ve školním roce" if "/" in time else "v roce"
    return f"{trend.stated[number]} {when}\u00a0{time}"


def _unit(trends: Sequence[Trend]) -> str:
    units = list(dict.fromkeys(trend.unit for trend in trends))
    return enumerate_words([f"v\u00a0{u}" if u in _MEASURED else f"počet {u}" for u in units])
