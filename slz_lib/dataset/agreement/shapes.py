"""What texts are made of: days that a calendar has, ids that repeat other columns."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.vocabulary import DAY


def unreal(days: pd.Series[str]) -> pd.Series[bool]:
    """Texts in the shape of a day that no calendar has."""
    shaped = days.where(days.str.fullmatch(DAY, na=False))
    real = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce").notna()
    return shaped.notna() & ~real


def made_of(checked: Checked, column: str, parts: tuple[str, str], join: str) -> list[Fault]:
    """Rows whose ``column`` is not made of the two other columns joined by ``join``."""
    first, second = (checked.frame[part] for part in parts)
    made = first + join + second.astype("str")
    differs = checked.frame[column].notna() & made.notna() & (checked.frame[column] != made)
    differs &= second.notna()
    return checked.sheet.faults(
        differs,
        column,
        lambda position, _: f"podle sloupců {parts[0]} a {parts[1]} se čeká „{made[position]}“",
    )
