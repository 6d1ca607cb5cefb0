"""Why issued files have other digests than those made again, as a person would say it.

First by the comparison that a reviewer uses, of the executed notebooks; where these say the same,
by the member of an archive and the first byte that differs.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from slz_lib.errors import SlzError
from slz_lib.language import count, format_number
from slz_lib.production.comparing.issued import MAX_BYTES
from slz_lib.production.comparing.rendering import review_lines, written
from slz_lib.production.comparing.runs import run_in, run_review

#: Most lines about one notebook.
_MOST = 40
#: How :mod:`zipfile` fails on what nobody vouches for.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def explained(
    old: Path, new: Path, before: Mapping[str, bytes], names: Sequence[str]
) -> Iterator[str]:
    """Lines about the files ``names`` of one edition, which are others than those made again.

    Args:
        old: the issued edition, its path without suffix.
        new: the edition made again.
        before: what is in the issued files.
        names: the files that differ.
    """
    notebook = f"{old.name}.ipynb"
    changes = list(_changes(old, new)) if notebook in names else []
    yield from islice(changes, _MOST)
    if len(changes) > _MOST:
        yield f"a\u00a0ještě {count(len(changes) - _MOST, 'řádek', 'řádky', 'řádků')}"
    for name in names:
        if changes:
            yield f"{name}: jiný než dříve"
        else:
            yield f"{name}: {_difference(before[name], new.with_name(name).read_bytes())}"


def _changes(old: Path, new: Path) -> Iterator[str]:
    """What a review of the notebooks says; nothing where it cannot be made or has no change."""
    try:
        before, after = (run_in(path.with_name(f"{path.name}.ipynb")) for path in (old, new))
        review = run_review(before, after, old.name)
    except SlzError:
        return
    if review.differences:
        yield from filter(None, written(review_lines(review, 4)))


def _difference(old: bytes, new: bytes) -> str:
    """Where two files differ first, and what stands there in both."""
    try:
        with zipfile.ZipFile(io.BytesIO(old)) as before, zipfile.ZipFile(io.BytesIO(new)) as after:
            for name in after.namelist():
                was, now = _member(before, name), _member(after, name)
                if was != now:
                    return f"část {name}, {_first_byte(was, now)}"
    except _BROKEN:
        pass
    return _first_byte(old, new)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's beginning, as headers may lie about its size; nothing where there is none."""
    with suppress(KeyError), archive.open(name) as stream:
        return stream.read(MAX_BYTES)
    return b""


def _first_byte(old: bytes, new: bytes) -> str:
    """The first different byte, counted from 1 as ``cmp`` does, and what follows it."""
    pairs = enumerate(zip(old, new, strict=False))
    place = next((n for n, (was, now) in pairs if was != now), min(len(old), len(new)))
    before, after = (side[place : place + 8].hex(" ").upper() or "konec" for side in (old, new))
    return f"bajt\u00a0č.\u00a0{format_number(place + 1)}: dříve {before}, nyní {after}"
