"""Two documents compared: what a reviewer has to know of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slz_lib.documents.model import Document, Figure, Heading, Mark, MeasureCard, Table
from slz_lib.language import count
from slz_lib.production.comparing.pairing import Pair, moved, paired
from slz_lib.production.comparing.parts import Part, parts
from slz_lib.production.comparing.reviews import Difference, Event, Review, Section
from slz_lib.production.comparing.tables import (
    STANDING,
    Told,
    by_measure,
    table_differences,
    which_status,
)
from slz_lib.production.comparing.words import (
    Fate,
    Stretch,
    difference,
    plain,
    swapped,
    wording,
)

#: What the column of a measure's name is called.
_TITLE = "Opatření"


def review(old: Document, new: Document, name: str = "") -> Review:
    """The review of ``new`` against ``old``, two runs of the edition called ``name``."""
    before, after = tuple(parts(old)), tuple(parts(new))
    statuses, told = _statuses(before, after)
    return Review(
        name=name,
        title=new.title.title,
        subtitle=new.title.subtitle,
        differences=(*statuses, *_differences(before, after, told)),
        equal=(old.title, old.blocks) == (new.title, new.blocks),
    )


def _differences(old: Sequence[Part], new: Sequence[Part], told: Told) -> Iterator[Difference]:
    pairs = paired(
        old,
        new,
        lambda part: part.key,
        text=lambda part: (part.block.type, part.said[0].text),
    )
    strayed = _strayed(pairs, old, new)
    for i, k in pairs:
        if i is None and k is not None:
            yield _placed(new[k], Event.ADDED, Fate.INSERTED, _more(new[k]))
        elif k is None and i is not None:
            yield _placed(old[i], Event.REMOVED, Fate.DELETED, _more(old[i]))
        elif i is not None and k is not None:
            yield from _reworded(old[i], new[k])
            match old[i].block, new[k].block:
                case Table() as was, Table() as now:
                    yield from table_differences(new[k].chapter, new[k].subject, was, now, told)
                case Figure() as was, Figure() as now if was.svg != now.svg:
                    place = new[k].chapter, new[k].subject, "obrázek", Event.CHANGED
                    yield Difference(Section.CHARTS, *place, note="je nakreslen jinak")
            if i in strayed:
                yield _placed(new[k], Event.MOVED, Fate.KEPT, _whence(old[i], new[k]))


def _strayed(pairs: Sequence[Pair], old: Sequence[Part], new: Sequence[Part]) -> set[int]:
    """Old indices of parts that moved, without those that moved along with their heading."""
    both = {i: k for i, k in pairs if i is not None and k is not None}
    out = moved(pairs)
    leading = {i for i in out if isinstance(old[i].block, Heading)}
    along = {(old[i].under, new[both[i]].under) for i in leading}
    return leading | {i for i in out if (old[i].under, new[both[i]].under) not in along}


def _placed(part: Part, event: Event, fate: Fate, note: str) -> Difference:
    """A part that only one run has, or that stands elsewhere."""
    texts = [said.text for said in part.said if not said.where or said.section is Section.PROSE]
    words = tuple(Stretch(fate, text) for text in [" ".join(filter(None, texts))] if text)
    return Difference(part.said[0].section, part.chapter, part.subject, "", event, words, note)


def _whence(old: Part, new: Part) -> str:
    if old.chapter == new.chapter or isinstance(new.block, Heading):
        return "stojí na jiném místě"
    return f"dříve v\u00a0kapitole „{old.chapter}“"


def _more(part: Part) -> str:
    """What is told of a part that came or went besides its words."""
    match part.block:
        case Table(rows=rows):
            return count(len(rows), "řádek", "řádky", "řádků")
        case MeasureCard(status_label=label):
            return label
    return ""


def _reworded(old: Part, new: Part) -> Iterator[Difference]:
    """What differs in the texts of a part; an empty one was added or removed."""
    pairs = paired(
        old.said,
        new.said,
        lambda said: None if said.one else (said.where, plain(said.text)),
        lambda said: said.where if said.one else None,
        text=lambda said: (said.where, said.text),
    )
    for i, k in pairs:
        was = "" if i is None else old.said[i].text
        now = "" if k is None else new.said[k].text
        if plain(was) != plain(now):
            said = new.said[k] if k is not None else old.said[i or 0]
            place = said.section, new.chapter, new.subject, said.where
            note = difference(was, now)
            words = swapped(was, now) if note else wording(was, now)
            yield Difference(*place, Event.of(was, now), words, note)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A status as a document states it: of which measure, by which column, with which words."""

    number: str
    column: str
    code: str | None
    label: str
    chapter: str
    title: str


def _statuses(old: Sequence[Part], new: Sequence[Part]) -> tuple[tuple[Difference, ...], Told]:
    """Statuses that both runs state and that differ, in the strategy's order of the measures.

    Returns:
        The changes, and what cells say of them, so that none is told again.
    """
    before, after = _stated(old), _stated(new)
    titles = {stated.number: stated.title for stated in after.values() if stated.title}
    changes, told = [], set()
    order = _order(new)
    common = before.keys() & after.keys()
    for key in sorted(common, key=lambda key: (order[key[0]], key[1])):
        was, now = before[key], after[key]
        if was.code != now.code:
            subject = f"{now.number}\u2002{titles.get(now.number, '')}".rstrip()
            which = "" if now.column == STANDING else now.column[:1].lower() + now.column[1:]
            words = swapped(was.label, now.label)
            changes.append(
                Difference(Section.STATUSES, now.chapter, "", subject, Event.CHANGED, words, which)
            )
            told.add((*key, was.label, now.label))
    return tuple(changes), told


def _stated(parts: Sequence[Part]) -> dict[tuple[str, str], _Stated]:
    """Statuses by measure and kind as they are stated first, by cards before tables.

    A card's status has the name that a column gives it.
    """
    tables = [stated for part in parts for stated in _of_table(part)]
    found = {(s.number, which_status(s.column)): s for s in reversed(tables)}
    for part in parts:
        card = part.block
        if isinstance(card, MeasureCard):
            key = card.number, STANDING
            column = found[key].column if key in found else STANDING
            found[key] = _Stated(
                card.number, column, _code(card.status), card.status_label, part.chapter, card.title
            )
    return found


def _of_table(part: Part) -> Iterator[_Stated]:
    """Every status that a table states."""
    table = part.block
    if not (isinstance(table, Table) and by_measure(table)):
        return
    place = next((n for n, column in enumerate(table.columns) if column.title == _TITLE), 0)
    for row in table.rows:
        if row.kind == "body" and row.cells:
            number = row.cells[0].text
            title = row.cells[place].text if 0 < place < len(row.cells) else ""
            for column, cell in zip(table.columns, row.cells, strict=False):
                if column.kind == "status":
                    stated = column.title, _code(cell.status), cell.text, part.chapter, title
                    yield _Stated(number, *stated)


def _code(mark: Mark | None) -> str | None:
    return None if mark is None else mark.code


def _order(parts: Sequence[Part]) -> dict[str, int]:
    """The places of measures in the strategy: that of the cards, then of the tables."""
    cards = [part.block.number for part in parts if isinstance(part.block, MeasureCard)]
    tables = [stated.number for part in parts for stated in _of_table(part)]
    return {number: place for place, number in enumerate(dict.fromkeys([*cards, *tables]))}
