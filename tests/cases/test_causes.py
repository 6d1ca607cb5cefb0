"""Causes of a plan, their grounds and the choices that follow, as an expert would argue them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import slz_lib
from slz_lib.language import plain
from slz_lib.planning import drafting
from tests.samples.evidence import PERIOD, Measure, Row, dataset_of, typed

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "causes.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def drafted(dataset: slz_lib.Dataset) -> slz_lib.ActionPlan:
    """The plan of a synthetic strategy with a measure a case."""
    measures = [
        Measure(
            [Row(**row) for row in case["evidence"]],
            case.get("deadline", "continuous"),
            case.get("month", "2027-12"),
            published=case.get("published", "CASTECNE"),
            lead=case.get("lead"),
        )
        for case in CASES
    ]
    made = dataset_of(measures, dataset)
    ids = made.measures["id"]
    kinds = [case["kind"] for case in CASES]
    indicators = [
        {"measure_id": id_, "order": 1, "name": "indicator", "kind": kind}
        for id_, kind in zip(ids, kinds, strict=True)
    ]
    names = ("proposals", "merges", "links", "funding", "observations")
    without: dict[str, Any] = {name: dataset.table(name).head(0) for name in names}
    made = replace(
        made,
        measures=made.measures.assign(indicator="indicator"),
        indicators=typed("indicators", indicators),
        **without,
    )
    return drafting.drafted(slz_lib.evaluate(made, PERIOD), "2024-2025")


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_case(number: int, drafted: slz_lib.ActionPlan) -> None:
    expected = CASES[number]["expected"]
    measure = f"I.{number + 1}"
    row = drafted.decisions.set_index("measure_id").loc[measure]
    assert (row["cause"], row["choice"]) == (expected["cause"], expected["choice"])
    assert expected["choice"] not in row["alternatives"].split(";")
    kinds = drafted.evaluation.dataset.plan_causes.set_index("id")["kind"]
    others = {
        kind: sorted(cause for cause in row["causes"].split(";") if kinds[cause] == kind)
        for kind in ("defect", "circumstance")
    }
    assert others["defect"] == expected.get("defects", [])
    steps = drafted.steps[drafted.steps["measure_id"].eq(measure)]
    main = steps[steps["cause"].eq(row["cause"])].iloc[0]
    grounds = drafted.grounds[drafted.grounds["measure_id"].eq(measure)]
    assert set(grounds["cause"]) == set(row["causes"].split(";"))
    if "circumstances" in expected:
        assert others["circumstance"] == expected["circumstances"]
    if "rests_on" in expected:
        rests = grounds.loc[grounds["cause"].eq(row["cause"]), "reference"]
        assert list(rests) == [f"{measure}-{order}" for order in expected["rests_on"]]
    if "leads" in expected:
        assert list(steps["lead"]) == expected["leads"]
        assert main["requires"] == steps["id"].iloc[0]
    assert row["decides"] == expected.get("decides", row["decides"])
    for name in ("step", "risk"):
        assert plain(expected.get(name, "")) in plain(main[name])
