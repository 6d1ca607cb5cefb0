"""A schedule: nobody has more to do than they can, and what does not fit is told why."""

from __future__ import annotations

import pandas as pd

from slz_lib.planning.schedule import Options, Schedule, scheduled

QUARTERS = tuple(f"{year}-Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4))
OPTIONS = Options(QUARTERS)


def a_step(id_: str, **given: object) -> dict[str, object]:
    """A step of body A that takes ten days in one quarter and is due in the last one."""
    usual = {
        "body": "A", "effort": 10.0, "earliest": 0, "due": 7, "length": 1, "requires": "",
        "weight": 10, "pinned": pd.NA, "forbidden": False,
    }  # fmt: skip
    return {"id": id_, **usual, **given}


def table(*steps: dict[str, object]) -> pd.DataFrame:
    """Steps as the schedule takes them."""
    whole = {"effort": "Float64", "pinned": "Int64", "due": "Int64", "earliest": "Int64"}
    return pd.DataFrame(list(steps), columns=list(a_step(""))).astype(whole)


def days(each: float, *bodies: str) -> pd.DataFrame:
    """The same capacity in every quarter."""
    rows = [(body, quarter, each) for body in bodies for quarter in range(len(QUARTERS))]
    return pd.DataFrame(rows, columns=["body", "quarter", "person_days"])


def starts(schedule: Schedule) -> dict[str, object]:
    """Where the steps stand."""
    return {
        str(name): None if pd.isna(start) else int(start)
        for name, start in zip(schedule.steps["id"], schedule.steps["start"], strict=True)
    }


def test_what_weighs_more_goes_first_and_what_has_no_room_waits() -> None:
    """Ten days a quarter are one step a quarter."""
    plan = scheduled(
        table(a_step("light", due=0), a_step("heavy", due=0, weight=90)), days(10, "A"), OPTIONS
    )
    assert starts(plan) == {"light": 1, "heavy": 0}
    assert plan.lateness == 10
    assert plan.gap == 0


def test_a_circle_is_named_and_the_rest_is_planned() -> None:
    """Steps that require one another cannot begin; each says what it waits for."""
    plan = scheduled(
        table(a_step("a", requires="b"), a_step("b", requires="a"), a_step("c")),
        days(10, "A"),
        OPTIONS,
    )
    assert starts(plan) == {"a": None, "b": None, "c": 0}
    assert any("a → b → a" in note for note in plan.notes)
    assert plan.reasons["elements"].str.contains("requires:").all()
