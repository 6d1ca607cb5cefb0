"""The audit finds what does not hold together in a period, and nothing else.

Each file of ``audit`` has cases: what is changed in a copy of the real data, and what is found.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.audit import Audit, audit
from slz_lib.evaluation.audit.counts import Move, moves, stated_counts
from slz_lib.vocabulary import AuditCheck, Severity

PERIOD = "2022-2023"
NB = "\u00a0"
#: What a made-up record cites; nothing in these cases is written anywhere.
CITED = {"source_id": "vlastni-cteni", "source_place": "syntetický záznam"}
Case = dict[str, Any]
CASES: list[Case] = [
    case
    for path in sorted((Path(__file__).parent / "audit").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def chosen(frame: pd.DataFrame, where: dict[str, str]) -> pd.Series:
    """Which rows have these values in these columns."""
    return frame[list(where)].eq(pd.Series(where, dtype="object")).all(axis="columns")


def made(case: Case, dataset: slz_lib.Dataset) -> slz_lib.Dataset:
    """A synthetic copy of the data, changed as the case says."""
    for table, where, values in case.get("set", []):
        frame: Any = dataset.table(table).copy()
        rows = chosen(frame, where)
        assert rows.any()
        for column, value in values.items():
            frame.loc[rows, column] = value
        dataset = replace(dataset, **{table: frame})
    for table, where in case.get("drop", []):
        frame = dataset.table(table)
        kept: Any = frame[~chosen(frame, where)].reset_index(drop=True)
        dataset = replace(dataset, **{table: kept})
    for table, *rows in case.get("add", []):
        dataset = added(dataset, table, *rows)
    return dataset


def added(dataset: slz_lib.Dataset, table: str, *rows: dict[str, object]) -> slz_lib.Dataset:
    """A synthetic copy of the data with more rows in ``table``; what is not given is empty."""
    frame = dataset.table(table)
    more = pd.DataFrame([{**CITED, **row} for row in rows], columns=frame.columns)
    joined: Any = pd.concat([frame, more.astype(frame.dtypes)], ignore_index=True)
    return replace(dataset, **{table: joined})


def subjects(found: Audit, check: str) -> list[str]:
    findings = found.findings
    return list(findings.loc[findings["check"].eq(check), "subject"])


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: Case, dataset: slz_lib.Dataset) -> None:
    evaluation = slz_lib.evaluate(made(case, dataset), PERIOD)
    if "refused" in case:
        with pytest.raises(EvaluationError) as refused:
            audit(evaluation)
        assert str(refused.value).replace(NB, " ").splitlines() == case["refused"]
        return
    found = audit(evaluation)
    for check, expected in case.get("findings", {}).items():
        assert subjects(found, check) == expected, check
    if "checks" in case:
        assert set(found.findings["check"]) == set(case["checks"])
    if "of" in case:
        findings = found.findings.set_index(["check", "subject"])
        row = findings.loc[tuple(case["of"])]
        for column, expected in case.get("told", {}).items():
            value = row[column]
            if isinstance(expected, list):
                assert all(piece in value.replace(NB, " ") for piece in expected), value
            elif expected is None:
                assert pd.isna(value)
            else:
                assert (value.replace(NB, " ") if isinstance(value, str) else value) == expected


@pytest.fixture(scope="module")
def real(evaluation: Evaluation) -> Audit:
    """The audit of the real period."""
    return audit(evaluation)


def test_every_kind_of_finding_has_a_case() -> None:
    told = {check for case in CASES for check in case.get("findings", {})}
    told |= {case["of"][0] for case in CASES if "of" in case}
    assert told == {str(check) for check in AuditCheck}


def test_every_difference_of_statuses_is_one_finding_of_the_kind_that_fits_it(
    real: Audit, evaluation: Evaluation
) -> None:
    kinds = [
        AuditCheck.DONE_ONLY_ANNOUNCED,
        AuditCheck.FULFILLED_IN_PREPARATION,
        AuditCheck.UNFULFILLED_WITH_ACTIVITY,
        AuditCheck.STATUS_WITHOUT_EVIDENCE,
        AuditCheck.STATUS_AGAINST_COMMENTARY,
    ]
    found = [subject for kind in kinds for subject in subjects(real, str(kind))]
    assert sorted(found) == sorted(evaluation.differences["measure_id"])


def test_findings_stand_in_the_order_of_rules_and_measures_under_names_of_their_own(
    real: Audit, evaluation: Evaluation
) -> None:
    findings = real.findings
    rules = {rule: place for place, rule in enumerate(real.rules["id"])}
    measures = {m: place for place, m in enumerate(evaluation.judgements["measure_id"])}
    keys = [
        (rules[check], measures.get(measure, -1))
        for check, measure in zip(findings["check"], findings["measure_id"], strict=True)
    ]
    assert keys == sorted(keys)
    assert not findings.duplicated(["check", "subject"]).any()


def test_kinds_are_counted_also_where_nothing_was_found(real: Audit) -> None:
    kinds = real.by_kind.set_index("check")
    assert list(kinds.index) == [str(check) for check in AuditCheck]
    assert kinds["findings"].sum() == len(real.findings)
    assert kinds.loc["status_against_deadline", "findings"] == 0
    assert kinds["acknowledged"].sum() == 0
    assert set(kinds["severity"]) == {str(severity) for severity in Severity}


def test_every_finding_says_where_what_and_why(real: Audit) -> None:
    told = real.findings[["place", "claim", "explanation", "severity", "label"]]
    assert told.notna().all(axis=None)
    assert real.findings["explanation"].str.fullmatch(r"[A-ZČŘŠŽÚ].*\.").all()
    assert not real.findings["explanation"].str.contains(r"\bnan\b|<NA>|\.\.|\s{2}").any()


@pytest.mark.parametrize(
    ("stated", "paired", "left"),
    [
        ((1, 22, 68, 18), [], {}),
        ((1, 21, 69, 18), [("CASTECNE", "PLNENO", 1)], {}),
        ((1, 21, 69, 20), [("CASTECNE", "PLNENO", 1)], {"NEPLNENO": 2}),
        ((1, 20, 69, 19), [("CASTECNE", "PLNENO", 1), ("NEPLNENO", "PLNENO", 1)], {}),
        ((3, 22, 68, 17), [("SPLNENO", "NEPLNENO", 1)], {"SPLNENO": 1}),
        ((1, 22, 60, 18), [], {"CASTECNE": -8}),
    ],
)
def test_surpluses_are_balanced_by_the_nearest_deficits(
    evaluation: Evaluation,
    stated: tuple[int, ...],
    paired: list[Move],
    left: dict[str, int],
) -> None:
    statuses = ["SPLNENO", "PLNENO", "CASTECNE", "NEPLNENO"]
    values = dict(zip(statuses, map(float, stated), strict=True))
    claims = evaluation.claims.assign(value=evaluation.claims["status"].map(values))
    found, unbalanced = moves(stated_counts(claims, evaluation.scale), evaluation.scale)
    assert found == paired
    assert {status: number for status, number in unbalanced.items() if number} == left


def test_an_acknowledged_finding_may_be_missing_under_rules_that_are_only_tried(
    dataset: slz_lib.Dataset,
) -> None:
    """Tried rules may bear the name of the version that they were made from."""
    check = str(AuditCheck.STATUS_AGAINST_COMMENTARY)
    words: dict[str, object] = {"reason": "syntetický důvod", "role": "syntetická funkce"}
    row = {"period_id": PERIOD, "check": check, "subject": "IV.6", **words}
    recorded = slz_lib.evaluate(added(dataset, "acknowledgements", row), PERIOD)
    assert "IV.6" in subjects(recorded.audit, check)
    assert recorded.audit.by_kind.set_index("check")["acknowledged"].sum() == 1
    conditions = recorded.rule_set.conditions
    reach = conditions["quantity"].eq("reach")
    tried = replace(
        recorded.rule_set, conditions=conditions.assign(value=conditions["value"].mask(reach, 1.0))
    )
    replayed = slz_lib.replay(recorded, tried)
    assert replayed.rule_set.version == recorded.rule_set.version
    assert "IV.6" not in subjects(replayed.audit, check)


def test_an_evaluation_keeps_its_audit(evaluation: Evaluation, real: Audit) -> None:
    assert evaluation.audit is evaluation.audit
    pd.testing.assert_frame_equal(evaluation.audit.findings, real.findings)
    assert repr(real).startswith("<Audit 2022-2023: ")
