"""Whatever comes back is read to the last cell, or refused in a sentence; nothing of it is run."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import PIL.Image
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from slz_lib import Dataset
from slz_lib.collection import returned as reading
from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import Form
from slz_lib.collection.identifying import identified
from slz_lib.collection.intake import Issued, taken
from slz_lib.collection.kinds import MOST_BYTES
from slz_lib.collection.questions import questions
from slz_lib.collection.returned import Refusal, Returned, read_returned
from slz_lib.collection.values import Words, words_of
from tests.samples.books import Book, Cell, mail, ods, outlook, xls, xlsx
from tests.samples.office import saved
from tests.samples.replies import lost
from tests.samples.returns import KINDS, issued, made

#: Bodies times kinds: every body that reports, some of them twice.
BODIES = 40
#: Kinds that take seconds, for one body alone.
DEAR = {"rows without end", "zip bomb"}


@pytest.fixture(scope="module")
def forms(dataset: Dataset) -> dict[str, Form]:
    """The forms of all bodies, by their names."""
    steps = pd.DataFrame(
        {
            "id": ["A-1"],
            "measure_id": ["I.2"],
            "step": ["Zřídit poradnu"],
            "lead": ["KULK-OSV"],
            "deadline": pd.to_datetime(["2025-06-30"]),
            "effort": [25.0],
        }
    )
    asked = questions(dataset, "2024-2025", None, steps)
    found = [asked.form(body, date(2026, 1, 31)) for body in asked.bodies]
    return {form.identity.form: form for form in found}


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this very process, where a crash of the reader is one of the test."""

    def read(reader: Callable[[bytes, str], Any], content: bytes, name: str, _: int) -> Any:
        return json.loads(json.dumps(reader(content, name)))

    monkeypatch.setattr(reading, "read_apart", read)


def returned(tmp_path: Path, name: str, content: bytes) -> tuple[list[Returned], list[Refusal]]:
    (tmp_path / name).write_bytes(content)
    return read_returned(tmp_path / name)


def broken_laws(
    form: Form, issue: Issued, book: Book, kind: str, seed: str, words: Words, folder: Path
) -> list[str]:
    """What a return of a kind lost, or brought about that nobody typed."""
    filled, content = made(form, book, kind, seed)
    files, refused = returned(folder, KINDS[kind].name, content)
    if KINDS[kind].refused:
        right = len(refused) == 1 and KINDS[kind].refused in refused[0].sentence and not files
        return [] if right else [f"{kind}: {files} {refused}"]
    held: Counter[tuple[str, str]] = Counter()
    outside: Counter[str] = Counter()
    told = [f"{kind}: {refusal}" for refusal in refused]
    for file in files:
        identity, why = identified(file, {form.identity.form: form})
        known = issue if identity else None
        found = taken(file, identity, known, words, why)
        told += [f"{kind} {seed}: {text}" for text in lost(file, known, found)]
        held.update({*found.staged[["sheet", "cell"]].itertuples(index=False, name=None)})
        of_cells = found.quarantined["cell"].ne("")
        quarantined = found.quarantined.loc[of_cells, ["sheet", "cell"]]
        held.update(quarantined.itertuples(index=False, name=None))
        outside.update(found.quarantined.loc[~of_cells, "value"])
    typed = Counter(filled.book.typed)
    said = Counter(filled.book.said)
    if KINDS[kind].told:
        more, over = held - typed, outside - said
        told += [f"{kind} {seed}: nobody typed {each}" for each in (*more, *over)]
    return told + [f"{kind} {seed}: lost {each}" for each in (*(typed - held), *(said - outside))]


