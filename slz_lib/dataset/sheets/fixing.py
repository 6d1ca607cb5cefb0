"""A table as Czech Excel saves it as CSV, rewritten as the data have it; what changed is told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.opening import written
from slz_lib.dataset.reading import MAX_BYTES, MAX_LINES
from slz_lib.dataset.schemas import TABLES, Column, Table, ValueKind
from slz_lib.dataset.sheets.spelling import plain, spelled
from slz_lib.errors import DataError, ParameterError
from slz_lib.language import format_number
from slz_lib.refusals import cause
from slz_lib.untrusted import shown

#: Signs of cp1250 whose bytes are letters in ISO 8859-2: nothing says which of the two was meant.
_DOUBTFUL = re.compile("[©«®ą»ľ\ufffd]")
_SEPARATORS = {";": "středník", "\t": "tabulátor", ",": "čárka"}
#: How a number looks that a program has shortened for showing.
_SHORTENED = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file rewritten.

    Attributes:
        content: its bytes as the data have them.
        changes: what was changed, a line each; none where nothing was.
    """

    content: bytes
    changes: tuple[str, ...]


def fixed(path: Path) -> Fixed:
    """The file ``path``, called as one of the tables, as a table of the data.

    Raises:
        ParameterError: no table is called so.
        DataError: the file cannot be read.
        FaultyDataError: something in it can mean two things, or nothing; names every place.
    """
    described = _table_of(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError(f"Soubor „{shown(path.name)}“ nelze přečíst: {cause(error)}.") from error
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_LINES:
        raise DataError(f"Soubor „{shown(path.name)}“ je na tabulku dat příliš velký.")
    text, changes = _decoded(data, path.name)
    if "\r" in text:
        changes.append("konce řádků: CRLF → LF")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator(lines[0], described, path.name)
    if separator != ",":
        changes.append(f"oddělovač polí: {_SEPARATORS[separator]} → čárka")
    records, faults = _records(lines, separator, path.name)
    (_, header), rows = records[0], [record for _, record in records[1:]]
    while header and not header[-1] and not any(row[len(header) - 1] for row in rows):
        header, rows = header[:-1], [row[:-1] for row in rows]
        changes.append("prázdný sloupec na konci: vynechán")
    columns = {column.name: column for column in described.file_columns}
    numbers = [number for number, _ in records[1:]]
    for place, name in enumerate(header):
        if name in columns:
            told, wrong = _column(rows, place, columns[name], numbers)
            changes += told
            advice = f"hodnotu nelze převést s jistotou; čeká se {columns[name].expected}"
            faults += [Fault(path.name, advice, row, name, cell) for row, cell in wrong]
    if faults:
        raise FaultyDataError(sorted(faults, key=lambda fault: fault.row or 0))
    content = written(pd.DataFrame(rows, columns=header, dtype="str"))
    if content != data and not changes:
        changes.append("uvozovky, prázdné řádky a\u00a0konec souboru: jednotný zápis")
    return Fixed(content, tuple(changes))


def _column(
    rows: Sequence[list[str]], place: int, column: Column, numbers: Sequence[int]
) -> tuple[list[str], list[tuple[int, str]]]:
    """Put a column of ``rows`` into the spelling of tables: what changed, what could not be."""
    altered: list[str] = []
    wrong: list[tuple[int, str]] = []
    for number, row in zip(numbers, rows, strict=True):
        before = row[place]
        row[place] = after = plain(before, column)
        if after != before:
            altered.append(f"řádek {number} „{shown(before)}“ → „{after}“")
        free = column.kind is ValueKind.TEXT
        lost = _SHORTENED.fullmatch(before) if free else not spelled(after, column)
        if before and lost:
            wrong.append((number, before))
    return list(_told(column.name, altered)), wrong


def _table_of(path: Path) -> Table:
    """The table that the file's place or, where it lies elsewhere, its name alone tells."""
    place = path.absolute().as_posix()
    shapes = {each.name: re.sub(r"\\{\w+\\}", "[^/]+", re.escape(each.path)) for each in TABLES}
    here = [each for each in TABLES if re.search(f"/{shapes[each.name]}$", place)]
    named = here or [each for each in TABLES if Path(each.path).name == path.name]
    if len(named) == 1:
        return named[0]
    if named:
        wrong = "se jmenuje jako více tabulek dat; dejte jej na místo, které mezi nimi má"
    else:
        wrong = "se nejmenuje jako žádná z\u00a0tabulek dat; přejmenujte jej, například places.csv"
    raise ParameterError(f"Soubor „{shown(path.name)}“ {wrong}.")


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text, and how it was spelled.

    Raises:
        FaultyDataError: it can be read in two ways, or in none.
    """
    changes: list[str] = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text, changes = data.decode("utf-16", "replace"), ["kódování: UTF-16 → UTF-8"]
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text, changes = data.decode("cp1250", "replace"), ["kódování: windows-1250 → UTF-8"]
    advice = "znak má v různých kódováních jiný význam; opravte jej"
    doubtful = [
        Fault(name, advice, row, value=line)
        for row, line in enumerate(text.split("\n") if changes else (), start=1)
        if _DOUBTFUL.search(line)
    ]
    if doubtful:
        raise FaultyDataError(doubtful)
    if text.startswith("\ufeff"):
        changes.append("značka na začátku souboru (BOM): smazána")
    return text.removeprefix("\ufeff"), changes


def _separator(header: str, described: Table, name: str) -> str:
    """What divides the fields of the header.

    Raises:
        FaultyDataError: nothing makes names of columns of it.
    """
    names = {column.name for column in described.file_columns}
    for separator in _SEPARATORS:
        if len(names.intersection(header.replace('"', "").split(separator))) > 1:
            return separator
    advice = f"v prvním řádku se čekají názvy sloupců tabulky {described.name}"
    raise FaultyDataError([Fault(name, advice, 1, value=header)])


def _records(
    lines: Sequence[str], separator: str, name: str
) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """The records with their lines; lines without any text are left out."""
    records: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        try:
            record = next(csv.reader(io.StringIO(line), delimiter=separator, strict=True), [])
        except csv.Error:
            advice = "uvozovky nejsou na řádku uzavřeny; záznam má být na jednom řádku"
            faults.append(Fault(name, advice, number, value=line))
            continue
        width = len(records[0][1]) if records else len(record)
        if any(record) and len(record) != width:
            advice = f"řádek má {len(record)} polí, záhlaví {width}; text s oddělovačem patří do "
            faults.append(Fault(name, advice + "uvozovek", number, value=line))
        elif any(record):
            records.append((number, record))
    return records, faults


def _told(column: str, altered: Sequence[str]) -> Iterator[str]:
    if altered:
        yield f"sloupec {column}, změněných hodnot {format_number(len(altered))}:"
        yield from (f"  {line}" for line in altered[:_SHOWN])
        if len(altered) > _SHOWN:
            yield f"  … a\u00a0další: {format_number(len(altered) - _SHOWN)}"
