"""Rules, conditions and what decides between them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.evaluation.criteria import criteria, quantities
from slz_lib.evaluation.rules import decide
from slz_lib.vocabulary import EvidenceState, Reach, Status

STATES = [str(state) for state in EvidenceState]
REACHES = [str(reach) for reach in Reach]
Rows = list[tuple[str, str, str]]


def derived(rows: Rows, dataset: slz_lib.Dataset, deadline: str = "continuous") -> object:
    """The status that synthetic evidence ``(criterion, state, reach)`` of one measure gives."""
    evidence = pd.DataFrame(rows, columns=["criterion", "state", "reach"]).assign(measure_id="X.1")
    measures = pd.DataFrame(
        {"id": ["X.1"], "deadline_kind": [deadline], "deadline_day": [pd.Timestamp("2027-12-31")]}
    )
    amounts = quantities(criteria(evidence), measures, date(2023, 12, 31))
    table = decide(amounts, dataset.evaluation_rules, dataset.rule_conditions)
    value = table["derived"].iloc[0]
    return None if pd.isna(value) else str(value)


CASES: dict[str, tuple[Rows, str, str | None]] = {
    "a fixed deadline and everything done for good is SPLNENO": (
        [("a", "done", "region")],
        "fixed",
        "SPLNENO",
    ),
    "done for good without a fixed deadline is only PLNENO": (
        [("a", "done", "region")],
        "continuous",
        "PLNENO",
    ),
    "fulfilled in the whole region is PLNENO": (
        [("a", "fulfilled", "region")],
        "continuous",
        "PLNENO",
    ),
    "fulfilled in nearly the whole region is PLNENO": (
        [("a", "fulfilled", "nearly_all")],
        "continuous",
        "PLNENO",
    ),
    "fulfilled in some municipalities only is CASTECNE": (
        [("a", "fulfilled", "some")],
        "continuous",
        "CASTECNE",
    ),
    "an unknown reach proves nothing, so fulfilled is CASTECNE": (
        [("a", "fulfilled", "unknown")],
        "continuous",
        "CASTECNE",
    ),
    "half of the criteria fulfilled do not prevail": (
        [("a", "fulfilled", "region"), ("b", "not_done", "region")],
        "continuous",
        "CASTECNE",
    ),
    "one active criterion of three is NEPLNENO": (
        [("a", "fulfilled", "region"), ("b", "not_done", "region"), ("c", "preparing", "region")],
        "continuous",
        "NEPLNENO",
    ),
    "only preparing is NEPLNENO": ([("a", "preparing", "region")], "continuous", "NEPLNENO"),
    "nothing supplied is NEPLNENO, as the published scale says": (
        [("a", "nothing_supplied", "unknown")],
        "continuous",
        "NEPLNENO",
    ),
    "one confirmation outweighs another body's refusal on the same criterion": (
        [("a", "not_done", "region"), ("a", "fulfilled", "nearly_all")],
        "continuous",
        "PLNENO",
    ),
    "the reach counts only where the best state was reported": (
        [("a", "partial", "region"), ("a", "fulfilled", "some")],
        "continuous",
        "CASTECNE",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_case(case: str, dataset: slz_lib.Dataset) -> None:
    rows, deadline, expected = CASES[case]
    assert derived(rows, dataset, deadline) == expected


def test_a_measure_without_any_evidence_has_no_derived_status(dataset: slz_lib.Dataset) -> None:
    evidence = pd.DataFrame(
        {"measure_id": ["X.2"], "criterion": ["a"], "state": ["partial"], "reach": ["region"]}
    )
    measures = pd.DataFrame(
        {"id": ["X.1"], "deadline_kind": ["fixed"], "deadline_day": [pd.Timestamp("2024-12-31")]}
    )
    amounts = quantities(criteria(evidence), measures, date(2023, 12, 31))
    table = decide(amounts, dataset.evaluation_rules, dataset.rule_conditions)
    assert table["derived"].isna().all()
    assert table["rule_id"].isna().all()


rows_of_evidence = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(STATES), st.sampled_from(REACHES)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_evidence, data=st.data())
def test_the_order_of_rows_does_not_matter(
    rows: Rows, data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert derived(rows, dataset) == derived(shuffled, dataset)


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_evidence, data=st.data())
def test_better_evidence_on_a_row_never_lowers_the_status(
    rows: Rows, data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    criterion, _, _ = rows[place]
    better = [*rows]
    better[place] = (criterion, "fulfilled", "region")
    if rows[place][1] == "done":
        return  # nothing is better than done
    before = Status(str(derived(rows, dataset)))
    after = Status(str(derived(better, dataset)))
    assert after.rank <= before.rank
