"""Laws of putting answers together, on made-up answers of made-up respondents."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest

from slz_lib.collection.tiers import TOGETHER, rolled_up
from slz_lib.evaluation.criteria import Territory, criteria
from slz_lib.vocabulary import EvidenceState, Reach
from tests.properties.test_evaluation import EXAMPLES

_STATES, _REACHES = ([str(code) for code in codes] for codes in (EvidenceState, Reach))
_PLACES = ["Horní Synteza", "Dolní Synteza", "Zadní Synteza"]
_TERRITORY = Territory.of(
    pd.DataFrame({"id": _PLACES, "district_id": "S", "municipalities": 1, "population": 10}),
    pd.DataFrame({"id": ["S"], "municipalities": [5], "population": [50]}),
)
_TERMS = pd.DataFrame({"reach": ["nearly_all"], "basis": ["municipalities"], "share": [0.6]})


def made(seed: int) -> pd.DataFrame:
    random = Random(seed)  # noqa: S311 — made-up data are no secret
    keys = [(b, m, c) for b in ("OBCE", "NNO") for m in ("I.1", "I.2") for c in ("a", "b")]
    rows = [
        {
            **dict(zip(TOGETHER, random.choice(keys), strict=True)),
            "reporter": f"ORG:{number}",
            "state": random.choice(_STATES),
            "reach": random.choice(_REACHES),
            "places": random.choice([None, ";".join(random.sample(_PLACES, 2)), *_PLACES]),
            "note": f"Synteza {number}",
            "value": str(number),
            "source_id": "synteza",
            "source_place": f"D{number}",
        }
        for number in range(random.randrange(1, 40))
    ]
    return pd.DataFrame(rows).astype("str")


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_each_answer_is_in_one_row_whatever_the_order_and_nothing_is_lost(seed: int) -> None:
    answers = made(seed)
    together = rolled_up(answers)
    assert not together.duplicated(TOGETHER).any()
    assert together["answers"].sum() == len(answers)
    sizes = answers.groupby(TOGETHER).size()
    assert together.set_index(TOGETHER)["answers"].to_dict() == sizes.to_dict()
    shuffled = answers.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(rolled_up(shuffled), together)
    # What is put together can be put together again, and stays as it is.
    again = rolled_up(together.drop(columns="answers"))
    pd.testing.assert_frame_equal(
        again.drop(columns="answers"), together.drop(columns="answers"), check_like=True
    )


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_evaluation_weighs_what_is_put_together_as_it_weighs_the_answers(seed: int) -> None:
    answers = made(seed)
    one_body = answers.assign(body="OBCE")
    alone, together = (
        criteria(rows, _TERRITORY, _TERMS)[0].set_index(["measure_id", "criterion"])
        for rows in (one_body, rolled_up(one_body))
    )
    together = together.reindex(alone.index)
    for column in ("reach", "municipalities", "population"):
        assert together[column].equals(alone[column]), column
    confirmed = alone["state"].isin(["done", "fulfilled"])
    assert together["state"].where(~confirmed).equals(alone["state"].where(~confirmed))
    assert together["state"][confirmed].isin(["done", "fulfilled"]).all()
