"""What the plan's measures answer: the strategy's goals and other plans, and where nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slz_lib.evaluation.alignment import counterparts, goal_answers, unlinked
from slz_lib.language import enumerate_words
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import goal_keys
from slz_lib.presentation.phrases import capitalised

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Table
    from slz_lib.planning import ActionPlan

#: What stands where nothing answers; a gap is to be read, not to be guessed from a dash.
GAP = "žádné opatření"


def _steps(plan: ActionPlan, measures: pd.Series) -> list[int]:
    """How many steps the plan has for the measures of each row."""
    counts = plan.steps["measure_id"].value_counts()
    rows = measures.fillna("").str.split(", ")
    return [int(counts.reindex(ids).sum()) for ids in rows]


def goal_answers_table(plan: ActionPlan) -> Table:
    """Nejnižší cíle strategie, opatření, která na ně odpovídají, a kolik kroků pro ně plán má."""
    dataset = plan.evaluation.dataset
    found = goal_answers(dataset)
    levels = dataset.goal_levels.sort_values("order")
    kinds = dataset.goals.set_index("id").loc[found.index, "level_id"]
    levels = levels[levels["id"].isin(kinds)]
    kind = capitalised(enumerate_words([*levels["one"]], "nebo"))
    several = capitalised(enumerate_words([*levels["few"]]))
    names = goal_keys(dataset).reindex(found.index) + found["name"].fillna("—")
    return table(
        [
            Col(kind, names, 4),
            Col("Opatření", found["measures"].fillna(GAP), 2),
            Col("Kroky plánu", _steps(plan, found["measures"]), 0.8),
        ],
        anchor="tab-soulad-cile",
        caption=f"{several} a opatření, která na ně odpovídají",
        sheet="Soulad s cíli",
        notes=["Vazby jednotlivých opatření určil zpracovatel podle jejich znění a znění cílů."],
    )


def unlinked_table(plan: ActionPlan) -> Table:
    """Opatření bez vazby na nejnižší cíl a bez protějšku v jiném plánu, podle okruhů."""
    dataset = plan.evaluation.dataset
    areas = dataset.areas.sort_values("order").set_index("id")["short_name"]
    goals, items = (unlinked(dataset, column) for column in ("goal_id", "item_id"))
    areas = areas[areas.index.isin(goals.index.union(items.index))]
    return table(
        [
            Col(capitalised(str(plan.terms.area)), areas.index + "\u2002" + areas, 1.6),
            Col("Bez cíle", [*goals.reindex(areas.index).fillna("žádné")], 2),
            Col("Bez protějšku v jiném plánu", [*items.reindex(areas.index).fillna("žádné")], 2.6),
        ],
        anchor="tab-soulad-bez-vazby",
        caption="Opatření, která na žádný dílčí cíl ani jiný plán neodpovídají",
        sheet="Bez vazby",
    )


def counterparts_table(plan: ActionPlan) -> Table:
    """Položky jiných plánů a jejich protějšky ve strategii, i ty, které žádný nemají."""
    dataset = plan.evaluation.dataset
    found = counterparts(dataset)
    plans = dataset.other_plans.set_index("plan_id")["short_name"]
    higher = "jen nadřazená položka: " + found["above"]
    return table(
        [
            Col("Plán", [*found["plan_id"].map(plans).map(capitalised)], 1.2),
            Col("Položka", (found["number"] + "\u2002").fillna("") + found["name"], 3.4),
            Col("Protějšek ve strategii", found["own"].fillna(higher).fillna(GAP), 2),
            Col("Kroky plánu", _steps(plan, found["own"]), 0.8),
        ],
        anchor="tab-soulad-plany",
        caption="Položky jiných plánů a jejich protějšky",
        sheet="Protějšky",
        filterable=True,
        notes=["Protějšky určil zpracovatel podle shodného předmětu."],
    )
