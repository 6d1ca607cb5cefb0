from __future__ import annotations

from pathlib import Path

import pytest

from slz_lib.production.workplace import locate

ROOT = Path(__file__).resolve().parents[2]


def project(root: Path) -> Path:
    for folder in ("notebooks", "data"):
        (root / folder).mkdir(parents=True)
    return root


def test_the_nearest_folder_with_notebooks_and_data_is_the_workplace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = project(project(tmp_path / "outer") / "inner")
    monkeypatch.chdir(inner / "notebooks")
    found = locate()
    assert (found.notebooks, found.data, found.reports) == (
        inner / "notebooks",
        inner / "data",
        inner / "reports",
    )


def test_outside_any_project_the_checkout_of_the_package_is_the_workplace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate().notebooks == ROOT / "notebooks"


def test_given_folders_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path / "project")
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.chdir(root)
    found = locate(other, tmp_path / "out")
    assert (found.data, found.reports) == (other, tmp_path / "out")
