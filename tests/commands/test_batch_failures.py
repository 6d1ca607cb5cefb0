"""Whatever an edition dies of is that edition's error: the others are made, the old one stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.cli import main
from slz_lib.production.batch.values import Summary
from slz_lib.production.workplace import Workplace
from tests.commands.batch_sample import (
    DATA,
    DISTRICTS,
    PERIOD,
    copied,
    issued,
    project,
    sets,
    write,
)

pytestmark = pytest.mark.thorough

#: What the last cell does for an ORP, and what is said of it.
FAULTS = {
    "5101": ("{}['klíč']", "KeyError: 'klíč'"),
    "5102": ("import os; os._exit(3)", "výpočet skončil bez odpovědi"),
    "5103": ("import ctypes; ctypes.string_at(0)", "výpočet skončil bez odpovědi"),
    "5104": ("while True: pass", "trvala déle než smí (5 s)"),
    "5105": ("bytearray(9_000_000_000)", "MemoryError"),
    "5106": ("1 + 1", "ukazuje holou hodnotu"),
    "5107": ("import os; os.kill(os.getppid(), 9)", "Proces edice ukončil systém (signál 9)"),
    "5108": (
        "import os; os.kill(os.getppid(), 9)\nwhile True: pass",
        "Proces edice ukončil systém (signál 9)",
    ),
}
COMMAND = ["batch", PERIOD, "--formats", "html", "--data", str(DATA)]
WHOLE = ("5109", "5110")


def by_district(cells: dict[str, str]) -> str:
    """A cell that does something else for each ORP."""
    branches = (
        f"if district == 'ORP-{number}':\n" + "".join(f"    {line}\n" for line in cell.splitlines())
        for number, cell in cells.items()
    )
    return "".join(branches)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace whose editions have been issued in an earlier wording."""
    place = project(tmp_path_factory.mktemp("stare") / "projekt", caption="dřívější")
    assert not issued(place).failed
    return place


@pytest.fixture
def place(old: Workplace, tmp_path: Path) -> Workplace:
    return copied(old, tmp_path / "projekt")


@pytest.fixture(scope="module")
def failed(old: Workplace, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workplace, Summary]:
    """The same workplace after a batch in which most editions fail."""
    place = copied(old, tmp_path_factory.mktemp("vady") / "projekt")
    # A value is shown only where the cell ends with it.
    cells = {number: cell for number, (cell, _) in FAULTS.items() if cell != "1 + 1"}
    write(
        place.notebooks,
        "district_brief",
        by_district(cells) + "2 if district == 'ORP-5106' else None",
    )
    return place, issued(place, timeout=5.0, memory=8_000_000_000)


@pytest.mark.parametrize("number", FAULTS)
def test_a_failed_edition_is_told_with_its_cause_and_keeps_its_old_outputs(
    number: str, failed: tuple[Workplace, Summary], old: Workplace
) -> None:
    place, summary = failed
    name = f"{PERIOD}/orp/orp-{number}"
    (told,) = [done.failure for done in summary.failed if done.name == name]
    assert FAULTS[number][1] in str(told).replace("\u00a0", " ")
    if number not in {"5107", "5108"}:
        assert "„district_brief“" in str(told)
        assert "buňka 5 „" in str(told)
    assert sets(place.reports)[name] == sets(old.reports)[name]


@pytest.mark.parametrize("number", WHOLE)
def test_the_other_editions_are_made(
    number: str, failed: tuple[Workplace, Summary], old: Workplace
) -> None:
    place, summary = failed
    name = f"{PERIOD}/orp/orp-{number}"
    assert not summary.done[name].failure
    assert sets(place.reports)[name]["html"] != sets(old.reports)[name]["html"]


def test_nothing_is_left_beside_the_outputs(failed: tuple[Workplace, Summary]) -> None:
    place, _ = failed
    assert sorted(path.name for path in (place.reports / PERIOD).iterdir()) == ["davka.json", "orp"]


def test_the_next_batch_makes_only_what_failed(
    failed: tuple[Workplace, Summary], tmp_path: Path
) -> None:
    place, _ = failed
    copy = copied(place, tmp_path / "projekt")
    agenda = issued(copy, resume=True, dry=True).agenda
    assert [item.name for item in agenda.due] == [f"{PERIOD}/orp/orp-{number}" for number in FAULTS]


def test_failures_stand_at_the_end_and_the_batch_did_not_succeed(
    place: Workplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal there are plain lines, and no bar."""
    write(place.notebooks, "district_brief", by_district({"5104": "{}['klíč']"}))
    monkeypatch.chdir(place.notebooks.parent)
    assert main([*COMMAND, "--only", "districts"]) == 1
    out, err = capsys.readouterr()
    assert sorted(out.splitlines()) == [name for name in DISTRICTS if not name.endswith("5104")]
    said, end = err.splitlines()
    assert said == (
        f"Chyba: {PERIOD}/orp/orp-5104: Notebook „district_brief“ neproběhl, buňka 5 "
        "„if district == 'ORP-5104':“: KeyError: 'klíč'"
    )
    rest = r"Hotovo za \d+(,\d)? s; vydáno: 9 edic, selhalo: 1 \(dřívější výstupy zůstaly\)\."
    assert re.fullmatch(rest, end.replace("\u00a0", " "))


def no_json(path: Path) -> None:
    path.write_text("není", encoding="utf-8")


def away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("spoil", [no_json, away])
def test_a_broken_notebook_fails_its_own_editions_only(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    place = project(tmp_path)
    spoil(place.notebooks / "area_brief.ipynb")
    told = issued(place, only="report,areas", dry=True).agenda
    reasons = {item.reason for item in told.items if "/okruhy/" in item.name}
    assert len(reasons) == 1
    (reason,) = reasons
    assert reason is not None
    assert "area_brief.ipynb" in reason
    assert [item.reason for item in told.items if "/okruhy/" not in item.name] == ["dosud nevydáno"]


def test_editions_of_a_broken_notebook_are_failures_of_the_batch(
    place: Workplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    no_json(place.notebooks / "area_brief.ipynb")
    monkeypatch.chdir(place.notebooks.parent)
    assert main([*COMMAND, "--only", "areas,districts"]) == 1
    out, err = capsys.readouterr()
    assert out == ""  # the briefs of the ORP are as they were
    *said, end = err.splitlines()
    assert len(said) == 13
    assert said[0] == (
        f"Chyba: {PERIOD}/okruhy/okruh-I: Soubor „area_brief.ipynb“ není notebook Jupyter; "
        "otevřete jej v\u00a0JupyterLabu, opravte a\u00a0uložte."
    )
    assert "beze změny: 10, selhalo: 13" in end
