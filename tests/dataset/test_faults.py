"""Each rule broken once: the loader says where, what was found and what is expected."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.dataset import load
from slz_lib.dataset.faults import Fault, FaultyDataError, report
from slz_lib.errors import DataError

NB = "\u00a0"
MEASURES = "strategy/measures.csv"
BODIES = "strategy/measure_bodies.csv"
PERIOD = "periods/2022-2023/"


def faults_of(data: Path) -> list[str]:
    """The lines of the report; none when the data load."""
    try:
        load(data)
    except DataError as error:
        return str(error).splitlines()[1:]
    return []


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A spoiler that replaces one piece of text in one file."""

    def spoil(data: Path) -> None:
        path = data / file
        content = path.read_bytes()
        assert content.count(old.encode()) == 1
        path.write_bytes(content.replace(old.encode(), new.encode()))

    return spoil


def written(file: str, content: bytes) -> Callable[[Path], None]:
    """A spoiler that replaces a whole file."""

    def spoil(data: Path) -> None:
        (data / file).write_bytes(content)

    return spoil


def removed(file: str) -> Callable[[Path], None]:
    """A spoiler that deletes a file."""
    return lambda data: (data / file).unlink()


FILE_FAULTS = {
    "missing_file": (
        removed("territory/partnerships.csv"),
        "data/territory/partnerships.csv: soubor chybí; doplňte jej.",
    ),
    "misspelled_file_name": (
        lambda data: (data / PERIOD / "claims.csv").rename(data / PERIOD / "claim.csv"),
        f"data/{PERIOD}claims.csv: soubor chybí; doplňte jej (ve složce je „claim.csv“).",
    ),
    "folder_in_place_of_file": (
        lambda data: (
            (data / PERIOD / "notes.csv").unlink(),
            (data / PERIOD / "notes.csv").mkdir(),
        ),
        f"data/{PERIOD}notes.csv: soubor chybí; doplňte jej.",
    ),
    "not_utf8": (
        lambda data: (data / "other_plans/city_areas.csv").write_bytes(
            "id,name,source_id,source_place\nL-1,bydlení,syn-zprava,strana 1\n".encode("cp1250")
        ),
        "data/other_plans/city_areas.csv, řádek 2: nalezeno „bajt 0xED“; "
        "čeká se kódování UTF-8; uložte soubor znovu v tomto kódování.",
    ),
    "nul_byte": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady\0dodaly"),
        f"data/{PERIOD}notes.csv, řádek 2: soubor obsahuje nulový bajt; "
        f"uložte jej jako CSV v{NB}kódování UTF-8.",
    ),
    "empty_file": (
        written("other_plans/city_projects.csv", b""),
        "data/other_plans/city_projects.csv: soubor je prázdný; "
        f"čeká se aspoň řádek s{NB}názvy sloupců.",
    ),
    "no_rows": (
        written("rules/plan_targets.csv", b"id,order,prefix,target,source_id,source_place\n"),
        "data/rules/plan_targets.csv: tabulka nemá žádný řádek; doplňte jej.",
    ),
    "unbalanced_quote": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", '"Podklady dodaly odbory.'),
        f"data/{PERIOD}notes.csv, řádek 2: "
        'nalezeno „N1,asked,"Podklady dodaly odbory.,syn-zprava,strana 1“; '
        "uvozovky nejsou uzavřeny; záznam má být celý na jednom řádku.",
    ),
    "text_after_quote": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", '"Podklady" dodaly.'),
        f"data/{PERIOD}notes.csv, řádek 2: "
        'nalezeno „N1,asked,"Podklady" dodaly.,syn-zprava,strana 1“; '
        "uvozovky stojí na nesprávném místě.",
    ),
    "unquoted_comma": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady, dodaly"),
        f"data/{PERIOD}notes.csv, řádek 2: "
        "nalezeno „N1,asked,Podklady, dodaly odbory.,syn-zprava,strana 1“; "
        f"řádek má 6 polí, záhlaví 5; text s{NB}čárkou patří do uvozovek.",
    ),
    "blank_line": (
        replaced(f"{PERIOD}notes.csv", "\nN1,", "\n\nN1,"),
        f"data/{PERIOD}notes.csv, řádek 2: řádek je prázdný; smažte jej.",
    ),
    "missing_column": (
        written(f"{PERIOD}notes.csv", b"id,topic,source_id,source_place\nN1,asked,syn-zprava,s\n"),
        f"data/{PERIOD}notes.csv, sloupec text: sloupec chybí; doplňte jej.",
    ),
    "unknown_column": (
        written(
            f"{PERIOD}notes.csv",
            b"id,topic,text,source_id,source_place,extra\nN1,asked,t,syn-zprava,s,x\n",
        ),
        f"data/{PERIOD}notes.csv, řádek 1: nalezeno „extra“; "
        "takový sloupec tabulka notes nemá; smažte jej.",
    ),
    "repeated_column": (
        written(
            f"{PERIOD}notes.csv",
            b"id,topic,text,text,source_id,source_place\nN1,asked,t,t,syn-zprava,s\n",
        ),
        f"data/{PERIOD}notes.csv, řádek 1: nalezeno „text“; sloupec je v{NB}záhlaví 2krát.",
    ),
    "period_without_period_csv": (
        lambda data: (data / PERIOD / "period.csv").unlink(),
        f"data/{PERIOD}period.csv: soubor chybí; doplňte jej.",
    ),
    "no_horizon": (
        lambda data: shutil.rmtree(data / "plans"),
        "data/plans: chybí složka období (například 2022-2023).",
    ),
}

