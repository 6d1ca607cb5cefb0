"""What answers what, both ways: goals, other plans, and what nothing answers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

import slz_lib
from slz_lib.evaluation.alignment import counterparts, goal_answers, goal_matrix, unlinked
from slz_lib.presentation import charts, tables
from tests.conftest import SYNTHETIC


def test_goals_that_no_measure_answers_are_named(plan: slz_lib.ActionPlan) -> None:
    found = goal_answers(plan.evaluation.dataset)
    gaps = list(found.index[found["measures"].isna()])
    assert gaps == ["C3.3", "C6.2", "C8.2", "C11.3", "C13.5"]
    assert all(gap in charts.alignment_chart(plan).caption for gap in gaps)
    told = [row.cells[1].text for row in tables.goal_answers_table(plan).rows]
    assert told.count("žádné opatření") == len(gaps)


def test_every_measure_answers_a_goal_or_is_listed(dataset: slz_lib.Dataset) -> None:
    answering = goal_answers(dataset)["measures"].dropna().str.split(", ").explode()
    rest = unlinked(dataset, "goal_id").str.split(", ").explode()
    assert set(answering) | set(rest) == set(dataset.measures["id"])
    assert not set(answering) & set(rest)


def test_a_counterpart_is_of_the_item_itself_or_of_what_it_stands_under() -> None:
    dataset = slz_lib.load(SYNTHETIC)
    found = counterparts(dataset).set_index("id")[["own", "above"]]
    told = found.loc[["N-o1", "L-p1"]].fillna("").to_numpy().tolist()
    assert told == [["II", "II"], ["", "I"]]
    matrix = goal_matrix(dataset)
    assert matrix.loc["I", "C1"] == 0, "the area answers, no measure of it by itself"
    assert matrix.loc["II"].isna().all()


def test_territory_tells_of_narrow_measures_where_evidence_names_a_place_and_where_not(
    plan: slz_lib.ActionPlan,
) -> None:
    rows = tables.districts_table(plan).rows
    told = [[set(cell.text.split(", ")) - {"žádné"} for cell in row.cells[1:3]] for row in rows]
    assert len(rows) == len(plan.evaluation.dataset.districts)
    every = set().union(*(named for named, _ in told))
    assert all(named | missing == every and not named & missing for named, missing in told)
    causes = plan.steps.set_index("measure_id")["cause"]
    assert "VIII.9" in every, "gardens in Liberec and Turnov"
    assert all("some_municipalities" in causes.loc[[measure]].tolist() for measure in every)
    nothing = replace(plan, steps=plan.steps.iloc[:0])
    assert not tables.districts_table(nothing).rows


def test_territory_tells_which_steps_name_it(plan: slz_lib.ActionPlan) -> None:
    """The proposal for VIII.5 names places of Liberec, told once, and one of Tanvald."""
    rows = tables.districts_table(plan).rows
    told = {row.cells[0].text: row.cells[3].text.split(", ") for row in rows}
    assert {name for name, ids in told.items() if "VIII.5" in ids} == {"Liberec", "Tanvald"}
    assert told["Liberec"].count("VIII.5") == 1
    assert told["Semily"] == ["žádné"]
    bare = plan.own("proposals").assign(places=pd.Series(dtype="str"))
    dataset = replace(plan.evaluation.dataset, proposals=bare)
    unnamed = replace(plan, evaluation=replace(plan.evaluation, dataset=dataset))
    assert {row.cells[3].text for row in tables.districts_table(unnamed).rows} == {"žádné"}
