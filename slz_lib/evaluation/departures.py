"""Decisions that depart from what the rules derive: each needs a reason and a role."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from slz_lib.language import enumerate_words, no_breaks
from slz_lib.vocabulary import Status

#: What a departure has to have, and its name in the sentence.
_NEEDED = {"reason": "důvod (sloupec reason)", "role": "funkci toho, kdo rozhodl (sloupec role)"}


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
    return [_sentence(row) for row in faulty.to_dict("records")]


def _sentence(row: dict[Hashable, object]) -> str:
    derived = row["derived"]
    follows = (
        f"vychází {Status(derived).label}" if isinstance(derived, str) else "nevychází žádný stav"
    )
    missing = [name for column, name in _NEEDED.items() if not isinstance(row[column], str)]
    return no_breaks(
        f"data/periods/{row['period_id']}/decisions.csv, řádek {row['row']}: "
        f"opatření {row['measure_id']} má rozhodnutý stav {Status(str(row['decided'])).label}, "
        f"z podkladů {follows}; doplňte {enumerate_words(missing)}."
    )
