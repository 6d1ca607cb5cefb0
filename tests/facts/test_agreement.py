"""Agreement of two judgements, and of the two codings of the real period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.reliability import ASPECTS, agreement, reliability
from slz_lib.vocabulary import Coder


def of(pairs: Sequence[tuple[object, object]]) -> tuple[pd.Series, pd.Series]:
    first, second = zip(*pairs, strict=True)
    return pd.Series(first), pd.Series(second)


def test_kappa_is_that_of_cohens_textbook_table() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: seen 0.7, by chance 0.5."""
    pairs = [("a", "a")] * 20 + [("a", "n")] * 5 + [("n", "a")] * 10 + [("n", "n")] * 15
    found = agreement(*of(pairs), ["a", "n"])
    assert (found.compared, found.agreed, found.share) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)
    # With two steps there is only one distance.
    assert found.weighted == pytest.approx(0.4)


def test_a_difference_of_two_steps_weighs_twice() -> None:
    """Worked by hand: seen disagreement 3 steps, by chance 36/6 = 6 steps."""
    found = agreement(*of([(2, 0), (0, 0), (2, 2), (2, 2), (0, 0), (1, 2)]), [0, 1, 2])
    assert found.kappa == pytest.approx(3 / 7)
    assert found.weighted == pytest.approx(1 - 3 / 6)


def test_full_agreement_is_one_and_the_opposite_is_below_zero() -> None:
    assert agreement(*of([(0, 0), (1, 1)]), [0, 1]).kappa == 1
    opposite = agreement(*of([(0, 1), (1, 0)]), [0, 1]).kappa
    assert opposite is not None
    assert opposite < 0


def test_rows_that_one_did_not_judge_are_left_out() -> None:
    found = agreement(pd.Series(["a", None, "n"]), pd.Series(["a", "a", None]), ["a", "n"])
    assert (found.compared, found.agreed) == (1, 1)


def test_without_a_difference_that_chance_could_make_there_is_no_kappa() -> None:
    assert agreement(*of([("a", "a"), ("a", "a")]), ["a", "n"]).kappa is None
    nothing = agreement(pd.Series([], dtype="str"), pd.Series([], dtype="str"), ["a", "n"])
    assert (nothing.share, nothing.kappa, nothing.weighted) == (None, None, None)


def test_the_two_codings_of_the_real_period_agree_this_far(
    evaluation: slz_lib.Evaluation,
) -> None:
    found = reliability(evaluation).agreements
    assert list(found) == list(ASPECTS)
    assert {aspect: (a.agreed, a.compared) for aspect, a in found.items()} == {
        "derived": (94, 109),
        "state": (96, 109),
        "reach": (92, 109),
        "criteria": (98, 109),
    }
    weighted = {aspect: round(a.weighted or 0, 2) for aspect, a in found.items()}
    assert weighted == {"derived": 0.79, "state": 0.90, "reach": 0.82, "criteria": 0.57}


def test_every_difference_of_the_real_codings_is_settled_with_a_reason(
    evaluation: slz_lib.Evaluation,
) -> None:
    """And so is what was coded alike by both and revised, or differs in a row that decides less."""
    found = reliability(evaluation)
    settled = found.settled
    assert settled[["settled", "note"]].notna().all(axis=None)
    assert set(found.differences["measure_id"]) < set(settled["measure_id"])
    assert list(settled["measure_id"]) == list(evaluation.dataset.settlements["measure_id"])
    counts = {"second": 25, "first": 9, "own": 3, "revised": 2}
    assert settled["settled"].value_counts().to_dict() == counts


KEPT = ["order", "criterion", "state", "reach"]


def test_the_evidence_is_the_coding_that_was_settled_on(dataset: slz_lib.Dataset) -> None:
    """Where the two agree, and where nothing was settled, the first coding stands."""
    settled = dataset.settlements.set_index("measure_id")["settled"]

    def rows(table: pd.DataFrame, measure: str) -> list[list[object]]:
        return table.loc[table["measure_id"] == measure, KEPT].to_numpy().tolist()

    codings = {str(c): dataset.codings[dataset.codings["coder"] == str(c)] for c in Coder}
    for measure in dataset.measures["id"]:
        chosen = settled.get(measure, "first")
        evidence = rows(dataset.evidence, measure)
        if chosen in {"own", "revised"}:
            assert all(evidence != rows(table, measure) for table in codings.values()), measure
        else:
            assert evidence == rows(codings[chosen], measure), measure


def test_a_period_that_was_coded_once_has_nothing_to_compare(dataset: slz_lib.Dataset) -> None:
    once = dataset.codings[dataset.codings["coder"].eq("first")]
    evaluation = slz_lib.evaluate(replace(dataset, codings=once), "2022-2023")
    found = reliability(evaluation)
    assert found.measures.empty
    assert {a.compared for a in found.agreements.values()} == {0}


def test_an_open_difference_stays_open(dataset: slz_lib.Dataset) -> None:
    open_ = replace(dataset, settlements=dataset.settlements.head(0))
    differences = reliability(slz_lib.evaluate(open_, "2022-2023")).differences
    assert len(differences) == 34
    assert differences["settled"].isna().all()
