"""What changed between real runs: a brief issued from changed data, the committed report."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.errors import DocumentError, ParameterError
from slz_lib.production.catalogue import AREA_BRIEF
from slz_lib.production.comparing import issued
from slz_lib.production.comparing.reviews import Review, Section
from slz_lib.production.comparing.runs import comparison, reviewed
from slz_lib.production.workplace import Workplace
from tests.commands.review_sample import document
from tests.commands.sample import code, notebook, of_period, produce
from tests.commands.test_review import moves, told
from tests.conftest import ROOT

COMMITTED = ROOT / "reports" / "2022-2023" / "zprava-o-naplnovani.ipynb"
AREA = Path("2022-2023/okruhy/okruh-I.ipynb")
#: What is changed in the copy of the data: a status, a word of a commentary.
EDITS = {
    "decisions.csv": (
        ("\nI.5,2021,NEPLNENO,NEPLNĚNO,", "\nI.5,2021,CASTECNE,ČÁSTEČNĚ,"),
        (', který se teprve připravuje.",true', ', který se teprve projednává.",true'),
    ),
}


def place(data: Path, reports: Path) -> Workplace:
    return Workplace(notebooks=ROOT / "notebooks", data=data, reports=reports)


@pytest.fixture(scope="module")
def changed_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with the edits."""
    data = tmp_path_factory.mktemp("zmena") / "data"
    shutil.copytree(ROOT / "data", data)
    for name, edits in EDITS.items():
        file = data / "periods" / "2022-2023" / name
        content = file.read_text(encoding="utf-8")
        for old, new in edits:
            assert content.count(old) == 1
            content = content.replace(old, new)
        file.write_text(content, encoding="utf-8", newline="\n")
    return data


