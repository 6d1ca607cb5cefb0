"""What charts say of made-up series of figures and of made-up plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from slz_lib.dataset import Dataset
from slz_lib.documents.model import Figure
from slz_lib.planning import ActionPlan
from slz_lib.presentation import charts
from slz_lib.vocabulary import Period
from tests.presentation.synthetic import period_of


def said(figure: Figure) -> str:
    """The caption with plain spaces, as a test can read it."""
    return figure.caption.replace("\u00a0", " ")


def observed(values: dict[str, float], **form: str | None) -> pd.DataFrame:
    """Observations of one series of the measure I.1 by year."""
    given = {
        "measure_id": "I.1", "series": "a", "name": "Kurzy", "qualifier": "exact", "unit": "kurzů",
        "time_kind": "year", "territory": "LK", "dimension": None,
    } | form  # fmt: skip
    return pd.DataFrame([given | {"time": time, "value": v} for time, v in values.items()])


@pytest.mark.parametrize(
    ("values", "caption"),
    [
        ({"2021": 1, "2022": 9, "2023": 4}, "Nejvíce vzrostl údaj „Kurzy“: 1 v roce 2021, 4 v"),
        ({"2021": 4, "2022": 9, "2023": 1}, "Nejvíce klesl údaj „Kurzy“: 4 v roce 2021, 1 v"),
        ({"2021": 0, "2022": 0, "2023": 0}, "Mezi lety 2021 a 2023 se údaje nezměnily"),
    ],
)
def test_a_series_is_told_from_its_first_to_its_last_year(
    values: dict[str, float], caption: str
) -> None:
    assert said(charts.series_chart(observed(values), "I.1")).startswith(caption)


def test_a_series_needs_three_comparable_times() -> None:
    enough = observed({"2021": 1, "2022": 2, "2023": 3})
    short = observed({"2021": 1, "2022": 2}, measure_id="I.2")
    undated = observed({"2021": 1, "2022": 2, "2023": 3}, measure_id="I.3", time_kind="unknown")
    mixed = pd.concat(
        [short, observed({"2023": 3}, measure_id="I.2", dimension="obce")], ignore_index=True
    )
    observations = pd.concat([enough, mixed, undated], ignore_index=True)
    assert charts.series_measures(observations) == ["I.1"]


def drafted(days: list[str]) -> ActionPlan:
    """A plan of one area with a step to each of these days, a measure each."""
    period = period_of([])
    number = len(days)
    dataset = SimpleNamespace(
        plan_causes=pd.DataFrame(
            {
                "id": ["c", "d"],
                "order": [1, 2],
                "kind": ["main", "defect"],
                "label": ["Proč", "Vada"],
            }
        ),
        areas=period.dataset.areas,
        bodies=pd.DataFrame({"id": ["A"], "short_name": ["OSV"]}),
    )
    steps = pd.DataFrame(
        {
            "id": [f"I.{n}/1" for n in range(number)],
            "measure_id": [f"I.{n}" for n in range(number)],
            "area_id": "I",
            "cause": "c",
            "lead": "A",
            "start": pd.Timestamp("2024-01-01"),
            "deadline": pd.to_datetime(pd.Series(days, dtype="str")),
        }
    )
    decisions = steps[["measure_id", "area_id", "cause"]].assign(decision="continue")
    evaluation = replace(period, dataset=cast("Dataset", dataset))
    horizon = Period("2024-2025", date(2024, 1, 1), date(2025, 12, 31), date(2024, 1, 1))
    return ActionPlan(horizon, evaluation, decisions, steps)


@pytest.mark.parametrize(
    ("days", "caption"),
    [
        ([], "Plán nemá žádný krok"),
        (
            ["2024-06-30", "2024-06-30", "2025-12-31"],
            "Nejvíce kroků, 2 ze 3 (66,7 %), má skončit do června 2024",
        ),
        (
            ["2024-06-30", "2025-12-31"],
            "Nejvíce kroků, vždy 1 ze 2 (50,0 %), má skončit do června 2024 a do prosince 2025",
        ),
    ],
)  # fmt: skip
def test_the_plan_says_when_most_steps_end(days: list[str], caption: str) -> None:
    assert said(charts.gantt(drafted(days))) == caption


def test_an_area_with_too_many_steps_has_a_row_a_measure() -> None:
    plan = drafted(["2024-06-30"] * 40)
    steps = plan.steps.assign(measure_id=[f"I.{n // 4}" for n in range(40)])
    figure = charts.gantt_of_area(replace(plan, steps=steps), "I")
    assert figure.alt.count("4\u00a0kroky") == 10
    assert figure.height_mm < 200


def test_decisions_without_measures_say_so() -> None:
    assert said(charts.decisions_chart(drafted([]))) == "Plán nenavrhuje žádné rozhodnutí"
    one = charts.decisions_chart(drafted(["2024-06-30"]))
    assert said(one) == "U 1 z 1 opatření (100,0 %) se navrhuje pokračovat"