@pytest.fixture(scope="module")
def few(forms: dict[str, Form]) -> Form:
    """A form of a few measures, with steps; larger ones are among the forty."""
    return next(form for form in forms.values() if 4 <= len(form.sheets[1].rows) <= 9)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    "kinds",
    [KINDS.keys() - DEAR, pytest.param(DEAR, marks=pytest.mark.thorough)],
    ids=["cheap", "dear"],
)
def test_typed_is_staged_and_quarantined_whatever_the_kind(
    dataset: Dataset, few: Form, kinds: set[str], tmp_path: Path
) -> None:
    of_form, words = (Issued.of(few), issued(few)), words_of(dataset)
    told = [
        fault
        for kind in sorted(kinds)
        for fault in broken_laws(few, *of_form, kind, "0", words, tmp_path)
    ]
    assert not told, "\n".join(told)


@pytest.mark.thorough
@pytest.mark.usefixtures("in_process")
def test_of_forty_bodies_and_every_kind_nothing_is_lost(
    dataset: Dataset, forms: dict[str, Form], tmp_path: Path
) -> None:
    words = words_of(dataset)
    told, many = [], 0
    for number, name in enumerate([*forms, *forms][:BODIES]):
        of_form = Issued.of(forms[name]), issued(forms[name])
        for kind in KINDS.keys() - DEAR:
            told += broken_laws(forms[name], *of_form, kind, f"{number}", words, tmp_path)
            many += 1
    assert many >= 2_400
    assert not told, "\n".join(told)


#: One cell of each kind, and what is read of it.
CELLS: dict[tuple[int, int], tuple[Cell, str, str]] = {
    (1, 1): (Cell(" dvě\u00a0 mezery\nřádek "), "text", " dvě\u00a0 mezery\nřádek "),
    (2, 1): (Cell(1.10), "number", "1.1"),
    (2, 3): (Cell(5.0), "number", "5"),
    (3, 1): (Cell(0.165, kind="percent"), "percent", "0.165"),
    (4, 1): (Cell(45_413.0, kind="date"), "date", "2024-05-01"),
    (4, 2): (Cell(45_413.75, kind="date"), "date", "2024-05-01T18:00:00"),
    (5, 1): (Cell("#N/A", kind="error"), "error", "#N/A"),
    (5, 2): (Cell("#REF!", kind="error", formula="A0"), "error", "#REF!"),
    (6, 1): (Cell(True), "bool", "true"),
    (7, 1): (Cell("", formula="1+1"), "formula", "=1+1"),
    (7, 2): (Cell(2.0, formula="1+1"), "formula", "2"),
    (8, 1): (Cell("za\x07_x0041_"), "text", "za\x07A"),
    (1_048_576, 16_384): (Cell("daleko"), "text", "daleko"),
}


def test_cells_of_excel_are_read_as_typed(tmp_path: Path) -> None:
    cells = {at: cell for at, (cell, _, _) in CELLS.items()}
    book = Book({"A": cells, "B": {(1, 1): Cell("skryto")}}, {"slz-form": "x"}, unseen={"B"})
    book.unseen_rows = {2}
    ((file,), refused) = returned(tmp_path, "a.xlsx", xlsx(book))
    rows = file.cells.set_index(["sheet", "row", "column"])
    for at, (_, *told) in CELLS.items():
        assert list(rows.loc[("A", *at), ["kind", "value"]]) == told
    assert set(file.cells.loc[file.cells["hidden"], "cell"]) == {"A2", "C2", "A1"}
    assert dict(file.properties) == {"slz-form": "x"}
    assert not refused


def test_other_kinds_tell_the_same(tmp_path: Path) -> None:
    both = {(2, 1), (2, 3), (3, 1), (7, 2)}
    for name, write, kept in (
        ("a.ods", ods, both | {(5, 1), (7, 1)}),
        ("a.xls", xls, both | {(1, 1), (4, 1), (4, 2)}),
    ):
        book = Book({"A": {at: CELLS[at][0] for at in kept}}, comments={"A": {(2, 1): "nebo\nne"}})
        ((file,), _) = returned(tmp_path, name, write(book))
        rows = file.cells.set_index(["row", "column"])
        for at in kept:
            assert tuple(rows.loc[at, ["kind", "value"]]) == CELLS[at][1:]
        told = file.outside.to_numpy().tolist()
        # The builder of .xls writes no comments; those of LibreOffice are tried below.
        wanted = [["komentář u\u00a0buňky A2 listu „A“", "nebo\nne"]] if name == "a.ods" else []
        assert told == wanted