@pytest.fixture(scope="module")
def briefs(
    dataset: slz_lib.Dataset, changed_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The brief of area I issued from the real data and, as a draft, from the changed ones."""
    folders = []
    for data, known in ((ROOT / "data", dataset), (changed_data, slz_lib.load(changed_data))):
        reports = tmp_path_factory.mktemp("okruh")
        draft = data == changed_data
        made = of_period(AREA_BRIEF, "2022-2023", "html", area="I", draft=draft)
        produce(made, place(data, reports), known)
        folders.append(reports)
    return folders[0], folders[1]


@pytest.fixture(scope="module")
def of_brief(briefs: tuple[Path, Path]) -> Review:
    (review,) = comparison(*briefs).reviews
    return review


def test_the_brief_lists_the_moved_status_and_nothing_else_as_one(of_brief: Review) -> None:
    assert moves(of_brief) == [
        (
            (
                "I.5\u2002Celokrajský přehled volných krizových bytů a\u00a0míst "
                "v\u00a0azylových domech"
            ),
            "[-○\u00a0NEPLNĚNO-]{+◐\u00a0ČÁSTEČNĚ+}",
            "zveřejněný stav",
        )
    ]
    assert told(of_brief, Section.NUMBERS) == []


def test_a_folder_is_compared_edition_by_edition(briefs: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = tmp_path / "a", tmp_path / "b"
    for folder, brief, lone in ((old, briefs[0], "stara"), (new, briefs[1], "nova")):
        shutil.copytree(brief / "2022-2023", folder)
        shutil.copy(COMMITTED, folder)
        shutil.copy(COMMITTED, folder / f"{lone}.ipynb")
        hidden = folder / ".ipynb_checkpoints"
        hidden.mkdir()
        shutil.copy(COMMITTED, hidden / "okruh-I-checkpoint.ipynb")
    found = comparison(old, new)
    changed = [(review.name, bool(review.differences)) for review in found.reviews]
    assert changed == [("zprava-o-naplnovani", False), ("okruhy/okruh-I", True)]
    assert (found.only_old, found.only_new) == (("stara",), ("nova",))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_same_runs_give_the_same_review_wherever_they_lie(
    form: str, briefs: tuple[Path, Path], tmp_path: Path
) -> None:
    first = reviewed(briefs[0] / AREA, briefs[1] / AREA, form)
    elsewhere = [tmp_path / "jinde" / name for name in ("a", "b")]
    for source, target in zip(briefs, elsewhere, strict=True):
        target.mkdir(parents=True)
        shutil.copy(source / AREA, target)
    assert reviewed(elsewhere[0] / AREA.name, elsewhere[1] / AREA.name, form) == first
    assert str(tmp_path.parent) not in first


def test_the_command_prints_the_review_or_writes_it_and_ends_with_0(
    briefs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (str(folder / AREA) for folder in briefs)
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out.endswith("Beze změny.\n")
    target = tmp_path / "zmena.html"
    assert main(["diff", old, new, "--format", "html", "--out", str(target)]) == 0
    assert capsys.readouterr() == ("", f"Porovnání je uloženo: {target}\n")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_command_never_writes_over_what_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        shutil.copy(COMMITTED, tmp_path / name)
    folders = str(tmp_path / "a"), str(tmp_path / "b")
    given = str(tmp_path / "a" / COMMITTED.name)
    for old, new, out in ((given, given, given), (*folders, folders[0]), (*folders, given)):
        assert main(["diff", old, new, "--out", out]) == 1
    assert main(["diff", *folders, "--out", str(tmp_path / "b" / "zmena.html")]) == 1
    assert capsys.readouterr().err.count("Chyba: ") == 4
    assert Path(given).read_bytes() == COMMITTED.read_bytes()


def refused(old: Path, new: Path) -> str:
    with pytest.raises(ParameterError) as caught:
        comparison(old, new)
    return str(caught.value).replace("\u00a0", " ")


def test_runs_of_different_editions_are_refused(briefs: tuple[Path, Path], tmp_path: Path) -> None:
    message = refused(COMMITTED, briefs[0] / AREA)
    assert message.startswith("Nejsou to dva běhy téže edice: „Zpráva o naplňování")
    assert "(period = '2022-2023') a „Okruh I:" in message
    other = notebook(code("1"))
    bundle = document().title._repr_mimebundle_()
    other.cells[1].outputs = [nbformat.v4.new_output("display_data", data=bundle)]
    nbformat.write(other, tmp_path / "jiny.ipynb")
    same_period = refused(COMMITTED, tmp_path / "jiny.ipynb")
    assert same_period.startswith("Nejsou to dva běhy téže edice")


CELL = '{"id": "a", "cell_type": "code", "execution_count": null, "outputs": [%s], %s}'
NOTEBOOK = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [%s]}'


@pytest.mark.parametrize(
    "content",
    [
        "není to JSON",
        "[]",
        "{}",
        '{"nbformat": 4, "cells": 1}',
        NOTEBOOK % (CELL % ("", '"metadata": {}, "source": 5')),
        NOTEBOOK % (CELL % ("", '"metadata": {"tags": 5}, "source": ""')),
        "\udcff\udcfe\x00",
    ],
)
def test_what_is_no_notebook_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    file = tmp_path / "zprava.ipynb"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert refused(file, COMMITTED) == "Soubor „zprava.ipynb“ není notebook Jupyter."


@pytest.mark.parametrize("depth", [400, 100_000])
def test_a_notebook_nested_too_deeply_is_refused_in_a_sentence(depth: int, tmp_path: Path) -> None:
    file = tmp_path / "zprava.ipynb"
    nested = "[" * depth + "]" * depth
    output = '{"output_type": "display_data", "metadata": {}, "data": {"application/json": %s}}'
    file.write_text(NOTEBOOK % (CELL % (output % nested, '"metadata": {}, "source": ""')), "utf-8")
    with pytest.raises((ParameterError, DocumentError), match=r"„zprava\.ipynb“"):
        comparison(file, file)


def test_a_notebook_without_outputs_is_refused() -> None:
    message = refused(ROOT / "notebooks" / "annual_report.ipynb", COMMITTED)
    assert message.startswith("Notebook „annual_report.ipynb“ nemá výstupy; porovnávají se vydané")


def test_a_place_without_a_notebook_is_refused(tmp_path: Path) -> None:
    assert "není žádný notebook (.ipynb)" in refused(tmp_path, tmp_path)
    assert refused(tmp_path, tmp_path / "neni").endswith("neni“ není soubor ani složka.")
    assert refused(COMMITTED, tmp_path).startswith("Porovnávají se dva notebooky, nebo dvě složky")
    shutil.copy(COMMITTED, tmp_path / "jina.ipynb")
    assert refused(ROOT / "reports", tmp_path).endswith("nemají společnou žádnou edici.")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def an_endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_out(path: Path) -> None:
    path.symlink_to(COMMITTED)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_huge_file(path: Path) -> None:
    path.touch()
    os.truncate(path, 1024**4)


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (a_pipe, "není to obyčejný soubor."),
        (an_endless_device, "je odkaz ven ze složky; nečte se."),
        (a_link_out, "je odkaz ven ze složky; nečte se."),
        (a_link_to_itself, "nelze otevřít: odkazy vedou v kruhu."),
        (a_huge_file, "je větší než 64 MB; nečte se."),
    ],
)
def test_only_regular_files_of_the_folder_are_read_within_limits(
    put: object, words: str, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    put(tmp_path / "a" / "x.ipynb")  # type: ignore[operator]  # one of the above
    shutil.copy(COMMITTED, tmp_path / "b" / "x.ipynb")
    message = refused(tmp_path / "a", tmp_path / "b")
    assert message.endswith(words)
    assert "x.ipynb" in message


def test_links_to_folders_are_not_followed_and_files_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ven").symlink_to(ROOT / "reports")
    assert "není žádný notebook" in refused(tmp_path / "a", tmp_path / "a")
    monkeypatch.setattr(issued, "MAX_FILES", 3)
    assert "má více než 3 souborů" in refused(ROOT / "reports", ROOT / "reports")


def test_all_faulty_editions_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    for name in ("jedna", "dve"):
        (tmp_path / f"{name}.ipynb").write_text("[]", encoding="utf-8")
    assert refused(tmp_path, tmp_path) == (
        "Porovnat nelze 2 edice:\n  • Soubor „dve.ipynb“ není notebook Jupyter.\n"
        "  • Soubor „jedna.ipynb“ není notebook Jupyter."
    )


def test_a_failed_run_is_refused_with_its_cell(tmp_path: Path) -> None:
    failed = notebook(code("1 / 0"))
    failed.cells[-1].outputs = [
        nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero")
    ]
    file = tmp_path / "zprava.ipynb"
    nbformat.write(failed, file)
    with pytest.raises(DocumentError, match="ZeroDivisionError"):
        comparison(file, file)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff", "x"], "Chybí argument PO."),
        (["diff", "x", "y", "--format", "htm"], "Podobu „htm“ neznám; známé jsou text, markdown"),
        (["diff", "x", "y"], "„x“ není soubor ani složka."),
    ],
)
def test_what_cannot_be_compared_ends_with_one_czech_message_and_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Chyba: {message}")
