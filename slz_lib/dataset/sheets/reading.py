"""A workbook brought back: its sheets as one change of the tables, its faults by sheet and cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.archives import plain_archive
from slz_lib.dataset.cells import KEY_JOIN
from slz_lib.dataset.changing import Change, brought, stated
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.loading import folders
from slz_lib.dataset.nearest import hint
from slz_lib.dataset.reading import MAX_BYTES, MAX_LINES, header_faults
from slz_lib.dataset.schemas import BY_NAME, Column, Table
from slz_lib.dataset.sheets.labels import headings, words
from slz_lib.dataset.sheets.writing import CONTENTS, CONTENTS_HEADER
from slz_lib.dataset.spelling import of_number, plain
from slz_lib.errors import DataError, SlzError
from slz_lib.untrusted import shown

#: Columns of a sheet beside those of its table that are looked at, if only to say they are unknown.
_MORE_COLUMNS = 20
#: What no value is, by the type of the cell.
_NO_VALUE = {"f": "vzorec", "e": "chyba výpočtu"}
#: Ids that are made of two other columns, so that nobody has to write them.
_MADE = {"evidence": ("id", "measure_id", "order")}


def read_workbook(path: Path, root: Path) -> list[Change]:
    """The changes that a workbook makes of the tables in ``root``; nothing is written.

    A sheet that the workbook has no more leaves its table as it is. Rows keep their order in the
    file; a new one follows the row above it, or stands at the end where rows have been sorted.

    Raises:
        DataError: the file is no workbook of ``slz data sheet``; or its tables have faults or would
            bring some elsewhere, all of them told by sheet and cell.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the reader leaves out, nothing is read
            returned = {each.title: each for each in _returned(path, root)}
    except SlzError:
        raise
    except Exception as error:
        raise DataError(
            f"Soubor „{shown(path.name)}“ nelze přečíst jako sešit Excelu; uložte jej znovu "
            "jako .xlsx."
        ) from error
    faults = [fault for each in returned.values() for fault in each.faults]
    told = {fault.file for fault in faults}
    found = brought(
        root,
        {
            each.change.file: (title, replace(each.change.cells, lines=each.lines))
            for title, each in returned.items()
        },
    )
    placed = (
        returned[fault.file].placed(fault) if fault.file in returned else fault for fault in found
    )
    faults += [fault for fault in placed if fault.file not in told]
    if faults:
        raise FaultyDataError(faults)
    return [each.change for each in returned.values()]


@dataclass(frozen=True, slots=True)
class _Returned:
    """A sheet as it came back.

    Attributes:
        title: its title.
        letters: column → letter of the sheet's column.
        words: column → code → the word that stands for it.
        change: what it makes of the file.
        lines: row of the sheet of each row to be.
        faults: what is wrong with the sheet as such.
    """

    title: str
    letters: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    change: Change
    lines: Sequence[int]
    faults: Sequence[Fault]

    def placed(self, fault: Fault) -> Fault:
        """A fault of a row and a column as one of a cell, in the words of the sheet."""
        column = (fault.column or "").split(KEY_JOIN)[0]
        if fault.row is None or column not in self.letters:
            return replace(fault, file=f"list „{self.title}“")
        where = f"list „{self.title}“, buňka {self.letters[column]}{fault.row}"
        known, advice, value = self.words[column], fault.advice, fault.value or ""
        if known and value not in known and KEY_JOIN not in (fault.column or ""):
            advice = f"čeká se hodnota ze seznamu{hint(value, list(known.values()))}"
        return Fault(where, advice, value=known.get(value, value))


def _returned(path: Path, root: Path) -> Iterator[_Returned]:
    """The sheets of a workbook that it lists as tables and still has.

    Raises:
        DataError: there is no such list.
    """
    import openpyxl

    content = plain_archive(path, MAX_BYTES)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    listed = _rows(book[CONTENTS], 4) if CONTENTS in book.sheetnames else []
    texts = [tuple(str(cell.value or "") for cell in cells) for cells in listed]
    found = (
        [
            (title, BY_NAME[name], folder)
            for title, name, folder, _ in texts[texts.index(CONTENTS_HEADER) + 1 :]
            if name in BY_NAME
            and title in book.sheetnames
            and folder in folders(BY_NAME[name], root)
        ]
        if CONTENTS_HEADER in texts
        else []
    )
    if not found:
        raise DataError(
            f"Sešit nemá na listu „{CONTENTS}“ seznam tabulek těchto dat; vytvořte jej příkazem "
            "slz data sheet a\u00a0řádky do něj přeneste."
        )
    for title, described, folder in found:
        yield _read(book[title], described, folder, root)


