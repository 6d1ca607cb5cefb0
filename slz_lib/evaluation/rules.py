"""Rules of evaluation, applied to the whole table at once.

The rules themselves are records in ``data/rules``; here is only what *applies* means: all
conditions of a rule hold, and the first rule in order decides.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from slz_lib.errors import EvaluationError
from slz_lib.language import format_date
from slz_lib.vocabulary import Status

_OPERATORS: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
}


def rules_in_force(all_rules: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Of the rules of each order, the newest version that is valid on the day ``as_of``.

    Args:
        all_rules: columns ``order``, ``valid_from`` (datetime64) and the rest; the dataset refuses
            two rules of one order that are valid from the same day.
        as_of: the day to which the measures are judged.

    Raises:
        EvaluationError: no rule is valid on that day.
    """
    valid = all_rules[all_rules["valid_from"] <= pd.Timestamp(as_of)]
    if valid.empty:
        first = all_rules["valid_from"].min().date()
        raise EvaluationError(
            f"Ke dni {format_date(as_of)} neplatí žádné pravidlo hodnocení; "
            f"první platí od {format_date(first)}."
        )
    newest = valid.sort_values("valid_from", kind="stable").drop_duplicates("order", keep="last")
    return newest.sort_values("order", ignore_index=True)


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


def reaches(
    status: Status,
    quantity: str,
    quantities: pd.DataFrame,
    rules: pd.DataFrame,
    conditions: pd.DataFrame,
) -> pd.Series:
    """Where a quantity is as high as a rule for ``status`` wants it, whatever the others are.

    Args:
        status: the status whose rules are asked.
        quantity: the quantity, for example ``share_fulfilled``.
        quantities: one row a measure; the quantity is a column.
        rules: the rules in force, columns ``id``, ``status``.
        conditions: conditions of the rules.

    Raises:
        EvaluationError: no rule for the status has a condition on the quantity.
    """
    giving = rules.loc[rules["status"] == str(status), "id"]
    asked = conditions[conditions["rule_id"].isin(giving) & conditions["quantity"].eq(quantity)]
    if asked.empty:
        raise EvaluationError(
            f"Platné pravidlo pro stupeň {status.label} nemá podmínku pro veličinu „{quantity}“, "
            "podle níž se navrhuje plán; doplňte ji do data/rules/rule_conditions.csv."
        )
    holds = pd.Series(False, index=quantities.index)
    for _, of_rule in asked.groupby("rule_id"):
        holds |= satisfied(quantities, of_rule)
    return holds


def decide(quantities: pd.DataFrame, rules: pd.DataFrame, conditions: pd.DataFrame) -> pd.DataFrame:
    """The derived status of every measure and the rule that gave it.

    Args:
        quantities: as :func:`slz_lib.evaluation.criteria.quantities` returns.
        rules: columns ``id``, ``order``, ``status``; those in force.
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