CELL_FAULTS = {
    "month_that_does_not_exist": (
        replaced(MEASURES, "2024-12", "2024-13"),
        "data/strategy/measures.csv, řádek 2, sloupec deadline_month: nalezeno „2024-13“; "
        "čeká se měsíc ve tvaru RRRR-MM.",
    ),
    "empty_cell": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", ""),
        f"data/{PERIOD}notes.csv, řádek 2, sloupec text: pole je prázdné; čeká se text.",
    ),
    "not_a_whole_number": (
        replaced("rules/plan_causes.csv", "lidé.,9,", "lidé.,devět,"),
        "data/rules/plan_causes.csv, řádek 2, sloupec months: nalezeno „devět“; "
        "čeká se celé číslo od 1.",
    ),
    "number_out_of_range": (
        replaced("rules/plan_causes.csv", "lidé.,9,", "lidé.,0,"),
        "data/rules/plan_causes.csv, řádek 2, sloupec months: nalezeno „0“; "
        "čeká se celé číslo od 1.",
    ),
    "decimal_comma": (
        replaced(f"{PERIOD}observations.csv", ",0.5,", ',"0,5",'),
        f"data/{PERIOD}observations.csv, řádek 3, sloupec value: nalezeno „0,5“; "
        f"čeká se číslo s{NB}desetinnou tečkou a{NB}bez mezer.",
    ),
    "flag_in_another_spelling": (
        replaced("strategy/bodies.csv", "NNO,ngo,civil,,false", "NNO,ngo,civil,,ne"),
        "data/strategy/bodies.csv, řádek 5, sloupec name_known: nalezeno „ne“; "
        "čeká se true, nebo false.",
    ),
    "day_that_does_not_exist": (
        replaced("strategy/strategy.csv", "2021-11-30", "2021-11-31"),
        "data/strategy/strategy.csv, řádek 2, sloupec approved: nalezeno „2021-11-31“; "
        "čeká se skutečné datum ve tvaru RRRR-MM-DD.",
    ),
    "published_day_that_does_not_exist": (
        replaced("sources.csv", "2024-03-31", "2024-02-31"),
        "data/sources.csv, řádek 2, sloupec published: nalezeno „2024-02-31“; "
        "čeká se skutečné datum.",
    ),
    "value_outside_the_list": (
        replaced(f"{PERIOD}decisions.csv", "I.1,PLNENO", "I.1,PLNENOO"),
        f"data/{PERIOD}decisions.csv, řádek 2, sloupec status: nalezeno „PLNENOO“; čeká se jedna "
        f"z{NB}hodnot SPLNENO, PLNENO, CASTECNE, NEPLNENO; nejbližší je „PLNENO“.",
    ),
    "short_name_too_long": (
        replaced("strategy/areas.csv", ",Bydlení,", f",{'Bydlení' * 6},"),
        "data/strategy/areas.csv, řádek 2, sloupec short_name: "
        f"nalezeno „{'Bydlení' * 6}“; čeká se krátký název do 40 znaků.",
    ),
    "space_around_a_text": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", " Podklady dodaly"),
        f"data/{PERIOD}notes.csv, řádek 2, sloupec text: nalezeno „ Podklady dodaly odbory.“; "
        f"smažte mezery na okrajích a{NB}řídicí znaky.",
    ),
    "control_character": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady\x1b[31m dodaly"),
        f"data/{PERIOD}notes.csv, řádek 2, sloupec text: "
        "nalezeno „Podklady\\u001b[31m dodaly odbory.“; "
        f"smažte mezery na okrajích a{NB}řídicí znaky.",
    ),
    "nan_for_an_unknown": (
        replaced("strategy/strategic_goals.csv", "C2,P1,2,,", "C2,P1,2,nan,"),
        "data/strategy/strategic_goals.csv, řádek 3, sloupec name: nalezeno „nan“; "
        "neznámý údaj se zapisuje prázdným polem.",
    ),
}

