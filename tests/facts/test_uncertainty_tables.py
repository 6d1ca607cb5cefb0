"""Tables, the chart and prose of what is not known."""

from __future__ import annotations

from dataclasses import replace

from matplotlib.container import BarContainer

import slz_lib
from slz_lib.documents.model import Table
from slz_lib.presentation import Findings, charts, tables
from tests.documents.legibility import illegible, kept_drawings, texts
from tests.samples.reading import plain


def shown(framed: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row.cells] for row in framed.rows]


def all_supplied(evaluation: slz_lib.Evaluation) -> slz_lib.Evaluation:
    """The real period as if every measure had some evidence (synthetic)."""
    judgements = evaluation.judgements.assign(supplied=True)
    return replace(evaluation, judgements=judgements)


def test_the_bounds_stand_beside_the_stated_count(evaluation: slz_lib.Evaluation) -> None:
    assert shown(tables.bounds_table(evaluation))[-1] == [
        "○ NEPLNĚNO", "18", "7", "19", "16,5 %", "6,4 %", "17,4 %",
    ]  # fmt: skip


def test_the_extreme_cases_stand_beside_the_derived_count(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.cases_table(evaluation)
    assert [row[1::2] for row in shown(framed)] == [
        ["0", "0", "4"],
        ["19", "19", "27"],
        ["69", "69", "69"],
        ["21", "21", "9"],
    ]
    assert any("neliší" in note for note in framed.notes)


def test_responses_are_called_a_lower_bound(evaluation: slz_lib.Evaluation) -> None:
    for framed in (tables.response_table(evaluation), tables.district_response_table(evaluation)):
        assert framed.notes[0].startswith("Čísla jsou dolní mez")


def test_the_short_list_says_how_many_bodies_it_leaves_out(evaluation: slz_lib.Evaluation) -> None:
    short = tables.response_table(evaluation)
    left_out = len(evaluation.uncertainty.by_body) - len(short.rows)
    assert plain(short.notes[-1]) == (
        f"Dále má roli {left_out} subjektů, každý nejvýše v 6 opatřeních."
    )


def test_the_chart_draws_a_range_from_the_lowest_to_the_highest(
    evaluation: slz_lib.Evaluation,
) -> None:
    with kept_drawings() as kept:
        figure = charts.bounds_chart(evaluation)
    assert texts(kept[0])
    assert illegible(*kept) == []
    ranges = [
        (bar.get_x(), bar.get_x() + bar.get_width())
        for axes in kept[0].axes
        for bars in axes.containers
        if isinstance(bars, BarContainer)
        for bar in bars.patches
    ]
    assert ranges == [(1, 5), (22, 34), (67, 79), (7, 19)]
    assert figure.table == tables.bounds_table(evaluation).anchor
    assert plain(figure.caption) == (
        "Podklad nebyl dodán k 12 ze 109 opatření (11,0 %); neplněných opatření může být "
        "6,4 % až 17,4 %"
    )
    assert "neplněno 18, možných 7 až 19" in plain(figure.alt)


def test_a_chart_of_certain_counts_says_that_they_are(evaluation: slz_lib.Evaluation) -> None:
    with kept_drawings() as kept:
        figure = charts.bounds_chart(all_supplied(evaluation))
    assert plain(figure.caption) == "Ke každému opatření byl dodán podklad, počty jsou jisté"
    assert "možných" not in figure.alt
    assert illegible(*kept) == []


def test_prose_names_the_districts_of_which_nothing_is_told(
    evaluation: slz_lib.Evaluation,
) -> None:
    unheard = ["Jilemnice", "Nový Bor", "Semily", "Železný Brod"]
    assert Findings(evaluation).unheard_districts == unheard
