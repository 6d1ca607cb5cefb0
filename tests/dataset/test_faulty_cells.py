"""Each fault that a single cell can have, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.spoiling import MEASURES, NB, PERIOD, Case, faults_of, replaced

CASES: dict[str, Case] = {
    "month_that_does_not_exist": (
        replaced(MEASURES, "2024-12", "2024-13"),
        (
            "data/strategy/measures.csv, řádek 2, sloupec deadline_month: nalezeno „2024-13“; "
            "čeká se měsíc ve tvaru RRRR-MM."
        ),
    ),
    "empty_cell": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", ""),
        f"data/{PERIOD}notes.csv, řádek 2, sloupec text: pole je prázdné; čeká se text.",
    ),
    "not_a_whole_number": (
        replaced("rules/plan_causes.csv", "lidé.,9,", "lidé.,devět,"),
        (
            "data/rules/plan_causes.csv, řádek 2, sloupec months: nalezeno „devět“; "
            "čeká se celé číslo od 1."
        ),
    ),
    "number_out_of_range": (
        replaced("rules/plan_causes.csv", "lidé.,9,", "lidé.,0,"),
        (
            "data/rules/plan_causes.csv, řádek 2, sloupec months: nalezeno „0“; "
            "čeká se celé číslo od 1."
        ),
    ),
    "decimal_comma": (
        replaced(f"{PERIOD}observations.csv", ",0.5,", ',"0,5",'),
        (
            f"data/{PERIOD}observations.csv, řádek 3, sloupec value: nalezeno „0,5“; "
            f"čeká se číslo s{NB}desetinnou tečkou a{NB}bez mezer."
        ),
    ),
    "flag_in_another_spelling": (
        replaced("strategy/bodies.csv", "NNO,ngo,civil,,false", "NNO,ngo,civil,,ne"),
        (
            "data/strategy/bodies.csv, řádek 5, sloupec name_known: nalezeno „ne“; "
            "čeká se true, nebo false."
        ),
    ),
    "day_that_does_not_exist": (
        replaced("strategy/strategy.csv", "2021-11-30", "2021-11-31"),
        (
            "data/strategy/strategy.csv, řádek 2, sloupec approved: nalezeno „2021-11-31“; "
            "čeká se skutečné datum ve tvaru RRRR-MM-DD."
        ),
    ),
    "published_day_that_does_not_exist": (
        replaced("sources.csv", "2024-03-31", "2024-02-31"),
        (
            "data/sources.csv, řádek 2, sloupec published: nalezeno „2024-02-31“; "
            "čeká se skutečné datum."
        ),
    ),
    "value_outside_the_list": (
        replaced(f"{PERIOD}decisions.csv", "I.1,2021,PLNENO", "I.1,2021,PLNENOO"),
        (
            f"data/{PERIOD}decisions.csv, řádek 2, sloupec status: nalezeno „PLNENOO“; "
            f"čeká se jedna z{NB}hodnot SPLNENO, PLNENO, CASTECNE, NEPLNENO; nejbližší je „PLNENO“."
        ),
    ),
    "short_name_too_long": (
        replaced("strategy/areas.csv", ",Bydlení,", f",{'Bydlení' * 6},"),
        (
            "data/strategy/areas.csv, řádek 2, sloupec short_name: "
            f"nalezeno „{'Bydlení' * 6}“; čeká se krátký název do 40 znaků."
        ),
    ),
    "space_around_a_text": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", " Podklady dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2, sloupec text: nalezeno „ Podklady dodaly odbory.“; "
            f"smažte mezery na okrajích a{NB}řídicí znaky."
        ),
    ),
    "control_character": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady\x1b[31m dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2, sloupec text: "
            "nalezeno „Podklady\\u001b[31m dodaly odbory.“; "
            f"smažte mezery na okrajích a{NB}řídicí znaky."
        ),
    ),
    "sign_that_turns_the_writing": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady \u202edodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2, sloupec text: "
            "nalezeno „Podklady \\u202edodaly odbory.“; "
            f"smažte mezery na okrajích a{NB}řídicí znaky."
        ),
    ),
    "nan_for_an_unknown": (
        replaced("strategy/strategic_goals.csv", "C2,P1,2,,", "C2,P1,2,nan,"),
        (
            "data/strategy/strategic_goals.csv, řádek 3, sloupec name: nalezeno „nan“; "
            "neznámý údaj se zapisuje prázdným polem."
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]
