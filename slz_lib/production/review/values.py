"""The review of a change: what differs between two runs of an edition, in a reader's order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that share one fate.

    Attributes:
        fate: whether both runs have them, or only the old one, or only the new one.
        text: the words, with the spaces that part them from their neighbours.
    """

    fate: Fate
    text: str


Wording = tuple[Stretch, ...]


class Kind(StrEnum):
    """What happened to a part of a document."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    FORM = "form"

    @property
    def label(self) -> str:
        """The kind in Czech, as it stands before what it speaks of."""
        return {
            "changed": "změněno",
            "added": "přidáno",
            "removed": "odebráno",
            "moved": "přesunuto",
            "form": "jen podoba",
        }[self.value]


class Section(StrEnum):
    """Where in a review a change is told, in the order of the review."""

    NUMBERS = "numbers"
    CHARTS = "charts"
    PROSE = "prose"
    REST = "rest"

    @property
    def label(self) -> str:
        """The section's heading in Czech."""
        return {
            "numbers": "Číselné údaje",
            "charts": "Grafy",
            "prose": "Text",
            "rest": "Ostatní",
        }[self.value]


@dataclass(frozen=True, slots=True)
class StatusMove:
    """A measure whose status is another one.

    Attributes:
        chapter: where the new run states the status first.
        number: number of the measure (``I.1``).
        title: short title of the measure; empty where the document does not give it.
        which: which status it is, as a column of the document calls it (``Odvozený stav``).
        old: code of the status in the old run; ``None`` where the measure had none.
        new: code of the status in the new run; ``None`` where the measure has none.
        old_label: the status as the old run prints it, sign and word.
        new_label: the status as the new run prints it.
    """

    chapter: str
    number: str
    title: str
    which: str
    old: str | None
    new: str | None
    old_label: str
    new_label: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        chapter: where it stands in the new run; in the old one, if it has been removed.
        subject: the block it belongs to (``Tabulka „Stavy“``); empty for a paragraph of the text.
        where: the place in the block (``řádek „I“, sloupec „Celkem“``); may be empty.
        kind: what happened.
        wording: the words of both runs.
        note: what else is to be said: a difference of numbers, where a part was moved from.
    """

    chapter: str
    subject: str
    where: str
    kind: Kind
    wording: Wording = ()
    note: str = ""

    @property
    def replaced(self) -> tuple[str, str] | None:
        """Old and new text where the one stands for the other and no word is common."""
        if [stretch.fate for stretch in self.wording] == [Fate.DELETED, Fate.INSERTED]:
            return self.wording[0].text, self.wording[1].text
        return None


@dataclass(frozen=True, slots=True)
class Review:
    """What differs between two runs of one edition; nothing where they are equal.

    Attributes:
        name: how the edition is called among others: its file's path without suffix.
        title: title of the document in the new run.
        subtitle: its subtitle.
        statuses: measures whose status is another one, in the strategy's order.
        numbers: numbers in tables and on cards, in the document's order.
        charts: charts, in the document's order.
        prose: paragraphs, items of lists and commentaries, in the document's order.
        rest: everything else, in the document's order.
    """

    name: str
    title: str
    subtitle: str
    statuses: tuple[StatusMove, ...]
    numbers: tuple[Change, ...]
    charts: tuple[Change, ...]
    prose: tuple[Change, ...]
    rest: tuple[Change, ...]

    @property
    def sections(self) -> tuple[tuple[Section, tuple[Change, ...]], ...]:
        """Every section with its changes, in the order of the review."""
        return (
            (Section.NUMBERS, self.numbers),
            (Section.CHARTS, self.charts),
            (Section.PROSE, self.prose),
            (Section.REST, self.rest),
        )

    @property
    def changes(self) -> int:
        """How many changes there are altogether."""
        return len(self.statuses) + sum(len(changes) for _, changes in self.sections)


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
