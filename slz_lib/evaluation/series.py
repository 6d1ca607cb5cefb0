"""Which figures make a series: those that share everything but the time."""

from __future__ import annotations

import pandas as pd

#: What makes figures of one name comparable through time.
SERIES_KEYS = ["measure_id", "series", "unit", "time_kind", "territory", "dimension"]

#: Fewer times than this are no series to be drawn.
ENOUGH_TIMES = 3

#: Kinds of time that come round every year, and those that can be put in order at all.
_YEARLY = ("year", "school_year")
_ORDERED = (*_YEARLY, "date")


def comparable(observations: pd.DataFrame) -> pd.DataFrame:
    """Figures of measures that share everything but the time with enough others.

    Args:
        observations: columns ``time`` and :data:`SERIES_KEYS`.

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
    """Where a figure has a time that can be put in order: a year, a school year or a day (bool).

    Args:
        observations: columns ``time_kind``, ``time``.
    """
    return observations["time_kind"].isin(_ORDERED) & observations["time"].notna()
