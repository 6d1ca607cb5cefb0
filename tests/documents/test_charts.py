"""Charts of the real data: what they say, how they fit, that nothing else changes."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import RegularPolygon

import slz_lib
from slz_lib.documents.drawing import inline_svg
from slz_lib.documents.model import Figure, Table
from slz_lib.presentation import charts, figure, tables
from tests.documents.legibility import illegible, kept_drawings, texts
from tests.samples.periods_judged import Measure, period_of

ROOT = Path(__file__).resolve().parents[2]

Evaluation = slz_lib.Evaluation
ActionPlan = slz_lib.ActionPlan

OF_PERIOD: dict[str, tuple[Callable[[Evaluation], Figure], Callable[[Evaluation], Table]]] = {
    "statuses": (charts.status_overview, tables.status_table),
    "derived": (charts.published_and_derived, tables.derived_table),
    "areas": (charts.areas_by_status, tables.area_table),
    "leads": (charts.leads_by_status, tables.lead_table),
    "deadlines": (charts.deadlines_by_status, tables.deadline_table),
    "goals": (charts.goals_chart, tables.goal_status_table),
    "territory": (charts.territory_map, tables.territory_table),
    "series": (
        lambda evaluation: charts.series_chart_of(evaluation, "VI.4"),
        lambda evaluation: tables.series_table(evaluation, "VI.4"),
    ),
}
OF_PLAN: dict[str, tuple[Callable[[ActionPlan], Figure], Callable[[ActionPlan], Table]]] = {
    "gantt": (charts.gantt, tables.causes_table),
    "area-gantt": (
        lambda plan: charts.gantt_of_area(plan, "VI"),
        lambda plan: tables.steps_table(plan, "VI"),
    ),
    "decisions": (charts.decisions_chart, tables.decisions_table),
}
NAMES = [*OF_PERIOD, *OF_PLAN]
Drawn = tuple[Figure, Drawing, Drawing, *tuple[Drawing, ...]]


@pytest.fixture(scope="module")
def drawn(evaluation: Evaluation, plan: ActionPlan) -> Iterator[dict[str, Drawn]]:
    """Every chart with the matplotlib drawings it was taken from, for print and for a phone."""
    with kept_drawings() as kept:
        figures = [chart(evaluation) for chart, _ in OF_PERIOD.values()]
        figures += [chart(plan) for chart, _ in OF_PLAN.values()]
        own = iter(kept)
        yield {
            name: (figure, next(own), next(own))
            for name, figure in zip(NAMES, figures, strict=True)
        }


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_off_runs_into_another_or_is_too_small(
    name: str, drawn: dict[str, Drawn]
) -> None:
    figure, *drawings = drawn[name]
    assert illegible(*drawings) == []
    widths = [figure.width_mm, 72]
    assert [round(drawing.get_figwidth() * 25.4) for drawing in drawings] == widths
    assert min(float(text.get_fontsize()) for one in drawings for text in texts(one)) >= 8


@pytest.mark.parametrize("name", [name for name in NAMES if name != "territory"])
def test_bars_begin_at_zero_and_end_inside_the_picture(name: str, drawn: dict[str, Drawn]) -> None:
    barred = [
        (axes, bars)
        for drawing in drawn[name][1:]
        for axes in drawing.axes
        for bars in axes.containers
        if isinstance(bars, BarContainer)
    ]
    assert barred
    for axes, bars in barred:
        level = bars.orientation == "horizontal"
        low, high = axes.get_xlim() if level else axes.get_ylim()
        ends = [
            bar.get_x() + bar.get_width() if level else bar.get_y() + bar.get_height()
            for bar in bars.patches
        ]
        assert low == 0
        assert max(ends) <= high


def test_a_bar_is_as_long_as_its_number(drawn: dict[str, Drawn], evaluation: Evaluation) -> None:
    bars = [
        float(bar.get_width())
        for axes in drawn["areas"][1].axes
        for container in axes.containers
        if isinstance(container, BarContainer)
        for bar in container.patches
    ]
    counts = evaluation.by_area.drop(columns="total").to_numpy().ravel()
    assert bars == [float(number) for number in counts if number]


def test_a_chart_names_the_table_with_its_data(
    drawn: dict[str, Drawn], evaluation: Evaluation, plan: ActionPlan
) -> None:
    anchors = {name: table(evaluation).anchor for name, (_, table) in OF_PERIOD.items()}
    anchors |= {name: table(plan).anchor for name, (_, table) in OF_PLAN.items()}
    assert {name: figure.table for name, (figure, *_) in drawn.items()} == anchors


@pytest.mark.parametrize("name", ["statuses", "areas", "deadlines", "goals"])
def test_the_alternative_text_names_every_number_of_the_table(
    name: str, drawn: dict[str, Drawn], evaluation: Evaluation
) -> None:
    table = OF_PERIOD[name][1](evaluation)
    counted = [
        number
        for number, column in enumerate(table.columns)
        if column.kind == "integer" and column.title not in {"Celkem", "Okruhů"}
    ]
    numbers = {
        row.cells[number].value for row in table.rows if row.kind == "body" for number in counted
    } - {0}
    spoken = {int(number) for number in re.findall(r"\d+", drawn[name][0].alt)}
    assert numbers
    assert numbers <= spoken


@pytest.mark.parametrize("number", [0, 1, 26])
def test_a_map_of_any_region_can_be_drawn_and_read(number: int, evaluation: Evaluation) -> None:
    """No Czech region has more than 26 districts, or a longer name of one."""
    districts = pd.concat([evaluation.dataset.districts] * 3, ignore_index=True).head(number)
    places = pd.RangeIndex(number)
    districts = districts.assign(
        id=places.map("O{}".format),
        name="Brandýs nad Labem-Stará Boleslav",
        tile_row=places // 6,
        tile_column=(places % 6).astype("float64"),
    )
    odd = replace(evaluation, dataset=replace(evaluation.dataset, districts=districts))
    with kept_drawings() as kept:
        figure = charts.territory_map(odd)
    assert illegible(*kept) == []
    assert "nan" not in figure.alt


def test_the_map_keeps_tiles_apart(drawn: dict[str, Drawn]) -> None:
    (page,) = drawn["territory"][1].axes
    tiles = [patch for patch in page.patches if isinstance(patch, RegularPolygon)]
    assert len(tiles) == 10
    for first, second in combinations(tiles, 2):
        (ax, ay), (bx, by) = first.xy, second.xy
        assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 > 2 * first.radius * 3**0.5 / 2


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_small_and_fit_for_a_page(name: str, drawn: dict[str, Drawn]) -> None:
    figure = drawn[name][0]
    assert len(figure.svg.encode()) < 60_000
    assert len(figure.narrow.encode()) < 30_000
    assert "<text" not in figure.svg
    used = re.findall(r'href="#(\w+)"', figure.svg)
    assert set(used) <= set(re.findall(r' id="(\w+)"', figure.svg))
    page = etree.fromstring(f"<page>{inline_svg(figure, {})}</page>".encode())
    assert {drawing.get("class"): drawing.get("aria-label") for drawing in page} == {
        "broad": figure.alt, "narrow": figure.alt
    }  # fmt: skip


def test_drawing_leaves_the_settings_of_matplotlib_alone(evaluation: Evaluation) -> None:
    with mpl.rc_context({"font.size": 31.0}):
        before = dict(mpl.rcParams)
        small = charts.status_overview(evaluation)
        assert dict(mpl.rcParams) == before
    assert charts.status_overview(evaluation) == small


def test_a_chart_is_drawn_anew_where_its_data_are_others_and_only_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluation = slz_lib.evaluate(slz_lib.load(ROOT / "data"), "2022-2023")
    first = charts.leads_by_status(evaluation)
    saved: list[Drawing] = []
    taken_down: Callable[..., None] = Drawing.savefig

    def counted(drawing: Drawing, *args: object, **options: object) -> None:
        saved.append(drawing)
        taken_down(drawing, *args, **options)

    monkeypatch.setattr(Drawing, "savefig", counted)
    again = slz_lib.evaluate(slz_lib.load(ROOT / "data"), "2022-2023")
    assert charts.leads_by_status(again) == first
    assert not saved
    assert charts.leads_by_status(again.only(area="I")).svg != first.svg
    assert saved


def test_a_drawing_made_elsewhere_is_taken_down_as_it_stands() -> None:
    drawing = Drawing(figsize=(4, 2), dpi=60, facecolor="none")
    axes = drawing.add_subplot(facecolor="none")
    axes.plot([1, 2], [2, 1], color="red")
    its_own = drawing.canvas
    with mpl.rc_context({"savefig.bbox": "tight", "svg.fonttype": "none", "svg.hashsalt": None}):
        first = figure(drawing, caption="Klesá", alt="Čára klesá z dvou na jednu.")
        again = figure(drawing, caption="Klesá", alt="Čára klesá z dvou na jednu.")
    assert first == again
    assert drawing.canvas is its_own
    assert drawing.get_dpi() == 60
    assert "<text" not in first.svg
    assert 'viewBox="0 0 288 144"' in first.svg
    assert (first.width_mm, first.height_mm) == (101.6, 50.8)


def digests() -> list[str]:
    """What three unlike charts of a made-up period come to, byte by byte."""
    period = period_of([Measure(), Measure("NEPLNENO", "CASTECNE", kind="event", day=None)])
    drawn = (charts.published_and_derived, charts.goals_chart, charts.territory_map)
    return [hashlib.sha256(chart(period).model_dump_json().encode()).hexdigest() for chart in drawn]


ELSEWHERE = """
import sys
from tests.documents.test_charts import digests
print(*digests())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_bytes_depend_on_no_clock_zone_seed_folder_or_setting(tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 20\nsvg.fonttype: none\naxes.facecolor: red\n")
    surroundings = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={
            **os.environ, **surroundings, "MATPLOTLIBRC": str(settings), "PYTHONPATH": str(ROOT),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert elsewhere.stdout.split() == digests()
