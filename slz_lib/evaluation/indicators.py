"""Indicators against the figures that measure them: how far from the baseline to the target."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation.rules import first_holding
from slz_lib.vocabulary import Direction, IndicatorKind, Labelled, Period

#: Figures that state a value; the others only say what it is above or below.
_SHARP = ("exact", "about")
#: What makes figures of one name comparable through time.
SERIES_KEYS = ["measure_id", "series", "unit", "time_kind", "territory", "dimension"]

#: Fewer times than this are no series to be drawn.
ENOUGH_TIMES = 3

#: Kinds of time that come round every year, and those that can be put in order at all.
_YEARLY = ("year", "school_year")
_ORDERED = (*_YEARLY, "date")

_KEYS = ["measure_id", "order"]
#: An indicator names its series, whichever measure's commentary states the figures.
_SHARED = [key for key in SERIES_KEYS if key != "measure_id"]


class Unmeasured(Labelled):
    """Why the progress of an indicator cannot be computed; the first that applies is given.

    In Czech as it follows *nelze spočítat:*.
    """

    NO_INDICATOR = "no_indicator", "opatření nemá indikátor"
    PRODUCT = "product", "výstup buď je, nebo není"
    ACTIVITY = "activity", "indikátor je činnost bez čísla"
    NO_FIGURE = "no_figure", "podklady hodnotu neuvádějí"
    NOT_COMPARABLE = "not_comparable", "údaje mají různé vymezení nebo jim chybí čas"
    BOUND_ONLY = "bound_only", "poslední údaj je jen mez, nikoli hodnota"
    SINGLE_FIGURE = "single_figure", "údaj je jediný a\u00a0výchozí hodnota není stanovena"
    NO_BASELINE = "no_baseline", "výchozí hodnota není stanovena"
    NO_TARGET = "no_target", "cílová hodnota není stanovena"
    NO_WAY = "no_way", "cílová hodnota se neliší od výchozí"
    AGAINST_DIRECTION = "against_direction", "cílová hodnota odporuje směru zlepšení"


def progress(indicators: pd.DataFrame, observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Every indicator with its first and last figure and its progress, or why there is none.

    A series are the figures of one unit, kind of time, territory and dimension; where a total and
    its breakdown are given, the total measures. Figures stated in a later period, or of a time
    that had not begun by the as-of day, are left aside, so that an old period stays as it was.
    Where two periods state the figure of one time, the newer statement counts; ``observations``
    are those of all periods.

    Returns:
        One row an indicator, in their order: ``measure_id``, ``order``, ``name``, ``kind``,
        ``unit``, ``direction``, ``series`` (as in the data), ``baseline``, ``target`` (Float64),
        ``figures`` (int, values that measure it), ``first``, ``last`` (Float64, in the unit) with
        ``first_time``, ``last_time`` (str), ``last_id`` and ``last_period`` (str, key of the last
        observation), ``change`` (Float64, last less first; NA where one of them is only a
        bound), ``progress`` (Float64, fraction of the way from the baseline to the target; over 1
        beyond the target, negative away from it), ``measurable`` (bool), ``because`` (str, code of
        :class:`Unmeasured`; NA where measurable).
    """
    runs = _runs(_figures(indicators, observations, period))
    columns = ["name", "kind", "unit", "direction", "series", "baseline", "target"]
    table = indicators[[*_KEYS, *columns]].merge(runs, on=_KEYS, how="left")
    table = table.astype({"baseline": "Float64", "target": "Float64"})
    table["figures"] = table["figures"].fillna(0).astype("int64")
    one_series = table.pop("one_series").fillna(value=False).astype(bool)
    first_sharp, last_sharp = (
        table.pop(f"{end}_qualifier").isin(_SHARP) for end in ("first", "last")
    )
    shown = ["first", "last", "first_time", "last_time", "last_id", "last_period"]
    table[shown] = table[shown].where(one_series)
    change = (table["last"] - table["first"]).where(
        table["figures"].gt(1) & first_sharp & last_sharp
    )
    way = table["target"] - table["baseline"]
    down = table["direction"].eq(Direction.DOWN)
    against = table["direction"].notna() & way.gt(0).eq(down).fillna(value=False)
    kind, unset = table["kind"], table["baseline"].isna()
    because = first_holding(
        {
            Unmeasured.NO_INDICATOR: kind.eq(IndicatorKind.MISSING),
            Unmeasured.PRODUCT: kind.eq(IndicatorKind.PRODUCT),
            Unmeasured.ACTIVITY: kind.eq(IndicatorKind.ACTIVITY) & table["series"].isna(),
            Unmeasured.NO_FIGURE: table["figures"].eq(0),
            Unmeasured.NOT_COMPARABLE: ~one_series,
            Unmeasured.BOUND_ONLY: ~last_sharp,
            Unmeasured.SINGLE_FIGURE: unset & table["figures"].eq(1),
            Unmeasured.NO_BASELINE: unset,
            Unmeasured.NO_TARGET: table["target"].isna(),
            Unmeasured.NO_WAY: way.eq(0),
            Unmeasured.AGAINST_DIRECTION: against,
        }
    )
    measurable = because.isna()
    return table.assign(
        change=change,
        progress=(table["last"] - table["baseline"]) / way.where(measurable),
        measurable=measurable,
        because=because,
    )


