"""The pandera schema of a table, made from its description."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera import dtypes
from pandera.engines import pandas_engine

from slz_lib.dataset.schemas.description import Column, Table, ValueKind

# Pandera loads its checks (and hypothesis, where that is installed: 0.1 s) at the first use;
# loaded here they are shared by processes that fork later.
pa.DataFrameSchema().validate(pd.DataFrame())


@dtypes.immutable
class Text(pandas_engine.DataType):
    """The pandas ``str`` dtype, checked as a whole.

    Pandera's own check of ``str`` asks every cell for its type; over all tables that costs
    more than all other checks together.
    """

    type = pd.StringDtype(na_value=np.nan)

    def __init__(self) -> None:
        """Nothing is to be set; the base class would look the dtype up."""

    def check(self, pandera_dtype: Any, data_container: Any = None) -> bool:
        """Whether the column (or, without one, the dtype) is ``str``."""
        found = pandera_dtype.type if data_container is None else data_container.dtype
        return bool(found == self.type)

    def __str__(self) -> str:
        return "str"


def _checks(column: Column) -> list[pa.Check]:
    checks = []
    if column.permitted:
        checks.append(pa.Check.isin(column.permitted))
    if column.pattern is not None:
        checks.append(pa.Check.str_matches(rf"(?:{column.pattern})\Z"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    return checks


@lru_cache(maxsize=64)
def frame_schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of ``table`` while it is being checked.

    Its dtypes are those that can hold a missing value, so that a faulty cell (which is set
    missing) does not hide the faults of its neighbours.
    """
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                Text() if column.kind is ValueKind.TEXT else column.kind.value.dtype,
                checks=_checks(column),
                nullable=column.nullable,
                title=column.expected,
                description=column.description,
            )
            for column in table.columns
        },
        name=table.name,
        title=table.title,
        strict=True,
        ordered=True,
        unique=list(table.key),
        report_duplicates="exclude_first",
    )
