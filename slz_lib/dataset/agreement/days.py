"""Texts in the shape of a day."""

from __future__ import annotations

import pandas as pd

from slz_lib.vocabulary import DAY


def unreal(days: pd.Series[str]) -> pd.Series[bool]:
    """Texts in the shape of a day that no calendar has."""
    shaped = days.where(days.str.fullmatch(DAY, na=False))
    real = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce").notna()
    return shaped.notna() & ~real
