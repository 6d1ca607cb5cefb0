"""The audit: how many findings there are of which kind, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import count, format_number, no_breaks
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import body_names, measure_anchors
from slz_lib.vocabulary import AuditCheck, Severity, Status, labels

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

#: What a finding on the summary concerns, before the id of the claim.
_CLAIM = "tvrzení "
#: Kinds that another annex says more of, with its heading.
_ELSEWHERE = {
    str(AuditCheck.STATUS_AGAINST_COMMENTARY): "Rozdíly zveřejněného a odvozeného stavu",
    str(AuditCheck.INDICATOR_NOT_MEASURABLE): "Indikátory",
}
_SPELLINGS = str(AuditCheck.SPELLINGS_OF_BODY)
_FINDING = ("zjištění", "zjištění", "zjištění")
_SEVERITIES = labels(Severity)
_SIGNED = {status.label: status.marked for status in Status}


def audit_summary_table(evaluation: Evaluation) -> Table:
    """Findings of the audit by kind, also the kinds without any."""
    kinds = evaluation.audit.by_kind
    found, acknowledged = kinds[["findings", "acknowledged"]].sum()
    frame = kinds[["label", "severity", "findings", "acknowledged"]]
    titles = {"label": "Druh", "severity": "Závažnost", "findings": "Počet zjištění"}
    if acknowledged:
        titles["acknowledged"] = "Vzato na vědomí"
    else:
        frame = frame.drop(columns="acknowledged")
    return table(
        frame.assign(severity=kinds["severity"].map(_SEVERITIES)),
        anchor="tab-audit-souhrn",
        caption="Zjištění auditu podle druhu",
        titles=titles,
        weights={"label": 3, "severity": 1.2},
        sheet="Audit podle druhu",
        notes=[f"Celkem {count(found, *_FINDING)}, vzato na vědomí {format_number(acknowledged)}."],
    )


def audit_table(evaluation: Evaluation) -> Table:
    """Findings of the audit, in the order of their kinds and of the measures.

    Kinds that another annex says more of are left to it, and spellings of bodies to
    :func:`spellings_table`; what was acknowledged is here whatever its kind.
    """
    everything = evaluation.audit.findings
    left = _left_out(everything)
    framed = _framed(evaluation, everything[left.isna()].reset_index(drop=True))
    return framed.model_copy(update={"notes": (*framed.notes, *_elsewhere(everything, left))})


def _elsewhere(findings: pd.DataFrame, left: pd.Series) -> list[str]:
    """A note for each kind that is left out."""
    kinds = pd.DataFrame({"label": findings["label"], "place": left}).dropna()
    numbers = kinds.groupby(["place", "label"], sort=False).size().reset_index(name="number")
    return [
        no_breaks(
            f"Dalších {count(int(number), *_FINDING)} druhu „{label}“ uvádí "
            + ("následující tabulka." if place == _SPELLINGS else f"příloha {place}.")
        )
        for place, label, number in numbers.to_numpy().tolist()
    ]


def spellings_table(evaluation: Evaluation) -> Table:
    """Bodies that the sources spell in several ways; it has no row where there is none."""
    everything = evaluation.audit.findings
    found = everything[_left_out(everything).eq(_SPELLINGS).fillna(value=False)]
    frame = pd.DataFrame(
        {
            "subject": found["subject"].map(body_names(evaluation.dataset)),
            "explanation": found["explanation"],
            "place": _places(found).str.removeprefix("bodies.csv, "),
        }
    )
    return table(
        frame.reset_index(drop=True),
        anchor="tab-zapisy-subjektu",
        caption="Subjekty zapsané několika způsoby",
        titles={"subject": "Subjekt", "explanation": "Zápisy", "place": "Místo v bodies.csv"},
        weights={"subject": 1.2, "explanation": 5.4, "place": 0.8},
        sheet="Zápisy subjektů",
    )


def _left_out(findings: pd.DataFrame) -> pd.Series:
    """Where a finding stands instead of the table of all; NA where it stands there."""
    places = {**_ELSEWHERE, _SPELLINGS: _SPELLINGS}
    return findings["check"].map(places).where(~findings["acknowledged"].astype(bool))


def _places(findings: pd.DataFrame) -> pd.Series:
    """Places without what the row says anyway: the folder of a file, the number of the measure."""
    place = findings["place"].str.replace(r"^data/\S*/", "", regex=True)
    return place.str.replace(r"^okruh [IVX]+, opatření \d+(?:, (?=\S)|$)", "", regex=True)


def audit_sheet(evaluation: Evaluation) -> Table:
    """All findings of the audit without exception; stands in the workbook alone."""
    framed = _framed(evaluation, evaluation.audit.findings)
    update = {
        "anchor": "tab-audit-uplne",
        "caption": "Všechna zjištění auditu",
        "sheet": "Audit úplný",
        "workbook_only": True,
    }
    return framed.model_copy(update=update)


def _framed(evaluation: Evaluation, findings: pd.DataFrame) -> Table:
    bodies = findings["subject"].map(body_names(evaluation.dataset))
    severity = findings["severity"].map(_SEVERITIES)
    evidence = " Podklady: " + findings["evidence"] + "."
    place = _places(findings)
    frame = pd.DataFrame(
        {
            "subject": findings["measure_id"].fillna(bodies).fillna(_CLAIM + findings["subject"]),
            "kind": findings["label"] + " (" + severity + ")",
            "claim": (place + ": ").where(place.ne(""), "") + findings["claim"].replace(_SIGNED),
            "recomputed": findings["recomputed"].replace(_SIGNED),
            "explanation": findings["explanation"] + evidence.fillna(""),
        }
    )
    titles = {
        "subject": "Čeho se týká",
        "kind": "Druh (závažnost)",
        "claim": "Co kde stojí",
        "recomputed": "Co vychází",
        "explanation": "Vysvětlení",
    }
    weights = {
        "subject": 1.2,
        "kind": 1.6,
        "claim": 2.1,
        "recomputed": 1.0,
        "explanation": 4.0,
    }
    if findings["acknowledged"].any():
        frame["acknowledged"] = findings["reason"] + " (" + findings["role"] + ")"
        titles["acknowledged"] = "Vzato na vědomí"
        weights["acknowledged"] = 1.3
    framed = table(
        frame,
        anchor="tab-audit",
        caption="Zjištění auditu",
        titles=titles,
        weights=weights,
        anchors={"subject": measure_anchors(findings["measure_id"])},
        sheet="Audit",
        notes=[
            "— znamená, že se nic nepřepočítává"
            + (", nebo že zjištění nikdo nevzal na vědomí." if "acknowledged" in frame else "."),
            "Zjištění se neopravují; uvádějí se, aby bylo zřejmé, o co se závěry opírají.",
        ],
        filterable=True,
    )
    return framed.model_copy(update={"counted": _FINDING})
