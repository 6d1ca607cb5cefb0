"""Tables around the measures: territory, goals, other plans, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.series import SERIES_KEYS, comparable
from slz_lib.language import czech_key, format_date, month_genitive
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import area_anchor, measure_anchors
from slz_lib.presentation.observations import observation_terms, observation_values
from slz_lib.vocabulary import LinkKind

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation


def _joined(table_: pd.DataFrame, by: str, value: str, separator: str = "; ") -> pd.Series:
    return table_.groupby(by, sort=False)[value].agg(separator.join)


def _since(text: str) -> str:
    """``2016-01`` → *od ledna 2016*, ``2023`` → *od roku 2023*."""
    year, _, month = text.partition("-")
    return f"od {month_genitive(int(month))} {year}" if month else f"od roku {year}"


def territory_table(evaluation: Evaluation) -> Table:
    """The ten ORP: size, and municipalities in partnership with the Agency."""
    dataset = evaluation.dataset
    partners = evaluation.partnerships.sort_values("municipality", key=lambda s: s.map(czech_key))
    since = partners["since"].map(_since, na_action="ignore").fillna("začátek neuveden")
    listed = partners.assign(text=partners["municipality"] + " (" + since + ")")
    names = _joined(listed, "orp_id", "text")
    counts = partners.groupby("orp_id").size()
    orp = dataset.orp.sort_values("name", key=lambda s: s.map(czech_key))
    frame = pd.DataFrame(
        {
            "name": orp["name"],
            "municipalities": orp["municipalities"],
            "population": orp["population"],
            "partners": orp["id"].map(counts).fillna(0).astype("int64"),
            "names": orp["id"].map(names),
        }
    )
    sums = frame[["municipalities", "population", "partners"]].sum()
    total = pd.DataFrame([{"name": dataset.strategy["region"].iloc[0], **sums, "names": pd.NA}])
    return table(
        pd.concat([frame, total], ignore_index=True),
        anchor="tab-uzemi",
        caption="Správní obvody ORP a obce v partnerství s Agenturou pro sociální začleňování",
        titles={
            "name": "Správní obvod ORP",
            "municipalities": "Počet obcí",
            "population": "Počet obyvatel",
            "partners": "Obce v partnerství",
            "names": "Které (od kdy)",
        },
        weights={"name": 1.6, "names": 3},
        totals=1,
        sheet="Území",
        notes=[
            f"Počty obcí a obyvatel k {format_date(orp['population_date'].max())}.",
            "— znamená, že v obvodu podle zprávy partnerství není; součet obce nejmenuje.",
        ],
    )


def goals_table(evaluation: Evaluation) -> Table:
    """Priorities and strategic goals with the areas that serve them."""
    dataset = evaluation.dataset
    links = dataset.links[dataset.links["target_kind"] == LinkKind.STRATEGIC_GOAL]
    areas = _joined(links, "target_id", "area_id", ", ")
    specific = dataset.specific_goals.groupby("goal_id").size()
    priorities = dataset.priorities.set_index("id")
    goals = dataset.strategic_goals
    frame = pd.DataFrame(
        {
            "goal": goals["name"],
            "priority": goals["priority_id"].map(priorities["name"]),
            "specific": goals["id"].map(specific).fillna(0).astype("int64"),
            "areas": goals["id"].map(areas),
        }
    )
    frame.insert(0, "id", goals["id"])
    return table(
        frame,
        anchor="tab-cile",
        caption="Strategické cíle a okruhy, které jim slouží",
        titles={
            "id": "Cíl",
            "goal": "Název",
            "priority": "Priorita",
            "specific": "Počet specifických cílů",
            "areas": "Okruhy",
        },
        weights={"id": 0.6, "goal": 4, "priority": 1.4, "specific": 1, "areas": 1.3},
        sheet="Cíle",
        notes=["— v názvu cíle: název ve zdroji chybí.", "Vazby okruhů určil zpracovatel."],
    )


def links_table(evaluation: Evaluation) -> Table:
    """Links from areas to the national plan and to the City of Liberec's plan."""
    dataset = evaluation.dataset
    names = pd.concat(
        [
            dataset.national_goals.set_index("id")["name"],
            dataset.national_measures.set_index("id")["name"],
            dataset.city_areas.set_index("id")["name"],
        ]
    )
    plans = {
        "national_goal": "národní akční plán: cíl",
        "national_measure": "národní akční plán: opatření",
        "city_area": "plán města Liberce: oblast",
    }
    links = dataset.links[dataset.links["target_kind"].isin(plans)]
    short = dataset.areas.set_index("id")["short_name"]
    frame = pd.DataFrame(
        {
            "area": links["area_id"] + "\u2002" + links["area_id"].map(short),
            "plan": links["target_kind"].map(plans),
            "target": links["target_id"].map(names),
            "note": links["note"],
        }
    )
    anchors = links["area_id"].map(area_anchor).reset_index(drop=True)
    return table(
        frame.reset_index(drop=True),
        anchor="tab-vazby",
        caption="Vazby okruhů na národní plán a na plán města Liberce",
        titles={
            "area": "Okruh",
            "plan": "Plán",
            "target": "Cíl, opatření nebo oblast",
            "note": "Proč",
        },
        weights={"area": 2, "plan": 1.6, "target": 3, "note": 2.2},
        anchors={"area": anchors},
        sheet="Vazby",
        notes=["Vazby určil zpracovatel; plány na sebe navzájem neodkazují."],
    )


