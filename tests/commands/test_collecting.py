"""The whole cycle of collecting: forms out, returns dirtied, asked again, accepted, published.

All answers and comments are synthetic.
"""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import slz_lib
from slz_lib.cli import main
from tests.commands.conftest import Run
from tests.samples.office import saved
from tests.samples.returning import Answers, fill
from tests.samples.reviewed import Copy, text_of

pytestmark = pytest.mark.thorough

PERIOD = "2024-2025"
ANSWER = "Odpověď za toto období"
ROLE = {"Kdo odpovídá (funkce, nikoli jméno)": {"Odpověď": "vedoucí syntetického oddělení"}}
PLACE = "Za kterou obec nebo jiné místo odpovídáte"
FIGURE = {"Údaj": 41, "Jednotka": "osob", "Čas údaje": "2025"}


def cell_of(path: Path, place: str) -> object:
    """What stands in the cell that a source place names last: ``list X, buňka Y``."""
    sheet, cell = re.findall(r"list\s(\S+), buňka\s([A-Z]+\d+)", place)[-1]
    return openpyxl.load_workbook(path)[sheet][cell].value


def asks(path: Path, place: str) -> bool:
    """Whether a copy goes back to whoever answers for a place."""
    return place in {cell.value for cell in openpyxl.load_workbook(path)["Úvod"]["B"]}


def test_from_forms_to_a_published_period(  # noqa: PLR0915 — one story
    run: Run, data: Path, tmp_path: Path
) -> None:
    def done(*arguments: str) -> tuple[str, str]:
        """Output and errors of a command, which has to succeed."""
        code, out, err = run(*arguments)
        assert code == 0, err
        return out, err

    done("period", "new", PERIOD)
    folder, inbox = tmp_path / "sber", tmp_path / "dosle"
    bodies = ["KULK-OSV", "KULK-OSMTS", "OBCE"]
    done("forms", "make", PERIOD, "--out", str(folder), *(f"--body={body}" for body in bodies))
    forms = {body: folder / f"formulare/{body}/{PERIOD}.{body}.xlsx" for body in bodies}
    into = ("--into", str(folder))

    # The first round: one whole, one saved by LibreOffice, municipalities, one of them dirty.
    asked = slz_lib.load(data).measure_bodies.query("body_id == 'KULK-OSV'")["measure_id"]
    whole: dict[str, dict[str, str]] = {
        measure: {ANSWER: "nebylo nic"} for measure in asked.unique()
    }
    del whole["IV.1"]  # of which the other one tells
    whole["I.2"] = {ANSWER: "změna, viz podrobnosti"}
    detail = {
        "Stav": "PLNENO",
        "Územní dosah": "celý kraj",
        "Popis": "Syntetické mapování.",
    }
    fill(
        forms["KULK-OSV"],
        inbox / "osv.xlsx",
        {"Úvod": ROLE, "Opatření": whole, "Podrobnosti": {"I.2": {**detail, **FIGURE}}},
    )
    fill(
        forms["KULK-OSMTS"],
        tmp_path / "lo" / "osmts.xlsx",
        {"Úvod": ROLE, "Podrobnosti": {"IV.1": {"Stav": "plněno", "Popis": "Syntetická škola."}}},
    )
    (re_saved,) = saved([tmp_path / "lo" / "osmts.xlsx"], tmp_path / "ods", "ods")
    re_saved.rename(inbox / "osmts.ods")
    for place, state in (("Liberec", "plněno"), ("Turnov", "hotovo snad"), ("Tanvald", "neplněno")):
        given = {"Stav": state, **FIGURE}
        who = {**ROLE, PLACE: {"Odpověď": place}}
        answers: Answers = {"Úvod": who, "Podrobnosti": {"I.3": given}}
        fill(forms["OBCE"], inbox / f"obec-{place}.xlsx", answers)
    done("forms", "read", str(inbox), *into)
    held = openpyxl.load_workbook(folder / "prijem/prehled.xlsx")["K posouzení"]
    assert "hotovo snad" in {cell.value for row in held for cell in row}
    first, told = done("forms", "accept", str(inbox), *into)
    assert "periods/2024-2025/evidence.csv: přidáno" in first
    assert "obec-Turnov.xlsx" in told

    # The second round: the copy that asks only what is wrong is answered and accepted.
    copies = sorted((folder / "prijem/vratit").glob(f"{PERIOD}.OBCE.2*.xlsx"))
    (copy,) = (path for path in copies if asks(path, "Turnov"))
    fill(copy, inbox / "obec-Turnov-2.xlsx", {"Podrobnosti": {"I.3": {"Stav": "plněno"}}})
    done("forms", "read", str(inbox), *into)
    second, told = done("forms", "accept", str(inbox), *into)
    assert "dokládá 1.“ → „Sloučené odpovědi: celkem 3, stav z\u00a0nich dokládá 2.“" in second
    assert done("forms", "accept", str(inbox), *into)[0].startswith("Nic se nezměnilo")

    # Silence is recorded, the period is evaluated, and a figure of the annex leads back to a cell.
    done("period", "silence", PERIOD)
    done("check")
    evaluation = slz_lib.evaluate(slz_lib.load(data), PERIOD)
    told_of = evaluation.evidence.query("measure_id == 'I.2' and reporter == 'KULK-OSV'")
    (row,) = told_of.to_dict("records")
    assert row["value"] == cell_of(inbox / "osv.xlsx", row["source_place"]) == 41
    reports = tmp_path / "reports"
    done("batch", PERIOD, "--only", "annex,report", "--formats", "html,docx", "--out", str(reports))
    annex = (reports / PERIOD / "technicka-priloha.html").read_text("utf-8")
    title = "odbor sociálních věcí: odpověď za období 2024–2025, 1. kolo"
    assert f"{title}: {row['source_place']}".replace("\u00a0", " ") in annex.replace("\u00a0", " ")

    # The draft goes round in Word; a comment is settled and told in the annex.
    draft = reports / PERIOD / "zprava-o-naplnovani.docx"
    copy_of, sheet = tmp_path / "kopie.docx", tmp_path / "pripominky.xlsx"
    marked = Copy(draft.read_bytes(), "Syntetická osoba")
    at = next(at for at, p in enumerate(marked.paragraphs) if len(text_of(p)) > 80)
    marked.comment(at, "Zásadní: doplnit termín.")
    copy_of.write_bytes(marked.saved())
    assert main(["comments", "read", str(copy_of), "--draft", str(draft), "-o", str(sheet)]) == 0
    book = openpyxl.load_workbook(sheet)
    book["Autoři"]["B2"].value, book["Autoři"]["C2"].value = "starostka", "Syntetická obec"
    book.save(sheet)
    assert "přidáno 1" in done("comments", "accept", str(sheet), "--period", PERIOD)[0]
    path = data / "periods" / PERIOD / "comments.csv"
    said = pd.read_csv(path, dtype="str", keep_default_na=False)
    settled = {"outcome": "explained", "reason": "Termín je dán.", "role": "vedoucí odboru"}
    said.assign(**settled).to_csv(path, index=False, lineterminator="\n")
    both = ("--before", str(draft), "--after", str(draft), "--out", str(tmp_path / "vyporadani"))
    assert "vyporadani.docx" in done("comments", "settle", PERIOD, *both)[0]

    done("period", "publish", PERIOD, "--resolution", "123/26/ZK", "--date", "2026-06-30")
    published = slz_lib.evaluate(slz_lib.load(data), PERIOD)
    assert published.judgements["published"].notna().all()
    code, _, err = run("forms", "accept", str(inbox), *into)
    assert (code, "zveřejněny" in err) == (2, True)
