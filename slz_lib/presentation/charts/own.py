"""An analyst's own figures: drawn by matplotlib or pandas, or values in one call."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh, TriMesh
from matplotlib.contour import ContourSet
from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter
from matplotlib.figure import Figure as Drawing, FigureBase, SubplotParams
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from slz_lib.documents.markdown import slug
from slz_lib.errors import DocumentError
from slz_lib.evaluation.selection import ids_of, named
from slz_lib.language import format_number
from slz_lib.palette import INK, LINK, NO_EVIDENCE, PAPER, QUIET, RULE
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import (
    COLOURS,
    STYLE,
    WIDTH_MM,
    Draw,
    Picture,
    framed,
    taken_down,
)
from slz_lib.presentation.charts.lettering import OUTLINE
from slz_lib.presentation.charts.rows import BAR_MM, Group, Label, bars_beside
from slz_lib.presentation.charts.territory import Fill, Tile, tile_map, unbroken

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation

#: Height of a page that a picture may take, and how much it may be made smaller to fit.
_HEIGHT_MM, _SMALLEST = 205.0, 0.45
_GLYPH = re.compile(r"Glyph (\d+) ")
_UNKNOWN = "neurčeno"


def use_house_style() -> None:
    """Let what a notebook draws from now on look as the house's charts do."""
    own = STYLE.with_name("own.mplstyle")
    mpl.style.use([STYLE, COLOURS, own])


#: Formatters of axes whose texts become Czech, by their names: pandas does not show its own.
_FORMATTERS = ("ScalarFormatter", "PercentFormatter", "TimeSeries_DateFormatter", "DateFormatter")
_MONTHS = dict(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ("led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"),
        strict=True,
    )
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
#: Dates on an axis, as short as they can be told apart: year, month, day, time.
_DATES: dict[str, Any] = {
    "formats": ["%Y", "%m/%Y", "%d. %m.", "%H:%M", "%H:%M", "%S"],
    "zero_formats": ["", "%Y", "%m/%Y", "%d. %m.", "%H:%M", "%H:%M"],
    "offset_formats": ["", "", "", "%m/%Y", "%d. %m. %Y", "%d. %m. %Y"],
}
_NUMBER = re.compile(r"([-−]?\d+)(?:\.(\d+))? ?(%?)")


