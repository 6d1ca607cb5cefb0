from __future__ import annotations

from pathlib import Path

from slz_lib.production.workplace import locate

ROOT = Path(__file__).resolve().parents[2]


def project(root: Path) -> Path:
    for folder in ("notebooks", "data"):
        (root / folder).mkdir(parents=True)
    return root


def test_the_nearest_folder_with_notebooks_and_data_is_the_workplace(tmp_path: Path) -> None:
    inner = project(project(tmp_path / "outer") / "inner")
    found = locate(start=inner / "notebooks")
    assert (found.notebooks, found.data, found.reports) == (
        inner / "notebooks",
        inner / "data",
        inner / "reports",
    )


def test_outside_any_project_the_checkout_of_the_package_is_the_workplace(tmp_path: Path) -> None:
    assert locate(start=tmp_path).notebooks == ROOT / "notebooks"


def test_given_folders_win(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    other = tmp_path / "other"
    other.mkdir()
    found = locate(other, tmp_path / "out", start=root)
    assert (found.data, found.reports) == (other, tmp_path / "out")
