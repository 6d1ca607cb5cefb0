"""One CSV file as text cells with their lines; whatever is wrong with the file itself.

Files are untrusted: sizes are limited, nothing is evaluated, a formula is text.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from slz_lib.dataset.faults import Fault
from slz_lib.dataset.nearest import nearest
from slz_lib.dataset.schemas import Table
from slz_lib.language import format_number
from slz_lib.refusals import cause

#: Larger files are refused before they are read; the largest real table has some 60 kB.
MAX_BYTES = 64 * 1024 * 1024
MAX_LINES = 100_000

#: What a table of the dataset never is.
_ELSEWHERE = "; taková tabulka sem nepatří"
#: Signs that divide fields, with what they are called when they do and when a text has one.
SEPARATORS = {
    ",": ("čárky", "čárkou"),
    ";": ("středníky", "středníkem"),
    "\t": ("tabulátory", "tabulátorem"),
}
_CSV_FAULTS = {
    "unexpected end of data": "uvozovky nejsou uzavřeny; záznam má být celý na jednom řádku",
    "field larger than field limit (131072)": "pole je delší než 131 072 znaků",
}


@dataclass(frozen=True, slots=True)
class FileCells:
    """The cells of one file.

    Attributes:
        lines: line of the file of each row.
        columns: cells of each column of the description, in the order of ``lines``; ``None``
            for an empty cell.
        complete: whether no row and no column was lost.
        faults: what is wrong with the file itself.
        header: columns that the file has, in its order.
    """

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str | None]]
    complete: bool
    faults: tuple[Fault, ...]
    header: tuple[str, ...] = ()


def read_cells(root: Path, table: Table, folder: str, shown_root: str) -> FileCells:
    """Read the file of ``table`` in one folder; faults name it from ``shown_root`` on."""
    file = table.file(folder)
    shown_path = f"{shown_root}/{file}"
    content = way_fault(root, file, shown_root) or content_of(root / file, shown_path)
    return cells_of(content, table, shown_path)


def cells_of(content: bytes | Fault, table: Table, shown_path: str) -> FileCells:
    """The cells of a file that holds ``content``, or has the fault that it cannot be read.

    The file is UTF-8, separated by commas, with a header and one record a line. A byte-order
    mark and Windows line ends are tolerated.
    """
    text = content if isinstance(content, Fault) else _decoded(content, table, shown_path)
    if isinstance(text, Fault):
        return _nothing(table, text)
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    return parsed(list(enumerate(lines, start=1)), table, shown_path)


def parsed(
    lines: Sequence[tuple[int, str]], table: Table, shown_path: str, separator: str = ","
) -> FileCells:
    """The cells of numbered lines of a file, the first of them its header."""
    header = _record(*lines[0], shown_path, separator)
    if isinstance(header, Fault):
        return _nothing(table, header)
    faults = header_faults(header, table, shown_path)
    records: dict[int, list[str]] = {}
    for number, line in lines[1:]:
        record = _record(number, line, shown_path, separator, len(header))
        if isinstance(record, Fault):
            faults.append(record)
        else:
            records[number] = record
    if table.filled and len(lines) == 1:
        faults.append(Fault(shown_path, "tabulka nemá žádný řádek; doplňte jej"))
    columns = {
        name: [record[header.index(name)] or None for record in records.values()]
        if name in header
        else [None] * len(records)
        for name in table.header
    }
    return FileCells(list(records), columns, not faults, tuple(faults), tuple(header))


def _nothing(table: Table, fault: Fault) -> FileCells:
    return FileCells([], {name: [] for name in table.header}, False, (fault,))


def way_fault(root: Path, file: str, shown_root: str) -> Fault | None:
    """Why a file below ``root`` cannot be come to: a folder above it is closed, or a link."""
    for folder in reversed(PurePosixPath(file).parents):
        place, shown_place = root / folder, (PurePosixPath(shown_root) / folder).as_posix()
        if place.is_symlink() and place != root:
            return Fault(shown_place, "na místě složky je odkaz; dejte sem složku samu")
        if place.is_dir() and not os.access(place, os.R_OK | os.X_OK):
            return Fault(shown_place, "složku nelze přečíst: chybí oprávnění")
    return None


def content_of(path: Path, shown_path: str) -> bytes | Fault:
    """The bytes of a file that is no larger than tables are, or the fault."""
    try:
        advice = _no_file(path)
        if advice:
            return Fault(shown_path, advice)
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(min(size, MAX_BYTES) + 1)
    except OSError as error:
        return Fault(shown_path, f"soubor nelze přečíst: {cause(error)}")
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024**2}\u00a0MB"
        return Fault(shown_path, f"soubor je větší než {limit}{_ELSEWHERE}")
    if data.count(b"\n") > MAX_LINES:
        limit = format_number(MAX_LINES)
        return Fault(shown_path, f"soubor má více než {limit} řádků{_ELSEWHERE}")
    return data


def separator_of(header: str, table: Table) -> str:
    """What divides the names of columns in the first line of a file."""
    fields = {sign: header.replace('"', "").strip().split(sign) for sign in SEPARATORS}
    return next(
        (sign for sign in fields if len(set(fields[sign]).intersection(table.header)) > 1), ","
    )


def _fixing(shown_path: str) -> str:
    return f"do podoby tabulek jej přepíše slz data fix {shown_path}"


def _decoded(data: bytes, table: Table, shown_path: str) -> str | Fault:
    """The text of the file, or the fault for which it cannot be had."""
    separator = separator_of(data[: data.find(b"\n")].decode("ascii", "ignore"), table)
    if separator != ",":
        advice = f"pole oddělují {SEPARATORS[separator][0]}, jak je ukládá český Excel; "
        return Fault(shown_path, advice + _fixing(shown_path))
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from after a byte-order mark.
        start = error.start + len(data) - len(error.object)
        row = data.count(b"\n", 0, start) + 1
        advice = f"čeká se kódování UTF-8; {_fixing(shown_path)}"
        return Fault(shown_path, advice, row, value=f"bajt 0x{data[start]:02X}")
    if "\0" in content:
        row = content.count("\n", 0, content.index("\0")) + 1
        advice = "soubor obsahuje nulový bajt; uložte jej jako CSV v kódování UTF-8"
        return Fault(shown_path, advice, row)
    if "\r" in content.partition("\n")[0].rstrip("\r"):
        return Fault(shown_path, f"řádky končí jen znakem CR; {_fixing(shown_path)}")
    if not content.strip():
        return Fault(shown_path, "soubor je prázdný; čeká se aspoň řádek s názvy sloupců")
    return content


def _no_file(path: Path) -> str:
    """The advice where ``path`` is no file; nothing where it is one."""
    if path.is_symlink():
        return "na místě souboru je odkaz; dejte sem soubor sám"
    if path.is_file():
        return ""
    if path.exists() and not path.is_dir():
        return "na místě souboru je zařízení nebo roura; dejte sem soubor"
    return "soubor chybí; doplňte jej"


def _record(
    number: int, line: str, shown_path: str, separator: str, width: int | None = None
) -> list[str] | Fault:
    """The fields of one line (``width`` of them if given), or its fault."""
    try:
        record = next(csv.reader((line,), delimiter=separator, strict=True))
    except csv.Error as error:
        advice = _CSV_FAULTS.get(str(error), "uvozovky stojí na nesprávném místě")
        return Fault(shown_path, advice, number, value=line)
    if not record:
        return Fault(shown_path, "řádek je prázdný; smažte jej", number)
    if width is not None and len(record) != width:
        text = f"text s {SEPARATORS[separator][1]}"
        advice = f"řádek má {len(record)} polí, záhlaví {width}; {text} patří do uvozovek"
        return Fault(shown_path, advice, number, value=line)
    return record


def header_faults(
    header: Sequence[str], table: Table, shown_path: str, called: Mapping[str, str] | None = None
) -> list[Fault]:
    """Missing, unknown and repeated columns; ``called`` says what a reader calls each of them."""
    words = called or {name: name for name in table.header}
    optional = [column.name for column in table.columns if column.optional]
    missing = [word for name, word in words.items() if word not in header and name not in optional]
    faults = [Fault(shown_path, "sloupec chybí; doplňte jej", column=name) for name in missing]
    for name, times in Counter(header).items():
        if name not in words.values():
            similar = nearest(name, missing)
            hint = f"; nejbližší chybějící je „{similar}“" if similar else "; smažte jej"
            advice = f"takový sloupec tabulka {table.name} nemá{hint}"
            faults.append(Fault(shown_path, advice, 1, value=name))
        if times > 1:
            faults.append(Fault(shown_path, f"sloupec je v záhlaví {times}krát", 1, value=name))
    return faults
