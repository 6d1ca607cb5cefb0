"""Tables go to people as a workbook and come back: the same, changed, or refused cell by cell."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

import slz_lib
from slz_lib.cli import main
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.dataset.loading import folders
from slz_lib.dataset.schemas import BY_NAME, TABLES
from slz_lib.dataset.sheets.labels import headings
from slz_lib.dataset.sheets.reading import read_workbook
from slz_lib.dataset.sheets.writing import workbook
from slz_lib.errors import DataError
from tests.commands.sample import files
from tests.conftest import ROOT, SYNTHETIC
from tests.samples.office import tool

PERIOD = "2022-2023"

Edit = Callable[[Any], None]


def every_file(root: Path) -> list[tuple[Any, str]]:
    return [(each, folder) for each in TABLES for folder in folders(each, root)]


def edited(data: Path, edit: Edit, *names: str) -> Path:
    """A workbook of the tables, changed by ``edit`` as a person would."""
    path = data.parent / "tabulky.xlsx"
    chosen = [(BY_NAME[name], folders(BY_NAME[name], data)[-1]) for name in names]
    book = openpyxl.load_workbook(io.BytesIO(workbook(data, chosen)))
    edit(book)
    book.save(path)
    return path


def column(name: str, of: str) -> int:
    """The number of a column on its sheet."""
    return list(headings(BY_NAME[of])).index(name) + 1


def told(path: Path, data: Path) -> list[str]:
    with pytest.raises(FaultyDataError) as caught:
        read_workbook(path, data)
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of every table of the real data."""
    path = tmp_path_factory.mktemp("sesit") / "vse.xlsx"
    path.write_bytes(workbook(ROOT / "data", every_file(ROOT / "data")))
    return path


def test_every_column_has_a_heading_of_its_own() -> None:
    for each in TABLES:
        called = [*headings(each).values()]
        assert all(called), each.name
        assert len(set(called)) == len(called), each.name


def test_a_workbook_of_every_table_that_nobody_changed_changes_nothing(
    everything: Path, tmp_path: Path
) -> None:
    synthetic = tmp_path / "vse.xlsx"
    synthetic.write_bytes(workbook(SYNTHETIC, every_file(SYNTHETIC)))
    for root, path in ((ROOT / "data", everything), (SYNTHETIC, synthetic)):
        changes = read_workbook(path, root)
        assert len(changes) == len(every_file(root))
        assert [change.file for change in changes if change.changed] == []
        assert workbook(root, every_file(root)) == path.read_bytes()


