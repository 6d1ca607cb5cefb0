"""The audit: how many findings there are of which kind, and all of them."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.language import NOUNS, counted, format_number, plural
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import body_names, measure_anchors
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import AuditCheck, Severity, labels

#: What a finding on the summary concerns, before the id of the claim.
_CLAIM = "tvrzení "
#: Kinds that another chapter says more of, with its heading.
_ELSEWHERE = {
    str(AuditCheck.STATUS_AGAINST_COMMENTARY): "Rozdíly {standing} a odvozeného stavu",
    str(AuditCheck.INDICATOR_NOT_MEASURABLE): "Indikátory",
}
_SPELLINGS = str(AuditCheck.SPELLINGS_OF_BODY)
_FINDING = NOUNS["zjisteni"].forms
_SEVERITIES = labels(Severity)
#: Said under whatever lists findings.
LEFT_AS_THEY_ARE = "Zjištění se neopravují; uvádějí se, aby bylo zřejmé, o co se závěry opírají."


@telling_selection
def audit_summary_table(evaluation: Evaluation) -> Table:
    """Zjištění auditu podle druhu, i druhy bez zjištění."""
    kinds = evaluation.audit.by_kind
    found, acknowledged = kinds[["findings", "acknowledged"]].sum()
    columns = [
        Col("Druh", kinds["label"], 3),
        Col("Závažnost", kinds["severity"].map(_SEVERITIES), 1.2),
        Col("Počet zjištění", kinds["findings"]),
    ]
    if acknowledged:
        columns.append(Col("Vzato na vědomí", kinds["acknowledged"]))
    return table(
        columns,
        anchor="tab-audit-souhrn",
        caption="Zjištění auditu podle druhu",
        sheet="Audit podle druhu",
        notes=[summed(int(found), int(acknowledged))],
    )


def summed(found: int, acknowledged: int) -> str:
    """How many findings there are, and of how many somebody took note, if of any."""
    taken = f"{plural(acknowledged, 'vzato', 'vzata', 'vzato')} na vědomí"
    told = f", z\u00a0toho {taken} {format_number(acknowledged)}" if acknowledged else ""
    return f"Celkem {counted(found, 'zjisteni')}{told}."


@telling_selection
def audit_table(evaluation: Evaluation) -> Table:
    """Zjištění auditu v pořadí druhů a opatření.

    Kinds that another chapter says more of are left to it, and spellings of bodies to
    :func:`spellings_table`; what was acknowledged is here whatever its kind.
    """
    everything = evaluation.audit.findings
    left = _left_out(everything)
    return table(
        _columns(evaluation, everything[left.isna()]),
        anchor="tab-audit",
        caption="Zjištění auditu",
        sheet="Audit",
        notes=[*_notes(everything[left.isna()]), *_elsewhere(evaluation, left)],
        filterable=True,
        counted=_FINDING,
    )


def _elsewhere(evaluation: Evaluation, left: pd.Series) -> list[str]:
    """A note for each kind that is left out."""
    kinds = pd.DataFrame({"label": evaluation.audit.findings["label"], "place": left}).dropna()
    numbers = kinds.groupby(["place", "label"], sort=False).size().reset_index(name="number")
    return [
        f"{plural(number, 'Další', 'Další', 'Dalších')} "
        + (counted(number, "zjisteni") if number > 1 else "zjištění")
        + f" druhu „{label}“ uvádí "
        + (
            "následující tabulka."
            if place == _SPELLINGS
            else f"kapitola {place.format(standing=evaluation.standing)}."
        )
        for place, label, number in numbers.to_numpy().tolist()
    ]


@telling_selection
def spellings_table(evaluation: Evaluation) -> Table:
    """Subjekty, které zdroje píší různě; bez řádků, když žádný není."""
    everything = evaluation.audit.findings
    found = everything[_left_out(everything).eq(_SPELLINGS).fillna(value=False)]
    return table(
        [
            Col("Subjekt", found["subject"].map(body_names(evaluation.dataset)), 1.2),
            Col("Zápisy", found["explanation"], 5.4),
            Col("Místo v bodies.csv", _places(found).str.removeprefix("bodies.csv, "), 0.8),
        ],
        anchor="tab-zapisy-subjektu",
        caption="Subjekty zapsané několika způsoby",
        sheet="Zápisy subjektů",
    )


def _left_out(findings: pd.DataFrame) -> pd.Series:
    """Where a finding stands instead of the table of all; NA where it stands there."""
    places = {**_ELSEWHERE, _SPELLINGS: _SPELLINGS}
    return findings["check"].map(places).where(~findings["acknowledged"].astype(bool))


def _places(findings: pd.DataFrame) -> pd.Series:
    """Places without what the row says anyway: the folder of a file, the area and the measure."""
    place = findings["place"].str.replace(r"^data/\S*/", "", regex=True)
    return place.str.replace(r"^\w+ \w+, opatření \w+(?:, (?=\S)|$)", "", regex=True)


@telling_selection
def audit_sheet(evaluation: Evaluation) -> Table:
    """Všechna zjištění auditu bez výjimky; jen v sešitu."""
    findings = evaluation.audit.findings
    return table(
        _columns(evaluation, findings),
        anchor="tab-audit-uplne",
        caption="Všechna zjištění auditu",
        sheet="Audit úplný",
        notes=_notes(findings),
        filterable=True,
        workbook_only=True,
        counted=_FINDING,
    )


def kind_column(findings: pd.DataFrame, weight: float) -> Col:
    """A column of the kinds of findings, each with its severity."""
    severity = findings["severity"].map(_SEVERITIES)
    return Col("Druh (závažnost)", findings["label"] + " (" + severity + ")", weight)


def _columns(evaluation: Evaluation, findings: pd.DataFrame) -> list[Col]:
    bodies = findings["subject"].map(body_names(evaluation.dataset))
    subjects = findings["measure_id"].fillna(bodies).fillna(_CLAIM + findings["subject"])
    evidence = " Podklady: " + findings["evidence"] + "."
    place = _places(findings)
    signed = {step.label: step.marked for step in evaluation.scale}
    claims = (place + ": ").where(place.ne(""), "") + findings["claim"].replace(signed)
    columns = [
        Col("Čeho se týká", subjects, 1.2, refs=measure_anchors(findings["measure_id"])),
        kind_column(findings, 1.6),
        Col("Co kde stojí", claims, 2.1),
        Col("Co vychází", findings["recomputed"].replace(signed), form="amount"),
        Col("Vysvětlení", findings["explanation"] + evidence.fillna(""), 4.0),
    ]
    if findings["acknowledged"].any():
        by_whom = findings["reason"] + " (" + findings["role"] + ")"
        columns.append(Col("Vzato na vědomí", by_whom, 1.3))
    return columns


def _notes(findings: pd.DataFrame) -> list[str]:
    acknowledged = bool(findings["acknowledged"].any())
    return [
        "— znamená, že se nic nepřepočítává"
        + (", nebo že zjištění nikdo nevzal na vědomí." if acknowledged else "."),
        LEFT_AS_THEY_ARE,
    ]
