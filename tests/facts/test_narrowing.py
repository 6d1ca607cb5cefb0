"""A part of a period is an evaluation like any other."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.schemas import TABLES
from slz_lib.errors import DocumentError, ParameterError
from slz_lib.evaluation.audit import audit
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.responses import evidence_in
from slz_lib.evaluation.uncertainty import Uncertainty
from slz_lib.presentation import charts, tables, title_block
from tests.conftest import ROOT


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
            kept = whole["measure_id"].isin(["I.1", "IV.1"])
            kept |= whole["measure_id"].isna() & (table.name == "links")  # those of areas
            pd.testing.assert_frame_equal(found, whole[kept].reset_index(drop=True))
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


def held(evaluation: slz_lib.Evaluation, body: str, role: str = "lead") -> pd.Series:
    rows = evaluation.dataset.measure_bodies
    return rows[rows["body_id"].eq(body) & rows["role"].eq(role)]["measure_id"]


#: What people say, and the judgements they mean by it.
SAID: dict[str, tuple[dict[str, Any], Callable[[slz_lib.Evaluation, Any], Any]]] = {
    "body=OSV": ({"body": "OSV"}, lambda e, j: j["measure_id"].isin(held(e, "KULK-OSV"))),
    "a name in another case, and a deadline": (
        {"body": "ODBOR socialnich  veci", "deadline": 2024},
        lambda e, j: j["measure_id"].isin(held(e, "KULK-OSV")) & j["deadline_day"].dt.year.eq(2024),
    ),
    "any of two bodies": (
        {"body": {"OSV", "kulk-osmts"}},
        lambda e, j: j["measure_id"].isin([*held(e, "KULK-OSV"), *held(e, "KULK-OSMTS")]),
    ),
    "cooperating": (
        {"cooperating": "mpsv"},
        lambda e, j: j["measure_id"].isin(held(e, "MPSV", "cooperating")),
    ),
    "no lead": ({"body": "bez gestora"}, lambda _, j: j["lead_missing"]),
    "status by its word": ({"status": "castecne"}, lambda _, j: j["status"].eq("CASTECNE")),
    "status by its sign": ({"status": "◐"}, lambda _, j: j["status"].eq("CASTECNE")),
    "no status": ({"status": "neurčen"}, lambda _, j: j["status"].isna()),
    "an area by its name": (
        {"area": "koncepcni reseni dluhu"},
        lambda _, j: j["area_id"].eq("III"),
    ),
    "a month": (
        {"deadline": "12/2024"},
        lambda _, j: j["deadline_day"].eq(pd.Timestamp("2024-12-31")),
    ),
    "years": ({"deadline": "2024–2025"}, lambda _, j: j["deadline_day"].dt.year.isin([2024, 2025])),
    "a kind": (
        {"deadline": "prubezne"},
        lambda _, j: j["deadline_kind"].eq("continuous"),
    ),
    "a goal above others": (
        {"goal": "bydleni"},
        lambda e, j: j["area_id"].isin(
            e.dataset.links.loc[e.dataset.links["goal_id"].isin(["C4", "C5", "C6"]), "area_id"]
        ),
    ),
    "a district": (
        {"district": "orp liberec"},
        lambda e, j: j["measure_id"].isin(evidence_in(e, "ORP-5105")["measure_id"]),
    ),
    "measures out of a table": (
        {"measure": pd.Series(["II.3", "I.1"])},
        lambda _, j: j["measure_id"].isin(["I.1", "II.3"]),
    ),
    "nothing": ({"area": []}, lambda _, j: j["measure_id"].eq("")),
}


@pytest.mark.parametrize("said", SAID)
def test_only_is_what_pandas_finds(evaluation: slz_lib.Evaluation, said: str) -> None:
    asked, meant = SAID[said]
    judged = evaluation.judgements
    found = evaluation.only(**asked)
    assert (
        found.judgements["measure_id"].tolist()
        == judged["measure_id"][meant(evaluation, judged)].tolist()
    )
    assert found.selection is not None
    assert (found.selection.part, found.selection.whole) == (found.total, len(judged))


def test_areas_of_a_selection_are_those_that_it_has(evaluation: slz_lib.Evaluation) -> None:
    part = evaluation.only(area=["III", "I"])
    assert part.by_area.index.tolist() == ["I", "III"]
    shown = charts.areas_by_status(part).alt
    names = evaluation.dataset.areas.set_index("id")["short_name"]
    assert [area for area, name in names.items() if name in shown] == ["I", "III"]
    assert tables.area_table(part).rows[-1].cells[-1].text == str(part.total)


def test_only_again_keeps_the_whole(evaluation: slz_lib.Evaluation) -> None:
    both = evaluation.only(body="OSV").only(goal="C4")
    assert set(both.judgements["measure_id"]) == set(
        evaluation.only(goal="C4", body="OSV").judgements["measure_id"]
    )
    assert str(both.selection) == f"gestor OSV, cíl C4 ({both.total}\u00a0ze\u00a0109 opatření)"
    assert both.by_goal["total"].sum() >= both.total


def test_all_that_is_unknown_is_told_at_once(evaluation: slz_lib.Evaluation) -> None:
    with pytest.raises(ParameterError) as told:
        evaluation.only(body="OSW", status="hotovo", termin=2024, deadline="2024-13")
    sentences = str(told.value)
    assert "Gestor „OSW“ v\u00a0datech není; nejbližší je „OSV“." in sentences
    assert "jsou v\u00a0nich: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, NEPLNĚNO." in sentences
    assert "podle „termin“; nejbližší je deadline." in sentences
    assert "Termínu „2024-13“ nerozumíme" in sentences


def test_every_table_and_chart_of_a_part_says_what_it_is(evaluation: slz_lib.Evaluation) -> None:
    """A part of nothing, one of a body's measures, and one measure of another strategy."""
    other = slz_lib.evaluate(slz_lib.load(ROOT / "tests/strategies/national/data"))
    lead, first = evaluation.by_lead.index[0], other.judgements["measure_id"][0]
    parts = [evaluation.only(measure=[]), evaluation.only(body=lead), other.only(measure=first)]
    made = 0
    for module in (charts, tables):
        for name in module.__all__:
            function = getattr(module, name)
            asked, *more = inspect.signature(function).parameters.values()
            if asked.annotation != "Evaluation" or any(p.default is p.empty for p in more):
                continue
            for part in parts:
                shown = function(part)
                if isinstance(shown, bool | None):
                    continue
                words = shown.model_dump_json()
                assert str(part.selection).split(" (")[0].replace("\u00a0", " ") in words.replace(
                    "\u00a0", " "
                ), name
                made += 1
    assert made > 60


@pytest.mark.parametrize("module", [charts, tables])
def test_whatever_shows_an_evaluation_tells_its_part(module: ModuleType) -> None:
    for name in module.__all__:
        signature = inspect.signature(function := getattr(module, name))
        asked = any("Evaluation" in str(p.annotation) for p in signature.parameters.values())
        if asked and signature.return_annotation in ("Table", "Figure", "Content"):
            assert hasattr(function, "__wrapped__"), f"{name} stands without @telling_selection"


def test_a_title_block_is_filled_from_the_data(evaluation: slz_lib.Evaluation) -> None:
    title = title_block(evaluation.only(body="OSV"), title="Opatření OSV")
    assert title.author == evaluation.dataset.strategy["region"][0]
    assert title.as_of == evaluation.period.as_of
    assert [fact.term for fact in title.facts] == ["Stav ke dni", "Výběr"]
    assert "gestor OSV" in title.facts[1].text[0].text
    with pytest.raises(DocumentError, match="kdo dokument vydává"):
        title_block(evaluation.period, title="Opatření OSV")
