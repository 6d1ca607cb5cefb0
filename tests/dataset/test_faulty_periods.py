"""Each fault of decisions, wordings, places and indicators, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from slz_lib.dataset import load
from tests.dataset.spoiling import (
    DECISIONS,
    FROM,
    MEASURES,
    NB,
    PERIOD,
    Case,
    appended,
    both,
    faults_of,
    replaced,
)

SUCCESSIONS = "strategy/successions.csv"
INDICATORS = "strategy/indicators.csv"
EVIDENCE = f"{PERIOD}evidence.csv"
CODINGS = f"{PERIOD}codings.csv"
PLACE_UNKNOWN = "místo „{}“: tabulka places takové id nezná, nejbližší je „Horní Synteza“."
GONE = f"toto opatření v{NB}ten den skončilo také, nebo už dřív; čeká se takové, které platí dál."
#: The end of the row of I.1.
UNDECIDED = f"Přehled vzniká.,true,false,,,,{FROM}"
#: A wording of the measure I.2 that comes only after the period.
LATER = "I.2,I,2,2025,Bytům v krizi,Krizové byty,,průběžně do 12 / 2027,continuous,2027-12,"

CASES: dict[str, Case] = {
    "wording_that_does_not_exist": (
        replaced(DECISIONS, "I.2,2021", "I.2,2022"),
        (
            f"data/{DECISIONS}, řádek 3, sloupec wording_version: nalezeno „2022“; "
            "takové znění opatření nemá; tabulka measures zná 2021."
        ),
    ),
    "missing_row_of_a_measure_in_force": (
        replaced(DECISIONS, f"II.1,2021,NEPLNENO,NEPLNĚNO,,false,false,,,,{FROM}\n", ""),
        (
            f"data/{DECISIONS}: chybí řádek opatření II.1; doplňte jej, nebo zapište konec "
            "opatření do tabulky successions."
        ),
    ),
    "row_of_a_measure_that_had_ended": (
        appended(SUCCESSIONS, "II.1,2021-12-31,I.1,"),
        (
            f"data/{DECISIONS}, řádek 4, sloupec measure_id: nalezeno „II.1“; opatření v{NB}tomto "
            "období neplatí; smažte řádek, nebo opravte znění či konec opatření."
        ),
    ),
    "row_of_a_measure_that_had_not_begun": (
        both(
            replaced(MEASURES, "II.1,II,1,2021", "II.1,II,1,2025"),
            replaced(DECISIONS, "II.1,2021", "II.1,2025"),
        ),
        (
            f"data/{DECISIONS}, řádek 4, sloupec measure_id: nalezeno „II.1“; opatření v{NB}tomto "
            "období neplatí; smažte řádek, nebo opravte znění či konec opatření."
        ),
    ),
    "published_words_without_a_status": (
        replaced(DECISIONS, "I.1,2021,PLNENO,PLNĚNO", "I.1,2021,,PLNĚNO"),
        (
            f"data/{DECISIONS}, řádek 2, sloupec status: pole je prázdné; "
            "čeká se kód zveřejněného stupně."
        ),
    ),
    "published_status_without_words": (
        replaced(DECISIONS, "I.1,2021,PLNENO,PLNĚNO", "I.1,2021,PLNENO,"),
        (
            f"data/{DECISIONS}, řádek 2, sloupec published: pole je prázdné; "
            "čeká se stav slovy, jak byl vydán."
        ),
    ),
    "reason_without_a_decision": (
        replaced(DECISIONS, UNDECIDED, f",true,false,,Proto.,,{FROM}"),
        (
            f"data/{DECISIONS}, řádek 2, sloupec reason: nalezeno „Proto.“; "
            "bez rozhodnutí má být pole prázdné."
        ),
    ),
    "unknown_place_among_known_ones": (
        replaced(EVIDENCE, "partial,some,Horní Synteza", "partial,some,Horní Synteza; Horní Synte"),
        (
            f"data/{EVIDENCE}, řádek 3, sloupec places: nalezeno „Horní Synteza; Horní Synte“; "
            + PLACE_UNKNOWN.format("Horní Synte")
        ),
    ),
    "missing_indicator_with_a_name": (
        appended(INDICATORS, "I.1,1,přehled,missing,,,,,,,,"),
        (
            f"data/{INDICATORS}, řádek 2, sloupec name: nalezeno „přehled“; "
            f"u{NB}druhu missing má být pole prázdné."
        ),
    ),
    "indicator_without_a_name": (
        appended(INDICATORS, "I.1,1,,count,,,,,,,,"),
        f"data/{INDICATORS}, řádek 2, sloupec name: pole je prázdné; čeká se název indikátoru.",
    ),
    "target_where_the_indicator_began": (
        appended(INDICATORS, "I.1,1,počet bytů,count,bytů,up,10,2021,10,2023,,"),
        (
            f"data/{INDICATORS}, řádek 2, sloupec target: nalezeno „10“; "
            "čeká se jiná hodnota, než je výchozí."
        ),
    ),
    "measure_that_became_itself": (
        appended(SUCCESSIONS, "II.1,2024-12-31,II.1,"),
        f"data/{SUCCESSIONS}, řádek 2, sloupec successor_id: nalezeno „II.1“; {GONE}",
    ),
    "measure_that_became_one_that_had_ended": (
        appended(SUCCESSIONS, "II.1,2024-12-31,I.1,", "I.1,2023-12-31,,"),
        f"data/{SUCCESSIONS}, řádek 2, sloupec successor_id: nalezeno „I.1“; {GONE}",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]


def test_a_measure_that_ends_after_the_period_is_still_judged(data: Path) -> None:
    appended(SUCCESSIONS, "II.1,2022-01-01,I.1,přešlo do I.1")(data)
    assert load(data).successions["successor_id"].tolist() == ["I.1"]


def test_a_measure_may_become_one_that_ends_later(data: Path) -> None:
    appended(SUCCESSIONS, "II.1,2024-12-31,I.1,", "I.1,2025-12-31,I.2,")(data)
    assert faults_of(data) == []


def test_evidence_and_codings_may_name_no_place_at_all(data: Path) -> None:
    replaced(EVIDENCE, "partial,some,Horní Synteza", "partial,some,")(data)
    appended(CODINGS, "first,I.1,1,přehled,partial,some,,")(data)
    dataset = load(data)
    assert dataset.evidence["places"].isna().all()
    assert dataset.codings["places"].isna().all()


def test_a_period_sees_the_wording_that_it_judges(data: Path) -> None:
    appended(MEASURES, LATER)(data)
    dataset = load(data)
    assert dataset.measures["id"].tolist() == ["I.1", "I.2", "II.1", "I.2"]
    in_period = dataset.of_period("2022-2023").measures
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
