"""Comments of reviewers: none lost, none misplaced in silence, each settled with proof."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document

from slz_lib import evaluate, load
from slz_lib.collection.comment_form import accepted_comments, comment_form
from slz_lib.collection.comments import ReadComments, read_comments
from slz_lib.collection.draft_places import Places
from slz_lib.collection.drafts import Draft, read_draft
from slz_lib.collection.returned import read_returned
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.documents.model import Table
from slz_lib.errors import DataError
from slz_lib.production.comparing.redline import redline
from slz_lib.production.comparing.settling import UNPROVED, settlement, write_content
from slz_lib.production.transactions import write_changes
from tests.conftest import ROOT
from tests.samples.office import saved
from tests.samples.reviewed import Copy, element, marks_in, q, text_of
from tests.samples.tracked import texts

ISSUED = ROOT / "reports/2022-2023/zprava-o-naplnovani.docx"


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The issued report as the draft that goes round."""
    return read_draft(ISSUED)


def truth(draft: Draft) -> list[str]:
    """The place of each paragraph of the draft."""
    return [place for place, texts in Places.of(draft).paragraphs.items() for _ in texts]


def torn_copies(
    number: int, count: int, places: list[str]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Copies with 20 comments each, torn about; and where each comment belongs, by its text."""
    copies: dict[str, bytes] = {}
    belongs: dict[str, str] = {}
    for which in range(count):
        rng = random.Random(f"{number}.{which}")  # noqa: S311 — a seed
        copy = Copy(ISSUED.read_bytes(), f"Osoba {which}")
        told = [at for at, p in enumerate(copy.paragraphs) if text_of(p).strip()]
        prose = [at for at in told if copy.paragraphs[at].getparent() is copy.root[0]]
        for nth in range(20):
            at = rng.choice(prose if nth % 4 else told)
            text = f"Připomínka {number}.{which}.{nth}"
            copy.comment(at, text, resolved=nth % 7 == 0)
            belongs[text] = places[at]
        for at in rng.sample(prose, 6):
            copy.insert(at, " doplněno")
        copy.tear(rng)
        copies[f"kopie-{number}-{which}.docx"] = copy.saved()
    return copies, belongs


@pytest.mark.thorough
def test_500_comments_in_25_copies_and_two_more_rounds(draft: Draft, tmp_path: Path) -> None:
    """None is lost, none misplaced in silence, and at least 95 of 100 are placed unaided."""
    unaided = total = 0
    for number, count in ((1, 25), (2, 5), (3, 5)):
        copies, belongs = torn_copies(number, count, truth(draft))
        paths = [tmp_path / name for name in copies]
        for path in paths:
            path.write_bytes(copies[path.name])
        paths[:3] = saved(paths[:3], tmp_path / f"lo-{number}", "docx")
        found = read_comments(draft, [*map(read_draft, paths)])
        in_files = sum(marks_in(path.read_bytes()) for path in paths)
        assert found.rows["marks"].sum() == found.marks == in_files
        rows = found.rows[found.rows["text"].str.startswith("Připomínka")]
        names = rows["text"].str.split("\n").str[0]
        assert sorted(names) == sorted(belongs)
        placed = rows["place"].ne("")
        assert rows["place"][placed].tolist() == names[placed].map(belongs).tolist()
        unaided, total = unaided + int(placed.sum()), total + len(rows)
    assert unaided >= 0.95 * total, (unaided, total)


def at_text(copy: Copy, beginning: str) -> int:
    """The paragraph that begins so."""
    return next(at for at, p in enumerate(copy.paragraphs) if text_of(p).startswith(beginning))


def read_copies(draft: Draft, folder: Path, *copies: Copy) -> ReadComments:
    """What several copies hold."""
    found = []
    for number, copy in enumerate(copies):
        path = folder / f"kopie{number}.docx"
        path.write_bytes(copy.saved())
        found.append(read_draft(path))
        assert found[-1].marks == marks_in(path.read_bytes())
    read = read_comments(draft, found)
    assert read.rows["marks"].sum() == read.marks
    return read


SAID = "Přehled za celý kraj zatím neexistuje."


def reviewed(author: str, *more: str) -> Copy:
    """A copy with one comment with a reply, and ``more`` comments at the same paragraph."""
    copy = Copy(ISSUED.read_bytes(), author)
    at = at_text(copy, SAID)
    first = copy.comment(at, "Zásadní: <b>Doplnit</b> termín & místo.", resolved=True)
    copy.comment(at, "Souhlas.", reply_to=first)
    for text in more:
        copy.comment(at, text)
    return copy


def test_one_comment_of_two_reviewers_is_told_once(draft: Draft, tmp_path: Path) -> None:
    read = read_copies(
        draft, tmp_path, reviewed("Jan Novák"), reviewed("Eva Malá", "Překlep.", "Překlep.")
    )
    assert read.rows[["place", "kind", "author", "marks"]].to_numpy().tolist() == [
        ["m_I_5", "essential", "Jan Novák; Eva Malá", 4],
        ["m_I_5", "recommending", "Eva Malá", 1],
        ["m_I_5", "recommending", "Eva Malá", 1],  # what one file has twice is twice
    ]
    text = read.rows["text"][0]
    assert text.startswith("Zásadní: <b>Doplnit</b> termín & místo.\n")
    assert "odpověď [Eva Malá]: Souhlas." in text
    assert "vyřešené" in text


def test_tracked_changes_are_proposals(draft: Draft, tmp_path: Path) -> None:
    """A deletion and an insertion that stand together are one; a move tells where to."""
    copy = Copy(ISSUED.read_bytes(), "Jan Novák")
    at = at_text(copy, SAID)
    copy.delete(at)
    copy.insert(at, "Přehled vznikne.")
    copy.insert(at + 9, " Nově.")
    copy.move(at_text(copy, "Pokud bude přijat"), at)
    rows = read_copies(draft, tmp_path, copy).rows
    assert rows[["place", "marks"]].to_numpy().tolist() == [
        ["m_I_5", 2],
        ["m_I_6", 2],
        ["m_I_7", 1],
    ]
    swapped, moved, added = rows["proposal"]
    assert swapped == f"„{SAID}“ → „Přehled vznikne.“"
    assert moved.startswith("přesunout „Pokud bude přijat")
    assert "místu: I.5 Celokrajský přehled" in moved
    assert added.endswith("vložit „Nově.“")


def test_what_has_no_text_is_told(draft: Draft, tmp_path: Path) -> None:
    """A picture put in, a formula taken out, a look changed, a comment at a point."""
    copy = Copy(ISSUED.read_bytes(), "Jan Novák")
    at = at_text(copy, SAID)
    formula = "<m:oMath xmlns:m='math'><m:t>x</m:t></m:oMath>"
    for number, (tag, inside) in enumerate((("ins", "<w:drawing/>"), ("del", formula))):
        change = f"<w:{tag} w:id='{number}' w:author='odbor'><w:r>{inside}</w:r></w:{tag}>"
        copy.paragraphs[at + 9 * number].append(element(change))
    copy.paragraphs[at].append(element("<w:r><w:rPr><w:rPrChange w:id='7'/></w:rPr></w:r>"))
    copy.comment(at, "Doplnit.", closed=False)
    start = next(copy.root.iter(q("commentRangeStart")))
    start.getparent().remove(start)  # type: ignore[union-attr]
    read = read_copies(draft, tmp_path, copy)
    thing = "obrázek, vzorec nebo jinou věc bez textu"
    added, gone = filter(None, read.rows["proposal"])
    assert added.endswith(f"vložit {thing}")
    assert gone == f"vypustit {thing}"
    assert read.rows.loc[read.rows["text"].eq("Doplnit."), "quoted"].str.startswith(SAID).all()
    assert read.restyled == {"kopie0.docx": 1}
    assert "změny vzhledu (1)" in read.lines[-1]


def filled(content: bytes, path: Path) -> Path:
    """A workbook with a role for each author and a place wherever one is asked."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for number, row in enumerate(book["Autoři"].iter_rows(min_row=2, max_col=3), start=1):
        row[1].value, row[2].value = f"funkce {number}", f"obec {number}"
    for row in book["Připomínky"].iter_rows(min_row=2):
        if any(cell.value for cell in row):
            row[1].value = row[1].value or "I.5 Přehled [m_I_5]"
    book.save(path)
    return path


def taken(data: Path, workbook: Path, number: int) -> pd.DataFrame:
    """The table after a workbook was accepted."""
    write_changes(
        [accepted_comments(read_returned(workbook)[0], load(data), "2022-2023", number)], data
    )
    return load(data).comments.set_index("id")


def test_ids_stay_across_rounds(draft: Draft, tmp_path: Path) -> None:
    """A comment that comes again stays as it is, gains an author, and no name enters data."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    first = read_copies(draft, tmp_path, reviewed("Jan Novák", "Jiné."))
    asked = comment_form(first.headings, first)
    (tmp_path / "prazdny.xlsx").write_bytes(asked)
    with pytest.raises(DataError, match="list „Autoři“, řádek 2, sloupec Funkce"):
        taken(data, tmp_path / "prazdny.xlsx", 1)
    workbook = filled(asked, tmp_path / "vyplneny.xlsx")
    before = taken(data, workbook, 1)
    assert taken(data, workbook, 1).equals(before)
    second = read_copies(
        draft, tmp_path, reviewed("Jan Novák", "Jiné.", "Nové."), reviewed("Eva Malá")
    )
    after = taken(data, filled(comment_form(second.headings, second), tmp_path / "dalsi.xlsx"), 2)
    assert after.index.tolist() == ["p001", "p002", "p003"]
    assert after["round"].tolist() == [1, 1, 2]
    assert after["author"].tolist() == ["funkce 1; funkce 2", "funkce 1", "funkce 1"]
    assert after["measure_id"].eq("I.5").all()
    assert "Novák" not in (data / "periods/2022-2023/comments.csv").read_text("utf-8")


def test_an_empty_form_comes_back(draft: Draft, tmp_path: Path) -> None:
    """A row is a comment; its place is one of the draft's, and a formula is a text."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    empty = comment_form(Places.of(draft).headings)
    (tmp_path / "e.xlsx").write_bytes(empty)
    assert taken(data, tmp_path / "e.xlsx", 1).empty  # who has no comment
    book = openpyxl.load_workbook(io.BytesIO(empty))
    sheet = book["Připomínky"]
    sheet.append(["Shrnutí [shrnuti]", "", "Zkrátit.", "", "Je dlouhé.", "zásadní"])
    book.save(tmp_path / "f.xlsx")
    row = taken(data, filled((tmp_path / "f.xlsx").read_bytes(), tmp_path / "g.xlsx"), 1).iloc[0]
    assert row[["place", "heading", "kind"]].tolist() == ["shrnuti", "Shrnutí", "essential"]
    assert row["text"] == "Zkrátit. Odůvodnění: Je dlouhé."
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    book["Úvod"]["A20"] = book.create_sheet("List1")["B2"] = "Souhlasíme."
    book.save(tmp_path / "h.xlsx")
    with pytest.raises(DataError) as elsewhere:
        taken(data, tmp_path / "h.xlsx", 2)
    told = str(elsewhere.value)
    assert "list „Úvod“, buňka A20: nalezeno „Souhlasíme.“; text nestojí v\u00a0řádku" in told
    assert "list „List1“, buňka B2" in told
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    book["Připomínky"]["E2"].value = "Je dlouhé 中."
    book.save(tmp_path / "h.xlsx")
    with pytest.raises(DataError, match=r"list „Připomínky“, buňka E2: .*písmo dokumentů nemá"):
        taken(data, tmp_path / "h.xlsx", 2)


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"anchored": False}, ""),
        ({"closed": False}, "m_I_5"),
        ({"ident": 0}, "m_I_5"),
        ({"reply_to": 77}, "m_I_5"),
    ],
    ids=["without an anchor", "never closed", "the same id twice", "a reply to nothing"],
)
def test_a_broken_comment_is_told(
    draft: Draft, tmp_path: Path, options: dict[str, Any], place: str
) -> None:
    copy = Copy(ISSUED.read_bytes(), "")
    at = at_text(copy, SAID)
    copy.comment(at, "První.")
    copy.comment(at, "Druhá.", **options)
    rows = read_copies(draft, tmp_path, copy).rows.set_index("text")
    assert rows.loc["Druhá.", "place"] == place
    assert rows["author"].eq("neuvedený autor (kopie0.docx)").all()


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/comments.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        ("word/document.xml", b"<w:document/>"),
        ("word/document.xml", b"<w:document xmlns:w='w'>\x01</w:document>"),
        ("word/bomb.xml", b"<a>" + b" " * 200_000_000 + b"</a>"),
    ],
    ids=["entities", "no document", "control signs", "a bomb"],
)
def test_a_hostile_file_is_refused_in_a_sentence(tmp_path: Path, part: str, content: bytes) -> None:
    copy = reviewed("Jan Novák")
    copy.saved()
    copy.parts[part] = content
    path = tmp_path / "zly.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in copy.parts.items():
            archive.writestr(name, held)
    with pytest.raises(DataError, match=r"Soubor „zly\.docx“"):
        read_draft(path)


