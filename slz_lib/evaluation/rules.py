"""Rules of evaluation, applied to the whole table at once.

The rules themselves are records in ``data/rules``; here is only what *applies* means: all
conditions of a rule hold, and the first rule in order decides.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np
import pandas as pd

_OPERATORS: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
}


def satisfied(quantities: pd.DataFrame, conditions: pd.DataFrame) -> pd.Series:
    """Where every one of ``conditions`` holds; an unknown quantity satisfies none.

    Args:
        quantities: one row a measure.
        conditions: columns ``quantity``, ``operator``, ``value``; a handful of rows.
    """
    holds = pd.Series(True, index=quantities.index)
    for quantity, sign, value in conditions[["quantity", "operator", "value"]].to_numpy():
        holds &= _OPERATORS[sign](quantities[quantity], value).fillna(False).astype(bool)
    return holds


def decide(quantities: pd.DataFrame, rules: pd.DataFrame, conditions: pd.DataFrame) -> pd.DataFrame:
    """The derived status of every measure and the rule that gave it.

    Args:
        quantities: as :func:`slz_lib.evaluation.criteria.quantities` returns.
        rules: columns ``id``, ``order``, ``status``; those valid in the period.
        conditions: columns ``rule_id``, ``quantity``, ``operator``, ``value``.

    Returns:
        Index ``measure_id``; ``derived`` and ``rule_id`` (str, NA where no rule applies).
    """
    ordered = rules.sort_values("order")
    masks = [
        satisfied(quantities, conditions[conditions["rule_id"] == rule]) for rule in ordered["id"]
    ]
    which = np.select(masks, range(len(masks)), default=-1) if masks else np.array([])
    position = pd.Series(which, index=quantities.index).replace(-1, pd.NA).astype("Int64")
    chosen = ordered.reset_index(drop=True)
    return pd.DataFrame(
        {
            "derived": position.map(chosen["status"]).astype("str").where(position.notna()),
            "rule_id": position.map(chosen["id"]).astype("str").where(position.notna()),
        },
        index=quantities.index,
    )
