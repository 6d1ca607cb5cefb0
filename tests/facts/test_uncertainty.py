"""How sure the real period's counts are, and who is known to have answered."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.dataset.views import of_period
from slz_lib.evaluation.uncertainty import Uncertainty
from slz_lib.vocabulary import EvidenceState
from tests.samples.scales import CODES, SCALE

NOTHING = "nothing_supplied"
STATUSES = CODES

Evaluation = slz_lib.Evaluation


@pytest.fixture(scope="module")
def found(evaluation: Evaluation) -> Uncertainty:
    return evaluation.uncertainty


def test_these_are_the_bounds_of_the_published_counts(found: Uncertainty) -> None:
    assert found.bounds[["stated", "lowest", "highest"]].T.to_dict("list") == {
        "SPLNENO": [1, 1, 5],
        "PLNENO": [22, 22, 34],
        "CASTECNE": [68, 67, 79],
        "NEPLNENO": [18, 7, 19],
    }
    shares = found.bounds[["share_lowest", "share_highest"]].round(3).T
    assert list(shares["NEPLNENO"]) == [0.064, 0.174]


def test_nothing_was_supplied_to_twelve_measures_four_of_which_have_a_fixed_deadline(
    found: Uncertainty, evaluation: Evaluation
) -> None:
    silent = evaluation.judgements[~evaluation.judgements["supplied"]]
    assert list(found.unknown.index) == list(silent["measure_id"])
    assert len(silent) == 12
    fixed = silent.loc[silent["deadline_kind"].eq("fixed"), "measure_id"]
    assert list(found.unknown.index[found.unknown["SPLNENO"]]) == list(fixed)
    assert len(fixed) == 4
    assert bool(found.unknown[["PLNENO", "CASTECNE", "NEPLNENO"]].all(axis=None))


def test_a_stated_status_is_possible_even_where_the_rules_would_not_give_it(
    found: Uncertainty, evaluation: Evaluation
) -> None:
    judgements = evaluation.judgements.copy()
    judgements.loc[judgements["measure_id"].eq("II.3"), "status"] = "SPLNENO"
    other = Uncertainty(replace(evaluation, judgements=judgements))
    assert not found.unknown.loc["II.3", "SPLNENO"]
    assert other.unknown.loc["II.3", "SPLNENO"]


def test_the_worst_case_is_the_derived_one_and_the_best_moves_only_what_was_not_supplied(
    found: Uncertainty, evaluation: Evaluation
) -> None:
    bounds = found.bounds
    assert bounds["derived_worst"].tolist() == bounds["derived"].tolist()
    moved = (bounds["derived_best"] - bounds["derived"]).to_dict()
    assert moved == {"SPLNENO": 4, "PLNENO": 8, "CASTECNE": 0, "NEPLNENO": -12}
    derived = evaluation.judgements.set_index("measure_id")["derived"]
    assert set(derived.index[found.best.ne(derived)]) == set(found.unknown.index)


def test_bodies_answer_at_least_so_often(found: Uncertainty) -> None:
    columns = ["measures", "lead", "cooperating", "reported", "lead_supplied"]
    assert found.by_body[columns].head(5).T.to_dict("list") == {
        "OBCE": [76, 1, 75, 25, 1],
        "NNO": [63, 0, 63, 12, 0],
        "KULK-OSV": [58, 57, 1, 8, 49],
        "KULK-OSMTS": [31, 31, 0, 0, 28],
        "SKOLY": [18, 0, 18, 1, 0],
    }


def test_every_body_with_a_role_is_counted_once(found: Uncertainty, evaluation: Evaluation) -> None:
    roles = evaluation.dataset.measure_bodies.dropna(subset="body_id")
    table = found.by_body
    assert set(table.index) == set(roles["body_id"])
    pairs = roles[["measure_id", "body_id"]].drop_duplicates()
    assert int(table["measures"].sum()) == len(pairs)
    assert bool(table["reported"].le(table["measures"]).all())
    assert bool(table["lead_supplied"].le(table["lead"]).all())
    assert table["share_supplied"].isna().tolist() == table["lead"].eq(0).tolist()


def test_districts_are_named_at_least_so_often(found: Uncertainty) -> None:
    assert found.by_district[["measures", "evidence", "places", "partnerships"]].T.to_dict(
        "list"
    ) == {
        "ORP-5101": [3, 6, 2, 2],
        "ORP-5102": [8, 10, 2, 2],
        "ORP-5103": [2, 3, 1, 1],
        "ORP-5104": [0, 0, 0, 0],
        "ORP-5105": [12, 15, 3, 1],
        "ORP-5106": [0, 0, 0, 1],
        "ORP-5107": [0, 0, 0, 0],
        "ORP-5108": [6, 8, 3, 1],
        "ORP-5109": [1, 1, 1, 0],
        "ORP-5110": [0, 0, 0, 0],
    }
    assert found.placed == 31


def test_fourteen_of_252_records_say_that_nothing_was_supplied_and_are_no_evidence(
    found: Uncertainty, evaluation: Evaluation
) -> None:
    states = evaluation.evidence["state"]
    assert (len(states), states.eq(NOTHING).sum()) == (252, 14)
    assert found.pieces == 238


def with_evidence(evaluation: Evaluation, **columns: str) -> Uncertainty:
    """The real period with the first piece of its evidence changed (synthetic)."""
    first = evaluation.evidence.head(1).assign(**columns)
    return Uncertainty(replace(evaluation, evidence=first))


def test_a_single_municipality_answers_for_the_municipalities(evaluation: Evaluation) -> None:
    one = with_evidence(evaluation, measure_id="I.2", reporter="OBEC:Liberec", note="—")
    assert one.by_body["reported"][lambda number: number > 0].to_dict() == {"OBCE": 1}


def test_a_part_answers_for_its_whole_and_not_the_other_way(evaluation: Evaluation) -> None:
    roles = evaluation.dataset.measure_bodies
    office = roles.loc[roles["body_id"].eq("KULK"), "measure_id"].iloc[0]
    part = with_evidence(evaluation, measure_id=office, reporter="KULK-OZP", note="—")
    assert part.by_body.loc["KULK", "reported"] == 1
    department = roles.loc[roles["body_id"].eq("KULK-OZP"), "measure_id"].iloc[0]
    whole = with_evidence(evaluation, measure_id=department, reporter="KULK", note="—")
    assert whole.by_body.loc["KULK-OZP", "reported"] == 0


def test_a_reporter_whom_the_words_do_not_name_is_nobody(evaluation: Evaluation) -> None:
    one = with_evidence(evaluation, measure_id="I.2", reporter="NEUVEDEN", places="")
    assert int(one.by_body["reported"].sum()) == 0


def test_a_record_that_nothing_was_supplied_is_nobodys_answer(evaluation: Evaluation) -> None:
    one = with_evidence(
        evaluation, measure_id="I.2", reporter="OBEC:Liberec", state=NOTHING, places="Turnov"
    )
    assert int(one.by_body["reported"].sum()) == 0
    assert int(one.by_district["evidence"].sum()) == 0


def test_a_period_whose_evidence_names_nobody_and_no_place_has_no_known_answers(
    dataset: slz_lib.Dataset,
) -> None:
    nowhere = dataset.evidence.assign(
        places=pd.Series(pd.NA, index=dataset.evidence.index, dtype="str"), reporter="NEUVEDEN"
    )
    found = slz_lib.evaluate(replace(dataset, evidence=nowhere), "2022-2023").uncertainty
    assert found.placed == 0
    assert not found.by_district[["measures", "evidence", "places"]].any(axis=None)
    assert not found.by_body["reported"].any()


@settings(max_examples=3, deadline=None)
@given(
    st.sets(st.integers(0, 108), max_size=30),
    st.sets(st.integers(0, 108), max_size=30),
    st.sampled_from([str(state) for state in EvidenceState]),
)
def test_what_is_stated_lies_between_its_bounds(
    dataset: slz_lib.Dataset, silent: set[int], bare: set[int], state: str
) -> None:
    """Over synthetic periods: some measures without a word, some without a row."""
    ids = of_period(dataset, "2022-2023").measures["id"]
    evidence = dataset.evidence
    evidence = evidence.assign(
        state=evidence["state"].mask(evidence["measure_id"].isin(ids.iloc[list(silent)]), state)
    )
    evidence = evidence[~evidence["measure_id"].isin(ids.iloc[list(bare)])]
    nobody = pd.Series(None, index=dataset.decisions.index, dtype="str")
    for one in (dataset, replace(dataset, decisions=dataset.decisions.assign(status=nobody))):
        judged = slz_lib.evaluate(replace(one, evidence=evidence), "2022-2023")
        found = Uncertainty(judged)
        bounds = found.bounds
        assert list(bounds.index) == STATUSES
        assert bool(bounds["lowest"].le(bounds["stated"]).all())
        assert bool(bounds["stated"].le(bounds["highest"]).all())
        assert int(bounds["lowest"].sum()) == len(ids) - len(found.unknown)
        assert int(bounds["highest"].sum()) >= len(ids)
        assert bounds[["derived_worst", "derived_best"]].sum().tolist() == [len(ids)] * 2
        ranks = SCALE.ranks
        assert bool(found.best.map(ranks).le(found.worst.map(ranks)).all())