@pytest.mark.thorough
def test_10_000_comments_are_read(draft: Draft, tmp_path: Path) -> None:
    copy = Copy(ISSUED.read_bytes(), "Jan Novák")
    for number in range(10_000):
        copy.comment(number % len(copy.paragraphs), f"{number}", closed=number % 2 == 0)
    assert len(read_copies(draft, tmp_path, copy).rows) == 10_000


AFTER = {SAID: "Přehled vznikne do konce roku."}


def changed(pairs: dict[str, str]) -> bytes:
    """The draft with other words."""
    copy = Copy(ISSUED.read_bytes(), "")
    for words in copy.root.iter(q("t")):
        words.text = pairs.get(words.text or "", words.text)
    return copy.saved()


def comment(number: int, **cells: str) -> str:
    """A row of the table of comments."""
    usual = {
        "id": f"p{number:03}", "round": "1", "author": "starosta", "organisation": "Obec",
        "kind": "essential", "place": "m_I_5", "heading": "I.5 Přehled", "measure_id": "I.5",
        "text": "Doplnit.", "role": "tajemnice", "source_id": "vlastni-cteni",
        "source_place": "zkouška",
    }  # fmt: skip
    names = BY_NAME["comments"].header
    return ",".join((usual | cells).get(name, "") for name in names) + "\n"


