"""Cases as an expert of the field would argue them from the published definitions of the statuses.

Each file of ``cases`` is about one step of the scale or one kind of doubt. A case says what
evidence there is on a synthetic measure, and what follows; rows of evidence are counted from 1.
Where it says so, it also names the rows on which the status rests, the reach of the criteria, and
the smallest change of evidence that would move the measure a step (``null``: none would).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import slz_lib
from slz_lib.evaluation.criteria import ACTIVE, REACH_RANK
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.rules import rule_set
from slz_lib.vocabulary import Reach
from tests.samples.evidence import Measure, Row, judged
from tests.samples.scales import CODES

FOLDER = Path(__file__).parent / "experts"
FILES = sorted(FOLDER.glob("*.yaml"))
Case = dict[str, Any]
CASES: list[Case] = [
    case for path in FILES for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
VERSION = "1"


def measure(case: Case) -> Measure:
    rows = [Row(**row) for row in case["evidence"]]
    return Measure(rows, case["deadline"], case.get("month", "2027-12"), lead=case.get("lead"))


@pytest.fixture(scope="module")
def evaluations(dataset: slz_lib.Dataset) -> dict[str, slz_lib.Evaluation]:
    """By name of its case each measure alone; cases of the same rules are judged together."""
    rules = rule_set(dataset, VERSION)
    usual = [case for case in CASES if "terms" not in case]
    together = [(usual, rules)]
    for case in CASES:
        if "terms" in case:
            terms = pd.DataFrame(case["terms"], columns=["reach", "basis", "share"])
            together.append(([case], replace(rules, terms=terms)))
    found = {}
    for cases, of_rules in together:
        whole = judged([measure(case) for case in cases], dataset, of_rules)
        for number, case in enumerate(cases, start=1):
            found[case["name"]] = narrowed(whole, [f"I.{number}"])
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: Case, evaluations: dict[str, slz_lib.Evaluation]) -> None:
    evaluation = evaluations[case["name"]]
    found = evaluation.judgements.iloc[0]
    expected = case["expected"]
    assert {
        name: None if pd.isna(found[name]) else found[name] for name in ("derived", "rule_id")
    } == {
        "derived": expected["status"],
        "rule_id": expected["rule"],
    }
    if "decisive" in expected:
        evidence = evaluation.evidence
        assert list(evidence.loc[evidence["decisive"], "order"]) == expected["decisive"]
    if "disputes" in expected:
        outcomes = evaluation.criteria.set_index("criterion")["dispute"].dropna()
        assert outcomes.to_dict() == expected["disputes"]
    if "reach" in expected:
        ranks = {name: REACH_RANK[Reach(reach)] for name, reach in expected["reach"].items()}
        assert evaluation.criteria.set_index("criterion")["reach"].to_dict() == ranks
    for direction in ("up", "down"):
        if direction in case:
            assert changed(evaluation, direction) == case[direction]


def changed(evaluation: slz_lib.Evaluation, direction: str) -> dict[str, Any] | None:
    """The smallest change as a case writes it; no reach where the state has none."""
    table = evaluation.trace.changes
    table = table[table["direction"] == direction]
    if table.empty:
        return None
    reaches = {rank: str(reach) for reach, rank in REACH_RANK.items()}
    rows = table[["criterion", "to_state", "to_reach"]].itertuples(index=False, name=None)
    active = {str(state) for state in ACTIVE}
    return {
        "status": table["status"].iloc[0],
        "changes": {
            name: [state, reaches[reach] if state in active else None]
            for name, state, reach in rows
        },
    }


def test_there_are_at_least_forty_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 40
    assert len(set(names)) == len(names)


def test_every_rule_and_every_status_is_argued_by_several_cases(dataset: slz_lib.Dataset) -> None:
    rules = [case["expected"]["rule"] for case in CASES]
    for rule in rule_set(dataset, VERSION).rules["id"]:
        assert rules.count(rule) >= 3
    assert {case["expected"]["status"] for case in CASES} == {*CODES, None}
