"""Tables around the measures: territory, goals, other plans, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import czech_key, format_number
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import measure_anchors

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

_QUALIFIERS = {"exact": "", "about": "asi ", "over": "přes ", "under": "méně než "}


def _joined(table_: pd.DataFrame, by: str, value: str, separator: str = "; ") -> pd.Series:
    return table_.groupby(by, sort=False)[value].agg(separator.join)


def territory_table(evaluation: Evaluation) -> Table:
    """The ten ORP: size, and municipalities in partnership with the Agency."""
    dataset = evaluation.dataset
    partners = dataset.partnerships.sort_values("municipality", key=lambda s: s.map(czech_key))
    since = partners["since"].where(partners["since_known"], "začátek neuveden").fillna("")
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
    total = pd.DataFrame([{"name": "Liberecký kraj", **sums, "names": "všechny uvedené"}])
    return table(
        pd.concat([frame, total], ignore_index=True),
        anchor="tab-uzemi",
        caption="Správní obvody ORP a obce v partnerství s Agenturou pro sociální začleňování",
        titles={
            "name": "Správní obvod ORP",
            "municipalities": "Obcí",
            "population": "Obyvatel",
            "partners": "Obcí v partnerství",
            "names": "Které (od kdy)",
        },
        weights={"name": 1.6, "names": 3},
        totals=1,
        sheet="Území",
        notes=[
            "Počty obcí a obyvatel k 31. 12. 2021.",
            "— znamená, že ve správním obvodu partnerství podle zprávy není.",
        ],
    )


def goals_table(evaluation: Evaluation) -> Table:
    """Priorities and strategic goals with the areas that serve them."""
    dataset = evaluation.dataset
    links = dataset.links[dataset.links["target_kind"] == "strategic_goal"]
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
            "specific": "Specifických cílů",
            "areas": "Okruhy",
        },
        weights={"id": 0.6, "goal": 4, "priority": 1.4, "specific": 1, "areas": 1.3},
        sheet="Cíle",
        notes=["— v názvu cíle: název ve zdroji chybí.", "Vazby okruhů jsou čtením zpracovatele."],
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
        "national_goal": "národní plán 2016–2020: cíl",
        "national_measure": "národní plán 2016–2020: opatření",
        "city_area": "plán města Liberce 2016: oblast",
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
    anchors = "okruh-" + links["area_id"].reset_index(drop=True)
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
        notes=["Vazby jsou čtením zpracovatele, plány samy na sebe neodkazují."],
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
        caption="Opatření národního akčního plánu 2016–2020, která ukazuje prezentace",
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
        caption="Projekty plánované městem Liberec v roce 2016",
        titles={"name": "Projekt nebo činnost", "area": "Oblast"},
        weights={"name": 3, "area": 1.5},
        sheet="Plán města Liberce",
        notes=["— znamená, že oblast tisková zpráva neuvádí."],
    )


def observation_values(observations: pd.DataFrame) -> pd.Series:
    """Values with their qualifier and unit: ``přes 9 300 dětí``."""
    qualifier = observations["qualifier"].map(_QUALIFIERS)
    return qualifier + observations["value"].map(format_number) + "\u00a0" + observations["unit"]


def observation_terms(observations: pd.DataFrame) -> pd.Series:
    """Names with breakdown and time: ``počet zakázek, příspěvkové organizace (2023)``."""
    name = observations["name"].str[:1].str.upper() + observations["name"].str[1:]
    split = (", " + observations["dimension"]).fillna("")
    time = observations["time"].str.replace("-", "–", regex=False)
    return name + split + (" (" + time + ")").fillna("")


def observations_table(evaluation: Evaluation) -> Table:
    """Every figure of the commentaries and of the brochure, with its place."""
    rows = evaluation.observations
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            "term": observation_terms(rows),
            "value": observation_values(rows),
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
    """The figures of one measure in time: a row a series, a column a year."""
    rows = evaluation.observations[evaluation.observations["measure_id"] == measure]
    repeated = rows[rows.groupby("series")["time"].transform("nunique") >= 3]
    label = repeated["name"] + (", " + repeated["dimension"]).fillna("")
    wide = repeated.assign(label=label).pivot_table(
        index="label", columns="time", values="value", aggfunc="sum", sort=False
    )
    whole = bool((wide == wide.round()).all(axis=None))
    frame = (wide.astype("int64") if whole else wide).reset_index()
    frame.columns = pd.Index([str(name) for name in frame.columns])
    title = evaluation.dataset.measures.set_index("id")["title"][measure]
    return table(
        frame,
        anchor=f"tab-rada-{measure.replace('.', '-')}",
        caption=f"{title}: údaje v čase",
        titles={"label": "Údaj"},
        weights={"label": 4},
        sheet=f"Řada {measure}",
        notes=[f"Zdroj: {', '.join(dict.fromkeys(repeated['source_place']))}."],
    )
