"""A report in Word becomes tables, however it was saved and numbered, and every doubt is told."""

from __future__ import annotations

import copy
import dataclasses
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from slz_lib import Dataset
from slz_lib.cli import main
from slz_lib.collection.report_form import ReportForm
from slz_lib.collection.reports import ReadReport, read_report
from slz_lib.collection.word import read_lines
from slz_lib.errors import DataError
from tests.conftest import ROOT
from tests.samples.office import tool
from tests.samples.sources import REPORT, ROMAN, needs_source

ISSUED = ROOT / "reports/2022-2023/zprava-o-naplnovani.docx"
BODIES = ["measure_id", "role", "order", "body_id", "assignment"]


def read(path: Path, dataset: Dataset) -> ReadReport:
    lines = read_lines(path)
    return read_report(lines, ReportForm.fitting(dataset.report_forms, lines), dataset)


def texts(frame: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    """Rows as plain texts: the loader reads numbers and flags, and people type other spaces."""
    cells = frame[columns].astype("str").fillna("").sort_values(columns[:1], kind="stable")
    return [[" ".join(cell.split()).replace("nan", "") for cell in row] for row in cells.to_numpy()]


def assert_same(report: ReadReport, dataset: Dataset, published: list[str]) -> None:
    """What the report tells is what the data hold."""
    meaning = ["deadline_kind", "deadline_until", "deadline_event"]
    wanted = dataset.measures.assign(number=dataset.measures["number"].astype("str"))
    columns = ["id", "area_id", "number", "designation", "indicator", *meaning, *published]
    # A slip of the published report that the data mend and say so.
    told = report.measures.assign(
        indicator=report.measures["indicator"].str.replace("worshopy", "workshopy")
    )
    assert texts(told, columns) == texts(wanted, columns)
    areas = report.areas.assign(name=report.areas["name"].str.replace("managment", "management"))
    assert texts(areas, ["id", "name"]) == texts(dataset.areas, ["id", "name"])
    bodies = report.measure_bodies.sort_values(BODIES)
    assert texts(bodies, BODIES) == texts(dataset.measure_bodies.sort_values(BODIES), BODIES)
    flags = dataset.decisions.assign(
        commentary_supplied=dataset.decisions["commentary_supplied"].astype("str").str.lower()
    )
    columns = ["measure_id", "status", "published", "commentary_supplied"]
    assert texts(report.decisions, columns) == texts(flags, columns)


@needs_source
def test_the_published_report_gives_the_data_and_its_known_doubts(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = read(REPORT, dataset)
    assert_same(report, dataset, ["deadline_published"])
    swapped = report.decisions["cells_swapped"] == "true"
    assert swapped.to_list() == dataset.decisions["cells_swapped"].to_list()
    assert main(["import-report", str(REPORT), "--into", str(tmp_path / "nova")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert (
        told[0]
        == "Podoba zverejnena-zprava: 13\u00a0okruhů, 109\u00a0opatření, 5\u00a0pochybností."
    )
    assert (
        "počty 20, 69, 21 a\u00a01 dávají 111; tabulky mají 109\u00a0opatření (ČÁSTEČNĚ 68, "
        in told[1]
    )
    assert told[2:] == [
        "tabulka 4, řádek 29, IV.7: gestor chybí",
        "tabulka 4, řádek 37, IV.9: gestor chybí",
        "tabulka 5, řádek 27, V.6: stav „ČÁSTEČNĚ“ stojí jinde; buňky prohozeny",
        "tabulka 6, řádek 13, VI.3: gestor chybí",
    ]
    kept = {path.name: path.read_bytes() for path in (tmp_path / "nova").iterdir()}
    assert kept == report.files
    assert main(["import-report", str(REPORT), "--into", str(tmp_path / "nova")]) == 2


def test_our_own_report_gives_the_data_it_was_made_from(dataset: Dataset) -> None:
    report = read(ISSUED, dataset)
    assert_same(report, dataset, ["title"])
    columns = ["measure_id", "commentary"]
    assert texts(report.decisions, columns) == texts(dataset.decisions, columns)
    missing = dataset.measure_bodies.query("role == 'lead' and assignment == 'not_assigned'")
    assert report.doubts["measure_id"].to_list() == missing["measure_id"].to_list()


Edit = Callable[[Any], None]


def renumbered(pattern: str) -> Edit:
    def edit(document: Any) -> None:
        for area, table in zip(ROMAN, document.tables, strict=True):
            for cell in first_cells(table):
                number = re.fullmatch(r"(\d+)\.", cell.text.strip())
                if number:
                    cell.text = pattern.format(area=area, number=number[1])

    return edit


def first_cells(table: Any) -> list[Any]:
    return [docx.table._Cell(row.tc_lst[0], table) for row in table._tbl.tr_lst]


def in_other_words(document: Any) -> None:
    words = {"PLNĚNO": "plneno", "ČÁSTEČNĚ": "Plněno částečně", "NEPLNĚNO": " Neplněno "}
    for table in document.tables:
        for row in table._tbl.tr_lst:
            cell = docx.table._Cell(row.tc_lst[-1], table)
            cell.text = words.get(cell.text.strip(), cell.text)


def split(document: Any) -> None:
    """Every table is cut at each seventh row, amid measures too; a blank row begins each part."""
    for table in document.tables:
        rows, place = table._tbl.tr_lst, table._tbl
        for start in range(7, len(rows), 7):
            part = copy.deepcopy(table._tbl)
            for row in part.tr_lst:
                part.remove(row)
            blank = copy.deepcopy(rows[start])
            for text in blank.iter(qn("w:t")):
                text.text = ""
            for row in (blank, *rows[start : start + 7]):
                part.append(row)
            place.addnext(part)
            place = part


def joined(document: Any) -> None:
    """All tables are one, with a header again before each tenth row of it."""
    first, *rest = document.tables
    for table in rest:
        for row in table._tbl.tr_lst:
            first._tbl.append(row)
        table._tbl.getparent().remove(table._tbl)
    rows = first._tbl.tr_lst
    header = rows[2:4]
    starts = [at for at, row in enumerate(rows) if re.match(r"\d+\.", row_text(row))]
    for at in starts[::10]:
        for row in header:
            rows[at].addprevious(copy.deepcopy(row))


def row_text(row: Any) -> str:
    return "".join(text.text or "" for text in row.iter(qn("w:t")))


@needs_source
@pytest.mark.parametrize(
    "edit",
    [
        renumbered("{number}"),
        renumbered("{area}.{number}"),
        renumbered("{area}/{number}"),
        in_other_words,
        split,
        joined,
    ],
    ids=["3", "I.3", "I/3", "other words", "split", "joined"],
)
def test_however_it_is_numbered_cut_and_worded_it_gives_the_same(
    edit: Edit, dataset: Dataset, tmp_path: Path
) -> None:
    document = docx.Document(str(REPORT))
    edit(document)
    document.save(str(tmp_path / "edited.docx"))
    report = read(tmp_path / "edited.docx", dataset)
    if edit is in_other_words:
        report.decisions["published"] = dataset.decisions["published"].astype("str")
    assert_same(report, dataset, ["deadline_published"])


@pytest.mark.thorough
@needs_source
def test_saved_by_libreoffice_it_gives_the_same(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [tool("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir"]
    files = [str(REPORT), str(ISSUED)]
    subprocess.run(
        [*order, str(tmp_path / "into"), *files], check=True, capture_output=True, timeout=180
    )
    assert_same(read(tmp_path / "into" / REPORT.name, dataset), dataset, ["deadline_published"])
    assert_same(read(tmp_path / "into" / ISSUED.name, dataset), dataset, ["title"])


@needs_source
@pytest.mark.parametrize(
    ("row", "cell", "text", "doubt"),
    [
        (4, 0, "", "I.1: chybí číslo; podle pořadí by bylo 1"),
        (8, 0, "7.", "I.7: číslo 7 nenavazuje, čeká se 2"),
        (8, 0, "1.", "I.1: opatření tu je podruhé (poprvé tabulka 1, řádek 5)"),
        (8, 0, "IV/2", "IV.2: stojí pod nadpisem „okruh I“"),
        (4, 3, "až někdy", "I.1: termín „až někdy“ nelze přečíst"),
        (4, 4, "OVS", "I.1: subjekt „ovs“ tabulka bodies nezná; nejbližší je „osv“"),
        (6, 1, "téměř", "I.1: stav „téměř“ stupnice nezná"),
        (6, 0, "Hodnocení", "text „Hodnocení | ČÁSTEČNĚ“ nepatří k\u00a0žádnému opatření"),
    ],
)
def test_what_is_doubtful_is_told_with_its_place(
    row: int, cell: int, text: str, doubt: str, dataset: Dataset, tmp_path: Path
) -> None:
    document = docx.Document(str(REPORT))
    table = document.tables[0]
    docx.table._Cell(table._tbl.tr_lst[row].tc_lst[cell], table).text = text
    document.save(str(tmp_path / "edited.docx"))
    told = read(tmp_path / "edited.docx", dataset).doubt_lines
    assert f"tabulka 1, řádek {row + 1}" in "".join(line for line in told if doubt in line)


def test_a_form_of_one_row_a_measure_and_five_steps_is_other_data(
    dataset: Dataset, tmp_path: Path
) -> None:
    """Synthetic: another region's report."""
    labels = {"number": "Č.", "designation": "Úkol", "lead": "Zodpovídá", "status": "Hodnocení"}
    form = pd.DataFrame({"field": [*labels], "label": [*labels.values()]}).assign(
        form="jina", stands="column"
    )
    steps = pd.DataFrame({"label": ["A hotovo", "B běží", "C zčásti", "D stojí", "E zrušeno"]})
    steps = steps.assign(code=steps["label"].str[0], spoken=steps["label"].str[2:])
    other = dataclasses.replace(dataset, report_forms=form, statuses=steps)
    document = docx.Document()
    table = document.add_table(rows=1, cols=4)
    for cell, label in zip(table.rows[0].cells, labels.values(), strict=True):
        cell.text = label
    for number, step in enumerate(steps["spoken"], start=1):
        for cell, text in zip(
            table.add_row().cells, (f"A.{number}", f"úkol {number}", "OSV", step), strict=True
        ):
            cell.text = text
    document.save(str(tmp_path / "jina.docx"))
    report = read(tmp_path / "jina.docx", other)
    assert report.measures["id"].to_list() == ["A.1", "A.2", "A.3", "A.4", "A.5"]
    assert report.decisions["status"].to_list() == ["A", "B", "C", "D", "E"]
    assert set(report.measure_bodies.query("role == 'lead'")["body_id"]) == {"KULK-OSV"}
    assert set(report.doubts["doubt"]) == {
        "okruh A nemá ve zprávě nadpis",
        "termín chybí",
        "stav chybí",
    } - {"stav chybí"}


def spoiled(change: Callable[[bytes], bytes], path: Path) -> Path:
    """The issued report with its main part changed."""
    with zipfile.ZipFile(ISSUED) as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            content = whole.read(name)
            made.writestr(name, change(content) if name == "word/document.xml" else content)
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml, "(DOCTYPE); nečte se."),
        (lambda xml: xml[: len(xml) // 2], "uložte"),
        (lambda _: b"\0" * 200_000_000, "příliš velký; nečte se."),
        (lambda _: b"<a>" * 1_000_000, "uložte"),
        (lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 10_000), "příliš dlouhý"),
    ],
    ids=["doctype", "truncated", "bomb", "deep", "endless"],
)
def test_a_hostile_document_is_refused_in_a_sentence(
    change: Callable[[bytes], bytes], told: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        read_lines(spoiled(change, tmp_path / "spoiled.docx"))
    assert "spoiled.docx" in str(caught.value)
    assert str(caught.value).endswith(told if told.endswith(".") else ".")
    assert told in str(caught.value)


def test_a_name_that_cannot_be_read_is_no_archive(tmp_path: Path) -> None:
    content = ISSUED.read_bytes().replace(b"word/document.xml", b"word/document\xff\xfe\xffl")
    at = content.rindex(b"word/document\xff\xfe\xffl") - 46
    flagged = content[: at + 9] + bytes([content[at + 9] | 8]) + content[at + 10 :]
    (tmp_path / "jmena.docx").write_bytes(flagged)
    with pytest.raises(DataError, match="není nezamčený dokument"):
        read_lines(tmp_path / "jmena.docx")


def test_odd_cells_are_read_as_a_reader_sees_them_and_in_time(
    dataset: Dataset, tmp_path: Path
) -> None:
    """A text box beside the text, an endless row of signs and of digits, an area without an id."""
    document = docx.Document()
    document.add_paragraph("9" * 5_000 + " opatření")
    document.add_heading("OKRUH OPATŘENÍ –")
    table = document.add_table(rows=2, cols=3)
    texts = ("Číslo", "Popis dílčí aktivity", "Indikátor plnění", "1", ";" * 200_000 + "x", "vidí")
    for cell, text in zip((c for row in table.rows for c in row.cells), texts, strict=True):
        cell.text = text
    run = table.cell(1, 2).paragraphs[0].runs[0]._r
    box = OxmlElement("w:txbxContent")
    box.append(copy.deepcopy(table.cell(1, 2).paragraphs[0]._p))
    run.append(box)
    aside = "tabulka 1, řádek 2, textové pole: text „vidí“ nepatří k\u00a0žádnému opatření"
    document.save(str(tmp_path / "divna.docx"))
    report = read(tmp_path / "divna.docx", dataset)
    assert report.measures["indicator"].to_list() == ["vidí"]
    assert report.measures["id"].to_list() == ["1"]
    assert aside in report.doubt_lines
