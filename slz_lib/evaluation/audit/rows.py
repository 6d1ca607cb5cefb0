"""Findings as rows: the columns that every check fills, and words that several checks share."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from slz_lib.evaluation.criteria import ACTIVE, reach_words
from slz_lib.language import no_breaks
from slz_lib.vocabulary import STATE_LABELS, AuditCheck, Terms


def rows(
    check: AuditCheck,
    *,
    place: pd.Series | str,
    claim: pd.Series | str,
    explanation: pd.Series,
    on_measures: bool = True,
    recomputed: pd.Series | str | None = None,
    evidence: pd.Series | None = None,
) -> pd.DataFrame:
    """Findings of one check; the index of every series are the subjects.

    These are ids of measures, unless ``on_measures`` says otherwise.

    Returns:
        A column for each word below (str, NA where a check has nothing to say).
    """
    told: dict[str, object] = {
        "check": str(check),
        "subject": explanation.index,
        "measure_id": explanation.index if on_measures else None,
        "place": place,
        "claim": claim,
        "recomputed": recomputed,
        "explanation": explanation,
        "evidence": evidence,
    }
    table = pd.DataFrame(told, index=explanation.index)
    table = table.astype("str").where(table.notna())
    table["explanation"] = table["explanation"].map(no_breaks, na_action="ignore")
    return table.reset_index(drop=True)


def together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Findings of several checks, one after another."""
    return pd.concat(list(parts), ignore_index=True)


def joined(values: pd.Series, by: pd.Series, separator: str = ", ") -> pd.Series:
    """``values`` of each group as one text, in their order (index: the group)."""
    return values.groupby(by, sort=False).agg(separator.join)


def either(holds: pd.Series, text: pd.Series | str, otherwise: pd.Series | str = "") -> pd.Series:
    """``text`` where something holds, and something else (nothing) where it does not."""
    return pd.Series(np.where(holds, text, otherwise), index=holds.index, dtype="str")


def looked_up(keys: pd.Series, texts: pd.Series) -> pd.Series:
    """The text of each key (str); NA where there is none, also where there are no texts at all."""
    return keys.map(texts.astype("str")).astype("str")


def criteria_words(criteria: pd.DataFrame, terms: Terms) -> pd.Series:
    """What the criteria of each measure have reached: *„metodika“: plněno částečně*.

    Returns:
        Czech text by measure id, without a full stop.
    """
    worded = "„" + criteria["criterion"] + "“: " + standing_words(criteria, terms)
    return joined(worded, criteria["measure_id"], "; ")


def standing_words(criteria: pd.DataFrame, terms: Terms) -> pd.Series:
    """State and reach of each criterion; what is not active reaches nowhere."""
    active = criteria["state"].isin(ACTIVE)
    reach = (", dosah " + criteria["reach"].map(reach_words(terms))).where(active, "")
    return criteria["state"].map(STATE_LABELS) + reach
