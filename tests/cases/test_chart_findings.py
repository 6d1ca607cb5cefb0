"""What charts say of made-up periods: ties, zeros, missing statuses, other numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest
import yaml

from slz_lib.dataset import Dataset
from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.presentation import charts, phrases
from slz_lib.presentation.charts.lettering import width_mm, wrapped
from tests.documents.legibility import illegible, kept_drawings
from tests.samples.periods_judged import Measure, period_of
from tests.samples.reading import said

OF_PERIOD: list[Callable[[Evaluation], Figure]] = [
    charts.status_overview,
    charts.published_and_derived,
    charts.areas_by_status,
    charts.leads_by_status,
    charts.deadlines_by_status,
    charts.goals_chart,
    charts.territory_map,
]

#: What captions say of made-up periods.
CASES = yaml.safe_load((Path(__file__).parent / "chart_findings.yaml").read_text("utf-8"))
LONG = "odbor regionálního rozvoje, evropských projektů a všeho ostatního v kraji"


def many(number: int, **form: Any) -> list[Measure]:
    """``number`` equal measures."""
    return [replace(Measure(), **form) for _ in range(number)]


@pytest.mark.parametrize("chart", OF_PERIOD)
@pytest.mark.parametrize(
    "measures",
    [
        pytest.param([], id="no-measure"),
        pytest.param(many(1, published=None, derived=None, leads=("",)), id="nothing-known"),
        pytest.param(many(1, published="NEPLNENO", kind="event", day=None), id="one"),
        pytest.param(
            many(900, area="II", leads=(LONG, "B"))
            + many(1, published="SPLNENO", kind="fixed", day="2024-01-31"),
            id="many",
        ),
    ],
)
def test_every_chart_can_be_drawn_and_read_of_any_period(
    chart: Callable[[Evaluation], Figure], measures: list[Measure]
) -> None:
    with kept_drawings() as drawings:
        figure = chart(period_of(measures))
    assert illegible(*drawings) == []
    assert figure.caption
    assert " – " not in figure.caption
    assert not figure.caption.endswith(".")
    assert len(figure.alt) > 20
    assert "nan" not in f"{figure.caption} {figure.alt}".lower()


@pytest.mark.parametrize(
    ("chart", "case"),
    [(told["chart"], case) for told in CASES for case in told["cases"]],
)
def test_a_caption_says_what_is_found(chart: str, case: dict[str, Any]) -> None:
    """Of deadlines only the end is told, what passed."""
    measures = [one for each in case["measures"] for one in many(**each)]
    caption = said(getattr(charts, chart)(period_of(measures)))
    assert caption == case["says"] or (
        chart == "deadlines_by_status" and caption.endswith(case["says"])
    )


def test_a_measure_without_a_status_has_a_bar_and_a_word_of_its_own() -> None:
    measures = [*many(2), *many(1, published=None, derived=None)]
    figure = charts.status_overview(period_of(measures))
    assert "bez stavu 1\u00a0opatření (33,3\u00a0%)" in figure.alt
    assert "1\u00a0opatření stav zatím nemá" in figure.subtitle


def test_a_status_is_called_published_only_where_it_is() -> None:
    published, decided = (
        charts.status_overview(period_of(measures)).subtitle
        for measures in (many(2), [*many(1), *many(1, published=None, decided="NEPLNENO")])
    )
    assert published.startswith("počet opatření podle zveřejněného stavu; ")
    assert decided.startswith("počet opatření; ")


def test_a_decided_status_is_not_compared_as_a_published_one() -> None:
    measures = [*many(2), *many(1, published=None, decided="NEPLNENO")]
    figure = charts.published_and_derived(period_of(measures))
    assert said(figure) == (
        "Odvozený stav se všude shoduje se zveřejněným; srovnat nelze 1 opatření"
    )
    assert "neplněno – zveřejněno 0, odvozeno 0" in figure.alt.replace("\u00a0", " ")


def test_many_areas_that_tie_are_counted() -> None:
    areas = ["I", "II", "III", "IV", "V", "VI"]
    measures = [Measure("NEPLNENO", area=area) for area in areas]
    caption = said(charts.areas_by_status(period_of(measures, areas=areas)))
    assert caption == "Nejvíce neplněných opatření, 1, má každý ze 6 okruhů"


def test_leads_beyond_the_twelfth_share_a_bar() -> None:
    measures = [Measure(leads=(f"B{number:02}",)) for number in range(15)]
    assert (
        "ostatní (3\u00a0gestoři) – plněno\u00a03"
        in charts.leads_by_status(period_of(measures)).alt
    )


def test_priorities_are_compared_by_share() -> None:
    measures = [
        *many(2, published="NEPLNENO"),
        *many(8),
        *many(1, area="II", published="NEPLNENO"),
        *many(1, area="II"),
    ]
    figure = charts.goals_chart(period_of(measures))
    assert said(figure) == (
        "Největší podíl neplněných opatření má priorita Priorita P2: 1 ze 2 opatření (50,0 %)"
    )
    assert "předpokládá prioritu 1" in figure.alt


@pytest.mark.parametrize(
    ("partners", "caption"),
    [
        ([], "V partnerství s partnerem není obec ze žádného ze 3 obvodů"),
        (
            ["O1", "O1", "O3"],
            "Obce v partnerství s partnerem jsou ve 2 ze 3 obvodů; chybějí v obvodu Lom",
        ),
        (["O1", "O2", "O3"], "Obce v partnerství s partnerem jsou ve všech 3 obvodech"),
    ],
)
def test_the_map_says_where_there_is_no_partnership(partners: list[str], caption: str) -> None:
    assert said(charts.territory_map(period_of([], partners=partners))).startswith(caption)


@pytest.mark.parametrize("chart", OF_PERIOD)
def test_an_alternative_text_begins_with_the_finding(
    chart: Callable[[Evaluation], Figure],
) -> None:
    measures = [*many(2), *many(1, area="II", published="NEPLNENO")]
    figure = chart(period_of(measures, partners=["O1"]))
    finding = figure.caption.split(";")[0]
    if chart is charts.status_overview:
        finding = "Nejčastější je stav plněno: 2\u00a0ze\u00a03\u00a0opatření"
    assert figure.alt.startswith(finding)


def test_a_measure_without_a_lead_is_the_last_bar_however_many_there_are() -> None:
    measures = [*many(5, leads=("",)), *many(1, leads=("D",)), *many(1, leads=("Č",))]
    alt = charts.leads_by_status(period_of([*measures, *many(1, leads=("C",))])).alt
    spoken = alt.split("podle stavu: ")[1].replace("\u00a0", " ")
    assert spoken == "C – plněno 1; Č – plněno 1; D – plněno 1; gestor neurčen – plněno 5."


def test_the_source_is_the_one_that_the_data_name() -> None:
    period = period_of(many(1))
    stated = "zdroj: Zpráva o plnění Dlouhodobého plánu za rok"
    assert charts.status_overview(period).subtitle.endswith(stated.replace(" o ", " o\u00a0"))
    sources = pd.DataFrame({"id": ["zprava"], "title": ["Výroční zpráva"]})
    dataset = SimpleNamespace(**{**vars(period.dataset), "sources": sources})
    named_otherwise = replace(period, dataset=cast("Dataset", dataset))
    assert phrases.source(named_otherwise) == "zdroj: Výroční zpráva"


def test_no_line_is_wider_than_its_limit_whatever_the_word() -> None:
    lines = wrapped("odbor " + "nej" * 60 + " a dál", 30)
    assert "".join(lines).replace(" ", "") == "odbor" + "nej" * 60 + "adál"
    assert all(width_mm(line) <= 30 for line in lines)
