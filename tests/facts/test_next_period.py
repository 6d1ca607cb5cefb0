"""A synthetic second period, whole and in part: what is told of it, recomputed from its tables."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from unittest import mock

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.opening import opening
from slz_lib.documents.model import MeasureCard, Table, words_of
from slz_lib.errors import DataError
from slz_lib.evaluation.claims import recompute
from slz_lib.evaluation.closing import publication
from slz_lib.evaluation.comparison import compare
from slz_lib.evaluation.disputes import told
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.planning.causes import applicable
from slz_lib.planning.drafting import drafted
from slz_lib.presentation import charts, tables
from slz_lib.presentation.briefs.listings import listed_measures, requests
from slz_lib.presentation.cards import measure_cards
from slz_lib.presentation.charts.transitions import movement_said
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.phrases import unknown
from slz_lib.presentation.tables.agreement import status_agreements
from tests.conftest import ROOT
from tests.samples.next_period import (
    DEPARTED,
    DROPPED,
    MERGED,
    NEW,
    PLAN,
    REWORDED,
    Filling,
    next_period,
)
from tests.samples.plain_run import document
from tests.samples.reading import column, plain
from tests.samples.synthetic_periods import AFTER, BEFORE, added, ended


@pytest.fixture(scope="module")
def judged(dataset: slz_lib.Dataset) -> dict[str, slz_lib.Evaluation]:
    """The period by how it is filled in."""
    fillings: tuple[Filling, ...] = ("full", "half", "silent", "all_done", "none_done")
    return {name: slz_lib.evaluate(next_period(dataset, name), AFTER) for name in fillings}


def answered(evaluation: slz_lib.Evaluation) -> set[str]:
    """Measures of which the period's evidence has a row, read from the table itself."""
    rows = evaluation.dataset.evidence
    return set(rows.loc[rows["period_id"].eq(AFTER), "measure_id"])


def cards(evaluation: slz_lib.Evaluation) -> list[MeasureCard]:
    return [card for card in measure_cards(evaluation).blocks if isinstance(card, MeasureCard)]


def cells(framed: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row.cells] for row in framed.rows]


def issued(notebook: str, evaluation: slz_lib.Evaluation) -> str:
    """What an edition of the period says."""
    with mock.patch.object(slz_lib, "load", return_value=evaluation.dataset):
        path = ROOT / f"notebooks/{notebook}.ipynb"
        made = document(path, {"data": "data", "period": AFTER})
    return plain(words_of(made.blocks))


