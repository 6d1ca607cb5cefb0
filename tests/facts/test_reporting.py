"""All faults of all files at once, in one report that a person can read."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from slz_lib.dataset import load, reading
from slz_lib.dataset.faults import Fault, FaultyDataError, report
from slz_lib.errors import DataError
from tests.cases.spoiling import MEASURES, NB, PERIOD, faults_of, removed, replaced, written


def fault(row: int, value: str = "x") -> Fault:
    return Fault("data/a.csv", "čeká se id", row, "id", value)


def test_faults_of_all_files_are_reported_together_by_file_and_row(data: Path) -> None:
    for spoil in (
        removed("rules/statuses.csv"),
        replaced(f"{PERIOD}observations.csv", ",0.5,", ",půl,"),
        replaced(MEASURES, "2027-12", "2027-13"),
        replaced(MEASURES, ",fixed,", ",fixd,"),
        replaced(f"{PERIOD}observations.csv", ",about,", ",circa,"),
        written("other_plans/mesto/items.csv", b""),
    ):
        spoil(data)
    assert [line.split(":")[0] for line in faults_of(data)] == [
        "data/strategy/measures.csv, řádek 2, sloupec deadline_kind",
        "data/strategy/measures.csv, řádek 3, sloupec deadline_until",
        "data/rules/statuses.csv",
        f"data/{PERIOD}observations.csv, řádek 2, sloupec qualifier",
        f"data/{PERIOD}observations.csv, řádek 3, sloupec value",
        "data/other_plans/mesto/items.csv",
    ]


def test_every_faulty_row_of_a_column_is_reported(data: Path) -> None:
    path = data / PERIOD / "decisions.csv"
    path.write_text(path.read_text("utf-8").replace("NENO,", "NENNO,"), "utf-8")
    assert [line.split(":")[0] for line in faults_of(data)] == [
        f"data/{PERIOD}decisions.csv, řádek {row}, sloupec status" for row in (2, 4)
    ]


def test_a_misspelled_measure_is_reported_and_so_is_the_one_it_leaves_undecided(
    data: Path,
) -> None:
    replaced(f"{PERIOD}decisions.csv", "I.2,2021,CASTECNE", "I.22,2021,CASTECNE")(data)
    assert faults_of(data) == [
        (
            f"data/{PERIOD}decisions.csv: chybí řádek opatření I.2; doplňte jej, nebo zapište "
            "konec opatření do tabulky successions."
        ),
        (
            f"data/{PERIOD}decisions.csv, řádek 3, sloupec measure_id: nalezeno „I.22“; "
            "tabulka measures takové id nezná; nejbližší je „I.2“."
        ),
    ]


def test_two_periods_are_told_apart_by_their_folders(data: Path) -> None:
    second = data / "periods/2024-2025"
    second.mkdir()
    for path in (data / PERIOD).iterdir():
        text = path.read_text("utf-8").replace("2023", "2025").replace("2022", "2024")
        (second / path.name).write_text(text, "utf-8")
    assert load(data).decisions["period_id"].value_counts().to_dict() == {
        "2022-2023": 3,
        "2024-2025": 3,
    }
    replaced("periods/2024-2025/decisions.csv", "I.2,2021,CASTECNE", "I.2,2021,CASTECNEE")(data)
    assert faults_of(data)[0].startswith("data/periods/2024-2025/decisions.csv, řádek 3,")


def test_a_second_period_needs_its_own_period_csv(data: Path) -> None:
    (data / "periods/2024-2025").mkdir()
    assert "data/periods/2024-2025/period.csv: soubor chybí; doplňte jej." in faults_of(data)


def test_the_head_of_the_report_counts_in_czech() -> None:
    heads = [report([fault(row) for row in range(n)]).splitlines()[0] for n in (1, 2, 5)]
    assert heads == [f"Data mají 1{NB}vadu:", f"Data mají 2{NB}vady:", f"Data mají 5{NB}vad:"]


def test_a_long_report_is_cut_and_the_exception_keeps_all_faults() -> None:
    error = FaultyDataError([fault(row) for row in range(2, 1502)])
    lines = str(error).splitlines()
    assert len(lines) == 202
    assert lines[-1] == f"… a{NB}dalších 1{NB}300"
    assert len(error.faults) == 1500


def test_the_exception_survives_the_way_between_processes() -> None:
    error = FaultyDataError([fault(2)])
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 — the test's own bytes
    assert isinstance(copied, FaultyDataError)
    assert (copied.faults, str(copied)) == (error.faults, str(error))


def test_a_missing_folder_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="složka s\u00a0daty neexistuje"):
        load(tmp_path / "nowhere")


def test_a_huge_file_is_refused_unread(data: Path) -> None:
    with (data / MEASURES).open("r+b") as stream:
        stream.truncate(reading.MAX_BYTES + 1)
    assert faults_of(data)[0] == (
        f"data/strategy/measures.csv: soubor je větší než 64{NB}MB; taková tabulka sem nepatří."
    )


def test_a_file_of_too_many_lines_is_refused(data: Path) -> None:
    (data / "rules/plan_targets.csv").write_bytes(b"id\n" * (reading.MAX_LINES + 2))
    assert faults_of(data) == [
        (
            f"data/rules/plan_targets.csv: soubor má více než 100{NB}000{NB}řádků; "
            "taková tabulka sem nepatří."
        )
    ]


def test_thousands_of_faulty_rows_are_told_within_seconds(data: Path) -> None:
    with (data / PERIOD / "evidence.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"e{row},{','.join(['nesmysl'] * 11)}\n" for row in range(4_000))
    start = time.process_time()
    lines = faults_of(data)
    assert time.process_time() - start < 4
    assert len(lines) == 201
    assert lines[-1] == f"… a{NB}dalších 31{NB}800"


def test_an_endless_cell_is_refused(data: Path) -> None:
    replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "a" * 200_000)(data)
    assert faults_of(data)[0].endswith(f"pole je delší než 131{NB}072{NB}znaků.")
