"""A table as Czech Excel saves it as CSV, rewritten as the data have it; what changed is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.reading import SEPARATORS, content_of, parsed, separator_of
from slz_lib.dataset.schemas import TABLES, Table, ValueKind
from slz_lib.dataset.spelling import plain, written
from slz_lib.errors import ParameterError
from slz_lib.language import format_number
from slz_lib.untrusted import shown

#: Signs of cp1250 whose bytes are letters in ISO 8859-2: nothing says which of the two was meant.
_DOUBTFUL = re.compile("[©«®ą»ľ\ufffd]")
#: How a number looks that a program has shortened for showing.
_SHORTENED = r"-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+"
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
        FaultyDataError: the file cannot be read, or something in it can mean two things, or
            nothing; names every place.
    """
    described = _table_of(path)
    data = content_of(path, path.name)
    if isinstance(data, Fault):
        raise FaultyDataError([data])
    text, changes = _decoded(data, path.name)
    if "\r" in text:
        changes.append("konce řádků: CRLF → LF")
    every = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = separator_of(every[0], described)
    if separator != ",":
        changes.append(f"pole oddělují: {SEPARATORS[separator][0]} → čárky")
    lines = [each for each in enumerate(every, start=1) if each[1].strip(f'{separator}" \t')]
    while lines and all(line.endswith(separator) for _, line in lines):
        lines = [(number, line.removesuffix(separator)) for number, line in lines]
        changes.append("prázdný sloupec na konci: vynechán")
    cells = parsed(lines or [(1, "")], described, path.name, separator)
    faults, columns = list(cells.faults), {}
    for column in described.file_columns:
        stood = pd.DataFrame(
            {
                "before": cells.columns[column.name],
                "after": [each and plain(each, column) for each in cells.columns[column.name]],
            },
            pd.Index(cells.lines),
            dtype="str",
        )
        before, after = stood["before"], stood["after"]
        if column.kind is ValueKind.TEXT:
            wrong = before.str.fullmatch(_SHORTENED, na=False)
        else:
            wrong = before.notna() & ~after.str.fullmatch(column.kind.spelling, na=False)
        changes += _told(column.name, before, after)
        advice = f"hodnotu nelze převést s jistotou; čeká se {column.expected}"
        faults += [
            Fault(path.name, advice, row, column.name, cell)
            for row, cell in zip(before.index[wrong], before[wrong], strict=True)
        ]
        columns[column.name] = after.fillna("")
    if faults:
        raise FaultyDataError(sorted(faults, key=lambda fault: fault.row or 0))
    content = written(pd.DataFrame(columns, columns=list(cells.header)))
    if content != data and not changes:
        changes.append("uvozovky, prázdné řádky a\u00a0konec souboru: jednotný zápis")
    return Fixed(content, tuple(changes))


def _table_of(path: Path) -> Table:
    """The table that the file's place or, where it lies elsewhere, its name alone tells."""
    place = path.absolute().as_posix()
    shapes = {each.name: re.sub(r"\\{\w+\\}", "[^/]+", re.escape(each.path)) for each in TABLES}
    here = [each for each in TABLES if re.search(f"/{shapes[each.name]}$", place)]
    named = here or [each for each in TABLES if Path(each.path).name == path.name]
    if len(named) == 1:
        return named[0]
    wrong = "se nejmenuje jako žádná z\u00a0tabulek dat; přejmenujte jej, například places.csv"
    if named:
        wrong = "se jmenuje jako více tabulek dat; dejte jej na místo, které mezi nimi má"
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
    doubtful = [
        Fault(name, "znak má v různých kódováních jiný význam; opravte jej", row, value=line)
        for row, line in enumerate(text.split("\n") if changes else (), start=1)
        if _DOUBTFUL.search(line)
    ]
    if doubtful:
        raise FaultyDataError(doubtful)
    if text.startswith("\ufeff"):
        changes.append("značka na začátku souboru (BOM): smazána")
    return text.removeprefix("\ufeff"), changes


def _told(column: str, before: pd.Series[str], after: pd.Series[str]) -> Iterator[str]:
    """The cells of a column that were altered, each with its line."""
    differ = before.ne(after) & before.notna()
    altered = [
        f"  řádek {row} „{shown(old)}“ → „{new}“"
        for row, old, new in zip(before.index[differ], before[differ], after[differ], strict=True)
    ]
    if altered:
        yield f"sloupec {column}, změněných hodnot {format_number(len(altered))}:"
        yield from altered[:_SHOWN]
        if len(altered) > _SHOWN:
            yield f"  … a\u00a0další: {format_number(len(altered) - _SHOWN)}"
