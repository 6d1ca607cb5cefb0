"""Sheets: text into typed values, and every value against the description of its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from unicodedata import category, is_normalized, normalize

import numpy as np
import pandas as pd

from slz_lib.dataset.faults import Fault
from slz_lib.dataset.nearest import hints
from slz_lib.dataset.reading import FileCells
from slz_lib.dataset.schemas import Column, Table, ValueKind
from slz_lib.dataset.schemas.description import LONGEST_TEXT
from slz_lib.language import format_number
from slz_lib.typeface import missing_glyphs
from slz_lib.untrusted import shown

#: A column that a check may name for a key of more columns: ``measure_id + role``.
KEY_JOIN = " + "
#: So many faults of one kind in one column are put into words, more than any report shows; of the
#: others the place is kept, so that they can be counted.
TOLD_FAULTS = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of one table, from one file or from a file a folder.

    Attributes:
        table: description of the table.
        text: cells as found, missing where empty.
        places: file (as shown to the user) and line of each row.
        files: the files, by folder (an empty name for a table of one file).
        complete: whether every file was there and no row or column was lost.
    """

    table: Table
    text: pd.DataFrame
    places: Sequence[tuple[str, int]]
    files: dict[str, str]
    complete: bool

    def faults(
        self,
        where: pd.Series[bool],
        column: str,
        advice: str | Callable[[int, str], str],
    ) -> list[Fault]:
        """A fault for every row that ``where`` marks; the first :data:`TOLD_FAULTS` in words.

        Args:
            where: true for the faulty rows; what is not known is no fault.
            column: the column, or columns of a key joined by ``KEY_JOIN``.
            advice: the advice, or a function of the row's position and what was found.
        """
        positions = np.flatnonzero(where.to_numpy(dtype=bool, na_value=False)).tolist()
        told = [self._fault(position, column, advice) for position in positions[:TOLD_FAULTS]]
        counted = [
            Fault(file, "", line, column)
            for file, line in map(self.places.__getitem__, positions[TOLD_FAULTS:])
        ]
        return told + counted

    def lacking(self, advice: str) -> Fault:
        """The fault that a table of one file lacks a row."""
        (file,) = self.files.values()
        return Fault(file, advice)

    def _fault(self, position: int, column: str, advice: str | Callable[[int, str], str]) -> Fault:
        cells = [self.text[name].array[position] for name in column.split(KEY_JOIN)]
        value = KEY_JOIN.join(cell if isinstance(cell, str) else "" for cell in cells)
        file, line = self.places[position]
        said = advice if isinstance(advice, str) else advice(position, value)
        return Fault(file, said, line, column, value)


def assemble(table: Table, parts: Sequence[tuple[str, str, FileCells]]) -> Sheet:
    """One sheet from the files of ``table``: folder, path as shown, cells of each."""
    columns = {
        column.name: [
            cell
            for folder, _, cells in parts
            for cell in cells.columns.get(column.name, [folder] * len(cells.lines))
        ]
        for column in table.columns
    }
    return Sheet(
        table,
        pd.DataFrame(columns, dtype="str"),
        [(shown, line) for _, shown, cells in parts for line in cells.lines],
        {folder: shown for folder, shown, _ in parts},
        bool(parts or not table.filled) and all(cells.complete for _, _, cells in parts),
    )


#: The words by which programs write *nothing*.
_NOTHING = r"\A(?i:nan|n/a|#n/a|<na>|nat|none|null)\Z"
#: Signs that no document may hold: control signs, breaks of lines and paragraphs, signs that turn
#: the direction of writing or are not seen (and so hide what is written), and no characters at all.
_STEERING = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufffe\uffff"
)
#: What no cell may be: spaces around a text, steering signs, a word for *nothing*.
_UNCLEAN = rf"\A\s|\s\Z|[{_STEERING}]|{_NOTHING}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet with typed values.

    Attributes:
        sheet: the sheet.
        frame: typed values, missing where the cell was faulty.
        cell_faults: faults of single cells.
        key_faults: rows that repeat the key of an earlier one.
    """

    sheet: Sheet
    frame: pd.DataFrame
    cell_faults: tuple[Fault, ...]
    key_faults: tuple[Fault, ...]


#: The tables by name.
Tables = Mapping[str, Checked]


def check(sheet: Sheet) -> Checked:
    """Type the cells of ``sheet`` and check them against the description of its table."""
    unclean_faults, usable = _clean(sheet)
    other = [column for column in sheet.table.columns if column.kind is not ValueKind.TEXT]
    frame = usable.assign(**{column.name: _typed(usable[column.name], column) for column in other})
    spelling_faults = [
        fault
        for column in other
        for fault in sheet.faults(
            frame[column.name].isna() & usable[column.name].notna(),
            column.name,
            f"čeká se {column.expected}",
        )
    ]
    value_faults = _against_description(sheet, frame)
    return Checked(
        sheet,
        frame,
        (*unclean_faults, *spelling_faults, *value_faults),
        tuple(_key_faults(sheet, frame)),
    )


def finished(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A faultless frame with all columns of its table, in their dtypes; what it lacks is empty."""
    dtypes = {column.name: column.dtype for column in table.columns}
    return frame.reindex(columns=list(dtypes)).astype(dtypes)


