"""Issued editions are proved to follow from the data, and whatever does not is named."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.errors import DataError, ParameterError
from slz_lib.production.inputs import inputs
from slz_lib.production.manifest import SUFFIX
from slz_lib.production.verification.command import carry_out, verified_lines
from slz_lib.production.verification.verifying import Verified, verify
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


def only(place: Workplace) -> Verified:
    (edition,) = verify(place.reports, place)
    return edition


def told(edition: Verified) -> list[tuple[str, str, str | None, str | None]]:
    return [(d.document, d.element, d.old, d.new) for d in edition.differences]


def test_the_committed_reports_follow_from_the_data() -> None:
    place = Workplace(ROOT / "notebooks", ROOT / "data", ROOT / "reports")
    found = verify(ROOT / "reports", place, workers=2)
    differing = {edition.name: told(edition) for edition in found if not edition.holds}
    assert differing == {}, "run `make report` and commit reports/"
    assert [(edition.name, edition.files) for edition in found] == [
        ("2022-2023/zprava-o-naplnovani", 5),
        ("2024-2025/akcni-plan", 5),
    ]


def test_every_file_of_an_untouched_edition_holds(made: Workplace) -> None:
    found = verify(made.reports, made, workers=2)
    assert [edition.name for edition in found] == [
        f"2022-2023/orp/orp-{number}" for number in range(5101, 5111)
    ]
    assert all(edition.holds and edition.files == 5 and not edition.notes for edition in found)


def test_a_changed_word_is_named_with_its_document_element_old_and_new(place: Workplace) -> None:
    page = place.reports / f"{ORP}.html"
    text = page.read_text(encoding="utf-8")
    assert text.count("Věta.") == 1
    page.write_text(text.replace("Věta.", "Lež."), encoding="utf-8")
    assert told(only(place)) == [
        ("orp-5105.html", "část „Kapitola A“, odstavec", "Lež.", "Věta."),
    ]


def test_a_missing_file_is_named(place: Workplace) -> None:
    (place.reports / f"{ORP}.pdf").unlink()
    assert told(only(place)) == [
        ("orp-5105.pdf", "soubor chybí nebo jej nelze přečíst", None, None)
    ]


def test_data_that_show_in_the_outputs_are_told(place: Workplace) -> None:
    table = place.data / "territory" / "orp.csv"
    text = table.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("ORP-5105,"))
    population = json.loads((place.reports / f"{ORP}.ipynb").read_text(encoding="utf-8"))
    shown = next(
        word
        for cell in population["cells"]
        for word in json.dumps(cell).replace('"', " ").split()
        if word.isdigit() and f",{word}," in row
    )
    table.write_text(text.replace(f",{shown},", f",{int(shown) + 1},"), encoding="utf-8")
    edition = only(place)
    assert not edition.holds
    assert {difference.document for difference in edition.differences} == {
        f"orp-5105.{form}" for form in ("ipynb", "html", "docx", "pdf")
    }
    assert edition.notes == ("od vydání se změnilo: territory/orp.csv",)


def test_data_that_do_not_show_in_the_outputs_are_a_mere_note(place: Workplace) -> None:
    table = place.data / "plans" / "2024-2025" / "funding.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.rstrip("\n").rpartition("\n")[0] + "\n", encoding="utf-8")
    edition = only(place)
    assert edition.holds
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
    for form in ("html", "pdf"):
        manifest["outputs"][f"orp-5105.{form}"] = "0"
    manifest["files"] = {"tajne.txt": "0"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert told(only(place)) == [
        ("orp-5105.html", "manifest má jiný otisk souboru", None, None),
        ("orp-5105.pdf", "manifest má jiný otisk souboru", None, None),
        (path.name, "files.tajne.txt", "0", None),
    ]


def test_a_file_that_the_manifest_leaves_out_is_named(place: Workplace) -> None:
    path = place.reports / f"{ORP}{SUFFIX}"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["formats"].remove("pdf")
    del manifest["outputs"]["orp-5105.pdf"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert told(only(place)) == [("orp-5105.pdf", "manifest soubor neuvádí", None, None)]


@pytest.mark.parametrize(
    ("suffix", "words"),
    [
        (".html", "soubor chybí nebo jej nelze přečíst"),
        (SUFFIX, f"Manifest „orp-5105{SUFFIX}“ neexistuje, nebo to není soubor."),
    ],
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(
    suffix: str, words: str, place: Workplace
) -> None:
    path = place.reports / f"{ORP}{suffix}"
    path.unlink()
    os.mkfifo(path)
    edition = only(place)
    assert [*edition.faults, *(difference.element for difference in edition.differences)] == [words]


def test_a_file_past_the_limit_is_not_read_whole(place: Workplace) -> None:
    os.truncate(place.reports / f"{ORP}.docx", 1024**4)
    ((document, element, _, _),) = told(only(place))
    assert document == "orp-5105.docx"
    assert element == "dříve vydaný soubor nelze přečíst: je větší než 64\u00a0MB"


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
        verify(place.reports, place)


def test_a_notebook_that_fails_now_says_so(place: Workplace) -> None:
    path = place.notebooks / "orp_brief.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("population", "obyvatele"), encoding="utf-8")
    (fault,) = only(place).faults
    assert "Notebook „orp_brief“ neproběhl" in fault
    assert "KeyError: 'obyvatele'" in fault


def test_a_copy_beside_its_original_is_verified_too(place: Workplace) -> None:
    shutil.copytree(place.reports / "2022-2023", place.reports / "kopie")
    found = verify(place.reports, place)
    assert [(edition.name, edition.holds) for edition in found] == [
        (ORP, True),
        ("kopie/orp/orp-5105", True),
    ]


@pytest.mark.parametrize("folder", ["nikde", "n" * 300, "notebooks"])
def test_a_folder_without_manifests_is_refused(folder: str, place: Workplace) -> None:
    with pytest.raises(ParameterError, match=r"neexistuje|není žádný manifest"):
        verify(place.notebooks.parent / folder, place)


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
    page = place.reports / f"{ORP}.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Věta.", "Lež."), encoding="utf-8")
    assert not carry_out(place.reports, place, workers=1)
    out, err = capsys.readouterr()
    assert out == (
        f"{ORP}: nesouhlasí\n"
        "  orp-5105.html, část „Kapitola A“, odstavec: dříve „Lež.“, nyní „Věta.“\n"
    )
    assert err == "Ověřeno: 1\u00a0edice, 5\u00a0souborů; nesouhlasí: 1.\n"
