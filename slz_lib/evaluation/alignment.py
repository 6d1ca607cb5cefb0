"""What answers what: measures the strategy's goals and items of other plans, both ways."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.trees import ancestry, in_order


def goal_answers(dataset: Dataset) -> pd.DataFrame:
    """The goals that nothing stands under, in order, and the measures linked to each itself.

    Returns:
        Index goal id; ``number``, ``name``, ``parent_id``, ``measures`` (ids joined by ``", "``; NA
        where none is).
    """
    links = dataset.links.dropna(subset=["goal_id", "measure_id"])
    goals = in_order(dataset.goals)
    lowest = goals[~goals["id"].isin(goals["parent_id"])].set_index("id")
    answering = _listed(links.set_index("goal_id")["measure_id"], dataset)
    return lowest[["number", "name", "parent_id"]].assign(
        measures=answering.reindex(lowest.index).astype("str")
    )


def goal_matrix(dataset: Dataset) -> pd.DataFrame:
    """Areas × goals of the second level (of the first where there is but one).

    Returns:
        Index area id, columns goal id, in their order: how many measures of the area are linked to
        the goal or to what stands under it (Int64); NA where neither they nor the area are.
    """
    goals, areas = in_order(dataset.goals), dataset.areas.sort_values("order")["id"]
    ranks = goals["level_id"].map(dataset.goal_levels.set_index("id")["order"])
    shown = goals.loc[ranks.eq(min(2, ranks.max())), "id"]
    home = dataset.measures.drop_duplicates("id").set_index("id")["area_id"]
    links = dataset.links.dropna(subset=["goal_id"])
    links = links.assign(area_id=links["area_id"].fillna(links["measure_id"].map(home)))
    above = ancestry(goals).rename(columns={"id": "goal_id"})
    pairs = links.merge(above, on="goal_id").query("above in @shown")
    counts = pairs.pivot_table("measure_id", "area_id", "above", aggfunc="nunique", dropna=False)
    return counts.reindex(index=areas, columns=shown).astype("Int64")


def counterparts(dataset: Dataset) -> pd.DataFrame:
    """The items of other plans that nothing stands under, and what of the strategy answers each.

    Returns:
        A row an item: ``plan_id``, ``id``, ``number``, ``name``, ``own`` (measures and areas linked
        to it), ``above`` (those linked to what it stands under alone); NA where there are none.
    """
    items, links = dataset.other_items, dataset.links.dropna(subset=["item_id"])
    answers = links.assign(answer=links["measure_id"].fillna(links["area_id"]))
    rows = []
    for plan, own in items.groupby("plan_id", sort=False):
        linked = answers.loc[answers["plan_id"].eq(plan)].set_index("item_id")["answer"]
        ways = ancestry(own)
        higher = ways[ways["id"].ne(ways["above"])].set_index("above")["id"]
        over = pd.DataFrame({"id": higher}).join(linked.rename("answer"), how="inner")
        lowest = own[~own["id"].isin(own["parent_id"])].set_index("id", drop=False)
        listed = (_listed(each, dataset) for each in (linked, over.set_index("id")["answer"]))
        found = [each.reindex(lowest.index).astype("str") for each in listed]
        rows.append(
            lowest[["plan_id", "id", "number", "name"]].assign(own=found[0], above=found[1])
        )
    if not rows:
        columns = ["plan_id", "id", "number", "name", "own", "above"]
        return pd.DataFrame(columns=columns, dtype="str")
    return pd.concat(rows, ignore_index=True)


def unlinked(dataset: Dataset, column: str) -> pd.Series:
    """Measures that no link leads from to a goal that nothing stands under, or to an item.

    ``column`` is ``goal_id`` or ``item_id``.

    Returns:
        Ids joined by ``", "``, by area id, in their order; areas without any are left out.
    """
    linked = dataset.links.dropna(subset=[column, "measure_id"])
    if column == "goal_id":
        linked = linked[~linked["goal_id"].isin(dataset.goals["parent_id"])]
    rest = dataset.measures.drop_duplicates("id")
    rest = rest[~rest["id"].isin(linked["measure_id"])]
    return rest.groupby("area_id", sort=False)["id"].agg(", ".join)


def _listed(answers: pd.Series, dataset: Dataset) -> pd.Series:
    """Ids joined by a comma in the strategy's order, by the index of ``answers``."""
    ids = [*dataset.areas["id"], *dataset.measures["id"]]
    order = dict(zip(ids, range(len(ids)), strict=True))
    rows = pd.DataFrame({"of": answers.index, "id": answers.to_numpy()}, dtype="str")
    ordered = rows.drop_duplicates().sort_values(
        "id", key=lambda each: each.map(order), kind="stable"
    )
    return ordered.groupby("of")["id"].agg(", ".join)
