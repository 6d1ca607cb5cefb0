"""Agreement within a plan: measures proposed to be merged."""

from __future__ import annotations

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault


def merge_faults(merges: Checked) -> list[Fault]:
    """A measure is merged into another one, which itself stays."""
    frame, sheet = merges.frame, merges.sheet
    known = frame["measure_id"].notna() & frame["into_measure_id"].notna()
    itself = known & (frame["measure_id"] == frame["into_measure_id"])
    merged = (frame["horizon_id"] + "/" + frame["measure_id"])[known & ~itself]
    into = frame["horizon_id"] + "/" + frame["into_measure_id"]
    return [
        *sheet.faults(itself, "into_measure_id", "opatření nelze sloučit samo se sebou"),
        *sheet.faults(
            known & ~itself & into.isin(merged),
            "into_measure_id",
            "toto opatření se samo slučuje s jiným; čeká se opatření, které zůstane",
        ),
    ]
