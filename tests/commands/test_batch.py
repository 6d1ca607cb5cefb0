"""A batch makes what has something new to say, and nothing else; one failure stops nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slz_lib.errors import DataError, OutputError, ParameterError
from slz_lib.production.batch.values import Agenda, Cell, Done, News
from slz_lib.production.catalogue import KINDS
from slz_lib.production.lines import agenda_lines, summary_lines
from slz_lib.production.manifest import read_manifest
from slz_lib.production.workplace import Workplace
from tests.commands.batch_sample import (
    DATA,
    DISTRICTS,
    PERIOD,
    copied,
    environment,
    issued,
    project,
    request,
    sets,
    times,
    write,
)
from tests.commands.sample import files

if TYPE_CHECKING:
    import slz_lib


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace whose batch is complete."""
    place = project(tmp_path_factory.mktemp("davka") / "projekt")
    summary = issued(place)
    assert not summary.failed
    assert sorted(summary.done) == list(DISTRICTS)
    return place


@pytest.fixture
def place(finished: Workplace, tmp_path: Path) -> Workplace:
    """A copy of it that a test may change."""
    return copied(finished, tmp_path / "projekt")


# What is due.


def test_a_second_batch_makes_nothing_and_loads_nothing(place: Workplace) -> None:
    before = times(place.reports)
    program = (
        "import sys; from slz_lib.cli import main; code = main(sys.argv[1:]);"
        "print(code, {'pandas', 'numpy', 'papermill'} & set(sys.modules))"
    )
    options = ["--only", "districts", "--formats", "html", "--data", str(DATA)]
    ended = subprocess.run(
        [sys.executable, "-c", program, "batch", PERIOD, *options],
        cwd=place.notebooks.parent,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "0 set()\n"
    assert re.fullmatch(r"Beze změny: 10\u00a0edic; \d+(,\d+)?\u00a0s\.\n", ended.stderr)
    assert times(place.reports) == before


def test_without_its_record_a_batch_still_makes_nothing(place: Workplace) -> None:
    (place.reports / PERIOD / "davka.json").unlink()
    before = times(place.reports)
    told: list[News] = []
    assert not issued(place, told).done
    assert [type(news) for news in told] == [Agenda]
    after = times(place.reports)
    assert after.pop(f"{PERIOD}/davka.json")  # told apart at once the next time
    assert after == before


def changed(place: Workplace) -> str:
    path = place.reports / f"{DISTRICTS[3]}.html"
    path.write_bytes(path.read_bytes() + b" ")
    return DISTRICTS[3]


def missing(place: Workplace) -> str:
    (place.reports / f"{DISTRICTS[4]}.ipynb").unlink()
    return DISTRICTS[4]


def without_manifest(place: Workplace) -> str:
    (place.reports / f"{DISTRICTS[5]}.manifest.json").unlink()
    return DISTRICTS[5]


def with_a_broken_manifest(place: Workplace) -> str:
    path = place.reports / f"{DISTRICTS[6]}.manifest.json"
    path.write_bytes(path.read_bytes()[:-20])
    return DISTRICTS[6]


def test_outputs_that_are_not_as_they_were_issued_are_made_again_and_no_others(
    place: Workplace,
) -> None:
    whole = files(place.reports)
    before = times(place.reports)
    spoils = (changed, missing, without_manifest, with_a_broken_manifest)
    spoilt = {spoil(place) for spoil in spoils}
    assert len(spoilt) == len(spoils)
    assert set(issued(place).done) == spoilt
    assert files(place.reports) == whole
    written = {name for name, time in times(place.reports).items() if time != before[name]}
    assert {name.partition(".")[0] for name in written} == {*spoilt, f"{PERIOD}/davka"}


def test_other_formats_are_made_and_the_earlier_ones_go_away(place: Workplace) -> None:
    summary = issued(place, formats="xlsx")
    assert len(summary.done) == len(DISTRICTS)
    assert {item.reason for item in summary.agenda.items} == {"jiné parametry nebo formáty"}
    assert {tuple(found) for found in sets(place.reports).values()} == {
        ("ipynb", "manifest.json", "xlsx")
    }
    assert summary.done[DISTRICTS[0]].removed == ("orp-5101.html",)


def test_other_parameters_are_made(place: Workplace) -> None:
    assert len(issued(place, draft=True).done) == len(DISTRICTS)
    manifest = read_manifest(place.reports / f"{DISTRICTS[0]}.manifest.json")
    assert manifest.parameters == {"draft": "ano", "district": "ORP-5101", "period": PERIOD}


def test_editions_of_a_changed_notebook_are_to_be_made_again(place: Workplace) -> None:
    write(place.notebooks, "area_brief", caption="B")
    assert not issued(place).done
    write(place.notebooks, "district_brief", caption="B")
    due = issued(place, dry=True).agenda.items
    assert [(item.name, item.reason) for item in due] == [
        (name, "změněný notebook") for name in DISTRICTS
    ]


def test_a_dry_run_says_why_and_writes_nothing(place: Workplace) -> None:
    (place.reports / f"{DISTRICTS[0]}.html").unlink()
    for path in place.reports.glob(f"{DISTRICTS[1]}.*"):
        path.unlink()
    before = times(place.reports)
    assert list(agenda_lines(issued(place, dry=True).agenda)) == [
        f"{DISTRICTS[0]}: výstup chybí nebo je změněný",
        f"{DISTRICTS[1]}: dosud nevydáno",
        "beze změny: 8\u00a0edic",
    ]
    forced = issued(place, dry=True, force=True).agenda
    assert list(agenda_lines(forced)) == [f"{name}: na přání" for name in DISTRICTS]
    assert times(place.reports) == before


# What is told.


def test_all_that_is_made_again_is_the_same_and_a_listener_hears_of_plan_cells_and_editions(
    place: Workplace,
) -> None:
    told: list[News] = []
    whole, before = files(place.reports), times(place.reports)
    issued(place, told, force=True, workers=1)
    assert files(place.reports) == whole
    assert all(time != before[name] for name, time in times(place.reports).items())
    assert isinstance(told[0], Agenda)
    agenda = told[0]
    assert [news.name for news in told if isinstance(news, Done)] == list(DISTRICTS)
    for item in agenda.items:
        mine = [news for news in told if isinstance(news, Cell | Done) and news.name == item.name]
        assert isinstance(mine[-1], Done)
        # One cell is papermill's own, with the values.
        assert len(mine[:-1]) == item.cells + 1
    assert [item.cells for item in agenda.items] == [4] * len(DISTRICTS)


# What is refused.


def test_an_unknown_period_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="nejbližší je „2022-2023“"):
        issued(project(tmp_path), period="2022-2024")
    assert not (tmp_path / "reports").exists()


