"""Issued editions are proved to follow from the data, and whatever does not is named."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.errors import DataError, ParameterError
from slz_lib.production.batch.values import Request
from slz_lib.production.comparing.verify import carry_out, verified_lines
from slz_lib.production.comparing.verifying import Verified, verify
from slz_lib.production.inputs import inputs, sha256
from slz_lib.production.manifest import SUFFIX
from slz_lib.production.workplace import Workplace
from tests.conftest import ROOT
from tests.production.batch_sample import DATA, issued, project

ORP = "2022-2023/orp/orp-5105"
#: A cell whose table names a figure of the data.
POPULATION = """
people = int(dataset.orp.set_index("id").loc[orp, "population"])
m.Content.of(m.Paragraph(text=(m.Run(text=f"Obyvatel: {people}"),)))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace with ten issued editions in every format, over data of its own."""
    place = project(tmp_path_factory.mktemp("overeni") / "projekt", {"orp_brief": POPULATION})
    data = place.notebooks.parent / "data"
    shutil.copytree(DATA, data, dirs_exist_ok=True)
    own = Workplace(place.notebooks, data, place.reports)
    assert not issued(own, formats="html,docx,pdf,xlsx").failed
    return own


@pytest.fixture
def place(made: Workplace, tmp_path: Path) -> Workplace:
    """A copy of it with one edition left, which a test may change."""
    root = tmp_path / "projekt"
    shutil.copytree(made.notebooks.parent, root)
    for path in (root / "reports").rglob("*.*"):
        if path.is_file() and not path.name.startswith("orp-5105"):
            path.unlink()
    return Workplace(root / "notebooks", root / "data", root / "reports")


def proved(folder: Path, place: Workplace, workers: int = 1) -> tuple[Verified, ...]:
    request = Request(workplace=place, period="", kinds=(), formats=(), workers=workers, force=True)
    return verify(folder, request)


def only(place: Workplace) -> Verified:
    (edition,) = proved(place.reports, place)
    return edition


def reissued(place: Workplace, name: str, content: bytes) -> None:
    """Put other ``content`` in a file of the edition as if it had been issued so."""
    path = place.reports / f"{ORP}{SUFFIX}"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"][name] = sha256(content)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    path.with_name(name).write_bytes(content)


def test_the_committed_reports_follow_from_the_data() -> None:
    place = Workplace(ROOT / "notebooks", ROOT / "data", ROOT / "reports")
    found = proved(ROOT / "reports", place, workers=2)
    faults = {edition.name: edition.faults for edition in found if edition.faults}
    assert faults == {}, "run `make report` and commit reports/"
    assert [(edition.name, edition.files) for edition in found] == [
        ("2022-2023/zprava-o-naplnovani", 5),
        ("2024-2025/akcni-plan", 5),
    ]


def test_every_file_of_an_untouched_edition_holds(made: Workplace) -> None:
    found = proved(made.reports, made, workers=2)
    assert found == tuple(
        Verified(f"2022-2023/orp/orp-{number}", 5) for number in range(5101, 5111)
    )


def test_a_file_that_does_not_fit_the_manifest_is_named_with_its_first_byte(
    place: Workplace,
) -> None:
    page = place.reports / f"{ORP}.html"
    text = page.read_bytes()
    page.write_bytes(text.replace("Věta.".encode(), "Lež..".encode()))
    at = text.index("Věta.".encode()) + 1
    unfit, byte, versions = only(place).faults
    assert unfit == (
        "Soubory nejsou ty, které uvádí manifest: orp-5105.html. Vydání se nedokončilo, nebo je "
        "někdo změnil; vydejte edici znovu."
    )
    assert byte.replace("\u00a0", "").startswith(f"orp-5105.html: bajtč.{at}: dříve 4C 65 C5 BE")
    assert versions == "verze v\u00a0manifestech: stejné"


def test_another_word_in_the_notebook_is_told_as_a_review_tells_it(place: Workplace) -> None:
    notebook = (place.reports / f"{ORP}.ipynb").read_text(encoding="utf-8")
    reissued(place, "orp-5105.ipynb", notebook.replace("Věta.", "Lež.").encode())
    faults = only(place).faults
    assert "  [-Lež-]{+Věta+}." in faults
    assert faults[-2:] == (
        "orp-5105.ipynb: jiný než dříve",
        "verze v\u00a0manifestech: stejné",
    )


def test_another_part_of_an_archive_is_named(place: Workplace) -> None:
    name = "orp-5105.docx"
    with (
        zipfile.ZipFile(place.reports / f"{ORP}.docx") as old,
        zipfile.ZipFile(place.reports / "jiny", "w") as new,
    ):
        for member in old.infolist():
            content = old.read(member)
            changed = member.filename == "word/document.xml"
            new.writestr(member, content.replace(b"V\xc4\x9bta.", b"Lez..") if changed else content)
    reissued(place, name, (place.reports / "jiny").read_bytes())
    line, _ = only(place).faults
    assert line.startswith("orp-5105.docx: část word/document.xml, bajt")
    assert line.endswith(": dříve 4C 65 7A 2E 2E 3C 2F 77, nyní 56 C4 9B 74 61 2E 3C 2F")


def test_a_missing_file_is_named(place: Workplace) -> None:
    (place.reports / f"{ORP}.pdf").unlink()
    assert only(place).faults == ("Soubor „orp-5105.pdf“ nelze číst: neexistuje.",)


def test_data_that_show_in_the_outputs_are_told(place: Workplace) -> None:
    table = place.data / "territory" / "orp.csv"
    text = table.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("ORP-5105,"))
    words = (place.reports / f"{ORP}.ipynb").read_text(encoding="utf-8").replace('"', " ").split()
    shown = next(word for word in words if word.isdigit() and f",{word}," in row)
    table.write_text(text.replace(f",{shown},", f",{int(shown) + 1},"), encoding="utf-8")
    edition = only(place)
    assert f"  Obyvatel: [-{shown}-]{{+{int(shown) + 1}+}}" in edition.faults
    assert [fault for fault in edition.faults if fault.endswith("jiný než dříve")] == [
        f"orp-5105.{form}: jiný než dříve" for form in ("docx", "html", "ipynb", "pdf")
    ]
    assert edition.notes == ("od vydání se změnilo: territory/orp.csv",)


def test_data_that_do_not_show_in_the_outputs_are_a_mere_note(place: Workplace) -> None:
    table = place.data / "plans" / "2024-2025" / "funding.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.rstrip("\n").rpartition("\n")[0] + "\n", encoding="utf-8")
    edition = only(place)
    assert not edition.faults
    assert edition.notes == ("od vydání se změnilo: plans/2024-2025/funding.csv",)


def another_form(manifest: dict[str, object]) -> None:
    manifest["form"] = 99


def another_notebook(manifest: dict[str, object]) -> None:
    manifest["notebook"] = "../../tajny"


def another_place(manifest: dict[str, object]) -> None:
    manifest["parameters"] = {"period": "2022-2023", "orp": "ORP-5101"}


def outputs_outside(manifest: dict[str, object]) -> None:
    manifest["outputs"] = {"../../data/sources.csv": "0"}


def an_unknown_format(manifest: dict[str, object]) -> None:
    manifest["formats"] = ["exe"]


def no_format(manifest: dict[str, object]) -> None:
    manifest["formats"] = [None]


def other_data(manifest: dict[str, object]) -> None:
    manifest["parameters"] = {"period": "2022-2023", "orp": "ORP-5105", "data": "../jina"}


def signs_of_a_terminal(manifest: dict[str, object]) -> None:
    manifest["notebook"] = "\x1b[31m\ud800"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (another_form, "není manifest, který by tato verze uměla číst"),
        (another_notebook, "z\u00a0něhož se edice nevydávají"),
        (another_place, "patří k\u00a0jiným souborům"),
        (outputs_outside, "patří k\u00a0jiným souborům"),
        (an_unknown_format, "neznámé formáty: exe"),
        (no_format, "není manifest, který by tato verze uměla číst"),
        (other_data, "jmenuje jiná data než ta, proti nimž se ověřuje"),
        (signs_of_a_terminal, "notebook „\x1b[31m\ud800“"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_a_fault_of_its_edition(
    spoil: Callable[[dict[str, object]], None], words: str, place: Workplace
) -> None:
    path = place.reports / f"{ORP}{SUFFIX}"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    spoil(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    edition = only(place)
    assert edition.files == 0
    (fault,) = edition.faults
    assert words in fault
    shown = "".join(verified_lines([edition]))
    assert shown.encode().decode().replace("\u00a0", " ").isprintable()


def test_whatever_the_manifest_says_untruly_is_named(place: Workplace) -> None:
    path = place.reports / f"{ORP}{SUFFIX}"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"]["orp-5105.html"] = "0"
    manifest["formats"].remove("pdf")
    del manifest["outputs"]["orp-5105.pdf"]
    manifest["files"] = {"tajne.txt": "0"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    unfit, untrue = only(place).faults
    assert "manifest: orp-5105.html a\u00a0orp-5105.pdf. Vydání se nedokončilo" in unfit
    assert untrue == "Manifest uvádí jinak položku „files“."


def test_pipes_links_and_huge_files_are_not_read(place: Workplace) -> None:
    page, word, sheet = (place.reports / f"{ORP}.{form}" for form in ("html", "docx", "xlsx"))
    page.unlink()
    os.mkfifo(page)
    os.truncate(word, 1024**4)
    sheet.rename(place.data / sheet.name)
    sheet.symlink_to(place.data / sheet.name)
    assert {fault.replace("\u00a0", " ") for fault in only(place).faults} == {
        "Soubor „orp-5105.html“ nelze číst: není to obyčejný soubor.",
        "Soubor „orp-5105.docx“ je větší než 64 MB; nečte se.",
        "Soubor „orp-5105.xlsx“ je odkaz ven ze složky; nečte se.",
    }
    path = place.reports / f"{ORP}{SUFFIX}"
    path.unlink()
    os.mkfifo(path)
    assert only(place).faults == (
        f"Soubor „orp-5105{SUFFIX}“ nelze číst: není to obyčejný soubor.",
    )


def test_documents_without_a_manifest_are_said_to_be_unproved(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place.reports / "2022-2023" / "orp"
    hidden = folder / ".ipynb_checkpoints"
    hidden.mkdir()
    for name in ("vlastni.html", "poznamky.txt", ".ipynb_checkpoints/vlastni.ipynb"):
        (folder / name).write_text("x", encoding="utf-8")
    assert carry_out(place.reports, place, workers=1)
    out, err = capsys.readouterr()
    assert out == (f"{ORP}: souhlasí\n2022-2023/orp/vlastni.html: bez manifestu, neověřeno\n")
    assert err.endswith("bajtu. Bez manifestu, a\u00a0proto neověřeno: 1\u00a0soubor.\n")


def test_what_is_named_like_a_table_and_is_no_file_is_passed_over(place: Workplace) -> None:
    (place.data / "slozka.csv").mkdir()
    (place.data / "nikam.csv").symlink_to("nikde")
    assert set(inputs(place).data) == set(inputs(Workplace(place.notebooks, DATA, ROOT)).data)


def test_a_table_that_cannot_be_read_is_told(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "no", path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(DataError, match=r"^Soubor „.+“ nelze číst: chybí oprávnění\.$"):
        proved(place.reports, place)


def test_a_notebook_that_fails_now_says_so(place: Workplace) -> None:
    path = place.notebooks / "orp_brief.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("population", "obyvatele"), encoding="utf-8")
    (fault,) = only(place).faults
    assert "Notebook „orp_brief“ neproběhl" in fault
    assert "KeyError: 'obyvatele'" in fault


def test_a_copy_beside_its_original_is_verified_too(place: Workplace) -> None:
    shutil.copytree(place.reports / "2022-2023", place.reports / "kopie")
    found = proved(place.reports, place)
    assert [(edition.name, edition.faults) for edition in found] == [
        (ORP, ()),
        ("kopie/orp/orp-5105", ()),
    ]


@pytest.mark.parametrize("folder", ["nikde", "n" * 300, "notebooks"])
def test_a_folder_without_manifests_is_refused(folder: str, place: Workplace) -> None:
    with pytest.raises(ParameterError, match=r"neexistuje|nelze otevřít|není žádný manifest"):
        proved(place.notebooks.parent / folder, place)


def test_the_command_says_what_it_found(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carry_out(place.reports, place, workers=1)
    out, err = capsys.readouterr()
    assert out == f"{ORP}: souhlasí\n"
    assert (
        err
        == "Ověřeno: 1\u00a0edice, 5\u00a0souborů; vše vychází z\u00a0dat do posledního bajtu.\n"
    )
    (place.reports / f"{ORP}.html").unlink()
    assert not carry_out(place.reports, place, workers=1)
    out, err = capsys.readouterr()
    assert out == f"{ORP}: nesouhlasí\n  Soubor „orp-5105.html“ nelze číst: neexistuje.\n"
    assert err == "Ověřeno: 1\u00a0edice, 5\u00a0souborů; nesouhlasí: 1.\n"
