"""What charts say of made-up series of figures and of made-up plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from slz_lib.dataset import Dataset
from slz_lib.evaluation import Evaluation
from slz_lib.planning import ActionPlan
from slz_lib.presentation import charts
from slz_lib.vocabulary import Period
from tests.documents.legibility import kept_drawings, texts
from tests.samples.periods_judged import period_of
from tests.samples.reading import said


def observed(values: dict[str, float], **form: str | None) -> pd.DataFrame:
    """Observations of one series of the measure I.1 by year."""
    given = {
        "measure_id": "I.1", "series": "a", "name": "Kurzy", "qualifier": "exact", "unit": "kurzů",
        "time_kind": "year", "territory": "LK", "dimension": None,
    } | form  # fmt: skip
    return pd.DataFrame([given | {"time": time, "value": v} for time, v in values.items()])


def with_figures(observations: pd.DataFrame) -> Evaluation:
    """A period with these figures and no measure."""
    period = period_of([])
    known = observations.assign(period_id=period.period.id)
    dataset = SimpleNamespace(
        **vars(period.dataset), observations=known, period=lambda _: period.period
    )
    return replace(period, dataset=cast("Dataset", dataset), observations=known)


@pytest.mark.parametrize(
    ("values", "caption"),
    [
        (
            {"2021": 1, "2022": 9, "2023": 4},
            "Nejvíce přibylo kurzů v řadě „Kurzy“: 1 v roce 2021, 4 v roce 2023",
        ),
        (
            {"2021": 4, "2022": 9, "2023": 1},
            "Nejvíce ubylo kurzů v řadě „Kurzy“: 4 v roce 2021, 1 v roce 2023",
        ),
        ({"2021": 0, "2022": 0, "2023": 0}, "Mezi lety 2021 a 2023 se údaje nezměnily"),
    ],
)
def test_a_series_is_told_from_its_first_to_its_last_year(
    values: dict[str, float], caption: str
) -> None:
    assert said(charts.series_chart_of(with_figures(observed(values)), "I.1")) == caption


def test_series_of_different_units_are_not_measured_against_each_other() -> None:
    years = ("2021", "2022", "2023")
    rows = [
        observed(dict(zip(years, (1, 2, 3), strict=True))),
        observed(dict(zip(years, (9, 5, 1), strict=True)), series="b", name="Dny", unit="dnů"),
        observed(dict(zip(years, (900, 9, 90), strict=True)), series="c", name="Dar", unit="Kč"),
        observed(dict(zip(years, (7, 7, 7), strict=True)), series="d", name="Podíl", unit="%"),
    ]
    figure = charts.series_chart_of(with_figures(pd.concat(rows, ignore_index=True)), "I.1")
    assert said(figure) == (
        "Nejvíce přibylo kurzů v řadě „Kurzy“: 1 v roce 2021, 3 v roce 2023; "
        "nejvíce ubylo dnů v řadě „Dny“: 9 v roce 2021, 1 v roce 2023; "
        "nejvíce klesla řada „Dar“: 900 v roce 2021, 90 v roce 2023"
    )
    assert figure.alt.startswith(figure.caption)


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
        bodies=pd.DataFrame({"id": ["A", "B"], "short_name": ["OSV", "MMR"]}),
        terms=period.dataset.terms,
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
    decisions = steps[["measure_id", "area_id", "cause"]].assign(choice="continue")
    evaluation = replace(period, dataset=cast("Dataset", dataset))
    horizon = Period("2024-2025", date(2024, 1, 1), date(2025, 12, 31), date(2024, 1, 1))
    return ActionPlan(horizon, evaluation, decisions, steps)


@pytest.mark.parametrize(
    ("days", "caption"),
    [
        ([], "Plán nemá žádný krok s termínem"),
        (
            ["2024-06-30", "2024-06-30", "2025-12-31"],
            "Do 31. 12. 2024 končí 2 ze 3 kroků (66,7 %), a to 30. 6. 2024",
        ),
        (
            ["2024-06-30", "2025-12-31"],
            "Do 31. 12. 2024 končí 1 ze 2 kroků (50,0 %), a to 30. 6. 2024",
        ),
        (
            ["2024-03-31", "2024-06-30", "2024-06-30"],
            "Do 31. 12. 2024 končí všechny 3 kroky, první už 31. 3. 2024",
        ),
        (
            ["2025-03-31", "2025-06-30"],
            "Do 31. 12. 2024 nekončí žádný ze 2 kroků, první až 31. 3. 2025",
        ),
        (["2024-06-30"], "Jediný krok má termín 30. 6. 2024"),
        (["2024-06-30"] * 2, "Oba kroky mají termín 30. 6. 2024"),
        (["2024-06-30"] * 3, "Všechny 3 kroky mají termín 30. 6. 2024"),
        (["2024-06-30"] * 7, "Všech 7 kroků má termín 30. 6. 2024"),
    ],
)
def test_the_plan_says_what_ends_first(days: list[str], caption: str) -> None:
    figure = charts.gantt(drafted(days))
    assert said(figure) == caption
    assert figure.alt.startswith(figure.caption)


def test_few_steps_of_an_area_are_told_one_by_one() -> None:
    plan = drafted(["2024-06-30", "2025-12-31", "2025-12-31"])
    steps = plan.steps.assign(lead=["A", "A;B", ""])
    alt = charts.gantt_of_area(replace(plan, steps=steps), "I").alt.replace("\u00a0", " ")
    assert alt == (
        "Okruh I: do 31. 12. 2024 končí 1 ze 3 kroků (33,3 %), a to 30. 6. 2024. "
        "Termíny kroků jsou od 30. 6. 2024 do 31. 12. 2025. "
        "I.0 (proč): do června 2024, gestor OSV; "
        "I.1 (proč): do prosince 2025, gestoři OSV a MMR; "
        "I.2 (proč): do prosince 2025, gestor neurčen."
    )


def test_many_steps_of_an_area_are_left_to_the_table() -> None:
    alt = charts.gantt_of_area(drafted(["2024-06-30"] * 9), "I").alt.replace("\u00a0", " ")
    assert alt == "Okruh I: všech 9 kroků má termín 30. 6. 2024. Jednotlivé kroky uvádí tabulka."


def test_an_area_with_too_many_steps_has_a_row_a_measure() -> None:
    plan = drafted(["2024-06-30"] * 40)
    steps = plan.steps.assign(measure_id=[f"I.{n // 4}" for n in range(40)])
    with kept_drawings() as drawings:
        charts.gantt_of_area(replace(plan, steps=steps), "I")
    shown = [text.get_text() for text in texts(drawings[0])]
    assert shown.count("4\u00a0kroky") == 10


def test_decisions_without_measures_say_so() -> None:
    assert said(charts.decisions_chart(drafted([]))) == "Plán nenavrhuje žádné rozhodnutí"
    one = charts.decisions_chart(drafted(["2024-06-30"]))
    assert said(one) == "Navrhuje se pokračovat v jediném opatření"


def test_decisions_stand_in_the_order_of_the_text() -> None:
    plan = drafted(["2024-06-30"] * 5)
    decided = ["close", "merge", "merge", "continue", "reformulate"]
    cause = pd.Series(["c", "c", "e", None, "c"], dtype="str")
    decisions = plan.decisions.assign(choice=decided, cause=cause)
    causes = pd.DataFrame(
        {"id": ["c", "e"], "order": [2, 1], "kind": "main", "label": ["Proč", "Nová příčina"]}
    )
    dataset = cast("Dataset", SimpleNamespace(plan_causes=causes, terms=plan.terms))
    evaluation = replace(plan.evaluation, dataset=dataset)
    figure = charts.decisions_chart(replace(plan, decisions=decisions, evaluation=evaluation))
    assert said(figure) == (
        "Navrhuje se pokračovat v 1 z 5 opatření (20,0 %), přeformulovat 1, sloučit s jinými 2 "
        "a uzavřít 1"
    )
    assert figure.alt.replace("\u00a0", " ").endswith(
        "pokračovat – jen nedostatek zadání 1; přeformulovat – proč 1; "
        "sloučit – nová příčina 1, proč 1; uzavřít – proč 1."
    )
