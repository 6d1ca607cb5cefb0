"""Each fault of rules, plans and periods that would make wrong judgements or steps, made once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from slz_lib.vocabulary import AuditCheck, Cause
from tests.dataset.spoiling import NB, Case, appended, both, faults_of, replaced

RULES = "rules/evaluation_rules.csv"
CONDITIONS = "rules/rule_conditions.csv"
TERMS = "rules/reach_terms.csv"
AUDIT = "rules/audit_rules.csv"
CAUSES = "rules/plan_causes.csv"
HORIZON = "plans/2024-2025/horizon.csv"
MERGES = "plans/2024-2025/merges.csv"
NAMES = f"po znaku $ smí v{NB}kroku stát jen známé jméno: $nenaplneno, $mista, $zakon a{NB}$cil"


CASES: dict[str, Case] = {
    "rule_without_conditions": (
        appended(RULES, "R1-CASTECNE,1,3,CASTECNE,2022-01-01,Vždy.,zbytek"),
        (
            f"data/{RULES}, řádek 4, sloupec id: nalezeno „R1-CASTECNE“; pravidlo nemá "
            f"v{NB}tabulce rule_conditions žádnou podmínku, takže by platilo vždy; doplňte ji."
        ),
    ),
    "two_versions_from_one_day": (
        both(
            appended(RULES, "R2-PLNENO,2,1,PLNENO,2022-01-01,Jinak.,převaha"),
            replaced(CONDITIONS, "R1-NEPLNENO", "R2-PLNENO,share_fulfilled,ge,0.5,\nR1-NEPLNENO"),
        ),
        (
            f"data/{RULES}, řádek 4, sloupec valid_from: nalezeno „2022-01-01“; "
            "od téhož dne platí sada 1; uveďte jiný den."
        ),
    ),
    "version_with_two_days": (
        replaced(RULES, "2,NEPLNENO,2022-01-01", "2,NEPLNENO,2023-01-01"),
        (
            f"data/{RULES}, řádek 3, sloupec valid_from: nalezeno „2023-01-01“; sada 1 platí podle "
            "prvního řádku od 2022-01-01; všechna její pravidla mají mít týž den."
        ),
    ),
    "no_share_of_the_territory": (
        replaced(TERMS, "municipalities,0.8,", "municipalities,0,"),
        (
            f"data/{TERMS}, řádek 2, sloupec share: nalezeno „0“; "
            f"čeká se podíl větší než 0 a{NB}nejvýše 1."
        ),
    ),
    "nearly_all_from_as_much_as_all": (
        replaced(TERMS, "nearly_all,municipalities,0.8,", "nearly_all,municipalities,1,"),
        (
            f"data/{TERMS}, řádek 2, sloupec share: nalezeno „1“; "
            f"čeká se podíl menší než u{NB}dosahu region v{NB}téže sadě."
        ),
    ),
    "reach_of_an_unknown_version": (
        replaced(TERMS, "1,region,", "2,region,"),
        (
            f"data/{TERMS}, řádek 3, sloupec version: nalezeno „2“; "
            "tabulka evaluation_rules takovou sadu nemá."
        ),
    ),
    "renamed_cause": (
        replaced(CAUSES, "\nrunning,", "\nruning,"),
        (
            f"data/{CAUSES}, řádek 14, sloupec id: nalezeno „runing“; "
            f"čeká se jedna z{NB}hodnot {', '.join(Cause)}; nejbližší je „running“."
        ),
    ),
    "unknown_name_in_a_step": (
        replaced(CAUSES, "Udělat krok 3.", "Udělat krok v $misto."),
        (f"data/{CAUSES}, řádek 4, sloupec step: nalezeno „Udělat krok v $misto.“; {NAMES}."),
    ),
    "measure_merged_into_itself": (
        replaced(MERGES, "I.2,I.1", "I.2,I.2"),
        (
            f"data/{MERGES}, řádek 2, sloupec into_measure_id: nalezeno „I.2“; "
            "opatření nelze sloučit samo se sebou."
        ),
    ),
    "measure_merged_into_one_that_is_merged": (
        appended(MERGES, "II.1,I.2,Totéž."),
        (
            f"data/{MERGES}, řádek 3, sloupec into_measure_id: nalezeno „I.2“; "
            f"toto opatření se samo slučuje s{NB}jiným; čeká se opatření, které zůstane."
        ),
    ),
    "horizon_within_the_period_it_follows": (
        replaced(HORIZON, "2024-01-01", "2023-12-31"),
        (
            f"data/{HORIZON}, řádek 2, sloupec start: nalezeno „2023-12-31“; čeká se den po konci "
            f"období, na něž plán navazuje (31.{NB}12.{NB}2023)."
        ),
    ),
    "horizon_of_other_years_than_its_id": (
        replaced(HORIZON, "2025-12-31", "2026-12-31"),
        (
            f"data/{HORIZON}, řádek 2, sloupec id: nalezeno „2024-2025“; "
            f"podle sloupců start a{NB}end se čeká „2024-2026“."
        ),
    ),
    "label_of_other_years": (
        replaced(HORIZON, "2024–2025", "2024-2025"),
        (
            f"data/{HORIZON}, řádek 2, sloupec label: nalezeno „2024-2025“; "
            f"podle sloupců start a{NB}end se čeká „2024–2025“."
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]


@pytest.mark.parametrize("basis", ["population", "metry"])
def test_shares_of_different_bases_are_not_compared(basis: str, data: Path) -> None:
    replaced(TERMS, "region,municipalities,1,", f"region,{basis},0.5,")(data)
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
