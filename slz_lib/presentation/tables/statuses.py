"""Tables of statuses: published, derived, claimed; the scale and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import format_number, share
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import by_status
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

_OPERATOR = {"eq": "", "gt": "více než ", "ge": "nejméně ", "lt": "méně než ", "le": "nejvýše "}


def status_table(evaluation: Evaluation) -> Table:
    """Measures by published status, with shares."""
    counts = evaluation.counts
    whole = int(counts.sum())
    frame = pd.DataFrame(
        {
            "status": counts.index,
            "count": counts.to_numpy(),
            "share": [share(int(number), whole) for number in counts],
        }
    )
    total = pd.DataFrame({"status": [pd.NA], "count": [whole], "share": [1.0]})
    framed = table(
        pd.concat([frame, total], ignore_index=True),
        anchor="tab-stavy",
        caption=f"Opatření podle {by_status(evaluation)} k {evaluation.period.as_of_label}",
        titles={"status": "Stav", "count": "Počet opatření", "share": "Podíl"},
        kinds={"status": "status", "share": "percent"},
        weights={"status": 2},
        totals=1,
        sheet="Stavy",
        notes=["Sečteno ze stavů uvedených u jednotlivých opatření."],
    )
    return _with_total_label(framed)


def _with_total_label(framed: Table) -> Table:
    """``framed`` with *Celkem* at the head of its last row."""
    last = framed.rows[-1]
    first = last.cells[0].model_copy(update={"text": "Celkem", "status": None})
    row = last.model_copy(update={"cells": (first, *last.cells[1:])})
    notes = tuple(note for note in framed.notes if not note.startswith("— znamená"))
    return framed.model_copy(update={"rows": (*framed.rows[:-1], row), "notes": notes})


def derived_table(evaluation: Evaluation) -> Table:
    """Published status × derived status: how many measures stand where."""
    codes = [str(status) for status in Status]
    wide = pd.crosstab(evaluation.judgements["published"], evaluation.judgements["derived"])
    wide = wide.reindex(index=codes, columns=codes, fill_value=0)
    wide["total"] = wide.sum(axis="columns")
    rows = wide.rename_axis("published").reset_index()
    sums = wide.sum().to_frame().T
    frame = pd.concat([rows, sums], ignore_index=True)[["published", *codes, "total"]]
    return _with_total_label(
        table(
            frame,
            anchor="tab-odvozeny",
            caption="Zveřejněný stav (řádky) a stav odvozený z podkladů (sloupce)",
            titles={
                "published": "Zveřejněný stav",
                "total": "Celkem",
                **{str(s): f"odvozeno: {s.label}" for s in Status},
            },
            kinds={"published": "status"},
            weights={"published": 1.6},
            totals=1,
            sheet="Zveřejněný a odvozený",
            notes=["Na úhlopříčce jsou opatření, u nichž se oba stavy shodují."],
        )
    )


def claims_table(evaluation: Evaluation) -> Table:
    """What the published headline says and what the tables give."""
    claims = evaluation.claims
    unit = "\u00a0" + claims["unit"]
    stated = claims["operator"].map(_OPERATOR).astype("str") + claims["value"].map(
        format_number
    ).astype("str")
    recomputed = claims["recomputed"].map(lambda value: format_number(round(value, 1)))
    frame = pd.DataFrame(
        {
            "text": claims["text"],
            "stated": stated + unit,
            "recomputed": recomputed.astype("str") + unit,
            "holds": claims["holds"].map({True: "odpovídá", False: "neodpovídá"}),
            "place": claims["source_place"],
        }
    )
    return table(
        frame,
        anchor="tab-tvrzeni",
        caption="Tvrzení zveřejněného souhrnu a přepočet z tabulek",
        titles={
            "text": "Tvrzení",
            "stated": "Souhrn uvádí",
            "recomputed": "Tabulky dávají",
            "holds": "Výsledek",
            "place": "Místo ve zprávě",
        },
        weights={"text": 2.2, "place": 1.4, "stated": 1.3, "recomputed": 1.1, "holds": 1.1},
        sheet="Tvrzení souhrnu",
    )


def scale_table(evaluation: Evaluation) -> Table:
    """The published scale and its definitions."""
    statuses = evaluation.dataset.statuses.sort_values("order")
    return table(
        statuses[["code", "wording"]],
        anchor="tab-stupnice",
        caption="Čtyřstupňová stupnice hodnocení",
        titles={"code": "Stav", "wording": "Vymezení"},
        kinds={"code": "status"},
        weights={"code": 1, "wording": 4},
        sheet="Stupnice",
        notes=["Vymezení jsou zkrácena podle zveřejněné zprávy."],
    )


def rules_table(evaluation: Evaluation) -> Table:
    """The rules that derive a status from evidence, in the order in which they are tried."""
    rules = evaluation.rules
    return table(
        rules[["order", "status", "wording", "passage"]],
        anchor="tab-pravidla",
        caption="Pravidla odvození stavu v pořadí, v němž se zkoušejí",
        titles={
            "order": "Pořadí",
            "status": "Stav",
            "wording": "Pravidlo",
            "passage": "Opora ve vymezení stupně",
        },
        kinds={"status": "status"},
        weights={"order": 0.6, "status": 1.3, "wording": 3, "passage": 2},
        sheet="Pravidla",
        notes=[
            "Rozhoduje první pravidlo, jehož podmínky jsou splněny všechny.",
            *_reach_notes(evaluation),
        ],
    )


def _reach_notes(evaluation: Evaluation) -> list[str]:
    """What share of the territory makes a reach, where evidence names places."""
    words = evaluation.rule_set.terms["wording"].str.rstrip(".")
    listed = "; ".join(words.str[:1].str.lower() + words.str[1:])
    return [f"Dosah podle jmenovaných míst: {listed}."] if listed else []
