"""What commands that change the data are tried on: a copy of the real ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.cli import main
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the real data, to be changed."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``slz`` over the copy: exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data", str(data)])
        out, err = capsys.readouterr()
        return code, out, err

    return call
