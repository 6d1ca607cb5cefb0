"""What every test can use: the real data, loaded and evaluated once."""

from __future__ import annotations

from pathlib import Path

import pytest

import slz_lib

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def dataset() -> slz_lib.Dataset:
    """The real data."""
    return slz_lib.load(ROOT / "data")


@pytest.fixture(scope="session")
def evaluation(dataset: slz_lib.Dataset) -> slz_lib.Evaluation:
    """The real period 2022–2023."""
    return slz_lib.evaluate(dataset, "2022-2023")


@pytest.fixture(scope="session")
def plan(evaluation: slz_lib.Evaluation) -> slz_lib.ActionPlan:
    """The plan drafted from the real period."""
    return slz_lib.draft_plan(evaluation, "2024-2025")