@pytest.mark.thorough
def test_nor_does_one_that_libreoffice_has_saved(everything: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    into = ["--convert-to", "xlsx", "--outdir", str(tmp_path)]
    order = [tool("soffice"), profile, "--headless", *into, str(everything)]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    changes = read_workbook(tmp_path / "vse.xlsx", ROOT / "data")
    assert [each.file for each in changes if each.changed] == []


def test_a_sheet_speaks_the_words_of_people_and_offers_them(data: Path) -> None:
    chosen = [(BY_NAME["evidence"], PERIOD), (BY_NAME["bodies"], "")]
    book = openpyxl.load_workbook(io.BytesIO(workbook(data, chosen)))
    assert book.sheetnames == ["Obsah", "Podklady o plnění", "Subjekty", "Seznamy"]
    sheet = book["Podklady o plnění"]
    state = sheet.cell(1, column("state", "evidence"))
    assert state.value == "stav kritéria"
    assert "sloupec state" in str(state.comment)
    assert sheet.cell(2, column("state", "evidence")).value in ("plněno", "plněno částečně")
    assert sheet.protection.sheet
    assert (state.protection.locked, sheet.cell(2, 1).protection.locked) == (True, False)
    assert sheet.freeze_panes == "A2"
    lists = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    letter = state.column_letter
    (offered,) = [each for place, each in lists.items() if place.startswith(f"{letter}2:")]
    assert offered.formula1.startswith("'Seznamy'!")
    assert offered.showErrorMessage
    last = int(str(offered.sqref).rpartition(letter)[2])
    assert last > sheet.max_row


def test_rows_are_added_changed_and_removed_as_one_change(tmp_path: Path) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "real"))

    def edit(book: Any) -> None:
        sheet = book["Podklady o plnění"]
        sheet.cell(2, column("state", "evidence")).value = "Plněno"
        added = sheet.max_row + 1
        for name, text in {
            "measure_id": sheet.cell(4, column("measure_id", "evidence")).value,
            "reporter": "NEUVEDEN",
            "criterion": "nové kritérium",
            "state": "neplněno",
            "reach": "neznámý",
            "note": "synteza",
            "value": 3.5,
            "unit": "%",
            "time": "2023",
            "source_id": sheet.cell(2, column("source_id", "evidence")).value,
            "source_place": "synteza",
        }.items():
            sheet.cell(added, column(name, "evidence")).value = text
        sheet.delete_rows(3)

    before = files(data)
    path = edited(data, edit, "evidence")
    (change,) = read_workbook(path, data)
    head, *lines = change.lines()
    assert head == "periods/2022-2023/evidence.csv: přidáno 1, změněno 1 a\u00a0odebráno 1"
    assert [line[:4] for line in lines] == ["  + ", "  ~ ", "  − "]
    assert lines[0].startswith("  + I.2-5: measure_id „I.2“, order „5“")
    assert "state „not_done“" in lines[0]
    assert "value „3.5“, unit „%“, time „2023“" in lines[0]
    assert "state „partial“ → „fulfilled“" in lines[1]
    assert files(data) == before
    assert main(["data", "read", str(path), "--data", str(data)]) == 0
    after = files(data)
    assert {name for name in before if after[name] != before[name]} == {
        "periods/2022-2023/evidence.csv"
    }
    old = before["periods/2022-2023/evidence.csv"].decode().splitlines()
    new = after["periods/2022-2023/evidence.csv"].decode().splitlines()
    assert "note,value,unit,time,source_id" in new[0]
    assert len(new) == len(old)


def test_sorting_a_sheet_is_no_change(data: Path) -> None:
    def turned(book: Any) -> None:
        sheet = book["Subjekty"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place).value = value

    (change,) = read_workbook(edited(data, turned, "bodies"), data)
    assert not change.changed


