"""What holds in the columns of any table: what has to be filled, and names spelled in one way."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.schemas import FILLING, Column, ValueKind
from slz_lib.untrusted import shown

#: What cannot be told by sight: spaces of other kinds, signs beyond those of a Czech keyboard.
_DOUBTFUL = re.compile(r"[^ -~¡-ſ‐-…]")
#: Columns besides the keys whose equal texts mean one thing, in any table.
_NAMES = ("name", "short_name", "title", "municipality", "county")


def spelling_faults(tables: Tables) -> list[Fault]:
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
    free = column.kind is ValueKind.TEXT and not (column.pattern or column.permitted)
    return free and not column.refers_to and column.name in (*checked.sheet.table.key, *_NAMES)


def _alike(checked: Checked, column: str) -> list[Fault]:
    """Texts that look as an earlier one of the column does, though they are not the same."""
    texts = checked.sheet.text[column]
    looks = texts.map(_look, na_action="ignore")
    if looks.nunique() == texts.nunique():
        return []
    first = texts.groupby(looks).transform("first")
    lines = pd.Series([line for _, line in checked.sheet.places]).groupby(looks).transform("first")
    return checked.sheet.faults(
        texts.ne(first) & texts.notna(),
        column,
        lambda position, text: (
            f"od „{_coded(first[position])}“ na řádku {lines[position]:.0f} se „{_coded(text)}“ "
            "liší jen druhem mezery nebo skladbou znaků; sjednoťte je"
        ),
    )


def _look(text: str) -> str:
    """What a reader sees: composed letters, and plain single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _coded(text: str) -> str:
    """``text`` with the code of whatever cannot be told by sight."""
    return "".join(f"\\u{ord(sign):04x}" if _DOUBTFUL.match(sign) else sign for sign in shown(text))


def filling_faults(tables: Tables) -> list[Fault]:
    """Cells that are empty and must not be, or filled where nothing or something else is to be."""
    return [
        fault
        for line in FILLING
        for sheet in (tables[line["table"]].sheet,)
        for fault in sheet.faults(
            _holds(sheet.text[line["where"]], line["holds"])
            & ~_holds(sheet.text[line["column"]], line["is"]),
            line["column"],
            line["advice"],
        )
    ]


def _holds(cells: pd.Series[str], what: str) -> pd.Series[bool]:
    """Where cells are ``filled``, ``empty``, or one of the codes that ``what`` lists."""
    if what == "filled":
        return cells.notna()
    return cells.isna() if what == "empty" else cells.isin(what.split())
