"""Annexes: what is overdue, without a lead, without evidence, contradictory; the sources."""

from __future__ import annotations

from datetime import date

import pandas as pd

from slz_lib.dataset.schemas import BY_NAME
from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.language import NOUNS
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import (
    holders,
    measure_titles,
    standing,
    status_title,
    worded_deadlines,
)
from slz_lib.presentation.phrases import capitalised
from slz_lib.presentation.selecting import telling_selection
from slz_lib.presentation.tracing import reasons
from slz_lib.vocabulary import Assignment, Role


def _listed(evaluation: Evaluation, chosen: pd.Series, *names: str) -> list[Col]:
    """Some columns of the chosen measures, by their names below."""
    dataset = evaluation.dataset
    judged = evaluation.judgements[chosen.to_numpy()].set_index("measure_id", drop=False)
    stands = standing(evaluation, judged)
    columns = {
        "measure": measure_column(judged["measure_id"]),
        "area": Col(capitalised(str(dataset.terms.area)), judged["area_id"], 0.7),
        "title": Col("Opatření", measure_titles(dataset), 3.4),
        "status": Col(status_title(evaluation), stands, 1.4, evaluation.scale),
        "derived": Col("Odvozený stav", judged["derived"], 1.4, evaluation.scale),
        "decided": Col("Rozhodnutý stav", judged["decided"], 1.4, evaluation.scale),
        "deadline": Col("Termín", worded_deadlines(dataset.measures, compact=True), 1.2),
        "day": Col("Nejpozději", judged["deadline_day"]),
        "lead": Col("Gestor", holders(dataset, Role.LEAD), 1.2),
        "cooperating": Col("Spolupráce", holders(dataset, Role.COOPERATING), 1.6),
    }
    return [columns[name] for name in names]


@telling_selection
def measures_table(evaluation: Evaluation, *, workbook_only: bool = False) -> Table:
    """Všechna opatření v jednom seznamu, na stránce k filtrování, nebo jen v sešitu."""
    everything = pd.Series(data=True, index=evaluation.judgements.index)
    by_day = ["day"] if workbook_only else []
    names = ("measure", "area", "title", "status", "deadline", *by_day, "lead")
    return table(
        _listed(evaluation, everything, *names),
        anchor="tab-opatreni",
        caption="Přehled opatření",
        sheet="Přehled opatření",
        filterable=True,
        workbook_only=workbook_only,
        counted=NOUNS["opatreni"].forms,
    )


@telling_selection
def overdue_table(evaluation: Evaluation) -> Table:
    """Opatření, jejichž pevný termín uplynul bez trvalého splnění."""
    names = ("measure", "title", "status", "deadline", "lead")
    return table(
        _listed(evaluation, evaluation.judgements["overdue"], *names),
        anchor="tab-po-terminu",
        caption=f"Opatření s pevným termínem uplynulým k {evaluation.period.as_of_label}",
        sheet="Po termínu",
    )


@telling_selection
def lead_missing_table(evaluation: Evaluation) -> Table:
    """Opatření bez určeného gestora nebo jeho odpovědného útvaru."""
    unit_open = str(Assignment.UNIT_NOT_ASSIGNED)
    open_units = evaluation.dataset.measure_bodies["assignment"].eq(unit_open).any()
    published = "je ve zveřejněné tabulce nahrazen otazníky"
    instead = published if evaluation.imported else "nikoli"
    names = ("measure", "title", "status", "lead", "cooperating")
    return table(
        _listed(evaluation, evaluation.judgements["lead_missing"], *names),
        anchor="tab-bez-gestora",
        caption="Opatření bez určeného gestora nebo odpovědného útvaru",
        sheet="Bez gestora",
        notes=[f"Útvar neurčen: úřad je uveden, odpovědný útvar {instead}." if open_units else ""],
    )


@telling_selection
def not_supplied_table(evaluation: Evaluation) -> Table:
    """Opatření, k nimž nikdo nedodal podklad."""
    names = ("measure", "title", "status", "deadline", "lead")
    return table(
        _listed(evaluation, evaluation.judgements["silent"], *names),
        anchor="tab-bez-podkladu",
        caption="Opatření, k nimž nebyl dodán podklad",
        sheet="Bez podkladu",
    )


@telling_selection
def differences_table(evaluation: Evaluation) -> Table:
    """Opatření, jejichž odvozený stav se liší, s důvodem."""
    differs = evaluation.judgements["differs"]
    # Before publication the decided status is the one that stands anyway.
    both = evaluation.published and evaluation.judgements["decided"].notna().any()
    decided = ["decided"] if both else []
    names = ("measure", "title", "status", "derived", *decided)
    ruled = evaluation.decisions.set_index("measure_id").reindex(
        evaluation.judgements.loc[differs, "measure_id"]
    )
    why = ruled["reason"] + (" (" + ruled["role"] + ")").fillna("")
    return table(
        [
            *_listed(evaluation, differs, *names),
            Col("Proč se liší", reasons(evaluation), 5.0),
            Col("Důvod rozhodnutí", why, 2.5) if why.notna().any() else None,
        ],
        anchor="tab-rozdily",
        caption="Opatření, u nichž se odvozený stav liší od " + evaluation.standing,
        sheet="Rozdíly stavů",
        notes=[
            "Odvozený stav plyne jen z podkladů popsaných v komentáři; zveřejněný stav nenahrazuje."
            if evaluation.published
            else "Odvozený stav plyne jen z podkladů; rozhodnutý stav nenahrazuje."
        ],
    )


def _published(text: str) -> str | date:
    """A source's day, month or year as Czech writes it."""
    year, _, rest = text.partition("-")
    if "-" in rest:
        return date.fromisoformat(text)
    return f"{int(rest)} / {year}" if rest else year


@telling_selection
def sources_table(evaluation: Evaluation) -> Table:
    """Zdroje, na které se nějaký záznam odvolává."""
    sources = evaluation.dataset.sources
    kinds = BY_NAME["sources"].column("kind").labels
    return table(
        [
            Col("Zdroj", sources["title"], 3.4),
            Col("Druh", sources["kind"].map(kinds), 1.2),
            Col("Vydavatel", sources["publisher"], 1.8),
            Col("Vydáno", sources["published"].map(_published, na_action="ignore"), 1.2),
        ],
        anchor="tab-zdroje",
        caption="Zdroje údajů",
        sheet="Zdroje",
        notes=["— znamená, že údaj ve zdroji není."],
    )
