"""The table says of each target whether it was reached, from synthetic figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.benchmark.growth import DISTRICTS, MEASURES
from tests.benchmark.results import (
    COMMANDS,
    ONE,
    PAGE,
    PLAIN,
    TWO,
    WHOLE,
    Measured,
    Results,
)
from tests.benchmark.table import markdown, targets
from tests.benchmark.usage import Usage

MEGABYTE = 1024**2


def measured(editions: int, wall: float, cpu: float) -> Measured:
    return Measured(editions, 5, Usage(wall, cpu, 100 * MEGABYTE))


@pytest.fixture
def results() -> Results:
    """Synthetic: 10 briefs; a page costs 5 s, 0.2 s, 0.125 s, 0.1 s."""
    chains = {}
    for written, more in ((PAGE, 1.0), (WHOLE, 2.0)):
        chains[COMMANDS, written] = measured(2, 10 * more, 9 * more)
        chains[ONE, written] = measured(10, 2 * more, 1.5)
        chains[TWO, written] = measured(10, 1.25 * more, 1.7)
        chains[PLAIN, written] = measured(10, 1 * more, 1)
    return Results(
        chains=chains,
        everything=measured(12, 14, 20),
        unchanged=measured(12, 0.4, 0.3),
        help=measured(1, 0.1, 0.09),
        report={"here": measured(1, 5, 6.0), "there": measured(1, 9, 10.0)},
        growth={
            MEASURES: (Usage(2.0, 2.0), Usage(8.0, 8.0, 2000 * MEGABYTE)),
            DISTRICTS: (Usage(1.0, 1.0), Usage(1.3, 1.3, 300 * MEGABYTE)),
        },
        cores=2,
        python="3.11.0",
    )


def test_targets_stand_beside_what_was_measured(results: Results) -> None:
    assert [(target.found, target.reached) for target in targets(results)] == [
        ("40,00×", True),
        ("1,50×", True),
        ("1,50×", False),
        ("0,60×", True),
        ("4,00×", True),
        ("1,30×", False),
        ("2\u00a0000\u00a0MB", True),
        ("0,40\u00a0s", True),
        ("0,09\u00a0s", True),
    ]
    alone = replace(results, report={"here": measured(1, 5, 6.0)})
    assert len(list(targets(alone))) == len(list(targets(results))) - 1


def test_a_target_that_was_missed_is_said_to_be(results: Results) -> None:
    slow = replace(results, unchanged=measured(12, 0.7, 0.3), help=measured(1, 0.3, 0.25))
    assert [target.reached for target in targets(slow)][-2:] == [False, False]
    assert markdown(slow).count("**ne**") == 4
