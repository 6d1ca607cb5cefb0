"""Tables that several briefs have: measures, steps, evidence, findings of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.standings import standings
from slz_lib.planning.wording import unfilled
from slz_lib.presentation.briefs.requests import requests
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import (
    body_names,
    deadlines,
    holders,
    listed_bodies,
    measure_anchors,
    status_title,
)
from slz_lib.vocabulary import EvidenceState, Reach, Role, Severity, labels

if TYPE_CHECKING:
    from collections.abc import Collection

    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation
    from slz_lib.planning import ActionPlan

#: More pieces of evidence than this are told without their criterion and reach.
MOST_PIECES = 15

_NOTHING_ASKED = (
    "— ve sloupci „Co je třeba udělat“ znamená, že se u\u00a0opatření nežádá nic z\u00a0toho, "
    "co přehled sleduje."
)
_WHOSE_WORDS = (
    "Znění je zkráceným zápisem komentáře zveřejněné zprávy s\u00a0poznámkami zpracovatele."
)
_STATES = labels(EvidenceState)
_REACHES = labels(Reach)
_SEVERITIES = labels(Severity)


def _card_anchors(measures: pd.Series, cards: Collection[str]) -> pd.Series:
    """Anchors of the cards that the document has; NA where a number leads nowhere."""
    return measure_anchors(measures).where(measures.isin(list(cards)))


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
    listed = standings(evaluation)
    frame = listed[["id", "title", "status"]].rename(columns={"id": "measure"})
    if deadline:
        frame["deadline"] = frame["measure"].map(deadlines(listed, compact=True))
    if lead:
        frame["lead"] = frame["measure"].map(holders(evaluation.dataset, Role.LEAD))
    if asked:
        frame["asked"] = frame["measure"].map(requests(evaluation))
    weights = {"measure": 0.7, "title": 4.2, "status": 1.6, "deadline": 2.0}
    titles = {
        "measure": "Číslo",
        "title": "Opatření",
        "status": status_title(evaluation),
        "deadline": "Termín",
        "lead": "Gestor",
        "asked": "Co je třeba udělat",
    }
    weights |= {"lead": 1.7, "asked": 1.7}
    return table(
        frame,
        anchor=anchor,
        caption=caption,
        titles={name: titles[name] for name in frame.columns},
        kinds={"status": "status"},
        weights={name: weights[name] for name in frame.columns},
        anchors={"measure": _card_anchors(frame["measure"], cards)},
        sheet=sheet,
        notes=[_NOTHING_ASKED] if asked and frame["asked"].isna().any() else [],
    )


def listed_steps(
    evaluation: Evaluation,
    steps: pd.DataFrame,
    *,
    anchor: str,
    caption: str,
    sheet: str,
    lead: bool,
    cards: Collection[str] = (),
) -> Table:
    """Steps of a plan, condensed: measure, step, deadline and, if asked for, its lead.

    Args:
        evaluation: the period that the plan follows.
        steps: rows of :attr:`slz_lib.planning.ActionPlan.steps`.
        anchor: permanent name of the table.
        caption: what it shows.
        sheet: name of its sheet.
        lead: whether it has a column of leads.
        cards: as of :func:`listed_measures`.
    """
    frame = steps[["measure_id", "step", "deadline"]].reset_index(drop=True)
    titles = {"measure_id": "Opatření", "step": "Krok", "deadline": "Termín"}
    weights = {"measure_id": 0.8, "step": 5.6, "deadline": 1}
    if lead:
        leads = listed_bodies(steps["lead"], evaluation.dataset)
        frame.insert(2, "lead", leads.reset_index(drop=True))
        titles["lead"], weights["lead"] = "Gestor", 1.2
    return table(
        frame,
        anchor=anchor,
        caption=caption,
        titles=titles,
        weights=weights,
        anchors={"measure_id": _card_anchors(frame["measure_id"], cards)},
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
    causes = plan.evaluation.dataset.plan_causes.sort_values("order").set_index("id")
    order = {cause: place for place, cause in enumerate(causes.index)}
    groups = steps.groupby(["cause", "deadline"], sort=False)["measure_id"]
    frame = groups.agg(steps="size", measures=", ".join).reset_index()
    frame = frame.sort_values(
        ["deadline", "cause"],
        key=lambda column: column.map(order) if column.name == "cause" else column,
    )
    frame = frame.assign(step=frame["cause"].map(unfilled(causes["step"])))[
        ["step", "steps", "measures", "deadline"]
    ]
    return table(
        frame.reset_index(drop=True),
        anchor=anchor,
        caption=caption,
        titles={
            "step": "Navržený krok",
            "steps": "Počet kroků",
            "measures": "Opatření",
            "deadline": "Termín",
        },
        weights={"step": 4.3, "steps": 0.8, "measures": 3.1, "deadline": 1.1},
        sheet=sheet,
        notes=["Jednotlivé kroky uvádí akční plán."],
    )


def reporter_names(evaluation: Evaluation, reporters: pd.Series) -> pd.Series:
    """Who reports, as a reader knows them; NA where the source does not say."""
    names = reporters.map(body_names(evaluation.dataset))
    municipality = reporters.str.startswith("OBEC:", na=False)
    organisation = reporters.str.startswith("ORG:", na=False)
    names = names.mask(municipality, "obec " + reporters.str.removeprefix("OBEC:"))
    return names.mask(organisation, reporters.str.removeprefix("ORG:"))


def listed_evidence(
    evaluation: Evaluation,
    evidence: pd.DataFrame,
    *,
    anchor: str,
    caption: str,
    by: str = "reporter",
) -> Table:
    """Pieces of evidence: measure, criterion, what it says, state and reach.

    Args:
        evaluation: the judged period.
        evidence: rows of its evidence.
        anchor: permanent name of the table.
        caption: what it shows.
        by: ``reporter``, or ``place`` for rows that have a column of named places.
    """
    rows = evidence.reset_index(drop=True)
    second = reporter_names(evaluation, rows["reporter"]) if by == "reporter" else rows["place"]
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            by: second,
            "criterion": rows["criterion"],
            "note": rows["note"],
            "state": rows["state"].map(_STATES),
            "reach": rows["reach"].map(_REACHES),
        }
    )
    if by == "place":
        frame = frame.drop(columns=["criterion", "reach"])
    elif len(rows["reporter"].unique()) == 1:  # the caption has said who
        frame = frame.drop(columns="reporter")
    if len(rows) > MOST_PIECES:
        frame = frame.drop(columns=["criterion", "reach"], errors="ignore")
    titles = {
        "measure": "Opatření",
        "reporter": "Kdo hlásí",
        "place": "Místo",
        "criterion": "Kritérium",
        "note": "Co podklad říká",
        "state": "Stav kritéria",
        "reach": "Dosah",
    }
    weights = {
        "measure": 0.9,
        "reporter": 1.2,
        "place": 1.3,
        "criterion": 1.7,
        "note": 3.6,
        "state": 1.2,
        "reach": 1.1,
    }
    return table(
        frame,
        anchor=anchor,
        caption=caption,
        titles={name: titles[name] for name in frame.columns},
        weights={name: weights[name] for name in frame.columns},
        sheet="Podklady",
        notes=[_WHOSE_WORDS],
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
    rows = rows.reset_index(drop=True)
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            "kind": rows["label"] + " (" + rows["severity"].map(_SEVERITIES) + ")",
            "explanation": rows["explanation"],
        }
    )
    return table(
        frame,
        anchor="tab-audit",
        caption="Zjištění auditu",
        titles={"measure": "Opatření", "kind": "Druh (závažnost)", "explanation": "Vysvětlení"},
        weights={"measure": 0.8, "kind": 2, "explanation": 4.6},
        anchors={"measure": _card_anchors(rows["measure_id"], cards)},
        sheet="Audit",
        notes=["Zjištění se neopravují; uvádějí se, aby bylo zřejmé, o co se závěry opírají."],
    )
