"""Issued editions are proved to follow from the data, and whatever does not is named."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from slz_lib.cli import main
from slz_lib.errors import ParameterError
from slz_lib.production.batch.values import Request
from slz_lib.production.comparing.verify import Verified, verified_lines, verify
from slz_lib.production.inputs import inputs, sha256
from slz_lib.production.manifest import SUFFIX
from slz_lib.production.workplace import Workplace
from tests.commands.batch_sample import DATA, issued, project
from tests.conftest import ROOT

pytestmark = pytest.mark.thorough

ORP = "2022-2023/orp/orp-5105"
IDENTITY = {"period": "2022-2023", "district": "ORP-5105"}
#: A cell whose table names a figure of the data.
POPULATION = """
people = int(dataset.districts.set_index("id").loc[district, "population"])
m.Content.of(m.Paragraph(text=(m.Run(text=f"Obyvatel: {people}"),)))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace with ten issued editions in every format, over data of its own."""
    place = project(tmp_path_factory.mktemp("overeni") / "projekt", {"district_brief": POPULATION})
    data = place.notebooks.parent / "data"
    shutil.copytree(DATA, data, dirs_exist_ok=True)
    own = Workplace(place.notebooks, data, place.reports)
    assert not issued(own, formats="html,docx,pdf,xlsx").failed
    return own


def copied(made: Workplace, root: Path, stem: str) -> Workplace:
    """A copy with the editions left whose name begins with ``stem``, which a test may change."""
    shutil.copytree(made.notebooks.parent, root)
    for path in (root / "reports").rglob("*.*"):
        if path.is_file() and not path.name.startswith(stem):
            path.unlink()
    return Workplace(root / "notebooks", root / "data", root / "reports")


@pytest.fixture
def place(made: Workplace, tmp_path: Path) -> Workplace:
    """A copy with one edition left."""
    return copied(made, tmp_path / "projekt", "orp-5105")


def proved(folder: Path, place: Workplace, workers: int = 1) -> tuple[Verified, ...]:
    request = Request(workplace=place, workers=workers, force=True)
    return verify(folder, request)


def rewritten(manifest: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(manifest.read_text(encoding="utf-8"))
    change(content)
    manifest.write_text(json.dumps(content), encoding="utf-8")


def reissued(file: Path, content: bytes) -> None:
    """Put other ``content`` in a file of an edition as if it had been issued so."""

    def change(manifest: dict[str, Any]) -> None:
        manifest["outputs"][file.name] = sha256(content)

    file.write_bytes(content)
    rewritten(file.with_suffix(SUFFIX), change)


def untouched(edition: Path) -> None:
    assert edition.with_suffix(".html").is_file()


def another_byte_of_the_page(edition: Path) -> None:
    page = edition.with_suffix(".html")
    page.write_bytes(page.read_bytes().replace(b"V\xc4\x9bta.", b"Lez..."))


def another_word_of_the_notebook(edition: Path) -> None:
    notebook = edition.with_suffix(".ipynb")
    reissued(notebook, notebook.read_bytes().replace(b"V\xc4\x9bta.", b"Lez."))


def another_part_of_an_archive(edition: Path) -> None:
    other = edition.with_suffix(".zip")
    with zipfile.ZipFile(edition.with_suffix(".docx")) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(
                member,
                content.replace(b"V\xc4\x9bta.", b"Lez..")
                if member.filename == "word/document.xml"
                else content,
            )
    reissued(edition.with_suffix(".docx"), other.read_bytes())


def a_missing_file(edition: Path) -> None:
    edition.with_suffix(".pdf").unlink()


def an_untrue_manifest(edition: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["outputs"][f"{edition.name}.html"] = "0"
        manifest["formats"].remove("pdf")
        del manifest["outputs"][f"{edition.name}.pdf"]
        manifest["files"] = {"tajne.txt": "0"}

    rewritten(edition.with_suffix(SUFFIX), change)


def a_pipe_a_link_and_a_huge_file(edition: Path) -> None:
    page, sheet = edition.with_suffix(".html"), edition.with_suffix(".xlsx")
    page.unlink()
    os.mkfifo(page)
    os.truncate(edition.with_suffix(".docx"), 1024**4)
    elsewhere = edition.parents[3] / sheet.name
    sheet.rename(elsewhere)
    sheet.symlink_to(elsewhere)


def a_pipe_for_the_manifest(edition: Path) -> None:
    edition.with_suffix(SUFFIX).unlink()
    os.mkfifo(edition.with_suffix(SUFFIX))


def another_version(edition: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["versions"]["pandas"] = "2.0"

    rewritten(edition.with_suffix(SUFFIX), change)


#: What is wrong with an edition, by the number of its district.
SPOILED = {
    "5101": untouched,
    "5102": another_byte_of_the_page,
    "5103": another_word_of_the_notebook,
    "5104": another_part_of_an_archive,
    "5105": a_missing_file,
    "5106": an_untrue_manifest,
    "5107": a_pipe_a_link_and_a_huge_file,
    "5108": a_pipe_for_the_manifest,
    "5109": another_version,
    "5110": untouched,
}


@pytest.fixture(scope="module")
def proof(made: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Mapping[object, Verified]:
    """What is said of editions spoiled in different ways, by what was done to each."""
    place = copied(made, tmp_path_factory.mktemp("vadne") / "projekt", "orp-")
    for number, spoil in SPOILED.items():
        spoil(place.reports / "2022-2023" / "orp" / f"orp-{number}")
    found = proved(place.reports, place, workers=2)
    assert [edition.name for edition in found] == [f"2022-2023/orp/orp-{n}" for n in SPOILED]
    return dict(zip(SPOILED.values(), found, strict=True))


def test_the_committed_reports_follow_from_the_data() -> None:
    place = Workplace(ROOT / "notebooks", ROOT / "data", ROOT / "reports")
    found = proved(ROOT / "reports", place, workers=2)
    faults = {edition.name: edition.faults for edition in found if edition.faults}
    assert faults == {}, "run `make report` and commit reports/"
    assert [(edition.name, edition.files) for edition in found] == [
        ("2022-2023/brozura", 5),
        ("2022-2023/informace-k-rozhodnuti", 5),
        ("2022-2023/technicka-priloha", 5),
        ("2022-2023/zprava-o-naplnovani", 5),
        ("2024-2025/akcni-plan", 5),
        ("2024-2025/priloha-planu", 5),
    ]


def test_every_file_of_an_untouched_edition_holds(proof: Mapping[object, Verified]) -> None:
    assert proof[untouched] == Verified("2022-2023/orp/orp-5110", 5)


def test_a_file_that_does_not_fit_the_manifest_is_named_with_its_first_byte(
    proof: Mapping[object, Verified],
) -> None:
    unfit, byte = proof[another_byte_of_the_page].faults
    assert unfit == (
        "Soubory nejsou ty, které uvádí manifest: orp-5102.html. Vydání se nedokončilo, nebo je "
        "někdo změnil; vydejte edici znovu."
    )
    assert byte.startswith("orp-5102.html: bajt\u00a0č.\u00a0")
    assert byte.endswith(": dříve 4C 65 7A 2E 2E 2E 3C 2F, nyní 56 C4 9B 74 61 2E 3C 2F")


def test_another_word_in_the_notebook_is_told_as_a_review_tells_it(
    proof: Mapping[object, Verified],
) -> None:
    faults = proof[another_word_of_the_notebook].faults
    assert "  [-Lez-]{+Věta+}." in faults
    assert faults[-1] == "orp-5103.ipynb: jiný než dříve"


def test_another_part_of_an_archive_is_named(proof: Mapping[object, Verified]) -> None:
    (line,) = proof[another_part_of_an_archive].faults
    assert line.startswith("orp-5104.docx: část word/document.xml, bajt\u00a0č.\u00a0")
    assert line.endswith(": dříve 4C 65 7A 2E 2E 3C 2F 77, nyní 56 C4 9B 74 61 2E 3C 2F")


def test_a_missing_file_is_named(proof: Mapping[object, Verified]) -> None:
    assert proof[a_missing_file].faults == ("Soubor „orp-5105.pdf“ nelze číst: neexistuje.",)


def test_whatever_the_manifest_says_untruly_is_named(proof: Mapping[object, Verified]) -> None:
    unfit, untrue = proof[an_untrue_manifest].faults
    assert "manifest: orp-5106.html a\u00a0orp-5106.pdf. Vydání se nedokončilo" in unfit
    assert untrue == "Manifest uvádí jinak položku „files“."


def test_pipes_links_and_huge_files_are_not_read(proof: Mapping[object, Verified]) -> None:
    faults = proof[a_pipe_a_link_and_a_huge_file].faults
    assert {fault.replace("\u00a0", " ") for fault in faults} == {
        "Soubor „orp-5107.html“ nelze číst: není to obyčejný soubor.",
        "Soubor „orp-5107.docx“ je větší než 64 MB; nečte se.",
        "Soubor „orp-5107.xlsx“ je odkaz ven ze složky; nečte se.",
    }
    assert proof[a_pipe_for_the_manifest].faults == (
        f"Soubor „orp-5108{SUFFIX}“ nelze číst: není to obyčejný soubor.",
    )


def test_versions_of_both_manifests_are_told_where_they_differ(
    proof: Mapping[object, Verified],
) -> None:
    assert proof[another_version].note.startswith("od vydání se změnilo: pandas (2.0 → ")
    assert proof[another_version].faults == ()


def test_data_that_show_in_the_outputs_are_told(place: Workplace) -> None:
    table = place.data / "territory" / "districts.csv"
    text = table.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("ORP-5105,"))
    words = (place.reports / f"{ORP}.ipynb").read_text(encoding="utf-8").replace('"', " ").split()
    shown = next(word for word in words if word.isdigit() and f",{word}," in row)
    table.write_text(text.replace(f",{shown},", f",{int(shown) + 1},"), encoding="utf-8")
    (edition,) = proved(place.reports, place)
    assert f"  Obyvatel: [-{shown}-]{{+{int(shown) + 1}+}}" in edition.faults
    assert [fault for fault in edition.faults if fault.endswith("jiný než dříve")] == [
        f"orp-5105.{form}: jiný než dříve" for form in ("docx", "html", "ipynb", "pdf")
    ]
    assert edition.note == "od vydání se změnilo: territory/districts.csv"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"form": 99}, "není manifest, který by tato verze uměla číst"),
        ({"formats": [None]}, "není manifest, který by tato verze uměla číst"),
        ({"notebook": "../../tajny"}, "z\u00a0něhož se edice nevydávají"),
        ({"notebook": "\x1b[31m\ud800"}, "notebook „\x1b[31m\ud800“"),
        ({"parameters": IDENTITY | {"district": "ORP-5101"}}, "patří k\u00a0jiným souborům"),
        ({"parameters": IDENTITY | {"data": "../jina"}}, "jmenuje jiná data než ta, proti nimž"),
        ({"outputs": {"../../data/sources.csv": "0"}}, "patří k\u00a0jiným souborům"),
        ({"formats": ["exe"]}, "neznámé formáty: exe"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_a_fault_of_its_edition(
    changed: dict[str, object], words: str, place: Workplace
) -> None:
    rewritten(place.reports / f"{ORP}{SUFFIX}", lambda manifest: manifest.update(changed))
    (edition,) = proved(place.reports, place)
    assert edition.files == 0
    (fault,) = edition.faults
    assert words in fault
    shown = "".join(verified_lines([edition], []))
    assert shown.encode().decode().replace("\u00a0", " ").isprintable()


def test_what_is_named_like_a_table_and_is_no_file_is_passed_over(place: Workplace) -> None:
    (place.data / "slozka.csv").mkdir()
    (place.data / "nikam.csv").symlink_to("nikde")
    assert set(inputs(place).data) == set(inputs(Workplace(place.notebooks, DATA, ROOT)).data)


def test_a_notebook_that_fails_now_says_so(place: Workplace) -> None:
    path = place.notebooks / "district_brief.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("population", "obyvatele"), encoding="utf-8")
    (edition,) = proved(place.reports, place)
    (fault,) = edition.faults
    assert "Notebook „district_brief“ neproběhl" in fault
    assert "KeyError: 'obyvatele'" in fault


@pytest.mark.parametrize("folder", ["nikde", "notebooks"])
def test_a_folder_without_manifests_is_refused(folder: str, place: Workplace) -> None:
    with pytest.raises(ParameterError, match=r"neexistuje|není žádný manifest"):
        proved(place.notebooks.parent / folder, place)


def test_the_command_says_what_it_found_also_of_copies_and_of_what_has_no_manifest(
    place: Workplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place.notebooks.parent)
    words = ["verify", str(place.reports), "--workers", "1", "--data", str(place.data)]
    folder = place.reports / "2022-2023" / "orp"
    shutil.copytree(folder, place.reports / "kopie")
    (place.reports / "kopie" / "orp-5105.html").unlink()
    hidden = folder / ".ipynb_checkpoints"
    hidden.mkdir()
    for name in ("vlastni.html", "poznamky.txt", ".ipynb_checkpoints/vlastni.ipynb"):
        (folder / name).write_text("x", encoding="utf-8")
    table = place.data / "plans" / "2024-2025" / "funding.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.rstrip("\n").rpartition("\n")[0] + "\n", encoding="utf-8")
    assert main(words) == 1
    out, err = capsys.readouterr()
    note = "(od vydání se změnilo: plans/2024-2025/funding.csv)"
    assert out == (
        f"{ORP}: souhlasí {note}\nkopie/orp-5105: nesouhlasí {note}\n"
        "  Soubor „orp-5105.html“ nelze číst: neexistuje.\n"
        "2022-2023/orp/vlastni.html: bez manifestu, neověřeno\n"
    )
    assert err == (
        "Ověřeno: 2\u00a0edice, 10\u00a0souborů; nesouhlasí: 1. "
        "Bez manifestu, a\u00a0proto neověřeno: 1\u00a0soubor.\n"
    )
    shutil.rmtree(place.reports / "kopie")
    assert main(words) == 0
    assert "; vše vychází z\u00a0dat do posledního bajtu. Bez" in capsys.readouterr().err