def test_a_mail_tells_who_and_when_and_its_attachments(tmp_path: Path) -> None:
    book = xlsx(Book({"A": {(1, 1): Cell("x")}}))
    inner = mail("uvnitř", {"../..\\f.xlsx": book})
    message = mail("ahoj", {"b.docx": b"PK\x03\x04", "c\u202egnp.xlsx": book})
    message.add_attachment(inner)
    files, refused = returned(tmp_path, "m.eml", message.as_bytes())
    assert [file.name for file in files] == [
        *("m.eml", "m.eml/c\\u202egnp.xlsx", "m.eml/zpráva.eml", "m.eml/zpráva.eml/f.xlsx")
    ]
    assert {file.sender for file in files} == {"Odbor <odbor@kraj.example>"}
    assert {file.arrived for file in files} == {"2025-02-03T10:15:00+01:00"}
    assert [refusal.name for refusal in refused] == ["m.eml/b.docx"]
    attached = {"f.xlsx": book, "g.csv": b"1;2", "zpráva": b""}
    files, refused = returned(tmp_path, "m.msg", outlook("ahoj", attached))
    assert ["zpráva uložená v\u00a0jiné" in refusal.sentence for refusal in refused] == [True]
    assert [file.name for file in files] == ["m.msg", "m.msg/f.xlsx", "m.msg/g.csv"]
    assert (files[0].sender, files[0].arrived) == (
        *('"Odbor" <odbor@kraj.example>', "2025-02-03T08:15:00+00:00"),
    )


def test_of_a_mail_every_word_is_told(tmp_path: Path) -> None:
    """Its subject, what only one of its two texts says, what follows its end, what was cut off."""
    message = mail("Jen\u00a0text.", {}, "Za nás beze změny")
    message.add_alternative("<p>Jen text. A\u00a0<b>ještě toto</b>.</p>", subtype="html")
    ((file,), _) = returned(tmp_path, "m.eml", message.as_bytes() + b"\r\nDodatek.\r\n")
    (told,) = file.outside["text"]
    assert told == "Za nás beze změny\n\nJen\u00a0text.\n\nJen text. A ještě toto.\n\nDodatek."
    twice = mail("ahoj", {"f.csv": b"1;2", "g.csv": b"1"}).as_bytes()
    ((file, *_), _) = returned(tmp_path, "m.eml", twice[: twice.index(b"g.csv")])
    assert file.outside["text"].str.contains("neúplná").any()
    box = b"".join(b"From a@b Mon\n" + twice.replace(b"\r\n", b"\n") for _ in "ab")
    (_, (refusal,)) = returned(tmp_path, "m.mbox", box)
    assert "více zprávami" in refusal.sentence
    message = mail("ahoj", {"f.csv": b"1;2", "smime.p7s": b"0\x82"})
    message.add_attachment(b"3;4", maintype="text", subtype="csv", filename="f.csv")
    files, (signature,) = returned(tmp_path, "m.eml", message.as_bytes())
    assert [file.name for file in files] == ["m.eml", "m.eml/f.csv", "m.eml/3-f.csv"]
    assert signature.passed


