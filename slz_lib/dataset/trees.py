"""Rows that stand under one another: goals, items of other plans, bodies."""

from __future__ import annotations

import pandas as pd


def roots(rows: pd.DataFrame) -> pd.Series:
    """The id of what each row stands under in the end, itself where under nothing; index id."""
    parents = rows.set_index("id")["parent_id"]
    found = pd.Series(parents.index, index=parents.index, dtype="str")
    while (above := found.map(parents)).notna().any():
        found = above.fillna(found)
    return found


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a reader goes through them: each followed by what stands under it."""
    parents, order = (rows.set_index("id")[name] for name in ("parent_id", "order"))
    places = order.astype("str").str.zfill(9)
    way, above = places, parents
    while above.notna().any():
        way = (above.map(places) + "/").fillna("") + way
        above = above.map(parents)
    return rows.loc[way.reset_index(drop=True).sort_values().index]


def ancestry(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row beside itself and beside whatever it stands under, however far.

    Returns:
        Columns ``id`` and ``above``.
    """
    parents = rows.set_index("id")["parent_id"].dropna()
    step = pd.DataFrame({"id": rows["id"], "above": rows["id"]})
    found = [step]
    while len(step := step.assign(above=step["above"].map(parents)).dropna()):
        found.append(step)
    return pd.concat(found, ignore_index=True)
