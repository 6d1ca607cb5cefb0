"""Facts with dates: the rows of dated tables that hold on a day, and what they then refer to.

Of the rows with one key, the last that has begun holds, until its own end or until the next begins.
So what is entered for a later time changes nothing of what held before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.schemas import TABLES, Table
from slz_lib.dataset.times import unreal
from slz_lib.language import format_date

#: Stands, as text, after all days of a year or a month that it follows.
_LAST = "~"


def holding(frame: pd.DataFrame, table: Table, day: date) -> pd.Series[bool]:
    """Which rows of a dated table hold on a day.

    A year or a month stands, as text, before all its days.
    """
    if not _has_days(frame):
        return pd.Series(data=True, index=frame.index)
    begins, ends = frame["valid_from"].fillna(""), frame["valid_to"].fillna(_LAST)
    begun = frame.assign(valid_from=begins)[begins <= day.isoformat()]
    last = begun.sort_values("valid_from", kind="stable")
    last = last.drop_duplicates(list(table.key), keep="last")
    return frame.index.to_series().isin(last.index) & ((ends + _LAST) > day.isoformat())


def validity_faults(tables: Tables) -> list[Fault]:
    """Faults of the days of dated tables."""
    return [
        fault
        for checked in tables.values()
        if checked.sheet.table.dated and _has_days(checked.frame)
        for fault in _day_faults(checked)
    ]


def passing_faults(
    tables: Tables, check: Callable[[Tables], list[Fault]], told: Iterable[Fault]
) -> Iterator[Fault]:
    """What ``check`` finds in the facts of a single period alone, besides what is told already."""
    places = {_place(fault) for fault in told}
    for part, day in _of_periods(tables):
        for fault in check(part):
            if _place(fault) not in places:
                said = f"{fault.advice} (v údajích platných k {format_date(day)})"
                yield replace(fault, advice=said)


def at(tables: Tables, day: date) -> dict[str, Checked]:
    """The tables with the rows that hold on a day."""
    return {
        name: _kept(checked, holding(checked.frame, checked.sheet.table, day))
        if checked.sheet.table.dated
        else checked
        for name, checked in tables.items()
    }


def _of_periods(tables: Tables) -> Iterator[tuple[dict[str, Checked], date]]:
    """For each period, its own tables with the facts of its as-of day, and that day."""
    periods = tables["periods"].frame.dropna(subset=["id", "as_of"])
    for period, as_of in periods[["period_id", "as_of"]].itertuples(index=False):
        day = as_of.date()
        part = at(tables, day)
        for table in TABLES:
            if table.folder_column == "period_id":
                rows = part[table.name].frame["period_id"].eq(period)
                part[table.name] = _kept(part[table.name], rows)
        following = part["horizons"].frame["follows"].eq(period)
        part["horizons"] = _kept(part["horizons"], following)
        yield part, day


def _has_days(frame: pd.DataFrame) -> bool:
    return bool(frame["valid_from"].count() or frame["valid_to"].count())


def _kept(checked: Checked, rows: pd.Series[bool]) -> Checked:
    if rows.all():
        return checked
    sheet = replace(
        checked.sheet,
        text=checked.sheet.text[rows].reset_index(drop=True),
        places=[place for place, kept in zip(checked.sheet.places, rows, strict=True) if kept],
    )
    return replace(checked, sheet=sheet, frame=checked.frame[rows].reset_index(drop=True))


def _place(fault: Fault) -> tuple[object, ...]:
    return fault.file, fault.row, fault.column, fault.value or fault.advice


def _day_faults(checked: Checked) -> list[Fault]:
    """Days that no calendar has, ends before their beginnings or within the next row's time."""
    frame, sheet = checked.frame, checked.sheet
    faults = [
        fault
        for column in ("valid_from", "valid_to")
        for fault in sheet.faults(unreal(frame[column]), column, "čeká se skutečné datum")
    ]
    begins, ends = frame["valid_from"].fillna(""), frame["valid_to"] + _LAST
    ordered = frame.assign(begins=begins).sort_values("begins", kind="stable")
    following = ordered.groupby(list(sheet.table.key), dropna=False)["begins"].shift(-1)
    following = following.reindex(frame.index)
    early = ends.lt(begins)
    late = ends.ge(following) & ~early
    return [
        *faults,
        *sheet.faults(early, "valid_to", "čeká se den, který není před valid_from"),
        *sheet.faults(
            late,
            "valid_to",
            lambda position, _: (
                f"další řádek téhož klíče platí už od {following[position]}; zapište dřívější "
                "konec, nebo pole nechte prázdné"
            ),
        ),
    ]