def test_every_fault_is_told_by_sheet_and_cell_and_nothing_is_written(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(book: Any) -> None:
        sheet = book["Podklady o plnění"]
        sheet.cell(2, column("state", "evidence")).value = "plněno částečnně"
        sheet.cell(2, column("order", "evidence")).value = "první"
        sheet.cell(2, column("note", "evidence")).value = "=1+1"
        sheet.cell(3, column("measure_id", "evidence")).value = "IX.99"
        sheet.cell(3, column("criterion", "evidence")).value = None

    before = files(data)
    path = edited(data, spoil, "evidence")
    lines = told(path, data)
    places = [line.partition(":")[0] for line in lines]
    assert set(places) >= {
        f"list „Podklady o plnění“, buňka {get_column_letter(column(name, 'evidence'))}{row}"
        for name, row in (
            *(("state", 2), ("order", 2), ("note", 2)),
            *(("measure_id", 3), ("criterion", 3)),
        )
    }
    assert len(places) == len(set(places))
    assert any("nejbližší je „plněno částečně“" in line for line in lines)
    assert any("v\u00a0buňce je vzorec; vložte hodnotu" in line for line in lines)
    assert main(["data", "read", str(path), "--data", str(data)]) == 1
    assert capsys.readouterr().err.startswith("Chyba: Data mají ")
    assert files(data) == before


def test_faults_elsewhere_do_not_stop_a_sheet_and_those_of_its_table_are_mended_by_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("strategy/abbreviations.csv", "territory/places.csv"):
        path = data / name
        header, row, *rest = path.read_text(encoding="utf-8").split("\n")
        row = row.rpartition(",")[0].rpartition(",")[0] + ",neni,x"
        path.write_text("\n".join([header, row, *rest]), encoding="utf-8")

    def mend(book: Any) -> None:
        place = column("source_id", "abbreviations")
        sheet = book["Zkratky"]
        assert sheet.cell(2, place).value == "neni"
        sheet.cell(2, place).value = "syn-zprava"

    (fault,) = told(edited(data, lambda _: None, "abbreviations"), data)
    assert fault.startswith("list „Zkratky“, buňka ")
    path = edited(data, mend, "abbreviations")
    assert main(["data", "read", str(path), "--data", str(data)]) == 0
    assert "source_id „neni“ → " in capsys.readouterr().out
    assert main(["check", "--data", str(data)]) == 1
    (left,) = capsys.readouterr().err.splitlines()[1:]
    assert left.startswith("data/territory/places.csv, řádek 2")


def test_a_renamed_heading_is_told_with_the_nearest_one(data: Path) -> None:
    def rename(book: Any) -> None:
        book["Subjekty"].cell(1, 2).value = "název subjektů"

    lines = told(edited(data, rename, "bodies"), data)
    assert lines[0] == "list „Subjekty“, sloupec název subjektu: sloupec chybí; doplňte jej."
    assert lines[1].startswith("list „Subjekty“, buňka B1: nalezeno „název subjektů“; takový")
    assert "nejbližší chybějící je „název subjektu“" in lines[1]


def test_what_is_no_workbook_of_ours_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "cizi.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(DataError, match="vytvořte jej příkazem slz data sheet"):
        read_workbook(path, data)
    path.write_bytes(b"id;name\n")
    with pytest.raises(DataError, match="není nezamčený sešit"):
        read_workbook(path, data)
    with pytest.raises(DataError, match="neexistuje"):
        read_workbook(tmp_path / "neni.xlsx", data)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>', "DOCTYPE"),
        ("xl/workbook.xml", '<?xml version="1.0"?>'.encode("utf-16"), "DOCTYPE"),
        ("xl/workbook.xml", b'<?xml version="1.0" encoding="cp037"?>', "DOCTYPE"),
        ("xl/worksheets/sheet1.xml", b"0" * (129 * 1024 * 1024), "po rozbalení"),
        ("xl/workbook.xml", b"<workbook><", "nelze přečíst jako sešit"),
    ],
)
def test_a_bomb_or_a_declared_entity_is_refused_before_it_is_read(
    name: str, content: bytes, message: str, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "zly.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    with pytest.raises(DataError, match=message):
        read_workbook(path, data)


def test_edits_of_a_plan_come_back_as_data_or_are_told_by_cell(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, into = data.parent / "plan.xlsx", ["--data", str(data)]

    def sent_back(subject: str, quarter: str) -> int:
        assert main(["plan", "sheet", "-o", str(path), *into]) == 0
        book = openpyxl.load_workbook(path)
        said = ("začít v daném čtvrtletí", quarter, "dohoda s gestorem", "vedoucí odboru")
        book["Zásahy do harmonogramu"].append([subject, *said, "syn-zprava", "strana 1"])
        book.save(path)
        return main(["plan", "read", str(path), *into])

    assert sent_back("II.1", "2024-Q3") == 0
    adjusted = slz_lib.load(data).adjustments[["subject", "action", "quarter"]]
    assert adjusted.to_numpy().tolist() == [["II.1", "pin", "2024-Q3"]]
    before = files(data)
    assert sent_back("I.1", "3. čtvrtletí") == 1
    assert "list „Zásahy do harmonogramu“, buňka C3" in capsys.readouterr().err
    assert files(data) == before


def test_a_workbook_of_a_plan_has_the_tables_of_a_plan_and_its_assumptions(data: Path) -> None:
    path = data.parent / "plan.xlsx"
    assert main(["plan", "sheet", "2024-2025", "-o", str(path), "--data", str(data)]) == 0
    _, *sheets, _ = openpyxl.load_workbook(path).sheetnames
    of_a_plan = [each.title for each in TABLES if each.path.startswith("plans/")]
    assumed = [BY_NAME[name].title for name in ("plan_efforts", "plan_weights")]
    assert sheets == [*of_a_plan, *assumed]
