"""Two sequences put side by side, in time that grows with their length even for hostile ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
Key = Callable[[Item], Hashable]

#: How often a stretch between two anchors is looked through for further ones.
_ROUNDS = 3


class _Stretch(NamedTuple):
    """Items ``start`` to ``stop`` of the old and of the new sequence, not yet put side by side."""

    start: int
    stop: int
    new_start: int
    new_stop: int
    round: int


def paired(
    old: Sequence[Item], new: Sequence[Item], *keys: Key[Item]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Items of ``old`` with those of ``new`` they correspond to, in order.

    Items correspond that are alike at the ends, or alike and unlike all others (patience), by the
    first of ``keys``, then by the next; what remains between them corresponds by position. An
    item that has no counterpart comes with ``None``.
    """
    rounds = [key for key in keys for _ in range(_ROUNDS)]
    work = [_Stretch(0, len(old), 0, len(new), 0)]
    while work:
        stretch = work.pop()
        here = old[stretch.start : stretch.stop]
        there = new[stretch.new_start : stretch.new_stop]
        if not here or not there or stretch.round == len(rounds):
            yield from zip_longest(here, there)
            continue
        key = rounds[stretch.round]
        anchors = _anchors([key(item) for item in here], [key(item) for item in there])
        work.extend(reversed(list(_split(stretch, anchors, len(rounds)))))


def _split(stretch: _Stretch, anchors: Sequence[tuple[int, int]], last: int) -> Iterator[_Stretch]:
    """``stretch`` cut at ``anchors``; those themselves need no further round."""
    place, new_place = stretch.start, stretch.new_start
    for anchor, new_anchor in anchors:
        at, new_at = stretch.start + anchor, stretch.new_start + new_anchor
        if at > place or new_at > new_place:
            yield _Stretch(place, at, new_place, new_at, stretch.round + 1)
        yield _Stretch(at, at + 1, new_at, new_at + 1, last)
        place, new_place = at + 1, new_at + 1
    if place < stretch.stop or new_place < stretch.new_stop:
        yield _Stretch(place, stretch.stop, new_place, stretch.new_stop, stretch.round + 1)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places in both whose items are certain to correspond, growing in both."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    once, new_once = _single(old, head, tail), _single(new, head, tail)
    common = [(at, new_once[key]) for key, at in once.items() if key in new_once]
    return [
        *((at, at) for at in range(head)),
        *_growing(sorted(common)),
        *((len(old) - at, len(new) - at) for at in range(tail, 0, -1)),
    ]


def _single(keys: Sequence[Hashable], head: int, tail: int) -> dict[Hashable, int]:
    """Where the keys stand that occur once, both ends left out."""
    middle = range(head, len(keys) - tail)
    times = Counter(keys[at] for at in middle)
    return {keys[at]: at for at in middle if times[keys[at]] == 1}


def _growing(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``places`` (sorted) whose second members grow too."""
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int | None] = []
    for at, (_, new_at) in enumerate(places):
        length = bisect_left(ends, new_at)
        before.append(chosen[length - 1] if length else None)
        ends[length:] = [new_at, *ends[length + 1 :]]
        chosen[length:] = [at, *chosen[length + 1 :]]
    result: list[tuple[int, int]] = []
    last = chosen[-1] if chosen else None
    while last is not None:
        result.append(places[last])
        last = before[last]
    return result[::-1]
