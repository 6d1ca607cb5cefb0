"""Tables of uncertainty: bounds of the counts, and who is known to have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import (
    count,
    czech_key,
    of_whole,
    plural,
    share,
    within,
)
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import body_names

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

#: Bodies that a report lists; the others have few roles.
SHOWN = 12

_LOWER_BOUND = (
    "Čísla jsou dolní mez: zveřejněná zpráva jmenuje málokoho z těch, kdo podklady dodali. "
    "Kdo jmenován není, podklad dodat mohl."
)


def bounds_table(evaluation: Evaluation) -> Table:
    """Counts and shares of the statuses, and the bounds within which they could be."""
    found = evaluation.uncertainty
    columns = ["stated", "lowest", "highest", "share", "share_lowest", "share_highest"]
    frame = found.bounds[columns].reset_index()
    silent = of_whole(len(found.unknown), len(evaluation.judgements))
    return table(
        frame,
        anchor="tab-meze",
        caption="Opatření podle stavu a meze, v nichž počty mohou být",
        titles={
            "status": "Stav",
            "stated": "Uvedeno",
            "lowest": "Nejméně",
            "highest": "Nejvíce",
            "share": "Podíl",
            "share_lowest": "Podíl nejméně",
            "share_highest": "Podíl nejvíce",
        },
        kinds={
            "status": "status",
            **dict.fromkeys(("share", "share_lowest", "share_highest"), "percent"),
        },
        weights={"status": 1.6},
        sheet="Meze stavů",
        notes=[
            (
                f"Podklad nebyl dodán k {silent} opatření; každé z nich může mít kterýkoli stav, "
                "který při jeho termínu pravidla připouštějí."
            ),
            "Meze platí pro každý stav zvlášť: všechny stavy nemohou být na horní mezi zároveň.",
        ],
    )


def cases_table(evaluation: Evaluation) -> Table:
    """Derived statuses as they are, and in the worst and the best case."""
    bounds = evaluation.uncertainty.bounds
    columns = ["derived", "derived_worst", "derived_best"]
    frame = bounds[columns].reset_index()
    whole = len(evaluation.judgements)
    for name in columns:
        shares = frame[name].map(lambda number: share(int(number), whole))
        frame[f"{name}_share"] = shares.astype("Float64")
    order = [column for name in columns for column in (name, f"{name}_share")]
    return table(
        frame[["status", *order]],
        anchor="tab-krajni-pripady",
        caption="Odvozený stav v nejhorším a v nejlepším případě",
        titles={
            "status": "Stav",
            "derived": "Odvozeno",
            "derived_worst": "Nejhorší případ",
            "derived_best": "Nejlepší případ",
            **{f"{name}_share": "Podíl" for name in columns},
        },
        kinds={"status": "status", **{f"{name}_share": "percent" for name in columns}},
        weights={"status": 1.6},
        sheet="Krajní případy",
        notes=[
            (
                "V nejhorším případě se bere vše, k čemu podklad nebyl dodán, jako neplněné; "
                "v nejlepším jako plněné v celém kraji, při pevném termínu jako trvale splněné."
            ),
            *_worst_note(bounds),
        ],
    )


def _worst_note(bounds: pd.DataFrame) -> list[str]:
    """Said only where it is so."""
    if bounds["derived"].ne(bounds["derived_worst"]).any():
        return []
    return [
        (
            "Nejhorší případ se od odvozeného stavu neliší: už platná pravidla hodnotí nedodaný "
            "podklad stejně jako neplnění."
        )
    ]


def response_table(evaluation: Evaluation, *, most: int | None = SHOWN) -> Table:
    """Bodies with a role and how many of their measures they are known to report on.

    Args:
        evaluation: the judged period.
        most: how many bodies to list, those with most measures first; all when ``None``.
    """
    dataset = evaluation.dataset
    rates = evaluation.uncertainty.by_body
    shown = rates if most is None else rates.head(most)
    names = body_names(dataset)
    columns = [
        "measures", "lead", "reported", "share_reported", "lead_supplied", "share_supplied",
    ]  # fmt: skip
    frame = shown[columns].copy()
    frame["lead_supplied"] = frame["lead_supplied"].astype("Int64").where(frame["lead"].gt(0))
    frame.insert(0, "body", names.reindex(frame.index))
    rest = len(rates) - len(shown)
    notes = [
        _LOWER_BOUND,
        (
            "Za subjekt odpovídá i jeho část, například odbor za krajský úřad nebo jedna obec "
            "za obce; opačně to neplatí. Jednotlivé organizace se souhrnným subjektům nepřičítají."
        ),
        (
            "Opatření s podkladem jsou ta, u nichž podklady subjekt jmenují; komentář k vedenému "
            "opatření mohl dodat i někdo jiný než gestor."
        ),
        "— v posledních dvou sloupcích znamená, že subjekt žádné opatření nevede.",
    ]
    if rest:
        most_of_rest = int(rates["measures"].iloc[len(shown)])
        verb = plural(rest, "má", "mají", "má")
        noun = plural(most_of_rest, "opatření", "opatřeních", "opatřeních")
        notes.append(
            f"Dále {verb} roli {count(rest, 'subjekt', 'subjekty', 'subjektů')}, každý nejvýše "
            f"{within(most_of_rest)} {noun}."
        )
    return table(
        frame.reset_index(drop=True),
        anchor="tab-odezva" if rest else "tab-odezva-vsech",
        caption="Odezva subjektů: opatření, o nichž podle podkladů něco sdělily",
        titles={
            "body": "Subjekt",
            "measures": "Opatření s rolí",
            "lead": "Z toho jako gestor",
            "reported": "S podkladem",
            "share_reported": "Podíl s podkladem",
            "lead_supplied": "Vedená s komentářem",
            "share_supplied": "Podíl z vedených",
        },
        kinds={"share_reported": "percent", "share_supplied": "percent"},
        weights={"body": 2.2},
        sheet="Odezva subjektů" if rest else "Odezva všech subjektů",
        notes=notes,
    )


def orp_response_table(evaluation: Evaluation, own: str | None = None) -> Table:
    """ORP and the evidence that names a place in them.

    Args:
        evaluation: the judged period.
        own: id of the ORP that the document speaks of; its row says so.
    """
    found = evaluation.uncertainty
    names = evaluation.dataset.orp.set_index("id")["name"]
    columns = ["measures", "share_of_measures", "evidence", "places", "partnerships"]
    frame = found.by_orp[columns].copy()
    frame.insert(0, "orp", names.reindex(frame.index))
    frame = frame.sort_values("orp", key=lambda named: named.map(czech_key))
    frame["orp"] = frame["orp"].mask(
        frame.index == own, "▸\u00a0" + frame["orp"] + " (tento obvod)"
    )
    return table(
        frame.reset_index(drop=True),
        anchor="tab-odezva-orp",
        caption="Odezva území: podklady, které jmenují místo ve správním obvodu ORP",
        titles={
            "orp": "Správní obvod ORP",
            "measures": "Opatření s podkladem",
            "share_of_measures": "Podíl opatření",
            "evidence": "Podklady",
            "places": "Jmenovaná místa",
            "partnerships": "Obce v partnerství",
        },
        kinds={"share_of_measures": "percent"},
        weights={"orp": 1.8},
        sheet="Odezva ORP",
        notes=[
            _LOWER_BOUND,
            (
                f"Místo jmenuje {of_whole(found.placed, found.pieces)} podkladů; "
                "ostatní mluví o celém kraji, o obcích obecně, nebo místo neuvádějí."
            ),
            "Nula neznamená, že se v obvodu nic neděje. Podklad se může počítat ve více obvodech.",
        ],
    )
