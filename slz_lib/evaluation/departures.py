"""Decisions that depart from what the rules derive: each needs a reason and a role."""

from __future__ import annotations

import pandas as pd

from slz_lib.language import enumerate_words
from slz_lib.vocabulary import Status

#: What a departure has to have, and its name in the sentence.
_NEEDED = {"reason": "důvod (sloupec reason)", "role": "funkce toho, kdo rozhodl (sloupec role)"}


def departures(judgements: pd.DataFrame) -> pd.DataFrame:
    """The judgements whose decided status is not the derived one (or none could be derived)."""
    decided = judgements["decided"]
    return judgements[decided.notna() & ~decided.eq(judgements["derived"]).fillna(value=False)]


def unreasoned(judgements: pd.DataFrame, decisions: pd.DataFrame) -> list[str]:
    """Departures without a reason or without the role of who decided, a Czech sentence each.

    Args:
        judgements: as :func:`slz_lib.evaluation.judgements.judge` returns.
        decisions: the period's decisions in the order of their file; ``period_id``,
            ``measure_id``, ``decided``, ``reason``, ``role``.
    """
    rows = decisions.assign(row=range(2, len(decisions) + 2)).merge(
        departures(judgements)[["measure_id", "derived"]], on="measure_id"
    )
    faulty = rows[rows[list(_NEEDED)].isna().any(axis="columns")]
    return [
        f"data/periods/{row.period_id}/decisions.csv, řádek {row.row}: opatření {row.measure_id} má "
        f"rozhodnutý stav {Status(row.decided).label}, z\u00a0podkladů vychází "
        f"{Status(row.derived).label if isinstance(row.derived, str) else 'žádný stav'}; chybí "
        + enumerate_words([name for c, name in _NEEDED.items() if pd.isna(getattr(row, c))])
        + ", doplňte."
        for row in faulty.itertuples(index=False)
    ]
