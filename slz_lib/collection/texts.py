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
_SAID = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
#: Encodings of Czech that bytes may be in when they are not UTF-8, the likeliest first.
_CZECH = ("cp1250", "iso8859_2", "cp852", "mac_latin2")
#: What Czech has besides ASCII.
_SIGNS = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ„“‚‘–…\u00a0"


def read_text(content: bytes, typed: Typed) -> None:
    """Gather the cells of the file, which is one sheet without a title.

    Raises:
        DataError: it is no text, or a cell is too long.
    """
    text = decoded(content)
    if text is None:
        raise DataError(
            f"Soubor „{shown(typed.name)}“ není tabulka ani text; odpovědi přeneste do vydaného "
            "formuláře."
        )
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text[:_SIGNS_LOOKED_AT])
    stream = io.StringIO(text, newline="")
    stream.seek(said.end() if said else 0)
    rows = csv.reader(stream, delimiter=separator)
    try:
        for row, cells in enumerate(rows, start=2 if said else 1):
            typed.meet(1 + len(cells))
            for column, cell in enumerate(cells, start=1):
                typed.cell("", row, column, "text", cell, hidden=False)
    except csv.Error as error:
        raise DataError(
            f"Soubor „{shown(typed.name)}“ má na řádku {rows.line_num} buňku delší než "
            f"131\u00a0072 znaků nebo neuzavřené uvozovky; opravte jej a\u00a0vraťte znovu."
        ) from error


def decoded(content: bytes) -> str | None:
    """The text of bytes in an encoding that Czech is written in; ``None`` where they are no text.

    A sign that an encoding has not is replaced by U+FFFD, which whoever reads the text sees.
    """
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        if max(even, odd) * 5 < len(content) * 2:
            return None
        return content.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _of_czech(content)


def _of_czech(content: bytes) -> str:
    """The text by the encoding that gives the most signs of Czech, the likeliest of equals.

    Detectors go by how often letters meet, of which an answer of three words has too few.
    """
    texts = [content.decode(encoding, "replace") for encoding in _CZECH]
    return max(texts, key=lambda text: sum(map(text.count, _SIGNS)))


def _separator(text: str) -> str:
    """The sign that most lines have, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", text).splitlines()
    found = Counter({sign: sum(sign in line for line in bare) for sign in _SEPARATORS})
    return found.most_common(1)[0][0]