def _figures(indicators: pd.DataFrame, observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The figures of each indicator's series that were known in the period."""
    day = observations["time_kind"].eq("date")
    start = observations["time"].where(day, observations["time"].str[:4])
    limit = pd.Series(period.as_of.isoformat(), index=start.index, dtype="str")
    begun = start.isna() | (start <= limit.where(day, limit.str[:4]))
    known = observations[begun & observations["period_id"].le(period.id)]
    asked = indicators.loc[indicators["series"].notna(), [*_KEYS, "series", "unit"]]
    rows = asked.merge(known, on="series", suffixes=("", "_stated"))
    rows = rows.assign(
        order=rows["order"].astype("int64"),
        measure_id=rows["measure_id"].astype("str"),
        other_unit=rows["unit"].notna() & rows["unit"].ne(rows["unit_stated"]),
        unit=rows["unit_stated"],
    )
    whole = rows["dimension"].isna()
    rows = rows[whole | ~whole.groupby([rows[key] for key in _KEYS]).transform("any")]
    of_time = rows.groupby([*_KEYS, *_SHARED, "time"], dropna=False)["period_id"]
    rows = rows[rows["period_id"].eq(of_time.transform("max"))]
    return rows.drop_duplicates([*_KEYS, *_SHARED, "time", "value", "qualifier"])


def _runs(figures: pd.DataFrame) -> pd.DataFrame:
    """First and last figure of each indicator, and whether its figures are one series."""
    rows = figures.assign(ordered=ordered(figures)).sort_values(
        [*_KEYS, "time"], na_position="first", kind="stable"
    )
    groups = rows.groupby(_KEYS, sort=False)
    size = groups.size()
    kinds = rows.drop_duplicates([*_KEYS, *_SHARED]).groupby(_KEYS, sort=False).size()
    dated = groups["ordered"].all() & groups["time"].nunique().eq(size)
    one_series = kinds.eq(1) & (dated | size.eq(1)) & ~groups["other_unit"].any()
    ends = {"first": groups.head(1), "last": groups.tail(1)}
    parts = [
        rows_.set_index(_KEYS)[["value", "time", "qualifier", "id", "period_id"]].set_axis(
            [end, f"{end}_time", f"{end}_qualifier", f"{end}_id", f"{end}_period"], axis="columns"
        )
        for end, rows_ in ends.items()
    ]
    table = pd.concat([*parts, size.rename("figures"), one_series.rename("one_series")], axis=1)
    table = table.drop(columns=["first_id", "first_period"])
    return table.astype({"first": "Float64", "last": "Float64"}).reset_index()


def comparable(observations: pd.DataFrame) -> pd.DataFrame:
    """Figures of measures that share everything but the time with enough others.

    Returns:
        Rows of ``observations``; groups by :data:`SERIES_KEYS` have :data:`ENOUGH_TIMES` times at
        least.
    """
    timed = observations[
        observations["time_kind"].isin(_YEARLY)
        & observations["time"].notna()
        & observations["measure_id"].notna()
    ]
    times = timed.groupby(SERIES_KEYS, dropna=False)["time"].transform("nunique")
    return timed[times >= ENOUGH_TIMES]


def ordered(observations: pd.DataFrame) -> pd.Series:
    """Where a figure has a time that can be put in order: a year, a school year or a day (bool)."""
    return observations["time_kind"].isin(_ORDERED) & observations["time"].notna()
