"""The table says of each target whether it was reached, from synthetic figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from slz_lib.language import no_breaks
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
        starts={"help": measured(1, 0.1, 0.09)},
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
        ("40,0×", True),
        ("1,50×", True),
        ("1,50×", False),
        ("0,60 (6,00\u00a0s proti 10,00\u00a0s)", True),
        ("4,0×, 2\u00a0000\u00a0MB", True),
        ("1,3×, 300\u00a0MB", False),
        ("0,40\u00a0s", True),
        ("0,09\u00a0s", True),
    ]


def test_a_target_that_was_missed_is_said_to_be(results: Results) -> None:
    slow = replace(
        results,
        everything=measured(12, 60, 20),
        unchanged=measured(12, 0.7, 0.3),
        starts={"help": measured(1, 0.3, 0.25)},
    )
    assert [target.reached for target in targets(slow)][-2:] == [False, False]
    assert markdown(slow).count("**ne**") == 4
    alone = replace(results, report={"here": measured(1, 5, 6.0)})
    assert len(targets(alone)) == len(targets(results)) - 1


def test_the_ratio_is_of_editions_and_not_of_batches(results: Results) -> None:
    assert results.ratio(COMMANDS, TWO) == pytest.approx(40)
    assert results.ratio(COMMANDS, ONE, WHOLE) == pytest.approx(25)


def test_the_text_is_typeset_and_its_tables_are_whole(results: Results) -> None:
    text = markdown(results)
    assert text == no_breaks(text)
    assert not re.search(r"\d (?:ms|s|MB|%)\b", text)
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1
