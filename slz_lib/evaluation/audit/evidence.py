"""The audit of evidence: one body says that a criterion is fulfilled, another that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.audit.rows import STATE_LABELS, joined, rows
from slz_lib.evaluation.criteria import FULFILLED
from slz_lib.vocabulary import AuditCheck, EvidenceState

if TYPE_CHECKING:
    from slz_lib.evaluation.period import JudgedPeriod

_NO_REPORTER = "nejmenovaný subjekt"


def evidence_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Findings on evidence that contradicts itself, see :mod:`slz_lib.evaluation.audit.rows`."""
    keys = ["measure_id", "criterion"]
    evidence = evaluation.evidence
    confirming = evidence["state"].isin([str(state) for state in FULFILLED])
    denying = evidence["state"].eq(str(EvidenceState.NOT_DONE))
    speaking = evidence.assign(denies=denying)[confirming | denying]
    told = speaking[speaking.groupby(keys)["denies"].transform("nunique").gt(1)]
    told = told.assign(
        words=_reporters(told["reporter"], evaluation) + " – " + told["state"].map(STATE_LABELS)
    )
    by_criterion = told.groupby(keys, sort=False)["words"].agg(", ".join).reset_index()
    best = evaluation.criteria.set_index(keys)["state"].map(STATE_LABELS)
    counted = by_criterion.join(best.rename("best"), on=keys)
    claim = "„" + counted["criterion"] + "“: " + counted["words"]
    result = "„" + counted["criterion"] + "“ se počítá jako " + counted["best"]
    lines = told["row"].astype("str").groupby(told["measure_id"], sort=False).agg(", ".join)
    subject = pd.Series(lines.index, index=lines.index, dtype="str")
    return rows(
        AuditCheck.EVIDENCE_DISAGREES,
        subject=subject,
        place=f"data/periods/{evaluation.period.id}/evidence.csv, řádky " + lines,
        claim=joined(claim, counted["measure_id"], "; "),
        explanation="Podklady si u\u00a0téhož kritéria odporují; který platí, z nich nelze poznat. "
        "Odvozený stav vychází z nejlepšího z nich: "
        + joined(result, counted["measure_id"], ", ")
        + ".",
        evidence=joined(told["id"], told["measure_id"]),
    )


def _reporters(reporters: pd.Series, evaluation: JudgedPeriod) -> pd.Series:
    """Who reported: short name of a body, name of a municipality or organisation."""
    bodies = evaluation.dataset.bodies.set_index("id")["short_name"]
    named = reporters.str.extract(r"^(?:OBEC|ORG):(.+)$", expand=False)
    return reporters.map(bodies).fillna(named).fillna(_NO_REPORTER)
