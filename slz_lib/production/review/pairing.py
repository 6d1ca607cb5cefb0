"""Which part of the new run is which part of the old one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from slz_lib.production.review.words import Words, likeness, plain

Item = TypeVar("Item")
#: Index in the old run and in the new one; ``None`` where it has no counterpart.
Pair = tuple[int | None, int | None]

#: Two texts in one place are two versions of one from this likeness on, elsewhere from the higher.
_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.4, 0.7


def paired_texts(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Texts paired: the same in order, then the same elsewhere, then those that are alike.

    Returns:
        Every index of both sides once; in the order of the new run, a text of the old run alone
        after the one that it followed.
    """
    before, after = [plain(text) for text in old], [plain(text) for text in new]
    pairs: dict[int, int] = {}
    gap_of_old: dict[int, int] = {}
    gap_of_new: dict[int, int] = {}
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for gap, (tag, i, j, k, m) in enumerate(steps):
        if tag == "equal":
            pairs.update(zip(range(i, j), range(k, m), strict=True))
        else:
            gap_of_old.update(dict.fromkeys(range(i, j), gap))
            gap_of_new.update(dict.fromkeys(range(k, m), gap))
    pairs.update(_same(before, after, gap_of_old, gap_of_new))
    left = {i: Words.of(old[i]) for i in gap_of_old if i not in pairs}
    right = {k: Words.of(new[k]) for k in sorted(set(gap_of_new) - set(pairs.values()))}
    found = []
    for i, was in left.items():
        for k, now in right.items():
            here = gap_of_old[i] == gap_of_new[k]
            alike = likeness(was, now, _ALIKE_HERE if here else _ALIKE_ELSEWHERE)
            if alike:
                found.append((-alike, not here, i, k))
    pairs.update(_best((i, k) for *_, i, k in sorted(found)))
    return in_order(pairs, len(old), len(new))


def paired(
    old: Sequence[Item],
    new: Sequence[Item],
    key: Callable[[Item], Hashable],
    name: Callable[[Item], str],
) -> list[Pair]:
    """Items paired by ``key``; those left, by a ``name`` that is the same or very like."""
    keys: dict[Hashable, int] = {}
    for i, item in enumerate(old):
        keys.setdefault(key(item), i)
    pairs: dict[int, int] = {}
    for k, item in enumerate(new):
        if key(item) in keys:
            pairs[keys.pop(key(item))] = k
    left = {i: Words.of(name(old[i])) for i in range(len(old)) if i not in pairs}
    free = sorted(set(range(len(new))) - set(pairs.values()))
    right = {k: Words.of(name(new[k])) for k in free}
    found = []
    for i, was in left.items():
        for k, now in right.items():
            alike = likeness(was, now, _ALIKE_ELSEWHERE)
            if alike:
                found.append((-alike, i, k))
    pairs.update(_best((i, k) for _, i, k in sorted(found)))
    return in_order(pairs, len(old), len(new))


def in_order(pairs: dict[int, int], old: int, new: int) -> list[Pair]:
    """``pairs`` and the indices left of ``old`` and ``new`` items, as :func:`paired_texts` says."""
    by_new: dict[int | None, int] = {k: i for i, k in pairs.items()}
    followers: dict[int | None, list[int]] = {}
    last: int | None = None
    for i in range(old):
        if i in pairs:
            last = pairs[i]
        else:
            followers.setdefault(last, []).append(i)
    result: list[Pair] = [(i, None) for i in followers.get(None, ())]
    for k in range(new):
        result.append((by_new.get(k), k))
        result.extend((i, None) for i in followers.get(k, ()))
    return result


def moved(order: Sequence[int]) -> set[int]:
    """Which of ``order``, old indices in the order of the new run, left their neighbours.

    The fewest that have to be taken out for the rest to stand in the old order.
    """
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for i in order:
        place = bisect_left(tails, i)
        before[i] = tails[place - 1] if place else None
        tails[place : place + 1] = [i]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(order) - kept


def _same(
    before: Sequence[str], after: Sequence[str], left: Iterable[int], right: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of equal texts that stand elsewhere, the first with the first."""
    places: dict[str, list[int]] = {}
    for k in right:
        places.setdefault(after[k], []).append(k)
    for i in left:
        if places.get(before[i]):
            yield i, places[before[i]].pop(0)


def _best(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first pair of each index, in the given order."""
    used_old: set[int] = set()
    used_new: set[int] = set()
    for i, k in found:
        if i not in used_old and k not in used_new:
            used_old.add(i)
            used_new.add(k)
            yield i, k
