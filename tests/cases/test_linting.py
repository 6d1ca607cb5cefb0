"""Sets of rules that are refused, one a kind of fault, and sets that are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import RuleSet, rule_set, versions
from slz_lib.vocabulary import Scale
from tests.samples.scales import SCALE

FOLDER = Path(__file__).parent / "rule_sets"
PREFIX = "data/rules/evaluation_rules.csv, sada syntetická: "


def names(kind: str) -> list[str]:
    return [path.stem for path in sorted((FOLDER / kind).glob("*.yaml"))]


def read(kind: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / kind / f"{name}.yaml").read_text("utf-8"))
    return content


def made(rules: list[dict[str, Any]], scale: Scale = SCALE) -> RuleSet:
    """A synthetic set; a condition is written as ``share_done ge 1``."""
    conditions = [(rule["id"], *condition.split()) for rule in rules for condition in rule["when"]]
    columns = ["rule_id", "quantity", "operator", "value"]
    table = pd.DataFrame(rules).sort_values("order", kind="stable", ignore_index=True)
    return RuleSet(
        table.drop(columns="when").assign(version="syntetická"),
        pd.DataFrame(conditions, columns=columns).astype({"value": "float64"}),
        pd.DataFrame(columns=["reach", "basis", "share"]),
        scale,
    )


@pytest.mark.parametrize("name", names("faulty"))
def test_a_faulty_set_is_refused_with_a_sentence(name: str) -> None:
    content = read("faulty", name)
    faults = lint(made(content["rules"]))
    assert len(faults) == len(content["kinds"])
    if "faults" in content:
        found = [fault.replace("\u00a0", " ") for fault in faults]
        assert found == [PREFIX + sentence for sentence in content["faults"]]


def test_every_kind_of_fault_has_a_faulty_set_of_its_own() -> None:
    kinds = [read("faulty", name)["kinds"] for name in names("faulty")]
    assert {kind[0] for kind in kinds if len(kind) == 1} == {
        "overlap",
        "gap",
        "never",
        "baseless",
        "status",
        "falling",
    }


@pytest.mark.parametrize("name", names("good"))
def test_a_good_set_has_no_fault(name: str) -> None:
    assert lint(made(read("good", name)["rules"])) == []


def test_every_real_version_has_no_fault(dataset: slz_lib.Dataset) -> None:
    assert versions(dataset)
    assert [lint(rule_set(dataset, version)) for version in versions(dataset)] == [[]]


def test_a_faulty_set_is_not_applied_and_all_its_faults_are_told(dataset: slz_lib.Dataset) -> None:
    rules = made(read("faulty", "several")["rules"])
    with pytest.raises(EvaluationError) as caught:
        slz_lib.evaluate(dataset, "2022-2023", rules=rules)
    lines = str(caught.value).splitlines()
    assert lines == lint(rules)
    assert len(lines) == 5


def test_sentences_about_rules_are_typeset() -> None:
    (fault,) = lint(made(read("faulty", "baseless")["rules"]))
    assert "podmínku o\u00a0podkladech" in fault
