"""A workbook brought back: its sheets as one change of the tables, its faults by sheet and cell."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.dataset.cells import KEY_JOIN
from slz_lib.dataset.changing import Change, stated
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.loading import folders, foreseen
from slz_lib.dataset.nearest import nearest
from slz_lib.dataset.reading import MAX_BYTES, MAX_LINES, FileCells
from slz_lib.dataset.schemas import TABLES, Column, Table, ValueKind
from slz_lib.dataset.sheets.spelling import plain
from slz_lib.dataset.sheets.words import headings, words
from slz_lib.dataset.sheets.writing import CONTENTS, CONTENTS_HEADER, every_text
from slz_lib.errors import DataError, SlzError
from slz_lib.language import format_number
from slz_lib.refusals import cause
from slz_lib.untrusted import require_plain_archive, shown

#: Columns of a sheet beside those of its table that are looked at, if only to say they are unknown.
_MORE_COLUMNS = 20
#: Numbers below this are written without an exponent, and are whole where they seem to be.
_EXACT = 1e15
_NUMERIC = (ValueKind.NUMBER, ValueKind.INTEGER)


def read_workbook(path: Path, root: Path) -> list[Change]:
    """The changes that a workbook makes of the tables in ``root``; nothing is written.

    A sheet that the workbook has no more leaves its table as it is. Rows keep their order in the
    file; a new one follows the row above it, or stands at the end where rows have been sorted.

    Raises:
        DataError: the file is no workbook of ``slz data sheet``; or there are faults, all of them
            told by sheet and cell.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the reader leaves out, nothing is read
            returned = _returned(path, root)
    except SlzError:
        raise
    except Exception as error:
        raise DataError(
            f"Soubor „{shown(path.name)}“ nelze přečíst jako sešit Excelu; uložte jej znovu "
            "jako .xlsx."
        ) from error
    faults = [fault for each in returned for fault in each.faults]
    try:
        foreseen(root, {each.change.file: (each.title, each.cells) for each in returned})
    except FaultyDataError as error:
        by_title = {each.title: each for each in returned}
        told = {fault.file for fault in faults}
        found = (_placed(fault, by_title.get(fault.file)) for fault in error.faults)
        faults += [fault for fault in found if fault.file not in told]
    if faults:
        raise FaultyDataError(faults)
    return [each.change for each in returned]


@dataclass
class _Returned:
    """A sheet as it came back.

    Attributes:
        title: title of the sheet, as faults name it.
        letters: column → letter of the sheet's column.
        change: what it makes of the file.
        lines: row of the sheet of each row to be.
        faults: what is wrong with its cells.
    """

    title: str
    letters: Mapping[str, str]
    change: Change
    lines: Sequence[int]
    faults: list[Fault] = field(default_factory=list)

    @property
    def cells(self) -> FileCells:
        return replace(self.change.cells, lines=self.lines)


def _placed(fault: Fault, sheet: _Returned | None) -> Fault:
    """A fault of a row and column as one of a cell of the sheet; another one as it is."""
    if sheet is None:
        return fault
    letter = sheet.letters.get((fault.column or "").split(KEY_JOIN)[0])
    if fault.row is None or letter is None:
        return replace(fault, file=f"list „{sheet.title}“")
    where = f"list „{sheet.title}“, buňka {letter}{fault.row}"
    return Fault(where, fault.advice, value=fault.value)


def _returned(path: Path, root: Path) -> list[_Returned]:
    """The sheets of a workbook that are tables."""
    import openpyxl

    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError(f"Soubor „{shown(path.name)}“ nelze přečíst: {cause(error)}.") from error
    require_plain_archive(content, path.name, MAX_BYTES)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    every = every_text(root)
    return [
        _read(book[title], described, folder, root, every)
        for title, described, folder in _listed(book, root)
    ]


