"""Tables around the measures: territory, goals, other plans, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.documents.model import Paragraph, Run
from slz_lib.evaluation.indicators import SERIES_KEYS, comparable
from slz_lib.language import czech_key, format_date, month_genitive
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import area_anchor, observation_terms, observation_values
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
    partners = dataset.partnerships.sort_values("municipality", key=lambda s: s.map(czech_key))
    since = partners["valid_from"].map(_since, na_action="ignore").fillna("začátek neuveden")
    listed = partners.assign(text=partners["municipality"] + " (" + since + ")")
    names = _joined(listed, "district_id", "text")
    counts = partners.groupby("district_id").size()
    districts = dataset.districts.sort_values("name", key=lambda s: s.map(czech_key))
    partner_counts = districts["id"].map(counts).fillna(0).astype("int64")
    return table(
        [
            Col(
                "Správní obvod ORP",
                districts["name"],
                1.6,
                total=dataset.strategy["region"].iloc[0],
            ),
            Col("Počet obcí", districts["municipalities"], total=districts["municipalities"].sum()),
            Col("Počet obyvatel", districts["population"], total=districts["population"].sum()),
            Col("Obce v partnerství", partner_counts, total=partner_counts.sum()),
            Col("Které (od kdy)", districts["id"].map(names), 3),
        ],
        anchor="tab-uzemi",
        caption="Správní obvody ORP a obce v partnerství s Agenturou pro sociální začleňování",
        sheet="Území",
        notes=[
            f"Počty obcí a obyvatel k {format_date(districts['population_date'].max())}.",
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
    return table(
        [
            Col("Cíl", goals["id"], 0.6),
            Col("Název", goals["name"], 4),
            Col("Priorita", goals["priority_id"].map(priorities["name"]), 1.4),
            Col("Počet specifických cílů", goals["id"].map(specific).fillna(0).astype("int64")),
            Col("Okruhy", goals["id"].map(areas), 1.3),
        ],
        anchor="tab-cile",
        caption="Strategické cíle a okruhy, které jim slouží",
        sheet="Cíle",
        notes=["— v názvu cíle: název ve zdroji chybí.", "Vazby okruhů určil zpracovatel."],
    )


def links_table(evaluation: Evaluation) -> Table | Paragraph:
    """Links from areas to the national plan and to the City of Liberec's plan; or that none is."""
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
    if links.empty:
        return Paragraph(text=(Run(text="Vazby okruhů na tyto plány data neuvádějí."),))
    short = dataset.areas.set_index("id")["short_name"]
    area, anchors = links["area_id"], links["area_id"].map(area_anchor)
    return table(
        [
            Col("Okruh", area + "\u2002" + area.map(short), 2, refs=anchors),
            Col("Plán", links["target_kind"].map(plans), 1.6),
            Col("Cíl, opatření nebo oblast", links["target_id"].map(names), 3),
            Col("Proč", links["note"], 2.2),
        ],
        anchor="tab-vazby",
        caption="Vazby okruhů na národní plán a na plán města Liberce",
        sheet="Vazby",
        notes=["Vazby určil zpracovatel; plány na sebe navzájem neodkazují."],
    )


def national_table(evaluation: Evaluation) -> Table:
    """The national plan's measures as far as the slides show them."""
    measures = evaluation.dataset.national_measures
    goals = evaluation.dataset.national_goals.set_index("id")
    return table(
        [
            Col("Opatření", measures["name"], 4),
            Col("Téma", measures["goal_id"].map(goals["theme"]), 1.8),
            Col("Gestor", measures["lead"], 0.9),
            Col("Spolugestor", measures["cooperating"], 1.6),
            Col("Termín", measures["deadline"]),
        ],
        anchor="tab-narodni",
        caption="Opatření národního akčního plánu, která ukazuje prezentace",
        sheet="Národní plán",
        notes=["— znamená, že údaj na snímku není."],
    )


def city_table(evaluation: Evaluation) -> Table:
    """The City of Liberec's plan of 2016: areas and planned projects."""
    projects = evaluation.dataset.city_projects
    areas = evaluation.dataset.city_areas.set_index("id")["name"]
    return table(
        [
            Col("Projekt nebo činnost", projects["name"], 3),
            Col("Oblast", projects["area_id"].map(areas), 1.5),
        ],
        anchor="tab-liberec",
        caption="Projekty plánované městem Liberec",
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
        [Col("Zkratka", frame["abbreviation"]), Col("Význam", frame["meaning"], 3.5)],
        anchor="tab-zkratky",
        caption="Zkratky a zkrácené názvy",
        sheet="Zkratky",
        notes=["— znamená, že podklady zkratku nerozvádějí."],
    )


def observations_table(evaluation: Evaluation) -> Table:
    """Every figure of the commentaries and of the brochure, with its place."""
    rows = evaluation.observations
    return table(
        [
            measure_column(rows["measure_id"], title="Opatření", weight=0.8),
            Col("Údaj", observation_terms(rows), 3.6),
            Col("Hodnota", observation_values(rows, evaluation.dataset.units), 1.4),
            Col("Místo ve zdroji", rows["source_place"], 2),
        ],
        anchor="tab-udaje",
        caption="Číselné údaje z komentářů a z brožury",
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
    rows = comparable(evaluation.history)
    rows = rows[rows["measure_id"] == measure]
    label = rows["name"] + (", " + rows["dimension"]).fillna("")
    # Rows that differ in territory or unit alone stay apart, though they may read alike.
    keys = rows[SERIES_KEYS].astype("object").fillna("").agg("|".join, axis="columns")
    indexed = rows.set_index([keys.rename("key"), "time"])["value"]
    wide = indexed.unstack("time").reindex(keys.drop_duplicates())  # noqa: PD010 - nothing to add up
    whole = bool((wide.isna() | (wide == wide.round())).all(axis=None))
    values = wide.astype("Int64") if whole else wide
    names = label.groupby(keys, sort=False).first()
    title = evaluation.dataset.measures.set_index("id")["title"][measure]
    units = ", ".join(rows["unit"].drop_duplicates())
    return table(
        [Col("Údaj", names, 4), *(Col(str(time), values[time]) for time in values.columns)],
        anchor=f"tab-rada-{measure.replace('.', '-')}",
        caption=f"{title}: údaje v čase",
        sheet=f"Řada {measure}",
        notes=[
            f"Jednotka: počet {units}."
            if "%" not in units and "Kč" not in units
            else f"Jednotka: {units}.",
            f"Zdroj: {', '.join(rows['source_place'].drop_duplicates())}.",
        ],
    )
