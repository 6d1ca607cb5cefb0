"""The parts of Typer that ``cli/czech_commands.py`` stands on; the module is not imported."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import typer

MODULE = Path(__file__).resolve().parents[2] / "slz_lib" / "cli" / "czech_commands.py"

ADVICE = (
    "Typer {version} has moved what slz_lib/cli/czech_commands.py imports: {missing}. Look for the "
    "new places in typer/core.py (its classes of commands), adapt the imports, run "
    "tests/commands/test_cli.py, and only then raise the version in pyproject.toml."
)


def missing(module: str, name: str) -> bool:
    try:
        return not hasattr(import_module(module), name)
    except ImportError:
        return True


def test_typer_has_the_private_parts_that_czech_commands_need() -> None:
    wanted = [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(MODULE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("typer.")
        for alias in node.names
    ]
    assert any(module.startswith("typer._click") for module, _ in wanted)
    moved = [f"{module}.{name}" for module, name in wanted if missing(module, name)]
    assert moved == [], ADVICE.format(version=typer.__version__, missing=", ".join(moved))
