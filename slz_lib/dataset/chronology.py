"""Evaluated periods in the order of time."""

from __future__ import annotations

from datetime import date

import pandas as pd

from slz_lib.dataset.dataset import Dataset


def last_before(periods: pd.DataFrame, day: date) -> str | None:
    """The id of the latest period that ends before ``day``; ``None`` when none does.

    Args:
        periods: columns ``id`` (str), ``end`` (datetime64).
        day: a first day, for example of a period that is yet to be laid out.
    """
    earlier = periods[periods["end"] < pd.Timestamp(day)]
    return None if earlier.empty else str(earlier.sort_values("end")["id"].iloc[-1])


def previous(dataset: Dataset, period_id: str) -> str | None:
    """The id of the period before this one: the latest that ends before it starts.

    Args:
        dataset: the whole dataset.
        period_id: id of a period in ``data/periods``.

    Raises:
        ParameterError: the data do not know the period.
    """
    return last_before(dataset.periods, dataset.period(period_id).start)
