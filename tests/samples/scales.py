"""Scales for tests: the real one, and two that are made up, of five steps and of two."""

from __future__ import annotations

import csv
from pathlib import Path

from slz_lib.presentation.cells import mark
from slz_lib.vocabulary import CountsAs, Scale, Step

_FILE = Path(__file__).resolve().parents[2] / "data/rules/statuses.csv"


def _real() -> Scale:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: int(row["order"]))
    names = ("code", "label", "sign", "colour", "spoken")
    return Scale(
        tuple(
            Step(**{name: row[name] for name in names}, counts_as=CountsAs(row["counts_as"]))
            for row in rows
        )
    )


SCALE = _real()
CODES = SCALE.codes
MARKS = {step.code: mark(step) for step in SCALE}

#: A synthetic scale of a city: what is dropped counts apart.
FIVE = Scale(
    (
        Step("SPLNENO", "SPLNĚNO", "●", "#14532D", "splněno", CountsAs.DONE),
        Step("PRUBEZNE", "PLNĚNO PRŮBĚŽNĚ", "◕", "#1F6F8B", "plněno průběžně", CountsAs.RUNNING),
        Step("CASTECNE", "ČÁSTEČNĚ", "◐", "#E9B949", "částečně splněno", CountsAs.PARTLY),
        Step("NESPLNENO", "NESPLNĚNO", "○", "#9B2226", "nesplněno", CountsAs.NOT),
        Step("ZRUSENO", "ZRUŠENO", "⊗", "#4A4E57", "zrušeno", CountsAs.DROPPED),
    )
)
#: A synthetic scale of yes and no.
TWO = Scale(
    (
        Step("ANO", "HOTOVO", "✓", "#0B3C6F", "hotovo", CountsAs.DONE),
        Step("NE", "NEDOKONČENO", "✗", "#B23A1E", "nedokončeno", CountsAs.NOT),
    )
)
