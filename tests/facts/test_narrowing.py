"""A part of a period is an evaluation like any other."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import pandas as pd

import slz_lib
from slz_lib.dataset.schemas import TABLES
from slz_lib.evaluation.audit import audit
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.uncertainty import Uncertainty


def parts(evaluation: slz_lib.Evaluation) -> dict[str, list[str]]:
    """The largest area, a single measure of every published status, supplied or not, and none."""
    judged = evaluation.judgements
    area = judged["area_id"].value_counts().index[0]
    largest = {area: list(judged.loc[judged["area_id"].eq(area), "measure_id"])}
    sorts = judged.drop_duplicates(["published", "supplied"])
    return largest | {measure: [measure] for measure in sorts["measure_id"]} | {"none": []}


def test_every_part_can_be_audited(evaluation: slz_lib.Evaluation) -> None:
    for name, measures in parts(evaluation).items():
        found = audit(narrowed(evaluation, measures)).findings["measure_id"].dropna()
        assert set(found) <= set(measures), name


def test_every_table_of_a_part_is_that_of_the_whole_without_other_measures(
    evaluation: slz_lib.Evaluation,
) -> None:
    part = narrowed(evaluation, ["I.1", "IV.1"])
    for table in TABLES:
        whole, found = evaluation.dataset.table(table.name), part.dataset.table(table.name)
        assert list(found.columns) == list(whole.columns)
        if "measure_id" in whole.columns:
            assert set(found["measure_id"]) <= {"I.1", "IV.1"}, table.name
            assert len(found) == whole["measure_id"].isin(["I.1", "IV.1"]).sum(), table.name
    pd.testing.assert_frame_equal(part.dataset.bodies, evaluation.dataset.bodies)
    assert part.dataset.measures["id"].tolist() == ["I.1", "IV.1"]
    assert part.period == evaluation.period


def test_a_part_of_a_part_is_their_intersection(evaluation: slz_lib.Evaluation) -> None:
    twice = narrowed(narrowed(evaluation, ["I.1", "I.2"]), ["I.2", "I.3"])
    assert twice.judgements["measure_id"].tolist() == ["I.2"]
    assert twice.dataset.measures["id"].tolist() == ["I.2"]


def test_a_part_can_be_replaced_pickled_and_asked_on(evaluation: slz_lib.Evaluation) -> None:
    part = narrowed(evaluation, ["I.1", "I.2"])
    assert replace(part, claims=evaluation.claims).total == 2
    copied = pickle.loads(pickle.dumps(part))  # noqa: S301 — made here
    for field in fields(copied):
        value = getattr(part, field.name)
        if isinstance(value, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(copied, field.name), value)
    assert copied.dataset.measures["id"].tolist() == ["I.1", "I.2"]
    assert repr(part).startswith("<Evaluation 2022-2023: ")
    assert Uncertainty(part).bounds["stated"].sum() == 2
