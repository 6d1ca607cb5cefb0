"""Each fault between cells and between tables, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.spoiling import (
    DECISIONS,
    FROM,
    MEASURE_BODIES,
    MEASURES,
    NB,
    PERIOD,
    Case,
    appended,
    faults_of,
    replaced,
)

#: What is told of two texts that look the same.
ALIKE = "liší jen druhem mezery nebo skladbou znaků; sjednoťte je."

CASES: dict[str, Case] = {
    "repeated_key": (
        replaced(f"{PERIOD}observations.csv", "I.2-o2,", "I.2-o1,"),
        (
            f"data/{PERIOD}observations.csv, řádek 5, sloupec period_id + id: "
            "nalezeno „2022-2023 + I.2-o1“; "
            f"opakuje se klíč z{NB}řádku 4; klíč má být jedinečný."
        ),
    ),
    "unknown_id": (
        replaced(MEASURE_BODIES, "lead,1,KULK-OSV", "lead,1,KULK-OSW"),
        (
            "data/strategy/measure_bodies.csv, řádek 2, sloupec body_id: nalezeno „KULK-OSW“; "
            "tabulka bodies takové id nezná, nejbližší je „KULK-OSV“."
        ),
    ),
    "unknown_link_target": (
        replaced("strategy/links.csv", "city_area,L-1", "city_area,L-2"),
        (
            "data/strategy/links.csv, řádek 3, sloupec target_id: nalezeno „L-2“; "
            "tabulka city_areas takové id nezná, nejbližší je „L-1“."
        ),
    ),
    "gap_in_order": (
        replaced("strategy/specific_goals.csv", "C1.2,C1,2,", "C1.2,C1,3,"),
        (
            "data/strategy/specific_goals.csv, řádek 3, sloupec order: nalezeno „3“; "
            f"čekají se čísla 1 až 2, každé jednou a{NB}bez mezer."
        ),
    ),
    "deadline_kind_disagrees": (
        replaced(MEASURES, ",continuous,", ",fixed,"),
        (
            "data/strategy/measures.csv, řádek 3, sloupec deadline_kind: nalezeno „fixed“; "
            "podle vydaného termínu „průběžně do 12 / 2027“ se čeká „continuous“."
        ),
    ),
    "deadline_event_disagrees": (
        replaced(MEASURES, ",event,,po přijetí zákona", ",event,,"),
        (
            "data/strategy/measures.csv, řádek 4, sloupec deadline_event: pole je prázdné; "
            "podle vydaného termínu „po přijetí zákona“ se čeká „po přijetí zákona“."
        ),
    ),
    "deadline_month_of_an_event": (
        replaced(MEASURES, ",event,,", ",event,2025-01,"),
        (
            "data/strategy/measures.csv, řádek 4, sloupec deadline_month: nalezeno „2025-01“; "
            "podle vydaného termínu „po přijetí zákona“ má být pole prázdné."
        ),
    ),
    "unreadable_deadline": (
        replaced(MEASURES, "12 / 2024", "brzy"),
        (
            "data/strategy/measures.csv, řádek 2, sloupec deadline_published: nalezeno „brzy“; "
            f"čeká se termín s{NB}měsícem a{NB}rokem (12 / 2024), nebo událost (po přijetí zákona)."
        ),
    ),
    "measure_without_lead": (
        replaced(MEASURE_BODIES, "II.1,lead,1,,not_assigned,---,syn-zprava,strana 1\n", ""),
        (
            "data/strategy/measures.csv, řádek 4, sloupec id: nalezeno „II.1“; "
            f"opatření nemá v{NB}tabulce measure_bodies gestora; doplňte řádek s{NB}rolí lead."
        ),
    ),
    "not_assigned_with_a_body": (
        replaced(MEASURE_BODIES, "II.1,lead,1,,not_assigned", "II.1,lead,1,KULK,not_assigned"),
        (
            "data/strategy/measure_bodies.csv, řádek 6, sloupec body_id: nalezeno „KULK“; "
            f"u{NB}not_assigned má být pole prázdné."
        ),
    ),
    "assigned_without_a_body": (
        replaced(MEASURE_BODIES, "II.1,lead,1,,not_assigned", "II.1,lead,1,,assigned"),
        (
            "data/strategy/measure_bodies.csv, řádek 6, sloupec body_id: pole je prázdné; "
            f"čeká se id z{NB}tabulky bodies."
        ),
    ),
    "measure_without_decision": (
        replaced(DECISIONS, f"I.2,2021,CASTECNE,ČÁSTEČNĚ,,true,false,,,,{FROM}\n", ""),
        (
            f"data/{DECISIONS}: chybí řádek opatření I.2; doplňte jej, nebo zapište konec opatření "
            "do tabulky successions."
        ),
    ),
    "measure_decided_twice": (
        replaced(
            DECISIONS,
            "II.1,2021,NEPLNENO",
            f"I.2,2021,PLNENO,PLNĚNO,,true,false,,,,{FROM}\nII.1,2021,NEPLNENO",
        ),
        (
            f"data/{DECISIONS}, řádek 4, sloupec period_id + measure_id: "
            f"nalezeno „2022-2023 + I.2“; opakuje se klíč z{NB}řádku 3; klíč má být jedinečný."
        ),
    ),
    "measure_id_of_another_area": (
        lambda data: [
            path.write_bytes(path.read_bytes().replace(b"II.1", b"II.2"))
            for path in data.rglob("*.csv")
        ],
        (
            "data/strategy/measures.csv, řádek 4, sloupec id: nalezeno „II.2“; "
            f"podle sloupců area_id a{NB}number se čeká „II.1“."
        ),
    ),
    "evidence_id_of_another_measure": (
        replaced(f"{PERIOD}evidence.csv", "I.2-1,I.2", "I.2-9,I.2"),
        (
            f"data/{PERIOD}evidence.csv, řádek 4, sloupec id: nalezeno „I.2-9“; "
            f"podle sloupců measure_id a{NB}order se čeká „I.2-1“."
        ),
    ),
    "unknown_reporter": (
        replaced(f"{PERIOD}evidence.csv", "KULK-OSV", "KULK-OSX"),
        (
            f"data/{PERIOD}evidence.csv, řádek 2, sloupec reporter: nalezeno „KULK-OSX“; "
            "tabulka bodies takové id nezná, nejbližší je „KULK-OSV“; "
            "jiný subjekt se zapisuje OBEC:název, ORG:název nebo NEUVEDEN."
        ),
    ),
    "unknown_territory": (
        replaced(f"{PERIOD}observations.csv", "ORP-9101", "ORP-9103"),
        (
            f"data/{PERIOD}observations.csv, řádek 3, sloupec territory: nalezeno „ORP-9103“; "
            "tabulka orp takové id nezná, nejbližší je „ORP-9102“; "
            "jiné území se zapisuje LK nebo OBEC:název."
        ),
    ),
    "year_in_another_shape": (
        replaced(f"{PERIOD}observations.csv", "bytů,year,2023", "bytů,year,2023/2024"),
        (
            f"data/{PERIOD}observations.csv, řádek 2, sloupec time: nalezeno „2023/2024“; "
            "podle time_kind „year“ se čeká rok (2023)."
        ),
    ),
    "school_year_of_three_years": (
        replaced(f"{PERIOD}observations.csv", "2022/2023", "2022/2024"),
        (
            f"data/{PERIOD}observations.csv, řádek 3, sloupec time: nalezeno „2022/2024“; "
            "podle time_kind „school_year“ se čeká školní rok (2021/2022)."
        ),
    ),
    "years_backwards": (
        replaced(f"{PERIOD}observations.csv", "years,2022-2023", "years,2023-2022"),
        (
            f"data/{PERIOD}observations.csv, řádek 4, sloupec time: nalezeno „2023-2022“; "
            "podle time_kind „years“ se čeká roky od–do (2021-2023)."
        ),
    ),
    "date_that_does_not_exist": (
        replaced(f"{PERIOD}observations.csv", "2023-06-30", "2023-06-31"),
        (
            f"data/{PERIOD}observations.csv, řádek 5, sloupec time: nalezeno „2023-06-31“; "
            "podle time_kind „date“ se čeká skutečné datum ve tvaru RRRR-MM-DD."
        ),
    ),
    "unknown_time_with_a_value": (
        replaced(f"{PERIOD}observations.csv", "unknown,,LK", "unknown,2023,LK"),
        (
            f"data/{PERIOD}observations.csv, řádek 6, sloupec time: nalezeno „2023“; "
            "podle time_kind „unknown“ se čeká prázdné pole."
        ),
    ),
    "start_known_but_not_given": (
        replaced("territory/partnerships.csv", ",,false,", ",,true,"),
        (
            "data/territory/partnerships.csv, řádek 3, sloupec since_known: nalezeno „true“; "
            "čeká se true, když je sloupec since vyplněn, jinak false."
        ),
    ),
    "two_tiles_on_one_place": (
        replaced("territory/orp.csv", "2021-12-31,2,1,", "2021-12-31,1,1,"),
        (
            "data/territory/orp.csv, řádek 3, sloupec tile_column: nalezeno „1“; dlaždice se "
            f"překrývá s{NB}dlaždicí obvodu ORP-9101 v{NB}téže řadě; "
            f"čeká se sloupec vzdálený aspoň o{NB}1."
        ),
    ),
    "priority_that_is_its_own_condition": (
        replaced("strategy/priority_conditions.csv", "P2,P1", "P2,P2"),
        (
            "data/strategy/priority_conditions.csv, řádek 2, sloupec condition_id: nalezeno „P2“; "
            f"záznamy na sebe odkazují v{NB}kruhu (P2 → P2); jeden z{NB}odkazů zrušte."
        ),
    ),
    "body_above_itself": (
        replaced(
            "strategy/bodies.csv", "department,regional,KULK,", "department,regional,KULK-OSV,"
        ),
        (
            "data/strategy/bodies.csv, řádek 3, sloupec parent_id: nalezeno „KULK-OSV“; záznamy "
            f"na sebe odkazují v{NB}kruhu (KULK-OSV → KULK-OSV); jeden z{NB}odkazů zrušte."
        ),
    ),
    "place_with_another_space": (
        appended("territory/places.csv", f"Horní{NB}Synteza,ORP-9101,1,,"),
        (
            f"data/territory/places.csv, řádek 3, sloupec id: nalezeno „Horní{NB}Synteza“; od "
            f"„Horní Synteza“ na řádku 2 se „Horní\\u00a0Synteza“ {ALIKE}"
        ),
    ),
    "place_with_its_letters_apart": (
        appended("territory/places.csv", "Horni\u0301 Synteza,ORP-9101,1,,"),
        (
            "data/territory/places.csv, řádek 3, sloupec id: nalezeno „Horni\u0301 Synteza“; od "
            f"„Horní Synteza“ na řádku 2 se „Horni\\u0301 Synteza“ {ALIKE}"
        ),
    ),
    "renamed_figure_of_the_national_plan": (
        replaced("other_plans/national_summary.csv", "N-s1,measures,", "N-s1,opatreni,"),
        (
            "data/other_plans/national_summary.csv: chybí údaj „measures“; "
            f"doplňte řádek s{NB}tímto označením."
        ),
    ),
    "figure_of_the_national_plan_stated_twice": (
        appended("other_plans/national_summary.csv", "N-s3,measures,94,opatření"),
        (
            "data/other_plans/national_summary.csv, řádek 4, sloupec quantity: "
            "nalezeno „measures“; tento údaj tabulka už má; řádek smažte."
        ),
    ),
    "period_in_the_folder_of_another": (
        lambda data: (data / "plans/2024-2025").rename(data / "plans/2025-2026"),
        (
            "data/plans/2025-2026/horizon.csv, řádek 2, sloupec id: nalezeno „2024-2025“; "
            "podle složky se čeká „2025-2026“."
        ),
    ),
    "period_that_ends_before_it_starts": (
        replaced(f"{PERIOD}period.csv", "2022-01-01,2023-12-31,2023", "2022-01-01,2021-12-31,2023"),
        (
            f"data/{PERIOD}period.csv, řádek 2, sloupec end: nalezeno „2021-12-31“; "
            "čeká se den, který není před start."
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]


def test_every_record_of_a_circle_is_reported_and_none_beside_it(data: Path) -> None:
    goals = data / "other_plans/national_goals.csv"
    with goals.open("a", encoding="utf-8") as stream:
        for number in range(2, 12):
            stream.write(f"N-1.{number},Práce,Cíl {number},specific,N-1.{number + 1},{FROM}\n")
        stream.write(f"N-1.12,Práce,Cíl 12,specific,N-1.4,{FROM}\n")
        stream.write(f"N-1.13,Práce,Cíl 13,specific,N-1.2,{FROM}\n")
    faults = faults_of(data)
    assert [line.split(",")[1] for line in faults] == [f" řádek {row}" for row in range(6, 15)]
    assert "(N-1.4 → N-1.5 → N-1.6 → N-1.7 → N-1.8 → N-1.9 → …)" in faults[0]
