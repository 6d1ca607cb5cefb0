"""The region's ORP as tiles on a hexagonal grid, with municipalities in partnership."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.patches import RegularPolygon

from slz_lib.language import count, czech_sorted, enumerate_words, of_number, within
from slz_lib.palette import INK, PAPER, QUIET, RULE
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import WIDTH_MM, framed, render, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, legend, wrapped, write

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation

#: Distance of neighbouring tiles in a row at most, and the legend above the map.
_STEP_MM = 31.0
_LEGEND_MM = 9.0
_MARGIN_MM = 0.6
#: Lines of text that a tile has room for.
_LINES = 5


@dataclass(frozen=True, slots=True)
class Fill:
    """How tiles of one kind look: ground, letters, and the words of the legend."""

    ground: str
    letters: str
    words: str


_PREPOSITION = re.compile(r" (nad|pod|ve|v|na|u) ")

#: By number of partner municipalities: none, one, more.
_FILLS = (
    Fill(PAPER, INK, "žádná obec v partnerství"),
    Fill(RULE, INK, "1 obec"),
    Fill(QUIET, PAPER, "2 obce a více"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One ORP: its name, its partner municipalities in Czech order, its place in the grid."""

    name: str
    partners: tuple[str, ...]
    row: int
    column: float

    @property
    def fill(self) -> Fill:
        """How the tile looks."""
        return _FILLS[min(len(self.partners), len(_FILLS) - 1)]

    @property
    def stated(self) -> str:
        """The number of partner municipalities."""
        number = count(len(self.partners), "obec", "obce", "obcí")
        return f"{number}:" if self.partners else "žádná obec"


def territory_map(evaluation: Evaluation) -> Figure:
    """A tile an ORP; its shade and its text say how many municipalities are in partnership."""
    tiles = _tiles(evaluation)
    step = min(_STEP_MM, (WIDTH_MM - 2 * _MARGIN_MM) / _across(tiles))
    rows = max((tile.row for tile in tiles), default=1) - min(
        (tile.row for tile in tiles), default=1
    )
    height = _LEGEND_MM + (rows * 1.5 + 2) * step / sqrt(3) + 2 * _MARGIN_MM
    have = [tile for tile in tiles if tile.partners]
    lack = czech_sorted([tile.name for tile in tiles if not tile.partners])
    found = _finding(len(have), len(tiles))
    missing = f"; chybějí v ORP {enumerate_words(lack)}" if have and lack else ""
    named = phrases.listing(
        f"{tile.name} – {enumerate_words(tile.partners)}"
        for tile in sorted(have, key=lambda tile: (-len(tile.partners), tile.row, tile.column))
    )
    return framed(
        render(lambda drawing: _draw(sheet(drawing), tiles, step), height),
        anchor="obr-uzemi",
        caption=found + missing,
        subtitle=(
            "obce v partnerství s Agenturou pro sociální začleňování podle správních obvodů obcí "
            f"s rozšířenou působností (ORP); stav k {evaluation.period.as_of_label}; dlaždice "
            f"zachovávají většinu sousedství, ne rozlohu; {phrases.source(evaluation)}"
        ),
        alt=phrases.sentences(
            found,
            f"Bez partnerství: {enumerate_words(lack)}" if lack else "",
            f"Obce v partnerství podle ORP: {named}" if named else "",
        ),
        table="tab-uzemi",
    )


def _tiles(evaluation: Evaluation) -> list[Tile]:
    partners = (
        evaluation.dataset.partnerships.groupby("district_id")["municipality"].agg(list).to_dict()
    )
    rows = evaluation.dataset.districts[["id", "name", "tile_row", "tile_column"]]
    return [
        Tile(
            _unbroken(str(name)),
            tuple(map(_unbroken, czech_sorted(partners.get(code, [])))),
            int(row),
            float(column),
        )
        for code, name, row, column in rows.itertuples(index=False)
    ]


def _unbroken(name: str) -> str:
    """A name with its preposition bound to what follows: *Nové Město | pod Smrkem*."""
    return _PREPOSITION.sub(" \\1\u00a0", name)


def _across(tiles: list[Tile]) -> float:
    columns = [tile.column for tile in tiles] or [0.0]
    return max(columns) - min(columns) + 1


def _finding(have: int, whole: int) -> str:
    """In how many ORP there is a partnership."""
    if not have:
        return f"V partnerství s Agenturou není obec ze žádného {of_number(whole)} ORP"
    return f"Obce v partnerství s Agenturou jsou {within(have)} {of_number(whole)} ORP"


def _draw(page: Axes, tiles: list[Tile], step: float) -> None:
    legend(page, [(fill.words, fill.ground, None) for fill in _FILLS], left=0.4, outline=0.8)
    radius = step / sqrt(3)
    first_row = min((tile.row for tile in tiles), default=1)
    first_column = min((tile.column for tile in tiles), default=0.0)
    left = (WIDTH_MM - _across(tiles) * step) / 2
    for tile in tiles:
        x = left + (tile.column - first_column + 0.5) * step
        y = _LEGEND_MM + _MARGIN_MM + radius + (tile.row - first_row) * 1.5 * radius
        page.add_patch(
            RegularPolygon(
                (x, y), 6, radius=radius * 0.97, facecolor=tile.fill.ground, edgecolor=INK,
                linewidth=0.8,
            )
        )  # fmt: skip
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
        write(
            page, x, first + number * LINE_MM, line, bold=bold, size=8.5 if bold else SMALL,
            colour=tile.fill.letters, align="center",
        )  # fmt: skip