def test_faulty_data_are_refused(tmp_path: Path) -> None:
    place = project(tmp_path)
    with pytest.raises(DataError, match="Data mají"):
        issued(Workplace(place.notebooks, tmp_path / "data", place.reports))
    assert not place.reports.exists()


def test_when_every_edition_is_wrong_one_sentence_is_said(tmp_path: Path) -> None:
    place = project(tmp_path)
    (place.notebooks / "district_brief.ipynb").unlink()
    with pytest.raises(ParameterError) as caught:
        issued(place)
    assert str(caught.value) == "Notebook „district_brief.ipynb“ ve složce notebooks/ není."
    assert not place.reports.exists()


def test_a_day_that_means_nothing_is_refused_once(tmp_path: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        issued(project(tmp_path), as_of="31. 12.")
    assert str(caught.value).count("není datum ve tvaru RRRR-MM-DD") == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"resume": True}, f"Za období {PERIOD} není žádná přerušená dávka"),
        ({"resume": True, "only": "districts"}, "Volba --resume převezme druhy, formáty"),
        ({"resume": True, "draft": True}, "Volba --resume převezme druhy, formáty"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    options: dict[str, object], message: str, finished: Workplace
) -> None:
    with pytest.raises(ParameterError) as caught:
        request(finished, **options)
    assert str(caught.value).startswith(message)


def test_a_second_batch_at_the_same_time_is_refused(place: Workplace) -> None:
    import fcntl

    before = times(place.reports)
    lock = os.open(place.reports / PERIOD, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="právě zapisuje jiná dávka; počkejte, až skončí"):
            issued(place, force=True)
    finally:
        os.close(lock)
    assert times(place.reports) == before


# Other ways.


def test_all_kinds_of_editions_are_made(tmp_path: Path, dataset: slz_lib.Dataset) -> None:
    summary = issued(project(tmp_path), only=",".join(KINDS))
    names = list(summary.done)
    assert not summary.failed
    assert names[:5] == [
        f"{PERIOD}/zprava-o-naplnovani",
        f"{PERIOD}/technicka-priloha",
        "2024-2025/akcni-plan",
        "2024-2025/priloha-planu",
        f"{PERIOD}/informace-k-rozhodnuti",
    ]
    found = {folder: sum(f"/{folder}/" in name for name in names) for folder in ("okruhy", "orp")}
    assert found == {"okruhy": len(dataset.areas), "orp": len(dataset.districts)}
    with_role = dataset.measure_bodies["body_id"].nunique()
    assert sum("/subjekty/subjekt-" in name for name in names) == with_role
    (last, *_) = summary_lines(summary, 1.0)
    assert last == f"Hotovo za 1,0\u00a0s; vydáno: {len(names)}\u00a0edic."
