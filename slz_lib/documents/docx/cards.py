"""Measure cards: number, title and status at a glance, then facts as *term: text*.

Facts are paragraphs, not a table: a screen reader reads them straight through, and a document with
a hundred measures does not have a hundred tables without a number.
"""

from __future__ import annotations

from collections.abc import Iterable

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, colour, paragraph, runs, tab, w
from slz_lib.documents.docx.styles import Style, heading_style
from slz_lib.documents.docx.tables import status_runs
from slz_lib.documents.model import Fact, MeasureCard
from slz_lib.documents.wording import DESIGNATION_TERM, NO_COMMENTARY
from slz_lib.palette import INK


def fact_paragraph(term: str, text: Iterable[Element], *layout: Element) -> Element:
    """*Term: text*, the texts of several facts one under another."""
    return paragraph(Style.FACT, [*runs(f"{term}:", style=Style.TERM), tab(), *text], *layout)


def _facts(facts: Iterable[Fact], links: Links) -> list[Element]:
    return [fact_paragraph(fact.term, inline(fact.text, links), w("keepNext")) for fact in facts]


def _figures(figures: Iterable[Fact], links: Links) -> list[Element]:
    """Figures have long terms, so their texts follow at once instead of standing in a column."""
    return [
        paragraph(
            Style.CARD_FIGURE,
            [*runs(f"{fact.term}:", style=Style.TERM), *runs(" "), *inline(fact.text, links)],
            w("keepNext"),
        )
        for fact in figures
    ]


def card_elements(card: MeasureCard, level: int, links: Links) -> list[Element]:
    """A card under a heading of ``level``; one bookmark spans all of it.

    Every paragraph but the last keeps with the next, so that a card stays on one page if it can.
    """
    rule = w("pBdr", w("top", val="single", sz=8, space=6, color=colour(INK)))
    heading = paragraph(heading_style(level), runs(f"{card.number} {card.title}"), rule)
    status = status_runs(card.status_label, card.status)
    commentary = [
        paragraph(Style.COMMENTARY, inline(text, links), w("keepNext"), w("keepLines"))
        for text in card.commentary
    ] or [paragraph(Style.QUIET, runs(NO_COMMENTARY), w("keepNext"))]
    elements = [
        heading,
        fact_paragraph("Stav", status, w("keepNext")),
        fact_paragraph(DESIGNATION_TERM, runs(card.designation), w("keepNext")),
        *_facts(card.facts, links),
        *commentary,
        *_figures(card.figures, links),
    ]
    if card.remark:
        elements.append(paragraph(Style.QUIET, inline(card.remark, links), w("keepLines")))
    _let_go(elements[-1])
    start, end = links.mark(card.anchor)
    heading.insert(1, start)
    elements[-1].append(end)
    return elements


def _let_go(last: Element) -> None:
    """The last paragraph of a card does not hold on to what follows the card."""
    for layout in last.iter(w("pPr").tag):
        for keep in layout.findall(w("keepNext").tag):
            layout.remove(keep)
