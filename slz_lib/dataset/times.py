"""Times of figures: the kinds that there are, and which texts state one."""

from __future__ import annotations

import re

import pandas as pd

from slz_lib.dataset.keys import unreal
from slz_lib.vocabulary import DAY


def stating(times: pd.Series) -> dict[str, pd.Series[bool]]:
    """By kind of time, which texts state one; an unknown time is empty."""
    time = times.astype("str").fillna("")
    fits = {
        "year": time.str.fullmatch("[0-9]{4}"),
        "school_year": time.map(lambda text: _years(text, "/") == 1),
        "years": time.map(lambda text: _years(text, "-") > 0),
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


def _years(text: str, join: str) -> int:
    """How many years the second of two comes after the first; none where there are no two."""
    found = re.fullmatch(rf"([0-9]{{4}}){join}([0-9]{{4}})", text)
    return int(found[2]) - int(found[1]) if found else 0
