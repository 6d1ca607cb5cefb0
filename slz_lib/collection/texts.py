"""A CSV as typed cells, whatever program saved it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from slz_lib.collection.typed import Typed
from slz_lib.errors import DataError
from slz_lib.untrusted import shown

#: What divides cells, the likeliest first.
_SEPARATORS = (";", "\t", ",", "|")
_SIGNS_LOOKED_AT = 20_000


def read_text(text: str, typed: Typed) -> None:
    """Gather the cells of the file, which is one sheet without a title.

    Raises:
        DataError: a cell is too long.
    """
    separator = _separator(text[:_SIGNS_LOOKED_AT])
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row, cells in enumerate(rows, start=1):
            typed.meet(1 + len(cells))
            for column, cell in enumerate(cells, start=1):
                typed.cell("", row, column, "text", cell, hidden=False)
    except csv.Error as error:
        raise DataError(
            f"Soubor „{shown(typed.name)}“ má na řádku {rows.line_num} buňku delší než "
            f"131\u00a0072 znaků nebo neuzavřené uvozovky; opravte jej a\u00a0vraťte znovu."
        ) from error


def decoded(content: bytes) -> str | None:
    """The text of bytes as Czech programs write it; ``None`` where they are no text.

    A sign that an encoding has not is replaced by U+FFFD, which whoever reads the text sees.
    """
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", "replace")


def _separator(text: str) -> str:
    """The sign that most lines have, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", text).splitlines()
    found = Counter({sign: sum(sign in line for line in bare) for sign in _SEPARATORS})
    return found.most_common(1)[0][0]
