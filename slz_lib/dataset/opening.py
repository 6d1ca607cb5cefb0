"""The tables of a period or a plan that begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from slz_lib.dataset.cells import finished
from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.schemas import OF_PERIOD, OF_PLAN, Table
from slz_lib.dataset.views import on_day
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words, format_date, no_breaks
from slz_lib.vocabulary import Period, years

#: The record of what this project itself reads into the data.
SOURCE = "vlastni-cteni"


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A period or a planning horizon laid out and not written yet.

    Attributes:
        period: the period or the horizon.
        follows: the period before it; ``None`` where it is the first one.
        tables: every table of its folder by name, in the columns and dtypes of its description.
            Of a period, ``periods`` has one row, ``decisions`` a row a measure, the others none. Of
            a horizon, ``horizons`` has one row, the others what the plan before it says of measures
            that are still in force.
    """

    period: Period
    follows: Period | None
    tables: Mapping[str, pd.DataFrame]


def opening(dataset: Dataset, period_id: str, as_of: date | None = None) -> Opening:
    """The next period laid out, or the first one.

    Its measures are those that have begun by its end and have not ended before its start, each in
    its newest wording of these years.

    Args:
        dataset: the whole dataset.
        period_id: the years, ``2024-2025`` or ``2024``.
        as_of: the day to which states will be given; the last day of the years when not given.

    Raises:
        ParameterError: the id is no such years, the data have the period already, it overlaps
            another one, or the day is before it.
    """
    start, end = days(period_id)
    _require_free(dataset.periods, "Období", start, end)
    before = dataset.last_before(start)
    if as_of is not None and as_of < start:
        raise ParameterError(
            f"Den {format_date(as_of)} předchází období {years(start, end)}; zadejte pozdější."
        )
    follows = None if before is None else dataset.period(before)
    period = Period(period_id, start, end, as_of or end)
    pattern = "" if follows is None else f" podle období {follows.label}"
    place = f"založeno příkazem slz period new{pattern}"
    values = {
        "periods": _span(period).assign(as_of=pd.to_datetime([period.as_of]), origin="own"),
        "decisions": in_force(dataset, period).assign(
            commentary_supplied=False, cells_swapped=False
        ),
    }
    own = {"period_id": period_id, "source_id": source(dataset), "source_place": place}
    tables = {
        table.name: finished(values.get(table.name, pd.DataFrame()).assign(**own), table)
        for table in OF_PERIOD
    }
    return Opening(period, follows, tables)


def plan_opening(dataset: Dataset, horizon_id: str, follows: str | None = None) -> Opening:
    """The next planning horizon; what the last plan says of measures in force goes on as proposals.

    Args:
        dataset: the whole dataset.
        horizon_id: the years, ``2026-2027`` or ``2026``.
        follows: the period that the plan follows; the last one before it when not given.

    Raises:
        ParameterError: the id is no such years, the data have the horizon already, it overlaps
            another one, or no period ends before it.
    """
    start, end = days(horizon_id)
    _require_free(dataset.horizons, "Plánovací období", start, end)
    after = follows or dataset.last_before(start)
    if after is None or dataset.period(after).end >= start:
        raise ParameterError(
            f"Před plánovacím obdobím {years(start, end)} nekončí "
            f"{'žádné vyhodnocené období' if after is None else f'období {after}'}; "
            "vyhodnocené období, na něž plán naváže, založí slz period new."
        )
    horizon = Period(horizon_id, start, end, dataset.period(after).as_of)
    earlier = dataset.horizons[dataset.horizons["end"] < pd.Timestamp(start)].sort_values("end")
    last = None if earlier.empty else earlier.iloc[-1]
    valid = in_force(dataset, horizon)["measure_id"]
    own = {"source_id": source(dataset), "source_place": "založeno příkazem slz plan new"}
    tables = {
        table.name: finished(
            _span(horizon).assign(horizon_id=horizon_id, follows=after, **own)
            if table.name == "horizons"
            else _carried_over(dataset.table(table.name), table, last, valid, horizon_id),
            table,
        )
        for table in OF_PLAN
    }
    return Opening(horizon, dataset.period(after), tables)


