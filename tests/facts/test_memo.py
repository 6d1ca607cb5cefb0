"""What is read, judged and drafted is kept by its contents, and nobody can spoil what is kept."""

from __future__ import annotations

import copy
import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset import cells, loading
from slz_lib.dataset.memo import Kept, Memo, copied, digest, held, lent
from slz_lib.errors import DataError
from slz_lib.evaluation.evaluation import kept_evaluation
from slz_lib.planning import drafting
from tests.conftest import ROOT

PERIOD, HORIZON = "2022-2023", "2024-2025"


def located(frame: pd.DataFrame) -> None:
    frame.loc[0, "note"] = "jinak"


def by_position(frame: pd.DataFrame) -> None:
    frame.iloc[0, 0] = "jinak"


def new_column(frame: pd.DataFrame) -> None:
    frame["navíc"] = 1


def whole_column(frame: pd.DataFrame) -> None:
    frame["note"] = "jinak"


def in_place(frame: pd.DataFrame) -> None:
    frame.drop(columns=["note", "value"], inplace=True)  # noqa: PD002
    frame.fillna("jinak", inplace=True)  # noqa: PD002
    frame.rename(columns={"id": "ID"}, inplace=True)  # noqa: PD002
    frame.pop("order")


def by_array(frame: pd.DataFrame) -> None:
    for values in (frame["order"].to_numpy(), frame.to_numpy()):
        if values.flags.writeable:
            values[:] = 9
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(frame["order"])[0] = 9


def by_labels(frame: pd.DataFrame) -> None:
    frame.index = pd.RangeIndex(5, 5 + len(frame))
    frame.columns = [f"{name}_" for name in frame.columns]


WAYS: tuple[Callable[[pd.DataFrame], None], ...] = (
    located,
    by_position,
    new_column,
    whole_column,
    in_place,
    by_array,
    by_labels,
)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # it goes away with pandas 4
@pytest.mark.parametrize("write", WAYS)
def test_who_writes_into_a_table_harms_nobody_else(
    write: Callable[[pd.DataFrame], None], dataset: slz_lib.Dataset
) -> None:
    mine = slz_lib.load(dataset.root)
    judged = slz_lib.evaluate(mine, PERIOD)
    before = dataset.evidence.copy(deep=True), judged.evidence.copy(deep=True)
    write(mine.evidence)
    write(slz_lib.evaluate(dataset, PERIOD).evidence)
    write(slz_lib.evaluate(dataset, PERIOD).dataset.evidence)
    pd.testing.assert_frame_equal(slz_lib.load(dataset.root).evidence, before[0])
    pd.testing.assert_frame_equal(slz_lib.evaluate(dataset, PERIOD).evidence, before[1])


def test_what_was_computed_goes_along_and_is_one_s_own() -> None:
    dataset = slz_lib.load(ROOT / "data")
    kept = kept_evaluation(dataset, PERIOD)
    findings = kept.audit.findings.copy(deep=True)
    bounds = kept.uncertainty.bounds
    mine = slz_lib.evaluate(dataset, PERIOD)
    assert {"audit", "uncertainty"} <= set(vars(mine))
    assert mine.uncertainty.evaluation is mine
    mine.audit.findings["check"] = "jinak"
    mine.uncertainty.bounds["stated"] = 0
    other = slz_lib.evaluate(dataset, PERIOD)
    pd.testing.assert_frame_equal(other.audit.findings, findings)
    pd.testing.assert_frame_equal(other.uncertainty.bounds, bounds)


def test_a_dataset_that_was_written_into_is_judged_as_it_is() -> None:
    dataset = slz_lib.load(ROOT / "data")
    before = slz_lib.evaluate(dataset, PERIOD).counts
    dataset.decisions["status"] = "SPLNENO"
    after = slz_lib.evaluate(dataset, PERIOD).counts
    assert after["SPLNENO"] == before.sum()
    assert slz_lib.evaluate(dataset, PERIOD, as_of="2023-06-30").period.as_of.year == 2023


