"""A synthetic nation is judged as a whole exactly as its measures are one by one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.judgements import judge
from slz_lib.evaluation.rules import RuleSet, rules_in_force
from slz_lib.evaluation.traces import Trace
from tests.samples.nation import PERIOD, Nation, nation


@pytest.fixture(scope="module")
def country() -> Nation:
    found = nation(regions=2, measures=20, municipalities=15, years=2)
    # Nobody disputes anything there, so it does not matter who leads.
    return replace(found, evidence=found.evidence.assign(of_lead=False))


@pytest.fixture(scope="module")
def rules(dataset: slz_lib.Dataset) -> RuleSet:
    return rules_in_force(dataset, PERIOD.as_of)


def test_every_measure_alone_is_judged_as_among_all(country: Nation, rules: RuleSet) -> None:
    together = judge(country.dataset, country.decisions, country.evidence, rules, PERIOD)
    evidence = country.evidence.assign(decisive=together.decisive)
    traced = Trace(together.judgements, together.criteria, evidence, rules)
    assert len(traced.lacking)
    assert len(traced.changes)
    for measure in country.dataset.measures["id"].sample(12, random_state=1):
        rows = country.evidence[country.evidence["measure_id"] == measure]
        alone = judge(country.dataset, country.decisions, rows, rules, PERIOD)
        pd.testing.assert_frame_equal(
            alone.judgements[alone.judgements["measure_id"] == measure].reset_index(drop=True),
            together.judgements[together.judgements["measure_id"] == measure].reset_index(
                drop=True
            ),
        )
        assert alone.decisive.equals(together.decisive[rows.index])
    assert set(traced.conditions["measure_id"]) == set(country.dataset.measures["id"])
