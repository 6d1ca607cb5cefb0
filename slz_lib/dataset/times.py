"""Times that tables hold as texts: days, years, school years; and deadlines as values."""

from __future__ import annotations

import pandas as pd

from slz_lib.vocabulary import DAY, YEAR, Deadline, DeadlineKind


def unreal(days: pd.Series[str]) -> pd.Series[bool]:
    """Texts in the shape of a day that no calendar has."""
    shaped = days.where(days.str.fullmatch(DAY, na=False))
    real = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce").notna()
    return shaped.notna() & ~real


def stating(times: pd.Series) -> dict[str, pd.Series[bool]]:
    """By kind of time, which texts state one; an unknown time is empty."""
    time = times.astype("str").fillna("")
    two = time.str.extract(rf"\A({YEAR})([/-])({YEAR})\Z")
    after = pd.to_numeric(two[2]) - pd.to_numeric(two[0])
    fits = {
        "year": time.str.fullmatch(YEAR),
        "school_year": two[1].eq("/") & after.eq(1),
        "years": two[1].eq("-") & after.gt(0),
        "date": time.str.fullmatch(DAY) & ~unreal(time),
        "unknown": time == "",
    }
    return {kind: fit.astype(bool) for kind, fit in fits.items()}


def kinds(times: pd.Series) -> pd.Series[str]:
    """The kind of time that each text states."""
    found = pd.Series("unknown", index=times.index, dtype="str")
    for kind, states in stating(times).items():
        found = found.mask(states, kind)
    return found


def deadlines(measures: pd.DataFrame, happened: pd.Series | None = None) -> pd.Series:
    """The deadline of each measure; they are few, so each is made once.

    Args:
        measures: rows of the table of measures.
        happened: days (datetime64) of the events that have happened; index event.

    Returns:
        :class:`slz_lib.vocabulary.Deadline` values, on the index of ``measures``.
    """
    days = {} if happened is None else {str(event): day.date() for event, day in happened.items()}
    columns = [
        measures[name].fillna("").tolist()
        for name in ("deadline_kind", "deadline_until", "deadline_event")
    ]
    keys = list(zip(*columns, strict=True))
    made = {
        key: Deadline(DeadlineKind(key[0]), key[1], key[2], days.get(key[2])) for key in set(keys)
    }
    return pd.Series([made[key] for key in keys], index=measures.index, dtype="object")
