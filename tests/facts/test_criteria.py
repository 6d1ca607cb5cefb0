"""From evidence to criteria: shares of the territory, empty evidence, what rests on what."""

from __future__ import annotations

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.criteria import REACH_RANK, Territory, criteria
from slz_lib.vocabulary import Reach
from tests.samples.evidence import Measure, Row, judged


@pytest.mark.parametrize(
    ("places", "municipalities", "population"),
    [
        ("Horní Synteza; Velká Synteza", 0.41, 0.55),
        ("Horní Synteza; Okolí Syntezy", 0.4, 0.3),
        ("Čtvrť Syntezy", 0.0, None),
        ("Okolí Syntezy", None, None),
        (None, None, None),
    ],
)
def test_named_places_make_a_share_as_far_as_their_size_is_known(
    places: str | None,
    municipalities: float | None,
    population: float | None,
    dataset: slz_lib.Dataset,
) -> None:
    measure = Measure([Row("clubs", "fulfilled", "some", places)])
    found = judged([measure], dataset).criteria.iloc[0]
    shares = [
        None if pd.isna(found[name]) else float(found[name])
        for name in ("municipalities", "population")
    ]
    assert shares == [municipalities, population]


def test_a_town_and_its_district_make_no_more_than_the_district() -> None:
    """A synthetic territory of two districts, 41 and 9 municipalities."""
    places = pd.DataFrame(
        {
            "id": ["Horní obvod", "Horní město", "Dolní město"],
            "district_id": ["H", "H", "D"],
            "municipalities": [41, 1, 1],
            "population": [None, 30, 20],
        }
    )
    districts = pd.DataFrame({"id": ["H", "D"], "municipalities": [41, 9], "population": [70, 30]})
    row = {"measure_id": "I.1", "criterion": "k", "state": "fulfilled", "reach": "some"}
    evidence = pd.DataFrame([{**row, "places": "Horní město; Horní obvod; Dolní město"}])
    terms = pd.DataFrame({"reach": ["nearly_all"], "basis": ["municipalities"], "share": [0.85]})
    found = criteria(evidence.astype("str"), Territory.of(places, districts), terms)[0]
    assert found[["municipalities", "population"]].iloc[0].tolist() == [42 / 50, 50 / 100]
    assert found["reach"].tolist() == [REACH_RANK[Reach.SOME]]


def test_a_row_that_is_not_decisive_lends_neither_reach_nor_places(
    dataset: slz_lib.Dataset,
) -> None:
    rows = [
        Row("clubs", "partial", "region", "Dolní Synteza"),
        Row("clubs", "fulfilled", "some", "Horní Synteza"),
        Row("clubs", "done", "unknown"),
    ]
    evaluation = judged([Measure(rows)], dataset)
    found = evaluation.criteria.iloc[0]
    assert (found["state"], found["reach"]) == ("done", REACH_RANK[Reach.SOME])
    assert (found["rows"], float(found["municipalities"])) == (3, 0.4)
    assert evaluation.evidence["decisive"].tolist() == [False, True, True]


def test_evidence_keeps_the_line_of_its_file(evaluation: slz_lib.Evaluation) -> None:
    lines = (evaluation.dataset.root / "periods/2022-2023/evidence.csv").read_text("utf-8")
    starts = [line.split(",")[0] for line in lines.splitlines()]
    assert [starts[row - 1] for row in evaluation.evidence["row"]] == list(
        evaluation.evidence["id"]
    )


def test_a_period_without_evidence_has_no_criteria_and_derives_nothing(
    dataset: slz_lib.Dataset,
) -> None:
    evaluation = judged([Measure(), Measure(published="PLNENO")], dataset)
    assert evaluation.criteria.empty
    assert evaluation.judgements["derived"].isna().all()
    assert evaluation.judgements["criteria"].tolist() == [0, 0]
    assert evaluation.judgements["status"].isna().tolist() == [True, False]
    assert not evaluation.judgements["agrees"].any()
