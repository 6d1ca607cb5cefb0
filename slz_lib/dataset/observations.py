"""What evidence carries besides its state: places, and figures with their times."""

from __future__ import annotations

import re

import pandas as pd

from slz_lib.dataset.keys import unreal
from slz_lib.vocabulary import DAY


def with_carried(
    observations: pd.DataFrame, evidence: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    """Observations with the figures that rows of evidence carry, under the ids of these rows.

    A figure belongs to the series of the indicator that its criterion names, or else of the only
    indicator of its measure that has one; where there is none, to a series of its measure.
    """
    rows = evidence[evidence["value"].notna()]
    if rows.empty:
        return observations
    known = indicators.dropna(subset="series")
    named = known.drop_duplicates(["measure_id", "name"]).set_index(["measure_id", "name"])
    only = known.drop_duplicates("measure_id", keep=False).set_index("measure_id")["series"]
    pairs = pd.MultiIndex.from_frame(rows[["measure_id", "criterion"]])
    series = pd.Series(named["series"].reindex(pairs).to_numpy(), index=rows.index)
    series = series.fillna(rows["measure_id"].map(only))
    own = "opatreni-" + rows["measure_id"].str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True)
    figures = rows.assign(
        series=series.fillna(own),
        name=rows["criterion"],
        qualifier="exact",
        time_kind=kinds(rows["time"]),
        note=None,
    ).reindex(columns=observations.columns)
    together = pd.concat([observations, figures.astype(observations.dtypes)], ignore_index=True)
    return together.sort_values("period_id", kind="stable", ignore_index=True)


def each_place(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows once for each place that they name, as ``place`` (str); without those of none."""
    named = rows.assign(place=rows["places"].str.split(";")).explode("place")
    # Where no row names a place, nothing says that the pieces are text.
    named["place"] = named["place"].astype("str").str.strip()
    return named[named["place"].fillna("").ne("")]


def stating(times: pd.Series) -> dict[str, pd.Series[bool]]:
    """By kind of time, which texts state one; an unknown time is empty."""
    time = times.astype("str").fillna("")
    fits = {
        "year": time.str.fullmatch("[0-9]{4}"),
        "school_year": time.map(lambda text: _years(text, "/") == 1),
        "years": time.map(lambda text: _years(text, "-") > 0),
        "date": time.str.fullmatch(DAY) & ~unreal(time),
        "unknown": time == "",
    }
    return {kind: fit.astype(bool) for kind, fit in fits.items()}


def kinds(times: pd.Series) -> pd.Series[str]:
    """The kind of time that each text states."""
    found = pd.Series("unknown", index=times.index, dtype="str")
    for kind, states in stating(times).items():
        found = found.mask(states, kind)
    return found


def _years(text: str, join: str) -> int:
    """How many years the second of two comes after the first; none where there are no two."""
    found = re.fullmatch(rf"([0-9]{{4}}){join}([0-9]{{4}})", text)
    return int(found[2]) - int(found[1]) if found else 0
