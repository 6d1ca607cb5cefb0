"""The tables of a period that begins, with nothing judged yet, and how a table is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.schemas import OF_PERIOD, Column, Table, ValueKind
from slz_lib.errors import DataError, ParameterError
from slz_lib.language import enumerate_words, no_breaks
from slz_lib.vocabulary import Period, years

#: The record of what this project itself reads into the data.
_SOURCE = "vlastni-cteni"


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A period laid out and not written yet.

    Attributes:
        period: the period; its as-of day is its last one.
        follows: the period before it.
        tables: every table of a period by name, in the columns and dtypes of its description;
            ``periods`` has one row, ``decisions`` a row a measure, the others none.
    """

    period: Period
    follows: Period
    tables: Mapping[str, pd.DataFrame]

    @property
    def measures(self) -> int:
        """Number of measures in force."""
        return len(self.tables["decisions"])


def opening(dataset: Dataset, period_id: str) -> Opening:
    """The next period laid out from the last one before it.

    Its measures are those that have begun by its end and have not ended before its start, each in
    its newest wording of these years.

    Args:
        dataset: the whole dataset.
        period_id: the years, ``2024-2025`` or ``2024``.

    Raises:
        ParameterError: the id is no such years, the data have the period already, it overlaps
            another one, or none comes before it.
        DataError: the data lack the source that the new rows name.
    """
    start, end = _days(period_id)
    periods = dataset.periods
    if periods["id"].eq(period_id).any():
        raise ParameterError(f"Období {years(start, end)} už v\u00a0datech je; nic se nezměnilo.")
    touching = (periods["start"] <= pd.Timestamp(end)) & (periods["end"] >= pd.Timestamp(start))
    if touching.any():
        others = enumerate_words(list(periods.loc[touching, "label"]))
        raise ParameterError(
            f"Období {years(start, end)} se překrývá s\u00a0obdobím {others}; "
            "zadejte roky, které na ně navazují."
        )
    before = dataset.last_before(start)
    if before is None:
        raise ParameterError(
            f"Před obdobím {years(start, end)} není žádné, podle něhož by se dalo založit; "
            f"data znají {enumerate_words(list(periods['label']))}."
        )
    if not dataset.sources["id"].eq(_SOURCE).any():
        raise DataError(
            f"Tabulka sources nemá záznam „{_SOURCE}“, na nějž odkazují řádky nového období; "
            "doplňte jej."
        )
    follows = dataset.period(before)
    period = Period(period_id, start, end, end)
    place = f"založeno příkazem slz period new podle období {follows.label}"
    values: dict[str, pd.DataFrame] = {
        "periods": pd.DataFrame(
            {
                "id": [period_id],
                "label": [period.label],
                "start": pd.to_datetime([start]),
                "end": pd.to_datetime([end]),
                "as_of": pd.to_datetime([period.as_of]),
                "origin": ["own"],
            }
        ),
        "decisions": in_force(dataset, period).assign(
            commentary_supplied=False, cells_swapped=False
        ),
    }
    tables = {
        table.name: _shaped(
            values.get(table.name, pd.DataFrame()).assign(
                period_id=period_id, source_id=_SOURCE, source_place=place
            ),
            table,
        )
        for table in OF_PERIOD
    }
    return Opening(period, follows, tables)


def in_force(dataset: Dataset, period: Period) -> pd.DataFrame:
    """The measures in force in a period, in the wording that it judges.

    Returns:
        ``measure_id`` and ``wording_version`` (str), in the order of areas and numbers.
    """
    measures = dataset.measures
    begun = measures[measures["wording_version"].astype("int64") <= period.end.year]
    ended = dataset.successions.set_index("measure_id")["ended"].reindex(begun["id"])
    valid = begun[~(ended < pd.Timestamp(period.start)).to_numpy()]
    place = valid["area_id"].map(dataset.areas.set_index("id")["order"])
    newest = (
        valid.assign(place=place)
        .sort_values(["place", "number", "wording_version"], kind="stable")
        .drop_duplicates("id", keep="last")
    )
    columns = newest[["id", "wording_version"]].rename(columns={"id": "measure_id"})
    return columns.reset_index(drop=True)


def _days(period_id: str) -> tuple[date, date]:
    """The first and the last day of the years that an id states."""
    found = re.fullmatch(r"([1-9][0-9]{3})(?:-([1-9][0-9]{3}))?", period_id)
    if found is None or (found[2] is not None and found[2] <= found[1]):
        raise ParameterError(
            no_breaks(
                f"Období „{period_id}“ není rok ani rozpětí let; zapište je jako RRRR-RRRR "
                "(například 2024-2025), nebo RRRR."
            )
        )
    return date(int(found[1]), 1, 1), date(int(found[2] or found[1]), 12, 31)


def _shaped(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """``frame`` with all columns of ``table`` in their order and dtypes; what it lacks is empty."""
    names = [column.name for column in table.columns]
    dtypes = {column.name: column.dtype for column in table.columns}
    return frame.reindex(columns=names).astype(dtypes)


def canonical(frame: pd.DataFrame, table: Table) -> bytes:
    """``frame`` as the bytes of a file of ``table``.

    UTF-8, commas, LF, columns in the order of the description, an empty cell for a missing
    value, no exponent and no needless decimals in numbers; rows keep their order. Columns that a
    file may lack stand there when some row needs them.
    """
    listed = [
        column
        for column in table.file_columns
        if not column.optional or frame[column.name].notna().any()
    ]
    columns = [_spelled(frame[column.name], column) for column in listed]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in listed])
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode("utf-8")


def _spelled(values: pd.Series, column: Column) -> Iterable[str]:
    """The values as they stand in the file."""
    present = values.dropna()
    if column.kind is ValueKind.FLAG:
        spelled = present.map({True: "true", False: "false"})
    elif column.kind is ValueKind.DAY:
        spelled = present.dt.strftime("%Y-%m-%d")
    elif column.kind is ValueKind.NUMBER:
        spelled = present.map(lambda value: np.format_float_positional(value, trim="-"))
    else:
        spelled = present.astype("str")
    # A column without any value would keep its dtype, which no empty text fits in.
    return spelled.astype("object").reindex(values.index).fillna("").tolist()
