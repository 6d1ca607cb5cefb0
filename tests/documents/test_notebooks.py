"""The shipped notebooks: prose, one parameters cell and one call a cell, without outputs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == kind]


def code(path: Path) -> list[str]:
    """Sources of the code cells that are Python, without magics."""
    return [
        "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
        for cell in cells(path, "code")
        if not cell.source.startswith("%%")
    ]


def prose(path: Path) -> list[str]:
    return [c.source for c in cells(path, "code") if c.source.startswith("%%prose")]


def test_these_notebooks_are_shipped() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "action_plan",
        "annual_report",
        "area_brief",
        "body_brief",
        "brochure",
        "collection",
        "council_brief",
        "district_brief",
        "plan_annex",
        "technical_annex",
        "tour",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    kept = [cell.id for cell in cells(path, "code") if cell.outputs or cell.execution_count]
    assert kept == []


def test_notebooks_open_in_the_kernel_of_the_workplace() -> None:
    names = {path.stem: nbformat.read(path, 4).metadata.kernelspec.name for path in NOTEBOOKS}
    assert set(names.values()) == {"slz"}, names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_parameters_cell(path: Path) -> None:
    tagged = [c for c in cells(path, "code") if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing_and_names_no_colour(path: Path) -> None:
    for source in code(path):
        nodes = list(ast.walk(ast.parse(source)))
        assert not [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
        assert not re.search(r"#[0-9a-fA-F]{6}\b", source)


@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.stem != "tour"], ids=lambda path: path.stem
)
def test_no_figure_is_typed_into_the_prose(path: Path) -> None:
    for source in prose(path):
        ordered = r"^\d+\. "
        text = re.sub(
            rf"\{{\{{.*?\}}\}}|\{{%.*?%\}}|\{{#[^}}]*\}}|\(#[^)]*\)|{ordered}",
            "",
            source,
            flags=re.MULTILINE,
        )
        assert not re.findall(r"\d+", text), text


@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.stem != "tour"], ids=lambda path: path.stem
)
def test_a_cell_of_a_report_shows_one_thing(path: Path) -> None:
    for source in code(path):
        shown = [node for node in ast.parse(source).body if isinstance(node, ast.Expr)]
        assert len(shown) <= 1, source
