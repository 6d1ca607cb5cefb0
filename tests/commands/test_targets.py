"""Where a command's result may not go, whatever the user says: nothing there is changed."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from slz_lib.cli import main

ROOT = Path(__file__).resolve().parents[2]
PERIOD = "2022-2023"
NOTEBOOK = f"reports/{PERIOD}/zprava-o-naplnovani.ipynb"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workplace with one issued notebook, twice, in which the test runs."""
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("a.ipynb", "b.ipynb", "c.json"):
        shutil.copy(ROOT / NOTEBOOK, tmp_path / name)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("c.json")
    (tmp_path / "away").symlink_to("/dev/null")
    if os.geteuid() == 0:
        os.mknod(tmp_path / "device", stat.S_IFCHR | 0o666, os.makedev(1, 7))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Kind and content of whatever is in ``folder``."""
    return {
        path.relative_to(folder).as_posix(): (
            stat.S_IFMT(path.lstat().st_mode),
            path.read_bytes() if path.is_file() and not path.is_symlink() else b"",
        )
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    "command",
    [
        *(
            f"{name} {PERIOD} --json {target}"
            for name in ("evaluate", "audit")
            for target in ("pipe", "link", "data/strategy/areas.csv")
        ),
        f"evaluate {PERIOD} --json away",
        f"evaluate {PERIOD} --json device",
        f"evaluate {PERIOD} --json data",
        f"evaluate {PERIOD} --json data/new.json",
        f"evaluate {PERIOD} --json notebooks/annual_report.ipynb",
        f"evaluate {PERIOD} --json jiny.ipynb",
        f"evaluate {PERIOD} --json tabulka.CSV",
        "diff a.ipynb b.ipynb --out a.ipynb",
        "diff a.ipynb b.ipynb --out pipe",
        f"report {PERIOD} --out notebooks",
        f"batch {PERIOD} --out data/vystupy",
    ],
)
def test_a_result_replaces_no_input_and_nothing_that_is_no_file(
    command: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if command.endswith("device") and not (place / "device").exists():
        pytest.skip("only root makes a device")
    before = state(place)
    assert main(command.split()) in {1, 2}
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Chyba: ")
    assert len(err.splitlines()) == 1
    assert state(place) == before
