"""What every writer says alike: of the whole document, of its pages, of a measure's card."""

from __future__ import annotations

from slz_lib.documents.model import Fact, Run, TitleBlock, text_of
from slz_lib.language import NO_BREAK_SPACE, format_date

#: Mark of a draft on each of its pages.
DRAFT_MARK = "NÁVRH"
#: What the official wording of a measure is called.
DESIGNATION_TERM = "Znění ve strategii"
#: What stands where a commentary would.
NO_COMMENTARY = "Komentář nebyl dodán."


def title_facts(title: TitleBlock) -> tuple[Fact, ...]:
    """The facts of ``title``; a draft says once that it is one, in its own words or in these."""
    own = title.facts
    if not title.draft or any("návrh" in text_of(fact.text).casefold() for fact in own):
        return own
    return (*own, Fact(term="Povaha dokumentu", text=(Run(text="návrh"),)))


def standing(title: TitleBlock) -> str:
    """The day to which the document is true: ``stav k 31. 12. 2023``.

    A draft is made later than that, so it is a ``návrh podle stavu k 31. 12. 2023``.
    """
    words = "návrh podle stavu k" if title.draft else "stav k"
    return f"{words}{NO_BREAK_SPACE}{format_date(title.as_of)}"


def page_foot(title: TitleBlock) -> str:
    """What stands at the foot of each page beside its number."""
    return f"{title.author} · {standing(title)}"
