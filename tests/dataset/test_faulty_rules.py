"""Each fault of rules, plans and periods that would make wrong judgements or steps, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.vocabulary import Cause
from tests.dataset.spoiling import NB, PERIOD, Case, faults_of, replaced

RULES = "rules/evaluation_rules.csv"
CAUSES = "rules/plan_causes.csv"
HORIZON = "plans/2024-2025/horizon.csv"
MERGES = "plans/2024-2025/merges.csv"
NAMES = f"po znaku $ smí v{NB}kroku stát jen známé jméno: $nenaplneno, $mista, $zakon a{NB}$cil"


def appended(file: str, *rows: str) -> Callable[[Path], None]:
    """A spoiler that adds rows to a file."""

    def spoil(data: Path) -> None:
        with (data / file).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{row},syn-zprava,strana 1\n" for row in rows)

    return spoil


CASES: dict[str, Case] = {
    "rule_without_conditions": (
        appended(RULES, "R1-CASTECNE,1,3,CASTECNE,2022-01-01,Vždy.,zbytek"),
        (
            f"data/{RULES}, řádek 4, sloupec id: nalezeno „R1-CASTECNE“; pravidlo nemá "
            f"v{NB}tabulce rule_conditions žádnou podmínku, a{NB}platilo by vždy; doplňte ji."
        ),
    ),
    "two_versions_from_one_day": (
        lambda data: [
            appended(RULES, "R2-PLNENO,2,1,PLNENO,2022-01-01,Jinak.,převaha")(data),
            replaced(
                "rules/rule_conditions.csv",
                "R1-NEPLNENO",
                "R2-PLNENO,share_fulfilled,ge,0.5,\nR1-NEPLNENO",
            )(data),
        ],
        (
            f"data/{RULES}, řádek 4, sloupec valid_from: nalezeno „2022-01-01“; "
            f"od téhož dne platí ve stejném pořadí pravidlo jiné verze; uveďte jiný den."
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
    "dollar_without_a_name": (
        replaced(CAUSES, "Udělat krok 3.", "Udělat krok za 5 $."),
        f"data/{CAUSES}, řádek 4, sloupec step: nalezeno „Udělat krok za 5 $.“; {NAMES}.",
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
    "horizon_of_one_year": (
        replaced(HORIZON, "2025-12-31", "2024-12-31"),
        (
            f"data/{HORIZON}, řádek 2, sloupec id: nalezeno „2024-2025“; "
            f"podle sloupců start a{NB}end se čeká „2024“."
        ),
    ),
    "period_of_other_years_than_its_id": (
        replaced(f"{PERIOD}period.csv", "2022-01-01", "2021-01-01"),
        (
            f"data/{PERIOD}period.csv, řádek 2, sloupec id: nalezeno „2022-2023“; "
            f"podle sloupců start a{NB}end se čeká „2021-2023“."
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


@pytest.mark.parametrize("cause", Cause)
def test_a_cause_without_its_row_is_missed(cause: Cause, data: Path) -> None:
    path = data / CAUSES
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{cause},")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")
    missed = f"data/{CAUSES}: chybí příčina „{cause}“; doplňte její řádek."
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
