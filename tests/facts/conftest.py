"""The real period and a synthetic one after it, compared."""

from __future__ import annotations

import pytest

import slz_lib
from slz_lib.evaluation.comparison import Comparison, compare
from tests.samples.synthetic_periods import SyntheticPeriods, synthetic_periods


@pytest.fixture(scope="session")
def periods(dataset: slz_lib.Dataset) -> SyntheticPeriods:
    """The real data with the synthetic period."""
    return synthetic_periods(dataset, seed=1)


@pytest.fixture(scope="session")
def comparison(periods: SyntheticPeriods) -> Comparison:
    """The synthetic period compared with the real one."""
    return compare(periods.before, periods.after)