def _czech(text: str) -> str:
    """A number as Czech writes it (``12 500``, ``0,5``, ``12,5 %``); months in other texts."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return _MONTH.sub(lambda month: _MONTHS[month[0]], text)
    whole, part, percent = found.groups()
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", whole)
    return whole + (f",{part}" if part else "") + ("\u00a0%" if percent else "")


def _in_czech(formatter: type[Any]) -> type[Any]:
    """The class of a formatter whose texts are Czech."""

    def called(self: Any, x: float, pos: int | None = None) -> str:
        return _czech(str(formatter.__call__(self, x, pos)))

    return type(formatter.__name__, (formatter,), {"__call__": called})


def picture_of(drawn: object, caption: str) -> Picture:
    """What matplotlib or pandas has drawn as a picture that fits a page, labels whole.

    The figure is closed, so that a notebook does not show it once more.

    Args:
        drawn: a figure, axes, several axes, or whatever pandas gives for a plot.
        caption: how messages name the picture.

    Raises:
        DocumentError: it is no picture or an empty one, is too large, or has a character without
            a glyph.
    """
    drawing = _drawing(drawn)
    if drawing is None or not drawing.get_axes():
        found = "nic nakresleného" if drawing else f"{type(drawn).__name__}"
        raise DocumentError(
            f"Obrázek „{caption}“: figure(...) čeká obrázek matplotlibu – Figure, Axes nebo to, co "
            f"vrací .plot() v\u00a0pandas –, dostalo {found}. Animaci nahraďte jedním snímkem."
        )
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(drawing)
    with warnings.catch_warnings(record=True) as told, mpl.rc_context():
        warnings.simplefilter("always")
        _prepare(drawing)
        drawing.draw_without_rendering()
        whole = drawing.bbox_inches
        box = Bbox.union([whole, drawing.get_tightbbox()])
        box = whole if np.allclose(box.extents, whole.extents, atol=0.01) else box.padded(0.05)
        picture = taken_down(drawing, box if box is not whole else None)
    glyphs = (_GLYPH.match(str(one.message)) for one in told)
    missing = {chr(int(glyph[1])) for glyph in glyphs if glyph}
    if missing:
        signs = ", ".join(f"„{sign}“ (U+{ord(sign):04X})" for sign in sorted(missing))
        raise DocumentError(
            f"Obrázek „{caption}“ má znaky, pro které písmo nemá tvar: {signs}; nahraďte je."
        )
    return _fitting(picture, caption)


def _fitting(picture: Picture, caption: str) -> Picture:
    """``picture`` no larger than a page has room for."""
    width, height = picture.width_mm, picture.height_mm
    scale = min(1.0, WIDTH_MM / width, _HEIGHT_MM / height)
    if scale < _SMALLEST:
        raise DocumentError(
            f"Obrázek „{caption}“ má {width:.0f}\u00a0×\u00a0{height:.0f}\u00a0mm "
            "a\u00a0na stránce by se nedal přečíst; zmenšete jej (figsize), vyberte méně řádků "
            "nebo jej rozdělte."
        )
    return Picture(picture.svg, round(width * scale, 2), round(height * scale, 2))


def _drawing(drawn: object) -> Drawing | None:
    """The whole figure that something drawn belongs to."""
    if isinstance(drawn, np.ndarray | pd.Series | Sequence) and not isinstance(drawn, str):
        return next((found for one in np.ravel(list(drawn)) if (found := _drawing(one))), None)
    if isinstance(drawn, FigureBase):
        return drawn if isinstance(drawn, Drawing) else _drawing(drawn.figure)
    figure = getattr(drawn, "figure", None)
    return _drawing(figure) if isinstance(figure, FigureBase) else None


def _prepare(drawing: Drawing) -> None:
    """Czech numbers, room for labels, as pixels what SVG has no means for."""
    for axes in drawing.get_axes():
        for name in ("xaxis", "yaxis", "zaxis"):
            if axis := getattr(axes, name, None):
                _translate(axis)
    of_lines = [one for lines in drawing.findobj(ContourSet) for one in lines.labelTexts]
    for text in drawing.findobj(Text):
        words = text.get_text()
        # Of other texts nobody knows whether they are numbers: 1.1 can be a measure.
        if isinstance(text, Annotation) or text in of_lines or words.endswith("%"):
            text.set_text(_czech(words) if _NUMBER.fullmatch(words) else words)
    if drawing.get_layout_engine() is None and vars(drawing.subplotpars) == vars(SubplotParams()):
        drawing.set_layout_engine("constrained")
    for mesh in drawing.findobj(lambda artist: isinstance(artist, QuadMesh | TriMesh)):
        if isinstance(mesh, TriMesh) or getattr(mesh, "_shading", "") == "gouraud":
            mesh.set_rasterized(True)


def _translate(axis: Any) -> None:
    """Let the numbers and dates of an axis be Czech, unless somebody chose their form."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, AutoDateFormatter):
        axis.set_major_formatter(ConciseDateFormatter(axis.get_major_locator(), **_DATES))  # type: ignore[no-untyped-call]
    for one in (formatter, axis.get_minor_formatter()):
        if type(one).__name__ in _FORMATTERS:
            one.__class__ = _in_czech(type(one))


