"""What the real period 2022–2023 gives."""

from __future__ import annotations

from datetime import date

import pytest

import slz_lib
from slz_lib.dataset.views import on_day
from slz_lib.errors import ParameterError
from slz_lib.evaluation.claims import stated_sum
from tests.samples.scales import SCALE


def test_the_published_tables_give_these_counts(evaluation: slz_lib.Evaluation) -> None:
    assert evaluation.counts.to_dict() == {
        "SPLNENO": 1,
        "PLNENO": 22,
        "CASTECNE": 68,
        "NEPLNENO": 18,
    }


def test_three_stated_counts_are_not_borne_out_and_the_share_is(
    evaluation: slz_lib.Evaluation,
) -> None:
    claims = evaluation.claims.set_index(["quantity", "status"])
    wrong = claims.loc[~claims["holds"], ["value", "recomputed"]]
    assert {key: tuple(row) for key, row in wrong.T.items()} == {
        ("count", "NEPLNENO"): (20.0, 18.0),
        ("count", "CASTECNE"): (69.0, 68.0),
        ("count", "PLNENO"): (21.0, 22.0),
    }
    assert bool(claims.loc[("share", "NEPLNENO"), "holds"])


def test_every_summary_by_area_and_deadline_counts_every_measure_once(
    evaluation: slz_lib.Evaluation,
) -> None:
    measures = len(evaluation.judgements)
    assert measures == 109
    assert int(evaluation.by_area["total"].sum()) == measures
    assert int(evaluation.by_deadline["total"].sum()) == measures
    for code in SCALE.codes:
        assert int(evaluation.by_area[code].sum()) == evaluation.counts[code]
        assert int(evaluation.by_deadline[code].sum()) == evaluation.counts[code]


def test_areas_stand_in_the_strategys_order(evaluation: slz_lib.Evaluation) -> None:
    assert list(evaluation.by_area["total"]) == [9, 9, 8, 11, 12, 13, 7, 10, 7, 4, 9, 6, 4]


def test_a_measure_with_two_leads_counts_under_each(evaluation: slz_lib.Evaluation) -> None:
    bodies = evaluation.dataset.measure_bodies
    leads = bodies[(bodies["role"] == "lead")].drop_duplicates(["measure_id", "body_id"])
    assert int(evaluation.by_lead["total"].sum()) == len(leads)


def test_these_measures_have_no_lead_or_no_unit(evaluation: slz_lib.Evaluation) -> None:
    table = evaluation.judgements
    assert list(table.loc[table["lead_missing"], "measure_id"]) == [
        "II.8",
        "III.5",
        "IV.7",
        "IV.9",
        "VI.3",
        "VIII.1",
    ]


def test_these_measures_are_overdue(evaluation: slz_lib.Evaluation) -> None:
    table = evaluation.judgements
    assert list(table.loc[table["overdue"], "measure_id"]) == ["VII.2", "XIII.3"]


def test_a_later_day_makes_more_measures_overdue(dataset: slz_lib.Dataset) -> None:
    later = slz_lib.evaluate(dataset, "2022-2023", as_of="2024-12-31")
    assert int(later.judgements["overdue"].sum()) == 10


def test_a_day_that_is_none_is_refused_with_what_was_found(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(ParameterError, match="2023-02-30"):
        slz_lib.evaluate(dataset, "2022-2023", as_of="2023-02-30")


def test_nothing_was_supplied_to_the_measures_without_a_commentary(
    evaluation: slz_lib.Evaluation,
) -> None:
    decisions = evaluation.decisions.set_index("measure_id")
    silent = set(decisions.index[~decisions["commentary_supplied"]])
    table = evaluation.judgements
    assert set(table.loc[~table["supplied"], "measure_id"]) == silent


def test_the_status_that_was_only_announced_is_not_derived(evaluation: slz_lib.Evaluation) -> None:
    row = evaluation.judgements.set_index("measure_id").loc["XIII.2"]
    assert (row["published"], row["derived"]) == ("SPLNENO", "NEPLNENO")


def test_an_unknown_period_is_refused_with_the_nearest(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(ParameterError, match="2022-2023"):
        slz_lib.evaluate(dataset, "2022-23")


@pytest.mark.parametrize(
    ("as_of", "begun"), [("2022-12-31", 6), ("2023-01-01", 8), ("2023-12-31", 8)]
)
def test_a_partnership_counts_from_the_year_in_which_it_began(
    dataset: slz_lib.Dataset, as_of: str, begun: int
) -> None:
    partnerships = on_day(dataset, date.fromisoformat(as_of)).partnerships
    assert len(partnerships) == begun
    assert int(partnerships["valid_from"].isna().sum()) == 5


def test_an_evaluation_is_compared_by_identity_and_can_be_a_key(
    evaluation: slz_lib.Evaluation, dataset: slz_lib.Dataset
) -> None:
    again = slz_lib.evaluate(dataset, "2022-2023")
    assert evaluation == evaluation  # noqa: PLR0124 — comparing tables would raise
    assert len({evaluation, again}) == 2


def test_what_the_headline_states_adds_up_to_more_than_there_are(
    evaluation: slz_lib.Evaluation,
) -> None:
    assert stated_sum(evaluation.claims) == 111
    assert stated_sum(evaluation.claims.head(0)) is None


def test_the_display_offers_the_plan_that_follows_the_period(
    evaluation: slz_lib.Evaluation,
) -> None:
    assert "draft_plan(evaluation, &quot;2024-2025&quot;)" in evaluation._repr_html_()