def test_what_cells_show_beside_their_text_is_told(tmp_path: Path) -> None:
    """Words struck through, where a cell links to, and a unit that stands in a format."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A1"].font = "neplatí", Font(strike=True)
    struck = TextBlock(InlineFont(strike=True), "zčásti ")
    sheet["A2"] = CellRichText(struck, "platí")
    sheet["B1"], sheet["B1"].hyperlink = "zde", "https://kraj.example/zprava"
    sheet["B2"], sheet["B2"].hyperlink = "kraj.example", "https://kraj.example/"
    for row, code in enumerate(
        ('#,##0.0\\ "Kč"', "0.0\\ [$€-1]", '0.0_-;"-"0.0', "0.0\\ "), start=1
    ):
        sheet.cell(row, 3, 12.5).number_format = code
    book.save(tmp_path / "f.xlsx")
    ((file,), _) = read_returned(tmp_path / "f.xlsx")
    cells = file.cells.set_index("cell")
    assert set(cells.index[cells["hidden"]]) == {"A1", "A2"}
    assert [*file.outside["text"]] == ["https://kraj.example/zprava"]
    assert [*cells.loc[["C1", "C2", "C3", "C4"], "value"]] == ["12,5 Kč", "12,5 €", "12.5", "12.5"]


def pictured(sheet: Worksheet) -> None:
    """Lay a picture and a chart on a sheet."""
    stream = io.BytesIO()
    PIL.Image.new("RGB", (9, 9)).save(stream, "PNG")
    sheet.add_image(Image(stream), "N2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=2, max_row=3))
    sheet.add_chart(chart, "N9")


def in_pictures(file: Returned) -> pd.Series[bool]:
    return file.outside["place"].str.startswith("obrázek, graf")


def test_pictures_and_charts_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    pictured(book.worksheets[0])
    book.save(tmp_path / "f.xlsx")
    ((file,), _) = read_returned(tmp_path / "f.xlsx")
    assert [*file.outside.loc[in_pictures(file), "text"]] == ["chart1.xml", "image1.png"]
    content = ods(Book({"A": {(1, 1): Cell("x")}}))
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("Pictures/1.png", b"x")
        archive.writestr("Object 1/content.xml", "<x/>")
        archive.writestr("Thumbnails/thumbnail.png", b"x")
    ((file,), _) = returned(tmp_path, "f.ods", stream.getvalue())
    assert [*file.outside["text"]] == ["Object 1/content.xml", "Pictures/1.png"]


PANGRAM = "Příliš žluťoučký kůň úpěl ďábelské ódy;12"


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "cp1250", "iso8859-2", "cp852", "mac_latin2"),
        *("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    ((file,), _) = returned(tmp_path, "f.csv", PANGRAM.encode(encoding))
    assert [*file.cells["value"]] == PANGRAM.split(";")


def test_a_text_that_is_spoiled_in_places_tells_where(tmp_path: Path) -> None:
    bad, unclosed = PANGRAM.encode() + b"\xff", f'{PANGRAM}\na;"b\n{PANGRAM}\nc'.encode()
    ((file,), _) = returned(tmp_path, "f.csv", bad)
    assert [*file.cells["value"]] == f"{PANGRAM}\ufffd".split(";")
    (_, (refusal,)) = returned(tmp_path, "f.csv", unclosed)
    assert "na řádku 2 buňku" in refusal.sentence
    (_, (refusal,)) = returned(tmp_path, "f.csv", bytes(5_000))
    assert "je prázdný" in refusal.sentence
    ((file,), _) = returned(tmp_path, "f.csv", b'a;"b\r\nc"\r')
    assert [*file.cells["value"]] == ["a", "b\r\nc"]
    ((file,), _) = returned(tmp_path, "f.xls", PANGRAM.replace(";", "\t").encode("cp1250"))
    assert [*file.cells["value"]] == PANGRAM.split(";")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"Rar!\x1a\x07", "Rozbalte"),
        (b"\x78\x9f\x3e\x22", "bez ní"),
        (b"0\x82\x12", "uložte přílohy"),
        (b"[InternetShortcut]", "na který ukazuje"),
        (b"\xef\xbb\xbf<html>", "uložte jako"),
        (b"BEGIN:VCALENDAR", "přeneste"),
        (b"GIF89a", "přeneste"),
    ],
)
def test_a_file_of_another_kind_says_what_to_do(tmp_path: Path, content: bytes, word: str) -> None:
    (files, (refusal,)) = returned(tmp_path, "f.xls", content)
    assert word in refusal.sentence
    assert not files


def test_what_is_no_file_of_people_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "odkaz.xlsx").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "roura.xlsx")
    (tmp_path / "složka.xlsx").mkdir()
    (tmp_path / "prázdný.xlsx").touch()
    with (tmp_path / "velký.xlsx").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    beside = {"~$form.xlsx", ".~lock.f.ods#", ".DS_Store", "Thumbs.db"}
    for name in (*beside, "=cmd|' '!A0\n\u202e.xlsx", "á" * 120):
        (tmp_path / name).write_bytes(bytes(range(9)))
    told = {path.name: read_returned(path) for path in sorted(tmp_path.iterdir())}
    assert not any(files for files, _ in told.values())
    refusals = {name: refused[0] for name, (_, refused) in told.items()}
    assert {name for name, refusal in refusals.items() if refusal.passed} == beside
    for name in ("odkaz.xlsx", "roura.xlsx", "složka.xlsx"):
        assert "není soubor, ale" in refusals[name].sentence
    assert "nejvýše 32" in refusals["velký.xlsx"].sentence
    assert "je prázdný" in refusals["prázdný.xlsx"].sentence
    assert all(
        refusal.sentence.isprintable() or " " in refusal.sentence for refusal in refusals.values()
    )
    assert not any("\n" in each.name + each.sentence for each in refusals.values())


def test_the_process_that_reads_is_light() -> None:
    program = (
        "import sys; from slz_lib.collection.kinds import gathered;"
        "gathered(sys.stdin.buffer.read(), 'a');"
        "sys.exit(bool({'pandas', 'numpy', 'openpyxl'} & sys.modules.keys()))"
    )
    book = xlsx(Book({"A": {(1, 1): Cell("x")}}))
    subprocess.run([sys.executable, "-c", program], input=book, check=True)


@pytest.mark.thorough
def test_every_kind_is_read_in_a_process_apart(forms: dict[str, Form], tmp_path: Path) -> None:
    form = forms["2024-2025.KULK-OSV"]
    for kind, described in KINDS.items():
        filled, content = made(form, issued(form), kind, "0")
        files, refused = returned(tmp_path, described.name, content)
        assert bool(refused) == bool(described.refused), kind
        cells = {
            at for file in files for at in zip(file.cells["sheet"], file.cells["cell"], strict=True)
        }
        assert described.refused or filled.book.typed <= cells, kind


@pytest.mark.thorough
def test_what_libreoffice_saves_tells_the_same(forms: dict[str, Form], tmp_path: Path) -> None:
    form = forms["2024-2025.KULK-OSV"]
    book = openpyxl.load_workbook(io.BytesIO(workbook(form)))
    book["Podrobnosti"]["D2"] = "zavedeno"
    book["Podrobnosti"]["J2"] = " dvě  mezery a\nřádek "
    book["Opatření"]["H3"].comment = Comment("Odpověď v\u00a0komentáři", "odbor")
    book["Opatření"].row_dimensions[4].hidden = True
    book["Podrobnosti"]["D3"], book["Podrobnosti"]["D3"].font = "zavedeno", Font(strike=True)
    book["Podrobnosti"]["K3"], book["Podrobnosti"]["K3"].hyperlink = "zde", "https://kraj.example/z"
    book["Podrobnosti"]["G3"], book["Podrobnosti"]["G3"].number_format = 1200.5, '#,##0.0 "Kč"'
    pictured(book["Podrobnosti"])
    book.save(tmp_path / "f.xlsx")
    ((before,), _) = read_returned(tmp_path / "f.xlsx")
    for kind in ("xlsx", "ods", "xls"):
        folder = tmp_path / kind
        ((after,), _) = read_returned(saved([tmp_path / "f.xlsx"], folder, kind)[0])
        keys = ["sheet", "cell", "value", "hidden"]
        pd.testing.assert_frame_equal(after.cells[keys], before.cells[keys], obj=kind)
        told, wanted = (
            each.outside.assign(text=each.outside["text"].mask(in_pictures(each), ""))
            for each in (after, before)
        )
        assert Counter(told["text"]) == Counter(wanted["text"]), kind
        assert in_pictures(after).sum() == 2, kind
