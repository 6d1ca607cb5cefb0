"""Counts of the statuses that stand, by area, by lead body, by deadline and by goal.

Counts are whole numbers; a measure without a status is counted as such, apart from the scale.
"""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.trees import roots
from slz_lib.language import czech_sorted
from slz_lib.vocabulary import DeadlineKind, Scale

#: What stands in a count for a measure without a status: a state of knowledge, no step of it.
NO_STATUS = "NO_STATUS"


def _counts(table: pd.DataFrame, by: str, scale: Scale) -> pd.DataFrame:
    """``by`` × statuses, every status a column, then ``NO_STATUS`` and ``total``."""
    return crossed(table[by], table["status"].fillna(NO_STATUS), [*scale.codes, NO_STATUS])


def crossed(rows: pd.Series, columns: pd.Series, codes: list[str]) -> pd.DataFrame:
    """How often values meet: a row each of ``rows``, a column each of ``codes``, ``total``."""
    wide = pd.crosstab(rows, columns).reindex(columns=codes, fill_value=0)
    wide.columns = pd.Index(codes)
    return wide.assign(total=wide.sum(axis="columns"))


def totals(judgements: pd.DataFrame, scale: Scale, status: str = "status") -> pd.Series:
    """Number of measures in each status (of that column), best first, with zeros for none.

    Returns:
        Index status code, int values.
    """
    return judgements[status].value_counts().reindex(scale.codes, fill_value=0)


def share(part: pd.Series, whole: pd.Series | float) -> pd.Series:
    """``part`` as fractions of ``whole`` (Float64); NA where there is no whole."""
    wholes = pd.Series(whole, index=part.index, dtype="Float64")
    return part.astype("Float64") / wholes.where(wholes.gt(0))


def by_area(judgements: pd.DataFrame, areas: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Areas × statuses.

    Returns:
        Index area id in the strategy's order; a column of counts for each status, ``NO_STATUS``
        (not judged yet), ``total``.
    """
    order = areas.sort_values("order")["id"]
    return _counts(judgements, "area_id", scale).reindex(order, fill_value=0)


def bodies_in_order(table: pd.DataFrame, bodies: pd.DataFrame, by: str) -> pd.DataFrame:
    """A table of bodies in the order in which documents list them.

    Args:
        table: index body id, ``""`` for what has no body.
        bodies: the dataset's bodies.
        by: the column that orders, largest first.

    Returns:
        ``table`` by ``by``, then by short name in Czech order; ``""`` last.
    """
    short = bodies.set_index("id")["short_name"]
    nobody = [body for body in table.index if not body]
    named = czech_sorted(table.index.drop(nobody), key=lambda body: str(short[body]))
    ordered = table.loc[named].sort_values(by, ascending=False, kind="stable")
    return table.loc[[*ordered.index, *nobody]]


def by_lead(
    judgements: pd.DataFrame, leads: pd.DataFrame, bodies: pd.DataFrame, scale: Scale
) -> pd.DataFrame:
    """Lead bodies × statuses; a measure with two leads counts under each.

    Returns:
        Index body id, ``""`` for measures without any lead body; counts and ``total``; ordered
        by total, then short name, ``""`` last. The totals add up to more than the number of
        measures.
    """
    joined = leads[["measure_id", "body_id"]].fillna({"body_id": ""}).drop_duplicates()
    table = joined.merge(judgements[["measure_id", "status"]], on="measure_id")
    return bodies_in_order(_counts(table, "body_id", scale), bodies, "total")


def by_deadline(judgements: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Deadlines × statuses.

    Returns:
        Columns ``deadline`` (in words), ``deadline_kind``, ``deadline_day`` (NaT where it has no
        end), counts, ``total``; in the order of kinds, each by day.
    """
    columns = ["deadline", "deadline_kind", "deadline_day"]
    labels = judgements[columns].drop_duplicates("deadline").set_index("deadline")
    wide = _counts(judgements, "deadline", scale).reindex(labels.index, fill_value=0)
    table = labels.join(wide)
    kinds = table["deadline_kind"].map({kind: rank for rank, kind in enumerate(DeadlineKind)})
    ordered = table.assign(kind=kinds).sort_values(["kind", "deadline_day"], kind="stable")
    return ordered.drop(columns="kind").reset_index()


def by_goal(judgements: pd.DataFrame, dataset: Dataset, scale: Scale) -> pd.DataFrame:
    """Goals of the first level × statuses of the measures that serve them or what is under them.

    A measure serves the goals that it or its area is linked to. One that serves two counts under
    each, so the totals add up to more than the number of measures.

    Returns:
        Index goal id in the strategy's order; ``areas`` (int, areas linked to the goal), counts,
        ``total``.
    """
    links = dataset.links.assign(goal_id=dataset.links["goal_id"].map(roots(dataset.goals)))
    of_areas, of_measures = (
        links[["goal_id", name]].dropna().drop_duplicates() for name in ("area_id", "measure_id")
    )
    judged = judgements[["measure_id", "area_id", "status"]]
    pairs = [of_areas.merge(judged, on="area_id"), of_measures.merge(judged, on="measure_id")]
    table = pd.concat(pairs).drop_duplicates(["goal_id", "measure_id"])
    order = dataset.goals[dataset.goals["parent_id"].isna()].sort_values("order")["id"]
    wide = _counts(table, "goal_id", scale).reindex(order, fill_value=0)
    areas = of_areas.groupby("goal_id").size().reindex(order, fill_value=0)
    wide.insert(0, "areas", areas)
    return wide
