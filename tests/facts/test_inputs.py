"""What decides about an edition, as digests."""

from __future__ import annotations

from pathlib import Path

import pytest

import slz_lib
from slz_lib.production.inputs import code_digest


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two files in the place of ``slz_lib``."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "documents" / "report.css").write_text("p { margin: 0; }")
    monkeypatch.setattr(slz_lib, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


@pytest.mark.parametrize("left", [".ruff_cache/1", "documents/.ruff_cache/1", "__pycache__/a.pyc"])
def test_what_tools_leave_in_the_package_is_no_code(left: str, package: Path) -> None:
    before = code_digest()
    (package / left).parent.mkdir(parents=True)
    (package / left).write_text("x")
    assert code_digest() == before


@pytest.mark.parametrize("name", ["documents/report.css", "documents/new.py", "__init__.py"])
def test_every_other_file_is(name: str, package: Path) -> None:
    before = code_digest()
    (package / name).write_text("/* another */")
    assert code_digest() != before
