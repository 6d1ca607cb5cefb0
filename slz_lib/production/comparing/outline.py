"""A comparison as lines in their order, which every form of a review shows in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from slz_lib.language import count
from slz_lib.production.comparing.changes import (
    Change,
    Comparison,
    Event,
    Fate,
    Review,
    Section,
    Wording,
)

TITLE = "Co se změnilo"
ARROW = "→"
_EQUAL = "Beze změny"
_READ_ALIKE = "Liší se jen úprava; slova, čísla a\u00a0stavy jsou stejné"
_COUNTED = {
    Section.STATUSES: ("stav", "stavy", "stavů"),
    Section.NUMBERS: ("údaj", "údaje", "údajů"),
    Section.CHARTS: ("změna", "změny", "změn"),
    Section.PROSE: ("odstavec", "odstavce", "odstavců"),
    Section.REST: ("změna", "změny", "změn"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        lead: what stands before the words.
        level: of a heading, from 1; 0 for other lines.
        depth: of an item of a list, from 1; 0 for a line that is none.
        wording: the words of both runs.
        note: what is added in brackets.
    """

    lead: str
    level: int = 0
    depth: int = 0
    wording: Wording = ()
    note: str = ""

    @property
    def swapped(self) -> bool:
        """Whether one text of a place stands for another with which it has no word in common."""
        fates = [stretch.fate for stretch in self.wording]
        return bool(self.lead) and fates == [Fate.DELETED, Fate.INSERTED]


def joined(lead: str, words: str, note: str) -> str:
    """The parts of a line, each as a form writes it."""
    told = f"{words} ({note})" if words and note else words or note
    return ": ".join(filter(None, (lead, told)))


def lines(comparison: Comparison) -> Iterator[Line]:
    """``comparison`` as lines; the same comparison gives the same lines."""
    yield Line(TITLE, level=1)
    reviews = comparison.reviews
    if len(reviews) == 1 and not comparison.only_old and not comparison.only_new:
        yield from (Line(text) for text in (reviews[0].title, reviews[0].subtitle) if text)
        yield from review_lines(reviews[0], 2)
        return
    still = [review for review in reviews if not review.changes]
    for label, names in (
        (_EQUAL, [review.name for review in still if review.equal]),
        (_READ_ALIKE, [review.name for review in still if not review.equal]),
        ("Jen v\u00a0první složce", comparison.only_old),
        ("Jen ve druhé složce", comparison.only_new),
    ):
        if names:
            yield Line(label, level=2)
            yield from (Line(name, depth=1) for name in names)
    for review in reviews:
        if review.changes:
            yield Line(f"{review.title} ({review.name})", level=2)
            yield from review_lines(review, 3)


def review_lines(review: Review, level: int) -> Iterator[Line]:
    """One review, its headings from ``level`` on."""
    if not review.changes:
        yield Line(f"{_EQUAL if review.equal else _READ_ALIKE}.")
    sections = [
        (section, some)
        for section in Section
        if (some := [change for change in review.changes if change.section is section])
    ]
    for section, changes in sections:
        yield Line(f"{section}: {count(len(changes), *_COUNTED[section])}", depth=1)
    for section, changes in sections:
        yield Line(section.value, level=level)
        for chapter, found in groupby(changes, key=lambda change: change.chapter):
            yield Line(chapter, level=level + 1)
            for subject, those in groupby(found, key=lambda change: change.subject):
                if subject:
                    yield Line(subject, depth=1)
                for change in those:
                    depth = 2 if subject else 1
                    yield Line(_lead(change), 0, depth, change.wording, change.note)


def _lead(change: Change) -> str:
    """What stands before the words of a change: what happened and where."""
    evident = change.event is Event.CHANGED and (change.where or not change.subject)
    event = "" if evident and (change.wording or change.note) else change.event.value
    return " – ".join(part for part in (event, change.where) if part)
