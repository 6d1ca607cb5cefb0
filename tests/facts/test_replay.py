"""Other rules on the same evidence: what the method changes and what the facts do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import movements
from slz_lib.evaluation.replay import Decomposition, decompose, replay
from tests.samples.scales import SCALE
from tests.samples.synthetic_periods import SyntheticPeriods, synthetic_rules

CODES = SCALE.codes


@pytest.fixture(scope="module")
def changed(periods: SyntheticPeriods, dataset: slz_lib.Dataset) -> Decomposition:
    """The synthetic period judged by synthetic rules, the real one by its own."""
    after = slz_lib.evaluate(periods.dataset, "2024-2025", rules=synthetic_rules(dataset))
    return decompose(periods.before, after)


def test_replay_with_the_same_rules_changes_nothing(evaluation: slz_lib.Evaluation) -> None:
    again = replay(evaluation, evaluation.rule_set)
    for name in ("judgements", "criteria", "evidence", "claims", "decisions"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(evaluation, name))
    assert again.period == evaluation.period


def test_replay_gives_what_an_evaluation_by_those_rules_would(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    rules = synthetic_rules(dataset)
    again = replay(evaluation, rules)
    afresh = slz_lib.evaluate(dataset, "2022-2023", rules=rules)
    pd.testing.assert_frame_equal(again.judgements, afresh.judgements)
    pd.testing.assert_frame_equal(again.evidence, afresh.evidence)
    assert again.judgements["derived"].ne(evaluation.judgements["derived"]).any()


def test_the_dataset_of_an_evaluation_can_be_evaluated_again(
    evaluation: slz_lib.Evaluation,
) -> None:
    again = slz_lib.evaluate(evaluation.dataset, evaluation.period.id)
    pd.testing.assert_frame_equal(again.judgements, evaluation.judgements)


def test_replay_keeps_the_day_and_what_was_published(dataset: slz_lib.Dataset) -> None:
    later = slz_lib.evaluate(dataset, "2022-2023", as_of="2025-12-31")
    again = replay(later, synthetic_rules(dataset))
    assert again.period.as_of == later.period.as_of
    for name in ("published", "status", "deadline_passed"):
        pd.testing.assert_series_equal(again.judgements[name], later.judgements[name])


def test_a_decision_that_agreed_with_its_rules_needs_no_reason_in_a_replay(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    rules = synthetic_rules(dataset)
    moved = replay(evaluation, rules).judgements["derived"].ne(evaluation.judgements["derived"])
    measure = evaluation.judgements.loc[moved, "measure_id"].iloc[0]
    derived = evaluation.judgements.set_index("measure_id")["derived"][measure]
    decisions = dataset.decisions
    chosen = decisions["measure_id"].eq(measure)
    decided = replace(
        dataset,
        decisions=decisions.assign(
            status=decisions["status"].mask(chosen),
            published=decisions["published"].mask(chosen),
            decided=decisions["decided"].mask(chosen, derived),
        ),
    )
    judged = slz_lib.evaluate(decided, "2022-2023")
    again = replay(judged, rules)
    stands = again.judgements.set_index("measure_id").loc[measure]
    assert (stands["status"], stands["agrees"]) == (derived, False)


def test_faulty_rules_are_refused(evaluation: slz_lib.Evaluation) -> None:
    rules = evaluation.rule_set
    first = rules.rules["id"].iloc[0]
    bare = replace(rules, conditions=rules.conditions[rules.conditions["rule_id"].ne(first)])
    with pytest.raises(EvaluationError, match="evaluation_rules"):
        replay(evaluation, bare)


def test_the_same_rules_leave_everything_to_the_facts(periods: SyntheticPeriods) -> None:
    found = decompose(periods.before, periods.after)
    assert found.same_rules
    assert found.of_method.empty
    assert not found.counts["method"].any()
    assert not found.measures["method_steps"].fillna(0).any()
    assert found.counts["fact"].any()


def test_other_rules_on_the_same_facts_are_a_change_of_method_alone(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    found = decompose(evaluation, replay(evaluation, synthetic_rules(dataset)))
    assert not found.same_rules
    assert not found.counts["fact"].any()
    # Harder rules for PLNĚNO never lift a measure.
    assert found.of_method["method_steps"].lt(0).all()
    assert len(found.of_method) == -found.counts["method"]["PLNENO"] > 0


def test_measures_of_one_period_are_a_change_of_fact(
    changed: Decomposition, periods: SyntheticPeriods
) -> None:
    ids = {periods.new, periods.dropped, periods.merged}
    there = changed.measures.dropna(subset=["wording_before", "wording_after"])
    assert ids.isdisjoint(there["measure_id"])
    assert periods.new not in set(changed.of_method["measure_id"])


STATUS = st.sampled_from([*CODES, None])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(STATUS, STATUS, STATUS), max_size=12))
def test_the_parts_add_up_whatever_the_statuses(
    rows: Sequence[tuple[str | None, str | None, str | None]],
) -> None:
    table = pd.DataFrame(rows, columns=["before", "replayed", "after"]).astype("str")
    measures = table.assign(
        wording_before="2021",
        wording_after="2021",
        method_steps=movements.steps(table["before"], table["replayed"], SCALE),
        fact_steps=movements.steps(table["replayed"], table["after"], SCALE),
        steps=movements.steps(table["before"], table["after"], SCALE),
    )
    found = Decomposition(None, None, SimpleNamespace(scale=SCALE), measures)  # type: ignore[arg-type]
    assert (found.counts["method"] + found.counts["fact"]).tolist() == found.counts[
        "change"
    ].tolist()
    assert found.counts[["before", "replayed", "after"]].sum().tolist() == [len(rows)] * 3
    known = measures.dropna(subset=["before", "replayed", "after"])
    assert (known["method_steps"] + known["fact_steps"]).tolist() == known["steps"].tolist()
