"""Rules that hold between columns and between tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from slz_lib.dataset.agreement.columns import filling_faults, validity_faults
from slz_lib.dataset.agreement.evidence import evidence_faults
from slz_lib.dataset.agreement.periods import decision_faults, span_faults
from slz_lib.dataset.agreement.rules import rule_faults
from slz_lib.dataset.agreement.strategy import strategy_faults, term_faults
from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import reference_faults
from slz_lib.dataset.schemas import TABLES
from slz_lib.dataset.views import holding
from slz_lib.language import format_date


def agreement_faults(tables: Tables) -> list[Fault]:
    """Faults of all rules between columns and between tables."""
    newest = _at(tables, date.max)
    return [
        *strategy_faults(newest),
        *rule_faults(newest),
        *filling_faults(tables),
        *term_faults(tables["words"]),
        *span_faults(tables),
        *decision_faults(tables),
        *evidence_faults(tables),
        *validity_faults(tables),
    ]


def passing_faults(tables: Tables, told: Sequence[Fault]) -> Iterator[Fault]:
    """Faults of the facts of a single period alone, besides what is told already."""
    places = {_place(fault) for fault in told}
    for part, day in _of_periods(tables):
        found = [
            *reference_faults(part),
            *strategy_faults(part),
            *rule_faults(part),
            *decision_faults(part),
            *evidence_faults(part),
        ]
        said = f"(v údajích platných k {format_date(day)})"
        if part["strategy"].frame.empty and len(tables["strategy"].frame):
            advice = "žádný řádek neplatí; opravte valid_from a valid_to"
            found.append(tables["strategy"].sheet.lacking(advice))
        for fault in found:
            if _place(fault) not in places:
                yield replace(fault, advice=f"{fault.advice} {said}")


def _of_periods(tables: Tables) -> Iterator[tuple[dict[str, Checked], date]]:
    """For each period, its own tables with the facts of its as-of day, and that day."""
    periods = tables["periods"].frame.dropna(subset=["id", "as_of"])
    for period, as_of in periods[["period_id", "as_of"]].itertuples(index=False):
        day = as_of.date()
        part = _at(tables, day)
        for table in TABLES:
            if table.folder_column == "period_id":
                rows = part[table.name].frame["period_id"].eq(period)
                part[table.name] = _kept(part[table.name], rows)
        following = part["horizons"].frame["follows"].eq(period)
        part["horizons"] = _kept(part["horizons"], following)
        yield part, day


def _at(tables: Tables, day: date) -> dict[str, Checked]:
    """The tables with the rows that hold on a day."""
    return {
        name: _kept(checked, holding(checked.frame, checked.sheet.table, day))
        if checked.sheet.table.dated
        else checked
        for name, checked in tables.items()
    }


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
