"""The strategy's goals: what serves them, and how it stands."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.trees import in_order, roots
from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.language import after, enumerate_words
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import (
    by_status,
    goal_keys,
    goal_links,
    goal_names,
    own_reading,
    serving,
)
from slz_lib.presentation.phrases import capitalised
from slz_lib.presentation.selecting import telling_selection
from slz_lib.presentation.tables.breakdowns import status_columns


@telling_selection
def goal_status_table(evaluation: Evaluation) -> Table:
    """Cíle první úrovně × stavy opatření, která jim slouží."""
    dataset, counts = evaluation.dataset, evaluation.by_goal
    level = dataset.goal_levels.sort_values("order").iloc[0]
    names = (goal_keys(dataset) + goal_names(dataset)).reindex(counts.index)
    links = goal_links(dataset)
    own = f"Vazbu {serving(dataset, links)} na cíle určil zpracovatel."
    through_areas = links["measure_id"].isna().all()
    areas = dataset.terms.area
    linked = after("v", areas.form(6, "navázaný", plural=True))
    what = f"opatření {linked}" if through_areas else "navázaných opatření"
    return table(
        [
            Col(capitalised(level["one"]), names, 2.4),
            Col(f"Počet {areas.form(2, plural=True)}", counts["areas"])
            if counts["areas"].any()
            else None,
            *status_columns(counts, evaluation.scale),
        ],
        anchor="tab-priority",
        caption=f"{capitalised(level['few'])} podle {by_status(evaluation)} {what}",
        sheet=capitalised(level["few"]),
        notes=[
            own if own_reading(dataset, links) else "",
            f"Opatření se počítá u\u00a0všech {level['many']}, kterým slouží.",
        ],
    )


@telling_selection
def goals_table(evaluation: Evaluation) -> Table:
    """Cíle pod první úrovní, kam až vazby vedou, a co jim slouží."""
    dataset = evaluation.dataset
    links = goal_links(dataset)
    levels = dataset.goal_levels.sort_values("order").set_index("id")
    ranks = dataset.goals["level_id"].map(levels["order"])
    linked = ranks[dataset.goals["id"].isin(links["goal_id"])].max()
    first = min(2, ranks.max())
    shown = levels[levels["order"].between(first, max(first, linked) if len(links) else first)]
    goals = in_order(dataset.goals)
    goals = goals[goals["level_id"].isin(shown.index)].set_index("id", drop=False)
    area = dataset.terms.area
    titles = {"area_id": capitalised(area.form(1, plural=True)), "measure_id": "Opatření"}
    serves = {
        title: goals["id"].map(served.groupby("goal_id", sort=False)[name].agg(", ".join))
        for name, title in titles.items()
        if len(served := links.dropna(subset=[name]))
    }
    own = f"Vazby {serving(dataset, links)} určil zpracovatel."
    words = enumerate_words([*shown["few"], *(title.lower() for title in serves)])
    which = "která" if [*serves] == ["Opatření"] else area.agreeing("který", plural=True)
    named = f"{words}, {which} jim slouží"
    return table(
        [
            Col("Cíl", goals["number"], 0.6) if goals["number"].notna().any() else None,
            Col("Název", goals["name"], 4),
            *_placed(dataset, goals, shown, levels),
            *(Col(title, ids, 1.3) for title, ids in serves.items()),
        ],
        anchor="tab-cile",
        caption=capitalised(named if serves else words),
        sheet="Cíle jednotlivě" if levels["few"].iloc[0].casefold() == "cíle" else "Cíle",
        notes=[
            "— v\u00a0názvu cíle: název ve zdroji chybí." if goals["name"].isna().any() else "",
            own if own_reading(dataset, links) else "",
        ],
    )


def _placed(
    dataset: Dataset, goals: pd.DataFrame, shown: pd.DataFrame, levels: pd.DataFrame
) -> list[Col]:
    """Where goals stand among the levels: what they are, what they serve, what is under them."""
    columns = []
    if len(shown) > 1:
        columns.append(Col("Úroveň", goals["level_id"].map(levels["one"]), 1.2))
    if shown["order"].min() > 1:
        above = goals["id"].map(roots(dataset.goals)).map(goal_names(dataset))
        columns.append(Col(capitalised(levels["one"].iloc[0]), above, 1.4))
    under = levels[levels["order"] > shown["order"].max()]
    if len(shown) == 1 and len(under):
        numbers = goals["id"].map(dataset.goals.groupby("parent_id").size()).fillna(0)
        columns.append(Col(f"Počet {under['many'].iloc[0]}", numbers.astype("int64")))
    return columns
