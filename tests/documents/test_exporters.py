"""The exporters as ``jupyter nbconvert`` calls them."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.utils.exceptions import ConversionException
from nbformat import v4

from slz_lib.documents.exporters import SlzExporter
from slz_lib.production.catalogue import FORMATS

EXPORTERS = {
    entry.name: entry
    for entry in entry_points(group="nbconvert.exporters")
    if entry.value.startswith("slz_lib.")
}


def refused(folder: Path) -> Path:
    """A notebook that the gate refuses."""
    path = folder / "zkouska.ipynb"
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("### Hluboko", id="a")])
    nbformat.write(notebook, path)
    return path


def test_every_format_has_an_exporter_of_its_name() -> None:
    assert set(EXPORTERS) == {f"slz_{name}" for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_an_exporter_names_its_file_after_its_form(name: str) -> None:
    exporter: Any = EXPORTERS[f"slz_{name}"].load()
    assert issubclass(exporter, SlzExporter)
    assert exporter().file_extension == f".{name}"


def test_a_refusal_is_an_error_that_nbconvert_expects(tmp_path: Path) -> None:
    exporter: Any = EXPORTERS["slz_pdf"].load()
    with pytest.raises(ConversionException, match="Dokument „zkouska“ nelze vydat"):
        exporter().from_filename(str(refused(tmp_path)))


def converted(path: Path, *options: str) -> str:
    """What nbconvert says of a notebook that it refuses."""
    ended = subprocess.run(
        [sys.executable, "-m", "nbconvert", *options, "--to", "slz_html", path.name],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=path.parent,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert list(path.parent.iterdir()) == [path]
    return ended.stderr


def test_nbconvert_tells_a_refusal_by_its_words_alone_and_fails(tmp_path: Path) -> None:
    said = converted(refused(tmp_path))
    assert said.count("Dokument „zkouska“ nelze vydat, má 2\u00a0vady:") == 1
    assert "buňka 1 „### Hluboko“: první nadpis" in said


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("print(1)\n1 / 0", "buňka 2 „print(1)“: výpočet skončil chybou ZeroDivisionError"),
        ("input()", "buňka 2 „input()“: na input() při vydání nikdo neodpoví"),
        ("%nesmysl", "buňka 2 „%nesmysl“: výpočet skončil chybou UsageError"),
        ("display({'text/markdown': 5}, raw=True)", "výstup, který notebook neumí uložit"),
    ],
)
def test_a_cell_that_fails_as_nbconvert_runs_it_is_told_by_its_name(source: str, told: str) -> None:
    exporter: Any = EXPORTERS["slz_html"].load()
    running = exporter(preprocessors=["nbconvert.preprocessors.ExecutePreprocessor"])
    running._preprocessors[-1].enabled = True
    cells = [v4.new_markdown_cell("# A"), v4.new_code_cell(source), v4.new_code_cell("1")]
    with pytest.raises(ConversionException, match=re.escape(told)):
        running.from_notebook_node(v4.new_notebook(cells=cells))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{]", "Soubor není notebook Jupyter"),
        (b"", "Soubor není notebook Jupyter"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "Soubor není notebook Jupyter"),
    ],
)
def test_a_file_that_is_no_notebook_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    exporter: Any = EXPORTERS["slz_html"].load()
    (tmp_path / "x.ipynb").write_bytes(content)
    with pytest.raises(ConversionException, match=told):
        exporter().from_filename(str(tmp_path / "x.ipynb"))


def test_a_kernel_that_is_not_there_is_told() -> None:
    exporter: Any = EXPORTERS["slz_html"].load()
    notebook = v4.new_notebook(cells=[v4.new_code_cell("1")])
    notebook.metadata.kernelspec = {"name": "neni", "display_name": "není"}
    running = exporter(preprocessors=["nbconvert.preprocessors.ExecutePreprocessor"])
    running._preprocessors[-1].enabled = True
    with pytest.raises(ConversionException, match="chybí jádro"):
        running.from_notebook_node(notebook)
