"""What an edition has opened decides whether it is made again: never too seldom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from slz_lib.errors import ExecutionError
from slz_lib.production.edition import prepare, reason_to_make
from slz_lib.production.inputs import inputs, opened, require_unchanged, versions
from slz_lib.production.manifest import Manifest
from slz_lib.production.workplace import Workplace
from tests.commands.sample import edition, notebook, workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """A project of two tables, a picture, and a file outside it."""
    root = tmp_path / "projekt"
    place = workplace(root, notebook())
    for name in ("data/orp.csv", "data/periods/2022/x.csv", "obr.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    (tmp_path / "jinde.csv").write_text("jinde", encoding="utf-8")
    return place


def reason(
    place: Workplace, change: str, names: tuple[str, ...], programs: tuple[str, ...] = ()
) -> str | None:
    """Why an edition that had opened these files would be made again after a change of a file."""
    root, given = place.notebooks.parent, inputs(place)
    manifest = Manifest(
        notebook="zkouska",
        parameters={"period": "2022-2023"},
        formats=["html"],
        sources={"notebook": given.notebooks["zkouska"], "code": given.code, "lock": given.lock},
        versions=versions(),
        data=given.tables,
        files=opened([str(root / name) for name in names], programs, place),
        outputs={},
    )
    (root / change).parent.mkdir(exist_ok=True)
    (root / change).write_text("jinak", encoding="utf-8")
    wanted = prepare(edition("html"), place)
    return reason_to_make(manifest, place.reports, wanted, inputs(place), root)


@pytest.mark.parametrize(
    ("change", "names", "expected"),
    [
        ("obr.png", (), None),
        ("obr.png", ("data/orp.csv",), None),
        ("obr.png", ("obr.png", "data/orp.csv"), "změněná data (obr.png)"),
        ("data/orp.csv", (), "změněná data (orp.csv)"),
        ("data/periods/2024/x.csv", (), "změněná data (periods/2024/x.csv)"),
        ("obr.png", ("../jinde.csv",), "změněná data (jinde.csv)"),
    ],
)
def test_an_edition_is_made_again_when_a_table_or_what_it_opened_has_changed(
    change: str, names: tuple[str, ...], expected: str | None, place: Workplace
) -> None:
    assert reason(place, change, names) == expected


def test_an_edition_that_started_a_program_is_always_made_again(place: Workplace) -> None:
    assert reason(place, "obr.png", (), ("/usr/bin/curl",)) == "změněná data (curl)"


def test_a_table_that_changed_during_the_run_stops_it(place: Workplace) -> None:
    given = inputs(place)
    stale = replace(given, data=given.data | {"orp.csv": "jiný"})  # type: ignore[operator]
    with pytest.raises(ExecutionError, match=r"Tabulka „orp\.csv“ se během výpočtu změnila"):
        require_unchanged(place, stale)