def _carried_over(
    rows: pd.DataFrame, table: Table, last: pd.Series | None, valid: pd.Series, horizon_id: str
) -> pd.DataFrame:
    """The rows of the last plan whose measures are in force, marked as taken over from it."""
    # What was done is no proposal, and what was proposed for a measure rested on older evidence.
    if last is None or table.name in ("progress", "proposals"):
        return rows.head(0)
    kept = rows["horizon_id"].eq(last["id"])
    for column in table.references:
        if column.refers_to == "measures":
            kept &= rows[column.name].isin(valid) | rows[column.name].isna()
    mark = f"návrh převzatý z\u00a0plánu {last['label']}, k\u00a0posouzení; původně: "
    known = rows["source_place"].str.split("původně: ").str[-1]
    return rows[kept].assign(horizon_id=horizon_id, source_place=mark + known)


def _span(period: Period) -> pd.DataFrame:
    """The one row that says which years a period or a horizon has."""
    days = {"start": pd.to_datetime([period.start]), "end": pd.to_datetime([period.end])}
    return pd.DataFrame({"id": [period.id], "label": [period.label], **days})


def source(dataset: Dataset) -> str:
    """The record of sources that new rows name: own readings, or what names the strategy."""
    own = dataset.sources["id"].eq(SOURCE).any()
    return SOURCE if own else str(dataset.strategy["source_id"].iloc[0])


def _require_free(spans: pd.DataFrame, noun: str, start: date, end: date) -> None:
    """Stop where the data have these years already.

    Raises:
        ParameterError: they do.
    """
    touching = spans[(spans["start"] <= pd.Timestamp(end)) & (spans["end"] >= pd.Timestamp(start))]
    if touching["label"].eq(years(start, end)).any():
        raise ParameterError(f"{noun} {years(start, end)} už v\u00a0datech je; nic se nezměnilo.")
    if not touching.empty:
        others = enumerate_words(list(touching["label"]))
        raise ParameterError(
            f"{noun} {years(start, end)} se překrývá s\u00a0obdobím {others}; "
            "zadejte roky, které na ně navazují."
        )


def in_force(dataset: Dataset, period: Period) -> pd.DataFrame:
    """The measures in force in a period, in the wording that it judges.

    Returns:
        ``measure_id`` and ``wording_version`` (str), in the order of areas and numbers.
    """
    measures = dataset.measures
    begun = measures[measures["wording_version"].astype("int64") <= period.end.year]
    ended = dataset.successions.set_index("measure_id")["ended"].reindex(begun["id"])
    valid = begun[~(ended < pd.Timestamp(period.start)).to_numpy()]
    place = valid["area_id"].map(on_day(dataset, period.as_of).areas.set_index("id")["order"])
    newest = (
        valid.assign(place=place)
        .sort_values(["place", "number", "wording_version"], kind="stable")
        .drop_duplicates("id", keep="last")
    )
    columns = newest[["id", "wording_version"]].rename(columns={"id": "measure_id"})
    return columns.reset_index(drop=True)


def days(period_id: str) -> tuple[date, date]:
    """The first and the last day of the years that an id states.

    Raises:
        ParameterError: it states none.
    """
    found = re.fullmatch(r"([1-9][0-9]{3})(?:-([1-9][0-9]{3}))?", period_id)
    if found is None or (found[2] is not None and found[2] <= found[1]):
        raise ParameterError(
            no_breaks(
                f"Období „{period_id}“ není rok ani rozpětí let; zapište je jako RRRR-RRRR "
                "(například 2024-2025), nebo RRRR."
            )
        )
    return date(int(found[1]), 1, 1), date(int(found[2] or found[1]), 12, 31)