def _values(values: Any, caption: str) -> pd.Series:
    """The values of a chart as numbers.

    Raises:
        DocumentError: they are none, or cannot be drawn from zero.
    """
    if isinstance(values, pd.DataFrame) and values.shape[1] == 1:
        values = values.iloc[:, 0]
    wrong = "čeká jednu řadu čísel (Series nebo slovník: název → číslo)"
    if isinstance(values, pd.DataFrame):
        raise DocumentError(f"Graf „{caption}“ {wrong}, dostal tabulku; vyberte sloupec.")
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    try:
        numbers = pd.to_numeric(series).astype("float64")
    except (ValueError, TypeError):
        raise DocumentError(f"Graf „{caption}“ {wrong}, dostal text.") from None
    if numbers.notna().sum() == 0:
        raise DocumentError(f"Graf „{caption}“ nemá žádnou hodnotu; nahraďte jej větou.")
    if numbers.lt(0).any() or np.isinf(numbers).any():
        raise DocumentError(
            f"Graf „{caption}“ má zápornou nebo nekonečnou hodnotu; nakreslete jej "
            "v\u00a0matplotlibu a\u00a0předejte do figure(...)."
        )
    return numbers


def _stated(number: float, unit: str) -> str:
    return _UNKNOWN if pd.isna(number) else f"{format_number(number)}\u00a0{unit}".strip("\u00a0 ")


def _label(value: object) -> str:
    return " – ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _known(evaluation: Evaluation | None, labels: Sequence[str]) -> tuple[list[Label], list[str]]:
    """How rows are called and coloured, by what of the strategy they name, if by anything."""
    if evaluation is not None:
        for kind, (noun, names) in named(evaluation).items():
            if kind not in ("status", "area", "body", "district"):
                continue
            faults: list[str] = []
            ids = [ids_of(noun, names, label, faults) for label in labels]
            if faults:
                continue
            said = [str(names["said"].get(one[0], _UNKNOWN)) for one in ids]
            if kind == "status":
                steps = [evaluation.scale[one[0]] if one[0] else None for one in ids]
                told = [Label(step.marked if step else _UNKNOWN) for step in steps]
                return told, [step.colour if step else RULE for step in steps]
            if kind == "area":
                short = names["short_name"]
                named_rows = zip(said, ids, strict=True)
                found = [Label(str(short[one[0]]), key=key) for key, one in named_rows]
                return found, [LINK] * len(labels)
            return [*map(Label, said)], [LINK] * len(labels)
    return [*map(Label, labels)], [LINK] * len(labels)


def bars(
    values: Any,
    *,
    caption: str,
    unit: str = "",
    subtitle: str = "",
    alt: str = "",
    anchor: str | None = None,
    evaluation: Evaluation | None = None,
) -> Figure:
    """Vlastní hodnoty jako vodorovné sloupce s popisky: ``bars(řada, caption="…", unit="%")``.

    Args:
        values: a number by name: a Series or a dictionary; drawn in its order.
        caption: the finding.
        unit: what stands behind each number.
        subtitle: unit and source.
        alt: what a person would say about it; the values in words when not given.
        anchor: its permanent name for cross-references; made of the caption when not given.
        evaluation: with it, codes of statuses, areas, bodies and districts become their names.

    Raises:
        DocumentError: the values are no numbers from zero, or too many for a page.
    """
    numbers = _values(values, caption)
    labels, colours = _known(evaluation, [_label(value) for value in numbers.index])
    texts = [_stated(number, unit) for number in numbers]
    lengths = numbers.fillna(0).tolist()

    def paint(axes: Axes, row: int, middles: Sequence[float]) -> None:
        axes.barh(
            middles[0], lengths[row], height=BAR_MM,
            color=colours[row], edgecolor=INK, linewidth=OUTLINE,
        )  # fmt: skip

    drawn = bars_beside([Group(labels)], lengths, texts, paint)

    def fitting(width: float) -> Picture:
        return _fitting(drawn(width), caption) if width == WIDTH_MM else drawn(width)

    spoken = "; ".join(
        f"{f'{label.key} {label.text}'.strip()} – {text}"
        for label, text in zip(labels, texts, strict=True)
    )
    alt = alt or phrases.sentences(caption, spoken)
    return own_figure(fitting, caption=caption, subtitle=subtitle, alt=alt, anchor=anchor)


