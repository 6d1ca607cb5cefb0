"""One name is spelled in one way: texts that look the same are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.schemas import Column, ValueKind
from slz_lib.untrusted import shown

#: Only a text with one of these can look like another: a space of another kind or a double one, and
#: signs beyond the letters that a Czech keyboard writes.
_DOUBTFUL = re.compile(r"  |[^ -~¡-ſ‐-…]")

#: Columns besides the keys whose equal texts mean one thing, in any table; and those of evidence,
#: whose rows are put together by them.
_NAMES = ("name", "short_name", "title", "municipality", "county")
_PUT_TOGETHER = {"evidence": ("criterion",)}


def spelling_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Names that differ only in kinds of spaces or in how Unicode composes their letters."""
    return [
        fault
        for checked in tables.values()
        for column in checked.sheet.table.columns
        if _is_name(column, checked)
        for fault in _alike(checked, column.name)
    ]


def _is_name(column: Column, checked: Checked) -> bool:
    """Whether rows are looked up or counted by the texts of a column."""
    table = checked.sheet.table
    names = (*table.key, *_NAMES, *_PUT_TOGETHER.get(table.name, ()))
    free = column.kind is ValueKind.TEXT and not (column.pattern or column.permitted)
    return free and not column.refers_to and column.name in names


def _alike(checked: Checked, column: str) -> list[Fault]:
    """Texts that look as an earlier one of the column does, though they are not the same."""
    texts = checked.sheet.text[column]
    first = {text: row for row, text in reversed(list(texts.dropna().items()))}
    doubtful = [text for text in first if _DOUBTFUL.search(text)]
    if not doubtful:
        return []
    looks = {text: _look(text) for text in doubtful}
    earliest: dict[str, str] = {}
    for text in sorted(first, key=lambda text: first[text]):
        earliest.setdefault(looks.get(text, text), text)
    other = {text: earliest[looks.get(text, text)] for text in first}
    lines = {text: checked.sheet.places[row][1] for text, row in first.items()}

    def advice(_: int, text: str) -> str:
        return (
            f"od „{_coded(other[text])}“ na řádku {lines[other[text]]} se „{_coded(text)}“ liší "
            "jen druhem mezery nebo skladbou znaků; sjednoťte je"
        )

    return checked.sheet.faults(texts.notna() & texts.map(other).ne(texts), column, advice)


def _look(text: str) -> str:
    """What a reader sees: composed letters, and plain single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _coded(text: str) -> str:
    """``text`` with the code of whatever cannot be told by sight."""
    return "".join(f"\\u{ord(sign):04x}" if _DOUBTFUL.match(sign) else sign for sign in shown(text))
