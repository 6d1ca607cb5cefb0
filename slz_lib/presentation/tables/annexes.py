"""Annexes: what is overdue, without a lead, without evidence, contradictory; the sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import NOUNS, format_date
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import deadlines, holders, measure_anchors, status_title
from slz_lib.presentation.reasons import reasons
from slz_lib.vocabulary import Role

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

_SOURCE_KINDS = {
    "report": "zpráva",
    "strategy": "strategie",
    "brochure": "brožura",
    "press": "tisková zpráva",
    "slides": "prezentace",
    "reference": "referenční údaje",
    "reading": "výklad zpracovatele",
}


def _listed(evaluation: Evaluation, chosen: pd.Series) -> pd.DataFrame:
    """Number, title, status, deadline, lead and co-operation of the chosen measures."""
    dataset = evaluation.dataset
    measures = dataset.measures.set_index("id")
    judged = evaluation.judgements[chosen.to_numpy()].set_index("measure_id")
    return pd.DataFrame(
        {
            "measure": judged.index,
            "title": measures["title"].reindex(judged.index),
            "status": judged["status"],
            "deadline": deadlines(dataset.measures, compact=True).reindex(judged.index),
            "lead": holders(dataset, Role.LEAD).reindex(judged.index),
            "cooperating": holders(dataset, Role.COOPERATING).reindex(judged.index),
        }
    ).reset_index(drop=True)


_TITLES = {
    "measure": "Číslo",
    "title": "Opatření",
    "deadline": "Termín",
    "lead": "Gestor",
    "cooperating": "Spolupráce",
    "derived": "Odvozený stav",
    "decided": "Rozhodnutý stav",
    "reason": "Proč se liší",
}
_WEIGHTS = {
    "measure": 0.7,
    "title": 3.4,
    "status": 1.4,
    "deadline": 1.2,
    "lead": 1.2,
    "cooperating": 1.6,
    "derived": 1.4,
    "decided": 1.4,
    "reason": 5.0,
}


def _measure_table(
    evaluation: Evaluation,
    frame: pd.DataFrame,
    anchor: str,
    caption: str,
    sheet: str,
    *notes: str,
    filterable: bool = False,
) -> Table:
    titles = {**_TITLES, "status": status_title(evaluation)}
    return table(
        frame,
        anchor=anchor,
        caption=caption,
        titles={name: titles[name] for name in frame.columns if name in titles},
        kinds={n: "status" for n in ("status", "derived", "decided") if n in frame.columns},
        weights={name: _WEIGHTS[name] for name in frame.columns if name in _WEIGHTS},
        anchors={"measure": measure_anchors(frame["measure"])},
        sheet=sheet,
        notes=notes,
        filterable=filterable,
    )


def measures_table(evaluation: Evaluation) -> Table:
    """All measures on one list, to be filtered on a page."""
    everything = pd.Series(data=True, index=evaluation.judgements.index)
    frame = _listed(evaluation, everything).drop(columns=["cooperating"])
    frame.insert(1, "area", evaluation.judgements["area_id"].to_numpy())
    framed = _measure_table(
        evaluation,
        frame,
        "tab-opatreni",
        "Přehled všech opatření",
        "Přehled opatření",
        filterable=True,
    )
    columns = tuple(
        column.model_copy(update={"title": "Okruh", "weight": 0.7})
        if column.title == "area"
        else column
        for column in framed.columns
    )
    return framed.model_copy(update={"columns": columns, "counted": NOUNS["opatreni"][:3]})


def overdue_table(evaluation: Evaluation) -> Table:
    """Measures whose fixed deadline has passed without a lasting fulfilment."""
    frame = _listed(evaluation, evaluation.judgements["overdue"])
    return _measure_table(
        evaluation,
        frame.drop(columns=["cooperating"]),
        "tab-po-terminu",
        f"Opatření s pevným termínem uplynulým k {evaluation.period.as_of_label}",
        "Po termínu",
    )


def lead_missing_table(evaluation: Evaluation) -> Table:
    """Measures whose lead, or the lead's unit, is not assigned."""
    frame = _listed(evaluation, evaluation.judgements["lead_missing"])
    return _measure_table(
        evaluation,
        frame.drop(columns=["deadline"]),
        "tab-bez-gestora",
        "Opatření bez určeného gestora nebo odpovědného útvaru",
        "Bez gestora",
        "Útvar neurčen: úřad je uveden, odpovědný útvar je ve zveřejněné tabulce "
        "nahrazen otazníky.",
    )


def not_supplied_table(evaluation: Evaluation) -> Table:
    """Measures to which nobody supplied anything."""
    frame = _listed(evaluation, ~evaluation.judgements["supplied"])
    return _measure_table(
        evaluation,
        frame.drop(columns=["cooperating"]),
        "tab-bez-podkladu",
        "Opatření, k nimž nebyl dodán podklad",
        "Bez podkladu",
    )


def differences_table(evaluation: Evaluation) -> Table:
    """Measures whose derived status is not the published one, with the reason."""
    differs = ~evaluation.judgements["agrees"]
    frame = _listed(evaluation, differs)[["measure", "title", "status"]]
    frame["derived"] = evaluation.judgements.loc[differs, "derived"].to_numpy()
    if evaluation.judgements["decided"].notna().any():
        frame["decided"] = evaluation.judgements.loc[differs, "decided"].to_numpy()
    frame["reason"] = reasons(evaluation).reindex(frame["measure"]).to_numpy()
    return _measure_table(
        evaluation,
        frame,
        "tab-rozdily",
        "Opatření, u nichž se odvozený stav liší od "
        + ("zveřejněného" if evaluation.published else "platného"),
        "Rozdíly stavů",
        "Odvozený stav plyne jen z podkladů popsaných v komentáři; zveřejněný stav nenahrazuje.",
    )


def _published(text: str) -> str:
    """A source's day or year as Czech writes it."""
    return format_date(date.fromisoformat(text)) if "-" in text else text


def sources_table(evaluation: Evaluation) -> Table:
    """The sources that some record names."""
    dataset = evaluation.dataset
    named = [frame["source_id"] for frame in dataset.tables() if "source_id" in frame.columns]
    sources = dataset.sources[dataset.sources["id"].isin(pd.concat(named))]
    frame = sources[["title", "kind", "publisher"]].copy()
    frame["kind"] = frame["kind"].map(_SOURCE_KINDS)
    frame["published"] = sources["published"].map(_published, na_action="ignore")
    return table(
        frame,
        anchor="tab-zdroje",
        caption="Zdroje údajů",
        titles={
            "title": "Zdroj",
            "kind": "Druh",
            "publisher": "Vydavatel",
            "published": "Vydáno",
        },
        weights={"title": 3.4, "kind": 1.2, "publisher": 1.8, "published": 1.2},
        sheet="Zdroje",
        notes=["— znamená, že údaj ve zdroji není."],
    )
