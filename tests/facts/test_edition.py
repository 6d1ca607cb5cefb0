from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import v4

from slz_lib.errors import DocumentError, ExecutionError, ParameterError
from slz_lib.production import edition as editions
from slz_lib.production.execution import read_notebook, run
from slz_lib.production.workplace import Workplace
from tests.commands.sample import TABLE, code, edition, files, notebook, produce, workplace
from tests.conftest import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

OLD = {"2022-2023/zprava.html": b"old", "2022-2023/zprava.pdf": b"old"}


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """A notebook that ran once for all the tests of what comes after."""
    place = workplace(tmp_path_factory.mktemp("executed"), notebook(code(TABLE)))
    source = read_notebook(place.notebooks / "zkouska.ipynb")
    return run(source, {"period": "2022-2023"}, name="zkouska", folder=place.notebooks)


@pytest.fixture
def place(tmp_path: Path, executed: NotebookNode, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A workplace whose notebook has already run, with outputs of an earlier edition."""
    monkeypatch.setattr(editions, "run", lambda *_, **__: executed)
    made = workplace(tmp_path / "project", notebook(code(TABLE)))
    with_old_outputs(made)
    return made


def with_old_outputs(made: Workplace) -> None:
    for name, content in OLD.items():
        path = made.reports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_an_edition_is_the_same_whatever_the_folder_the_zone_and_the_hash_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = "import warnings; warnings.warn('cesta ke stroji')"
    made = []
    for folder, zone, seed in (("a", "Europe/Prague", "1"), ("b/c", "Asia/Tokyo", "2")):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        content = notebook(code(warning), code(TABLE))
        for number, cell in enumerate(content.cells):
            cell.id = f"c{number}"
        place = workplace(tmp_path / folder, content)
        assert [path.suffix for path in produce(edition(draft="ano"), place).written] == [
            ".docx",
            ".html",
            ".ipynb",
            ".json",
            ".pdf",
            ".xlsx",
        ]
        made.append(files(place.reports))
    assert made[0] == made[1]
    written = made[0]["2022-2023/zprava.ipynb"].decode()
    assert "cesta ke stroji" not in written.replace(warning, "")
    assert "papermill" not in written
    assert str(tmp_path) not in written


def test_a_failing_cell_is_named_with_its_cause_and_earlier_outputs_stay(tmp_path: Path) -> None:
    place = workplace(tmp_path, notebook(code("# výpočet\nkraj = {}\nkraj['ORP-5105']")))
    with_old_outputs(place)
    with pytest.raises(ExecutionError) as caught:
        produce(edition(), place)
    assert str(caught.value) == (
        "Notebook „zkouska“ neproběhl, buňka 4 „# výpočet“: KeyError: 'ORP-5105'"
    )
    assert files(place.reports) == OLD
    assert [path.name for path in place.reports.iterdir()] == ["2022-2023"]


def test_the_cell_right_after_the_parameters_is_counted_as_the_analyst_counts(
    tmp_path: Path,
) -> None:
    made = v4.new_notebook(cells=[code("a = 1", "parameters"), code("1 / 0")])
    with pytest.raises(ExecutionError, match="buňka 2 „1 / 0“: ZeroDivisionError"):
        run(made, {"a": 2}, name="z", folder=tmp_path)


def test_an_error_of_the_package_in_a_cell_is_told_by_its_words_alone(tmp_path: Path) -> None:
    source = "from slz_lib.errors import EvaluationError\nraise EvaluationError('Chybí pravidlo.')"
    with pytest.raises(
        ExecutionError, match=r"„from slz_lib.errors import EvaluationError“: Chybí pravidlo\.$"
    ):
        produce(edition(), workplace(tmp_path, notebook(code(source))))


def test_what_the_gate_refuses_is_counted_as_the_analyst_counts_cells(tmp_path: Path) -> None:
    place = workplace(tmp_path, notebook(code("1 + 1")))
    with pytest.raises(DocumentError, match=r"buňka 4 „1 \+ 1“"):
        produce(edition(), place)
    assert not place.reports.exists()


#: Runs each of the cells it is given under Jupyter's own engine and prints what is told of it.
_IN_A_KERNEL = """
import sys
from pathlib import Path
from nbformat import v4
from slz_lib.errors import ExecutionError
from slz_lib.production.engine import NBCLIENT, Running
from slz_lib.production.execution import run
for source in sys.argv[1:]:
    made = v4.new_notebook(cells=[v4.new_code_cell("1"), v4.new_code_cell(source)])
    how = Running(engine=NBCLIENT, timeout=1)
    try:
        run(made, {}, name="z", folder=Path.cwd(), how=how)
    except ExecutionError as error:
        print(error)
"""


def in_a_kernel(folder: Path, *sources: str) -> list[str]:
    """What is told of the cells; the error stream is empty."""
    command = [sys.executable, "-c", _IN_A_KERNEL, *sources]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_PATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    assert not done.stderr
    return done.stdout.decode().replace("\u00a0", " ").splitlines()


@pytest.mark.thorough
def test_in_a_kernel_too_late_and_dead_cells_are_told_and_nothing_else(tmp_path: Path) -> None:
    late, dead = in_a_kernel(tmp_path, "import time; time.sleep(60)", "import os; os._exit(3)")
    assert "buňka 2 „import time; time.sleep(60)“: trvala déle než smí (1 s)." in late
    assert "jádro Pythonu se zastavilo" in dead


@pytest.mark.parametrize(
    ("program", "said"),
    [("neni", "chybí jádro „python3“"), ("false", "jádro Pythonu se zastavilo")],
)
def test_a_kernel_that_does_not_start_is_told_and_nothing_else(
    program: str, said: str, tmp_path: Path
) -> None:
    described = tmp_path / "kernels" / "python3" / "kernel.json"
    described.parent.mkdir(parents=True)
    described.write_text(json.dumps({"argv": [program], "display_name": "", "language": "python"}))
    assert said in in_a_kernel(tmp_path, "1")[0]


def test_a_notebook_that_is_not_there_is_refused(tmp_path: Path) -> None:
    place = workplace(tmp_path, notebook(), name="jiny")
    with pytest.raises(ParameterError, match=r"Notebook „zkouska.ipynb“ ve složce notebooks/ není"):
        produce(edition(), place)


@pytest.mark.parametrize(
    "content",
    [
        "není",
        "[" * 100_000,
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {"a": %s}, "cells": []}'
        % ("[" * 90 + "]" * 90),
        """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "id": "z", "metadata": {"tags": 5}, "source": "1", "outputs": [],
         "execution_count": null}]}""",
        """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "raw", "id": "z", "metadata": {}, "source": "\\ud800"}]}""",
    ],
    ids=["no JSON", "no end", "deep", "tags are a number", "half of a sign"],
)
def test_a_file_that_is_no_notebook_is_refused(content: str, tmp_path: Path) -> None:
    place = workplace(tmp_path, notebook())
    (place.notebooks / "zkouska.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError, match="není notebook Jupyter"):
        produce(edition(), place)


def test_an_edition_is_the_same_wherever_its_data_lie(tmp_path: Path) -> None:
    lines = "from pathlib import Path\nrows = (Path(data) / 'rows.csv').read_text()\nassert rows"
    place = workplace(tmp_path / "project", notebook(code(lines), code(TABLE)))
    made: list[dict[str, bytes]] = []
    for data in (place.data, tmp_path / "project" / "jina", tmp_path / "elsewhere" / "data"):
        data.mkdir(parents=True, exist_ok=True)
        (data / "rows.csv").write_text("a\n", encoding="utf-8")
        out = tmp_path / f"out-{len(made)}"
        produce(edition(draft="ano"), Workplace(place.notebooks, data, out))
        made.append(files(out))
    assert made[0] == made[1] == made[2]
    injected = nbformat.reads(made[0]["2022-2023/zprava.ipynb"].decode(), as_version=4).cells[1]
    assert injected.source == '# Parameters\nperiod = "2022-2023"\ndraft = True\ndata = "../data"\n'


def test_formats_of_an_earlier_edition_that_are_not_written_again_are_removed(
    place: Workplace,
) -> None:
    folder = place.reports / "2022-2023"
    (folder / "zprava.txt").write_bytes(b"no format of ours")
    (folder / "jina.xlsx").write_bytes(b"another document")
    wanted = edition("html")
    delivered = produce(wanted, place)
    assert delivered.removed == (folder / "zprava.pdf",)
    assert sorted(path.name for path in folder.iterdir()) == [
        "jina.xlsx",
        "zprava.html",
        "zprava.ipynb",
        "zprava.manifest.json",
        "zprava.txt",
    ]
    assert (folder / "zprava.html").read_bytes() != OLD["2022-2023/zprava.html"]


def test_a_notebook_without_ids_of_cells_gets_lasting_ones(tmp_path: Path) -> None:
    old = v4.new_notebook(cells=[code("1"), code("2")])
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]
    place = workplace(tmp_path, old)
    read = read_notebook(place.notebooks / "zkouska.ipynb")
    assert [cell.id for cell in read.cells] == ["cell-1", "cell-2"]
