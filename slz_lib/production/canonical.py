"""A digest of a value that depends on its contents alone, not on how it was made or where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
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
    # Sorting no keys: the order of a mapping is part of what a document shows of it.
    text = json.dumps(_form(value), default=_form, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _form(value: Any) -> Any:
    """A value as JSON has it, what is in it left for the next call.

    Raises:
        TypeError: nothing of this kind is known.
    """
    match value:
        case None | bool() | int() | float() | str() | list() | tuple():
            return value
        case pd.DataFrame():
            columns = [_column(column) for _, column in value.items()]
            return {
                "frame": columns,
                "columns": _index(value.columns),
                "index": _index(value.index),
            }
        case pd.Series():
            return {"series": _column(value), "name": value.name, "index": _index(value.index)}
        case pd.Index():
            return {"of": _index(value)}
        case np.ndarray():
            return {"array": value.tolist(), "dtype": str(value.dtype), "shape": value.shape}
        case np.generic():
            return value.item()
        case dict():
            return {"items": [[name, part] for name, part in value.items()]}
        case Enum():
            return {"enum": [type(value).__name__, value.name]}
        case AbstractSet():
            return {"set": sorted(map(digest, value))}
        case PurePath():
            return {"path": value.as_posix()}
        case pd.Period() | pd.Interval():
            return {type(value).__name__: str(value)}
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = [[field.name, getattr(value, field.name)] for field in fields(value)]
            return {"value": type(value).__name__, "fields": parts}
        case _ if pd.api.types.is_scalar(value) and pd.isna(value):
            return {"missing": str(value)}
        case date() | pd.Timedelta():
            return {type(value).__name__: value.isoformat()}
        case _:
            raise TypeError(type(value).__name__)


def _column(column: pd.Series) -> list[Any]:
    """Type and cells; of a categorical column its categories too."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        kind = [list(column.cat.categories), column.cat.ordered]
        return ["category", kind, column.to_list()]
    return [str(column.dtype), column.to_list()]


def _index(index: pd.Index) -> list[Any]:
    if isinstance(index, pd.MultiIndex):
        return [list(index.names), [_index(level) for level in _levels(index)]]
    return [index.name, str(index.dtype), index.to_list()]


def _levels(index: pd.MultiIndex) -> list[pd.Index]:
    return [index.get_level_values(number) for number in range(index.nlevels)]
