"""``slz check`` looks at rules and decisions too, at all of them at once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import rule_set
from slz_lib.production.transactions import check
from tests.samples.written import write_dataset

HEAD = "Tabulky jsou v\u00a0pořádku, vyhodnocení má však "


def with_faulty_version(dataset: slz_lib.Dataset) -> slz_lib.Dataset:
    """The real data with a synthetic second version of the rules, far ahead and full of faults."""
    rule = dataset.evaluation_rules.head(1).assign(
        id="R9", version="9", valid_from=pd.Timestamp("2099-01-01").as_unit("us")
    )
    condition = dataset.rule_conditions.head(1).assign(
        rule_id="R9", quantity="share_done", operator="gt", value=1.0
    )
    return replace(
        dataset,
        evaluation_rules=pd.concat([dataset.evaluation_rules, rule], ignore_index=True),
        rule_conditions=pd.concat([dataset.rule_conditions, condition], ignore_index=True),
    )


def departing(dataset: slz_lib.Dataset, *measures: str) -> slz_lib.Dataset:
    """The real data with decisions that depart from the evidence and give no reason."""
    decisions = dataset.decisions
    chosen = decisions["measure_id"].isin(measures)
    return replace(
        dataset, decisions=decisions.assign(decided=decisions["decided"].mask(chosen, "SPLNENO"))
    )


def test_the_real_data_are_in_order_and_the_same_words_coded_alike(
    dataset: slz_lib.Dataset,
) -> None:
    check(dataset)
    assert dataset.warnings == ()


@pytest.mark.parametrize(
    ("note", "coded", "column"),
    [
        ("Plní to jednotlivé obce kraje", {"reach": "nearly_all"}, "reach"),
        ("V NĚKTERÝCH školách", {"reach": "region"}, "reach"),
        ("Slova „částečně plněno“", {"state": "fulfilled"}, "state"),
        ("Plní to jednotlivé obce kraje", {"reach": "some"}, None),
        ("Jednotlivé dotazy z obcí", {"reach": "region"}, None),
        ("V některých školách", {"reach": "region", "places": "Liberec"}, None),
        ("V některých školách", {"reach": "region", "state": "preparing"}, None),
    ],
)
def test_words_coded_otherwise_than_elsewhere_are_told_and_not_refused(
    note: str, coded: dict[str, str], column: str | None, dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    """The note is synthetic; the row is one that runs and names no place."""
    evidence = dataset.evidence.copy()
    place = evidence.index[evidence["id"].eq("I.2-1")][0]
    for name, value in {**coded, "note": note}.items():
        evidence.loc[place, name] = value
    write_dataset(replace(dataset, evidence=evidence), tmp_path / "data")
    told = [str(warning) for warning in slz_lib.load(tmp_path / "data").warnings]
    where = f"data/periods/2022-2023/evidence.csv, řádek {place + 2}, sloupec {column}: "
    assert [warning.startswith(where) for warning in told] == [True] * (column is not None)


def test_a_version_that_is_not_yet_in_force_is_checked_too(dataset: slz_lib.Dataset) -> None:
    changed = with_faulty_version(dataset)
    with pytest.raises(EvaluationError) as caught:
        check(changed)
    faults = [str(fault) for fault in lint(rule_set(changed, "9"))]
    assert str(caught.value).splitlines() == [f"{HEAD}5\u00a0vad:", *faults]
    assert all("sada 9: " in fault for fault in faults)
    assert lint(rule_set(changed, "1")) == []


def test_faults_of_rules_and_decisions_are_told_together(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(EvaluationError) as caught:
        check(departing(with_faulty_version(dataset), "I.2", "I.4"))
    head, *lines = str(caught.value).splitlines()
    assert head == f"{HEAD}7\u00a0vad:"
    assert [line.split(",")[0] for line in lines] == [
        *["data/rules/evaluation_rules.csv"] * 5,
        *["data/periods/2022-2023/decisions.csv"] * 2,
    ]


def test_the_faults_of_a_version_in_force_are_told_once(dataset: slz_lib.Dataset) -> None:
    """The period is judged by the same rules and would say them again."""
    rules = dataset.evaluation_rules
    kept = rules[rules["id"].ne("R1-NEDODANO")].reset_index(drop=True)
    conditions = dataset.rule_conditions
    asked = conditions[conditions["rule_id"].ne("R1-NEDODANO")].reset_index(drop=True)
    with pytest.raises(EvaluationError) as caught:
        check(replace(dataset, evaluation_rules=kept, rule_conditions=asked))
    assert str(caught.value).replace("\u00a0", " ").splitlines() == [
        f"{HEAD}1 vadu:".replace("\u00a0", " "),
        (
            "data/rules/evaluation_rules.csv, sada 1: případ s podkladem zůstal bez pravidla: "
            "1 kritérium, podklad nedodán; doplňte pravidlo, nebo uvolněte podmínky."
        ),
    ]


def test_a_period_before_all_rules_is_told(dataset: slz_lib.Dataset) -> None:
    rules = dataset.evaluation_rules
    late = replace(dataset, evaluation_rules=rules.assign(valid_from=pd.Timestamp("2024-01-01")))
    with pytest.raises(EvaluationError, match="neplatí žádné pravidlo hodnocení"):
        check(late)


def test_the_command_ends_with_the_sentences_and_code_1(
    dataset: slz_lib.Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(dataset.root, tmp_path / "data")
    write_dataset(departing(dataset, "I.2"), tmp_path / "data")
    code = main(["check", "--data", str(tmp_path / "data")])
    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    assert err.startswith(
        f"Chyba: {HEAD}1\u00a0vadu:\ndata/periods/2022-2023/decisions.csv, řádek "
    )
    assert "Traceback" not in err
