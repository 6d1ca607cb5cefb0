"""Tables of indicators say what the data hold, and why most of it cannot be measured."""

from __future__ import annotations

from dataclasses import replace

import slz_lib
from slz_lib.presentation import tables
from tests.samples.reading import plain


def test_every_indicator_has_a_row_that_leads_to_its_measure(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.indicators_table(evaluation)
    assert len(framed.rows) == len(evaluation.dataset.indicators)
    rows = {row.cells[0].text: row for row in framed.rows if row.cells[3].text != "—"}
    assert list(rows) == ["V.3", "VI.1", "VIII.5", "VIII.9", "XII.5"]
    assert rows["V.3"].cells[0].ref == "m-V-3"
    assert [plain(cell.text) for cell in rows["V.3"].cells[1:]] == [
        "Počet přípravných tříd",
        "počet",
        "12 tříd (2021/2022)",
        "údaj je jediný a výchozí hodnota není stanovena",
    ]


def test_a_measure_without_an_indicator_says_so(evaluation: slz_lib.Evaluation) -> None:
    rows = {row.cells[0].text: row for row in tables.indicators_table(evaluation).rows}
    assert [plain(cell.text) for cell in rows["VI.9"].cells[1:]] == [
        "—",
        "bez indikátoru",
        "—",
        "opatření nemá indikátor",
    ]


def with_goals(evaluation: slz_lib.Evaluation) -> slz_lib.Evaluation:
    """The real period with a synthetic baseline and target of one measured indicator."""
    indicators = evaluation.dataset.indicators
    measured = indicators["series"].eq("pripravne-tridy")
    indicators = indicators.assign(
        baseline=indicators["baseline"].mask(measured, 10.0),
        target=indicators["target"].mask(measured, 20.0),
    )
    return replace(evaluation, dataset=replace(evaluation.dataset, indicators=indicators))


def test_progress_stands_where_it_can_be_computed(evaluation: slz_lib.Evaluation) -> None:
    """With a synthetic baseline and target."""
    given = with_goals(evaluation)
    progress = [plain(row.cells[4].text) for row in tables.indicators_table(given).rows]
    assert [text for text in progress if text.endswith("%")] == ["20,0 %"]
    summary = tables.indicators_summary_table(given)
    assert [cell.text for cell in summary.rows[0].cells[:2]] == ["lze spočítat", "1"]
    assert not any("neuvádějí" in note for note in summary.notes)


def test_the_summary_adds_up_to_all_indicators(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.indicators_summary_table(evaluation)
    counts = [row.cells[1].value for row in framed.rows]
    assert counts == [0, 44, 35, 59, 4, 1, 143]
    assert plain(framed.notes[0]).endswith("Indikátor nemají 2 opatření.")
    assert any("neuvádějí" in note for note in framed.notes)