def _clean(sheet: Sheet) -> tuple[list[Fault], pd.DataFrame]:
    """Faults of spelling that no kind of value permits, and the cells without them."""
    cells = pd.Series(sheet.text.to_numpy().ravel(), dtype="str")
    whole = "\n".join(cells.dropna())
    unprinted = _unprinted(whole)
    signs = f"|[{re.escape(unprinted)}]" if unprinted else ""
    unclean = cells.str.contains(_UNCLEAN + signs, na=False) | cells.str.len().gt(LONGEST_TEXT)
    if not is_normalized("NFC", whole):
        composed = cells.map(partial(normalize, "NFC"), na_action="ignore")
        unclean |= cells.notna() & composed.ne(cells)
    if not unclean.any():
        return [], sheet.text
    marked = pd.DataFrame(unclean.to_numpy().reshape(sheet.text.shape), columns=sheet.text.columns)
    faults = [
        fault
        for name in map(str, marked.columns)
        for fault in sheet.faults(marked[name], name, partial(_unclean_advice, unprinted))
    ]
    return faults, sheet.text.mask(marked)


def unfit(text: str) -> str:
    """What to do with a text that no cell of a table may be; empty where it may be one."""
    unprinted = _unprinted(text)
    fits = not (re.search(_UNCLEAN, text) or unprinted or len(text) > LONGEST_TEXT)
    return "" if fits else _unclean_advice(unprinted, 0, text)


def _unprinted(text: str) -> str:
    """The characters of ``text`` that documents cannot print.

    A sign above or below a letter is printed where Unicode has a character for the two of them.
    """
    composed = normalize("NFC", text)
    marks = "".join(sorted(sign for sign in set(composed) if category(sign).startswith("M")))
    return marks + missing_glyphs(re.sub(f"[{_STEERING}]", "", "".join(sorted(set(composed)))))


def _unclean_advice(unprinted: str, _: int, value: str) -> str:
    if re.match(_NOTHING, value):
        return "neznámý údaj se zapisuje prázdným polem"
    if re.search(_UNCLEAN, value):
        return "smažte mezery na okrajích, řídicí a neviditelné znaky"
    if len(value) > LONGEST_TEXT:
        longest, length = format_number(LONGEST_TEXT), format_number(len(value))
        return f"čeká se text do {longest} znaků, tento jich má {length}; zkraťte jej"
    composed = normalize("NFC", value)
    found = next((sign for sign in composed if sign in unprinted), None)
    if found is not None:
        return f"znak „{shown(found)}“ (U+{ord(found):04X}) písmo dokumentů nemá; nahraďte jej"
    return f"písmena a jejich znaménka jsou zapsána zvlášť; zapište je dohromady: „{composed}“"


def _typed(cells: pd.Series[str], column: Column) -> pd.Series:
    """``cells`` as numbers, flags or days; missing where they are not spelled so."""
    kind = column.kind
    spelled = cells.where(cells.str.fullmatch(kind.spelling, na=False))
    typed: pd.Series
    if kind is ValueKind.FLAG:
        typed = spelled.map({"true": True, "false": False})
    elif kind is ValueKind.DAY:
        typed = pd.to_datetime(spelled, format="%Y-%m-%d", errors="coerce")
    else:
        typed = pd.to_numeric(spelled).astype("float64")
    dtype: Any = kind.dtype
    return typed.astype(dtype)


def _against_description(sheet: Sheet, frame: pd.DataFrame) -> list[Fault]:
    """Values that their columns do not permit."""
    faults: list[Fault] = []
    for column in sheet.table.columns:
        wrong = _unpermitted(frame[column.name], column)
        if wrong.any():
            found = sheet.text.loc[wrong, column.name].dropna()
            near = hints(found, column.permitted)
            faults += sheet.faults(wrong, column.name, partial(_advice, column, near))
    return faults


def _unpermitted(values: pd.Series, column: Column) -> pd.Series[bool]:
    """Where a value is missing that must be there, or is none of those that may be."""
    known = values.notna()
    wrong = ~known & (not column.nullable)
    if column.permitted:
        wrong |= known & ~values.isin(column.permitted)
    if column.pattern is not None:
        wrong |= known & ~values.str.fullmatch(column.pattern, na=False)
    if column.minimum is not None:
        wrong |= values.lt(column.minimum)
    if column.maximum is not None:
        wrong |= values.gt(column.maximum)
    return wrong


def _advice(column: Column, near: Mapping[str, str], _: int, value: str) -> str:
    return f"čeká se {column.expected}{near[value]}"


def _key_faults(sheet: Sheet, frame: pd.DataFrame) -> list[Fault]:
    """A fault for each row that repeats a key, naming the line where the key stands first."""
    key = list(sheet.table.row_key)
    repeated = frame.duplicated(key)
    if not repeated.any():
        return []
    lines = pd.Series([line for _, line in sheet.places], index=frame.index)
    first = lines.groupby([frame[name] for name in key], dropna=False).transform("first")
    later = ", pozdější údaj má vlastní valid_from" if sheet.table.dated else ""
    return sheet.faults(
        repeated,
        KEY_JOIN.join(sheet.table.key),
        lambda position, _: (
            f"opakuje se klíč z řádku {first[position]}; klíč má být jedinečný{later}"
        ),
    )
