"""What differs between two runs of an edition, in a reader's order: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from slz_lib.production.comparing.words import Wording


class Event(StrEnum):
    """What happened to a part of a document; the value is its Czech word."""

    CHANGED = "změněno"
    ADDED = "přidáno"
    REMOVED = "odebráno"
    MOVED = "přesunuto"

    @classmethod
    def of(cls, old: str, new: str) -> Self:
        """What happened to a text; one that is empty was added or removed."""
        return cls.ADDED if not old else cls.REMOVED if not new else cls.CHANGED


class Section(StrEnum):
    """Where a difference is told, in the order of a review; the value is its heading."""

    STATUSES = "Stavy opatření"
    NUMBERS = "Číselné údaje"
    CHARTS = "Grafy"
    PROSE = "Text"
    REST = "Ostatní"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        section: where it is told.
        chapter: where it stands in the new run; in the old one, if it has been removed.
        subject: the block it belongs to (``Tabulka „Stavy“``); empty for a paragraph of the text.
        where: the place in the block (``řádek „I“, sloupec „Celkem“``); may be empty.
        event: what happened.
        wording: the words of both runs.
        note: what else is to be said: a difference of numbers, where a part was moved from.
    """

    section: Section
    chapter: str
    subject: str
    where: str
    event: Event
    wording: Wording = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What differs between two runs of one edition.

    Attributes:
        name: how the edition is called among others: its file's path without suffix.
        title: title of the document in the new run.
        subtitle: its subtitle.
        differences: what differs, in the document's order; nothing where both read the same.
        equal: whether they are the same in emphasis, links and spaces too.
    """

    name: str
    title: str
    subtitle: str
    differences: tuple[Difference, ...]
    equal: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reviews of all editions that two places have in common.

    Attributes:
        reviews: one an edition, by name.
        only_old: names of editions that only the old place has.
        only_new: names of editions that only the new place has.
    """

    reviews: tuple[Review, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