def _rows(sheet: Any, columns: int) -> list[tuple[Any, ...]]:
    """Rows of a sheet; how large it says that it is does not matter."""
    sheet.reset_dimensions()
    return list(sheet.iter_rows(max_col=columns))


def _read(sheet: Any, described: Table, folder: str, root: Path) -> _Returned:
    """One sheet against the file that it came from."""
    from openpyxl.utils import get_column_letter

    where = f"list „{sheet.title}“"
    called = headings(described)
    by_heading = {text.casefold(): (name, text) for name, text in called.items()}
    columns = {column.name: column for column in described.file_columns}
    known = {name: words(column, root) for name, column in columns.items()}
    codes = {
        name: {word.casefold(): code for code, word in found.items()}
        for name, found in known.items()
    }
    header, *rows = _rows(sheet, len(columns) + _MORE_COLUMNS) or [()]
    texts = [str(cell.value or "").strip() for cell in header]
    places = {
        by_heading[text.casefold()][0]: place
        for place, text in reversed(list(enumerate(texts)))
        if text.casefold() in by_heading
    }
    letters = {name: get_column_letter(place + 1) for name, place in places.items()}
    seen = [by_heading.get(text.casefold(), ("", text))[1] for text in texts]
    faults = [
        replace(
            fault,
            file=f"{where}, buňka {get_column_letter(seen.index(fault.value) + 1)}1",
            row=None,
        )
        if fault.value
        else fault
        for fault in header_faults([text for text in seen if text], described, where, called)
    ]
    if len(rows) >= MAX_LINES:
        faults.append(Fault(where, "řádků je příliš mnoho; smažte, co sem nepatří"))
    values: dict[int, dict[str, str | None]] = {}
    for number, cells in enumerate(rows, start=2):
        row = {}
        for name, place in places.items():
            cell = cells[place] if place < len(cells) else None
            kind = getattr(cell, "data_type", "n")
            if cell is not None and kind in _NO_VALUE:
                advice = f"v\u00a0buňce je {_NO_VALUE[kind]}; vložte hodnotu"
                place_of = f"{where}, buňka {letters[name]}{number}"
                faults.append(Fault(place_of, advice, value=str(cell.value)))
            row[name] = None if cell is None else _text(cell.value, columns[name], codes[name])
        if any(row.values()):
            values[number] = row
    before = stated(root, described, folder).reindex(columns=list(columns))
    after = pd.DataFrame.from_dict(values, "index", "str", list(columns))
    after = _numbered(_in_order(after, before, described), described)
    change = Change(described, folder, before, after)
    return _Returned(sheet.title, letters, known, change, list(after.index), faults)


def _text(value: Any, column: Column, codes: Mapping[str, str]) -> str | None:
    """A cell as text of the table: the code of a word, a number or a day as tables spell it."""
    if isinstance(value, datetime):
        text = value.isoformat(" ").removesuffix(" 00:00:00")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = of_number(value)
    else:
        text = str("" if value is None else value).strip()
    return codes.get(text.casefold().replace("\u00a0", " ")) or plain(text, column) or None


def _in_order(after: pd.DataFrame, before: pd.DataFrame, described: Table) -> pd.DataFrame:
    """The rows of a sheet in the order of the file."""
    key = [name for name in described.row_key if name in before]
    place = pd.Series(_named(before, key).get_indexer(_named(after, key)), index=after.index)
    known = place.where(place >= 0)
    sorted_otherwise = not known.dropna().is_monotonic_increasing
    known = known.fillna(len(before)) if sorted_otherwise else known.ffill().fillna(-1)
    return after.loc[known.sort_values(kind="stable").index]


def _named(rows: pd.DataFrame, key: Sequence[str]) -> pd.MultiIndex:
    """What each row is called: its key, and how many of that key stand before it."""
    named = rows[list(key)].fillna("")
    return pd.MultiIndex.from_frame(named.assign(_=named.groupby(list(key)).cumcount()))


def _numbered(rows: pd.DataFrame, described: Table) -> pd.DataFrame:
    """The rows, those that were added without a number with the next of their group; with ids."""
    numbering = described.numbering
    if numbering is None or numbering.once or rows.empty:
        return rows
    within = [rows[name].fillna("") for name in numbering.within if name in rows]
    groups = within or [pd.Series(0, index=rows.index)]
    numbers = rows[numbering.column]
    last = pd.to_numeric(numbers, errors="coerce").groupby(groups).transform("max").fillna(0)
    new = (last + numbers.isna().groupby(groups).cumsum()).astype("int64").astype("str")
    rows = rows.assign(**{numbering.column: numbers.fillna(new)})
    if described.name in _MADE:
        name, first, second = _MADE[described.name]
        rows[name] = rows[name].fillna(rows[first] + "-" + rows[second])
    return rows
