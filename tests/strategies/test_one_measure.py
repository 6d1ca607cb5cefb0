"""A strategy of one measure, one area, one body and two statuses: all is done, or nothing is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset import Dataset
from slz_lib.production.catalogue import AREA_BRIEF, BODY_BRIEF, BROCHURE, PLAN, REPORT
from tests.commands.sample import of_period
from tests.samples.issuing import issue
from tests.samples.written import write_dataset
from tests.strategies.test_city import CITY, FIRST, SECOND, words

MEASURE = "2.2.2"


def of_one(city: Dataset, *, done: bool) -> Dataset:
    """The city with one measure left, and a scale of yes and no."""

    def only(frame: pd.DataFrame, column: str, *values: str) -> pd.DataFrame:
        return frame[frame[column].isin(values)].reset_index(drop=True)

    made: dict[str, Any] = {
        name: only(getattr(city, name), column, MEASURE)
        for name, column in {
            "indicators": "measure_id",
            "measure_bodies": "measure_id",
            "decisions": "measure_id",
            "evidence": "measure_id",
            "measures": "id",
        }.items()
    }
    empty = ("goals", "goal_levels", "links", "districts", "places", "observations", "funding")
    made |= {name: getattr(city, name).iloc[:0] for name in (*empty, "claims")}
    steps = ("SPLNENO", "NESPLNENO")
    rules = only(city.evaluation_rules, "id", "M-1", "M-4").assign(order=[1, 2])
    conditions = only(city.rule_conditions, "rule_id", "M-1", "M-4").assign(
        quantity="share_done", operator=["ge", "lt"], value=[1.0, 1.0]
    )
    first = made["decisions"]["period_id"].eq(FIRST)
    return replace(
        city,
        **made
        | {
            "areas": only(city.areas, "id", "2").assign(order=1),
            "bodies": only(city.bodies, "id", "OSV")
            .assign(parent_id=None)
            .astype(city.bodies.dtypes),
            "statuses": only(city.statuses, "code", *steps).assign(order=[1, 2]),
            "evaluation_rules": rules,
            "rule_conditions": conditions,
            "measures": made["measures"].assign(number=1),
            "evidence": made["evidence"].assign(state="done" if done else "not_done"),
            "decisions": made["decisions"].assign(
                status=pd.Series(steps[not done], index=first.index).where(first),
                published=pd.Series("Splněno" if done else "Nesplněno", index=first.index).where(
                    first
                ),
            ),
        },
    )


@pytest.mark.parametrize("done", [True, False])
def test_documents_of_one_measure_say_so_without_silly_sentences(
    tmp_path: Path, *, done: bool
) -> None:
    write_dataset(of_one(slz_lib.load(CITY / "data"), done=done), tmp_path / "data")
    for edition in (
        of_period(REPORT, FIRST, "html"),
        of_period(PLAN, SECOND, "html"),
        of_period(BROCHURE, FIRST, "html"),
        of_period(AREA_BRIEF, FIRST, "html", area="2"),
        of_period(BODY_BRIEF, FIRST, "html", body="OSV"),
    ):
        issue(edition, tmp_path / "data", tmp_path / "reports")
    pages = {
        path.stem: re.sub(r"\s+", " ", words(path.read_text(encoding="utf-8")))
        for path in (tmp_path / "reports").rglob("*.html")
    }
    sentence = f"Program má 1 opatření. K 31. 12. 2023 bylo {'splněno' if done else 'nesplněno'}."
    assert sentence in pages["zprava-o-naplnovani"]
    steps = "plán žádný nenavrhuje" if done else "Plán řeší"
    assert steps in pages["akcni-plan"]
    assert not [name for name, page in pages.items() if re.search(r"\bnan\b|\bNone\b", page)]
