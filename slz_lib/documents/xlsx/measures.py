"""Measure cards as one table: a row a measure, a column a term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slz_lib.documents.model import Cell, Column, Fact, MeasureCard, Row, Table, text_of
from slz_lib.documents.wording import DESIGNATION_TERM, NO_COMMENTARY
from slz_lib.documents.xlsx.layout import MEASURES

_UNKNOWN = "—"


def _said(facts: Iterable[Fact]) -> dict[str, str]:
    """Text by term; a repeated term keeps all its texts."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.term, []).append(text_of(fact.text))
    return {term: "; ".join(texts) for term, texts in found.items()}


def measures_table(cards: Sequence[MeasureCard]) -> Table:
    """The cards as a table for the sheet *Opatření*, in their order in the document."""
    facts = [_said(card.facts) for card in cards]
    terms = list(dict.fromkeys(term for said in facts for term in said))
    rows = []
    for card, said in zip(cards, facts, strict=True):
        figures = _said(card.figures)
        texts = [
            *(said.get(term, _UNKNOWN) for term in terms),
            "\n".join(text_of(text) for text in card.commentary) or NO_COMMENTARY,
            "; ".join(f"{term}: {text}" for term, text in figures.items()) or _UNKNOWN,
            text_of(card.remark) or _UNKNOWN,
        ]
        rows.append(
            Row(
                cells=(
                    Cell(text=card.number),
                    Cell(text=card.title),
                    Cell(text=card.designation),
                    Cell(text=card.status_label, status=card.status),
                    *(Cell(text=text) for text in texts),
                )
            )
        )
    return Table(
        anchor=MEASURES,
        caption="Opatření, jejich stav a\u00a0komentáře",
        columns=(
            Column(title="Číslo"),
            Column(title="Opatření"),
            Column(title=DESIGNATION_TERM),
            Column(title="Stav", kind="status"),
            *(Column(title=title) for title in (*terms, "Komentář", "Údaje", "Poznámka")),
        ),
        rows=tuple(rows),
        notes=("— znamená, že údaj nebyl dodán nebo není určen.",),
        sheet=MEASURES,
    )
