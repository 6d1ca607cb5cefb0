"""Scales of five steps and of two: the real measures judged by made-up steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset import Dataset
from slz_lib.documents.model import Figure
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import bound_to_deadline
from slz_lib.palette import contrast, letters_on
from slz_lib.planning.drafting import drafted
from slz_lib.presentation import charts, phrases, tables
from slz_lib.vocabulary import CountsAs, Scale
from tests.documents.legibility import illegible, kept_drawings
from tests.samples.periods_judged import Measure, period_of
from tests.samples.reading import said
from tests.samples.scales import FIVE, SCALE, TWO

PERIOD = "2022-2023"
DROPPED = ("I.1", "II.2", "V.1", "VI.3")
#: Steps of the made-up scales that stand for the real ones.
STEPS = {
    "five": (FIVE, ("SPLNENO", "PRUBEZNE", "CASTECNE", "NESPLNENO")),
    "two": (TWO, ("ANO", "ANO", "NE", "NE")),
}


@dataclass(frozen=True)
class Judged:
    """The real period judged by a made-up scale."""

    scale: Scale
    dataset: Dataset
    evaluation: slz_lib.Evaluation


def with_scale(real: Dataset, scale: Scale, codes: Mapping[str, str]) -> Dataset:
    """The real data with other steps; where the scale has a dropped one, four measures have it."""
    statuses = pd.DataFrame(
        [
            {**{name: getattr(step, name) for name in step.__slots__}, "order": order}
            for order, step in enumerate(scale, start=1)
        ]
    )
    statuses = statuses.assign(
        counts_as=statuses["counts_as"].map(str), wording="Syntetické.", source_id="vlastni-cteni"
    )
    decisions = real.decisions.assign(status=real.decisions["status"].map(codes))
    for code in scale.that("dropped"):
        given_up = decisions["measure_id"].isin(DROPPED)
        decisions["status"] = decisions["status"].mask(given_up, code)
    return replace(
        real,
        statuses=statuses,
        evaluation_rules=real.evaluation_rules.assign(
            status=real.evaluation_rules["status"].map(codes)
        ),
        decisions=decisions,
        claims=real.claims.iloc[:0],
        acknowledgements=real.acknowledgements.iloc[:0],
    )


@pytest.fixture(scope="module")
def by_scale(dataset: Dataset) -> dict[str, Judged]:
    found = {}
    for name, (scale, steps) in STEPS.items():
        made = with_scale(dataset, scale, dict(zip(SCALE.codes, steps, strict=True)))
        found[name] = Judged(scale, made, slz_lib.evaluate(made, PERIOD))
    return found


@pytest.fixture(scope="module", params=STEPS)
def judged(request: pytest.FixtureRequest, by_scale: dict[str, Judged]) -> Judged:
    return by_scale[request.param]


@pytest.fixture(scope="module")
def five(by_scale: dict[str, Judged]) -> slz_lib.Evaluation:
    return by_scale["five"].evaluation


def test_the_scale_comes_from_the_data(judged: Judged) -> None:
    assert judged.dataset.scale == judged.evaluation.scale == judged.scale


def test_every_measure_is_counted_under_one_step(judged: Judged) -> None:
    found = judged.evaluation
    assert list(found.counts.index) == judged.scale.codes
    assert int(found.counts.sum()) == found.total == 109
    assert found.achieved + found.dropped <= found.total
    assert set(found.judgements["derived"].dropna()) <= set(judged.scale.ranks)


def test_nothing_is_asked_of_a_measure_that_was_dropped(five: slz_lib.Evaluation) -> None:
    rows = five.judgements[five.judgements["measure_id"].isin(DROPPED)]
    assert (five.dropped, five.assessed) == (4, 105)
    assert rows["derived"].isna().all()
    assert rows["agrees"].all()
    assert not rows[["overdue", "lead_missing", "differs", "silent"]].any(axis=None)
    assert not set(drafted(five, "2024-2025").decisions["measure_id"]) & {*DROPPED}
    assert not set(five.trace.changes["measure_id"]) & {*DROPPED}
    status_checks = five.audit.findings[five.audit.findings["check"].str.startswith("status_")]
    assert not set(status_checks["measure_id"]) & {*DROPPED}


def test_no_share_of_fulfilment_counts_what_was_dropped(five: slz_lib.Evaluation) -> None:
    shown = tables.status_table(five)
    assert [row.cells[2].text for row in shown.rows] == [
        *(f"{five.counts[code] / 105 * 100:.1f}\u00a0%".replace(".", ",") for code in FIVE.ranks),
        "—",
        "100,0\u00a0%",
    ]
    assert [row.cells[1].value for row in shown.rows[-2:]] == [4, 109]
    assert "Podíly se počítají bez zrušených opatření." in shown.notes
    told = phrases.statuses_shared(five.counts, five.total, scale=FIVE)
    assert told.endswith(" a\u00a0zrušena\u00a04")
    assert list(five.uncertainty.bounds.index) == list(FIVE.ranks)
    assert float(five.uncertainty.bounds["share"].sum()) == pytest.approx(1)


def test_a_decision_to_drop_needs_its_reason(by_scale: dict[str, Judged]) -> None:
    made = by_scale["five"].dataset
    first = made.decisions["measure_id"].eq("I.1")
    decided = made.decisions.assign(
        status=made.decisions["status"].mask(first),
        decided=made.decisions["decided"].mask(first, "ZRUSENO"),
    )
    with pytest.raises(EvaluationError, match="má rozhodnutý stav ZRUŠENO, z"):
        slz_lib.evaluate(replace(made, decisions=decided), PERIOD)


def test_a_rule_must_not_drop_a_measure(five: slz_lib.Evaluation) -> None:
    rules = five.rule_set.rules
    given = rules.assign(status=rules["status"].mask(rules["id"].eq("R1-NEDODANO"), "ZRUSENO"))
    faults = lint(replace(five.rule_set, rules=given))
    assert "R1-NEDODANO dává stupeň ZRUŠENO" in " ".join(str(fault) for fault in faults)


@pytest.mark.parametrize(("name", "codes"), [("five", ["SPLNENO"]), ("two", [])])
def test_only_rules_say_whether_a_step_is_bound_to_a_deadline(
    name: str, codes: list[str], by_scale: dict[str, Judged]
) -> None:
    assert bound_to_deadline(by_scale[name].evaluation.rule_set) == codes


#: What each scale makes of three periods: the commonest status, and areas with failures.
CAPTIONS = [
    (FIVE, ["PRUBEZNE"] * 3, "Plněna průběžně jsou všechna 3 opatření"),
    (FIVE, ["CASTECNE"] * 2 + ["ZRUSENO"], "Částečně jsou splněna 2 ze 2 opatření (100,0 %)"),
    (TWO, ["ANO"] * 2, "Hotova jsou obě opatření"),
    (TWO, ["NE"], "Nedokončeno je jediné opatření"),
]


@pytest.mark.parametrize(("scale", "statuses", "caption"), CAPTIONS)
def test_a_caption_speaks_by_the_words_of_the_scale(
    scale: Scale, statuses: list[str], caption: str
) -> None:
    measures = [Measure(published=code, derived=code) for code in statuses]
    assert said(charts.status_overview(period_of(measures, scale=scale))) == caption


@pytest.mark.parametrize(
    ("scale", "failed", "none"),
    [
        (FIVE, "Nejvíce nesplněných opatření má okruh I (1 z 1)", "nemá nesplněné opatření"),
        (TWO, "Nejvíce nedokončených opatření má okruh I (1 z 1)", "nemá nedokončené opatření"),
    ],
)
def test_what_is_not_fulfilled_is_called_by_its_own_word(
    scale: Scale, failed: str, none: str
) -> None:
    best, worst = scale.codes[0], scale.that("not")[0]
    measures = [Measure(worst, worst), *(Measure(code, None) for code in scale.that("dropped"))]
    assert said(charts.areas_by_status(period_of(measures, scale=scale))) == failed
    good = charts.areas_by_status(period_of([Measure(best, best)], scale=scale))
    assert none in said(good)


OF_PERIOD: list[Callable[[slz_lib.Evaluation], Figure]] = [
    charts.status_overview,
    charts.published_and_derived,
    charts.areas_by_status,
    charts.leads_by_status,
    charts.deadlines_by_status,
    charts.bounds_chart,
]


@pytest.mark.parametrize("chart", OF_PERIOD)
def test_every_chart_can_be_read(
    chart: Callable[[slz_lib.Evaluation], Figure], judged: Judged
) -> None:
    with kept_drawings() as drawings:
        figure = chart(judged.evaluation)
    assert illegible(*drawings) == []
    assert not re.search(r"\b(nan|None)\b|SPLNENO", f"{figure.caption} {figure.alt}")


def test_letters_can_be_read_on_every_step() -> None:
    for scale in (SCALE, FIVE, TWO):
        assert all(contrast(step.colour, letters_on(step.colour)) >= 4.5 for step in scale)


def test_a_word_that_is_no_participle_is_quoted() -> None:
    step = replace(FIVE.steps[1], spoken="v realizaci")
    scale = Scale((FIVE.steps[0], step, *FIVE.steps[2:]))
    assert phrases.predicate(step, 3) == "Stav „v realizaci“ mají"
    assert phrases.adjective(scale, CountsAs.RUNNING, "ých") == "plněných"
