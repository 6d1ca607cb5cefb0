"""What evidence carries besides its state: places and figures."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.times import kinds


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
