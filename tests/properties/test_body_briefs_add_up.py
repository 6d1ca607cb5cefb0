"""Every count of a body brief is a part of a count of the region, and the parts add up to it.

A measure with two leads stands in two briefs, one without a lead in none: the sum over bodies
counts roles, and the region's number follows once a repeated measure is taken once and the measures
without a lead are added.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

import slz_lib
from slz_lib.presentation.briefs import BodyBrief
from slz_lib.vocabulary import MUNICIPALITY, Assignment, EvidenceState, Role
from tests.properties.adding_up import COUNTED, column, rows, rows_of


@pytest.fixture(scope="module")
def leads(evaluation: slz_lib.Evaluation) -> pd.Series:
    """Number of lead bodies by measure; 0 where none is assigned."""
    roles = evaluation.dataset.measure_bodies
    rows = roles[roles["role"].eq(str(Role.LEAD))]
    held = rows.groupby("measure_id")["body_id"].nunique()
    return held.reindex(evaluation.judgements["measure_id"], fill_value=0)


def test_leads_and_cooperation_of_bodies_are_the_roles_of_the_region(
    body_briefs: dict[str, BodyBrief], evaluation: slz_lib.Evaluation
) -> None:
    roles = evaluation.dataset.measure_bodies
    for role, stated, unheld in (
        (Role.LEAD, sum(brief.led.total for brief in body_briefs.values()), 3),
        (Role.COOPERATING, sum(brief.joined.total for brief in body_briefs.values()), 9),
    ):
        rows = roles[roles["role"].eq(str(role))]
        nobody = rows["body_id"].isna()
        assert set(rows.loc[nobody, "assignment"]) == {str(Assignment.NOT_ASSIGNED)}
        assert (stated, unheld) == (len(rows) - unheld, nobody.sum())


@pytest.mark.parametrize("name", COUNTED)
def test_measures_of_leads_make_the_region_with_shared_ones_once_and_those_without_a_lead(
    name: str, body_briefs: dict[str, BodyBrief], evaluation: slz_lib.Evaluation, leads: pd.Series
) -> None:
    whole = COUNTED[name](evaluation)
    stood = Counter(
        measure for brief in body_briefs.values() for measure in COUNTED[name](brief.led)
    )
    assert stood == Counter({measure: leads[measure] for measure in whole if leads[measure]})
    repeated = sum(leads[measure] - 1 for measure in whole if leads[measure] > 1)
    without = sum(leads[measure] == 0 for measure in whole)
    assert stood.total() - repeated + without == len(whole)


def test_a_shared_measure_is_told_to_each_of_its_leads(
    body_briefs: dict[str, BodyBrief], leads: pd.Series
) -> None:
    assert sum(brief.shared for brief in body_briefs.values()) == leads[leads.gt(1)].sum() > 0


def test_measures_whose_lead_is_missing_are_told_to_its_body_or_have_none(
    body_briefs: dict[str, BodyBrief], evaluation: slz_lib.Evaluation, leads: pd.Series
) -> None:
    unit_open = sum(len(brief.unit_open) for brief in body_briefs.values())
    assert unit_open > 0
    assert unit_open + leads.eq(0).sum() == evaluation.judgements["lead_missing"].sum()


def test_requests_to_bodies_are_the_flags_of_their_measures(
    body_briefs: dict[str, BodyBrief], evaluation: slz_lib.Evaluation, leads: pd.Series
) -> None:
    for name in ("not supplied", "overdue", "differing", "indicator missing", "asked"):
        stated = sum(len(COUNTED[name](brief.led)) for brief in body_briefs.values())
        assert stated == leads[list(COUNTED[name](evaluation))].sum() > 0, name


@pytest.mark.parametrize(("column", "stated"), [("lead", "steps"), ("cooperating", "joined_steps")])
def test_steps_of_bodies_are_the_bodies_that_the_steps_name(
    column: str, stated: str, body_briefs: dict[str, BodyBrief], plan: slz_lib.ActionPlan
) -> None:
    named = plan.steps[column].str.split(";").explode()
    named = named[named.notna() & named.ne("")]
    assert {body: n for body, b in body_briefs.items() if (n := len(getattr(b, stated)))} == dict(
        Counter(named)
    )


def test_tables_of_body_briefs_have_a_row_for_all_that_is_counted(
    body_briefs: dict[str, BodyBrief],
) -> None:
    for brief in body_briefs.values():
        assert rows(brief.led_table) == brief.led.total
        assert rows(brief.joined_table) == brief.joined.total
        assert rows(brief.evidence_table) == len(brief.own_pieces)
        for table, stated in (
            (brief.steps_table, brief.steps),
            (brief.joined_steps_table, brief.joined_steps),
        ):
            grouped = column(table, "Počet kroků") if table is not None else []
            assert (sum(grouped) if grouped else rows(table)) == rows_of(stated), brief.part


def test_evidence_of_a_body_is_its_own_and_that_of_the_bodies_right_below_it(
    evaluation: slz_lib.Evaluation,
) -> None:
    known = evaluation.dataset.bodies
    every = {str(body): BodyBrief(evaluation, str(body)) for body in known["id"]}
    for body, brief in every.items():
        below = known.loc[known["parent_id"].eq(body), "id"]
        parts = sum(len(every[str(part)].pieces) for part in below)
        assert len(brief.pieces) == len(brief.own_pieces) + parts, body


def test_evidence_of_bodies_of_others_and_of_nobody_is_all_that_says_something(
    evaluation: slz_lib.Evaluation,
) -> None:
    known = set(evaluation.dataset.bodies["id"])
    own = sum(len(BodyBrief(evaluation, body).own_pieces) for body in known)
    said = evaluation.evidence[evaluation.evidence["state"].ne(str(EvidenceState.NOTHING_SUPPLIED))]
    reporter = said["reporter"]
    organisations = int(reporter.str.startswith("ORG:", na=False).sum())
    nobody = int(reporter.eq("NEUVEDEN").sum())
    assert own + organisations + nobody == evaluation.uncertainty.pieces
    assert min(own, organisations, nobody) > 0
    municipalities = reporter.str.startswith(MUNICIPALITY, na=False).sum()
    every = len(BodyBrief(evaluation, "OBCE").own_pieces)
    assert every == municipalities + reporter.eq("OBCE").sum()
