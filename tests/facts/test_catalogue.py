"""The kinds of editions: a new one is one entry, whose parts come from the data."""

from __future__ import annotations

import pickle

import pytest

import slz_lib
from slz_lib.errors import ParameterError
from slz_lib.production import catalogue
from slz_lib.production.catalogue import Edition, Publication, editions, meanings

PERIOD = "2022-2023"


GOAL_BRIEF = Publication(
    notebook="goal_brief",
    subject="period",
    stem="cil-",
    part="goal",
    folder="cile",
)


def test_a_new_kind_of_brief_is_one_entry(
    dataset: slz_lib.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.KINDS, "goals", GOAL_BRIEF)
    made = list(editions(dataset, PERIOD, ["goals"], ("html",), {"draft": "ano"}))
    goals = dataset.goals["id"].tolist()
    assert [edition.parameters["goal"] for edition in made] == goals
    assert made[0].name == f"{PERIOD}/cile/cil-{goals[0].lower()}"
    assert made[0].parameters["draft"] == "ano"
    assert pickle.loads(pickle.dumps(made[0])) == made[0]  # noqa: S301 — made here
    with pytest.raises(ParameterError, match="Označení „X“ tu není"):
        meanings(GOAL_BRIEF, dataset)["goal"]("X")


def test_the_longest_work_stands_first_and_a_plan_goes_by_the_day_of_its_period(
    dataset: slz_lib.Dataset,
) -> None:
    kinds = ["districts", "plan", "areas", "report", "bodies"]
    made = list(editions(dataset, PERIOD, kinds, ("html",), {"as_of": "2023-06-30"}))
    assert [edition.name for edition in made][:3] == [
        f"{PERIOD}/zprava-o-naplnovani",
        "2024-2025/akcni-plan",
        f"{PERIOD}/okruhy/okruh-I",
    ]
    assert len(made) == 2 + 13 + 36 + 10
    dated = {edition.publication.notebook for edition in made if "as_of" in edition.parameters}
    assert dated == {"annual_report", "area_brief", "body_brief", "district_brief"}


def test_an_edition_without_its_subject_has_no_place() -> None:
    with pytest.raises(ParameterError, match="Chybí parametr „period“ notebooku „goal_brief“"):
        assert Edition(GOAL_BRIEF, {}).name