def test_an_accepted_comment_is_proved_by_the_text(draft: Draft, tmp_path: Path) -> None:
    """Refused essential ones stand first; where the place did not change, it is told."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    with (data / "periods/2022-2023/comments.csv").open("a", encoding="utf-8") as stream:
        stream.write(comment(1, outcome="accepted", quoted=SAID))
        stream.write(comment(2, outcome="accepted", place="m_I_7"))
        stream.write(comment(3, outcome="refused", reason="Bez podkladu."))
        stream.write(comment(4, outcome="", role="", place="shrnuti"))
    (tmp_path / "po.docx").write_bytes(changed(AFTER))
    places = Places.of(draft), Places.of(read_draft(tmp_path / "po.docx"))
    content = settlement(evaluate(load(data), "2022-2023"), *places)
    tables = {each.anchor: each for each in content.blocks if isinstance(each, Table)}
    ids = {name: [row.cells[0].text for row in each.rows] for name, each in tables.items()}
    assert ids == {
        "tab-zasadni": ["p003"],
        "tab-otevrene": ["p004"],
        "tab-vse": ["p004", "p001", "p003", "p002"],
        "tab-doklady": ["p001", "p002"],
    }
    proofs = [row.cells[-1].text for row in tables["tab-doklady"].rows]
    assert proofs == [
        "Přehled [vypuštěno: za celý kraj zatím neexistuje] [vloženo: vznikne do konce roku].",
        UNPROVED,
    ]
    write_content(content, tmp_path / "v.docx")


def test_text_that_changed_without_tracking_is_told(draft: Draft, tmp_path: Path) -> None:
    """And becomes a proposal once the redline of draft and copy is read with the copies."""
    copy = Document(str(ISSUED))
    paragraph = next(each for each in copy.paragraphs if each.text.startswith(SAID))
    paragraph.runs[0].text = f"Už je. {paragraph.runs[0].text}"
    copy.save(str(tmp_path / "kopie.docx"))
    read = read_comments(draft, [read_draft(tmp_path / "kopie.docx"), draft])
    assert [*read.unmarked.items()] == [("kopie.docx", 1)]
    assert "1\u00a0odstavec" in read.lines[-1]
    shown = redline(ISSUED.read_bytes(), (tmp_path / "kopie.docx").read_bytes(), "odbor")
    (tmp_path / "rozdil.docx").write_bytes(shown)
    again = read_comments(draft, [read_draft(tmp_path / "rozdil.docx")])
    assert again.rows["proposal"].str.contains("Už je").any()
    assert not again.unmarked


def test_a_redline_gives_both_drafts() -> None:
    """Also of two documents that have hardly a word in common; the same bytes each time."""
    folder = ROOT / "reports/2022-2023"
    other = [
        (folder / f"{name}.docx").read_bytes() for name in ("brozura", "informace-k-rozhodnuti")
    ]
    for before, after in ((ISSUED.read_bytes(), changed(AFTER)), tuple(other)):
        tracked = redline(before, after, "zpracovatel")
        assert texts(tracked, accepted=True) == texts(after, accepted=True)
        assert texts(tracked, accepted=False) == texts(before, accepted=True)
        assert tracked == redline(before, after, "zpracovatel")


@pytest.mark.thorough
def test_libreoffice_keeps_a_redline(tmp_path: Path) -> None:
    before, after = ISSUED.read_bytes(), changed(AFTER)
    path = tmp_path / "zmeny.docx"
    path.write_bytes(redline(before, after, "zpracovatel"))
    kept = saved([path], tmp_path / "lo", "docx")[0].read_bytes()
    assert texts(kept, accepted=True) == texts(after, accepted=True)
    assert texts(kept, accepted=False) == texts(before, accepted=True)
