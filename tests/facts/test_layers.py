"""Data goes one way: a module imports only what stands in its own layer or in an earlier one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "slz_lib"

LAYERS = (
    {"errors", "untrusted", "refusals", "archives"},
    {"language"},
    {"vocabulary"},
    {"palette", "display", "typeface"},
    {"dataset"},
    {"collection"},
    {"evaluation"},
    {"planning"},
    {"documents"},
    {"presentation"},
    {"production"},
    {"lab"},
    {"cli"},
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}

#: The package's own face names every layer, lazily.
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def imported(tree: ast.AST) -> Iterator[str]:
    """The layers that a module imports from, inside functions too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(module="slz_lib", names=names):
                found = [f"slz_lib.{alias.name}" for alias in names]
            case ast.ImportFrom(module=str(module)):
                found = [module]
            case _:
                continue
        for name in found:
            package, _, rest = name.partition(".")
            if package == "slz_lib" and rest and not rest.startswith("__"):
                yield rest.partition(".")[0]


def dotted(module: Path) -> str:
    """A module's name in an import."""
    parts = module.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported_modules(tree: ast.AST, known: set[str]) -> set[str]:
    """Our own modules that a module imports, whether at once, late or for types alone."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in known:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= inner or {node.module}
    return found


def layer(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_module_belongs_to_a_layer() -> None:
    assert {layer(module) for module in MODULES} == set(RANKS)


def test_no_module_imports_a_later_layer() -> None:
    later = {
        module.relative_to(PACKAGE).as_posix(): names
        for module in MODULES
        if (
            names := {
                name
                for name in imported(ast.parse(module.read_text(encoding="utf-8")))
                if RANKS[name] > RANKS[layer(module)]
            }
        )
    }
    assert later == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {dotted(module) for module in MODULES}
    graph = {
        dotted(module): imported_modules(ast.parse(module.read_text(encoding="utf-8")), known)
        - {dotted(module)}
        for module in MODULES
    }
    assert list(TopologicalSorter(graph).static_order())  # a circle is an error that shows it


def test_no_module_uses_a_relative_import() -> None:
    """Relative imports would pass the test above unseen."""
    relative = [
        module.relative_to(PACKAGE).as_posix()
        for module in [*MODULES, PACKAGE / "__init__.py"]
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