def test_a_plan_follows_from_all_that_it_is_drafted_from(
    evaluation: slz_lib.Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its schedule, which takes seconds."""
    monkeypatch.setattr(drafting, "timed", lambda plan: plan)
    monkeypatch.setattr(drafting, "_kept", Memo())
    plan = slz_lib.draft_plan(evaluation, HORIZON)
    plan.steps["risk"] = "jinak"
    again = slz_lib.draft_plan(evaluation, HORIZON)
    assert again.steps["risk"].ne("jinak").all()
    assert again.evaluation is evaluation
    funding = evaluation.dataset.funding.iloc[:0]
    without = replace(evaluation, dataset=replace(evaluation.dataset, funding=funding))
    assert slz_lib.draft_plan(without, HORIZON).steps["money_source"].isna().all()
    assert again.steps["money_source"].notna().any()


def test_the_same_tables_are_read_once_wherever_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slz_lib.load(ROOT / "data")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with monkeypatch.context() as patched:
        patched.delattr(loading, "_read")
        assert slz_lib.load(tmp_path / "data").root == tmp_path / "data"
    areas = tmp_path / "data" / "strategy" / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Metodika a", "Domovy a"), "utf-8")
    assert slz_lib.load(tmp_path / "data").areas["name"].str.contains("Domovy").any()
    areas.write_text("id\n", encoding="utf-8")
    with pytest.raises(DataError):
        slz_lib.load(tmp_path / "data")


def test_only_a_table_that_changed_is_checked_again_and_nobody_spoils_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    read = slz_lib.load(data)
    told = read.evidence.copy(deep=True)
    read.evidence.loc[0, "note"] = read.areas.loc[0, "name"] = "jinak"
    areas = data / "strategy" / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Metodika a", "Byty a"), "utf-8")
    checked: list[str] = []

    def heard(sheet: cells.Sheet) -> cells.Checked:
        checked.append(sheet.table.name)
        return cells.check(sheet)

    monkeypatch.setattr(loading, "check", heard)
    again = slz_lib.load(data)
    assert checked == ["areas"]
    pd.testing.assert_frame_equal(again.evidence, told)
    assert again.areas["name"].str.contains("Byty").any()
    assert again.areas["name"].ne("jinak").all()


def test_a_memo_keeps_the_last_few() -> None:
    memo: Memo[int] = Memo()
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in (1, 2, 3, 4, 4, 5, 1, 5):
        assert memo.get(bytes([number]), lambda number=number: make(number)) == number  # type: ignore[misc]
    assert made == [1, 2, 3, 4, 5, 1]


def test_contents_tell_values_apart_and_copies_do_not(dataset: slz_lib.Dataset) -> None:
    assert digest(dataset) == digest(copied(dataset))
    kept = kept_evaluation(dataset, PERIOD)
    assert digest(kept) == digest(slz_lib.evaluate(dataset, PERIOD))
    assert digest(dataset, "a") != digest(dataset, "b")
    assert digest(dataset) != digest(replace(dataset, districts=dataset.districts.iloc[:-1]))


def test_a_function_is_known_by_its_code_and_by_what_it_holds(dataset: slz_lib.Dataset) -> None:
    def adds(what: object) -> Callable[[int], object]:
        return lambda _: what

    def doubles(what: object) -> Callable[[int], object]:
        return lambda _: (what, what)

    areas = dataset.areas
    assert held(adds(areas)) == held(adds(areas.copy()))
    assert held(adds(adds([areas, "a"]))) == held(adds(adds([areas, "a"])))
    others = [adds(areas.iloc[1:]), doubles(areas), adds(adds(areas)), adds(["a"]), adds(["b"])]
    assert len({held(each) for each in [adds(areas), *others]}) == len(others) + 1


def test_a_copy_is_whole_wherever_it_goes(dataset: slz_lib.Dataset) -> None:
    judged = slz_lib.evaluate(slz_lib.load(dataset.root), PERIOD)
    for other in (copy.copy(judged), pickle.loads(pickle.dumps(judged))):  # noqa: S301 — its own
        assert digest(other) == digest(judged)
        pd.testing.assert_frame_equal(other.dataset.areas, judged.dataset.areas)
    with pytest.raises(AttributeError, match="regions"):
        judged.dataset.regions  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_kept_does_not_change_with_the_dataset_it_was_judged_from() -> None:
    mine = replace(slz_lib.load(ROOT / "data"))
    kept = kept_evaluation(mine, PERIOD, as_of="2023-05-05")
    name = kept.dataset.bodies["name"].iloc[0]
    mine.bodies["name"] = "jinak"
    assert kept.dataset.bodies["name"].iloc[0] == name


@dataclass(frozen=True)
class Computing(Kept):
    """Something that is kept, with a value computed of it that asks for what is not there."""

    number: int

    @cached_property
    def derived(self) -> int:
        return self.number.nothing_such  # type: ignore[attr-defined, no-any-return]


def test_what_a_computed_value_stumbles_over_is_told_as_it_is() -> None:
    for one in (Computing(1), lent(Computing(1))):
        with pytest.raises(AttributeError, match="'int' object has no attribute 'nothing_such'"):
            _ = one.derived
        with pytest.raises(AttributeError, match="'Computing' object has no attribute 'wrong'"):
            _ = one.wrong  # type: ignore[attr-defined]
