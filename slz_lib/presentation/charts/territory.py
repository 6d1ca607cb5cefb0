"""The territory's districts as tiles on a hexagonal grid, with municipalities in partnership."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import RegularPolygon

from slz_lib.dataset import Dataset
from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.language import Noun, after, czech_sorted, enumerate_words, of_number
from slz_lib.palette import INK, PAPER, QUIET, RULE
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import NARROW_MM, Draw, Picture, framed, render, sheet
from slz_lib.presentation.charts.lettering import (
    LINE_MM,
    SMALL,
    TEXT,
    legend,
    under_first_line,
    wrapped,
    write,
)
from slz_lib.presentation.charts.rows import GAP_MM, Group, Label, arrange, write_labels
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import Terms

#: Distance of neighbouring tiles in a row at most, and the legend above the map.
_STEP_MM = 31.0
_LEGEND_MM = 9.0
_LEFT_MM, _MARGIN_MM = 0.4, 0.6
#: Lines of text that a tile has room for.
_LINES = 5


@dataclass(frozen=True, slots=True)
class Fill:
    """How tiles of one kind look: ground, letters, and the words of the legend."""

    ground: str
    letters: str
    words: str


_PREPOSITION = re.compile(r" (nad|pod|ve|v|na|u) ")


def _fills(municipality: Noun) -> tuple[Fill, ...]:
    """By number of partner municipalities: none, one, more."""
    return (
        Fill(PAPER, INK, f"{municipality.form(1, 'žádný')} v partnerství"),
        Fill(RULE, INK, municipality.counted(1).replace("\u00a0", " ")),
        Fill(QUIET, PAPER, f"{municipality.counted(2)} a více".replace("\u00a0", " ")),
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """A district: its name, its partner municipalities in Czech order, its place in the grid.

    ``stated`` says how many partner municipalities it has, ``fill`` how it looks.
    """

    name: str
    partners: tuple[str, ...]
    row: int
    column: float
    stated: str
    fill: Fill


def has_map(dataset: Dataset) -> bool:
    """Zda má každý obvod místo v mřížce a je co ukázat na mapě partnerství."""
    placed = dataset.districts[["tile_row", "tile_column"]].notna()
    return bool(len(placed) and placed.all(axis=None) and len(dataset.partnerships))


@telling_selection
def territory_map(evaluation: Evaluation) -> Figure:
    """Dlaždicová mapa: v každém obvodu počet obcí v partnerství."""
    terms, tiles = evaluation.terms, _tiles(evaluation)
    partner, fills = after("s", terms.partner.form(7)), _fills(terms.municipality)
    municipalities = terms.municipality.form(1, plural=True)
    by, full = (word.form(2, plural=True) for word in (terms.district_short, terms.district_full))
    abbreviated = "" if by == full else f" ({by})"
    have = [tile for tile in tiles if tile.partners]
    lack = czech_sorted([tile.name for tile in tiles if not tile.partners])
    found = _finding(len(have), len(tiles), terms)
    where = after("v", terms.district_short.form(6, plural=len(lack) > 1))
    missing = f"; chybějí {where} {enumerate_words(lack)}" if have and lack else ""
    have.sort(key=lambda tile: (-len(tile.partners), tile.row, tile.column))
    named = phrases.each(
        (tile.name for tile in have), (enumerate_words(tile.partners) for tile in have)
    )
    return framed(
        tile_map(tiles, fills),
        anchor="obr-uzemi",
        caption=found + missing,
        subtitle=(
            f"{municipalities} v partnerství {partner} podle {full}{abbreviated}; "
            f"stav k {evaluation.period.as_of_label}; dlaždice "
            f"zachovávají většinu sousedství, ne rozlohu; {_source(evaluation)}"
        ),
        alt=phrases.sentences(
            found,
            f"Bez partnerství: {enumerate_words(lack)}" if lack else "",
            f"{phrases.capitalised(municipalities)} v partnerství podle {by}: {named}"
            if named
            else "",
        ),
        table="tab-uzemi",
    )


def tile_map(tiles: list[Tile], fills: tuple[Fill, ...]) -> Draw:
    """Tiles under the legend of their grounds; numbered ones over a list in a narrow drawing."""
    tiles = _at_the_corner(sorted(tiles, key=lambda tile: (tile.row, tile.column)))
    notes = [f"{tile.stated} {', '.join(tile.partners)}".strip() for tile in tiles]
    labels = [
        Label(tile.name, key=f"{number}", note=note, bars=0)
        for number, (tile, note) in enumerate(zip(tiles, notes, strict=True), start=1)
    ]

    def drawn(page: float) -> Picture:
        step = min(_STEP_MM, (page - 2 * _MARGIN_MM) / _across(tiles))
        rows = max((tile.row for tile in tiles), default=0)
        legend_mm = _LEGEND_MM + under_first_line([fill.words for fill in fills], page, _LEFT_MM)
        top = legend_mm + _MARGIN_MM
        height = top + (rows * 1.5 + 2) * step / sqrt(3) + _MARGIN_MM
        listed = arrange([Group(labels if page == NARROW_MM else [])], page)

        def draw(drawing: Drawing) -> None:
            axes = sheet(drawing)
            entries = [(fill.words, fill.ground, None) for fill in fills]
            legend(axes, entries, left=_LEFT_MM, linewidth=0.8)
            _draw(axes, tiles, step, top, numbered=listed.above)
            write_labels(axes, listed, top=height + GAP_MM)

        return render(draw, page, height + (GAP_MM + listed.height if listed.above else 0))

    return drawn


def _source(evaluation: Evaluation) -> str:
    """Where partners are known from; a period judged here has collected nothing on them."""
    dataset = evaluation.dataset
    named = dataset.sources["id"].isin(dataset.partnerships["source_id"])
    if evaluation.imported or not named.any():
        return phrases.source(evaluation)
    return f"zdroj: {'; '.join(dataset.sources.loc[named, 'title'])}"


def _tiles(evaluation: Evaluation) -> list[Tile]:
    municipality = evaluation.terms.municipality
    fills = _fills(municipality)
    partners = (
        evaluation.dataset.partnerships.groupby("district_id")["municipality"].agg(list).to_dict()
    )
    rows = evaluation.dataset.districts[["id", "name", "tile_row", "tile_column"]]
    return [
        Tile(
            unbroken(str(name)),
            tuple(map(unbroken, czech_sorted(partners.get(code, [])))),
            int(row),
            float(column),
            f"{municipality.counted(number)}:" if number else municipality.form(1, "žádný"),
            fills[min(number, len(fills) - 1)],
        )
        for code, name, row, column in rows.itertuples(index=False)
        for number in (len(partners.get(code, [])),)
    ]


def unbroken(name: str) -> str:
    """A name with its preposition bound to what follows: *Nové Město | pod Smrkem*."""
    return _PREPOSITION.sub(" \\1\u00a0", name)


def _at_the_corner(tiles: list[Tile]) -> list[Tile]:
    """``tiles`` with rows and columns counted from zero."""
    row = min((tile.row for tile in tiles), default=0)
    column = min((tile.column for tile in tiles), default=0.0)
    return [replace(tile, row=tile.row - row, column=tile.column - column) for tile in tiles]


def _across(tiles: list[Tile]) -> float:
    return max((tile.column for tile in tiles), default=0.0) + 1


def _finding(have: int, whole: int, terms: Terms) -> str:
    """In how many districts there is a partnership."""
    partner, one = after("s", terms.partner_short.form(7)), terms.municipality
    of_all = f"{of_number(whole)} {terms.district_short.form(2, plural=True)}"
    if not have:
        none = terms.district_short.agreeing("žádný", 2)
        return f"V partnerství {partner} není {one} ze {none} {of_all}"
    several = phrases.capitalised(one.form(1, plural=True))
    where = after("v", f"{have} {of_all}")
    if have == whole:
        where = after("v", terms.district_short.every(whole, 6))
    return f"{several} v partnerství {partner} jsou {where}"


def _draw(page: Axes, tiles: list[Tile], step: float, top: float, *, numbered: bool) -> None:
    radius = step / sqrt(3)
    left = (page.get_xlim()[1] - _across(tiles) * step) / 2
    for number, tile in enumerate(tiles, start=1):
        x = left + (tile.column + 0.5) * step
        y = top + radius + tile.row * 1.5 * radius
        look: dict[str, Any] = {"facecolor": tile.fill.ground, "edgecolor": INK, "linewidth": 0.8}
        page.add_patch(RegularPolygon((x, y), 6, radius=radius * 0.97, **look))
        if numbered:
            write(page, x, y, f"{number}", bold=True, colour=tile.fill.letters, align="center")
        else:
            _write(page, tile, x, y, step - 4)


def _write(page: Axes, tile: Tile, x: float, y: float, room: float) -> None:
    """Name, number and names of the partner municipalities, as far as there is room."""
    name = wrapped(tile.name, room, bold=True)
    partners = [
        line
        for number, partner in enumerate(tile.partners, start=1)
        for line in wrapped(f"{partner}," if number < len(tile.partners) else partner, room, SMALL)
    ]
    fits = len(name) + 1 + len(partners) <= _LINES
    lines = [*name, tile.stated if fits else tile.stated.rstrip(":"), *(partners if fits else [])]
    first = y - (len(lines) - 1) * LINE_MM / 2
    for number, line in enumerate(lines):
        bold = number < len(name)
        place, size = first + number * LINE_MM, TEXT if bold else SMALL
        colour = tile.fill.letters
        write(page, x, place, line, bold=bold, size=size, colour=colour, align="center")
