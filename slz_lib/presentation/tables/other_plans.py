"""Other plans: what the sources show of them, and what is linked to them."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.nearest import require_known
from slz_lib.dataset.trees import roots
from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.language import enumerate_words
from slz_lib.presentation.cells import NOTHING
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import (
    area_anchor,
    measure_anchors,
    measure_titles,
    own_reading,
    serving,
)
from slz_lib.presentation.phrases import capitalised
from slz_lib.presentation.selecting import telling_selection

#: What an item may have besides its name, with the width of its column.
_TRAITS = {
    "body": ("Gestor", 0.9),
    "cooperating": ("Spolugestor", 1.6),
    "indicator": ("Indikátor", 1.8),
    "figures": ("Údaje", 1.6),
    "term": ("Termín", 1.0),
    "status": ("Stav", 1.0),
}


def _lowest(items: pd.DataFrame) -> pd.DataFrame:
    """The items of the levels that nothing stands under."""
    above = items["id"].isin(items["parent_id"])
    return items[~items["level_id"].isin(items.loc[above, "level_id"])]


@telling_selection
def plan_table(evaluation: Evaluation, plan: str) -> Table:
    """Nejnižší položky jiného plánu a co o nich plán říká.

    Args:
        evaluation: the judged period.
        plan: id of a plan that has items.

    Raises:
        ParameterError: there is no such plan.
    """
    dataset = evaluation.dataset
    require_known("Jiný plán", plan, list(dataset.other_items["plan_id"].unique()))
    record = dataset.other_plans.set_index("plan_id").loc[plan]
    own = dataset.other_items[dataset.other_items["plan_id"].eq(plan)]
    levels = dataset.other_levels[dataset.other_levels["plan_id"].eq(plan)]
    levels = levels.sort_values("order").set_index("id")
    items = _lowest(own)
    kinds = levels[levels.index.isin(items["level_id"])]
    above = items["id"].map(roots(own)).where(items["parent_id"].notna())
    tops = levels[levels.index.isin(own.loc[own["id"].isin(above), "level_id"])]
    constant = [name for name in _TRAITS if len(items[name].drop_duplicates()) == 1]
    columns = [
        Col("Číslo", items["number"], 0.8) if items["number"].notna().any() else None,
        Col(capitalised(enumerate_words([*kinds["one"]], "nebo")), items["name"], 4),
    ]
    if len(tops):
        title = capitalised(enumerate_words([*tops["one"]], "nebo"))
        columns.append(Col(title, above.map(own.set_index("id")["name"]), 1.8))
    columns += [
        Col(title, items[name], weight)
        for name, (title, weight) in _TRAITS.items()
        if name not in constant
    ]
    notes = [
        f"{_TRAITS[name][0]} u\u00a0všech: {items[name].iloc[0]}."
        for name in constant
        if len(items) > 1 and items[name].notna().all()
    ]
    gaps = any(pd.Series(col.holds).isna().any() for col in columns if col)
    unknown = f"{NOTHING} znamená, že údaj podklady neuvádějí." if gaps else ""
    return table(
        columns,
        anchor=f"tab-plan-{plan}",
        caption=f"{capitalised(enumerate_words([*kinds['few']]))} {record['genitive']}",
        sheet=capitalised(str(record["short_name"])),
        notes=[*notes, unknown],
    )


@telling_selection
def links_table(evaluation: Evaluation) -> Table:
    """Vazby okruhů a opatření na jiné plány."""
    dataset = evaluation.dataset
    links = dataset.links.dropna(subset=["item_id"])
    titles = pd.concat([dataset.areas.set_index("id")["short_name"], measure_titles(dataset)])
    source = links["area_id"].fillna(links["measure_id"])
    anchors = links["area_id"].map(area_anchor, na_action="ignore")
    kinds = {"area_id": str(dataset.terms.area), "measure_id": "opatření"}
    from_ = [word for name, word in kinds.items() if links[name].notna().any()]
    plans = dataset.other_plans.set_index("plan_id")["short_name"]
    items = dataset.other_items.set_index(["plan_id", "id"])
    levels = dataset.other_levels.set_index(["plan_id", "id"])["one"]
    targets = items.loc[pd.MultiIndex.from_frame(links[["plan_id", "item_id"]])].reset_index()
    kind = levels.loc[pd.MultiIndex.from_frame(targets[["plan_id", "level_id"]])]
    numbers = (targets["number"] + "\u2002").fillna("")
    return table(
        [
            Col(
                capitalised(enumerate_words(from_, "nebo")),
                source + "\u2002" + source.map(titles),
                2,
                refs=anchors.fillna(measure_anchors(links["measure_id"])),
            ),
            Col("Plán", [*(links["plan_id"].map(plans) + ": " + [*kind])], 1.6),
            Col("Na co navazuje", [*(numbers + targets["name"])], 3),
            Col("Proč", links["note"], 2.2),
        ],
        anchor="tab-vazby",
        caption=f"Vazby {serving(dataset, links)} na jiné plány",
        sheet="Vazby",
        notes=["Vazby určil zpracovatel." if own_reading(dataset, links) else ""],
    )
