"""An analyst's own values as a figure in one call: bars, or tiles of the districts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from slz_lib.documents.model import Figure
from slz_lib.errors import DocumentError
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.selection import ids_of, named
from slz_lib.language import format_number
from slz_lib.palette import INK, LINK, NO_EVIDENCE, PAPER, QUIET, RULE
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import WIDTH_MM, Picture, framed
from slz_lib.presentation.charts.own import fitting
from slz_lib.presentation.charts.rows import Group, Label, bar, bars_beside
from slz_lib.presentation.charts.territory import Fill, Tile, tile_map, unbroken
from slz_lib.presentation.selecting import telling_selection
from slz_lib.untrusted import shown

_UNKNOWN = "neurčeno"


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
        odd = series[pd.to_numeric(series, errors="coerce").isna() & series.notna()].iloc[0]
        raise DocumentError(
            f"Graf „{caption}“ {wrong}, dostal „{shown(str(odd))}“; česky psaná čísla přečte "
            'pd.read_csv(…, decimal=",", thousands=" ").'
        ) from None
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


def _rows(names: Sequence[str], evaluation: Evaluation | None) -> list[tuple[Label, str]]:
    """How rows are called and coloured, by what of the strategy they name, if by anything."""
    if evaluation is None:
        return [(Label(name), LINK) for name in names]
    for kind in ("area", "body", "status", "district"):
        noun, known = named(evaluation)[kind]
        faults: list[str] = []
        ids = ["".join(ids_of(noun, known, name, faults)[:1]) for name in names]
        if faults:
            continue
        said = known["said"].reindex(ids).fillna(_UNKNOWN)
        if kind == "status":
            steps = [evaluation.scale[code] if code else None for code in ids]
            return [
                (Label(step.marked), step.colour) if step else (Label(_UNKNOWN), RULE)
                for step in steps
            ]
        if kind == "area":
            short = zip(known["short_name"].reindex(ids), said, strict=True)
            return [(Label(str(name), key=key), LINK) for name, key in short]
        return [(Label(name), LINK) for name in said]
    return _rows(names, None)


@telling_selection
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
    rows = _rows([_label(value) for value in numbers.index], evaluation)
    labels, colours = [label for label, _ in rows], [colour for _, colour in rows]
    texts = [_stated(number, unit) for number in numbers]
    lengths = numbers.fillna(0).tolist()

    drawn = bars_beside(
        [Group(labels)],
        lengths,
        texts,
        lambda axes, row, y: bar(axes, y, lengths[row], colours[row]),
    )

    def fitted(width: float) -> Picture:
        return fitting(drawn(width), caption) if width == WIDTH_MM else drawn(width)

    told = phrases.each((f"{label.key} {label.text}".strip() for label in labels), texts)
    return framed(fitted, caption=caption, subtitle=subtitle, told=told, alt=alt, anchor=anchor)


@telling_selection
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
    told = phrases.each((tile.name for tile in drawn), texts)
    return framed(
        tile_map(drawn, fills),
        caption=caption,
        subtitle=subtitle,
        told=told,
        alt=alt,
        anchor=anchor,
    )


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
