"""What an edition has opened decides whether it is made again: never too seldom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from slz_lib.errors import ExecutionError
from slz_lib.production.edition import prepare, reason_to_make
from slz_lib.production.inputs import EVERYTHING, Inputs, inputs, opened, versions
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
    place: Workplace, given: Inputs, *names: str, programs: tuple[str, ...] = ()
) -> str | None:
    """Why an edition that had opened these files would be made again now."""
    root = place.notebooks.parent
    tables, others = opened([str(root / name) for name in names], programs, place, given)
    manifest = Manifest(
        notebook="zkouska",
        parameters={"period": "2022-2023"},
        formats=["html"],
        sources={"notebook": given.notebooks["zkouska"], "code": given.code, "lock": given.lock},
        versions=versions(),
        data=tables,
        files=others,
        outputs={},
    )

    def now() -> str | None:
        return reason_to_make(
            manifest,
            place.reports,
            prepare(edition("html"), place),
            inputs(place),
            place.notebooks.parent,
        )

    (root / "data" / "orp.csv").write_text("jinak", encoding="utf-8")
    changed = now()
    (root / "data" / "orp.csv").write_text("data/orp.csv", encoding="utf-8")
    (root / "obr.png").write_text("jinak", encoding="utf-8")
    changed = changed or now()
    (root / "obr.png").write_text("obr.png", encoding="utf-8")
    (root / "data" / "periods" / "2024").mkdir()
    (root / "data" / "periods" / "2024" / "x.csv").write_text("x", encoding="utf-8")
    return changed or now()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), None),
        (("data/periods/2022/x.csv",), None),
        (("data/orp.csv",), "změněná data (orp.csv)"),
        (("data/periods",), "změněná data (periods/)"),
        (("data",), "změněná data (./)"),
        (("obr.png", "data/periods/2022/x.csv"), "změněná data (obr.png)"),
        (("../jinde.csv",), "změněná data (jinde.csv)"),
    ],
)
def test_an_edition_is_made_again_when_what_it_opened_has_changed(
    names: tuple[str, ...], expected: str | None, place: Workplace
) -> None:
    assert reason(place, inputs(place), *names) == expected


def test_an_edition_that_started_a_program_is_always_made_again(place: Workplace) -> None:
    assert reason(place, inputs(place), programs=("/usr/bin/curl",)) == "změněná data (curl)"


def test_where_the_engine_does_not_tell_all_tables_count(place: Workplace) -> None:
    given = inputs(place)
    tables, others = opened(None, (), place, given)
    assert set(tables) == {EVERYTHING, *given.data}
    assert not others


def test_a_table_that_changed_during_the_run_stops_it(place: Workplace) -> None:
    given = inputs(place)
    stale = replace(given, data=given.data | {"orp.csv": "jiný"})  # type: ignore[operator]
    with pytest.raises(ExecutionError, match=r"Tabulka „orp\.csv“ se během výpočtu změnila"):
        opened([str(place.data / "orp.csv")], (), place, stale)
