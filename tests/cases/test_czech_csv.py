"""A table as Czech Excel saves it: told in one fault, rewritten by one command, never guessed."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from slz_lib.cli import main
from slz_lib.dataset import load
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.dataset.schemas import BY_NAME, ValueKind
from slz_lib.dataset.sheets.fixing import fixed
from tests.conftest import ROOT

FILES = {
    "districts": "territory/districts.csv",
    "bodies": "strategy/bodies.csv",
    "strategy": "strategy/strategy.csv",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def as_excel_saves(name: str, content: str) -> str:
    """The text of a table after Czech Excel: semicolons, CRLF, decimal commas, PRAVDA, days."""
    kinds = {column.name: column.kind for column in BY_NAME[name].file_columns}
    header, *rows = csv.reader(io.StringIO(content))

    def cell(kind: ValueKind, text: str) -> str:
        if kind is ValueKind.FLAG:
            return {"true": "PRAVDA", "false": "NEPRAVDA"}[text]
        if kind is ValueKind.DAY and text:
            year, month, day = map(int, text.split("-"))
            return f"{day}.{month}.{year}"
        if kind is ValueKind.INTEGER and len(text) > 3:
            return f"{int(text):,}".replace(",", "\u00a0")
        return text.replace(".", ",") if kind is ValueKind.NUMBER else text

    spelled = [
        [cell(kinds[column], text) for column, text in zip(header, row, strict=True)]
        for row in rows
    ]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows([header, *spelled])
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("name", FILES)
def test_what_excel_saved_comes_back_to_the_byte(
    name: str, encoding: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data / FILES[name]
    original = path.read_bytes()
    path.write_bytes(as_excel_saves(name, original.decode()).encode(encoding))
    if encoding != "utf-16":
        with pytest.raises(FaultyDataError) as caught:
            load(data)
        (fault,) = caught.value.faults
        assert str(fault).endswith(f"přepíše slz data fix data/{FILES[name]}.")
    assert main(["data", "fix", str(path)]) == 0
    out = capsys.readouterr().out
    assert "pole oddělují: středníky → čárky" in out
    assert "konce řádků: CRLF → LF" in out
    assert ("windows-1250 → UTF-8" in out) == (encoding == "cp1250")
    assert path.read_bytes() == original
    assert main(["data", "fix", str(path)]) == 0
    assert capsys.readouterr().out.startswith("Nic se nezměnilo")


def test_each_changed_cell_is_shown_with_its_line(data: Path) -> None:
    path = data / FILES["districts"]
    path.write_text(as_excel_saves("districts", path.read_text(encoding="utf-8")), encoding="utf-8")
    changes = fixed(path).changes
    assert "  řádek 2 „0,5“ → „0.5“" in changes
    assert "  řádek 2 „31.12.2021“ → „2021-12-31“" in changes
    assert any(line.startswith("sloupec population, změněných hodnot ") for line in changes)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (";PRAVDA;", ";možná;", "sloupec name_known: nalezeno „možná“"),
        ("\r\nKULK;", '\r\nKULK;"', "uvozovky stojí na nesprávném místě"),
        ("\r\nKULK;", "\r\nKULK;x;", "řádek má "),
        ("Krajský úřad", "1,23E+15", "nalezeno „1,23E+15“"),
    ],
)
def test_what_can_mean_two_things_is_refused_with_its_place(
    before: str, after: str, place: str, data: Path
) -> None:
    path = data / FILES["bodies"]
    text = as_excel_saves("bodies", path.read_text(encoding="utf-8"))
    whole = "Krajský úřad Libereckého kraje" if before == "Krajský úřad" else before
    path.write_text(text.replace(whole, after, 1), encoding="utf-8")
    written = path.read_bytes()
    with pytest.raises(FaultyDataError, match=r"bodies\.csv, řádek [0-9]+") as caught:
        fixed(path)
    assert place in str(caught.value)
    assert main(["data", "fix", str(path)]) == 1
    assert path.read_bytes() == written


def test_a_letter_of_another_encoding_is_not_guessed(data: Path) -> None:
    path = data / FILES["bodies"]
    path.write_bytes(path.read_bytes().decode().encode("iso-8859-2", "replace"))
    with pytest.raises(FaultyDataError, match="kódováních jiný význam"):
        fixed(path)
