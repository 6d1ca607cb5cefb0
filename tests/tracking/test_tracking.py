"""Tracked values are as plain ones, and note what is asked of them and nothing beneath it."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset import at_hand, loading
from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.reading import read_cells
from slz_lib.evaluation.evaluation import Evaluation
from slz_lib.evaluation.narrowing import narrowed
from slz_lib.evaluation.replay import replay
from slz_lib.production.dependencies import Answers, answer_digest
from slz_lib.tracking import Recorder, is_loading, recording
from tests.conftest import ROOT

EVALUATE = "slz_lib.evaluation.evaluation:evaluate"


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with recording(answer_digest) as started:
        yield started


@pytest.fixture
def watched(recorder: Recorder) -> slz_lib.Dataset:
    found = slz_lib.load(ROOT / "data")
    assert recorder.root == ROOT / "data"
    return found


@pytest.fixture
def judged(watched: slz_lib.Dataset) -> slz_lib.Evaluation:
    return slz_lib.evaluate(watched, "2022-2023")


def ends(recorder: Recorder) -> set[str]:
    """The last step of every read, its arguments left out."""
    return {json.loads(read)[-1][0] for read in recorder.reads()}


def test_without_a_recorder_everything_is_plain(dataset: slz_lib.Dataset) -> None:
    assert type(dataset) is Dataset
    assert type(slz_lib.evaluate(dataset, "2022-2023")) is Evaluation


def test_a_tracked_value_passes_for_a_plain_one_and_looks_like_it(
    dataset: slz_lib.Dataset,
    evaluation: slz_lib.Evaluation,
    plan: slz_lib.ActionPlan,
    judged: slz_lib.Evaluation,
    watched: slz_lib.Dataset,
) -> None:
    drafted = slz_lib.draft_plan(judged, "2024-2025")
    pairs: list[tuple[Any, Any]] = [(watched, dataset), (judged, evaluation), (drafted, plan)]
    for tracked, plain in pairs:
        assert isinstance(tracked, type(plain))
        assert type(tracked) is not type(plain)
        assert repr(tracked) == repr(plain)
        assert tracked._repr_html_() == plain._repr_html_()
    assert drafted.evaluation is judged
    assert judged.dataset is judged.dataset


def test_what_is_replaced_or_pickled_is_a_plain_value_of_the_same_content(
    judged: slz_lib.Evaluation, evaluation: slz_lib.Evaluation, recorder: Recorder
) -> None:
    other = replace(judged, judgements=judged.judgements.iloc[:3])
    assert type(other) is Evaluation
    assert other.total == 3
    copied = pickle.loads(pickle.dumps(judged))  # noqa: S301 — made here
    assert type(copied) is Evaluation
    pd.testing.assert_frame_equal(copied.judgements, evaluation.judgements)
    pd.testing.assert_frame_equal(copied.dataset.city_projects, evaluation.dataset.city_projects)
    assert {"city_projects", "judgements", "rule_set"} <= ends(recorder)


def test_reading_the_audit_is_one_read(judged: slz_lib.Evaluation, recorder: Recorder) -> None:
    assert len(judged.audit.findings) > 0
    assert list(recorder.reads()) == [
        f'[["{EVALUATE}",{{"period":"2022-2023"}}],["audit"]]',
        f'[["{EVALUATE}",{{"period":"2022-2023"}}]]',
    ]


def test_what_is_read_of_a_part_is_read_of_the_part_alone(
    judged: slz_lib.Evaluation, recorder: Recorder
) -> None:
    part = narrowed(judged, {"I.2", "I.1"})
    assert part.total == 2
    narrowing = '["slz_lib.evaluation.narrowing:_narrowed",{"measures":["I.1","I.2"]}]'
    evaluating = f'["{EVALUATE}",{{"period":"2022-2023"}}]'
    assert list(recorder.reads()) == [
        f"[{evaluating},{narrowing},[" + '"total"]]',
        f"[{evaluating},{narrowing}]",
        f"[{evaluating}]",
    ]


def test_a_day_is_noted_and_what_is_as_usual_is_not(
    watched: slz_lib.Dataset, recorder: Recorder
) -> None:
    slz_lib.evaluate(watched, "2022-2023", as_of=date(2024, 6, 30))
    slz_lib.evaluate(dataset=watched, period="2022-2023", as_of=None, rules=None)
    slz_lib.evaluate(watched, "2022-2023")
    assert list(recorder.reads()) == [
        f'[["{EVALUATE}",{{"as_of":{{"day":"2024-06-30"}},"period":"2022-2023"}}]]',
        f'[["{EVALUATE}",{{"period":"2022-2023"}}]]',
    ]


def test_other_rules_read_whatever_they_are_applied_to(
    judged: slz_lib.Evaluation, recorder: Recorder
) -> None:
    again = replay(judged, judged.rule_set)
    assert type(again) is Evaluation
    assert {"decisions", "evidence", "measures", "places", "orp", "period"} <= ends(recorder)
    before = recorder.reads()
    assert again.counts.sum() == 109
    assert recorder.reads() == before  # it was made of what had been read


def test_a_method_reads_what_it_looks_at(watched: slz_lib.Dataset, recorder: Recorder) -> None:
    assert watched.period("2022-2023").label == "2022–2023"
    assert watched.table("units") is not None
    assert list(recorder.reads()) == ['[["periods"]]', '[["units"]]']


def test_where_the_data_lie_is_no_read(watched: slz_lib.Dataset, recorder: Recorder) -> None:
    assert watched.root == ROOT / "data"
    assert list(recorder.reads()) == []


def test_a_failure_is_a_read_too(watched: slz_lib.Dataset, recorder: Recorder) -> None:
    with pytest.raises(slz_lib.errors.ParameterError):
        slz_lib.evaluate(watched, "1999-2000")
    assert list(recorder.reads()) == [f'[["{EVALUATE}",{{"period":"1999-2000"}}]]']


def test_a_read_in_a_thread_is_noted(judged: slz_lib.Evaluation, recorder: Recorder) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: judged.evidence).result()
    assert "evidence" in ends(recorder)


@pytest.mark.usefixtures("watched")
def test_data_of_a_second_folder_cannot_be_checked_again(
    recorder: Recorder, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert type(slz_lib.load(tmp_path / "data")) is Dataset
    assert list(recorder.reads()) == ['[["elsewhere"]]']


@pytest.mark.usefixtures("recorder")
def test_load_says_that_it_is_the_one_who_opens_files(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def asked(*args: Any) -> Any:
        told.append(is_loading())
        return read_cells(*args)

    monkeypatch.setattr(loading, "read_cells", asked)
    slz_lib.load(ROOT / "data")
    assert told
    assert all(told)
    assert not is_loading()


def test_values_that_lay_at_hand_are_tracked_too(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    def run() -> tuple[list[str], bool]:
        at_hand.lay_out(
            [
                at_hand.Ready("load", (), loading.contents(dataset.root), dataset),
                at_hand.Ready("evaluate", ("2022-2023", None), dataset, evaluation),
            ]
        )
        with recording(answer_digest) as recorder:
            judged = slz_lib.evaluate(slz_lib.load(dataset.root), "2022-2023")
            assert judged.total == 109
            assert judged.judgements is evaluation.judgements
        return list(recorder.reads()), at_hand.is_empty()

    evaluating = f'["{EVALUATE}",{{"period":"2022-2023"}}]'
    expected = [f'[{evaluating},["judgements"]]', f'[{evaluating},["total"]]', f"[{evaluating}]"]
    assert copy_context().run(run) == (expected, True)


def test_a_table_that_a_cell_writes_over_was_read_as_it_was(
    watched: slz_lib.Dataset, recorder: Recorder, dataset: slz_lib.Dataset
) -> None:
    watched.units.loc[0, "one"] = "jinak"
    assert recorder.reads() == {'[["units"]]': answer_digest(dataset.units)}
    assert answer_digest(watched.units) != answer_digest(dataset.units)


def test_nothing_is_at_hand_for_one_who_was_given_a_table(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    def run() -> bool:
        at_hand.lay_out(
            [
                at_hand.Ready("load", (), loading.contents(dataset.root), dataset),
                at_hand.Ready("evaluate", ("2022-2023", None), dataset, evaluation),
            ]
        )
        with recording(answer_digest):
            data = slz_lib.load(dataset.root)
            assert len(data.orp) == 10
            judged = slz_lib.evaluate(data, "2022-2023")
        return judged.judgements is evaluation.judgements

    assert not copy_context().run(run)


def test_nothing_is_at_hand_for_one_who_has_looked_elsewhere_first(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")

    def run() -> bool:
        at_hand.lay_out(
            [
                at_hand.Ready("load", (), loading.contents(dataset.root), dataset),
                at_hand.Ready("evaluate", ("2022-2023", None), dataset, evaluation),
            ]
        )
        with recording(answer_digest):
            slz_lib.load(tmp_path / "data")
            data = slz_lib.load(dataset.root)
            return slz_lib.evaluate(data, "2022-2023").judgements is evaluation.judgements

    assert not copy_context().run(run)


def test_what_is_made_of_a_table_that_was_written_over_is_never_valid(
    watched: slz_lib.Dataset, recorder: Recorder, dataset: slz_lib.Dataset
) -> None:
    watched.evidence.loc[0, "note"] = "jinak"
    assert slz_lib.evaluate(watched, "2022-2023").evidence["note"].eq("jinak").any()
    assert not Answers(dataset).unchanged(recorder.reads())
