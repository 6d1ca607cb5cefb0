"""What several briefs have: tables of measures, steps, evidence and findings, and what is asked."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.planning import ActionPlan
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import (
    holders,
    listed_bodies,
    measure_titles,
    reporter_names,
    standing,
    status_title,
    worded_deadlines,
)
from slz_lib.presentation.tables.audit import LEFT_AS_THEY_ARE, kind_column
from slz_lib.vocabulary import EvidenceState, Role, labels

#: More pieces of evidence than this are told without their criterion and reach.
MOST_PIECES = 15

_NOTHING_ASKED = (
    "— ve sloupci „Co je třeba udělat“ znamená, že se u\u00a0opatření nežádá nic z\u00a0toho, "
    "co přehled sleduje."
)
_WHOSE_WORDS = "Znění je zkráceným zápisem {} s\u00a0poznámkami zpracovatele."
_STATES = labels(EvidenceState)


def listed_measures(
    evaluation: Evaluation,
    *,
    anchor: str,
    caption: str,
    sheet: str,
    deadline: bool = True,
    lead: bool = False,
    asked: bool = False,
    cards: Collection[str] = (),
) -> Table:
    """The measures of an evaluation: number, title, status.

    Args:
        evaluation: the judged period, narrowed to the measures to be listed.
        anchor: permanent name of the table.
        caption: what it shows.
        sheet: name of its sheet.
        deadline: whether it has a column of deadlines.
        lead: whether it has a column of leads.
        asked: whether it has a column of what is asked.
        cards: ids of the measures whose cards the document has; their numbers lead there.
    """
    dataset, judged = evaluation.dataset, evaluation.judgements.set_index("measure_id", drop=False)
    ids, measures = judged["measure_id"], dataset.measures
    columns = [
        measure_column(ids, cards=cards),
        Col("Opatření", measure_titles(dataset), 4.2),
        Col(status_title(evaluation), standing(evaluation, judged), 1.6, evaluation.scale),
    ]
    if deadline:
        columns.append(Col("Termín", worded_deadlines(measures, compact=True), 2.0))
    if lead:
        columns.append(Col("Gestor", holders(dataset, Role.LEAD), 1.7))
    requested = ids.map(requests(evaluation)) if asked else None
    if requested is not None:
        columns.append(Col("Co je třeba udělat", requested, 1.7))
    return table(
        columns,
        anchor=anchor,
        caption=caption,
        sheet=sheet,
        notes=[_NOTHING_ASKED if requested is not None and requested.isna().any() else ""],
    )


def listed_steps(
    plan: ActionPlan,
    steps: pd.DataFrame,
    *,
    anchor: str,
    caption: str,
    sheet: str,
    lead: bool,
    cards: Collection[str],
) -> Table:
    """Steps of a plan, condensed: measure, step, deadline and, if asked for, its lead.

    Args:
        plan: the plan.
        steps: rows of its steps.
        anchor: permanent name of the table.
        caption: what it shows.
        sheet: name of its sheet.
        lead: whether it has a column of leads.
        cards: as of :func:`listed_measures`.
    """
    leads = Col("Gestor", listed_bodies(steps["lead"], plan.evaluation.dataset), 1.2)
    return table(
        [
            measure_column(steps["measure_id"], title="Opatření", weight=0.8, cards=cards),
            Col("Krok", steps["step"], 5.6),
            leads if lead else None,
            Col("Termín", steps["deadline"]),
        ],
        anchor=anchor,
        caption=caption,
        sheet=sheet,
    )


def grouped_steps(
    plan: ActionPlan, steps: pd.DataFrame, *, anchor: str, caption: str, sheet: str
) -> Table:
    """Steps of a plan by their cause and deadline: how many, and for which measures.

    Args:
        plan: the plan.
        steps: rows of its steps.
        anchor: permanent name of the table.
        caption: what it shows.
        sheet: name of its sheet.
    """
    causes = plan.evaluation.dataset.plan_causes.set_index("id")
    groups = steps.groupby(["cause", "deadline"], sort=False, dropna=False)["measure_id"]
    frame = groups.agg(steps="size", measures=", ".join).reset_index()
    frame = frame.sort_values(
        ["deadline", "cause"],
        key=lambda column: column.map(causes["order"]) if column.name == "cause" else column,
    )
    return table(
        [
            Col("Příčina", frame["cause"].map(causes["label"]), 2.4),
            Col("Počet kroků", frame["steps"], 0.8),
            Col("Opatření", frame["measures"], 3.1),
            Col("Termín", frame["deadline"], 1.1),
        ],
        anchor=anchor,
        caption=caption,
        sheet=sheet,
        notes=[f"Jednotlivé kroky uvádí příloha {plan.terms.plan.form(2)}."],
    )


def listed_evidence(
    evaluation: Evaluation,
    evidence: pd.DataFrame,
    *,
    caption: str,
    by: str = "reporter",
) -> Table:
    """Pieces of evidence: measure, criterion, what it says, state and reach.

    Args:
        evaluation: the judged period.
        evidence: rows of its evidence.
        caption: what it shows.
        by: ``reporter``, or ``place`` for rows that have a column of named places.
    """
    columns = [Col("Opatření", evidence["measure_id"], 0.9)]
    if by == "place":
        columns.append(Col("Místo", evidence["place"], 1.3))
    elif len(evidence["reporter"].unique()) != 1:  # else the caption has said who
        columns.append(Col("Kdo hlásí", reporter_names(evaluation, evidence["reporter"]), 1.2))
    at_length = by != "place" and len(evidence) <= MOST_PIECES
    if at_length:
        columns.append(Col("Kritérium", evidence["criterion"], 1.7))
    columns += [
        Col("Co podklad říká", evidence["note"], 3.6),
        Col("Stav kritéria", evidence["state"].map(_STATES), 1.2),
    ]
    if at_length:
        columns.append(Col("Dosah", evidence["reach"].map(evaluation.terms.reaches), 1.1))
    return table(
        columns,
        anchor="tab-podklady",
        caption=caption,
        sheet="Podklady",
        notes=[
            _WHOSE_WORDS.format(
                "komentáře zveřejněné zprávy" if evaluation.imported else "podkladu"
            )
        ],
    )


def listed_findings(
    evaluation: Evaluation, findings: pd.DataFrame, *, cards: Collection[str]
) -> Table:
    """Findings of the audit on single measures, in the order of the measures.

    Args:
        evaluation: the judged period.
        findings: rows of :attr:`slz_lib.evaluation.audit.Audit.findings` that name a measure.
        cards: as of :func:`listed_measures`.
    """
    order = pd.Index(evaluation.judgements["measure_id"])
    rows = findings.sort_values("measure_id", key=order.get_indexer, kind="stable")
    return table(
        [
            measure_column(rows["measure_id"], title="Opatření", weight=0.8, cards=cards),
            kind_column(rows, 2),
            Col("Vysvětlení", rows["explanation"], 4.6),
        ],
        anchor="tab-audit",
        caption="Zjištění auditu",
        sheet="Audit",
        notes=[LEFT_AS_THEY_ARE],
    )


def requests(evaluation: Evaluation) -> pd.Series:
    """What each measure needs somebody to do, joined by a semicolon.

    Returns:
        Czech text by measure id (str); NA where nothing is asked.
    """
    judged = evaluation.judgements.set_index("measure_id")
    without = evaluation.dataset.measures.set_index("id")["indicator"].isna()
    unknown, torn = judged["status"].isna(), judged["disputed"].gt(0)
    asked = {
        "určit gestora nebo útvar": judged["lead_missing"],
        "dodat podklad": judged["silent"] | (unknown & ~torn),
        "rozhodnout, který podklad platí": unknown & torn,
        "navrhnout nový termín": judged["overdue"],
        "doplnit indikátor": without.reindex(judged.index),
        "posoudit stav": judged["differs"],
    }
    texts = pd.Series("", index=judged.index, dtype="str")
    for words, holds in asked.items():
        texts = texts + holds.astype(bool).map({True: f"; {words}", False: ""})
    texts = texts.str.removeprefix("; ")
    return texts.where(texts.ne(""))
