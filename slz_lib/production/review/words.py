"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from slz_lib.production.review.values import Fate, Stretch, Wording

#: A number with its decimals and thousands, a measure's number, a word, or a sign by itself.
_WORD = re.compile(r"\d+(?:[.,\u00a0]\d+)*|\w+(?:\.\d+)*|[^\w\s]")
#: Comparing takes time with the product of the lengths; longer texts are replaced as a whole.
_MOST_COMPARED = 4_000_000
#: In a cell, a text of so few words is read faster as old → new.
_SHORT = 4


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``; spaces do not count, whichever they are."""
    return tuple(_WORD.findall(text))


def plain(text: str) -> str:
    """``text`` by which two wordings are the same whatever their spaces."""
    return " ".join(words(text))


def likeness(old: str, new: str, least: float = 0.0) -> float:
    """The share of words that two texts have in common and in order, from 0 to 1.

    Args:
        old: one text.
        new: the other.
        least: likeness below which the exact one does not matter; then 0 is returned.
    """
    before, after = words(old), words(new)
    both = len(before) + len(after)
    if not both:
        return 1.0
    common = sum((Counter(before) & Counter(after)).values())
    if 2 * common / both < least or len(before) * len(after) > _MOST_COMPARED:
        return 0.0
    ratio = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def compared(old: str, new: str) -> Wording:
    """What is kept of ``old`` in ``new``, what is deleted and what inserted, in reading order."""
    old, new = old.strip(), new.strip()
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    found: list[tuple[Fate, str]] = []
    for tag, i, j, k, m in _steps([w[0] for w in before], [w[0] for w in after]):
        if tag == "equal":
            found.append((Fate.KEPT, _cut(new, after, k, m)))
        else:
            gone, come = _cut(old, before, i, j), _cut(new, after, k, m)
            # A space that both sides end with belongs to neither; nor does one before the last.
            end = _space(come or gone)
            if not come and i and found and not _space(found[-1][1]):
                found.append((Fate.KEPT, _space(old[: before[i].start()])))
            found += [(Fate.DELETED, gone.rstrip()), (Fate.INSERTED, come.rstrip())]
            found.append((Fate.KEPT, end))
    return tuple(_joined(found))


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
    if len(before) * len(after) > _MOST_COMPARED:
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


def _any_word(signs: Sequence[str]) -> bool:
    return any(sign[0].isalnum() for sign in signs)


def _cut(text: str, found: list[re.Match[str]], start: int, end: int) -> str:
    """The words from ``start`` to ``end`` with the space that follows them."""
    if start == end:
        return ""
    stop = found[end].start() if end < len(found) else len(text)
    return text[found[start].start() : stop]


def _space(text: str) -> str:
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
