"""Bounds of heights against what Typst itself measures: they may be wide, but never wrong."""

from __future__ import annotations

import json
from random import Random
from statistics import median
from typing import Any

import pytest
import typst

from slz_lib.documents import model as m, pdf
from slz_lib.documents.columns import LANDSCAPE_MM, PORTRAIT_MM, column_widths
from slz_lib.documents.outline import is_wide
from slz_lib.documents.pdf_data import template_data
from slz_lib.documents.pdf_heights import (
    LANDSCAPE_HIGH_MM,
    PORTRAIT_HIGH_MM,
    PT_PER_MM,
    body_height,
    highest_card,
    table_height,
)
from tests.documents.sample import first, of, run, table

#: So many tables hold no odd words.
PLAIN_TABLES = 30

_MEASURING = b"""
#import "/style.typ": *
#import "/floats.typ": *
#import "/measure.typ": *
#show: typeset
#let points(body, width) = measure(body, width: width).height.pt()
#let blocks = data.sections.map(section => section.blocks).flatten()
#context [#metadata((
  areas: (false, true).map(flipped => text-area(flipped).height.pt()),
  tables: blocks.filter(it => it.type == "table").map(it => (
    whole: points(table-with-notes(it, 10000pt), text-area(it.columns.len() > 7).width),
    rows: it.rows.map(row => row-height(row, it.columns).pt()),
  )),
  cards: blocks.filter(it => it.type == "measure").map(
    it => points(card-body(it), text-area(false).width)
  ),
))<heights>]
"""

#: Words of Czech prose and of tables, and such as hardly a line has room for.
_PLAIN = [
    *("a", "v\u00a0kraji", "služby", "obce", "dluhová", "přeformulovat", "zdravotně-sociální"),
    *("31.\u00a012.\u00a02023", "OŠMTS/2023", "VIII.10", "●\u00a0SPLNĚNO", "illi"),
]
_ODD = [
    *("nejneobhospodařovávatelnějšími", "WWWWWWWW", "MMMMMMMMMMMM"),
    "https://www.kraj-lbc.cz/velmi/dlouha/adresa-bez-mezer",
]


def words(random: Random, most: int, odd: bool = True) -> str:
    known = [*_PLAIN, *_ODD] if odd else _PLAIN
    return " ".join(random.choice(known) for _ in range(random.randint(1, most)))


def random_table(random: Random, place: int) -> m.Table:
    odd = place >= PLAIN_TABLES
    columns = [
        m.Column(title=words(random, 2, odd)) for _ in range(random.randint(1, 10 if odd else 4))
    ]
    rows = [[words(random, 12, odd) for _ in columns] for _ in range(random.randint(1, 14))]
    made = table(f"tab-{place}", columns, rows)
    notes = (words(random, 60, odd),) * 2
    return made.model_copy(update={"caption": words(random, 30, odd), "notes": notes})


def random_card(random: Random, place: int) -> m.MeasureCard:
    def facts(most: int) -> tuple[m.Fact, ...]:
        return tuple(
            m.Fact(
                term=words(random, 2),
                text=(run(words(random, 30)), run(words(random, 5), strong=True)),
            )
            for _ in range(random.randint(0, most))
        )

    return first(
        m.MeasureCard,
        anchor=f"m-{place}",
        number="VIII.10",
        title=words(random, 10),
        designation=words(random, 40),
        facts=facts(3),
        commentary=tuple((run(words(random, 40)),) for _ in range(random.randint(0, 3))),
        figures=facts(2),
        remark=(run(words(random, 20)), run("kód_v_textu", code=True)),
    )


@pytest.fixture(scope="module")
def document() -> m.Document:
    random = Random(1)  # noqa: S311 — made-up texts are no secret
    blocks: tuple[m.Block, ...] = (
        *(random_table(random, place) for place in range(60)),
        *(random_card(random, place) for place in range(60)),
    )
    return of(*blocks)


@pytest.fixture(scope="module")
def data(document: m.Document) -> dict[str, Any]:
    return template_data(document)


@pytest.fixture(scope="module")
def measured(data: dict[str, Any]) -> Any:
    """What Typst measures of the tables and cards of ``data``, in points."""
    compiler = typst.Compiler(
        _MEASURING,
        root=str(pdf.TEMPLATES),
        font_paths=pdf.fonts(),
        sys_inputs={"document": json.dumps(data)},
    )
    return json.loads(compiler.query("<heights>", field="value", one=True))


def blocks_of(data: dict[str, Any], kind: str) -> list[Any]:
    return [b for section in data["sections"] for b in section["blocks"] if b["type"] == kind]


def test_pages_are_as_high_as_the_template_has_them(measured: Any) -> None:
    heights = [PORTRAIT_HIGH_MM * PT_PER_MM, LANDSCAPE_HIGH_MM * PT_PER_MM]
    assert measured["areas"] == pytest.approx(heights)


def test_no_row_and_no_table_leaves_its_bounds(document: m.Document, measured: Any) -> None:
    apart = []
    tables = [block for block in document.blocks if isinstance(block, m.Table)]
    for block, true in zip(tables, measured["tables"], strict=True):
        columns = column_widths(block, LANDSCAPE_MM if is_wide(block) else PORTRAIT_MM)
        rows = [body_height(row, columns) for row in block.rows]
        for row, height in zip(rows, true["rows"], strict=True):
            assert row.least <= height <= row.most
        whole = table_height(block, rows, columns)
        assert whole.least <= true["whole"] <= whole.most
        apart.append(whole.most / whole.least)
    assert median(apart[:PLAIN_TABLES]) < 2


def test_no_card_is_higher_than_its_bound(data: dict[str, Any], measured: Any) -> None:
    cards = blocks_of(data, "measure")
    for card, height in zip(cards, measured["cards"], strict=True):
        assert height <= highest_card(card)
    assert {card["whole"] for card in cards} == {True, False}
