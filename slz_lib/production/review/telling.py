"""What all renderers of a review say alike: headings, counts, the order of the changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from slz_lib.language import count
from slz_lib.production.review.statuses import STANDING
from slz_lib.production.review.values import (
    Change,
    Comparison,
    Kind,
    Review,
    Section,
    StatusMove,
)

TITLE = "Co se změnilo"
STATUSES = "Stavy opatření"
SUMMARY = "Souhrn"
UNCHANGED = "Beze změny"
ONLY_OLD = "Jen v\u00a0první složce"
ONLY_NEW = "Jen ve druhé složce"
ARROW = "→"

_COUNTED = {
    Section.NUMBERS: ("údaj", "údaje", "údajů"),
    Section.CHARTS: ("graf", "grafy", "grafů"),
    Section.PROSE: ("odstavec", "odstavce", "odstavců"),
    Section.REST: ("změna", "změny", "změn"),
}

#: Changes of one chapter, by the block they belong to.
Chapter = tuple[str, tuple[tuple[str, tuple[Change, ...]], ...]]


def summary(review: Review) -> tuple[tuple[str, str], ...]:
    """How much changed, by section: heading and count; a section without a change is left out."""
    rows = [(STATUSES, count(len(review.statuses), "stav", "stavy", "stavů"))]
    rows = rows if review.statuses else []
    for section, changes in review.sections:
        if changes:
            number = (
                len({c.subject for c in changes}) if section is Section.CHARTS else len(changes)
            )
            rows.append((section.label, count(number, *_COUNTED[section])))
    return tuple(rows)


def chapters(changes: Sequence[Change]) -> tuple[Chapter, ...]:
    """Changes by chapter and block, as they follow one another."""
    return tuple(
        (chapter, _by_subject(tuple(found)))
        for chapter, found in groupby(changes, key=lambda change: change.chapter)
    )


def _by_subject(changes: Sequence[Change]) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    grouped = groupby(changes, key=lambda change: change.subject)
    return tuple((subject, tuple(found)) for subject, found in grouped)


def lead(change: Change) -> str:
    """What stands before the words of a change: what happened and where."""
    evident = change.kind is Kind.CHANGED and change.where and (change.wording or change.note)
    kind = "" if evident else change.kind.label
    return " – ".join(part for part in (kind, change.where) if part)


def which(move: StatusMove) -> str:
    """Which status moved, as it follows the statuses; empty for the one that stands."""
    title = move.which
    return "" if title == STANDING else f"{title[:1].lower()}{title[1:]}"


def changed(comparison: Comparison) -> tuple[Review, ...]:
    """The reviews that have something to tell."""
    return tuple(review for review in comparison.reviews if review.changes)


def names(comparison: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Editions of which only the name is to be told, by what is told of them."""
    unchanged = tuple(review.name for review in comparison.reviews if not review.changes)
    for label, found in (
        (UNCHANGED, unchanged),
        (ONLY_OLD, comparison.only_old),
        (ONLY_NEW, comparison.only_new),
    ):
        if found:
            yield label, found


def alone(comparison: Comparison) -> Review | None:
    """The only review, where a single edition was compared."""
    if len(comparison.reviews) == 1 and not comparison.only_old and not comparison.only_new:
        return comparison.reviews[0]
    return None
