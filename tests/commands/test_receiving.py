"""A folder of returned files becomes answers, questions and reminders, written whole or not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import openpyxl
import pytest

import slz_lib
from slz_lib.errors import ParameterError
from slz_lib.production.receiving import receive, told
from slz_lib.production.sending import asked, form_files
from tests.samples.returning import fill


@pytest.fixture
def folder(dataset: slz_lib.Dataset, tmp_path: Path) -> Path:
    """A collection whose forms are made."""
    questions = asked(dataset, "2024-2025")
    for body in ("KHS", "SZU"):
        files = form_files(questions.form(body, date(2026, 3, 20)), "Kraj")
        place = tmp_path / "sber/formulare" / body
        place.mkdir(parents=True)
        for name, content in files.items():
            (place / name).write_bytes(content)
    (tmp_path / "dosle").mkdir()
    return tmp_path / "sber"


def first(path: Path, sheet: str) -> str:
    """What the first row of a table is about."""
    return str(openpyxl.load_workbook(path)[sheet]["A2"].value)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_return_is_read_asked_again_and_mended(dataset: slz_lib.Dataset, folder: Path) -> None:
    form = folder / "formulare/KHS/2024-2025.KHS.xlsx"
    inbox = folder.parent / "dosle"
    measure = first(form, "Podrobnosti")
    fill(form, inbox / "první.xlsx", {"Podrobnosti": {measure: {"Stav": "=1+1 jaksi"}}})
    (inbox / "nic.pdf").write_bytes(b"%PDF-1.7")
    found = receive(inbox, folder, dataset)
    lines = "\n".join(told(found)).replace("\u00a0", " ")
    assert "Soubory: 2 (přečten, něco se nepoznalo 1, nelze přečíst 1)." in lines
    assert "odesláno 1, znovu dotázáno 1); připomenout 2." in lines
    assert "nic.pdf: Soubor „nic.pdf“" in lines

    before = files(folder / "prijem")
    assert receive(inbox, folder, dataset).files.equals(found.files)
    assert files(folder / "prijem") == before
    overview = openpyxl.load_workbook(io.BytesIO(before["prehled.xlsx"]))
    typed = [
        cell
        for row in overview["K posouzení"].iter_rows()
        for cell in row
        if cell.value == "=1+1 jaksi"
    ]
    assert [cell.data_type for cell in typed] == ["s"]
    reminder = message_from_bytes(before["pripomenout/2024-2025.SZU.eml"], policy=default)
    said = reminder.get_body().get_content()  # type: ignore[union-attr]
    assert "jsme od vás zatím nedostali" in said
    assert "odpověď do 20. 3. 2026." in said
    assert [part.get_filename() for part in reminder.iter_attachments()] == [
        *("2024-2025.SZU.xlsx", "2024-2025.SZU.ics")
    ]

    again = folder / "prijem/vratit/2024-2025.KHS.2.xlsx"
    fill(again, inbox / "druhý.xlsx", {"Podrobnosti": {measure: {"Stav": "plněno"}}})
    found = receive(inbox, folder, dataset)
    second = files(folder / "prijem")
    assert not [name for name in second if name.startswith("vratit")]
    assert found.quarantined["why"].str.endswith("Opraveno ve\u00a02. kole.").tolist() == [True]
    assert found.assignments.set_index("body").loc["KHS", "state"] == "returned"


def test_forms_made_of_earlier_data_are_read_without_noise(
    dataset: slz_lib.Dataset, folder: Path
) -> None:
    later = dataset.measures.assign(designation=dataset.measures["designation"] + " nově")
    form = folder / "formulare/KHS/2024-2025.KHS.xlsx"
    told = {first(form, "Opatření"): {"Odpověď za toto období": "nebylo nic"}}
    fill(form, folder.parent / "dosle/a.xlsx", {"Opatření": told})
    found = receive(folder.parent / "dosle", folder, replace(dataset, measures=later))
    assert found.staged["value"].tolist() == ["nothing"]
    assert found.quarantined[["cell", "value", "why"]].to_numpy().tolist() == []
    assert found.warnings["why"].str.startswith("Data se od vydání formuláře změnila").tolist() == [
        True
    ]


@pytest.mark.parametrize(
    ("inbox", "into", "sentence"),
    [
        ("tu-neni", "sber", "tu není"),
        ("sber", "sber", "by ležel mezi vrácenými soubory"),
        ("dosle", "dosle", "by ležel mezi vrácenými soubory"),
        ("dosle", "jinam", "nejsou formuláře jednoho období"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_written(
    inbox: str, into: str, sentence: str, dataset: slz_lib.Dataset, folder: Path
) -> None:
    before = files(folder.parent)
    with pytest.raises(ParameterError, match=sentence):
        receive(folder.parent / inbox, folder.parent / into, dataset)
    assert files(folder.parent) == before
