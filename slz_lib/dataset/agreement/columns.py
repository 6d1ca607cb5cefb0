"""What holds in the columns of any table: names spelled in one way, what is to be filled, days."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.schemas import FILLING, Column, ValueKind
from slz_lib.dataset.times import unreal
from slz_lib.dataset.views import LAST, has_days
from slz_lib.untrusted import shown

#: What cannot be told by sight: spaces of other kinds, signs beyond those of a Czech keyboard.
_DOUBTFUL = re.compile(r"[^ -~¡-ſ‐-…]")
#: Columns besides the keys whose equal texts mean one thing, in any table.
_NAMES = ("name", "short_name", "title", "municipality", "county")


def spelling_faults(tables: Tables) -> list[Fault]:
    """Names that differ only in spaces or in how Unicode composes letters; keys in case too."""
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
    look = _folded_look if column in checked.sheet.table.key else _look
    looks = texts.map(look, na_action="ignore")
    if looks.nunique() == texts.nunique():
        return []
    first = texts.groupby(looks).transform("first")
    lines = pd.Series([line for _, line in checked.sheet.places]).groupby(looks).transform("first")
    return checked.sheet.faults(
        texts.ne(first) & texts.notna(),
        column,
        lambda position, text: (
            f"od „{_coded(first[position])}“ na řádku {lines[position]:.0f} se „{_coded(text)}“ "
            "liší jen velikostí písmen, druhem mezery nebo skladbou znaků; sjednoťte je"
        ),
    )


def _look(text: str) -> str:
    """What a reader sees: composed letters, and plain single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _folded_look(text: str) -> str:
    return _look(text).casefold()


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


def validity_faults(tables: Tables) -> list[Fault]:
    """Faults of the days of dated tables."""
    return [
        fault
        for checked in tables.values()
        if checked.sheet.table.dated and has_days(checked.frame)
        for fault in _day_faults(checked)
    ]


def _day_faults(checked: Checked) -> list[Fault]:
    """Days that no calendar has, ends before their beginnings or within the next row's time."""
    frame, sheet = checked.frame, checked.sheet
    faults = [
        fault
        for column in ("valid_from", "valid_to")
        for fault in sheet.faults(unreal(frame[column]), column, "čeká se skutečné datum")
    ]
    begins, ends = frame["valid_from"].fillna(""), frame["valid_to"] + LAST
    ordered = frame.assign(begins=begins).sort_values("begins", kind="stable")
    following = ordered.groupby(list(sheet.table.key), dropna=False)["begins"].shift(-1)
    following = following.reindex(frame.index)
    early = ends.lt(begins)
    late = ends.ge(following) & ~early
    return [
        *faults,
        *sheet.faults(early, "valid_to", "čeká se den, který není před valid_from"),
        *sheet.faults(
            late,
            "valid_to",
            lambda position, _: (
                f"další řádek téhož klíče platí už od {following[position]}; zapište dřívější "
                "konec, nebo pole nechte prázdné"
            ),
        ),
    ]