def _rows(sheet: Any, columns: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows of a sheet with their numbers; how large it says that it is does not matter."""
    sheet.reset_dimensions()
    yield from enumerate(sheet.iter_rows(max_col=columns), start=1)


def _listed(book: Any, root: Path) -> list[tuple[str, Table, str]]:
    """Title, table and folder of the sheets that the workbook lists and still has.

    Raises:
        DataError: there is no such list.
    """
    if CONTENTS in book.sheetnames:
        rows = [[cell.value for cell in row] for _, row in _rows(book[CONTENTS], 4)]
        heads = [number for number, row in enumerate(rows) if tuple(row) == CONTENTS_HEADER]
        known = {described.name: described for described in TABLES}
        found = [
            (str(title), known[str(name)], str(folder or ""))
            for title, name, folder, _ in (rows[heads[0] + 1 :] if heads else [])
            if name in known and title in book.sheetnames
        ]
        there = [each for each in found if each[2] in folders(each[1], root)]
        if there:
            return there
    raise DataError(
        f"Sešit nemá na listu „{CONTENTS}“ seznam tabulek těchto dat; vytvořte jej příkazem "
        "slz data sheet a\u00a0řádky do něj přeneste."
    )


def _read(
    sheet: Any, described: Table, folder: str, root: Path, every: Mapping[str, pd.DataFrame]
) -> _Returned:
    """One sheet against the file that it came from."""
    from openpyxl.utils import get_column_letter

    title = str(sheet.title)
    faults: list[Fault] = []
    by_heading = {text.casefold(): name for name, text in headings(described).items()}
    columns = {column.name: column for column in described.file_columns}
    codes = {
        name: {word.casefold(): code for code, word in words(column, every).items()}
        for name, column in columns.items()
    }
    places: dict[str, int] = {}
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    for number, cells in _rows(sheet, len(columns) + _MORE_COLUMNS):
        if number == 1:
            for place, cell in enumerate(cells):
                text = str(cell.value or "").strip()
                name = by_heading.get(text.casefold())
                if name is not None and name not in places:
                    places[name] = place
                elif text:
                    near = nearest(text, list(by_heading))
                    hint = f"; nejbližší je „{near}“" if near else ""
                    what = "je na listu dvakrát" if name else f"takový sloupec list nemá{hint}"
                    where = f"list „{title}“, buňka {get_column_letter(place + 1)}1"
                    faults.append(Fault(where, f"{what}; opravte záhlaví", value=text))
            faults += [
                Fault(f"list „{title}“", f"chybí sloupec „{text}“; vraťte jej do záhlaví")
                for name, text in headings(described).items()
                if name not in places and not columns[name].optional
            ]
            continue
        found = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if all(cell.value in (None, "") for cell in found.values()):
            continue
        if number > MAX_LINES:
            advice = f"řádků smí být nejvýš {format_number(MAX_LINES)}; smažte, co sem nepatří"
            faults.append(Fault(f"list „{title}“, řádek {number}", advice))
            break
        row: dict[str, str | None] = {}
        for name, cell in found.items():
            row[name], advice = _value(cell, columns[name], codes[name])
            if advice:
                where = f"list „{title}“, buňka {get_column_letter(places[name] + 1)}{number}"
                faults.append(Fault(where, advice, value=str(cell.value)))
        rows.append(row)
        lines.append(number)
    before = stated(root, described, folder)
    after, order = _merged(before, rows, described)
    letters = {name: get_column_letter(place + 1) for name, place in places.items()}
    change = Change(described, folder, before, after)
    return _Returned(title, letters, change, [lines[place] for place in order], faults)


def _value(cell: Any, column: Column, codes: Mapping[str, str]) -> tuple[str | None, str]:
    """A cell as text of the table, and what is wrong with it."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind in ("f", "e"):
        what = "vzorec" if kind == "f" else "chyba výpočtu"
        return None, f"v\u00a0buňce je {what}; vložte hodnotu"
    if value is None or value == "":
        return None, ""
    if isinstance(value, datetime | date):
        midnight = not isinstance(value, datetime) or value.time() == time()
        if column.kind in _NUMERIC or not midnight:
            return None, f"v\u00a0buňce je datum; čeká se {column.expected}"
        return value.strftime("%Y-%m-%d"), ""
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, int | float):
        whole = float(value).is_integer() and abs(value) < _EXACT
        value = str(int(value)) if whole else repr(float(value))
    return _text(str(value), column, codes)


