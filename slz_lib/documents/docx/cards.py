"""Measure cards: number, title and status at a glance, then facts as *term: text*.

Facts are paragraphs, not a table: a screen reader reads them straight through, and a document with
a hundred measures does not have a hundred tables without a number.
"""

from __future__ import annotations

from collections.abc import Iterable

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, Style, heading_style, paragraph, runs, tab, w
from slz_lib.documents.docx.tables import status_runs
from slz_lib.documents.model import Fact, MeasureCard
from slz_lib.documents.wording import DESIGNATION_TERM, NO_COMMENTARY


def fact_paragraph(term: str, text: Iterable[Element]) -> Element:
    """*Term: text*, the texts of several facts one under another."""
    return paragraph(Style.FACT, [*runs(f"{term}:", style=Style.TERM), tab(), *text])


def _figure(fact: Fact, links: Links) -> Element:
    """Figures have long terms, so their texts follow at once instead of standing in a column."""
    term = runs(f"{fact.term}:", style=Style.TERM)
    return paragraph(Style.CARD_FIGURE, [*term, *runs(" "), *inline(fact.text, links)])


#: So many paragraphs at most of a card stay on one page.
_LONG = 13


def card_elements(card: MeasureCard, level: int, links: Links) -> list[Element]:
    """A card under a heading of ``level``; one bookmark spans all of it.

    Every paragraph but the last keeps with the next, so that a card stays on one page if it can
    and is not long; the styles see to it.
    """
    heading = paragraph(heading_style(level), runs(f"{card.number} {card.title}"))
    commentary = [inline(text, links) for text in card.commentary] or [runs(NO_COMMENTARY)]
    elements = [
        heading,
        fact_paragraph("Stav", status_runs(card.status_label, card.status)),
        fact_paragraph(DESIGNATION_TERM, runs(card.designation)),
        *(fact_paragraph(f.term, inline(f.text, links)) for f in card.facts),
        *(paragraph(Style.COMMENTARY, text) for text in commentary),
        *(_figure(fact, links) for fact in card.figures),
    ]
    if card.remark:
        elements.append(paragraph(Style.QUIET, inline(card.remark, links)))
    # The last paragraph does not hold on to what follows the card; a long card may go on on the
    # next page, where it would else leave half a page empty.
    loose = elements[3:] if len(elements) > _LONG else elements[-1:] if not card.remark else []
    for element in loose:
        element[0].insert(1, w("keepNext", val=0))
    start, end = links.mark(card.anchor)
    heading.insert(1, start)
    elements[-1].append(end)
    return elements
