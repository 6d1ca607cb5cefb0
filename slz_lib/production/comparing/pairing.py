"""Which thing of the new run is which thing of the old one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from slz_lib.production.comparing.words import bag, likeness, opcodes

Thing = TypeVar("Thing")
#: Index in the old run and in the new one; ``None`` where it has no counterpart.
Pair = tuple[int | None, int | None]

#: Two texts in one place are two versions of one from this likeness on.
_ALIKE = 0.4
#: More pairs in one place are not held against each other.
_MOST_COMPARED = 10_000


def paired(
    old: Sequence[Thing],
    new: Sequence[Thing],
    *keys: Callable[[Thing], Hashable],
    text: Callable[[Thing], tuple[Hashable, str]] | None = None,
) -> list[Pair]:
    """Things paired by the first key that is the same; those left, by texts that are alike.

    Args:
        old: things of the old run.
        new: things of the new run.
        *keys: tried in turn over what is left; ``None`` stands for no key.
        text: what sort a thing is of and what is read in it, to pair what stands in one place.

    Returns:
        Every index of both sides once; in the order of the new run, a thing of the old run alone
        after the one that it followed.
    """
    pairs: dict[int, int] = {}
    for key in keys:
        left = [i for i in range(len(old)) if i not in pairs]
        right = sorted(set(range(len(new))) - set(pairs.values()))
        pairs.update(_equal(left, right, [key(old[i]) for i in left], [key(new[k]) for k in right]))
    if text is not None:
        pairs.update(_alike(pairs, [text(thing) for thing in old], [text(thing) for thing in new]))
    return _in_order(pairs, len(old), len(new))


def moved(pairs: Sequence[Pair]) -> set[int]:
    """Old indices of what left its neighbours; without them the rest stands in the old order."""
    order = [i for i, k in pairs if i is not None and k is not None]
    steps = opcodes(sorted(order), order)
    kept = {i for tag, _, _, k, m in steps if tag == "equal" for i in order[k:m]}
    return set(order) - kept


def _equal(
    left: Sequence[int], right: Sequence[int], before: Sequence[Hashable], after: Sequence[Hashable]
) -> dict[int, int]:
    """Pairs of one key: those that follow one another first, then the first with the first."""
    pairs = {
        left[i + n]: right[k + n]
        for tag, i, j, k, _ in opcodes(before, after)
        if tag == "equal"
        for n in range(j - i)
        if before[i + n] is not None
    }
    taken = set(pairs.values())
    places: dict[Hashable, list[int]] = {}
    for k, key in reversed([*zip(right, after, strict=True)]):
        if k not in taken and key is not None:
            places.setdefault(key, []).append(k)
    for i, key in zip(left, before, strict=True):
        if i not in pairs and places.get(key):
            pairs[i] = places[key].pop()
    return pairs


def _alike(
    pairs: dict[int, int],
    before: Sequence[tuple[Hashable, str]],
    after: Sequence[tuple[Hashable, str]],
) -> Iterator[tuple[int, int]]:
    """Pairs of texts of one sort between the same neighbours, the most alike first."""
    left, right = _left(pairs, len(before)), _left({k: k for k in pairs.values()}, len(after))
    for place in left.keys() & right.keys():
        if len(left[place]) * len(right[place]) > _MOST_COMPARED:
            continue
        bags = {k: bag(after[k][1]) for k in right[place]}
        found: list[tuple[float, int, int]] = []
        for i in left[place]:
            was = bag(before[i][1])
            alike = ((k, likeness(was, bags[k])) for k in bags if before[i][0] == after[k][0])
            found += ((-share, i, k) for k, share in alike if share >= _ALIKE)
        used: dict[int, int] = {}
        for _, i, k in sorted(found):
            if i not in used and k not in used.values():
                used[i] = k
        yield from used.items()


def _in_order(pairs: dict[int, int], old: int, new: int) -> list[Pair]:
    """``pairs`` and the indices left of ``old`` and ``new`` things, as :func:`paired` says."""
    back = {k: i for i, k in pairs.items()}
    alone = _left(pairs, old)
    result: list[Pair] = [(i, None) for i in alone.get(None, ())]
    for k in range(new):
        result.append((back.get(k), k))
        result.extend((i, None) for i in alone.get(k, ()))
    return result


def _left(known: dict[int, int], size: int) -> dict[int | None, list[int]]:
    """Indices up to ``size`` that are not ``known``, by the counterpart of the last known one."""
    found: dict[int | None, list[int]] = {}
    last: int | None = None
    for place in range(size):
        if place in known:
            last = known[place]
        else:
            found.setdefault(last, []).append(place)
    return found
