"""What is installed is what is declared, and from nowhere in particular."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

REQUIREMENT = re.compile(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def named(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def imports(folder: Path) -> Iterator[str]:
    """The top-level names of what the modules in ``folder`` import."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def undeclared(folder: str, *extras: str) -> set[str]:
    declared = {named(text) for text in PROJECT["dependencies"]}
    for extra in extras:
        declared |= {named(text) for text in PROJECT["optional-dependencies"][extra]}
    known = packages_distributions()
    outside = set(imports(ROOT / folder)) - sys.stdlib_module_names - {"slz_lib", "tests"}
    return {name for name in outside if declared.isdisjoint(map(named, known.get(name, [])))}


def test_the_package_imports_only_what_it_declares() -> None:
    assert undeclared("slz_lib", "cluster") == set()


def test_the_tests_import_only_what_is_declared() -> None:
    assert undeclared("tests", "test") == set()


def test_the_lock_holds_every_declared_package() -> None:
    locked = {named(line) for line in LOCK.splitlines() if not line.startswith(" ")}
    extras = PROJECT["optional-dependencies"].values()
    declared = {named(text) for texts in (PROJECT["dependencies"], *extras) for text in texts}
    assert declared <= locked


def test_the_lock_holds_names_versions_and_hashes_and_no_address() -> None:
    strange = [
        line
        for line in LOCK.splitlines()
        if not (REQUIREMENT.fullmatch(line) or HASH.fullmatch(line))
    ]
    assert strange == []
