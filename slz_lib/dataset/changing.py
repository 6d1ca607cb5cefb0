"""Changes of tables before they are written: what each adds, alters and removes, and its bytes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.loading import foreseen
from slz_lib.dataset.reading import FileCells, read_cells
from slz_lib.dataset.schemas import Table
from slz_lib.dataset.spelling import written
from slz_lib.language import enumerate_words
from slz_lib.untrusted import shown

#: Rows of one table that are shown one by one.
SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One file of a table as it is and as it is to be.

    Attributes:
        table: description of the table.
        folder: the folder of the file; empty for a table of one file.
        before: its cells as text, missing where empty, in the columns that the file has.
        after: the same to be; a column that is not there is empty.
    """

    table: Table
    folder: str
    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def file(self) -> str:
        """The path under the data folder."""
        return self.table.file(self.folder)

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return not self._told(self.before).equals(self._told(self.after))

    @property
    def content(self) -> bytes:
        """The bytes of the file to be."""
        needed = [
            column.name
            for column in self.table.file_columns
            if not column.optional
            or column.name in self.before
            or (column.name in self.after and self.after[column.name].notna().any())
        ]
        return written(self.after.reindex(columns=needed).fillna("").astype("str"))

    @property
    def cells(self) -> FileCells:
        """The file to be, as a reader of it would have it."""
        rows = self.after.reindex(columns=self.table.header).astype("object")
        cells = rows.where(rows.notna(), None)
        columns = {name: cells[name].tolist() for name in self.table.header}
        return FileCells(range(2, len(rows) + 2), columns, True, ())

    def _told(self, rows: pd.DataFrame) -> pd.DataFrame:
        """All cells of the file's columns, an empty text where empty."""
        every = rows.reindex(columns=self.table.header).astype("object")
        return every.fillna("").reset_index(drop=True)

    def lines(self) -> Iterator[str]:
        """What changes, a line a row; nothing where nothing does."""
        if not self.changed:
            return
        key = [name for name in self.table.row_key if name != self.table.folder_column]
        before, after = (
            self._told(rows).set_index(key, drop=False) for rows in (self.before, self.after)
        )
        added, removed = (
            one[~one.index.isin(other.index)] for one, other in ((after, before), (before, after))
        )
        common = after.index.intersection(before.index, sort=False)
        old, new = before.loc[common], after.loc[common]
        differs = old.ne(new)
        changed = differs.any(axis="columns")
        rows = [
            *(f"  + {_named(row, key)}: {_filled(row, key)}" for row in added.to_dict("records")),
            *(
                f"  ~ {_named(row, key)}: "
                + "; ".join(
                    f"{name} {_cell(earlier[name])} → {_cell(row[name])}"
                    for name in self.table.header
                    if earlier[name] != row[name]
                )
                for earlier, row in zip(
                    old[changed].to_dict("records"), new[changed].to_dict("records"), strict=True
                )
            ),
            *(f"  − {_named(row, key)}" for row in removed.to_dict("records")),
        ]
        counts = {"přidáno": len(added), "změněno": int(changed.sum()), "odebráno": len(removed)}
        told = [f"{word} {number}" for word, number in counts.items() if number]
        yield f"{self.file}: {enumerate_words(told) or 'jiné pořadí řádků'}"
        yield from rows[:SHOWN_ROWS]
        if len(rows) > SHOWN_ROWS:
            yield f"  … a\u00a0další řádky: {len(rows) - SHOWN_ROWS}"


def stated(root: Path, table: Table, folder: str = "") -> pd.DataFrame:
    """The cells of a file as text, missing where empty, in the columns that it has.

    Raises:
        FaultyDataError: the file cannot be read as it is.
    """
    cells = read_cells(root, table, folder, root.resolve().name)
    if cells.faults:
        raise FaultyDataError(cells.faults)
    return pd.DataFrame({name: cells.columns[name] for name in cells.header}, dtype="str")


def brought(root: Path, replaced: Mapping[str, tuple[str, FileCells]]) -> list[Fault]:
    """The faults of files as :func:`slz_lib.dataset.loading.foreseen` takes them, and of others."""
    found = _faults(root, replaced)
    there = _faults(root, {}) if found else ()
    files = {shown_path for shown_path, _ in replaced.values()}
    return [fault for fault in found if fault.file in files or fault not in there]


def _faults(root: Path, replaced: Mapping[str, tuple[str, FileCells]]) -> Sequence[Fault]:
    try:
        foreseen(root, replaced)
    except FaultyDataError as error:
        return error.faults
    return ()


def replacing(root: Path, changes: Sequence[Change]) -> dict[str, tuple[str, FileCells]]:
    """The files of the changes as they are to be, by path, with what a fault calls each."""
    name = root.resolve().name
    return {each.file: (f"{name}/{each.file}", each.cells) for each in changes}


def _named(row: Mapping[Hashable, str], key: list[str]) -> str:
    return " · ".join(shown(row[name]) for name in key if row[name]) or "(bez označení)"


def _filled(row: Mapping[Hashable, str], key: list[str]) -> str:
    own = [str(name) for name in row if row[name] and name not in key]
    return ", ".join(f"{name} {_cell(row[name])}" for name in own) or "bez dalších údajů"


def _cell(text: str) -> str:
    return f"„{shown(text)}“" if text else "(prázdné)"
