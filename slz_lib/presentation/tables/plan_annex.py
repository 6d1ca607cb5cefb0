"""Tables of the annex of a plan: why it proposes what it does for each measure, and every step."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.language import after, enumerate_words, format_date
from slz_lib.planning import ActionPlan
from slz_lib.planning.plan import CHOICES
from slz_lib.planning.wording import unfilled
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import (
    NO_LEAD,
    TOTAL,
    body_names,
    cause_labels,
    lead_names,
    listed_bodies,
    measure_titles,
    titled,
    what_changes,
)
from slz_lib.presentation.phrases import at_capacities
from slz_lib.vocabulary import Decides, labels, named_safely

_DECIDES = labels(Decides)


def causes_table(plan: ActionPlan) -> Table:
    """Příčiny: čím se poznají, kolika opatření se týkají, co návrh navrhuje."""
    causes = plan.evaluation.dataset.plan_causes.sort_values("order").set_index("id")
    causes = causes[causes["step"].notna()]  # circumstances have none
    if not plan.evaluation.imported:  # some causes ask how a status was published
        causes = causes[plan.cause_counts.reindex(causes.index).gt(0)]
    return table(
        [
            Col("Příčina", causes["label"], 1.5),
            Col("Kdy platí", causes["wording"], 3),
            Col("Opatření", plan.cause_counts.reindex(causes.index), 0.9),
            Col("Rozhodnutí", causes["choice"].map(CHOICES), 1.1),
            Col("Navržený krok", unfilled(causes["step"]), 3),
        ],
        anchor="tab-priciny",
        caption="Příčiny, počet opatření a navržený krok",
        sheet="Příčiny",
        notes=["Opatření má jednu hlavní příčinu a k ní případně nedostatky zadání."],
    )


def decisions_table(plan: ActionPlan) -> Table:
    """Hlavní příčiny × navržená rozhodnutí."""
    wide = pd.crosstab(plan.decisions["cause"], plan.decisions["choice"])
    order = plan.evaluation.dataset.plan_causes.sort_values("order")["id"]
    kept = [key for key in CHOICES if key in wide]
    wide = wide.reindex(index=[c for c in order if c in wide.index], columns=kept, fill_value=0)
    wide["total"] = wide.sum(axis="columns")
    titles = {**{key: CHOICES[key] for key in kept}, "total": TOTAL}
    return table(
        [
            Col("Hlavní příčina", wide.index.map(cause_labels(plan).get), 2.4, total=TOTAL),
            *(Col(title, wide[key], total=wide[key].sum()) for key, title in titles.items()),
        ],
        anchor="tab-rozhodnuti",
        caption="Opatření podle hlavní příčiny a navrženého rozhodnutí",
        sheet="Rozhodnutí",
    )


def choices_table(plan: ActionPlan) -> Table:
    """Volby pro každé opatření: doporučení, jiné možnosti, pro a proti, kdo rozhoduje."""
    decided = plan.decisions
    others = decided["alternatives"].fillna("").str.split(";")
    listed = [", ".join(CHOICES[each] for each in own if each) or "žádné" for own in others]
    changed = what_changes(plan).to_numpy()
    return table(
        [
            Col("Opatření", titled(decided["measure_id"], plan.evaluation.dataset), 2),
            Col("Návrh", [*(decided["choice"].map(CHOICES) + changed)], 1.6),
            Col("Jiné možnosti", listed, 1.1),
            Col("Proč", decided["why"], 2),
            Col("Pro", decided["for"], 2.2),
            Col("Proti", decided["against"], 2.2),
            Col("Rozhoduje", decided["decides"].map(_DECIDES), 1.1),
        ],
        anchor="tab-volby",
        caption="Volby, důvody a kdo rozhoduje",
        sheet="Volby",
        filterable=True,
    )


def merges_table(plan: ActionPlan) -> Table:
    """Opatření, která se navrhuje sloučit s jiným."""
    dataset = plan.evaluation.dataset
    merged = plan.decisions[plan.decisions["merge_into"].notna()]
    return table(
        [
            Col("Opatření", titled(merged["measure_id"], dataset), 2),
            Col("Sloučit do", titled(merged["merge_into"], dataset), 2),
            Col("Proč", merged["reason"], 2.5),
        ],
        anchor="tab-slouceni",
        caption="Opatření navržená ke sloučení",
        sheet="Sloučení",
    )


def scores_table(plan: ActionPlan) -> Table:
    """Skóre priority všech opatření a jak pevné je jejich místo mezi prvními."""
    assert plan.scores is not None
    scores = plan.scores.table.sort_values("rank")
    names = titled(scores.index.to_series(), plan.evaluation.dataset)
    known = plan.evaluation.dataset.plan_weights.set_index("part")["label"]
    return table(
        [
            Col("Opatření", names, 3),
            Col("Pořadí", scores["rank"]),
            Col("Skóre", scores["score"], form="coefficient"),
            *(
                Col(str(label), scores[part], form="coefficient")
                for part, label in known.items()
                if part in scores and scores[part].notna().any()
            ),
            Col("Drží se mezi prvními", plan.scores.held, form="percent"),
        ],
        anchor="tab-skore",
        caption="Skóre priority a jeho složky",
        sheet="Skóre",
        filterable=True,
        notes=[
            "Složky jsou od 0 do 1, víc znamená naléhavější; — znamená, že je podklady neznají.",
            "Poslední sloupec je podíl zkoušených vah, při nichž opatření zůstane mezi prvními 20.",
        ],
    )


def sensitivity_table(plan: ActionPlan) -> Table:
    """Co se změní mezi prvními dvaceti, když je některá váha jiná."""
    assert plan.scores is not None
    found = plan.scores.sensitivity
    known = plan.evaluation.dataset.plan_weights.set_index("part")["label"]
    listed = [
        found[name].str.replace(";", ", ").replace("", "žádné") for name in ("entered", "left")
    ]
    return table(
        [
            Col("Váha", found["part"].map(known), 1.6),
            Col("Násobek", found["factor"]),
            Col("Zůstane", found["kept"]),
            Col("Nově mezi prvními", listed[0], 2),
            Col("Vypadne", listed[1], 2),
        ],
        anchor="tab-citlivost",
        caption="Citlivost prvních dvaceti na váhy",
        sheet="Citlivost",
        notes=["Násobek 0 váhu vynechá."],
    )


def every_step_table(plan: ActionPlan) -> Table:
    """Všechny kroky se všemi údaji; jen v sešitu."""
    steps, dataset, decided = plan.steps, plan.evaluation.dataset, plan.decisions
    decided = decided.set_index("measure_id").reindex(steps["measure_id"]).set_axis(steps.index)
    return table(
        [
            Col("Číslo", steps["id"]),
            Col("Opatření", steps["measure_id"].map(measure_titles(dataset)), 2),
            Col("Příčina", steps["cause"].map(cause_labels(plan)), 1.5),
            Col("Rozhodnutí", decided["choice"].map(CHOICES)),
            Col("Sloučit do", decided["merge_into"]),
            Col("Krok", steps["step"], 3),
            Col("Gestor", lead_names(steps, dataset)),
            Col("Spolupráce", listed_bodies(steps["cooperating"], dataset), 1.5),
            Col("Indikátor", steps["indicator"], 2),
            Col("Cílová hodnota", steps["target"], 1.5, "amount"),
            Col("Začátek", steps["start"]),
            Col("Termín", steps["deadline"]),
            Col("Člověkodny (předpoklad)", steps["effort"]),
            Col("Dosavadní financování", steps["money_source"], 2),
            Col("Riziko", steps["risk"], 2.5),
            Col("Ošetření", steps["treatment"], 2.5),
        ],
        anchor="tab-kroky",
        caption=f"Všechny kroky {plan.terms.plan.form(2)}",
        sheet="Kroky",
        notes=[
            "— znamená neurčeno: údaj podklady neuvádějí a doplní ho gestor.",
            "Krok bez začátku a termínu se při předpokládaných kapacitách nevejde.",
        ],
        workbook_only=True,
    )


def steps_table(plan: ActionPlan, area: str) -> Table:
    """Kroky jednoho okruhu v podobě, kterou mají národní plány.

    Args:
        plan: the drafted plan.
        area: id of the area.
    """
    steps, dataset = plan.steps[plan.steps["area_id"] == area], plan.evaluation.dataset
    ways = ": " + steps["baseline"].fillna("—") + "\u00a0→\u00a0" + steps["target"].fillna("—")
    unplaced = f"— v\u00a0termínu znamená, že se krok {at_capacities(plan.said)} nevejde."
    return table(
        [
            Col("Opatření", titled(steps["measure_id"], dataset), 2),
            Col("Krok", steps["step"], 3),
            Col("Gesce", lead_names(steps, dataset), 1.1),
            Col("Spolugesce", listed_bodies(steps["cooperating"], dataset), 1.2),
            Col("Indikátor, výchozí → cílová hodnota", steps["indicator"] + ways, 2),
            Col("Termín", steps["deadline"]),
        ],
        anchor=f"tab-kroky-{named_safely(area)}",
        caption=f"Kroky {after('v', plan.terms.area.form(6))} {area}",
        sheet=f"Kroky {area}",
        notes=[
            unplaced if steps["deadline"].isna().any() else "",
            _after_their_term(plan, steps),
        ],
    )


def _after_their_term(plan: ActionPlan, steps: pd.DataFrame) -> str:
    """A note, or none, on the measures some step of which ends after the measure's own deadline."""
    limits = plan.evaluation.judgements.set_index("measure_id")["deadline_day"]
    limit = steps["measure_id"].map(limits)
    day = limit.map(format_date, na_action="ignore").astype("str")
    late = (steps["measure_id"] + " (" + day + ")")[steps["deadline"] > limit]
    told = enumerate_words(late.unique().tolist())
    return f"Krok končí po termínu svého opatření, který je v závorce: {told}." if told else ""


def body_table(plan: ActionPlan) -> Table:
    """Kroky plánu podle gestora."""
    counts = plan.by_body
    names = body_names(plan.evaluation.dataset).reindex(counts.index).fillna(NO_LEAD)
    return table(
        [
            Col("Gestor", names, 2.4),
            Col("Počet opatření", counts["measures"]),
            Col("Počet kroků", counts["steps"]),
            Col("První termín", counts["first"]),
            Col("Poslední termín", counts["last"]),
        ],
        anchor="tab-subjekty",
        caption="Kroky podle gestora",
        sheet="Gestoři",
    )
