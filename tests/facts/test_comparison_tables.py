"""Tables, chart and findings of the real period compared with a synthetic one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Drawing

import slz_lib
from slz_lib.dataset.opening import opening
from slz_lib.documents.gate import block_faults
from slz_lib.documents.model import Figure, Table, text_of
from slz_lib.evaluation.comparison import Comparison, compare
from slz_lib.evaluation.replay import Decomposition, decompose
from slz_lib.presentation import charts, prose, tables
from tests.documents.legibility import illegible, kept_drawings, texts
from tests.samples.reading import column, plain, values
from tests.samples.scales import SCALE
from tests.samples.synthetic_periods import (
    AFTER,
    SyntheticPeriods,
    synthetic_periods,
    synthetic_rules,
)

OF_COMPARISON: list[Callable[[Comparison], Table]] = [
    tables.transitions_table,
    tables.movers_table,
    tables.shares_change_table,
    tables.measures_change_table,
    tables.area_changes_table,
]


@pytest.fixture(scope="module")
def decomposition(periods: SyntheticPeriods, dataset: slz_lib.Dataset) -> Decomposition:
    after = slz_lib.evaluate(periods.dataset, AFTER, rules=synthetic_rules(dataset))
    return decompose(periods.before, after)


@pytest.fixture(scope="module")
def opened(periods: SyntheticPeriods, dataset: slz_lib.Dataset) -> Comparison:
    """The real period and the one after it, in which nothing is judged yet."""
    new = opening(dataset, AFTER).tables
    with_new = replace(
        dataset,
        periods=pd.concat([dataset.periods, new["periods"]], ignore_index=True),
        decisions=pd.concat([dataset.decisions, new["decisions"]], ignore_index=True),
    )
    return compare(periods.before, slz_lib.evaluate(with_new, AFTER))


@pytest.mark.parametrize("made", OF_COMPARISON, ids=lambda made: made.__name__)
def test_a_table_passes_the_gate_but_for_anchors_of_other_blocks(
    made: Callable[[Comparison], Table], comparison: Comparison, opened: Comparison
) -> None:
    for framed in (made(comparison), made(opened)):
        problems = [fault.problem for fault in block_faults((framed,), ("buňka 1",))]
        rest = [problem for problem in problems if "odkaz vede na kotvu" not in problem]
        # Prose has a sentence where nothing moved or changed.
        assert all("prázdnou tabulku nahraďte větou" in problem for problem in rest)
        assert bool(rest) is not bool(framed.rows)


def test_the_table_of_method_passes_the_gate(decomposition: Decomposition) -> None:
    assert block_faults((tables.method_table(decomposition),), ("buňka 1",)) == ()


def test_the_transitions_add_up_to_all_measures_of_both_periods(comparison: Comparison) -> None:
    framed = tables.transitions_table(comparison)
    body = [[cell.value for cell in row.cells[1:-1]] for row in framed.rows[:-1]]
    assert sum(int(str(number)) for row in body for number in row) == 110
    assert framed.rows[-1].cells[-1].value == 110
    assert column(framed, 0) == [
        *(plain(s.marked) for s in SCALE),
        "podklad nedodán",
        "opatření nebylo",
        "Celkem",
    ]
    assert framed.columns[-2].title == "opatření už není"
    assert framed.notes[0] == "Na úhlopříčce jsou opatření, jejichž stav se nezměnil."
    assert framed.notes[1].startswith("„Podklad nedodán“: ")


def test_a_standing_that_nowhere_occurs_has_no_row_and_no_column(opened: Comparison) -> None:
    framed = tables.transitions_table(opened)
    assert column(framed, 0) == [
        *(plain(status.marked) for status in SCALE),
        "podklad nedodán",
        "Celkem",
    ]
    titles = [cell.title for cell in framed.columns[1:]]
    assert titles == [*(status.marked for status in SCALE), "bez stavu", "Celkem"]
    derived = opened.before.judgements.query("not silent")["derived"].value_counts()
    rows = [int(derived.get(code, 0)) for code in SCALE.codes]
    assert values(framed, 5) == [*rows, 109 - sum(rows), 109]


def test_every_mover_leads_to_its_card_and_says_how_far_it_went(comparison: Comparison) -> None:
    framed = tables.movers_table(comparison)
    assert column(framed, 0) == list(comparison.movers["measure_id"])
    assert framed.rows[0].cells[0].ref == f"m-{framed.rows[0].cells[0].text.replace('.', '-')}"
    best, worst = int(comparison.movers["steps"].max()), int(comparison.movers["steps"].min())
    assert (best, worst) == (2, -2)
    assert framed.rows[0].cells[-1].text == "lepší o\u00a02\u00a0stupně"
    assert framed.rows[-1].cells[-1].text == "horší o\u00a02\u00a0stupně"


def test_changes_of_shares_are_signed_percentage_points(comparison: Comparison) -> None:
    framed = tables.shares_change_table(comparison)
    shown = column(framed, 5)
    assert all(re.fullmatch(r"[+\u2212]?\d+,\d", text) for text in shown)
    change = comparison.shares["change"]
    for text, code in zip(shown, SCALE.codes, strict=False):
        points = round(float(change[code]) * 100, 1)
        assert float(text.replace("\u2212", "-").replace(",", ".")) == pytest.approx(points)
        assert text.startswith("+") is (points > 0)
    assert [framed.rows[-1].cells[n].text for n in (1, 2, 3, 4, 5)] == [
        "109",
        "100,0\u00a0%",
        "108",
        "100,0\u00a0%",
        "0,0",
    ]


def test_changed_measures_stand_with_both_wordings(
    comparison: Comparison, periods: SyntheticPeriods
) -> None:
    framed = tables.measures_change_table(comparison)
    rows = {row.cells[0].text: row.cells for row in framed.rows}
    assert set(rows) == {periods.reworded, periods.new, periods.dropped, periods.merged}
    assert rows[periods.new][2].text == "nové"
    assert rows[periods.new][3].text == "—"
    assert rows[periods.dropped][2].text == "zaniklé"
    assert rows[periods.dropped][4].text == "—"
    assert rows[periods.merged][2].text.replace("\u00a0", " ") == (
        f"sloučené do {periods.successor}"
    )
    old, new = (cell.text for cell in rows[periods.reworded][3:5])
    assert new == f"Syntetické znění: {old}"


def test_only_measures_of_the_later_period_lead_to_a_card(
    comparison: Comparison, periods: SyntheticPeriods
) -> None:
    framed = tables.measures_change_table(comparison)
    linked = {row.cells[0].text for row in framed.rows if row.cells[0].ref}
    assert linked == {periods.reworded, periods.new}


def test_areas_add_up_to_the_region(comparison: Comparison) -> None:
    framed = tables.area_changes_table(comparison)
    assert len(framed.rows) == 14
    sums = [cell.value for cell in framed.rows[-1].cells[1:]]
    assert sums == [
        *(
            int(comparison.counts[way])
            for way in ("better", "same", "worse", "silent", "heard", "new", "gone")
        ),
        110,
    ]


def test_the_parts_of_a_change_add_up_in_every_row(decomposition: Decomposition) -> None:
    framed = tables.method_table(decomposition)
    for row in framed.rows:
        before, method, replayed, fact, after = (int(str(cell.value)) for cell in row.cells[1:])
        assert before + method == replayed
        assert replayed + fact == after
    plneno = framed.rows[1].cells[2]
    assert isinstance(plneno.value, int)
    assert plneno.value < 0
    assert plneno.text.startswith("\u2212")
    assert framed.rows[2].cells[2].text.startswith("+")


def test_the_same_rules_are_said_to_change_nothing(comparison: Comparison) -> None:
    framed = tables.method_table(decompose(comparison.before, comparison.after))
    assert set(values(framed, 2)) == {0}
    assert any("změna pravidel je proto nulová" in note for note in framed.notes)


def test_statuses_that_are_not_published_are_told_under_the_tables_and_the_chart(
    dataset: slz_lib.Dataset,
) -> None:
    made = synthetic_periods(dataset, seed=1, published=False)
    compared = compare(made.before, made.after)
    said = "Stavy období 2024–2025 nejsou zveřejněny; v\u00a0obou obdobích se proto"
    for framed in (tables.transitions_table(compared), tables.shares_change_table(compared)):
        assert any(note.startswith(said) for note in framed.notes)
    assert "podle odvozeného stavu" in charts.transitions_chart(compared).subtitle


@pytest.fixture(scope="module")
def drawn(comparison: Comparison) -> tuple[Figure, Drawing]:
    """The chart with the drawing it was taken from."""
    with kept_drawings() as drawings:
        figure = charts.transitions_chart(comparison)
    return figure, drawings[0]


def test_the_chart_can_be_read_and_its_bars_carry_every_measure(
    drawn: tuple[Figure, Drawing], comparison: Comparison
) -> None:
    figure, drawing = drawn
    assert illegible(drawing) == []
    assert min(float(text.get_fontsize()) for text in texts(drawing)) >= 8
    lengths = [
        bar.get_width()
        for axes in drawing.axes
        for bars in axes.containers
        if isinstance(bars, BarContainer)
        for bar in bars.patches
    ]
    assert len(lengths) == int((comparison.transitions.to_numpy() > 0).sum())
    assert sum(lengths) == 110
    assert len(figure.svg.encode()) < 60_000


def test_under_a_status_stands_how_many_went_which_way(
    drawn: tuple[Figure, Drawing], comparison: Comparison
) -> None:
    found = re.findall(r"([▲=▼])\u00a0(\d+)", " ".join(t.get_text() for t in texts(drawn[1])))
    told = pd.DataFrame(found, columns=["sign", "number"]).astype({"number": "int64"})
    ways = told.groupby("sign")["number"].sum().rename({"▲": "better", "=": "same", "▼": "worse"})
    assert ways.to_dict() == comparison.counts[ways.index].to_dict()


@pytest.mark.parametrize("area", ["I", "XIII", ""])
def test_the_chart_of_few_measures_or_of_none_can_be_read(
    area: str, comparison: Comparison
) -> None:
    few = comparison.measures[comparison.measures["area_id"].eq(area)]
    with kept_drawings() as drawings:
        figure = charts.transitions_chart(replace(comparison, measures=few))
    assert illegible(*drawings) == []
    assert "nan" not in figure.alt


def test_where_nothing_is_judged_the_chart_says_so(opened: Comparison) -> None:
    with kept_drawings() as drawings:
        figure = charts.transitions_chart(opened)
    assert figure.caption == "Stavy opatření v\u00a0obou obdobích zatím není možné srovnat"
    assert "podklad nedodán 12 – bez stavu 12" in figure.alt.replace("\u00a0", " ")
    assert illegible(*drawings) == []


def test_the_chart_says_the_finding_and_names_its_table(
    drawn: tuple[Figure, Drawing], comparison: Comparison
) -> None:
    figure, counts = drawn[0], comparison.counts
    numbers = [int(number) for number in re.findall(r"\d+", figure.caption)]
    told = [int(counts[way]) for way in ("worse", "same", "silent", "heard")]
    assert numbers[:2] == [counts["better"], counts[["better", "same", "worse"]].sum()]
    assert numbers[-4:] == told
    assert figure.alt.startswith(figure.caption)
    assert figure.table == tables.transitions_table(comparison).anchor
    assert "zdroj: Informace o\u00a0naplňování Strategie" in figure.subtitle
    spoken = [int(number) for number in re.findall(r"\d+", figure.alt)]
    flows = [int(number) for number in comparison.transitions.to_numpy().ravel() if number]
    assert all(spoken.count(number) >= flows.count(number) for number in flows)


def test_prose_reads_the_comparison(comparison: Comparison) -> None:
    said = prose(
        "Od období {{ before.period.label }} se zlepšilo {{ counts.better | opatreni }}.",
        {},
        [comparison],
    )
    text = text_of(said.blocks[0].text)  # type: ignore[union-attr]
    assert text == f"Od období 2022–2023 se zlepšilo {comparison.counts['better']}\u00a0opatření."