def national_table(evaluation: Evaluation) -> Table:
    """The national plan's measures as far as the slides show them."""
    measures = evaluation.dataset.national_measures
    goals = evaluation.dataset.national_goals.set_index("id")
    frame = pd.DataFrame(
        {
            "name": measures["name"],
            "theme": measures["goal_id"].map(goals["theme"]),
            "lead": measures["lead"],
            "cooperating": measures["cooperating"],
            "deadline": measures["deadline"],
        }
    )
    return table(
        frame,
        anchor="tab-narodni",
        caption="Opatření národního akčního plánu, která ukazuje prezentace",
        titles={
            "name": "Opatření",
            "theme": "Téma",
            "lead": "Gestor",
            "cooperating": "Spolugestor",
            "deadline": "Termín",
        },
        weights={"name": 4, "theme": 1.8, "lead": 0.9, "cooperating": 1.6, "deadline": 1},
        sheet="Národní plán",
        notes=["— znamená, že údaj na snímku není."],
    )


def city_table(evaluation: Evaluation) -> Table:
    """The City of Liberec's plan of 2016: areas and planned projects."""
    projects = evaluation.dataset.city_projects
    areas = evaluation.dataset.city_areas.set_index("id")["name"]
    frame = pd.DataFrame({"name": projects["name"], "area": projects["area_id"].map(areas)})
    return table(
        frame,
        anchor="tab-liberec",
        caption="Projekty plánované městem Liberec",
        titles={"name": "Projekt nebo činnost", "area": "Oblast"},
        weights={"name": 3, "area": 1.5},
        sheet="Plán města Liberce",
        notes=["— znamená, že oblast tisková zpráva neuvádí."],
    )


def abbreviations_table(evaluation: Evaluation) -> Table:
    """What the abbreviations of bodies and of the texts mean, in Czech order."""
    dataset = evaluation.dataset
    bodies = dataset.bodies[dataset.bodies["short_name"] != dataset.bodies["name"]]
    unknown = dataset.bodies[
        ~dataset.bodies["name_known"] & dataset.bodies["short_name"].eq(dataset.bodies["name"])
    ]
    frame = pd.concat(
        [
            bodies[["short_name", "name"]].set_axis(["abbreviation", "meaning"], axis="columns"),
            unknown[["short_name"]].set_axis(["abbreviation"], axis="columns"),
            dataset.abbreviations[["abbreviation", "meaning"]],
        ],
        ignore_index=True,
    ).sort_values("abbreviation", key=lambda s: s.map(czech_key))
    return table(
        frame,
        anchor="tab-zkratky",
        caption="Zkratky a zkrácené názvy",
        titles={"abbreviation": "Zkratka", "meaning": "Význam"},
        weights={"meaning": 3.5},
        sheet="Zkratky",
        notes=["— znamená, že podklady zkratku nerozvádějí."],
    )


def observations_table(evaluation: Evaluation) -> Table:
    """Every figure of the commentaries and of the brochure, with its place."""
    rows = evaluation.observations
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            "term": observation_terms(rows),
            "value": observation_values(rows, evaluation.dataset.units),
            "place": rows["source_place"],
        }
    )
    return table(
        frame,
        anchor="tab-udaje",
        caption="Číselné údaje z komentářů a z brožury",
        titles={
            "measure": "Opatření",
            "term": "Údaj",
            "value": "Hodnota",
            "place": "Místo ve zdroji",
        },
        weights={"measure": 0.8, "term": 3.6, "value": 1.4, "place": 2},
        anchors={"measure": measure_anchors(rows["measure_id"])},
        sheet="Údaje",
        notes=["— znamená, že údaj pochází z brožury a k opatření se nevztahuje."],
    )


def series_table(evaluation: Evaluation, measure: str) -> Table:
    """The series of one measure: a row a series, a column a time.

    Args:
        evaluation: the judged period.
        measure: id of a measure that has a series, see
            :func:`slz_lib.presentation.charts.series_measures`.
    """
    rows = comparable(evaluation.observations)
    rows = rows[rows["measure_id"] == measure]
    label = rows["name"] + (", " + rows["dimension"]).fillna("")
    # Rows that differ in territory or unit alone stay apart, though they may read alike.
    keys = rows[SERIES_KEYS].astype("object").fillna("").agg("|".join, axis="columns")
    indexed = rows.set_index([keys.rename("key"), "time"])["value"]
    wide = indexed.unstack("time").reindex(keys.drop_duplicates())  # noqa: PD010 - nothing to add up
    whole = bool((wide.isna() | (wide == wide.round())).all(axis=None))
    values = wide.astype("Int64") if whole else wide
    names = label.groupby(keys, sort=False).first().rename("label")
    frame = pd.concat([names, values.set_axis(list(map(str, wide.columns)), axis=1)], axis=1)
    title = evaluation.dataset.measures.set_index("id")["title"][measure]
    units = ", ".join(rows["unit"].drop_duplicates())
    return table(
        frame.reset_index(drop=True),
        anchor=f"tab-rada-{measure.replace('.', '-')}",
        caption=f"{title}: údaje v čase",
        titles={"label": "Údaj"},
        weights={"label": 4},
        sheet=f"Řada {measure}",
        notes=[
            f"Jednotka: počet {units}."
            if "%" not in units and "Kč" not in units
            else f"Jednotka: {units}.",
            f"Zdroj: {', '.join(rows['source_place'].drop_duplicates())}.",
        ],
    )
