"""Two documents compared: what a reviewer has to know of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slz_lib.documents.model import Document, Figure, Heading, MeasureCard, Table
from slz_lib.language import count
from slz_lib.production.comparing.changes import Change, Event, Fate, Review, Section, Stretch
from slz_lib.production.comparing.pairing import Pair, moved, paired
from slz_lib.production.comparing.parts import Part, parts
from slz_lib.production.comparing.status_changes import Told, status_changes
from slz_lib.production.comparing.tables import table_changes
from slz_lib.production.comparing.words import difference, plain, swapped, wording


def review(old: Document, new: Document, name: str = "") -> Review:
    """The review of ``new`` against ``old``, two runs of the edition called ``name``."""
    before, after = tuple(parts(old)), tuple(parts(new))
    statuses, told = status_changes(before, after)
    return Review(
        name=name,
        title=new.title.title,
        subtitle=new.title.subtitle,
        changes=(*statuses, *_changes(before, after, told)),
        equal=(old.title, old.blocks) == (new.title, new.blocks),
    )


def _changes(old: Sequence[Part], new: Sequence[Part], told: Told) -> Iterator[Change]:
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
                    yield from table_changes(new[k].chapter, new[k].subject, was, now, told)
                case Figure() as was, Figure() as now if was.svg != now.svg:
                    place = new[k].chapter, new[k].subject, "obrázek", Event.CHANGED
                    yield Change(Section.CHARTS, *place, note="je nakreslen jinak")
            if i in strayed:
                yield _placed(new[k], Event.MOVED, Fate.KEPT, _whence(old[i], new[k]))


def _strayed(pairs: Sequence[Pair], old: Sequence[Part], new: Sequence[Part]) -> set[int]:
    """Old indices of parts that moved, without those that moved along with their heading."""
    both = {i: k for i, k in pairs if i is not None and k is not None}
    out = moved(pairs)
    leading = {i for i in out if isinstance(old[i].block, Heading)}
    along = {(old[i].under, new[both[i]].under) for i in leading}
    return leading | {i for i in out if (old[i].under, new[both[i]].under) not in along}


def _placed(part: Part, event: Event, fate: Fate, note: str) -> Change:
    """A part that only one run has, or that stands elsewhere."""
    texts = [said.text for said in part.said if not said.where or said.section is Section.PROSE]
    words = tuple(Stretch(fate, text) for text in [" ".join(filter(None, texts))] if text)
    return Change(part.said[0].section, part.chapter, part.subject, "", event, words, note)


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


def _reworded(old: Part, new: Part) -> Iterator[Change]:
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
            event = Event.ADDED if not was else Event.REMOVED if not now else Event.CHANGED
            note = difference(was, now)
            words = swapped(was, now) if note else wording(was, now)
            yield Change(said.section, new.chapter, new.subject, said.where, event, words, note)
