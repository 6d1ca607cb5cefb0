"""The exporters as ``jupyter nbconvert`` calls them."""

from __future__ import annotations

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
from slz_lib.production.formats import FORMATS

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


def test_nbconvert_tells_a_refusal_by_its_words_alone_and_fails(tmp_path: Path) -> None:
    path = refused(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "slz_html", path.name],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("Dokument „zkouska“ nelze vydat, má 2\u00a0vady:") == 1
    assert "buňka 1 „### Hluboko“: první nadpis" in ended.stderr
    assert list(tmp_path.iterdir()) == [path]
