"""A digest of a value that depends on its contents alone, not on how it was made or where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import singledispatch
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd


def digest(value: object) -> str:
    """The SHA-256 of a value in hexadecimal digits: equal contents give equal digests everywhere.

    Values are scalars, days, lists, mappings and sets of values, data frames, series, indexes and
    dataclasses of all of these.

    Raises:
        TypeError: there is something else in the value.
    """
    # No keys are sorted: the order of a mapping is part of what a document shows of it.
    text = json.dumps(value, default=_form, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@singledispatch
def _form(value: Any) -> Any:
    """What JSON does not know, as something that it does, or that comes here again.

    Raises:
        TypeError: nothing of this kind is known.
    """
    if is_dataclass(value) and not isinstance(value, type):
        parts = [[field.name, getattr(value, field.name)] for field in fields(value)]
        return {type(value).__name__: parts}
    if value is pd.NA or value is pd.NaT:
        return {"missing": str(value)}
    raise TypeError(type(value).__name__)


@_form.register
def _(value: pd.DataFrame) -> Any:
    columns = [_cells(value.iloc[:, number]) for number in range(value.shape[1])]
    return {"frame": columns, "columns": _index(value.columns), "index": _index(value.index)}


@_form.register
def _(value: pd.Series) -> Any:
    return {"series": _cells(value), "name": value.name, "index": _index(value.index)}


@_form.register
def _(value: pd.Index) -> Any:
    return {"labels": _index(value)}


@_form.register
def _(value: np.ndarray) -> Any:
    return {"array": value.tolist(), "type": str(value.dtype), "shape": value.shape}


@_form.register
def _(value: np.generic) -> Any:
    return value.item()


@_form.register
def _(value: Enum) -> Any:
    return {type(value).__name__: value.name}


@_form.register(AbstractSet)
def _(value: AbstractSet[object]) -> Any:
    return {"set": sorted(map(digest, value))}


@_form.register
def _(value: PurePath) -> Any:
    return {"path": value.as_posix()}


@_form.register(date)
@_form.register(pd.Timedelta)
def _(value: Any) -> Any:
    # NaT passes for a day too.
    return {type(value).__name__: "" if pd.isna(value) else value.isoformat()}


def _cells(column: pd.Series) -> list[Any]:
    """Type and cells; of a categorical column its categories too."""
    cells = column.to_list()
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = column.cat.categories.to_list()
        return ["category", categories, bool(column.cat.ordered), cells]
    return [str(column.dtype), cells]


def _index(index: pd.Index) -> list[Any]:
    """Names, type and labels; how an index is kept makes no difference."""
    kinds = [str(level.dtype) for level in _levels(index)]
    return [list(index.names), kinds, index.to_list()]


def _levels(index: pd.Index) -> list[pd.Index]:
    if isinstance(index, pd.MultiIndex):
        return [index.get_level_values(number) for number in range(index.nlevels)]
    return [index]
