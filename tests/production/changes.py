"""Synthetic changes of the real data: one cell becomes another, as an editor might have it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

import slz_lib

#: Columns whose texts are codes or ids: another value of the same column takes their place.
_CODED = {
    "evidence": ["state", "reach", "reporter", "places", "criterion", "waits_for", "measure_id"],
    "decisions": ["status"],
    "measures": ["deadline_kind", "deadline_month", "area_id", "indicator"],
    "measure_bodies": ["body_id", "role", "assignment", "measure_id"],
    "bodies": ["parent_id"],
    "areas": ["kind"],
    "orp": ["district"],
    "partnerships": ["orp_id", "since"],
    "places": ["orp_id"],
    "observations": ["measure_id", "unit", "territory", "qualifier", "time"],
    "indicators": ["kind", "measure_id"],
    "plan_causes": ["decision", "months", "within_deadline"],
    "funding": ["measure_id"],
    "merges": ["measure_id", "into_measure_id"],
    "evaluation_rules": ["status"],
    "audit_rules": ["severity"],
    "claims": ["status"],
    "notes": ["topic"],
    "links": ["target_id"],
}
#: Columns of words and figures: the value itself is altered.
_WORDED = {
    "evidence": ["note", "criterion", "places"],
    "decisions": ["commentary", "commentary_supplied", "cells_swapped", "source_place"],
    "measures": ["title", "designation", "indicator", "source_place"],
    "measure_bodies": ["published", "order"],
    "bodies": ["name", "short_name", "published_forms"],
    "areas": ["name", "short_name", "lead_in"],
    "orp": ["name", "municipalities", "pou", "population"],
    "partnerships": ["municipality"],
    "places": ["id", "municipalities", "population"],
    "observations": ["name", "value", "dimension"],
    "indicators": ["name", "target", "baseline"],
    "plan_causes": ["step", "risk", "target"],
    "plan_targets": ["target"],
    "funding": ["funding"],
    "merges": ["reason"],
    "rule_conditions": ["value"],
    "reach_terms": ["share"],
    "audit_rules": ["label"],
    "claims": ["text", "value"],
    "notes": ["text"],
    "units": ["few"],
    "strategy": ["name", "name_genitive", "region"],
    "sources": ["title"],
    "periods": ["label"],
    "horizons": ["label"],
    "priorities": ["name"],
    "city_projects": ["name"],
    "abbreviations": ["meaning"],
}


@dataclass(frozen=True)
class Change:
    """One changed cell.

    Attributes:
        dataset: the data with the change.
        words: table, row, column, old and new value.
    """

    dataset: slz_lib.Dataset
    words: str


def changed(dataset: slz_lib.Dataset, table: str, row: int, column: str, value: object) -> Change:
    """The data with another value in one cell."""
    frame = dataset.table(table)
    column_changed = frame[column].copy()
    old = column_changed.iloc[row]
    column_changed.iloc[row] = value
    tables: dict[str, Any] = {table: frame.assign(**{column: column_changed})}
    altered = replace(dataset, **tables)
    return Change(altered, f"{table}[{row}].{column}: {old!r} → {value!r}")


def changes(dataset: slz_lib.Dataset, seed: int, of_each: int) -> Iterator[Change]:
    """So many changes of every column above, always the same ones for a seed."""
    draw = random.Random(seed)  # noqa: S311 — a sample, no secret
    for coded, columns in ((True, _CODED), (False, _WORDED)):
        for table, names in columns.items():
            frame = dataset.table(table)
            for column in names:
                for _ in range(min(of_each, len(frame))):
                    row = draw.randrange(len(frame))
                    new = (
                        _another(frame[column], row, draw)
                        if coded
                        else _altered(frame[column], row)
                    )
                    if new is not None:
                        yield changed(dataset, table, row, column, new)


def _another(column: pd.Series, row: int, draw: random.Random) -> object:
    """A value that stands elsewhere in the column; ``None`` where all are the same."""
    others = column[column.ne(column.iloc[row]).fillna(value=True) & column.notna()]
    return None if others.empty else others.iloc[draw.randrange(len(others))]


def _altered(column: pd.Series, row: int) -> object:
    value: Any = column.iloc[row]
    if pd.isna(value):
        return None
    if pd.api.types.is_bool(value):
        return not value
    if pd.api.types.is_numeric_dtype(column):
        return value + 1
    return f"{value} (jinak)"
