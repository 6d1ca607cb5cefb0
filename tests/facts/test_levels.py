"""Goals in any number of levels, and any number of other plans: synthetic strategies of each."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.trees import in_order, roots
from slz_lib.documents.model import Heading, MeasureCard, Table, text_of
from slz_lib.presentation import Content, Findings, charts, measure_cards, prose, tables
from tests.conftest import ROOT, SYNTHETIC
from tests.samples.evidence import typed

PERIOD = "2022-2023"
#: Nouns of levels: one, genitive, accusative, few, many, gender.
NOUNS = {
    "pilir": ("pilíř", "pilíře", "pilíř", "pilíře", "pilířů", "masculine"),
    "priorita": ("priorita", "priority", "prioritu", "priority", "priorit", "feminine"),
    "cil": ("dílčí cíl", "dílčího cíle", "dílčí cíl", "dílčí cíle", "dílčích cílů", "masculine"),
    "tema": ("téma", "tématu", "téma", "témata", "témat", "neuter"),
}
FORMS = ("one", "genitive", "accusative", "few", "many", "gender")
#: Ids of three kinds, a goal of each level under the one before.
IDS = (["1", "1.2", "1.2.3", "1.2.3.1"], ["A", "A-4", "A-4-b", "A-4-b-i"], ["P1", "C1", "x9", "y"])


def ruled(strategy: slz_lib.Dataset, real: slz_lib.Dataset) -> slz_lib.Dataset:
    """A synthetic strategy under the real rules."""
    return replace(
        strategy,
        evaluation_rules=real.evaluation_rules,
        rule_conditions=real.rule_conditions,
        reach_terms=real.reach_terms,
    )


@pytest.fixture(scope="module")
def synthetic(dataset: slz_lib.Dataset) -> slz_lib.Dataset:
    return ruled(slz_lib.load(SYNTHETIC), dataset)


def chapter(dataset: slz_lib.Dataset, anchor: str) -> Content:
    """The cell with this anchor, of the report or its annex, filled in for a synthetic strategy."""
    books = [ROOT / f"notebooks/{name}.ipynb" for name in ("annual_report", "technical_annex")]
    cells = [
        "".join(cell["source"])
        for book in books
        for cell in json.loads(book.read_text("utf-8"))["cells"]
    ]
    magic, _, text = next(cell for cell in cells if f"{{#{anchor}}}" in cell).partition("\n")
    assert magic == "%%prose findings evaluation"
    evaluation = slz_lib.evaluate(dataset, PERIOD)
    findings = Findings(evaluation)
    names = {"evaluation": evaluation, "charts": charts, "tables": tables, "comparison": None}
    return prose(text, names, [findings, evaluation])


def words(content: Content) -> str:
    """Paragraphs and headings of a chapter, on one line."""
    texts = [text_of(text) for b in content.blocks if (text := getattr(b, "text", None))]
    return re.sub(r"\s+", " ", " ".join(texts))


def with_goals(
    dataset: slz_lib.Dataset, ids: Sequence[str], linked: Sequence[tuple[str, str, str]]
) -> slz_lib.Dataset:
    """The synthetic strategy with one goal of each level; links are column, id and goal."""
    levels = [
        {"id": name, "order": order, **dict(zip(FORMS, NOUNS[name], strict=True))}
        for order, name in enumerate([*NOUNS][: len(ids)], start=1)
    ]
    goals = [
        {"id": goal, "parent_id": above, "level_id": level, "order": 1, "name": f"Cíl {goal}"}
        for goal, above, level in zip(ids, [None, *ids], NOUNS, strict=False)
    ]
    rows = [{column: id_, "goal_id": goal, "note": "proč"} for column, id_, goal in linked]
    return replace(
        dataset,
        goal_levels=typed("goal_levels", levels),
        goals=typed("goals", goals),
        goal_conditions=dataset.goal_conditions.head(0),
        links=typed("links", rows).assign(source_id="syn-cteni"),
    )


@pytest.mark.parametrize("ids", IDS)
@pytest.mark.parametrize("depth", [1, 4])
def test_a_strategy_has_any_number_of_levels(
    synthetic: slz_lib.Dataset, ids: Sequence[str], depth: int
) -> None:
    lowest = ids[:depth][-1]
    dataset = with_goals(
        synthetic, ids[:depth], [("area_id", "I", lowest), ("measure_id", "II.1", ids[0])]
    )
    by_goal = slz_lib.evaluate(dataset, PERIOD).by_goal
    assert by_goal[["areas", "total"]].to_numpy().tolist() == [[1, 3]]
    content = chapter(dataset, "priority")
    found = {block.anchor: block for block in content.blocks if isinstance(block, Table)}
    assert [*found] == ["tab-priority", "tab-cile"]
    assert "Strategie má 1 pilíř v tomto pořadí: Cíl" in words(content)
    titles = [column.title for column in found["tab-cile"].columns]
    shown = [row.cells[0].text for row in found["tab-cile"].rows]
    assert shown == [f"Cíl {goal}" for goal in (ids[:1] if depth == 1 else ids[1:])]
    assert titles == (
        ["Název", "Okruhy", "Opatření"]
        if depth == 1
        else ["Název", "Úroveň", "Pilíř", "Okruhy", "Opatření"]
    )


def test_a_measure_linked_twice_counts_once(synthetic: slz_lib.Dataset) -> None:
    links = [("area_id", "I", "1.2"), ("measure_id", "I.1", "1"), ("measure_id", "I.1", "1.2")]
    dataset = with_goals(synthetic, ["1", "1.2"], links)
    assert slz_lib.evaluate(dataset, PERIOD).by_goal["total"].tolist() == [2]


def test_a_strategy_without_goals_or_links_has_no_chapter_of_them(
    synthetic: slz_lib.Dataset,
) -> None:
    assert chapter(with_goals(synthetic, [], []), "priority").blocks == ()
    unlinked = chapter(with_goals(synthetic, ["1", "1.2"], []), "priority")
    assert [block.anchor for block in unlinked.blocks if isinstance(block, Table)] == ["tab-cile"]


def test_goals_stand_by_their_orders_whatever_their_ids() -> None:
    rows = pd.DataFrame(
        {
            "id": ["b", "10", "a", "2", "c"],
            "parent_id": pd.Series(["2", None, "10", None, "2"], dtype="str"),
            "order": [2, 2, 1, 1, 1],
        }
    )
    assert in_order(rows)["id"].tolist() == ["2", "c", "b", "10", "a"]
    assert roots(rows).to_dict() == {"b": "2", "10": "10", "a": "10", "2": "2", "c": "2"}


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_there_are_any_number_of_other_plans(
    tmp_path: Path, dataset: slz_lib.Dataset, number: int
) -> None:
    data = Path(shutil.copytree(SYNTHETIC, tmp_path / "data"))
    plans = data / "other_plans"
    kept = ["narodni", "mesto", "treti"][:number]
    shutil.copytree(plans / "narodni", plans / "treti")
    plan = plans / "treti/plan.csv"
    plan.write_text(plan.read_text("utf-8").replace("\n1,", "\n3,"), "utf-8")
    for folder in {"narodni", "mesto", "treti"} - set(kept):
        shutil.rmtree(plans / folder)
    links = data / "strategy/links.csv"
    lines = links.read_text("utf-8").splitlines()
    bound = [line for line in lines if line.split(",")[3] in {"", "plan_id", *kept}]
    links.write_text("\n".join(bound) + "\n", "utf-8")
    content = chapter(ruled(slz_lib.load(data), dataset), "vazby")
    headings = [block.anchor for block in content.blocks if isinstance(block, Heading)]
    assert headings == ["vazby", *(f"plan-{p}" for p in kept), "navaznosti"][: 9 * bool(kept)]
    found = [block.anchor for block in content.blocks if isinstance(block, Table)]
    assert found == [*(f"tab-plan-{p}" for p in kept), "tab-vazby"][: 9 * bool(kept)]


def test_a_plan_says_what_its_data_allow(synthetic: slz_lib.Dataset) -> None:
    bare = replace(
        synthetic,
        other_summary=synthetic.other_summary.head(0),
        links=synthetic.links[synthetic.links["item_id"].isna()],
    )
    assert "obsahuje" not in words(chapter(bare, "vazby"))
    emptied = replace(bare, other_items=bare.other_items.head(0))
    assert chapter(emptied, "vazby").blocks == ()
    stated = words(chapter(replace(emptied, other_summary=synthetic.other_summary), "vazby"))
    assert "Podle podkladů plán obsahuje: 93 opatření; 33 opatření, za jejichž plnění" in stated


def test_an_area_without_measures_and_a_measure_without_co_operation_are_left_out(
    synthetic: slz_lib.Dataset,
) -> None:
    roles = synthetic.measure_bodies
    alone = replace(synthetic, measure_bodies=roles[roles["role"].eq("lead")])
    extra = synthetic.areas.tail(1).assign(id="Z", order=3, kind=None, lead_in=None)
    dataset = replace(alone, areas=pd.concat([alone.areas, extra], ignore_index=True))
    evaluation = slz_lib.evaluate(dataset, PERIOD)
    cards = [b for b in measure_cards(evaluation).blocks if isinstance(b, MeasureCard)]
    assert all("Spolupráce" not in {fact.term for fact in card.facts} for card in cards)
    findings = Findings(evaluation)
    assert findings.cards["Z"].blocks == ()
    assert "Z" not in findings.unfulfilled_areas
