"""Which row and which column of a new table is which of the old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from slz_lib.documents.model import Column, Row, Table
from slz_lib.production.review.pairing import Pair, in_order

#: Rows of one name are versions of one row when at least this share of their cells is the same.
_SAME_CELLS = 0.5
#: More pairs of rows of one name are not looked through; such rows are paired in their order.
_MOST_COMPARED = 40_000


def paired_columns(old: Sequence[Column], new: Sequence[Column]) -> list[Pair]:
    """Columns paired by title; those left, when they stand in the same place."""
    before, after = _numbered(old), _numbered(new)
    pairs = {before[title]: k for title, k in after.items() if title in before}
    taken = set(pairs.values())
    for place in range(min(len(old), len(new))):
        if place not in pairs and place not in taken:
            pairs[place] = place
    return in_order(pairs, len(old), len(new))


def paired_rows(old: Table, new: Table) -> list[Pair]:
    """Rows paired by their first cell; those of one name and those left, by the other cells."""
    pairs: dict[int, int] = {}
    before, after = _groups(old.rows), _groups(new.rows)
    for name in before.keys() & after.keys():
        pairs.update(_paired_group(old.rows, new.rows, before[name], after[name]))
    contents: dict[tuple[str, ...], list[int]] = {}
    taken = set(pairs.values())
    for k, row in enumerate(new.rows):
        if k not in taken and len(row.cells) > 1:
            contents.setdefault(_texts(row)[1:], []).append(k)
    for i, row in enumerate(old.rows):
        if i not in pairs and contents.get(_texts(row)[1:]):
            pairs[i] = contents[_texts(row)[1:]].pop(0)
    return in_order(pairs, len(old.rows), len(new.rows))


def row_names(table: Table) -> list[str]:
    """What names each row: its first cell, and the second where others begin alike."""
    texts = [_texts(row) for row in table.rows]
    times = Counter(found[:1] for found in texts)
    return [" · ".join(found[: 2 if times[found[:1]] > 1 else 1]) for found in texts]


def column_name(columns: Sequence[Column], place: int) -> str:
    """What names a column: its title, and which it is where others are called alike."""
    title = columns[place].title
    alike = [n for n, column in enumerate(columns) if column.title == title]
    return title if len(alike) == 1 else f"{title} ({alike.index(place) + 1}.)"


def _numbered(columns: Sequence[Column]) -> dict[tuple[str, int], int]:
    """Columns by title and, where titles repeat, by which one it is."""
    found: dict[tuple[str, int], int] = {}
    for place, column in enumerate(columns):
        earlier = sum(other.title == column.title for other in columns[:place])
        found[column.title, earlier] = place
    return found


def _groups(rows: Sequence[Row]) -> dict[tuple[str, str], list[int]]:
    """Rows by their kind and first cell, in order."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault((row.kind, row.cells[0].text if row.cells else ""), []).append(place)
    return found


def _paired_group(
    old: Sequence[Row], new: Sequence[Row], left: list[int], right: list[int]
) -> dict[int, int]:
    """Rows of one name: alone they are one row, else equal ones first, then the most alike."""
    if len(left) == len(right) == 1:
        return {left[0]: right[0]}
    places: dict[tuple[str, ...], list[int]] = {}
    for k in reversed(right):
        places.setdefault(_texts(new[k]), []).append(k)
    pairs = {i: places[_texts(old[i])].pop() for i in left if places.get(_texts(old[i]))}
    taken = set(pairs.values())
    left = [i for i in left if i not in pairs]
    right = [k for k in right if k not in taken]
    if len(left) * len(right) > _MOST_COMPARED:
        return pairs | dict(zip(left, right, strict=False))
    found = sorted((-_same_cells(old[i], new[k]), i, k) for i in left for k in right)
    for same, i, k in found:
        if -same >= _SAME_CELLS and i not in pairs and k not in taken:
            pairs[i] = k
            taken.add(k)
    return pairs


def _same_cells(old: Row, new: Row) -> float:
    """The share of cells with the same text in the same place."""
    before, after = _texts(old), _texts(new)
    same = sum(a == b for a, b in zip(before, after, strict=False))
    return same / max(len(before), len(after), 1)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)
