"""Figures in words."""

from __future__ import annotations

import pandas as pd

from slz_lib.language import count, format_date

#: How a figure that is not exact is announced.
QUALIFIERS = {"exact": "", "about": "asi ", "over": "přes ", "under": "méně než "}


def observation_values(observations: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Values with their qualifier and the unit in the right form: ``přes 9 300 dětí``.

    Args:
        observations: figures.
        units: forms of the units, the table of the dataset.
    """
    forms = {row[0]: row[1:] for row in units[["unit", "one", "few", "fraction"]].to_numpy()}
    counted = [
        count(value, forms[unit][0], forms[unit][1], unit, forms[unit][2])
        for value, unit in zip(observations["value"], observations["unit"], strict=True)
    ]
    return observations["qualifier"].map(QUALIFIERS) + pd.Series(
        counted, index=observations.index, dtype="str"
    )


def observation_terms(observations: pd.DataFrame) -> pd.Series:
    """Names with breakdown and time: ``Počet zakázek, příspěvkové organizace (2023)``."""
    split = (", " + observations["dimension"]).fillna("")
    years = observations["time"].str.replace("-", "–", regex=False)
    on_day = observations["time_kind"].eq("date")
    days = pd.to_datetime(observations["time"].where(on_day)).map(
        lambda day: f"k\u00a0{format_date(day)}", na_action="ignore"
    )
    time = years.where(~on_day, days)
    return observations["name"] + split + (" (" + time + ")").fillna("")
