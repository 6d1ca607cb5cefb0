"""How the trace of a status reads: in the annex, for one measure, in the workbook."""

from __future__ import annotations

import pytest

import slz_lib
from slz_lib.documents.model import Table
from slz_lib.errors import ParameterError
from slz_lib.presentation import tables
from tests.samples.reading import plain


def row_of(framed: Table, measure: str) -> dict[str, str]:
    (row,) = (row for row in framed.rows if row.cells[0].text == measure)
    titles = (column.title for column in framed.columns)
    return {title: plain(cell.text) for title, cell in zip(titles, row.cells, strict=True)}


def test_the_annex_says_of_a_measure_what_decided_lacked_and_would_move_it(
    evaluation: slz_lib.Evaluation,
) -> None:
    row = list(row_of(tables.traces_table(evaluation), "I.2").values())
    assert row[1] == "◐ ČÁSTEČNĚ"
    assert row[2] == "R1-CASTECNE: I.2-1, -2, -3 (ř. 4 až 6)"
    assert "PLNĚNO" in row[3]
    assert "50 %" in row[3]
    assert row[4] == (
        "Na ◕ PLNĚNO: „dílčí analýzy“: plněno částečně → plněno. "
        "Na ○ NEPLNĚNO: plněno částečně → teprve se připravuje."
    )


def test_the_annex_has_every_measure_and_leads_to_its_card(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.traces_table(evaluation)
    assert [row.cells[0].text for row in framed.rows] == list(evaluation.judgements["measure_id"])
    assert framed.rows[0].cells[0].ref == "m-I-1"


def test_a_measure_that_evidence_cannot_lift_has_no_way_up(evaluation: slz_lib.Evaluation) -> None:
    """PLNĚNO without a fixed deadline is as far as the rules go."""
    ways = evaluation.trace.changes.groupby("measure_id")["direction"].agg(set)
    judged = evaluation.judgements.set_index("measure_id")
    bound = judged["derived"].eq("PLNENO") & judged["deadline_fixed"].eq(0)
    assert bound.any()
    assert {frozenset(ways[m]) for m in judged.index[bound]} == {frozenset({"down"})}
    row = list(row_of(tables.traces_table(evaluation), str(judged.index[bound][0])).values())
    assert "Na ● SPLNĚNO" not in plain(row[4])
    assert row[4].count("Na ") == 1


def test_the_trace_of_one_measure_holds_conditions_evidence_and_changes(
    evaluation: slz_lib.Evaluation,
) -> None:
    conditions, inputs, moves = tables.measure_trace(evaluation, "X.1").blocks
    assert isinstance(conditions, Table)
    assert isinstance(inputs, Table)
    assert isinstance(moves, Table)
    assert len(conditions.rows) == len(evaluation.rule_set.conditions)
    evidence = evaluation.evidence.query("measure_id == 'X.1'")
    assert [row.cells[0].text for row in inputs.rows] == list(evidence["id"])
    assert len(moves.rows) == 2


def test_an_unknown_measure_is_refused_with_an_example(evaluation: slz_lib.Evaluation) -> None:
    with pytest.raises(ParameterError, match=r"„X\.99“ tu není; nejbližší je „XI\.9“"):
        tables.measure_trace(evaluation, "X.99")


def test_the_workbook_holds_every_condition_of_every_rule(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.conditions_sheet(evaluation)
    assert framed.workbook_only
    asked = len(evaluation.rule_set.conditions)
    assert len(framed.rows) == len(evaluation.judgements) * asked


def test_agreement_and_settlements_are_told_of_the_real_codings(
    evaluation: slz_lib.Evaluation,
) -> None:
    rows = tables.agreement_table(evaluation).rows
    agreed = {plain(row.cells[0].text): row.cells[2].value for row in rows}
    assert agreed["Zveřejněný a odvozený stav"] == 73
    assert agreed["Dvě čtení: odvozený stav"] == 94
    settled = tables.settlements_table(evaluation)
    assert len(settled.rows) == 39
    assert {row.cells[3].text for row in settled.rows} == {
        "první čtení",
        "druhé čtení",
        "třetí čtení",
        "pozdější oprava",
    }
