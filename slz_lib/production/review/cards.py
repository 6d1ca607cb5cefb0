"""What differs on the card of a measure, its status aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slz_lib.documents.model import Fact, MeasureCard
from slz_lib.production.review.forms import form_change, form_note, text_change
from slz_lib.production.review.numbers import text_difference
from slz_lib.production.review.pairing import in_order, paired_texts
from slz_lib.production.review.placing import Reading, named
from slz_lib.production.review.values import Change, Kind, Section
from slz_lib.production.review.words import brief, plain, swapped

Found = Iterator[tuple[Section, Change]]


def card_changes(
    chapter: str, old: MeasureCard, new: MeasureCard, read_old: Reading, read_new: Reading
) -> Found:
    """What differs between two cards of one measure.

    Args:
        chapter: where the new one stands.
        old: the card of the old run.
        new: the card of the new run.
        read_old: reads the texts of the old run.
        read_new: reads the texts of the new run.
    """
    subject = named(new)
    found = [
        *_names(chapter, subject, old, new),
        *fact_changes(chapter, subject, old.facts, new.facts, Section.REST, (read_old, read_new)),
        *_commentary(chapter, subject, old, new, read_old, read_new),
        *fact_changes(
            chapter, subject, old.figures, new.figures, Section.NUMBERS, (read_old, read_new)
        ),
    ]
    yield from found
    status = {"status": new.status, "status_label": new.status_label}
    if not found and old.model_copy(update=status) != new:
        yield Section.REST, form_change(chapter, subject, "")


def fact_changes(
    chapter: str,
    subject: str,
    old: Sequence[Fact],
    new: Sequence[Fact],
    section: Section,
    read: tuple[Reading, Reading],
) -> Found:
    """What differs between two lists of facts, which are paired by their terms."""
    before, after = _by_term(old), _by_term(new)
    pairs = {before[term]: k for term, k in after.items() if term in before}
    for i, k in in_order(pairs, len(old), len(new)):
        was = "" if i is None else read[0](old[i].text)
        now = "" if k is None else read[1](new[k].text)
        fact = new[k] if k is not None else old[i or 0]
        where = f"„{fact.term}“"
        if i is None or k is None:
            kind = Kind.ADDED if i is None else Kind.REMOVED
            yield section, Change(chapter, subject, where, kind, swapped(was, now))
        elif was != now:
            note = text_difference(was, now)
            wording = swapped(was, now) if note else brief(was, now)
            yield section, Change(chapter, subject, where, Kind.CHANGED, wording, note)
        elif note := form_note(old[i].text, new[k].text):
            yield Section.REST, form_change(chapter, subject, where, note)


def _names(chapter: str, subject: str, old: MeasureCard, new: MeasureCard) -> Found:
    for where, was, now in (
        ("číslo", old.number, new.number),
        ("název", old.title, new.title),
        ("znění ve strategii", old.designation, new.designation),
    ):
        if was != now:
            yield Section.REST, text_change(chapter, subject, where, was, now)


def _commentary(
    chapter: str,
    subject: str,
    old: MeasureCard,
    new: MeasureCard,
    read_old: Reading,
    read_new: Reading,
) -> Found:
    """Paragraphs of the commentary, then the remark on the derived status."""
    texts = [read_old(text) for text in old.commentary], [read_new(t) for t in new.commentary]
    pairs = [
        (
            "komentář",
            "" if i is None else texts[0][i],
            "" if k is None else texts[1][k],
            "" if i is None or k is None else form_note(old.commentary[i], new.commentary[k]),
        )
        for i, k in paired_texts(*texts)
    ]
    remarks = read_old(old.remark), read_new(new.remark)
    for where, was, now, form in (
        *pairs,
        ("poznámka", *remarks, form_note(old.remark, new.remark)),
    ):
        if plain(was) != plain(now):
            yield Section.PROSE, text_change(chapter, subject, where, was, now)
        elif form:
            yield Section.REST, form_change(chapter, subject, where, form)


def _by_term(facts: Sequence[Fact]) -> dict[tuple[str, int], int]:
    """Facts by term and, where a term repeats, by which one it is."""
    found: dict[tuple[str, int], int] = {}
    for place, fact in enumerate(facts):
        earlier = sum(other.term == fact.term for other in facts[:place])
        found[fact.term, earlier] = place
    return found
