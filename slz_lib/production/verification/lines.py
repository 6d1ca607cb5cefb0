"""Differences as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from slz_lib.language import count
from slz_lib.production.verification.difference import Difference
from slz_lib.production.verification.excerpts import excerpt, excerpts, printable

#: Most differences of one file that are listed.
MOST = 20


def difference_lines(found: Sequence[Difference], most: int = MOST) -> list[str]:
    """A Czech line for each difference, at most ``most`` a file, and how many more there are.

    ``zprava.xlsx, list „Okruhy“, buňka C7: dříve „12“, nyní „13“``. Long values are shown around
    what differs; characters that a terminal would obey or hide are shown by their code.
    """
    return [
        line
        for document, those in groupby(found, key=lambda difference: difference.document)
        for line in _lines(document, list(those), most)
    ]


def _lines(document: str, found: Sequence[Difference], most: int) -> Iterator[str]:
    yield from map(_line, found[:most])
    more = len(found) - most
    if more > 0:
        number = count(more, "další rozdíl", "další rozdíly", "dalších rozdílů")
        yield f"{printable(document)}: a\u00a0ještě {number}"


def _line(difference: Difference) -> str:
    place = f"{printable(difference.document)}, {printable(difference.element)}"
    match difference.old, difference.new:
        case None, None:
            return place
        case None, str(new):
            return f"{place}: dříve nic, nyní {_quoted(excerpt(new))}"
        case str(old), None:
            return f"{place}: dříve {_quoted(excerpt(old))}, nyní nic"
        case old, new:
            assert old is not None
            assert new is not None
            before, after = excerpts(old, new)
            return f"{place}: dříve {_quoted(before)}, nyní {_quoted(after)}"


def _quoted(text: str) -> str:
    return f"„{text}“" if text else "prázdné"
