"""What the plan's measures answer: the strategy's goals and other plans, and where nothing does."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.observations import each_place
from slz_lib.documents.model import Table
from slz_lib.evaluation.alignment import counterparts, goal_answers, unlinked
from slz_lib.evaluation.responses import districts_of_places, named_places
from slz_lib.language import czech_sorted, enumerate_words
from slz_lib.planning import ActionPlan
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import goal_keys
from slz_lib.presentation.phrases import capitalised
from slz_lib.vocabulary import Cause

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


def districts_table(plan: ActionPlan) -> Table:
    """Opatření s krokem, která běží jen v některých obcích: kde podklady místo jmenují a kde ne."""
    evaluation, terms = plan.evaluation, plan.terms
    narrow = plan.steps.loc[plan.steps["cause"].eq(str(Cause.SOME_MUNICIPALITIES)), "measure_id"]
    named = named_places(evaluation)
    measures = narrow[narrow.isin(named["measure_id"])].unique()
    named = named[named["measure_id"].isin(measures)]
    said = _places_of_steps(plan)
    names = evaluation.dataset.districts.set_index("id")["name"]
    shown = czech_sorted(names.index, key=names.to_dict().__getitem__)
    shown = shown if len(measures) or len(said) else []
    grid = pd.crosstab(named["district_id"], named["measure_id"])
    grid = grid.reindex(index=shown, columns=measures, fill_value=0).gt(0)

    def listed(found: pd.DataFrame) -> list[str]:
        return [", ".join(measures[row]) or "žádné" for row in found.to_numpy()]

    return table(
        [
            Col(capitalised(str(terms.district_title)), [*names.reindex(shown)], 1.2),
            Col("Podklady místo jmenují", listed(grid), 2),
            Col("Podklady místo nejmenují", listed(~grid), 3),
            Col("Krok místo jmenuje", [said.get(each, "žádné") for each in shown], 1.6),
        ],
        anchor="tab-plan-obvody",
        caption="Opatření s krokem, která běží jen v některých obcích, podle území",
        sheet="Plán podle území",
        notes=[
            "Podklady: jen opatření, u nichž nějaké místo jmenují.",
            "Kde místo nejmenují, může činnost probíhat; nejmenuje-li je krok, určí je gestor.",
        ],
    )


def _places_of_steps(plan: ActionPlan) -> pd.Series:
    """Measures whose step names a place there, joined by commas, by district id."""
    own = plan.own("proposals")
    own = own[own["measure_id"].isin(plan.steps["measure_id"])]
    named = each_place(own)
    named["district_id"] = named["place"].map(districts_of_places(plan.evaluation.dataset))
    pairs = named.dropna(subset="district_id").drop_duplicates(["measure_id", "district_id"])
    return pairs.groupby("district_id")["measure_id"].agg(", ".join)
