"""A synthetic data folder, valid as committed; tests spoil copies of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SYNTHETIC = Path(__file__).parent / "synthetic"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the synthetic data that a test may spoil."""
    return Path(shutil.copytree(SYNTHETIC, tmp_path / "data"))
