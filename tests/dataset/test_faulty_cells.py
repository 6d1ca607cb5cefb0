"""Each fault that a single cell can have, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.spoiling import NB, PERIOD, Case, faults_of, replaced

NOTES = f"{PERIOD}notes.csv"

CASES: dict[str, Case] = {
    "empty_cell": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", ""),
        f"data/{PERIOD}notes.csv, řádek 2, sloupec text: pole je prázdné; čeká se text.",
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
    "space_around_a_text": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", " Podklady dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2, sloupec text: nalezeno „ Podklady dodaly odbory.“; "
            f"smažte mezery na okrajích, řídicí a{NB}neviditelné znaky."
        ),
    ),
    "control_character": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady\x1b[31m dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2, sloupec text: "
            "nalezeno „Podklady\\u001b[31m dodaly odbory.“; "
            f"smažte mezery na okrajích, řídicí a{NB}neviditelné znaky."
        ),
    ),
    "sign_that_is_not_seen": (
        replaced(NOTES, "Podklady dodaly", "Pod\u200bklady dodaly"),
        (
            f"data/{NOTES}, řádek 2, sloupec text: nalezeno „Pod\\u200bklady dodaly odbory.“; "
            f"smažte mezery na okrajích, řídicí a{NB}neviditelné znaky."
        ),
    ),
    "sign_that_no_typeface_has": (
        replaced(NOTES, "Podklady dodaly", "👍 Podklady dodaly"),
        (
            f"data/{NOTES}, řádek 2, sloupec text: nalezeno „👍 Podklady dodaly odbory.“; "
            "znak „👍“ (U+1F44D) písmo dokumentů nemá; nahraďte jej."
        ),
    ),
    "bullet_of_private_use": (
        replaced(NOTES, "Podklady dodaly", "\uf0b7 Podklady dodaly"),
        (
            f"data/{NOTES}, řádek 2, sloupec text: "
            "nalezeno „\\uf0b7 Podklady dodaly odbory.“; "
            "znak „\\uf0b7“ (U+F0B7) písmo dokumentů nemá; nahraďte jej."
        ),
    ),
    "letters_with_signs_apart": (
        replaced(NOTES, "Podklady dodaly", "Da\u0301le dodaly"),
        (
            f"data/{NOTES}, řádek 2, sloupec text: nalezeno „Da\u0301le dodaly odbory.“; "
            f"písmena a{NB}jejich znaménka jsou zapsána zvlášť; zapište je dohromady: "
            "„Dále dodaly odbory.“."
        ),
    ),
    "sign_over_a_letter_that_has_none": (
        replaced(NOTES, "Podklady dodaly", "x\u030c dodaly"),
        (
            f"data/{NOTES}, řádek 2, sloupec text: nalezeno „x\u030c dodaly odbory.“; "
            "znak „\u030c“ (U+030C) písmo dokumentů nemá; nahraďte jej."
        ),
    ),
    "text_too_long_for_a_document": (
        replaced(NOTES, "Podklady dodaly odbory.", "a" * 105_000),
        (
            f"data/{NOTES}, řádek 2, sloupec text: nalezeno „{'a' * 79}…“; "
            f"čeká se text do 4{NB}000 znaků, tento jich má 105{NB}000; zkraťte jej."
        ),
    ),
    "tile_beyond_the_map": (
        replaced("territory/orp.csv", "2021-12-31,1,0.5", "2021-12-31,99999999999999,0.5"),
        (
            "data/territory/orp.csv, řádek 2, sloupec tile_row: nalezeno „99999999999999“; "
            "čeká se celé číslo od 1 do 30."
        ),
    ),
    "tile_left_of_the_map": (
        replaced("territory/orp.csv", "2021-12-31,1,0.5", "2021-12-31,1,-0.5"),
        (
            "data/territory/orp.csv, řádek 2, sloupec tile_column: nalezeno „-0.5“; "
            f"čeká se číslo s{NB}desetinnou tečkou a{NB}bez mezer od 0 do 30."
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
