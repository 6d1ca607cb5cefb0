"""Tables around the measures: territory, figures, abbreviations."""

from __future__ import annotations

from datetime import date

import pandas as pd

from slz_lib.dataset.nearest import require_known
from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.indicators import SERIES_KEYS, comparable
from slz_lib.language import after, czech_key, enumerate_words, format_date, month_genitive
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import (
    measure_titles,
    observation_terms,
    observation_values,
    source_places,
)
from slz_lib.presentation.phrases import capitalised
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import named_safely


def _since(text: str) -> str:
    """``2016-01`` → *od ledna 2016*, ``2023`` → *od roku 2023*, a day as it is written."""
    year, _, month = text.partition("-")
    if "-" in month:
        return f"od {format_date(date.fromisoformat(text))}"
    return f"od {month_genitive(int(month))} {year}" if month else f"od roku {year}"


@telling_selection
def territory_table(evaluation: Evaluation) -> Table:
    """Obvody: velikost a obce v partnerství; jen co data znají."""
    dataset, terms = evaluation.dataset, evaluation.terms
    title, several = terms.district_title, terms.municipality.form(1, plural=True)
    partners = dataset.partnerships.sort_values("municipality", key=lambda s: s.map(czech_key))
    since = partners["valid_from"].map(_since, na_action="ignore").astype("str")
    since = since.fillna("začátek neuveden")
    listed = partners.assign(text=partners["municipality"] + " (" + since + ")")
    names = listed.groupby("district_id", sort=False)["text"].agg("; ".join)
    counts = partners.groupby("district_id").size()
    region = dataset.strategy["region"].iloc[0]
    districts = dataset.districts.sort_values("name", key=lambda s: s.map(czech_key))
    partner_counts = districts["id"].map(counts).fillna(0).astype("int64")
    words = {"municipalities": terms.municipality.form(2, plural=True), "population": "obyvatel"}
    sizes = {column: word for column, word in words.items() if districts[column].notna().any()}
    columns = [
        Col(capitalised(str(title)), districts["name"], 1.6, total=region),
        *(
            Col(f"Počet {word}", districts[column], total=districts[column].sum())
            for column, word in sizes.items()
        ),
    ]
    caption, notes = capitalised(title.form(1, plural=True)), []
    counted = districts["population_date"].max()
    if sizes and pd.notna(counted):
        notes.append(f"Počty {enumerate_words(list(sizes.values()))} k {format_date(counted)}.")
    if len(partners):
        together = f"{several} v partnerství"
        columns += [
            Col(capitalised(together), partner_counts, total=partner_counts.sum()),
            Col("Které (od kdy)", districts["id"].map(names), 3),
        ]
        caption += f" a {together} {after('s', terms.partner.form(7))}"
        where = after("v", terms.district.form(6))
        notes.append(
            f"— znamená, že {where} podle zprávy partnerství není; "
            f"součet {terms.municipality.form(4, plural=True)} nejmenuje."
        )
    return table(columns, anchor="tab-uzemi", caption=caption, sheet="Území", notes=notes)


#: What stands for the meaning of an abbreviation that no source gives.
_NOT_TOLD = "zdroj zkratku nerozvádí"


