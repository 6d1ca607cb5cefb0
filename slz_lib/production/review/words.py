"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Self

from slz_lib.production.review.values import Fate, Stretch, Wording

#: A number with its decimals and thousands, a measure's number, a word, or a sign by itself.
_WORD = re.compile(r"\d+(?:[.,\u00a0]\d+)*|\w+(?:\.\d+)*|[^\w\s]")
#: Comparing takes time with the pairs of equal words; texts with more are replaced as a whole.
_MOST_COMPARED = 100_000
#: In a cell, a text of so few words is read faster as old → new.
_SHORT = 4


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``; spaces do not count, whichever they are."""
    return tuple(_WORD.findall(text))


def plain(text: str) -> str:
    """``text`` by which two wordings are the same whatever their spaces."""
    return " ".join(words(text))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, ready to be held against many others.

    Attributes:
        order: the words as they follow one another.
        bag: each word with which one of its like it is.
    """

    order: tuple[str, ...]
    bag: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, text: str) -> Self:
        """The words of ``text``."""
        order = words(text)
        times: Counter[str] = Counter()
        bag = []
        for word in order:
            bag.append((word, times[word]))
            times[word] += 1
        return cls(order, frozenset(bag))


def likeness(old: Words, new: Words, least: float) -> float:
    """The share of words that two texts have in common and in order, from 0 to 1.

    Args:
        old: one text.
        new: the other.
        least: likeness below which the exact one does not matter; then 0 is returned.
    """
    both = len(old.bag) + len(new.bag)
    if not both:
        return 1.0
    # What they have in common at all says quickly that most texts are not alike.
    if 2 * min(len(old.bag), len(new.bag)) < least * both:
        return 0.0
    if 2 * len(old.bag & new.bag) < least * both or _too_many(old.order, new.order):
        return 0.0
    ratio = SequenceMatcher(None, old.order, new.order, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def compared(old: str, new: str) -> Wording:
    """What is kept of ``old`` in ``new``, what is deleted and what inserted, in reading order.

    Without what was deleted the new text is read, without what was inserted the old one; only
    spaces may be more, where they stand outside of what is marked.
    """
    old, new = old.strip(), new.strip()
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    found: list[tuple[Fate, str]] = []
    for tag, i, j, k, m in _steps([w[0] for w in before], [w[0] for w in after]):
        if tag == "equal":
            found.append((Fate.KEPT, new[after[k].start() : after[m - 1].end()]))
            continue
        at_edge = not i or j == len(before)
        found += _replaced(_between(old, before, i, j), _between(new, after, k, m), at_edge)
    return tuple(_joined(found))


def _between(text: str, found: list[re.Match[str]], start: int, end: int) -> str:
    """What stands between the words before ``start`` and from ``end`` on, spaces along."""
    return text[
        found[start - 1].end() if start else 0 : found[end].start()
        if end < len(found)
        else len(text)
    ]


def _replaced(gone: str, come: str, at_edge: bool) -> Iterator[tuple[Fate, str]]:
    """``come`` instead of ``gone``; spaces that both have belong to neither."""
    lead, end = "", ""
    alone = not gone.strip() or not come.strip()
    if (gone[:1].isspace() and come[:1].isspace()) or (alone and at_edge):
        lead = _lead(come) or _lead(gone)
        gone, come = gone.lstrip(), come.lstrip()
    # Beside a space that stays, or where the text ends, one more does no harm.
    if (gone[-1:].isspace() and come[-1:].isspace()) or (alone and (lead or at_edge)):
        end = _end(come) or _end(gone)
        gone, come = gone.rstrip(), come.rstrip()
    yield from ((Fate.KEPT, lead), (Fate.DELETED, gone), (Fate.INSERTED, come), (Fate.KEPT, end))


def swapped(old: str, new: str) -> Wording:
    """``new`` instead of ``old``, without looking for common words; an empty one is left out."""
    sides = (Stretch(Fate.DELETED, old), Stretch(Fate.INSERTED, new))
    return tuple(stretch for stretch in sides if stretch.text)


def brief(old: str, new: str) -> Wording:
    """Short texts as the one for the other, longer ones word by word."""
    if min(len(words(old)), len(words(new))) <= _SHORT:
        return swapped(old, new)
    return compared(old, new)


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Steps from one list of words to the other, as :mod:`difflib` gives them.

    A sign that stands alone between two changes goes with them: it would only tear them apart.
    """
    if _too_many(before, after):
        yield ("replace", 0, len(before), 0, len(after))
        return
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed: list[int] | None = None
    for number, (tag, i, j, k, m) in enumerate(steps):
        torn = changed is not None and number + 1 < len(steps) and not _any_word(before[i:j])
        if tag == "equal" and not torn:
            if changed is not None:
                yield ("replace", *changed)  # type: ignore[misc]  # four numbers
                changed = None
            yield (tag, i, j, k, m)
        elif changed is None:
            changed = [i, j, k, m]
        else:
            changed[1], changed[3] = j, m
    if changed is not None:
        yield ("replace", *changed)  # type: ignore[misc]  # four numbers


def _too_many(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether words repeat so often that comparing would take long."""
    times = Counter(after)
    return sum(times[word] for word in before) > _MOST_COMPARED


def _any_word(signs: Sequence[str]) -> bool:
    return any(sign[0].isalnum() for sign in signs)


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _end(text: str) -> str:
    return text[len(text.rstrip()) :]


def _joined(found: list[tuple[Fate, str]]) -> Iterator[Stretch]:
    """Stretches without empty ones; neighbours of one fate become one."""
    pending: tuple[Fate, str] | None = None
    for fate, text in found:
        if not text:
            continue
        if pending is not None and pending[0] == fate:
            pending = (fate, pending[1] + text)
            continue
        if pending is not None:
            yield Stretch(*pending)
        pending = (fate, text)
    if pending is not None:
        yield Stretch(*pending)