def tiles(
    values: Any,
    *,
    evaluation: Evaluation,
    caption: str,
    unit: str = "",
    subtitle: str = "",
    alt: str = "",
    anchor: str | None = None,
) -> Figure:
    """Vlastní hodnoty v dlaždicové mapě obvodů: ``tiles(řada, evaluation=…, caption="…")``.

    Args:
        values: a number by district (name, id or code): a Series or a dictionary.
        evaluation: whose districts they are.
        caption: the finding.
        unit: what stands behind each number.
        subtitle: unit and source.
        alt: what a person would say about it; the values in words when not given.
        anchor: its permanent name for cross-references; made of the caption when not given.

    Raises:
        DocumentError: the values are no numbers from zero, a district is unknown or stated twice,
            or the districts have no places in the grid.
    """
    numbers, rows = _values(values, caption), evaluation.dataset.districts
    if rows.empty or rows[["tile_row", "tile_column"]].isna().any(axis=None):
        raise DocumentError(
            f"Graf „{caption}“: obvody nemají místo v\u00a0mřížce; doplňte sloupce tile_row "
            "a\u00a0tile_column v\u00a0data/territory/districts.csv."
        )
    faults: list[str] = []
    noun, names = named(evaluation)["district"]
    ids = [one for label in numbers.index for one in ids_of(noun, names, label, faults)]
    faults += [f"Území „{one}“ je zadáno dvakrát." for one in {i for i in ids if ids.count(i) > 1}]
    if faults:
        raise DocumentError(f"Graf „{caption}“: {' '.join(faults)}")
    found = pd.Series(numbers.tolist(), index=ids).reindex(rows["id"])
    fills, places = _classes(found, unit)
    texts = [_stated(number, unit) for number in found]
    placed = rows[["name", "tile_row", "tile_column"]].itertuples(index=False)
    drawn = [
        Tile(unbroken(str(name)), (), int(row), float(column), text, fills[place])
        for (name, row, column), text, place in zip(placed, texts, places, strict=True)
    ]
    spoken = "; ".join(f"{tile.name} – {tile.stated}" for tile in drawn)
    alt, drawn_map = alt or phrases.sentences(caption, spoken), tile_map(drawn, fills)
    return own_figure(drawn_map, caption=caption, subtitle=subtitle, alt=alt, anchor=anchor)


def _classes(numbers: pd.Series, unit: str) -> tuple[tuple[Fill, ...], list[int]]:
    """At most three grounds from the least value to the largest, and which one each value has."""
    grounds = ((RULE, INK), (NO_EVIDENCE, INK), (QUIET, PAPER))
    known = numbers.dropna()
    width = (known.max() - known.min()) / len(grounds)
    place = ((numbers - known.min()) // width).clip(upper=2) if width else numbers * 0
    place = place.rank(method="dense").sub(1).fillna(-1).astype("int64")
    kinds = [known[place[known.index].eq(kind)] for kind in range(place.max() + 1)]
    fills = [
        Fill(
            *ground,
            _stated(kind.min(), unit)
            if kind.min() == kind.max()
            else f"{format_number(kind.min())} až {_stated(kind.max(), unit)}",
        )
        for kind, ground in zip(kinds, grounds, strict=False)
    ]
    unknown = [Fill(PAPER, INK, _UNKNOWN)] if place.eq(-1).any() else []
    return (*fills, *unknown), place.tolist()


def own_figure(
    draw: Draw | Picture, *, caption: str, subtitle: str, alt: str, anchor: str | None
) -> Figure:
    """An analyst's picture as a block; its anchor is made of the caption when not given."""
    return framed(
        draw,
        anchor=anchor or f"obr-{slug(caption)}",
        caption=caption,
        subtitle=subtitle,
        alt=alt,
        table=None,
    )
