"""What of the data holds on a day, and what one period sees of them.

Of the rows with one key, the last that has begun holds, until its own end or until the next begins.
So what is entered for a later time changes nothing of what held before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.keys import among
from slz_lib.dataset.schemas import OF_PERIOD, TABLES, Table

#: Stands, as text, after all days of a year or a month that it follows.
LAST = "~"


def has_days(frame: pd.DataFrame) -> bool:
    """Whether any row of a dated table says from when or until when it holds."""
    return bool(frame["valid_from"].count() or frame["valid_to"].count())


def holding(frame: pd.DataFrame, table: Table, day: date) -> pd.Series[bool]:
    """Which rows of a dated table hold on a day.

    A year or a month stands, as text, before all its days.
    """
    if not has_days(frame):
        return pd.Series(data=True, index=frame.index)
    begins, ends = frame["valid_from"].fillna(""), frame["valid_to"].fillna(LAST)
    begun = frame.assign(valid_from=begins)[begins <= day.isoformat()]
    last = begun.sort_values("valid_from", kind="stable")
    last = last.drop_duplicates(list(table.key), keep="last")
    return frame.index.to_series().isin(last.index) & ((ends + LAST) > day.isoformat())


def on_day(dataset: Dataset, day: date) -> Dataset:
    """The dataset with the facts that held on a day, each of them once, and the rules so far.

    It does not tell which of them were to end.
    """
    frames: dict[str, Any] = {
        table.name: frame[holding(frame, table, day)]
        .assign(valid_to=pd.Series(dtype="str"))
        .reset_index(drop=True)
        for table in TABLES
        if table.dated
        for frame in (dataset.table(table.name),)
    }
    for name in ("other_levels", "other_items", "other_summary"):
        known = frames[name]["plan_id"].isin(frames["other_plans"]["plan_id"])
        frames[name] = frames[name][known].reset_index(drop=True)
    rules = dataset.evaluation_rules[dataset.evaluation_rules["valid_from"] <= pd.Timestamp(day)]
    terms, disputes = (
        table[table["version"].isin(rules["version"])]
        for table in (dataset.reach_terms, dataset.dispute_rules)
    )
    conditions = dataset.rule_conditions[dataset.rule_conditions["rule_id"].isin(rules["id"])]
    return replace(
        dataset,
        evaluation_rules=rules,
        rule_conditions=conditions,
        reach_terms=terms,
        dispute_rules=disputes,
        **frames,
    )


def of_period(dataset: Dataset, period_id: str) -> Dataset:
    """The dataset as it stands in one period, as if nothing later were known.

    Facts are those of its as-of day, laws those of the day on which the plans that follow it
    have begun; ``measures`` have one row a measure, in the wording that the period judges;
    roles of bodies, indicators and proposals to merge are those of its measures. There are no
    records of later periods, and sources are those that the others and its plans name. Lists of
    periods and plans are whole.

    Raises:
        ParameterError: the data do not know the period.
    """
    period = dataset.period(period_id)
    judged = dataset.decisions.loc[
        dataset.decisions["period_id"].eq(period_id), ["measure_id", "wording_version"]
    ]
    in_force = among(dataset.measures[["id", "wording_version"]], judged)
    facts = on_day(dataset, period.as_of)
    of_measures: dict[str, Any] = {
        name: table[table["measure_id"].isin(judged["measure_id"])].reset_index(drop=True)
        for name in ("measure_bodies", "indicators", "merges")
        for table in (facts.table(name),)
    }
    # A wording that was added later stands at the end of the file, not of its area.
    order = dataset.measures["area_id"].map(facts.areas.set_index("id")["order"])
    ordered = dataset.measures.assign(place=order)[in_force].sort_values(
        ["place", "number"], kind="stable", ignore_index=True
    )
    known = dataset.periods.loc[dataset.periods["start"] <= pd.Timestamp(period.start), "id"]
    records: dict[str, Any] = {
        table.name: frame[frame["period_id"].isin(known)].reset_index(drop=True)
        for table in OF_PERIOD
        for frame in (dataset.table(table.name),)
    }
    plans = dataset.plans_after(period_id)
    begun = max([period.as_of, *plans["start"].dt.date])
    found = replace(
        facts,
        laws=on_day(dataset, begun).laws,
        measures=ordered.drop(columns="place"),
        successions=dataset.successions[dataset.successions["ended"] < pd.Timestamp(period.end)],
        **of_measures,
        **records,
    )
    frames = (found.table(table.name) for table in TABLES)
    sourced = (frame for frame in frames if "source_id" in frame)
    own = (
        frame[frame["horizon_id"].isin(plans["id"])] if "horizon_id" in frame else frame
        for frame in sourced
    )
    named = pd.concat([frame["source_id"] for frame in own])
    sources = dataset.sources[dataset.sources["id"].isin(named)]
    return replace(found, periods=dataset.periods, sources=sources)