@telling_selection
def abbreviations_table(evaluation: Evaluation) -> Table:
    """Co znamenají zkratky, podle abecedy; v dokumentu jen ty, které v něm stojí."""
    dataset = evaluation.dataset
    readings = dataset.sources.loc[dataset.sources["kind"].eq("reading"), "id"]
    listed = dataset.abbreviations[["abbreviation", "meaning"]].assign(
        ours=dataset.abbreviations["source_id"].isin(readings)
    )
    names = dataset.bodies
    bodies = pd.DataFrame(
        {
            "abbreviation": names["short_name"],
            "meaning": names["name"],
            "ours": ~names["name_known"],
        }
    )
    # A name that only begins with its abbreviation does not explain it.
    begun = [name.startswith(short) for short, name in names[["short_name", "name"]].to_numpy()]
    untold = bodies["ours"] & pd.Series(begun, index=names.index)
    bodies["meaning"] = bodies["meaning"].mask(untold)
    frame = pd.concat(
        [listed, bodies[untold | (bodies["abbreviation"] != bodies["meaning"])]], ignore_index=True
    )
    frame = frame.drop_duplicates("abbreviation").sort_values(
        "abbreviation", key=lambda s: s.map(czech_key)
    )
    marked = frame["meaning"].where(~frame["ours"].astype("bool"), frame["meaning"] + "*")
    return table(
        [
            Col("Zkratka", frame["abbreviation"]),
            Col("Význam", marked.fillna(_NOT_TOLD), 2.5),
        ],
        anchor="tab-zkratky",
        caption="Zkratky a zkrácené názvy",
        sheet="Zkratky",
        notes=["*\u00a0Rozvedení zdroj neuvádí; je obecně známé, nebo je výkladem zpracovatele."],
        counted=("zkratka", "zkratky", "zkratek"),
    ).model_copy(update={"explains": True})


@telling_selection
def observations_table(evaluation: Evaluation) -> Table:
    """Všechny číselné údaje s místem ve zdroji."""
    rows, brochure = evaluation.observations, evaluation.of_brochure
    alone = rows["measure_id"].isna().any()
    origin = "údaj pochází z brožury a k opatření se" if brochure else "se údaj k opatření"
    return table(
        [
            measure_column(rows["measure_id"], title="Opatření", weight=0.8),
            Col("Údaj", observation_terms(rows), 3.6),
            Col("Hodnota", observation_values(rows, evaluation.dataset.units), 1.4, "amount"),
            Col("Místo ve zdroji", source_places(rows, evaluation.dataset.sources), 2),
        ],
        anchor="tab-udaje",
        caption=f"Číselné údaje z {'komentářů a z brožury' if brochure else 'podkladů'}",
        sheet="Údaje",
        notes=[f"— znamená, že {origin} nevztahuje." if alone else ""],
    )


@telling_selection
def series_table(evaluation: Evaluation, measure: str) -> Table:
    """Řady jednoho opatření: řádek je řada, sloupec čas.

    Args:
        evaluation: the judged period.
        measure: id of a measure that has a series, see
            :func:`slz_lib.presentation.charts.series_measures`.

    Raises:
        ParameterError: the measure has none.
    """
    rows = comparable(evaluation.history)
    require_known("Opatření s\u00a0řadou údajů", measure, list(rows["measure_id"].unique()))
    rows = rows[rows["measure_id"] == measure]
    label = rows["name"] + (", " + rows["dimension"]).fillna("")
    # Rows that differ in territory or unit alone stay apart, though they may read alike.
    keys = rows[SERIES_KEYS].astype("object").fillna("").agg("|".join, axis="columns")
    indexed = rows.set_index([keys.rename("key"), "time"])["value"]
    wide = indexed.unstack("time").reindex(keys.drop_duplicates())  # noqa: PD010 - nothing to add up
    whole = bool((wide.isna() | (wide == wide.round())).all(axis=None))
    values = wide.astype("Int64") if whole else wide
    names = label.groupby(keys, sort=False).first()
    title = measure_titles(evaluation.dataset)[measure]
    units = ", ".join(rows["unit"].drop_duplicates())
    return table(
        [Col("Údaj", names, 4), *(Col(str(time), values[time]) for time in values.columns)],
        anchor=f"tab-rada-{named_safely(measure)}",
        caption=f"{title}: údaje v čase",
        sheet=f"Řada {measure}",
        notes=[
            f"Jednotka: počet {units}."
            if "%" not in units and "Kč" not in units
            else f"Jednotka: {units}.",
            f"Zdroj: {', '.join(rows['source_place'].drop_duplicates())}.",
        ],
    )
