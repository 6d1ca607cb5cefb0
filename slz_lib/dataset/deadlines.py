"""The deadlines of measures as values, from the columns that hold them."""

from __future__ import annotations

import pandas as pd

from slz_lib.vocabulary import Deadline, DeadlineKind

_COLUMNS = ["deadline_kind", "deadline_until", "deadline_event"]


def deadlines(measures: pd.DataFrame, happened: pd.Series | None = None) -> pd.Series:
    """The deadline of each measure; they are few, so each is made once.

    Args:
        measures: rows of the table of measures.
        happened: days (datetime64) of the events that have happened; index event.

    Returns:
        :class:`slz_lib.vocabulary.Deadline` values, on the index of ``measures``.
    """
    days = {} if happened is None else {str(event): day.date() for event, day in happened.items()}
    columns = [measures[name].fillna("").tolist() for name in _COLUMNS]
    keys = list(zip(*columns, strict=True))
    made = {
        key: Deadline(DeadlineKind(key[0]), key[1], key[2], days.get(key[2])) for key in set(keys)
    }
    return pd.Series([made[key] for key in keys], index=measures.index, dtype="object")
