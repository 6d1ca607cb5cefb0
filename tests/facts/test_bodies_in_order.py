"""The order in which documents list bodies."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation.summaries import bodies_in_order, by_lead
from tests.samples.scales import SCALE

BODIES = pd.DataFrame(
    {"id": ["a", "b", "c", "d"], "short_name": ["OŽP", "OSV", "obce", "OŠMTS"]}, dtype="str"
)


def test_bodies_of_one_size_stand_in_czech_order_and_nobody_stands_last() -> None:
    table = pd.DataFrame({"steps": [9, 1, 1, 1, 2]}, index=["", "a", "b", "c", "d"])
    assert list(bodies_in_order(table, BODIES, "steps").index) == ["d", "c", "b", "a", ""]


def test_where_everything_has_a_body_nobody_is_listed() -> None:
    table = pd.DataFrame({"steps": [1, 2]}, index=["a", "b"])
    assert list(bodies_in_order(table, BODIES, "steps").index) == ["b", "a"]


def test_measures_without_a_lead_are_counted_last() -> None:
    judgements = pd.DataFrame({"measure_id": ["1", "2", "3", "4"], "status": "PLNENO"})
    leads = pd.DataFrame(
        {
            "measure_id": ["1", "2", "3", "4"],
            "body_id": pd.Series([None, None, "a", "d"], dtype="str"),
        }
    )
    assert by_lead(judgements, leads, BODIES, SCALE)["total"].to_dict() == {"d": 1, "a": 1, "": 2}
    assert list(by_lead(judgements, leads, BODIES, SCALE).index) == ["d", "a", ""]
