"""Tables and cards say what the evaluation and the plan hold, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from inspect import signature

import pandas as pd
import pytest

import slz_lib
from slz_lib.documents.gate import block_faults
from slz_lib.documents.model import MeasureCard, text_of
from slz_lib.presentation import Findings, PlanFindings, charts, measure_cards, table, tables
from tests.samples.reading import column, plain, values
from tests.samples.scales import SCALE

#: Tables of two periods, of a plan, of one measure, of series and of comments, which these data do
#: not have, are tried where they are made.
OF_EVALUATION = [
    name
    for name in tables.__all__
    if list(signature(getattr(tables, name)).parameters)[:1] == ["evaluation"]
    and name not in {"measure_trace", "plan_table", "series_table", "comments_table"}
]


@pytest.mark.parametrize("name", OF_EVALUATION)
def test_a_table_passes_the_gate_but_for_anchors_of_other_blocks(
    evaluation: slz_lib.Evaluation, name: str
) -> None:
    framed = getattr(tables, name)(evaluation)
    faults = block_faults((framed,), ("buňka 1",))
    assert [fault.problem for fault in faults if "odkaz vede na kotvu" not in fault.problem] == []
    assert 0 < len(framed.sheet) <= 31


def test_where_nothing_is_linked_no_measure_serves_a_goal(dataset: slz_lib.Dataset) -> None:
    bare = slz_lib.evaluate(replace(dataset, links=dataset.links.iloc[:0]), "2022-2023")
    assert bare.by_goal["total"].eq(0).all()


def test_the_status_table_adds_up_to_all_measures(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.status_table(evaluation)
    assert values(framed, 1) == [1, 22, 68, 18, 109]
    assert column(framed, 0)[-1] == "Celkem"
    assert column(framed, 2) == ["0,9 %", "20,2 %", "62,4 %", "16,5 %", "100,0 %"]


@pytest.mark.parametrize("name", ["area_table", "deadline_table"])
def test_a_breakdown_adds_up_to_the_status_table(evaluation: slz_lib.Evaluation, name: str) -> None:
    framed = getattr(tables, name)(evaluation)
    totals = [cell.value for cell in framed.rows[-1].cells[-5:]]
    assert totals == [1, 22, 68, 18, 109]


def test_the_derived_table_counts_every_measure_once(evaluation: slz_lib.Evaluation) -> None:
    framed = tables.derived_table(evaluation)
    assert framed.rows[-1].cells[-1].value == 109
    diagonal = [framed.rows[n].cells[n + 1].value for n in range(len(SCALE))]
    assert sum(int(str(value)) for value in diagonal) == int(evaluation.judgements["agrees"].sum())


def test_the_claims_table_shows_both_numbers_of_a_wrong_claim(
    evaluation: slz_lib.Evaluation,
) -> None:
    framed = tables.claims_table(evaluation)
    wrong = [row for row in framed.rows if row.cells[3].text == "neodpovídá"]
    assert [(row.cells[1].text, row.cells[2].text) for row in wrong] == [
        ("20\u00a0opatření", "18\u00a0opatření"),
        ("69\u00a0opatření", "68\u00a0opatření"),
        ("21\u00a0opatření", "22\u00a0opatření"),
    ]


def test_territory_adds_up_to_the_region(evaluation: slz_lib.Evaluation) -> None:
    last = tables.territory_table(evaluation).rows[-1]
    assert [cell.value for cell in last.cells[1:4]] == [215, 437570, 8]


def test_places_stand_in_czech_order(evaluation: slz_lib.Evaluation) -> None:
    names = column(tables.territory_table(evaluation), 0)[:-1]
    assert names[:3] == ["Česká Lípa", "Frýdlant", "Jablonec nad Nisou"]
    assert names[-1] == "Železný Brod"


def test_the_procurement_counts_form_a_series_of_three_years(
    evaluation: slz_lib.Evaluation,
) -> None:
    assert [series.id for series in Findings(evaluation).series] == ["VI.4"]
    framed = tables.series_table(evaluation, "VI.4")
    assert [column.title for column in framed.columns[1:]] == ["2021", "2022", "2023"]
    assert [sum(int(str(v)) for v in values(framed, n)) for n in (1, 2, 3)] == [144, 260, 335]


def test_every_measure_has_a_card_with_the_published_forms_facts(
    evaluation: slz_lib.Evaluation,
) -> None:
    cards = [c for c in measure_cards(evaluation).blocks if isinstance(c, MeasureCard)]
    assert [card.number for card in cards] == list(evaluation.judgements["measure_id"])
    terms = {tuple(fact.term for fact in card.facts) for card in cards}
    assert terms == {("Indikátor", "Termín", "Gestor", "Spolupráce")}


def test_a_card_says_why_the_derived_status_differs_and_only_then(
    evaluation: slz_lib.Evaluation,
) -> None:
    agrees = evaluation.judgements.set_index("measure_id")["agrees"]
    disputed = set(evaluation.criteria.loc[evaluation.criteria["dispute"].notna(), "measure_id"])
    assert disputed
    for card in measure_cards(evaluation).blocks:
        assert isinstance(card, MeasureCard)
        told = text_of(card.remark).replace("\u00a0", " ")
        assert ("Z podkladů" in told or "nelze odvodit" in told) is not bool(agrees[card.number])
        assert ("Podklady si odporují" in told) is (card.number in disputed)


def test_a_role_without_a_holder_reads_not_assigned(evaluation: slz_lib.Evaluation) -> None:
    cards = {c.number: c for c in measure_cards(evaluation).blocks if isinstance(c, MeasureCard)}
    lead = {number: text_of(cards[number].facts[2].text) for number in ("IV.7", "II.8", "IV.1")}
    assert lead == {"IV.7": "neurčeno", "II.8": "KÚ\u00a0LK (útvar neurčen)", "IV.1": "OSV, OŠMTS"}


def test_the_workbook_has_every_step_and_only_the_workbook(plan: slz_lib.ActionPlan) -> None:
    framed = tables.every_step_table(plan)
    assert framed.workbook_only
    assert column(framed, "Číslo") == plan.steps["id"].tolist()


def test_the_area_tables_of_steps_add_up_to_the_plan(findings: PlanFindings) -> None:
    plan, areas = findings.plan, [area.id for area in findings.areas]
    listed = sum(len(tables.steps_table(plan, area).rows) for area in areas)
    assert listed == len(plan.steps)


def test_what_is_to_be_reworded_is_told_with_its_words(
    plan: slz_lib.ActionPlan, findings: PlanFindings
) -> None:
    """Who decides of a wording has to read it: in the choices, on a card; in short at the head."""
    choices = tables.choices_table(plan)
    told = dict(zip(column(choices, "Opatření"), column(choices, "Návrh"), strict=True))
    wordings = plan.decisions.set_index("measure_id")["proposed_wording"].dropna()
    proposed = {key.split("\u2002")[0]: plain(text) for key, text in told.items()}
    assert all(f"„{text}“" in proposed[str(measure)] for measure, text in wordings.items())
    assert proposed["XIII.3"] == "přeformulovat: nový termín"
    assert proposed["IX.7"] == "sloučit do IX.4"
    shown = column(tables.top_decisions_table(plan, findings.ranked), "Rozhodnout")
    assert not any("„" in text for text in shown)
    assert sum(findings.deciding.values()) == findings.asked


def test_a_priority_card_is_about_the_main_step_and_names_the_others(
    plan: slz_lib.ActionPlan, findings: PlanFindings
) -> None:
    """A measure whose deadline has passed has more to do than to set another one."""
    cards = {
        block.number: block
        for block in findings.priority_cards.blocks
        if isinstance(block, MeasureCard)
    }
    assert list(cards) == findings.priority_measures
    main = plan.steps.merge(plan.decisions[["measure_id", "cause"]]).set_index("measure_id")["step"]
    for number, card in cards.items():
        assert plain(text_of(card.commentary[0])) == f"Co: {plain(main[number])}"
    told = {fact.term: plain(text_of(fact.text)) for fact in cards["XIII.3"].figures}
    assert told["Další krok"].startswith("Navrhnout nový termín místo 31. 12. 2023")
    assert told["Další krok"].endswith("(do 30. 6. 2024)")
    assert not any("opatření)" in why for why in plan.decisions["why"])  # a reason says it itself


def test_the_work_of_a_plan_adds_up_from_table_to_table(
    plan: slz_lib.ActionPlan, findings: PlanFindings
) -> None:
    """What the head of a department adds up by hand."""
    assert plan.schedule is not None
    load = plan.schedule.load
    *bodies, total = tables.totals_table(plan).rows
    assert total.cells[3].value == round(load["load"].sum())
    names = plan.evaluation.dataset.bodies.set_index("id")["short_name"]
    by_name = load.groupby(load["body"].map(names))["load"].sum().round()
    assert {plain(row.cells[0].text): row.cells[3].value for row in bodies} == by_name.to_dict()
    assert 0 < findings.gap < 0.2
    assert "až o" in tables.relief_table(findings.relief, findings.gap).notes[-1]
    drawn = charts.load_chart(plan, load).alt
    assert "49,5" in drawn  # as the table has it


def test_an_own_table_infers_what_its_columns_hold() -> None:
    frame = pd.DataFrame(
        {
            "název": ["x", None],
            "počet": [1234, 5],
            "den": pd.to_datetime(pd.Series(["2023-12-31", None])),
            "platí": [True, False],
        }
    )
    framed = table(frame, caption="Syntetická")
    assert [column.kind for column in framed.columns] == ["text", "integer", "date", "text"]
    shown = [[plain(cell.text) for cell in row.cells] for row in framed.rows]
    assert shown == [["x", "1 234", "31. 12. 2023", "ano"], ["—", "5", "—", "ne"]]
    assert framed.notes == ("— znamená neurčeno.",)