TABLE_FAULTS = {
    "repeated_key": (
        replaced(f"{PERIOD}observations.csv", "I.2-o2,", "I.2-o1,"),
        f"data/{PERIOD}observations.csv, řádek 5, sloupec period_id + id: "
        "nalezeno „2022-2023 + I.2-o1“; "
        f"opakuje se klíč z{NB}řádku 4; klíč má být jedinečný.",
    ),
    "unknown_id": (
        replaced(BODIES, "lead,1,KULK-OSV", "lead,1,KULK-OSW"),
        "data/strategy/measure_bodies.csv, řádek 2, sloupec body_id: nalezeno „KULK-OSW“; "
        "tabulka bodies takové id nezná, nejbližší je „KULK-OSV“.",
    ),
    "unknown_source": (
        replaced("strategy/links.csv", "bydlení ve městě,syn-cteni", "bydlení ve městě,syn-cten"),
        "data/strategy/links.csv, řádek 3, sloupec source_id: nalezeno „syn-cten“; "
        "tabulka sources takové id nezná, nejbližší je „syn-cteni“.",
    ),
    "unknown_id_and_none_near": (
        replaced("plans/2024-2025/funding.csv", "\nI.2,", "\nXXXX,"),
        "data/plans/2024-2025/funding.csv, řádek 2, sloupec measure_id: nalezeno „XXXX“; "
        "tabulka measures takové id nezná.",
    ),
    "unknown_link_target": (
        replaced("strategy/links.csv", "city_area,L-1", "city_area,L-2"),
        "data/strategy/links.csv, řádek 3, sloupec target_id: nalezeno „L-2“; "
        "tabulka city_areas takové id nezná, nejbližší je „L-1“.",
    ),
    "gap_in_order": (
        replaced("strategy/specific_goals.csv", "C1.2,C1,2,", "C1.2,C1,3,"),
        "data/strategy/specific_goals.csv, řádek 3, sloupec order: nalezeno „3“; "
        f"čekají se čísla 1 až 2, každé jednou a{NB}bez mezer.",
    ),
    "repeated_order": (
        replaced("strategy/priorities.csv", "P2,2,", "P2,1,"),
        "data/strategy/priorities.csv, řádek 3, sloupec order: nalezeno „1“; "
        f"čekají se čísla 1 až 2, každé jednou a{NB}bez mezer.",
    ),
    "deadline_kind_disagrees": (
        replaced(MEASURES, ",continuous,", ",fixed,"),
        "data/strategy/measures.csv, řádek 3, sloupec deadline_kind: nalezeno „fixed“; "
        "podle vydaného termínu „průběžně do 12 / 2027“ se čeká „continuous“.",
    ),
    "deadline_month_disagrees": (
        replaced(MEASURES, "2027-12", "2027-11"),
        "data/strategy/measures.csv, řádek 3, sloupec deadline_month: nalezeno „2027-11“; "
        "podle vydaného termínu „průběžně do 12 / 2027“ se čeká „2027-12“.",
    ),
    "deadline_event_disagrees": (
        replaced(MEASURES, ",event,,po přijetí zákona", ",event,,"),
        "data/strategy/measures.csv, řádek 4, sloupec deadline_event: pole je prázdné; "
        "podle vydaného termínu „po přijetí zákona“ se čeká „po přijetí zákona“.",
    ),
    "deadline_month_of_an_event": (
        replaced(MEASURES, ",event,,", ",event,2025-01,"),
        "data/strategy/measures.csv, řádek 4, sloupec deadline_month: nalezeno „2025-01“; "
        "podle vydaného termínu „po přijetí zákona“ má být pole prázdné.",
    ),
    "unreadable_deadline": (
        replaced(MEASURES, "12 / 2024", "brzy"),
        "data/strategy/measures.csv, řádek 2, sloupec deadline_published: nalezeno „brzy“; "
        f"čeká se termín s{NB}měsícem a{NB}rokem (12 / 2024), nebo událost (po přijetí zákona).",
    ),
    "measure_without_lead": (
        replaced(BODIES, "II.1,lead,1,,not_assigned,---,syn-zprava,strana 1\n", ""),
        "data/strategy/measures.csv, řádek 4, sloupec id: nalezeno „II.1“; "
        f"opatření nemá v{NB}tabulce measure_bodies gestora; doplňte řádek s{NB}rolí lead.",
    ),
    "not_assigned_with_a_body": (
        replaced(BODIES, "II.1,lead,1,,not_assigned", "II.1,lead,1,KULK,not_assigned"),
        "data/strategy/measure_bodies.csv, řádek 6, sloupec body_id: nalezeno „KULK“; "
        f"u{NB}not_assigned má být pole prázdné.",
    ),
    "assigned_without_a_body": (
        replaced(BODIES, "II.1,lead,1,,not_assigned", "II.1,lead,1,,assigned"),
        "data/strategy/measure_bodies.csv, řádek 6, sloupec body_id: pole je prázdné; "
        f"čeká se id z{NB}tabulky bodies.",
    ),
    "measure_without_decision": (
        replaced(f"{PERIOD}decisions.csv", "I.2,CASTECNE,ČÁSTEČNĚ,,true,syn-zprava,strana 1\n", ""),
        f"data/{PERIOD}decisions.csv, sloupec measure_id: chybí rozhodnutí o{NB}opatření I.2.",
    ),
    "measure_decided_twice": (
        replaced(
            f"{PERIOD}decisions.csv",
            "II.1,NEPLNENO",
            "I.2,PLNENO,PLNĚNO,,true,syn-zprava,strana 1\nII.1,NEPLNENO",
        ),
        f"data/{PERIOD}decisions.csv, řádek 4, sloupec period_id + measure_id: "
        f"nalezeno „2022-2023 + I.2“; opakuje se klíč z{NB}řádku 3; klíč má být jedinečný.",
    ),
    "measure_id_of_another_area": (
        lambda data: [
            path.write_bytes(path.read_bytes().replace(b"II.1", b"II.2"))
            for path in data.rglob("*.csv")
        ],
        "data/strategy/measures.csv, řádek 4, sloupec id: nalezeno „II.2“; "
        f"podle sloupců area_id a{NB}number se čeká „II.1“.",
    ),
    "evidence_id_of_another_measure": (
        replaced(f"{PERIOD}evidence.csv", "I.2-1,I.2", "I.2-9,I.2"),
        f"data/{PERIOD}evidence.csv, řádek 4, sloupec id: nalezeno „I.2-9“; "
        f"podle sloupců measure_id a{NB}order se čeká „I.2-1“.",
    ),
    "unknown_reporter": (
        replaced(f"{PERIOD}evidence.csv", "KULK-OSV", "KULK-OSX"),
        f"data/{PERIOD}evidence.csv, řádek 2, sloupec reporter: nalezeno „KULK-OSX“; "
        "tabulka bodies takové id nezná, nejbližší je „KULK-OSV“; "
        "jiný subjekt se zapisuje OBEC:název, ORG:název nebo NEUVEDEN.",
    ),
    "unnamed_municipality": (
        replaced(f"{PERIOD}evidence.csv", "OBEC:Horní Synteza", "OBEC:"),
        f"data/{PERIOD}evidence.csv, řádek 3, sloupec reporter: nalezeno „OBEC:“; "
        "tabulka bodies takové id nezná, nejbližší je „OBCE“; "
        "jiný subjekt se zapisuje OBEC:název, ORG:název nebo NEUVEDEN.",
    ),
    "unknown_territory": (
        replaced(f"{PERIOD}observations.csv", "ORP-9101", "ORP-9103"),
        f"data/{PERIOD}observations.csv, řádek 3, sloupec territory: nalezeno „ORP-9103“; "
        "tabulka orp takové id nezná, nejbližší je „ORP-9102“; "
        "jiné území se zapisuje LK nebo OBEC:název.",
    ),
    "year_in_another_shape": (
        replaced(f"{PERIOD}observations.csv", "bytů,year,2023", "bytů,year,2023/2024"),
        f"data/{PERIOD}observations.csv, řádek 2, sloupec time: nalezeno „2023/2024“; "
        "podle time_kind „year“ se čeká rok (2023).",
    ),
    "school_year_of_three_years": (
        replaced(f"{PERIOD}observations.csv", "2022/2023", "2022/2024"),
        f"data/{PERIOD}observations.csv, řádek 3, sloupec time: nalezeno „2022/2024“; "
        "podle time_kind „school_year“ se čeká školní rok (2021/2022).",
    ),
    "years_backwards": (
        replaced(f"{PERIOD}observations.csv", "years,2022-2023", "years,2023-2022"),
        f"data/{PERIOD}observations.csv, řádek 4, sloupec time: nalezeno „2023-2022“; "
        "podle time_kind „years“ se čeká roky od–do (2021-2023).",
    ),
    "date_that_does_not_exist": (
        replaced(f"{PERIOD}observations.csv", "2023-06-30", "2023-06-31"),
        f"data/{PERIOD}observations.csv, řádek 5, sloupec time: nalezeno „2023-06-31“; "
        "podle time_kind „date“ se čeká skutečné datum ve tvaru RRRR-MM-DD.",
    ),
    "unknown_time_with_a_value": (
        replaced(f"{PERIOD}observations.csv", "unknown,,LK", "unknown,2023,LK"),
        f"data/{PERIOD}observations.csv, řádek 6, sloupec time: nalezeno „2023“; "
        "podle time_kind „unknown“ se čeká prázdné pole.",
    ),
    "start_known_but_not_given": (
        replaced("territory/partnerships.csv", ",,false,", ",,true,"),
        "data/territory/partnerships.csv, řádek 3, sloupec since_known: nalezeno „true“; "
        "čeká se true, když je sloupec since vyplněn, jinak false.",
    ),
    "period_in_the_folder_of_another": (
        lambda data: (data / "plans/2024-2025").rename(data / "plans/2025-2026"),
        "data/plans/2025-2026/horizon.csv, řádek 2, sloupec id: nalezeno „2024-2025“; "
        "podle složky se čeká „2025-2026“.",
    ),
    "period_that_ends_before_it_starts": (
        replaced(f"{PERIOD}period.csv", "2022-01-01,2023-12-31,2023", "2022-01-01,2021-12-31,2023"),
        f"data/{PERIOD}period.csv, řádek 2, sloupec end: nalezeno „2021-12-31“; "
        "čeká se den, který není před start.",
    ),
}

CASES = FILE_FAULTS | CELL_FAULTS | TABLE_FAULTS


def test_the_synthetic_data_have_no_fault(data: Path) -> None:
    """So a fault in any other test is the one that the test made."""
    assert faults_of(data) == []


@pytest.mark.parametrize("name", CASES)
def test_one_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]
