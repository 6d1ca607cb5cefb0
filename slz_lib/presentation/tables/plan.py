"""Tables of a plan as it is signed: decisions, sums, load, what does not fit, assumptions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.language import counted, enumerate_words, format_number, format_percent
from slz_lib.planning import ActionPlan
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation.charts.load import quarters_of
from slz_lib.presentation.charts.timeline import ROMAN
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import (
    NO_LEAD,
    TOTAL,
    body_names,
    cause_labels,
    listed_bodies,
    source_places,
    titled,
    what_changes,
)
from slz_lib.presentation.phrases import capitalised, part_of, person_days, work_assumed
from slz_lib.vocabulary import Decides, labels

_ASSUMED = "Předpoklad zpracovatele; žádný podklad jej neuvádí."
_TOP = 10
_DECIDES = labels(Decides)
_CAPACITIES, _PROPOSALS = "plans/…/capacities.csv", "plans/…/proposals.csv"


def top_decisions_table(plan: ActionPlan, order: Sequence[str]) -> Table:
    """Nejdůležitější rozhodnutí: co, kdo rozhoduje, do kdy.

    Args:
        plan: the drafted plan.
        order: ids of measures, the most important first.
    """
    decided = plan.decisions.set_index("measure_id", drop=False)
    asked = decided.reindex([measure for measure in order if measure in decided.index])
    asked = asked[asked["decides"].ne(str(Decides.DEPARTMENT))].head(_TOP)
    steps = plan.steps.drop_duplicates("measure_id", keep="last").set_index("measure_id")
    what = (
        asked["choice"].map(CHOICES).str.capitalize()
        + " "
        + titled(asked["measure_id"], plan.evaluation.dataset)
    )
    days = steps["deadline"].reindex(asked.index)
    unplaced = "— v\u00a0termínu znamená, že krok nemá místo v\u00a0harmonogramu."
    return table(
        [
            Col("Rozhodnout", what + what_changes(plan, worded=False).reindex(asked.index), 3.6),
            Col("Kdo rozhodne", asked["decides"].map(_DECIDES), 1),
            Col("Do kdy", days, 1),
        ],
        anchor="tab-rozhodnuti-nejdrive",
        caption="Rozhodnutí, která plán potřebuje",
        sheet="K rozhodnutí",
        notes=[
            "Kdo rozhoduje, je předpoklad.",
            "Den je termín kroku, který rozhodnutí připraví nebo na ně čeká.",
            unplaced if days.isna().any() else "",
            "Navržená znění a indikátory uvádí příloha plánu.",
        ],
    )


def totals_table(plan: ActionPlan) -> Table:
    """Peníze a člověkodny celkem a podle gestorů."""
    steps = plan.steps.assign(placed=plan.steps["effort"].where(plan.steps["deadline"].notna()))
    sums = steps.groupby("lead").agg(
        steps=("id", "size"), effort=("effort", "sum"), placed=("placed", "sum"),
        money=("money", "sum"), priced=("money", "count"), known=("effort", "count"),
    )  # fmt: skip
    sums = sums.sort_values(["effort", "steps"], ascending=False, kind="stable")
    names = body_names(plan.evaluation.dataset).reindex(sums.index).fillna(NO_LEAD)
    money = sums["money"].where(sums["priced"].gt(0))
    days = sums[["effort", "placed"]].round().where(sums["known"].gt(0), axis="index")
    total = days.sum(min_count=1).astype(object).fillna("neznámé")
    priced = int(plan.steps["money"].count())
    said = int(plan.said["step_id"].count())
    besides = "žádný podklad je neuvádí"
    if said:
        besides = f"jen u\u00a0{counted(said, 'kroky', 2)} je uvádí podklad"
    of_all = part_of(priced, len(plan.steps), "kroky", 2, shares=False)
    known = f"uvádějí podklady u\u00a0{of_all}" if priced else "podklady neuvádějí u žádného kroku"
    return table(
        [
            Col("Gestor", names, 2, total=TOTAL),
            Col("Kroky", sums["steps"], total=sums["steps"].sum()),
            Col("Člověkodny", days["effort"], total=total["effort"]),
            Col("Z toho se vejde", days["placed"], total=total["placed"]),
            Col("Peníze (Kč)", money, total=money.sum() if priced else "neuvedeny"),
        ],
        anchor="tab-narocnost",
        caption="Náročnost plánu podle gestorů",
        sheet="Náročnost",
        notes=[
            f"Člověkodny jsou předpoklad zpracovatele; {besides}.",
            f"Částku {known}; — znamená neuvedeno.",
        ],
    )


def load_table(plan: ActionPlan, load: pd.DataFrame) -> Table:
    """Člověkodny po čtvrtletích proti kapacitě, řádek za subjekt a rok.

    Args:
        plan: the drafted plan.
        load: as of :func:`slz_lib.presentation.charts.load_chart`.
    """
    quarters = quarters_of(plan)
    when = quarters[load["quarter"]]
    rows = load.assign(
        number=when.quarter, year=when.year, whole=load.groupby("body")["load"].transform("sum")
    ).sort_values(["whole", "body", "year"], ascending=[False, True, True], kind="stable")
    keys = ["body", "year"]
    limits = rows.groupby(keys, sort=False)["capacity"].max()
    wide = rows.pivot_table("load", keys, "number", aggfunc="sum", fill_value=0)
    wide = wide.reindex(index=limits.index, columns=quarters.quarter.unique(), fill_value=0)
    bodies = wide.index.get_level_values("body")
    names = body_names(plan.evaluation.dataset).reindex(bodies).fillna(NO_LEAD)
    return table(
        [
            Col("Subjekt", [*names], 1.6),
            Col("Rok", wide.index.get_level_values("year"), 0.8),
            Col("Kapacita\u00a0za čtvrtletí", [*limits.round(1)], 1.2),
            *(Col(name, [*wide[n].round(1)], 0.8) for n, name in ROMAN.items() if n in wide),
        ],
        anchor="tab-vytizeni",
        caption="Člověkodny po čtvrtletích a kapacita",
        sheet="Vytížení",
        notes=[f"{capitalised(work_assumed(plan.said))}; — u kapacity znamená, že není v datech."],
    )


def unscheduled_table(plan: ActionPlan, reasons: pd.DataFrame) -> Table:
    """Kroky, které se do období plánu nevejdou, s nejmenším důvodem.

    Args:
        plan: the drafted plan.
        reasons: as :attr:`slz_lib.planning.schedule.Schedule.reasons`.
    """
    steps = plan.steps.set_index("id")
    told = reasons.groupby("id", sort=False)["sentence"].agg(" ".join)
    leads = listed_bodies(steps["lead"].reindex(told.index), plan.evaluation.dataset)
    return table(
        [
            Col("Krok", told.index),
            Col("Co se nevejde", steps["step"].reindex(told.index), 4),
            Col("Gestor", leads),
            Col("Člověkodny", steps["effort"].reindex(told.index)),
            Col("Proč se nevejde", told, 2),
        ],
        anchor="tab-nevejde-se",
        caption="Kroky, které se do plánu nevejdou",
        sheet="Nevejde se",
        notes=[
            "Důvod je nejmenší: kdyby kterákoli jeho část odpadla, krok by se vešel."
            if reasons["enough"].all()
            else "Důvod je nejmenší: nic z něj nelze vynechat. Má-li krok důvodů víc, "
            "vejde se, až pominou všechny."
        ],
    )


def relief_table(relief: pd.DataFrame, gap: float = 0.0) -> Table:
    """Cena úlevy: co by změnily varianty vedle harmonogramu podle návrhu.

    Args:
        relief: as of :func:`slz_lib.planning.timetable.relief`.
        gap: the share of the plan's lateness that is not proven to be unavoidable.
    """
    open_ = (
        f"Nejlepší harmonogram může mít vážené zpoždění až o\u00a0{format_percent(gap)} menší, "
        "než je nalezené; menší rozdíly variant nic neznamenají."
    )
    listed = [
        relief[name].fillna("").str.replace(";", ", ").replace("", "žádný")
        for name in ("entered", "left")
    ]
    return table(
        [
            Col("Varianta", relief["label"], 2.4),
            Col("Posunuté kroky", relief["moved"]),
            Col("Nově se vejdou", listed[0], 2),
            Col("Nově se nevejdou", listed[1], 2),
            Col("Nevejde se celkem", relief["unscheduled"]),
            Col("Vážené zpoždění", relief["cost"]),
        ],
        anchor="tab-varianty",
        caption="Varianty harmonogramu vedle sebe",
        sheet="Varianty",
        notes=[
            "Varianty jsou předpoklady.",
            "Vážené zpoždění sčítá čtvrtletí po termínu, násobená stonásobkem skóre priority.",
            "Krok, který se nevejde, se počítá, jako by skončil o celé období plánu později.",
            *([open_] if gap else []),
        ],
    )


def risks_table(plan: ActionPlan) -> Table:
    """Rizika podle příčin a jejich ošetření."""
    causes = plan.evaluation.dataset.plan_causes.sort_values("order").set_index("id")
    counts = plan.steps["cause"].value_counts()
    first = plan.steps.drop_duplicates("cause").set_index("cause")
    shown = causes[causes.index.isin(counts.index)]
    return table(
        [
            Col("Příčina", cause_labels(plan).reindex(shown.index), 1.4),
            Col("Kroky", counts.reindex(shown.index), 0.6),
            Col("Příklad", first["measure_id"].reindex(shown.index), 0.6),
            Col("Riziko", first["risk"].reindex(shown.index), 3),
            Col("Ošetření", first["treatment"].reindex(shown.index), 3),
        ],
        anchor="tab-rizika",
        caption="Rizika podle příčin a jejich ošetření",
        sheet="Rizika",
    )


def assumptions_table(plan: ActionPlan) -> Table:
    """Všechny předpoklady plánu a tabulka, ve které se mění."""
    dataset = plan.evaluation.dataset
    efforts = dataset.plan_efforts
    usual = efforts[efforts["kind"].isna()] if efforts["kind"].isna().any() else efforts
    labels = cause_labels(plan)
    assumed_steps = plan.steps[~plan.steps["id"].isin(plan.said["step_id"])]
    used = usual[usual["cause"].isin(assumed_steps["cause"])]
    rows = [
        (
            "Pracnost kroku: " + str(labels[cause]).lower(),
            f"{person_days(days)}, {quarters} čtvrtletí",
            "rules/plan_efforts.csv",
        )
        for cause, days, quarters in used[["cause", "person_days", "quarters"]].itertuples(
            index=False
        )
    ]
    main = plan.decisions.rename(columns={"cause": "main"})[["measure_id", "main"]]
    main = assumed_steps.merge(main, on="measure_id").query("cause == main")
    proposed = plan.own("proposals")
    proposed = proposed[proposed["measure_id"].isin(main["measure_id"])]
    apart = proposed.groupby("person_days")["measure_id"].agg(list)
    rows += [
        (
            f"Pracnost hlavního kroku: {enumerate_words(ids)}",
            f"odhadem {person_days(days)}",
            _PROPOSALS,
        )
        for days, ids in zip(apart.index.to_list(), apart, strict=True)
    ]
    assumed = dataset.plan_choices[dataset.plan_choices["assumption"]]
    assumed = assumed[assumed["choice"].isin(plan.decisions["choice"])]
    rows += [
        (f"Kdo rozhodne: {CHOICES[choice]}", str(body), "rules/plan_choices.csv")
        for choice, body in assumed[["choice", "body"]].itertuples(index=False)
    ]
    names = body_names(dataset)
    own = plan.own("capacities")
    own = own[own["assumption"].notna()]
    rows += [
        (f"Kapacita: {names[body]}", f"nejvýše {person_days(days)} za {quarter}", _CAPACITIES)
        for body, days, quarter in zip(
            own["body_id"], own["person_days"], own["quarter"].fillna("čtvrtletí"), strict=True
        )
    ]
    rows += [
        (f"Váha: {label}", f"{format_number(weight)}×", "rules/plan_weights.csv")
        for label, weight in dataset.plan_weights[["label", "weight"]].itertuples(index=False)
    ]
    frame = pd.DataFrame(rows, columns=["what", "value", "where"])
    return table(
        [
            Col("Předpoklad", frame["what"], 3),
            Col("Hodnota", frame["value"], 2),
            Col("Kde se mění", frame["where"], 1.6),
        ],
        anchor="tab-predpoklady",
        caption="Předpoklady plánu",
        sheet="Předpoklady",
        notes=[_ASSUMED],
    )


def said_work_table(plan: ActionPlan) -> Table:
    """Co o pracnosti kroků a kapacitách subjektů uvádějí podklady, s místem v podkladu."""
    dataset, said = plan.evaluation.dataset, plan.said
    of_step = "Pracnost kroku " + said["step_id"].astype("str")
    of_body = "Kapacita: " + said["body_id"].map(body_names(dataset)).astype("str")
    # A report names the cell of the state first; that of the work, and its return, stands behind.
    place = said["source_place"].str.split("; pracnost: ").str[-1]
    parts = place.str.partition(", ")
    elsewhere = parts[0].isin(dataset.sources["id"])
    at = pd.DataFrame(
        {
            "source_id": parts[0].where(elsewhere, said["source_id"]),
            "source_place": parts[2].where(elsewhere, place),
        }
    )
    per = (" za " + said["quarter"].fillna("čtvrtletí")).where(said["step_id"].isna(), "")
    return table(
        [
            Col("Co", of_step.fillna(of_body), 2),
            Col("Hodnota", said["person_days"].map(person_days) + per, 2),
            Col("Kde je to uvedeno", source_places(at, dataset.sources), 3),
        ],
        anchor="tab-prace-podle-podkladu",
        caption="Pracnost a kapacity podle podkladů",
        sheet="Práce podle podkladů",
    )
