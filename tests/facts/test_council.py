"""What the brief for the assembly says, recomputed from the judgements with pandas."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import ParameterError
from slz_lib.presentation.briefs import CouncilBrief
from tests.samples.synthetic_periods import synthetic_periods


@pytest.fixture(scope="module")
def brief(evaluation: slz_lib.Evaluation) -> CouncilBrief:
    return CouncilBrief(evaluation)


def named(tasks: pd.DataFrame, beginning: str) -> list[str]:
    """The measures of the tasks that begin so."""
    chosen = tasks.loc[tasks["task"].str.startswith(beginning), "measures"]
    return sorted(chosen.str.split(r", | a\s", regex=True).explode())


@pytest.mark.parametrize(
    ("beginning", "column"),
    [
        ("Navrhnout gestora", "lead_missing"),
        ("Dodat podklad", "silent"),
        ("Navrhnout nový termín", "overdue"),
    ],
)
def test_each_measure_that_asks_for_it_stands_in_one_task(
    brief: CouncilBrief, evaluation: slz_lib.Evaluation, beginning: str, column: str
) -> None:
    judged = evaluation.judgements
    assert named(brief.tasks, beginning) == sorted(judged.loc[judged[column], "measure_id"])


def test_what_has_no_lead_is_asked_of_whoever_submits_the_report(
    brief: CouncilBrief, evaluation: slz_lib.Evaluation
) -> None:
    judged = evaluation.judgements.set_index("measure_id")
    submitted = brief.tasks[brief.tasks["whom"].eq("předkladatel zprávy")]
    asked = submitted["measures"].str.split(r", | a\s", regex=True).explode()
    assert set(asked) == set(judged.index[judged["lead_missing"]])
    assert "neurčen" not in " ".join(brief.tasks["whom"])


def test_the_three_findings_concern_most_measures(
    brief: CouncilBrief, evaluation: slz_lib.Evaluation
) -> None:
    judged = evaluation.judgements
    reached = judged["status"].isin(["SPLNENO", "PLNENO"]).groupby(judged["area_id"])
    numbers = {
        "unreached": (~reached.transform("any")).sum(),
        "differs": judged["differs"].sum(),
        "silent": judged["silent"].sum(),
        "lead_missing": judged["lead_missing"].sum(),
        "overdue": judged["overdue"].sum(),
    }
    assert brief.concerned.to_dict() == numbers
    assert brief.matters == sorted(numbers, key=lambda name: -numbers[name])[:3]


def test_a_day_that_nobody_set_is_half_a_year_away_and_said_to_be_assumed(
    brief: CouncilBrief, evaluation: slz_lib.Evaluation
) -> None:
    assert evaluation.period.as_of == date(2023, 12, 31)
    assert brief.until == date(2024, 6, 30)
    (note,) = brief.tasks_table.notes
    assert "předpoklad" in note
    set_by_somebody = CouncilBrief(evaluation, due="2024-03-31")
    assert set_by_somebody.until == date(2024, 3, 31)
    assert set_by_somebody.tasks_table.notes == ()
    with pytest.raises(ParameterError, match="není datum"):
        _ = CouncilBrief(evaluation, due="31. 3.").until


def test_where_nothing_is_asked_there_is_no_task(dataset: slz_lib.Dataset) -> None:
    """A synthetic period in which the flags are taken back."""
    later = synthetic_periods(dataset, published=False).after
    later.judgements[["silent", "lead_missing", "overdue", "differs"]] = False
    later.judgements["disputed"] = 0
    brief = CouncilBrief(later)
    laws = brief.tasks["task"].str.startswith("Posoudit opatření podle zákona č.")
    assert laws.all()
    assert set(brief.concerned.index) <= {"unreached"}
