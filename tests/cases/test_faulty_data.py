"""Faults of the data: each made once in a copy of the synthetic data and told in one line.

The cases are written down in ``faulty/``; what no case can say stands below them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml

from slz_lib.dataset import load
from slz_lib.dataset.views import of_period
from slz_lib.vocabulary import AuditCheck, Cause
from tests.cases.spoiling import (
    DECISIONS,
    FROM,
    MEASURES,
    NB,
    PERIOD,
    appended,
    faults_of,
    replaced,
)

SUCCESSIONS = "strategy/successions.csv"
AUDIT = "rules/audit_rules.csv"
CAUSES = "rules/plan_causes.csv"
MERGES = "plans/2024-2025/merges.csv"
#: The end of the row of I.1.
UNDECIDED = f"Přehled vzniká.,true,false,,,,{FROM}"
#: A wording of the measure I.2 that comes only after the period.
LATER = "I.2,I,2,2025,Bytům v krizi,Krizové byty,,průběžně do 12 / 2027,continuous,2027-12,"

CASES: dict[str, dict[str, Any]] = {
    f"{path.stem}: {case['case']}": case
    for path in sorted((Path(__file__).parent / "faulty").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    for step in CASES[name]["spoil"]:
        match step:
            case {"file": file, "replace": old, "by": new}:
                replaced(file, old, new)(data)
            case {"file": file, "append": rows}:
                appended(file, *rows)(data)
            case {"file": file, "remove": True}:
                (data / file).unlink()
            case _:
                pytest.fail(f"no way to spoil: {step}")
    assert faults_of(data) == [CASES[name]["told"]]


@pytest.mark.parametrize("other", ["1.2.3", "A-4", "m7", "IX.b"])
def test_ids_of_measures_are_free(data: Path, other: str) -> None:
    for path in data.rglob("*.csv"):
        path.write_text(path.read_text("utf-8").replace("II.1", other), "utf-8")
    assert faults_of(data) == []


@pytest.mark.parametrize("other", ["i.1", "I-1", "I_1"])
def test_ids_that_would_name_one_file_are_told(data: Path, other: str) -> None:
    for path in data.rglob("*.csv"):
        path.write_text(path.read_text("utf-8").replace("II.1", other), "utf-8")
    assert faults_of(data) == [
        (
            f"data/strategy/measures.csv, řádek 4, sloupec id: nalezeno „{other}“; "
            "od „I.1“ se liší jen velikostí písmen nebo oddělovačem; "
            f"soubory a{NB}odkazy by se jmenovaly stejně, zvolte jiné."
        )
    ]


def test_a_period_stands_in_the_folder_of_its_name(data: Path) -> None:
    (data / "plans/2024-2025").rename(data / "plans/2025-2026")
    assert faults_of(data) == [
        (
            "data/plans/2025-2026/horizon.csv, řádek 2, sloupec id: nalezeno „2024-2025“; "
            "podle složky se čeká „2025-2026“."
        )
    ]


def test_every_record_of_a_circle_is_reported_and_none_beside_it(data: Path) -> None:
    rest = "true,útvar,"
    with (data / "strategy/bodies.csv").open("a", encoding="utf-8") as stream:
        for number, above in [*((n, n + 1) for n in range(2, 12)), (12, 4), (13, 2)]:
            stream.write(f"N{number},útvar,ÚT,unit,regional,N{above},{rest},{FROM}\n")
    faults = faults_of(data)
    assert [line.split(",")[1] for line in faults] == [f" řádek {row}" for row in range(8, 17)]
    assert "(N4 → N5 → N6 → N7 → N8 → N9 → …)" in faults[0]


def test_a_measure_that_ends_after_the_period_is_still_judged(data: Path) -> None:
    appended(SUCCESSIONS, "II.1,2022-01-01,I.1,přešlo do I.1")(data)
    assert load(data).successions["successor_id"].tolist() == ["I.1"]


def test_a_measure_may_become_one_that_ends_later(data: Path) -> None:
    appended(SUCCESSIONS, "II.1,2024-12-31,I.1,", "I.1,2025-12-31,I.2,")(data)
    assert faults_of(data) == []


def test_evidence_and_codings_may_name_no_place_at_all(data: Path) -> None:
    replaced(f"{PERIOD}evidence.csv", "partial,some,Horní Synteza", "partial,some,")(data)
    appended(f"{PERIOD}codings.csv", "first,I.1,1,přehled,partial,some,,")(data)
    dataset = load(data)
    assert dataset.evidence["places"].isna().all()
    assert dataset.codings["places"].isna().all()


def test_a_period_sees_the_wording_that_it_judges(data: Path) -> None:
    appended(MEASURES, LATER)(data)
    dataset = load(data)
    assert dataset.measures["id"].tolist() == ["I.1", "I.2", "II.1", "I.2"]
    in_period = of_period(dataset, "2022-2023").measures
    assert in_period["wording_version"].tolist() == ["2021"] * 3


def test_an_unpublished_period_may_hold_decided_statuses_alone(data: Path) -> None:
    replaced(
        DECISIONS,
        f"I.1,2021,PLNENO,PLNĚNO,{UNDECIDED}",
        f"I.1,2021,,,Přehled vzniká.,true,false,PLNENO,,,{FROM}",
    )(data)
    decisions = load(data).decisions
    assert decisions["status"].isna().tolist() == [True, False, False]
    assert decisions["decided"].tolist()[0] == "PLNENO"


@pytest.mark.parametrize("basis", ["population", "metry"])
def test_shares_of_different_bases_are_not_compared(basis: str, data: Path) -> None:
    replaced("rules/reach_terms.csv", "region,municipalities,1,", f"region,{basis},0.5,")(data)
    assert not any("sloupec share" in line for line in faults_of(data))


@pytest.mark.parametrize(
    ("file", "noun", "item"),
    [
        (CAUSES, "příčina", Cause.ANNOUNCED),
        (AUDIT, "pravidlo", AuditCheck.CELLS_SWAPPED),
    ],
)
def test_what_is_looked_up_and_has_no_row_is_missed(
    file: str, noun: str, item: StrEnum, data: Path
) -> None:
    path = data / file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{item},")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")
    missed = f"data/{file}: chybí {noun} „{item}“; doplňte řádek s{NB}tímto id."
    assert missed in faults_of(data)


def test_measures_merged_in_a_circle_are_both_reported(data: Path) -> None:
    appended(MERGES, "I.1,I.2,Totéž.")(data)
    assert [line.split(":")[0] for line in faults_of(data)] == [
        f"data/{MERGES}, řádek {row}, sloupec into_measure_id" for row in (2, 3)
    ]


def test_all_names_that_a_step_may_hold_are_taken(data: Path) -> None:
    step = "Udělat $cil i ${zakon}: $mista, $nenaplneno."
    replaced(CAUSES, "Udělat krok 3.", f'"{step}"')(data)
    assert faults_of(data) == []
