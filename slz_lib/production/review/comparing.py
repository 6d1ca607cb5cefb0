"""Two documents compared: what a reviewer has to know of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slz_lib.documents.model import (
    Document,
    Figure,
    Heading,
    MeasureCard,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.language import count, format_date
from slz_lib.production.review.cards import card_changes, fact_changes
from slz_lib.production.review.charts import chart_changes
from slz_lib.production.review.forms import form_change, form_note, text_change
from slz_lib.production.review.pairing import Pair, in_order, moved, paired, paired_texts
from slz_lib.production.review.placing import FRONT, Item, Part, Reading, Text, named, parts
from slz_lib.production.review.statuses import moves
from slz_lib.production.review.tables import Told, table_changes, told
from slz_lib.production.review.values import (
    Change,
    Fate,
    Kind,
    Review,
    Section,
    Stretch,
    Wording,
)
from slz_lib.production.review.words import plain

Found = Iterator[tuple[Section, Change]]

#: Blocks with an anchor, each paired with its own kind.
_ANCHORED = (Heading, Table, Figure, MeasureCard)
_ADDED_TO = {Figure: Section.CHARTS, Text: Section.PROSE}


def compare(old: Document, new: Document, name: str = "") -> Review:
    """The review of ``new`` against ``old``, two runs of the edition called ``name``."""
    before, after = parts(old), parts(new)
    statuses = moves(before, after)
    read = Reading(old), Reading(new)
    found = [
        *_title(old.title, new.title, read),
        *_body(before, after, read, told(statuses)),
    ]
    if not found and not statuses and (old.title, old.blocks) != (new.title, new.blocks):
        found.append((Section.REST, form_change(FRONT, "Dokument", "")))

    def told_in(section: Section) -> tuple[Change, ...]:
        return tuple(change for where, change in found if where is section)

    return Review(
        name=name,
        title=new.title.title,
        subtitle=new.title.subtitle,
        statuses=statuses,
        numbers=told_in(Section.NUMBERS),
        charts=told_in(Section.CHARTS),
        prose=told_in(Section.PROSE),
        rest=told_in(Section.REST),
    )


def _title(old: TitleBlock, new: TitleBlock, read: tuple[Reading, Reading]) -> Found:
    subject = "Titulní blok"
    for where, was, now in (
        ("název", old.title, new.title),
        ("podtitul", old.subtitle, new.subtitle),
        ("předmět", old.subject, new.subject),
        ("autor", old.author, new.author),
        ("stav ke dni", format_date(old.as_of), format_date(new.as_of)),
        ("návrh", _yes(old.draft), _yes(new.draft)),
        ("klíčová slova", ", ".join(old.keywords), ", ".join(new.keywords)),
        ("jazyk", old.language, new.language),
    ):
        if was != now:
            yield Section.REST, text_change(FRONT, subject, where, was, now)
    yield from fact_changes(FRONT, subject, old.facts, new.facts, Section.REST, read)


def _yes(flag: bool) -> str:
    return "ano" if flag else "ne"


def _body(
    old: Sequence[Part], new: Sequence[Part], read: tuple[Reading, Reading], known: Told
) -> Found:
    pairs = _pairs(old, new, read)
    strayed = _strayed(pairs, old, new)
    for i, k in pairs:
        if i is None and k is not None:
            yield _alone(new[k], Kind.ADDED, read[1])
        elif k is None and i is not None:
            yield _alone(old[i], Kind.REMOVED, read[0])
        elif i is not None and k is not None:
            yield from _pair(old[i], new[k], read, known, moved_here=i in strayed)


def _pairs(old: Sequence[Part], new: Sequence[Part], read: tuple[Reading, Reading]) -> list[Pair]:
    """Every part of both runs, with its counterpart."""
    pairs: dict[int, int] = {}
    for kind in _ANCHORED:
        left = [i for i, part in enumerate(old) if isinstance(part.item, kind)]
        right = [k for k, part in enumerate(new) if isinstance(part.item, kind)]
        of_kind = paired([old[i].item for i in left], [new[k].item for k in right], _anchor, _name)
        pairs.update((left[a], right[b]) for a, b in of_kind if a is not None and b is not None)
    left, texts = _texts(old, read[0])
    right, other_texts = _texts(new, read[1])
    pairs.update(
        (left[a], right[b])
        for a, b in paired_texts(texts, other_texts)
        if a is not None and b is not None
    )
    return in_order(pairs, len(old), len(new))


def _texts(found: Sequence[Part], read: Reading) -> tuple[list[int], list[str]]:
    """Indices of the texts among parts, and what is read in them."""
    places = [(n, part.item) for n, part in enumerate(found) if isinstance(part.item, Text)]
    return [n for n, _ in places], [read(item.text) for _, item in places]


def _anchor(item: Item) -> str:
    assert not isinstance(item, Text)
    return item.anchor


def _name(item: Item) -> str:
    match item:
        case Heading() | Text():
            return text_of(item.text)
        case Table() | Figure():
            return item.caption
        case MeasureCard():
            return item.title


def _strayed(pairs: Sequence[Pair], old: Sequence[Part], new: Sequence[Part]) -> set[int]:
    """Old indices of parts that moved, without those that moved along with their heading."""
    both = {i: k for i, k in pairs if i is not None and k is not None}
    out = moved([i for i, k in pairs if i is not None and k is not None])
    sections = {i: (old[i].section, new[both[i]].section) for i in out}
    leading = {i for i in out if isinstance(old[i].item, Heading)}
    along = {sections[i] for i in leading}
    return leading | {i for i in out if sections[i] not in along}


def _alone(part: Part, kind: Kind, read: Reading) -> tuple[Section, Change]:
    """A part that only one run has."""
    fate = Fate.INSERTED if kind is Kind.ADDED else Fate.DELETED
    section = _ADDED_TO.get(type(part.item), Section.REST)
    wording: Wording = ()
    note = ""
    match part.item:
        case Heading() | Text():
            wording = (Stretch(fate, read(part.item.text)),)
        case Table():
            note = count(len(part.item.rows), "řádek", "řádky", "řádků")
        case MeasureCard():
            note = part.item.status_label
            commentary = " ".join(read(text) for text in part.item.commentary)
            wording = (Stretch(fate, commentary),) if commentary else ()
    return section, Change(part.chapter, named(part.item), "", kind, wording, note)


def _pair(
    old: Part, new: Part, read: tuple[Reading, Reading], known: Told, *, moved_here: bool
) -> Found:
    """What differs between two runs of one part, and where it was moved from."""
    chapter = new.chapter
    from_where = _from_where(old, new) if moved_here else ""
    match old.item, new.item:
        case Text(), Text():
            yield from _text(chapter, old.item, new.item, read, from_where)
            return
        case Heading(), Heading():
            yield from _heading(chapter, old.item, new.item, read)
        case Table(), Table():
            yield from table_changes(chapter, old.item, new.item, known)
        case Figure(), Figure():
            yield from chart_changes(chapter, old.item, new.item)
        case MeasureCard(), MeasureCard():
            yield from card_changes(chapter, old.item, new.item, *read)
    if from_where:
        words: Wording = ()
        if isinstance(new.item, Heading):
            words = (Stretch(Fate.KEPT, read[1](new.item.text)),)
        subject = named(new.item)
        yield Section.REST, Change(chapter, subject, "", Kind.MOVED, words, from_where)


def _from_where(old: Part, new: Part) -> str:
    if old.chapter == new.chapter or isinstance(new.item, Heading):
        return "stojí na jiném místě"
    return f"dříve v\u00a0kapitole „{old.chapter}“"


def _text(
    chapter: str, old: Text, new: Text, read: tuple[Reading, Reading], from_where: str
) -> Found:
    was, now = read[0](old.text), read[1](new.text)
    if plain(was) != plain(now):
        change = text_change(chapter, "", "", was, now)
        yield (
            Section.PROSE,
            Change(chapter, "", "", change.kind, change.wording, from_where),
        )
        return
    kept = (Stretch(Fate.KEPT, now),)
    if from_where:
        yield Section.PROSE, Change(chapter, "", "", Kind.MOVED, kept, from_where)
    notes = [f"{old.form} → {new.form}"] if old.form != new.form else []
    if form := form_note(old.text, new.text):
        notes.append(form)
    if notes:
        yield Section.REST, Change(chapter, "", "", Kind.FORM, kept, "; ".join(notes))


def _heading(chapter: str, old: Heading, new: Heading, read: tuple[Reading, Reading]) -> Found:
    was, now = read[0](old.text), read[1](new.text)
    subject = named(new)
    if plain(was) != plain(now):
        yield Section.REST, text_change(chapter, subject, "", was, now)
    notes = []
    if old.level != new.level:
        notes.append(f"{old.level}.\u00a0úroveň → {new.level}.\u00a0úroveň")
    if old.anchor != new.anchor:
        notes.append(f"kotva „{old.anchor}“ → „{new.anchor}“")
    if plain(was) == plain(now) and (form := form_note(old.text, new.text)):
        notes.append(form)
    if notes:
        kept = (Stretch(Fate.KEPT, now),)
        yield Section.REST, Change(chapter, subject, "", Kind.FORM, kept, "; ".join(notes))