def _text(text: str, column: Column, codes: Mapping[str, str]) -> tuple[str | None, str]:
    """A text of a cell as that of the table: the code of a word, a number as tables spell it."""
    known = codes.get(text.strip().casefold(), text)
    if known != text or text in codes.values():
        return known, ""
    spelled = plain(text, column)
    if codes and not column.refers_to and spelled not in codes.values():
        near = nearest(text, list(codes))
        hint = f"; nejbližší je „{near}“" if near else ""
        return None, f"taková hodnota v\u00a0seznamu není{hint}"
    if column.kind in _NUMERIC and not re.fullmatch(column.kind.value.spelling, spelled):
        return None, "čeká se číslo"
    return spelled, ""


def _merged(
    before: pd.DataFrame, rows: Sequence[dict[str, str | None]], described: Table
) -> tuple[pd.DataFrame, list[int]]:
    """The file to be, and which of ``rows`` each of its rows is."""
    columns = [column.name for column in described.file_columns]
    numeric = [column.name for column in described.file_columns if column.kind in _NUMERIC]
    old = before.reindex(columns=columns).astype("object")
    earlier = old.where(old.notna(), None).to_dict("records")
    key = [name for name in described.row_key if name in columns]
    places = {each: place for place, each in enumerate(_named(earlier, key))}
    matched: dict[int, int] = {}
    followed: dict[int, list[int]] = {}
    last = -1
    for number, named in enumerate(_named(rows, key)):
        place = places.get(named)
        if place is None:
            followed.setdefault(last, []).append(number)
        else:
            matched[place], last = number, place
    in_order = list(matched) == sorted(matched)
    order = [] if not in_order else followed.pop(-1, [])
    for place in sorted(matched):
        order.append(matched[place])
        order += followed.pop(place, []) if in_order else []
    order += [number for numbers in followed.values() for number in numbers]
    back = {number: place for place, number in matched.items()}
    made: list[dict[str, Any]] = []
    for number in order:
        stood = earlier[back[number]] if number in back else {}
        row = {name: rows[number].get(name) for name in columns}
        for name in numeric:
            if stood and _same_number(stood[name], row[name]):
                row[name] = stood[name]
        made.append(row)
    _number_new(made, described)
    return pd.DataFrame(made, columns=columns, dtype="str"), order


def _named(rows: Sequence[Mapping[Any, Any]], key: Sequence[str]) -> list[tuple[Any, ...]]:
    """What each row is called: its key, and how many of that key stand before it."""
    seen: Counter[tuple[Any, ...]] = Counter()
    names = []
    for row in rows:
        called = tuple(row.get(name) for name in key)
        names.append((*called, seen[called]))
        seen[called] += 1
    return names


def _same_number(one: str | None, other: str | None) -> bool:
    try:
        return one is not None and other is not None and float(one) == float(other)
    except ValueError:
        return False


#: Ids that are made of two other columns, so that nobody has to write them.
_MADE = {"evidence": ("id", "measure_id", "order")}


def _number_new(rows: list[dict[str, Any]], described: Table) -> None:
    """Give rows that were added without a number the next one of their group, and their id."""
    numbering = described.numbering
    if numbering is None or numbering.once:
        return
    within = [name for name in numbering.within if name != described.folder_column]
    groups = [tuple(row[name] for name in within) for row in rows]
    taken: dict[tuple[Any, ...], int] = {}
    for group, row in zip(groups, rows, strict=True):
        number = str(row[numbering.column] or "")
        taken[group] = max(taken.get(group, 0), int(number) if number.isdigit() else 0)
    for group, row in zip(groups, rows, strict=True):
        if row[numbering.column] is None:
            taken[group] += 1
            row[numbering.column] = str(taken[group])
        name, first, second = _MADE.get(described.name, ("", "", ""))
        if name and row[name] is None and row[first]:
            row[name] = f"{row[first]}-{row[second]}"
