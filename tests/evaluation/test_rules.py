"""Rules, conditions and what decides between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.criteria import criteria, quantities
from slz_lib.evaluation.rules import decide, reaches, rules_in_force
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


def versions(*days: tuple[str, int, str]) -> pd.DataFrame:
    """Rules of the given id, order and first day."""
    table = pd.DataFrame(days, columns=["id", "order", "valid_from"])
    return table.assign(valid_from=pd.to_datetime(table["valid_from"]), status="PLNENO")


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2023, 12, 31), ["R1-A", "R1-B"]),
        (date(2024, 1, 1), ["R2-A", "R1-B"]),
        (date(2026, 6, 1), ["R3-A", "R3-B"]),
    ],
)
def test_the_newest_valid_version_of_each_rule_is_in_force(day: date, in_force: list[str]) -> None:
    table = versions(
        ("R3-A", 1, "2026-01-01"),
        ("R3-B", 2, "2026-01-01"),
        ("R2-A", 1, "2024-01-01"),
        ("R1-B", 2, "2022-01-01"),
        ("R1-A", 1, "2022-01-01"),
    )
    assert list(rules_in_force(table, day)["id"]) == in_force


def test_a_day_before_any_rule_is_refused_with_the_first_day(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(EvaluationError) as caught:
        slz_lib.evaluate(dataset, "2022-2023", as_of="2021-12-31")
    assert str(caught.value).replace("\u00a0", " ") == (
        "Ke dni 31. 12. 2021 neplatí žádné pravidlo hodnocení; první platí od 1. 1. 2022."
    )


def test_a_later_version_changes_only_the_days_from_which_it_is_valid(
    dataset: slz_lib.Dataset,
) -> None:
    """A second version asks for everything at once, so that nothing is PLNENO any more."""
    rules, conditions = dataset.evaluation_rules, dataset.rule_conditions
    row = rules[rules["id"].eq("R1-PLNENO")]
    second = row.assign(id="R2-PLNENO", version="2", valid_from=pd.Timestamp("2024-06-01"))
    impossible = conditions[conditions["rule_id"].eq("R1-PLNENO")].assign(
        rule_id="R2-PLNENO", value=99.0
    )
    changed = replace(
        dataset,
        evaluation_rules=pd.concat([rules, second], ignore_index=True),
        rule_conditions=pd.concat([conditions, impossible], ignore_index=True),
    )
    before = slz_lib.evaluate(changed, "2022-2023", as_of="2024-05-31")
    after = slz_lib.evaluate(changed, "2022-2023", as_of="2024-06-01")
    assert list(before.rules["id"]) == list(rules["id"])
    assert before.derived_counts["PLNENO"] > 0
    assert after.derived_counts["PLNENO"] == 0


AMOUNTS = pd.DataFrame(
    {"share_fulfilled": [0.5, 0.6, pd.NA], "reach": [3, 1, 2]}, index=["a", "b", "c"]
).astype({"share_fulfilled": "Float64"})


@pytest.mark.parametrize(
    ("quantity", "where"),
    [("share_fulfilled", [False, True, False]), ("reach", [True, False, True])],
)
def test_a_quantity_is_measured_by_the_rules_own_condition_alone(
    quantity: str, where: list[bool], dataset: slz_lib.Dataset
) -> None:
    rules, conditions = dataset.evaluation_rules, dataset.rule_conditions
    assert list(reaches(Status.PLNENO, quantity, AMOUNTS, rules, conditions)) == where


def test_where_two_rules_give_a_status_one_of_them_is_enough() -> None:
    rules = versions(("A", 1, "2022-01-01"), ("B", 2, "2022-01-01"))
    conditions = pd.DataFrame(
        {"rule_id": ["A", "B"], "quantity": "reach", "operator": "eq", "value": [1.0, 2.0]}
    )
    found = reaches(Status.PLNENO, "reach", AMOUNTS, rules, conditions)
    assert list(found) == [False, True, True]


def test_a_quantity_that_no_rule_asks_about_is_refused(dataset: slz_lib.Dataset) -> None:
    rules, conditions = dataset.evaluation_rules, dataset.rule_conditions
    with pytest.raises(EvaluationError, match=r"PLNĚNO nemá podmínku pro veličinu „share_done“"):
        reaches(Status.PLNENO, "share_done", AMOUNTS, rules, conditions)


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
