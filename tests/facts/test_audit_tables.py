"""The tables of the audit say what the audit found, in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.audit import audit
from slz_lib.presentation import tables
from slz_lib.vocabulary import AuditCheck
from tests.samples.reading import column


@pytest.fixture
def acknowledged(dataset: slz_lib.Dataset) -> slz_lib.Evaluation:
    """The real period with one finding acknowledged by nobody real."""
    row = {
        "period_id": "2022-2023",
        "check": "cells_swapped",
        "subject": "V.6",
        "reason": "syntetický důvod",
        "role": "syntetická funkce",
        "source_id": "vlastni-cteni",
        "source_place": "syntetický záznam",
    }
    table = pd.DataFrame([row], columns=dataset.acknowledgements.columns).astype("str")
    return slz_lib.evaluate(replace(dataset, acknowledgements=table), "2022-2023")


def test_the_summary_counts_every_kind_and_words_its_severity(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.audit_summary_table(evaluation)
    found = len(audit(evaluation).findings)
    assert len(framed.rows) == len(AuditCheck)
    assert sum(int(str(row.cells[2].value)) for row in framed.rows) == found
    assert set(column(framed, "Závažnost")) == {"vysoká", "střední", "nízká"}
    assert column(framed, "Druh")[3] == "Prohozené buňky"
    assert framed.notes == (f"Celkem {found}\u00a0zjištění.",)


def test_every_finding_has_a_row_that_names_its_kind_and_severity(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.audit_sheet(evaluation)
    findings = audit(evaluation).findings
    assert len(framed.rows) == len(findings)
    assert framed.workbook_only
    kinds = column(framed, "Druh (závažnost)")
    assert kinds[:2] == ["Tvrzení neodpovídá tabulkám (vysoká)"] * 2
    assert [title.title for title in framed.columns] == [
        "Čeho se týká",
        "Druh (závažnost)",
        "Co kde stojí",
        "Co vychází",
        "Vysvětlení",
    ]


APART = {
    "status_against_commentary": "kapitola Rozdíly zveřejněného a odvozeného stavu.",
    "indicator_not_measurable": "kapitola Indikátory.",
    "spellings_of_body": "následující tabulka.",
}


def test_a_document_says_elsewhere_what_another_annex_says_more_of(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.audit_table(evaluation)
    findings = audit(evaluation).findings
    apart = [int(findings["check"].eq(check).sum()) for check in APART]
    assert 0 not in apart
    assert len(framed.rows) == len(findings) - sum(apart)
    notes = [note.replace("\u00a0", " ") for note in framed.notes[-len(APART) :]]
    for number, place, note in zip(apart, APART.values(), notes, strict=True):
        assert note.startswith(f"Dalších {number} zjištění druhu „")
        assert note.endswith(f"“ uvádí {place}")
    assert not framed.workbook_only


def test_the_annexes_hold_every_finding_that_the_table_leaves_to_them(
    evaluation: slz_lib.Evaluation,
) -> None:
    findings = audit(evaluation).findings
    against = findings.loc[findings["check"].eq("status_against_commentary"), "measure_id"]
    differing = {row.cells[0].text for row in tables.differences_table(evaluation).rows}
    assert set(against) <= differing
    unmeasured = findings.loc[findings["check"].eq("indicator_not_measurable"), "measure_id"]
    listed = {row.cells[0].text for row in tables.indicators_table(evaluation).rows}
    assert set(unmeasured) <= listed
    spelled = findings[findings["check"].eq("spellings_of_body")]
    told = [text.replace("\u00a0", " ") for text in spelled["explanation"]]
    assert column(tables.spellings_table(evaluation), "Zápisy") == told


def test_what_was_acknowledged_stays_in_the_table_of_the_audit(
    evaluation: slz_lib.Evaluation,
) -> None:
    """With synthetic acknowledgements of a finding of each kind that is left to other annexes."""
    findings = audit(evaluation).findings
    first = findings[findings["check"].isin(APART)].drop_duplicates("check")
    given = pd.DataFrame(
        {
            "period_id": evaluation.period.id,
            "check": first["check"],
            "subject": first["subject"],
            "reason": "syntetický důvod",
            "role": "syntetická funkce",
        }
    )
    kept = replace(evaluation, dataset=replace(evaluation.dataset, acknowledgements=given))
    before, after = (len(tables.audit_table(e).rows) for e in (evaluation, kept))
    assert after == before + len(APART)
    assert len(tables.spellings_table(kept).rows) == (
        len(tables.spellings_table(evaluation).rows) - 1
    )


def test_a_finding_on_a_measure_leads_to_its_card_and_others_nowhere(
    evaluation: slz_lib.Evaluation,
) -> None:
    leads = {row.cells[0].text: row.cells[0].ref for row in tables.audit_table(evaluation).rows}
    assert leads["V.6"] == "m-V-6"
    assert leads["tvrzení T-4"] is None
    spelled = {
        row.cells[0].text: row.cells[0].ref for row in tables.spellings_table(evaluation).rows
    }
    assert spelled["NNO"] is None


def test_a_finding_says_what_stands_where_with_the_sign_of_a_status(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.audit_table(evaluation)
    row = column(framed, "Čeho se týká").index("XIII.2")
    assert column(framed, "Co kde stojí")[row] == "řádek plnění: ● SPLNĚNO"
    assert column(framed, "Co vychází")[row] == "○ NEPLNĚNO"
    assert column(framed, "Vysvětlení")[row].endswith(" Podklady: XIII.2-1.")


def test_acknowledgements_have_a_column_only_where_there_are_any(
    evaluation: slz_lib.Evaluation, acknowledged: slz_lib.Evaluation
) -> None:
    titles = [title.title for title in tables.audit_table(evaluation).columns]
    assert "Vzato na vědomí" not in titles
    told = column(tables.audit_table(acknowledged), "Vzato na vědomí")
    assert [text for text in told if text != "—"] == ["syntetický důvod (syntetická funkce)"]
    summary = tables.audit_summary_table(acknowledged)
    assert sum(int(str(row.cells[3].value)) for row in summary.rows) == 1
