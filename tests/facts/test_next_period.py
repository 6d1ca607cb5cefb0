"""A synthetic second period, whole and in part: what is told of it, recomputed from its tables."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.documents.model import Table
from slz_lib.evaluation.claims import recompute
from slz_lib.evaluation.comparison import compare
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.planning.causes import applicable
from slz_lib.presentation import charts, tables
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.tables.agreement import status_agreements
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
from tests.samples.reading import plain
from tests.samples.synthetic_periods import AFTER, added, ended


@pytest.fixture(scope="module")
def judged(dataset: slz_lib.Dataset) -> dict[str, slz_lib.Evaluation]:
    """The period by how it is filled in."""
    fillings: tuple[Filling, ...] = ("full", "half", "silent", "all_done", "none_done")
    return {name: slz_lib.evaluate(next_period(dataset, name), AFTER) for name in fillings}


def answered(evaluation: slz_lib.Evaluation) -> set[str]:
    """Measures of which the period's evidence has a row, read from the table itself."""
    rows = evaluation.dataset.evidence
    return set(rows.loc[rows["period_id"].eq(AFTER), "measure_id"])


def cells(framed: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row.cells] for row in framed.rows]


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
    assert set(slz_lib.draft_plan(half, PLAN).steps["measure_id"]) <= answered(half)
    tables_ = next_period(dataset, "full")
    rows = ended("I.3", "I.4") | {"ended": pd.Timestamp("2024-06-30")}
    later = _with(tables_, successions=added(tables_.successions, [rows]))
    planned = slz_lib.draft_plan(slz_lib.evaluate(later, AFTER), PLAN)
    assert "I.3" in set(slz_lib.draft_plan(judged["full"], PLAN).steps["measure_id"])
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
        plan = slz_lib.draft_plan(evaluation, PLAN).decisions.set_index("measure_id")["cause"]
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
