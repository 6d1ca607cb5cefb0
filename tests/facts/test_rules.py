"""Which rules are in force, what applies, and what decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.rules import RuleSet, decide, prevails, rule_set, rules_in_force, versions
from tests.samples.scales import SCALE


def with_rules(dataset: slz_lib.Dataset, rows: list[tuple[str, str, int, str]]) -> slz_lib.Dataset:
    """The data with synthetic rules of the given id, version, order and first day."""
    rules = pd.DataFrame(rows, columns=["id", "version", "order", "valid_from"])
    days = pd.to_datetime(rules["valid_from"])
    return replace(dataset, evaluation_rules=rules.assign(valid_from=days, status="PLNENO"))


SETS = [
    ("R3-A", "3", 1, "2026-01-01"),
    ("R2-B", "2", 2, "2024-01-01"),
    ("R2-A", "2", 1, "2024-01-01"),
    ("R1-B", "1", 2, "2022-01-01"),
    ("R1-A", "1", 1, "2022-01-01"),
]


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2023, 12, 31), ["R1-A", "R1-B"]),
        (date(2024, 1, 1), ["R2-A", "R2-B"]),
        (date(2026, 6, 1), ["R3-A"]),
    ],
)
def test_the_newest_valid_set_is_in_force_as_a_whole(
    day: date, in_force: list[str], dataset: slz_lib.Dataset
) -> None:
    assert list(rules_in_force(with_rules(dataset, SETS), day).rules["id"]) == in_force


def test_versions_are_listed_from_the_oldest(dataset: slz_lib.Dataset) -> None:
    assert versions(with_rules(dataset, SETS)) == ["1", "2", "3"]


def test_a_set_has_only_the_conditions_and_reaches_of_its_own(dataset: slz_lib.Dataset) -> None:
    second = "2", {rule: rule.replace("R1", "R2") for rule in dataset.evaluation_rules["id"]}
    both = with_second_version(dataset, *second)
    for version in ("1", "2"):
        chosen = rule_set(both, version)
        assert chosen.version == version
        assert set(chosen.conditions["rule_id"]) == set(chosen.rules["id"])
        assert set(chosen.terms["version"]) == {version}
        assert len(chosen.rules) == len(dataset.evaluation_rules)


def with_second_version(
    dataset: slz_lib.Dataset, version: str, names: dict[str, str], day: str = "2024-06-01"
) -> slz_lib.Dataset:
    """The data with a copy of the real rules, as another version from a later day."""
    rules, conditions, terms = (
        dataset.evaluation_rules,
        dataset.rule_conditions,
        dataset.reach_terms,
    )
    later = rules.assign(id=rules["id"].map(names), version=version, valid_from=pd.Timestamp(day))
    asked = conditions.assign(rule_id=conditions["rule_id"].map(names))
    return replace(
        dataset,
        evaluation_rules=pd.concat([rules, later], ignore_index=True),
        rule_conditions=pd.concat([conditions, asked], ignore_index=True),
        reach_terms=pd.concat([terms, terms.assign(version=version)], ignore_index=True),
        dispute_rules=pd.concat(
            [dataset.dispute_rules, dataset.dispute_rules.assign(version=version)],
            ignore_index=True,
        ),
    )


def test_equals_stand_by_their_ids_wherever_the_file_has_them(dataset: slz_lib.Dataset) -> None:
    rows = [("B", "1", 1, "2022-01-01"), ("A", "1", 1, "2022-01-01"), ("C", "1", 2, "2022-01-01")]
    for order in (rows, rows[::-1]):
        assert list(rule_set(with_rules(dataset, order), "1").rules["id"]) == ["A", "B", "C"]


def test_a_day_before_any_rule_is_refused_with_the_first_day(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(EvaluationError) as caught:
        slz_lib.evaluate(dataset, "2022-2023", as_of="2021-12-31")
    assert str(caught.value).replace("\u00a0", " ") == (
        "Ke dni 31. 12. 2021 neplatí žádné pravidlo hodnocení; první platí od 1. 1. 2022."
    )


def test_a_later_version_changes_only_the_days_from_which_it_is_valid(
    dataset: slz_lib.Dataset,
) -> None:
    """The second version wants every criterion fulfilled, the first one most of them."""
    names = {rule: rule.replace("R1", "R2") for rule in dataset.evaluation_rules["id"]}
    both = with_second_version(dataset, "2", names)
    conditions = both.rule_conditions
    share = conditions["rule_id"].eq("R2-PLNENO") & conditions["quantity"].eq("share_fulfilled")
    assert share.sum() == 1
    strict = conditions.assign(
        value=conditions["value"].mask(share, 1.0),
        operator=conditions["operator"].mask(share, "ge"),
    )
    changed = replace(both, rule_conditions=strict)
    before = slz_lib.evaluate(changed, "2022-2023", as_of="2024-05-31")
    after = slz_lib.evaluate(changed, "2022-2023", as_of="2024-06-01")
    assert (before.rule_set.version, after.rule_set.version) == ("1", "2")
    assert before.derived_counts["PLNENO"] > after.derived_counts["PLNENO"]
    assert before.derived_counts["NEPLNENO"] == after.derived_counts["NEPLNENO"]
    fulfilled = after.judgements.loc[after.judgements["derived"].eq("PLNENO"), "share_fulfilled"]
    assert fulfilled.eq(1).all()


def test_rules_that_are_given_are_applied_whatever_the_day(dataset: slz_lib.Dataset) -> None:
    names = {rule: rule.replace("R1", "R2") for rule in dataset.evaluation_rules["id"]}
    given = rule_set(with_second_version(dataset, "2", names), "2")
    evaluation = slz_lib.evaluate(dataset, "2022-2023", rules=given)
    assert (evaluation.rule_set.version, evaluation.rule_set.decides_as(given)) == ("2", True)
    assert set(evaluation.judgements["rule_id"]) <= set(given.rules["id"])


def test_the_first_rule_that_applies_decides_and_none_where_none_does() -> None:
    amounts = pd.DataFrame({"reach": [3, 1, 0]}, index=["a", "b", "c"])
    rules = made([("P", 1, "PLNENO", "reach", "ge", 2.0), ("C", 2, "CASTECNE", "reach", "ge", 1.0)])
    decided = decide(amounts, rules)
    assert decided["rule_id"].fillna("").tolist() == ["P", "C", ""]
    assert decided["derived"].fillna("").tolist() == ["PLNENO", "CASTECNE", ""]


def made(rows: list[tuple[str, int, str, str, str, float]]) -> RuleSet:
    """A synthetic set: id, order, status and one condition a rule."""
    columns = ["id", "order", "status", "quantity", "operator", "value"]
    table = pd.DataFrame(rows, columns=columns)
    return RuleSet(
        table[["id", "order", "status"]].assign(version="syntetická"),
        table.rename(columns={"id": "rule_id"})[["rule_id", "quantity", "operator", "value"]],
        pd.DataFrame(columns=["reach", "basis", "share"]),
        SCALE,
    )


AMOUNTS = pd.DataFrame(
    {"share_fulfilled": [0.5, 0.6, pd.NA], "reach": [3, 1, 2]}, index=["a", "b", "c"]
).astype({"share_fulfilled": "Float64"})


def test_what_prevails_is_measured_by_the_rules_own_conditions(dataset: slz_lib.Dataset) -> None:
    share, reach = prevails(AMOUNTS, rule_set(dataset, "1"))
    assert list(share) == [False, True, False]
    assert list(reach) == [True, False, True]


def test_where_two_rules_give_a_status_one_of_them_is_enough() -> None:
    rules = made([("A", 1, "PLNENO", "reach", "eq", 1.0), ("B", 2, "PLNENO", "reach", "eq", 2.0)])
    assert list(prevails(AMOUNTS, rules)[1]) == [False, True, True]


def test_where_rules_do_not_ask_of_it_all_criteria_are_to_be_fulfilled_and_any_reach_will_do() -> (
    None
):
    rules = made([("A", 1, "PLNENO", "share_done", "ge", 1.0)])
    share, reach = prevails(AMOUNTS.assign(share_fulfilled=[1.0, 0.6, 0.5]), rules)
    assert list(share) == [True, False, False]
    assert reach.all()


def test_where_nobody_decides_the_leads_word_settles_nothing(dataset: slz_lib.Dataset) -> None:
    disputed, period = "II.4", "2022-2023"
    by_lead = slz_lib.evaluate(dataset, period).judgements.set_index("measure_id").loc[disputed]
    rules = dataset.dispute_rules.assign(decides="nobody")
    by_nobody = slz_lib.evaluate(replace(dataset, dispute_rules=rules), period)
    judged = by_nobody.judgements.set_index("measure_id").loc[disputed]
    assert (by_lead["disputed"], judged["disputed"]) == (0, 1)
    assert pd.notna(by_lead["derived"])
    assert pd.isna(judged["derived"])