def test_a_half_filled_report_says_how_much_evidence_has_not_come(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    said = issued("annual_report", judged["half"])
    assert "Ke každému opatření byl dodán" not in said
    assert "K 54 ze 108 opatření (50,0 %) podklad zatím nepřišel." in said


def test_what_no_area_has_reached_is_said_without_a_list_of_all_areas_or_a_share_of_none(
    dataset: slz_lib.Dataset,
) -> None:
    nothing = slz_lib.evaluate(next_period(dataset, "none_done", decided=False), AFTER)
    assert "V žádném okruhu nedosáhlo stavu" in issued("council_brief", nothing)
    told = issued("brochure", nothing)
    assert "Nic zatím není hotovo ani zčásti neběží" in told
    assert "běží 0 z" not in told


def test_a_measure_without_a_status_says_so_in_every_list(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half = judged["half"]
    without = half.judgements.set_index("measure_id")["status"].isna()
    for framed in (
        tables.measures_table(half),
        listed_measures(half, anchor="x", caption="x", sheet="x"),
    ):
        unknown_of = [text == "— bez stavu" for text in column(framed, "Stav")]
        assert unknown_of == without.loc[column(framed, "Číslo")].tolist()


def test_evidence_of_which_each_reporter_is_known_is_no_lower_bound(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half, told = judged["half"], "ne u každého podkladu je zapsáno, kdo ho dodal"
    evidence = half.dataset.evidence
    named = _with(half.dataset, evidence=evidence.assign(reporter="OBCE"))
    for facts, bound in ((half, True), (slz_lib.evaluate(named, AFTER), False)):
        notes = plain(" ".join(tables.response_table(facts).notes))
        assert (told in notes) is bound


def test_partners_of_a_new_period_are_known_from_where_the_data_have_them(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    subtitle = plain(charts.territory_map(judged["half"]).subtitle)
    assert "podklady za období" not in subtitle
    assert "zdroj: Informace o naplňování" in subtitle


def test_half_of_the_measures_is_not_judged_and_none_of_them_has_failed(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half = judged["half"]
    table = half.judgements.set_index("measure_id")
    rest = ~table.index.isin(answered(half))
    assert (len(table), half.unjudged, int(rest.sum())) == (108, 54, 54)
    assert not table.loc[rest, ["differs", "silent", "overdue", "agrees"]].any(axis=None)
    assert int(table["differs"].sum()) == len(half.differences) == DEPARTED


def test_every_share_is_of_all_measures_and_the_unjudged_are_a_row(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half = judged["half"]
    framed = tables.status_table(half)
    decided = half.decisions["decided"].value_counts()
    told = cells(framed)
    assert [row[1] for row in told] == [
        *(str(int(decided.get(code, 0))) for code in half.scale.codes),
        "54",
        "108",
    ]
    shares = [cell.value for row in framed.rows for cell in row.cells[2:]]
    assert shares[:-1] == [int(row[1]) / 108 for row in told[:-1]]
    assert shares[-1] == 1


def test_a_lead_body_has_all_its_measures_not_those_judged_so_far(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    for evaluation in judged.values():
        roles = evaluation.dataset.measure_bodies
        led = roles[roles["role"].eq("lead")].dropna(subset=["body_id"])
        whole = led.drop_duplicates(["measure_id", "body_id"])["body_id"].value_counts()
        assert Findings(evaluation).leads["total"].to_dict() == whole.to_dict()
    by_area = judged["half"].by_area
    assert int(by_area[NO_STATUS].sum()) == 54
    assert int(by_area["total"].sum()) == 108


def test_silence_and_what_is_not_judged_are_no_worsening(
    judged: dict[str, slz_lib.Evaluation], evaluation: slz_lib.Evaluation
) -> None:
    before = evaluation.judgements["silent"]
    for name in ("half", "silent", "full"):
        after = judged[name]
        comparison = compare(evaluation, after)
        assert comparison.basis == "derived"
        # The evidence is that of the real period, so nothing is better or worse but by silence.
        assert not comparison.counts[["better", "worse"]].any()
        evidence = after.evidence
        states = evidence.groupby("measure_id")["state"]
        quiet = states.agg(lambda said: set(said) == {"nothing_supplied"})
        assert int(comparison.counts["silent"]) == int(quiet.drop(NEW, errors="ignore").sum())
        assert int(comparison.counts["unknown"]) == 107 - len(answered(after) - {NEW})
        assert int(comparison.counts["heard"]) == 0 < int(before.sum())
    assert int(compare(evaluation, judged["silent"]).counts["silent"]) > 48


def test_shares_of_a_half_filled_period_are_of_what_was_judged_in_both(
    judged: dict[str, slz_lib.Evaluation], evaluation: slz_lib.Evaluation
) -> None:
    shares = compare(evaluation, judged["half"]).shares
    both = len(answered(judged["half"]) - {NEW})
    assert shares[["before", "after"]].sum().tolist() == [both, both]


def test_a_reworded_measure_keeps_its_place_in_its_area(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    measures = judged["full"].dataset.measures
    of_area = measures[measures["area_id"].eq("I")]
    assert list(of_area["number"]) == sorted(of_area["number"])
    assert of_area.set_index("id").loc[REWORDED, "wording_version"] == "2024"
    assert not {DROPPED, MERGED} & set(measures["id"])


def test_agreement_is_not_computed_from_departures_alone(
    judged: dict[str, slz_lib.Evaluation], dataset: slz_lib.Dataset
) -> None:
    found = status_agreements(judged["full"])["decided"]
    assert (found.compared, found.agreed) == (108, 108 - DEPARTED)
    tables_ = next_period(dataset, "full")
    reasoned = tables_.decisions["reason"].notna() | tables_.decisions["period_id"].ne(AFTER)
    decisions = tables_.decisions.assign(decided=tables_.decisions["decided"].where(reasoned))
    alone = slz_lib.evaluate(_with(tables_, decisions=decisions), AFTER)
    assert len(alone.differences) == DEPARTED
    assert status_agreements(alone) == {}


def _with(dataset: slz_lib.Dataset, **changed: pd.DataFrame) -> slz_lib.Dataset:
    return replace(dataset, **changed)  # type: ignore[arg-type]


def test_the_audit_of_an_unpublished_period_checks_what_was_decided(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    full = judged["full"]
    checks = {
        "unfulfilled_with_activity",
        "status_without_evidence",
        "status_against_commentary",
        "fulfilled_in_preparation",
        "done_only_announced",
    }
    found = full.audit.findings
    on_statuses = found[found["check"].isin(checks)]
    assert set(on_statuses["measure_id"]) == set(full.differences["measure_id"])
    assert not on_statuses["explanation"].str.contains("zveřejněný").any()


@pytest.mark.parametrize(
    ("operator", "value", "holds"),
    [("eq", 7.3, True), ("eq", 7.34, True), ("eq", 7.4, False), ("eq", 7.0, True),
     ("ge", 7.34, True), ("gt", 7.3, True), ("gt", 7.34, False)],
)  # fmt: skip
def test_a_claim_is_compared_at_the_precision_in_which_it_is_stated(
    operator: str, value: float, holds: bool, evaluation: slz_lib.Evaluation
) -> None:
    judgements = pd.DataFrame({"status": ["SPLNENO"] * 8 + ["NEPLNENO"] * 101})  # 7.339 %
    claim = pd.DataFrame(
        {"id": ["S"], "quantity": ["share"], "status": ["SPLNENO"], "operator": [operator],
         "value": [value], "unit": ["%"], "text": [""], "source_place": [""]}
    )  # fmt: skip
    found = recompute(claim, judgements, evaluation.dataset.areas, evaluation.scale)
    assert bool(found["holds"].iloc[0]) is holds


def test_the_plan_leaves_out_what_is_not_judged_or_has_ended(
    judged: dict[str, slz_lib.Evaluation], dataset: slz_lib.Dataset
) -> None:
    half = judged["half"]
    assert set(drafted(half, PLAN).steps["measure_id"]) <= answered(half)
    tables_ = next_period(dataset, "full")
    rows = ended("I.3", "I.4") | {"ended": pd.Timestamp("2024-06-30")}
    later = _with(tables_, successions=added(tables_.successions, [rows]))
    planned = drafted(slz_lib.evaluate(later, AFTER), PLAN)
    assert "I.3" in set(drafted(judged["full"], PLAN).steps["measure_id"])
    assert "I.3" not in set(planned.steps["measure_id"])


def test_the_plan_goes_by_a_decision_and_not_by_the_evidence_it_departs_from(
    dataset: slz_lib.Dataset,
) -> None:
    tables_ = next_period(dataset, "full")
    measure = "I.7"  # fulfilled in the whole region by its evidence
    for status, cause in (("NEPLNENO", "not_done"), ("CASTECNE", "partial"), ("SPLNENO", None)):
        of = tables_.decisions["measure_id"].eq(measure) & tables_.decisions["period_id"].eq(AFTER)
        decisions = tables_.decisions.assign(
            decided=tables_.decisions["decided"].mask(of, status),
            reason=tables_.decisions["reason"].mask(of, "Syntetický důvod"),
            role=tables_.decisions["role"].mask(of, "syntetická funkce"),
        )
        evaluation = slz_lib.evaluate(_with(tables_, decisions=decisions), AFTER)
        plan = drafted(evaluation, PLAN).decisions.set_index("measure_id")["cause"]
        assert plan.get(measure) == cause
        assert not applicable(evaluation).loc[measure, "running"] or status == "SPLNENO"


def test_what_is_all_done_or_all_undone_is_told_without_a_superlative_of_one(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    for name in ("all_done", "none_done"):
        figures = [
            made(judged[name])
            for made in (charts.status_overview, charts.areas_by_status, charts.bounds_chart)
        ]
        assert not any(re.search(r"nan|\(0 z", figure.caption) for figure in figures)


def test_an_undecidable_dispute_is_not_what_is_not_judged_yet(dataset: slz_lib.Dataset) -> None:
    tables_ = next_period(dataset, "half", decided=False)
    evidence, torn = tables_.evidence, "I.7"
    of_period = evidence["period_id"].eq(AFTER)
    row = evidence[evidence["measure_id"].eq(torn) & of_period].iloc[[0]]
    both = [
        row.assign(order=number, id=f"{torn}-{number}", state=state, reporter=reporter)
        for number, (state, reporter) in enumerate([("fulfilled", "OBCE"), ("not_done", "NNO")], 1)
    ]
    rest = evidence[~(evidence["measure_id"].eq(torn) & of_period)]
    evaluation = slz_lib.evaluate(_with(tables_, evidence=pd.concat([rest, *both])), AFTER)
    assert (evaluation.unjudged, evaluation.undecided, evaluation.without_status) == (54, 1, 55)
    # Whatever has no status may have any: the bounds are of the same measures as the sentence.
    bounds = evaluation.uncertainty.bounds
    assert torn in evaluation.uncertainty.unknown.index
    assert bounds["lowest"].sum() + len(evaluation.uncertainty.unknown) == evaluation.total
    said = plain(unknown(evaluation))
    assert said.startswith("Zatím není posouzeno 54 ze 108 opatření (50,0 %); stav nelze určit u 1")
    card = next(card for card in cards(evaluation) if card.number == torn)
    remark = plain("".join(run.text for run in card.remark))
    assert remark.startswith("Z podkladů nelze stav určit. Podklady si odporují (")
    assert requests(evaluation)[torn] == "rozhodnout, který podklad platí"
    many = row.assign(reporter="KULK-OSV")
    more = [
        *both,
        *(
            many.assign(order=n, id=f"{torn}-{n}", state=state)
            for n, state in ((3, "fulfilled"), (4, "preparing"), (5, "partial"))
        ),
    ]
    of_many = _with(tables_, evidence=pd.concat([rest, *more]))
    claim = told(slz_lib.evaluate(of_many, AFTER)).loc[torn, "claim"]
    assert "OSV – plněno, teprve se připravuje a plněno částečně" in plain(str(claim))
    steps = drafted(evaluation, PLAN).steps
    assert list(steps.loc[steps["measure_id"].eq(torn), "cause"]) == ["disputed"]
    assert (
        not steps["measure_id"]
        .isin(set(evaluation.judgements["measure_id"]) - answered(evaluation))
        .any()
    )


def test_who_cannot_publish_is_told_to_decide_too(judged: dict[str, slz_lib.Evaluation]) -> None:
    with pytest.raises(DataError, match=r"odporují, rozhodněte v\s+decisions\.csv"):
        publication(judged["half"].dataset, AFTER, "1/26/ZK", date(2026, 6, 30))


def test_a_card_without_a_commentary_says_what_the_evidence_says(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half = judged["half"]
    rows = half.evidence[half.evidence["state"].ne("nothing_supplied")]
    for card in cards(half):
        notes = list(
            rows.loc[rows["measure_id"].eq(card.number)]
            .drop_duplicates(["reporter", "note"])["note"]
            .dropna()
        )
        told = ["".join(run.text for run in text) for text in card.commentary]
        assert len(told) == len(notes)
        assert all(plain(note) in plain(text) for note, text in zip(notes, told, strict=True))


def test_a_card_says_once_what_a_body_answers_to_two_criteria_alike(
    dataset: slz_lib.Dataset,
) -> None:
    filled = next_period(dataset, "half")
    evidence = filled.evidence
    row = evidence[evidence["period_id"].eq(AFTER) & evidence["note"].notna()].iloc[[0]]
    again = row.assign(order=99, id=row["measure_id"] + "-99", criterion="další kritérium")
    twice = _with(filled, evidence=pd.concat([evidence, again], ignore_index=True))
    before, after = (slz_lib.evaluate(each, AFTER) for each in (filled, twice))
    assert [card.commentary for card in cards(after)] == [c.commentary for c in cards(before)]


def test_what_is_asked_of_a_lead_includes_evidence_of_what_is_not_judged(
    judged: dict[str, slz_lib.Evaluation],
) -> None:
    half = judged["half"]
    asked = requests(half).str.contains("dodat podklad").fillna(value=False)
    assert int(asked.sum()) == half.unjudged + int(half.judgements["silent"].sum())


def test_reasons_of_departures_stand_beside_them(judged: dict[str, slz_lib.Evaluation]) -> None:
    framed = tables.differences_table(judged["half"])
    assert (
        column(framed, "Důvod rozhodnutí")
        == ["Syntetický důvod (syntetický vedoucí odboru)"] * DEPARTED
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("half", "Stav se u všech 49 opatření, která lze srovnat, nezměnil; bez podkladu 5 "),
        ("none_done", "Stav se zhoršil u 87 z 95 opatření (91,6 %) a nezměnil u 8; s podkladem "),
        ("all_done", "Stav se zlepšil u 76 z 95 opatření (80,0 %) a nezměnil u 19; s podkladem "),
    ],
)
def test_a_movement_names_only_ways_that_some_measure_went(
    name: str, said: str, judged: dict[str, slz_lib.Evaluation], dataset: slz_lib.Dataset
) -> None:
    assert plain(
        movement_said(compare(slz_lib.evaluate(dataset, BEFORE), judged[name]))
    ).startswith(said)


def test_a_renamed_body_and_a_law_now_in_force_meet_a_half_filled_period(
    dataset: slz_lib.Dataset,
) -> None:
    half = next_period(dataset, "half", decided=False)
    awaited = dataset.evidence.set_index("id")["waits_for"]
    waits = half.evidence["id"].map(awaited).astype("str")
    new = half.bodies[half.bodies["id"].eq("KULK-OSV")].assign(
        short_name="OSZ", name="odbor synteticky přejmenovaný", valid_from="2024-01-01"
    )
    half = _with(
        half,
        evidence=half.evidence.assign(waits_for=waits),
        bodies=pd.concat([half.bodies, new.astype(half.bodies.dtypes)], ignore_index=True),
    )
    evaluation = slz_lib.evaluate(half, AFTER)
    plan = drafted(evaluation, PLAN)
    applied = plan.steps.loc[plan.steps["cause"].eq("law_in_force"), "measure_id"]
    waiting = set(
        half.evidence.loc[waits.notna() & half.evidence["period_id"].eq(AFTER), "measure_id"]
    )
    assert set(applied) <= waiting & answered(evaluation)
    assert "I.1" in set(applied)
    assert not set(plan.steps.loc[plan.steps["cause"].eq("waits_for_law"), "measure_id"])
    for judged_, name in ((evaluation, "OSZ"), (slz_lib.evaluate(half, BEFORE), "OSV")):
        leads = column(tables.lead_table(judged_), "Gestor")
        assert name in leads
        assert len({"OSZ", "OSV"} & set(leads)) == 1
    assert "OSZ" in column(tables.body_table(plan), "Gestor")


def test_an_ending_on_a_periods_last_day_is_a_fact_of_the_next_period(
    dataset: slz_lib.Dataset,
) -> None:
    full = next_period(dataset, "full")
    row = ended("I.3", None) | {"ended": pd.Timestamp("2025-12-31")}
    later = _with(full, successions=added(full.successions, [row]))
    for period, horizon in ((BEFORE, "2024-2025"), (AFTER, PLAN)):
        before, after = (
            drafted(slz_lib.evaluate(tables_, period), horizon).steps for tables_ in (full, later)
        )
        pd.testing.assert_frame_equal(before, after)
    assert "I.3" not in set(opening(later, "2026-2027").tables["decisions"]["measure_id"])


def test_a_plan_without_a_single_step_is_told_and_drawn(
    dataset: slz_lib.Dataset,
) -> None:
    empty = slz_lib.evaluate(next_period(dataset, "empty"), AFTER)
    plan = slz_lib.draft_plan(empty, PLAN)
    assert plan.steps.empty
    for drawn in (charts.decisions_chart(plan), charts.gantt(plan)):
        assert not re.search(r"nan|\b0 z", plain(drawn.caption))
