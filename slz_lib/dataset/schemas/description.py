"""How a table is described: its file, columns, key and references; each of them once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from slz_lib.language import format_number
from slz_lib.vocabulary import DAY

#: Characters of one cell at most. Documents join cells, and a cell of Excel holds 32,767 of them.
LONGEST_TEXT = 4_000


class ValueKind(Enum):
    """The kinds of values in the tables: what each means in a file and in pandas.

    Attributes:
        spelling: regular expression of the whole cell.
        dtype: pandas dtype that can hold a missing value.
        full_dtype: pandas dtype of a column that may not be empty.
        expected: what a cell holds, in Czech, as it follows *čeká se*.
    """

    def __init__(self, spelling: str, dtype: str, full_dtype: str, expected: str) -> None:
        self.spelling, self.expected = spelling, expected
        self.dtype, self.full_dtype = dtype, full_dtype

    TEXT = r".+", "str", "str", "text"
    INTEGER = r"-?[0-9]{1,15}", "Int64", "int64", "celé číslo"
    NUMBER = (
        *(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", "float64", "float64"),
        "číslo s desetinnou tečkou a bez mezer",
    )
    FLAG = r"true|false", "boolean", "bool", "true, nebo false"
    DAY = DAY, "datetime64[us]", "datetime64[us]", "skutečné datum ve tvaru RRRR-MM-DD"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: header of the column.
        description: what the column holds, in Czech.
        kind: kind of its values.
        nullable: whether a cell may be empty (unknown or none).
        optional: whether a file may do without the column, which then is empty.
        permitted: the only permitted values; empty when there is no such list.
        words: what people call the permitted values, in their order.
        pattern: regular expression of the whole text; ``None`` when any text will do.
        minimum: least permitted number.
        maximum: greatest permitted number.
        refers_to: table whose key the values are; ``None`` for an ordinary column.
        wording: what a cell holds, in Czech, as it follows *čeká se*; derived when empty.
    """

    name: str
    description: str
    kind: ValueKind = ValueKind.TEXT
    nullable: bool = False
    optional: bool = False
    permitted: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    refers_to: str | None = None
    wording: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """What people call each permitted value."""
        return dict(zip(self.permitted, self.words, strict=True))

    @property
    def expected(self) -> str:
        """What a cell of the column holds, in Czech, as it follows *čeká se*."""
        if self.wording:
            return self.wording
        if self.permitted:
            return f"jedna z hodnot {', '.join(self.permitted)}"
        if self.refers_to:
            return f"id z tabulky {self.refers_to}"
        low = "" if self.minimum is None else f" od {_bound(self.minimum)}"
        high = "" if self.maximum is None else f" do {_bound(self.maximum)}"
        return f"{self.kind.expected}{low}{high}"

    @property
    def dtype(self) -> str:
        """The pandas dtype of the loaded column."""
        return self.kind.dtype if self.nullable else self.kind.full_dtype


def _bound(number: int) -> str:
    """A number in groups of digits, unless it may be a year."""
    return format_number(number) if abs(number) > 9_999 else str(number)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A column that counts 1, 2, 3 … within a group of rows.

    Attributes:
        column: the counting column.
        within: columns that make the group; none for the whole table.
        once: the column that names what is counted, where it may stand in more rows.
    """

    column: str
    within: tuple[str, ...] = ()
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the dataset.

    Attributes:
        name: name of the table and of the attribute of ``Dataset``.
        path: file under the data folder; ``{period_id}`` stands for a folder that gives
            the column of that name.
        title: what the table holds, in Czech.
        columns: columns in the order of the file.
        key: columns that together name a row.
        numbering: the counting column, if there is one.
        filled: whether a file without any row is a fault.
        dated: whether a row holds from a day to a day; a key then stands once at a time.
    """

    name: str
    path: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    numbering: Numbering | None = None
    filled: bool = False
    dated: bool = False

    @property
    def folder_column(self) -> str | None:
        """The column that the folder's name gives; ``None`` for a table of one file."""
        found = re.search(r"\{(\w+)\}", self.path)
        return found[1] if found else None

    @property
    def row_key(self) -> tuple[str, ...]:
        """The columns that together name a row at whatever time."""
        return (*self.key, "valid_from") if self.dated else self.key

    @property
    def file_columns(self) -> tuple[Column, ...]:
        """The columns that stand in the file."""
        return tuple(column for column in self.columns if column.name != self.folder_column)

    @property
    def header(self) -> list[str]:
        """The names of these columns."""
        return [column.name for column in self.file_columns]

    @property
    def references(self) -> tuple[Column, ...]:
        """The columns that hold keys of other tables."""
        return tuple(column for column in self.columns if column.refers_to)

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return next(column for column in self.columns if column.name == name)

    def file(self, folder: str = "") -> str:
        """The path under the data folder, for tables of many files the one in ``folder``."""
        return re.sub(r"\{\w+\}", lambda _: folder, self.path)
