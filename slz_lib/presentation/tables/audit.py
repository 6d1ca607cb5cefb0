"""The audit: how many findings there are of which kind, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.audit import audit
from slz_lib.language import count, format_number, no_breaks
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import body_names, measure_anchors
from slz_lib.vocabulary import AuditCheck, Severity, Status

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

#: What a finding on the summary concerns, before the id of the claim.
_CLAIM = "tvrzení "
_FINDING = ("zjištění", "zjištění", "zjištění")
_SEVERITIES = {str(severity): severity.label for severity in Severity}
_SIGNED = {status.label: status.marked for status in Status}


def audit_summary_table(evaluation: Evaluation) -> Table:
    """Findings of the audit by kind, also the kinds without any."""
    kinds = audit(evaluation).by_kind
    frame = kinds[["label", "severity", "findings", "acknowledged"]]
    found, acknowledged = kinds[["findings", "acknowledged"]].sum()
    return table(
        frame.assign(severity=kinds["severity"].map(_SEVERITIES)),
        anchor="tab-audit-souhrn",
        caption="Zjištění auditu podle druhu",
        titles={
            "label": "Druh",
            "severity": "Závažnost",
            "findings": "Počet zjištění",
            "acknowledged": "Z toho vzato na vědomí",
        },
        weights={"label": 3, "severity": 1.2},
        sheet="Audit podle druhu",
        notes=[f"Celkem {count(found, *_FINDING)}, vzato na vědomí {format_number(acknowledged)}."],
    )


def audit_table(evaluation: Evaluation) -> Table:
    """Findings of the audit, in the order of their kinds and of the measures.

    Indicators that cannot be measured are left to their own annex, which says why of each.
    """
    everything = audit(evaluation).findings
    apart = everything["check"].eq(str(AuditCheck.INDICATOR_NOT_MEASURABLE))
    framed = _framed(evaluation, everything[~apart].reset_index(drop=True))
    if not apart.any():
        return framed
    left = (
        f"Dalších {count(int(apart.sum()), *_FINDING)} se týká indikátorů, které nelze změřit; "
        "uvádí je příloha Indikátory."
    )
    return framed.model_copy(update={"notes": (*framed.notes, no_breaks(left))})


def audit_sheet(evaluation: Evaluation) -> Table:
    """All findings of the audit without exception; stands in the workbook alone."""
    framed = _framed(evaluation, audit(evaluation).findings)
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
    # The folder of a file is long, and its name says enough.
    place = findings["place"].str.replace(r"^data/\S*/", "", regex=True)
    frame = pd.DataFrame(
        {
            "subject": findings["measure_id"].fillna(bodies).fillna(_CLAIM + findings["subject"]),
            "kind": findings["label"] + " (" + severity + ")",
            "claim": place + ": " + findings["claim"].replace(_SIGNED),
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
        "subject": 0.9,
        "kind": 1.2,
        "claim": 1.8,
        "recomputed": 1.0,
        "explanation": 4.2,
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
