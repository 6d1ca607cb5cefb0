"""An analyst's own figures: the same in every format as matplotlib shows them, or refused."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.patches import Circle
from PIL import Image

import slz_lib
from slz_lib.documents.docx.figures import pngs
from slz_lib.documents.drawing import inline_svg
from slz_lib.documents.html import fragment
from slz_lib.documents.model import Figure
from slz_lib.errors import DocumentError
from slz_lib.presentation import charts, figure
from slz_lib.presentation.charts.canvas import PIXELS_PER_INCH
from slz_lib.presentation.charts.own import use_house_style

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_RANDOM = np.random.default_rng(7)
_FIELD, _FEW, _MANY = _RANDOM.random((6, 8)), _RANDOM.random(30), _RANDOM.random(400)


@pytest.fixture(autouse=True)
def _style() -> Iterator[None]:
    with mpl.rc_context():
        mpl.use("agg")
        use_house_style()
        yield
    plt.close("all")


def _links(axes: Any) -> None:
    axes.scatter([1, 2, 3], [1, 3, 2], s=300).set_urls(["https://a.cz"] * 3)
    axes.text(1.5, 2.2, "Odkaz", url="https://b.cz", fontsize=20)


def _clipped(axes: Any) -> None:
    circle = Circle((0.5, 0.5), 0.4, transform=axes.transData)
    axes.imshow(_FIELD, extent=(0, 1, 0, 1)).set_clip_path(circle)


def _filled(axes: Any) -> None:
    axes.fill_between(range(30), _FEW, _FEW[::-1], alpha=0.4, hatch="//")
    axes.plot(_FEW, "--o")
    axes.axhspan(0.2, 0.4, alpha=0.3)


def _written(axes: Any) -> None:
    axes.plot([0, 1], [0, 12_500.5])
    axes.annotate("vrchol", (1, 12_500), (0.3, 9_000), arrowprops={"arrowstyle": "->"})
    axes.text(0.1, 3_000, r"$\frac{x^2}{\sqrt{2}}$", fontsize=24, rotation=30)


#: Kinds of artists, each of which SVG draws by other means.
ARTISTS: dict[str, Callable[[Any], object]] = {
    "imshow": lambda axes: axes.figure.colorbar(axes.imshow(_FIELD)),
    "rasterized": lambda axes: axes.scatter(range(30), _FEW, s=80, rasterized=True),
    "pcolormesh": lambda axes: axes.pcolormesh(_FIELD),
    "gouraud": lambda axes: axes.pcolormesh(
        range(8), range(6), _FIELD, shading="gouraud", cmap="gray"
    ),
    "tripcolor": lambda axes: axes.tripcolor(_FEW[:9], _FEW[9:18], _FEW[18:27], shading="gouraud"),
    "hexbin": lambda axes: axes.hexbin(_MANY[:200], _MANY[200:], gridsize=12),
    "links": _links,
    "clipped": _clipped,
    "filled": _filled,
    "written": _written,
    "errorbar": lambda axes: axes.errorbar([1, 2, 3], [1, 3, 2], yerr=0.4, capsize=6, fmt="s"),
    "pie": lambda axes: axes.pie([3, 4, 2], labels=["Žďár", "Úštěk", "Říp"], autopct="%1.1f%%"),
    "hist": lambda axes: axes.hist(_MANY, bins=12),
    "boxplot": lambda axes: axes.boxplot([_MANY, _FEW]),
    "stackplot": lambda axes: axes.stackplot(range(8), _FIELD),
    "quiver": lambda axes: axes.quiver(_FIELD, _FIELD[::-1]),
    "contour": lambda axes: axes.contour(_FIELD),
    "contourf": lambda axes: axes.contourf(_FIELD, hatches=["/", "."]),
    "table": lambda axes: axes.table([["1", "2"], ["3", "4"]], loc="center"),
    "markers": lambda axes: [
        axes.plot([at], [1], marker, ms=16, alpha=0.6) for at, marker in enumerate("o^sD*P+x1h")
    ],
    "log": lambda axes: axes.loglog([1, 10, 1000], [1, 50, 10_000]),
}


#: Of these no two are drawn alike.
UNLIKE = {"imshow", "rasterized", "gouraud", "hexbin", "links", "clipped", "filled", "written"}


def _apart(first: Image.Image, second: Image.Image) -> float:
    """The share of small squares of two pictures that a reader would see as different."""
    size = (first.width // 8, first.height // 8)
    one, other = (
        np.asarray(each.convert("RGB").resize(size, Image.Resampling.BOX), dtype="int64")
        for each in (first, second)
    )
    return float((abs(one - other).max(axis=2) > 48).mean())


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind in UNLIKE else pytest.mark.thorough) for kind in ARTISTS],
)
def test_every_kind_of_artist_is_drawn_as_matplotlib_draws_it(kind: str, browser: Browser) -> None:
    """In pages by Chromium, in print and Word by Typst."""
    drawing, axes = plt.subplots()
    ARTISTS[kind](axes)
    shown = figure(drawing, caption=kind, alt="Zkouška.")
    drawn = io.BytesIO()
    drawing.savefig(drawn, format="png", dpi=200)
    meant = Image.open(drawn)
    (printed,) = pngs([shown])
    assert _apart(meant, Image.open(io.BytesIO(printed)).resize(meant.size)) < 0.01
    page = browser.new_page(viewport={"width": meant.width // 2, "height": meant.height // 2})
    page.set_content(f"<style>*{{margin:0}} svg{{width:100%}}</style>{inline_svg(shown, {})}")
    seen = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    assert _apart(meant, seen.resize(meant.size)) < 0.01


def _labels(drawn: Any) -> list[str]:
    figure(drawn, caption="Osa", alt="Osa.")
    axes = drawn.axes[0]
    return [text.get_text() for text in (*axes.get_xticklabels(), *axes.get_yticklabels())]


def test_numbers_of_axes_are_czech() -> None:
    drawing, axes = plt.subplots()
    axes.plot([0, 0.5], [0, 20_000])
    assert {"0,5", "20\u00a0000"} <= set(_labels(drawing))
    drawing, axes = plt.subplots()
    axes.bar_label(axes.bar(["1.1", "1.2"], [1.5, 2]))
    assert "1.1" in _labels(drawing)  # a name, not a number
    assert axes.texts[0].get_text() == "1,5"


def test_dates_on_an_axis_are_czech() -> None:
    drawing, axes = plt.subplots()
    axes.plot(pd.to_datetime(["2023-02-01", "2023-09-01"]), [0, 1])
    assert "06/2023" in _labels(drawing)
    drawing, axes = plt.subplots()
    axes.plot(pd.to_datetime(["2023-05-01", "2023-06-01"]), [0, 1])
    axes.xaxis.set_major_locator(MonthLocator())  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%b %Y"))  # type: ignore[no-untyped-call]
    assert _labels(drawing)[:2] == ["kvě 2023", "čvn 2023"]


@pytest.mark.parametrize(
    "plot",
    [
        lambda frame: frame.plot(),
        lambda frame: frame.plot(subplots=True),
        lambda frame: frame.hist(),
        lambda frame: frame.groupby("b").plot(),
        lambda frame: frame.plot().figure,
        lambda frame: plt.plot(frame["a"]),
    ],
)
def test_whatever_plots_is_taken_and_closed(plot: Callable[[pd.DataFrame], object]) -> None:
    plt.close("all")
    found = figure(plot(pd.DataFrame({"a": [1, 2], "b": [3, 4]})), caption="Graf", alt="Graf.")
    assert found.width_mm <= 160
    assert len(plt.get_fignums()) == 0 or found.svg


def test_what_is_too_large_or_cut_is_fitted() -> None:
    drawing, axes = plt.subplots(figsize=(3, 14), layout="none")
    axes.set_ylabel("popisek, který by byl useknut " * 4)
    axes.legend(axes.plot([1, 2]), ["vně"], bbox_to_anchor=(1.1, 1), loc="upper left")
    found = figure(drawing, caption="Vysoký", alt="Čára.")
    assert found.height_mm <= 205
    assert found.width_mm / found.height_mm > 3 / 14


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (lambda: "graf.png", "dostalo str"),
        (plt.figure, "nic nakresleného"),
        (lambda: plt.subplots(figsize=(3, 40))[0], "na stránce by se nedal přečíst"),
        (lambda: plt.subplots()[1].set_title("漢").figure, r"„漢“ \(U\+6F22\)"),
    ],
)
def test_what_cannot_be_printed_is_told(drawn: Callable[[], object], told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        figure(drawn(), caption="Graf", alt="Graf.")


def test_own_values_are_named_by_the_strategy(evaluation: slz_lib.Evaluation) -> None:
    rows = evaluation.dataset.bodies.set_index("id")["short_name"]
    leads = evaluation.by_lead["total"]
    shown = charts.bars(leads, caption="Gestoři", unit="opatření", evaluation=evaluation)
    alt = shown.alt.replace("\u00a0", " ")
    for body, total in leads.items():
        assert f"{rows.get(body, 'neurčeno')} – {total} opatření" in alt
    statuses = charts.bars(evaluation.counts, caption="Stavy", evaluation=evaluation)
    assert all(step.marked in statuses.alt for step in evaluation.scale)
    assert "0,5" in charts.bars({"a": 0.5, "b": None}, caption="Vlastní").alt


def test_own_values_stand_on_tiles(evaluation: slz_lib.Evaluation) -> None:
    people = evaluation.dataset.districts.set_index("name")["population"]
    shown = charts.tiles(people.iloc[1:], evaluation=evaluation, caption="Lidé", unit="osob")
    assert f"{people.index[0]} – neurčeno" in shown.alt
    assert "Liberec – 144\u00a0062\u00a0osob" in shown.alt
    part = charts.tiles({"Liberec": 1}, evaluation=evaluation.only(body="OSV"), caption="Lidé")
    assert "výběr: gestor OSV" in part.subtitle.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"Libere": 1}, "nejbližší je „Liberec“"),
        ({"Liberec": 1, "ORP-5105": 2}, "zadáno dvakrát"),
        ({"Liberec": -1}, "zápornou"),
        ({"Liberec": "mnoho"}, "dostal „mnoho“"),
        ({}, "nemá žádnou hodnotu"),
        (pd.DataFrame({"a": [1], "b": [2]}), "vyberte sloupec"),
    ],
)
def test_values_that_no_map_shows_are_told(
    evaluation: slz_lib.Evaluation, values: object, told: str
) -> None:
    with pytest.raises(DocumentError, match=told):
        charts.tiles(values, evaluation=evaluation, caption="Mapa")


def kept_pixels(found: Figure) -> bytes:
    """The first embedded picture of a drawing."""
    return base64.b64decode(found.svg.partition("base64,")[2].partition('"')[0])


def test_pixels_are_fine_enough_for_print() -> None:
    drawing, axes = plt.subplots(figsize=(4, 3))
    axes.imshow(_FIELD)
    pixels = Image.open(io.BytesIO(kept_pixels(figure(drawing, caption="Pole", alt="Pole."))))
    assert pixels.width > 4 * 72 * 1.5


@pytest.mark.parametrize(
    "draw",
    [
        lambda axes: axes.scatter(*_RANDOM.random((2, 20_000))),
        lambda axes: axes.plot(*_RANDOM.random((2, 20_000)), "."),
    ],
)
def test_marks_without_number_are_one_picture(draw: Callable[[Any], object]) -> None:
    drawing, axes = plt.subplots()
    draw(axes)
    shown = figure(drawing, caption="Body", alt="Body.")
    assert kept_pixels(shown)
    assert len(shown.svg) < 200_000


def test_a_photograph_that_is_not_to_be_resampled_has_the_pixels_of_print() -> None:
    drawing, axes = plt.subplots(figsize=(4, 3))
    axes.imshow(_RANDOM.random((2_000, 2_000)), interpolation="none")
    pixels = Image.open(io.BytesIO(kept_pixels(figure(drawing, caption="Fotka", alt="Pole."))))
    assert 4 * 72 * 1.5 < pixels.width <= 4 * PIXELS_PER_INCH


def test_a_cell_writes_with_letters_of_its_own() -> None:
    """JupyterLab puts all outputs on one page, where an id means the first that has it."""
    drawn = [charts.bars({word: 1}, caption=word) for word in ("Žito", "Pšenice")]
    first, second = (set(re.findall(r'\bid="([^"]+)"', fragment([one]))) for one in drawn)
    assert first
    assert not first & second


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda axes: axes.grid(), "je prázdný"),
        (lambda axes: axes.plot([1]) and axes.set_visible(False), "je prázdný"),
        (lambda axes: axes.figure.set_size_inches(500, 500), "nedal přečíst"),
        (lambda axes: axes.figure.set_size_inches(0.01, 0.01), "nemá plochu"),
        pytest.param(
            lambda axes: axes.plot(*_RANDOM.random((2, 400_000))),
            "příliš mnoho bodů",
            marks=pytest.mark.thorough,
        ),
        (lambda axes: axes.fill_between(range(600_000), _RANDOM.random(600_000)), "příliš mnoho"),
        (lambda axes: axes.set_title(r"$\nesmysl{x}$"), r"Volání figure\(…\) selhalo"),
        (lambda axes: axes.set_xlabel("a\x00b"), r"Volání figure\(…\) selhalo"),
    ],
)
def test_a_drawing_that_cannot_be_shown_is_told(draw: Callable[[Any], object], told: str) -> None:
    drawing, axes = plt.subplots()
    draw(axes)
    with pytest.raises(DocumentError, match=told):
        figure(drawing, caption="Graf", alt="Graf bez čar.")
