"""A CSV as typed cells, whatever program saved it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress

from slz_lib.collection.typed import Typed
from slz_lib.errors import DataError
from slz_lib.untrusted import shown

#: What divides cells, the likeliest first.
_SEPARATORS = (";", "\t", ",", "|")
_SIGNS_LOOKED_AT = 20_000
#: A line behind the file; unclosed quotation marks take it into their cell.
_END = "\x04"
#: How encodings that say so begin, and those that do not, the likeliest first.
_MARKED = {
    b"\xff\xfe\0\0": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_UNMARKED = ("cp1250", "utf-8", "iso8859-2", "cp852", "mac_latin2")
#: Beside ASCII, what Czech texts are written with.
_CZECH = frozenset("áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ„“‚‘”–—…§°€\u00a0")


def read_text(text: str, typed: Typed) -> None:
    """Gather the cells of the file, which is one sheet without a title.

    Raises:
        DataError: a cell is too long, or its quotation marks do not end.
    """
    separator = _separator(text[:_SIGNS_LOOKED_AT])
    rows = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=separator)
    begins = after = 1
    try:
        for row, cells in enumerate(rows, start=1):
            if cells == [_END]:
                return
            typed.meet(1 + len(cells))
            for column, cell in enumerate(cells, start=1):
                typed.cell("", row, column, "text", cell, hidden=False)
            begins, after = after, rows.line_num + 1
    except csv.Error:
        begins = after
    raise DataError(
        f"Soubor „{shown(typed.name)}“ má na řádku {begins} buňku delší než 131\u00a0072 znaků "
        "nebo neuzavřené uvozovky; opravte jej a\u00a0vraťte znovu."
    )


def decoded(content: bytes) -> str | None:
    """The text of bytes as Czech programs write it; ``None`` where they are no text.

    A sign that an encoding has not is replaced by U+FFFD, which whoever reads the text sees.
    """
    for begins, encoding in _MARKED.items():
        if content.startswith(begins):
            return content.decode(encoding, "replace")
    # Of UTF-16 without a mark, every other byte of most signs is none.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[first::2].count(0) > len(content) // 4:
            return content.decode(encoding, "replace")
    if content.count(0) > len(content) // 100:
        return None
    with suppress(UnicodeDecodeError):
        return content.decode()
    if b"\0" in content:
        return None
    texts = [content.decode(encoding, "replace") for encoding in _UNMARKED]
    return max(texts, key=lambda text: sum(text.count(sign) for sign in _CZECH))


def _separator(text: str) -> str:
    """The sign that most lines have, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", text).splitlines()
    found = Counter({sign: sum(sign in line for line in bare) for sign in _SEPARATORS})
    return found.most_common(1)[0][0]
