"""Two texts compared: word by word, and by how much, where they are numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from slz_lib.language import format_number, format_points

#: Spaces, a number with its decimals and thousands, a measure's number, a word, or a sign.
TOKEN = re.compile(r"\s+|\d+(?:[.,\u00a0]\d+)*|\w+(?:\.\d+)*|[^\w\s]")
#: Comparing takes time with the pairs of equal members; sequences with more are not compared.
_MOST_COMPARED = 100_000
_SPACE = " "
#: A number, alone or with its unit.
_NUMBER = re.compile(r"([-\u2212]?\d+(?:\u00a0\d{3})*(?:,\d+)?)(?:\u00a0([^\d]+))?")

#: Words of a text, each with which one of its like it is.
Bag = frozenset[tuple[str, int]]


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


def words(text: str) -> tuple[str, ...]:
    """The words and signs of ``text``; spaces do not count, whichever they are."""
    return tuple(token for token in TOKEN.findall(text) if not token.isspace())


def plain(text: str) -> str:
    """``text`` by which two wordings are the same whatever their spaces."""
    return _SPACE.join(words(text))


def bag(text: str) -> Bag:
    """The words of ``text`` without their order, ready to be held against many others."""
    times: Counter[str] = Counter()
    found = []
    for word in words(text):
        found.append((word, times[word]))
        times[word] += 1
    return frozenset(found)


def likeness(old: Bag, new: Bag) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    both = len(old) + len(new)
    return 2 * len(old & new) / both if both else 1.0


def wording(old: str, new: str) -> Wording:
    """What is kept of ``old`` in ``new``, what is deleted and what inserted, in reading order.

    Without what was deleted the new text is read, without what was inserted the old one; of a
    space that is only of another kind the new one is shown.
    """
    before, after = TOKEN.findall(old.strip()), TOKEN.findall(new.strip())
    keys = ([_SPACE if token.isspace() else token for token in side] for side in (before, after))
    pieces = [
        (tag == "equal", "".join(before[i:j]), "".join(after[k:m]))
        for tag, i, j, k, m in opcodes(*keys)
    ]
    return tuple(_stretches(pieces))


def swapped(old: str, new: str) -> Wording:
    """``new`` instead of ``old``, without looking for common words; an empty one is left out."""
    sides = (Stretch(Fate.DELETED, old), Stretch(Fate.INSERTED, new))
    return tuple(stretch for stretch in sides if stretch.text)


def difference(old: str, new: str) -> str:
    """The difference of two texts that are numbers with a unit; empty where they are not."""
    before, after = _number(old), _number(new)
    if before is None or after is None or before[1] != after[1]:
        return ""
    step = float(after[0] - before[0])
    if before[1]:
        return format_points(step / 100)
    return f"{'+' if step > 0 else ''}{format_number(step)}"


def opcodes(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> Sequence[tuple[str, int, int, int, int]]:
    """Steps from one sequence to the other, as :mod:`difflib` gives them.

    Spaces alone hold nothing together. Where members repeat so often that comparing would take
    long, one step replaces the whole.
    """
    times = Counter(member for member in after if member != _SPACE)
    if sum(times[member] for member in before) > _MOST_COMPARED:
        return [("replace", 0, len(before), 0, len(after))]
    return SequenceMatcher(lambda one: one == _SPACE, before, after, autojunk=False).get_opcodes()


def _stretches(pieces: Sequence[tuple[bool, str, str]]) -> Iterator[Stretch]:
    """Stretches of ``pieces`` (whether it is the same, the old text, the new one).

    A sign that stands alone between two changes goes with them: it would only tear them apart.
    """
    last = len(pieces) - 1
    kept = [
        same and (number in {0, last} or any(map(str.isalnum, now)))
        for number, (same, _, now) in enumerate(pieces)
    ]
    for same, group in groupby(zip(kept, pieces, strict=True), key=lambda item: item[0]):
        texts = [(was, now) for _, (_, was, now) in group]
        was, now = ("".join(side) for side in zip(*texts, strict=True))
        if same:
            yield Stretch(Fate.KEPT, now)
        else:
            yield from swapped(was, now)


def _number(text: str) -> tuple[Decimal, bool] | None:
    """The number that ``text`` is, alone or with its unit, and whether it is in per cent."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    return Decimal(digits), found[2] == "%"
