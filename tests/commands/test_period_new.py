"""``slz period new``: the next period is laid out whole, or nothing is touched."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import rmtree

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.opening import in_force, opening
from slz_lib.dataset.schemas import OF_PERIOD
from slz_lib.errors import OutputError, ParameterError
from slz_lib.production.lines import evaluation_lines
from slz_lib.production.transactions import write_opening
from tests.commands.conftest import Run
from tests.commands.sample import files
from tests.samples.synthetic_periods import synthetic_periods
from tests.samples.written import write_dataset


def test_the_new_period_passes_the_check_and_its_evaluation_says_nothing_is_judged(
    run: Run, data: Path
) -> None:
    code, out, err = run("period", "new", "2024-2025")
    assert (code, out) == (0, f"{data / 'periods' / '2024-2025'}\n")
    assert err.startswith(
        "Období 2024–2025 je založeno podle období 2022–2023: 109\u00a0opatření, "
        "zatím bez stavů a\u00a0podkladů.\n"
    )
    code, out, _ = run("check")
    assert code == 0
    assert "2022–2023 a\u00a02024–2025" in out
    code, out, _ = run("evaluate", "2024-2025")
    assert code == 0
    assert [line.split() for line in out.splitlines() if line.startswith("bez stavu")] == [
        ["bez", "stavu", "109", "109"]
    ]
    assert "Zatím není posouzeno žádné opatření" in out
    assert "liší" not in out


def test_the_new_folder_has_a_file_of_every_table_and_nothing_else_changes(
    run: Run, data: Path
) -> None:
    before = files(data)
    run("period", "new", "2024-2025")
    after = files(data)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("periods/2024-2025/") for name in set(after) - set(before))
    written = files(data / "periods" / "2024-2025")
    assert set(written) == {Path(table.path).name for table in OF_PERIOD}
    filled = {name for name, content in written.items() if content.count(b"\n") > 1}
    assert filled == {"period.csv", "decisions.csv"}
    for name, content in written.items():
        (described,) = (table for table in OF_PERIOD if Path(table.path).name == name)
        needed = [column.name for column in described.file_columns if not column.optional]
        assert content.split(b"\n")[0].decode() == ",".join(needed)


def test_measures_come_without_status_and_commentary_and_say_where_they_come_from(
    dataset: slz_lib.Dataset,
) -> None:
    tables = opening(dataset, "2024-2025").tables
    decisions = tables["decisions"]
    assert list(decisions["measure_id"]) == list(dataset.measures["id"])
    empty = ["status", "published", "commentary", "decided", "reason", "role"]
    assert decisions[empty].isna().all(axis=None)
    assert not decisions[["commentary_supplied", "cells_swapped"]].any(axis=None)
    for table in (decisions, tables["periods"]):
        assert set(table["source_id"]) == {"vlastni-cteni"}
        assert set(table["source_place"]) == {
            "založeno příkazem slz period new podle období 2022–2023"
        }


def test_the_tables_have_the_dtypes_of_those_that_are_read(dataset: slz_lib.Dataset) -> None:
    for name, table in opening(dataset, "2024").tables.items():
        pd.testing.assert_series_equal(table.dtypes, dataset.table(name).dtypes)


def test_the_years_of_the_id_give_the_days(dataset: slz_lib.Dataset) -> None:
    of_two, of_one = (opening(dataset, name).period for name in ("2024-2025", "2024"))
    assert (of_two.start.isoformat(), of_two.end.isoformat()) == ("2024-01-01", "2025-12-31")
    assert of_two.as_of == of_two.end
    assert (of_one.label, of_one.end.isoformat()) == ("2024", "2024-12-31")


def test_measures_that_ended_are_left_out_and_the_newest_wording_of_the_years_is_taken(
    dataset: slz_lib.Dataset,
) -> None:
    made = synthetic_periods(dataset, seed=1)
    wordings = in_force(made.dataset, made.dataset.period("2024-2025"))
    by_measure = wordings.set_index("measure_id")["wording_version"]
    assert {made.dropped, made.merged}.isdisjoint(by_measure.index)
    assert (by_measure[made.new], by_measure[made.reworded]) == ("2024", "2024")
    earlier = in_force(made.dataset, made.dataset.period("2022-2023"))
    earlier_by_measure = earlier.set_index("measure_id")["wording_version"]
    assert set(earlier_by_measure) == {"2021"}
    assert made.new not in earlier_by_measure.index
    assert {made.dropped, made.merged} <= set(earlier_by_measure.index)


def test_a_period_after_changed_measures_is_valid(dataset: slz_lib.Dataset, tmp_path: Path) -> None:
    write_dataset(synthetic_periods(dataset, seed=1).dataset, tmp_path)
    read = slz_lib.load(tmp_path)
    opened = opening(read, "2026-2027")
    assert opened.follows == read.period("2024-2025")
    write_opening(opened, tmp_path)
    assert list(slz_lib.load(tmp_path).periods["id"])[-1] == "2026-2027"


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2022-2023", "Období 2022–2023 už v\u00a0datech je; nic se nezměnilo"),
        ("2023-2024", "Období 2023–2024 se překrývá s\u00a0obdobím 2022–2023"),
        ("2023", "Období 2023 se překrývá s\u00a0obdobím 2022–2023"),
        ("2025-2024", "Období „2025-2024“ není rok ani rozpětí let"),
        ("2024-2024", "Období „2024-2024“ není rok ani rozpětí let"),
        ("2024-25", "není rok ani rozpětí let"),
        ("../2024", "není rok ani rozpětí let"),
        ("2024–2025", "není rok ani rozpětí let"),
    ],
)
def test_a_period_that_cannot_follow_is_refused(
    period: str, message: str, dataset: slz_lib.Dataset
) -> None:
    with pytest.raises(ParameterError, match=message):
        opening(dataset, period)


def test_a_second_call_is_refused_and_keeps_what_was_filled_in(run: Run, data: Path) -> None:
    run("period", "new", "2024-2025")
    notes = data / "periods" / "2024-2025" / "notes.csv"
    notes.write_text(notes.read_text() + "N1,asked,doplněno,vlastni-cteni,x\n")
    before = files(data)
    code, _, err = run("period", "new", "2024-2025")
    assert (code, err) == (2, "Chyba: Období 2024–2025 už v\u00a0datech je; nic se nezměnilo.\n")
    assert files(data) == before


def test_a_folder_in_the_way_is_left_as_it_is(dataset: slz_lib.Dataset, data: Path) -> None:
    folder = data / "periods" / "2024-2025"
    folder.mkdir()
    with pytest.raises(ParameterError, match="už existuje; nic se nezměnilo"):
        write_opening(opening(dataset, "2024-2025"), data)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("written", [0, 4])
def test_when_writing_fails_nothing_is_left(
    written: int, dataset: slz_lib.Dataset, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(data)
    flushed = count(1)

    def full(_: int) -> None:
        if next(flushed) > written:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"na disku není místo\. Data zůstala beze změny"):
        write_opening(opening(dataset, "2024-2025"), data)
    assert files(data) == before
    assert {path.name for path in (data / "periods").iterdir()} == {"2022-2023"}


def test_what_a_killed_run_left_stops_no_check_and_goes_away(
    run: Run, dataset: slz_lib.Dataset, data: Path
) -> None:
    left = data / "periods" / ".slz-00000000-1-0a1b2c3d"
    left.mkdir()
    os.utime(left, (0, 0))
    assert run("check")[0] == 0
    write_opening(opening(dataset, "2024-2025"), data)
    assert not left.exists()


def test_without_a_source_of_own_readings_rows_name_that_of_the_strategy(
    dataset: slz_lib.Dataset,
) -> None:
    sources = dataset.sources[dataset.sources["id"].ne("vlastni-cteni")]
    tables = opening(replace(dataset, sources=sources), "2024-2025").tables
    assert set(tables["decisions"]["source_id"]) == set(dataset.strategy["source_id"])


def test_the_first_period_of_a_strategy_is_laid_out_from_its_measures(run: Run, data: Path) -> None:
    rmtree(data / "periods")
    rmtree(data / "plans")
    assert "první založí slz period new" in run("check")[2]
    code, _, err = run("period", "new", "2022-2023")
    assert (code, err.partition(":")[0]) == (0, "Období 2022–2023 je založeno jako první")
    assert "první založí slz plan new" in run("check")[2]
    assert run("plan", "new", "2024-2025")[0] == 0
    assert run("check")[0] == 0
    decisions = slz_lib.load(data).decisions
    assert len(decisions) == 109
    assert set(decisions["source_place"]) == {"založeno příkazem slz period new"}


def test_lines_of_a_period_that_is_not_published_call_the_status_that_stands_by_its_name(
    dataset: slz_lib.Dataset,
) -> None:
    made = synthetic_periods(dataset, seed=1, published=False)
    lines = list(evaluation_lines(made.after))
    assert lines[2].split() == ["Stav", "platí", "podíl", "odvozeno", "podíl"]
    assert "Odvozený stav se nikde neliší od rozhodnutého." in lines
    published = list(evaluation_lines(made.before))
    assert published[2].split() == ["Stav", "zveřejněno", "podíl", "odvozeno", "podíl"]
