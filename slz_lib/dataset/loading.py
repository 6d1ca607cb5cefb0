"""Reading ``data/``: everything is read and checked, and all faults are reported at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from slz_lib.dataset.agreement import agreement_faults, passing_faults
from slz_lib.dataset.agreement.columns import spelling_faults
from slz_lib.dataset.agreement.evidence import coding_warnings
from slz_lib.dataset.blank import unfilled
from slz_lib.dataset.cells import KEY_JOIN, Checked, Tables, assemble, check, finished
from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.keys import numbering_faults, reference_faults, reference_warnings
from slz_lib.dataset.memo import Memo, lent
from slz_lib.dataset.observations import with_carried
from slz_lib.dataset.reading import FileCells, cells_of, content_of, way_fault
from slz_lib.dataset.schemas import TABLES, Table
from slz_lib.refusals import cause

#: What the files of each table hold, or why they cannot be read, by table and folder.
Contents = Mapping[str, Mapping[str, bytes | Fault]]
#: Folder, path as shown and cells of every file of a table.
Parts = list[tuple[str, str, FileCells]]
#: The folder of a change of several tables that is not whole in its place yet.
PENDING = ".zmena"
_kept: Memo[Dataset] = Memo()
#: Of each table the cells last read, and what they were found to be: whoever changes one table and
#: loads again waits for that one.
_last: dict[str, tuple[Parts, Checked]] = {}


def load(path: str | Path | None = None) -> Dataset:
    """Načte tabulky ze složky ``path`` a zkontroluje je jako celek.

    Args:
        path: the folder that holds ``sources.csv``, ``strategy/``, ``periods/`` and the rest; the
            nearest ``data``, upwards from the current folder, when not given.

    Raises:
        FaultyDataError: there are faults; a ``DataError`` that lists all of them.
    """
    root = _nearest() if path is None else Path(path)
    try:
        known = root.is_dir()
    except OSError as error:
        closed = Fault(str(root), f"složku nelze přečíst: {cause(error)}")
        raise FaultyDataError([closed]) from error
    if not known:
        raise FaultyDataError([Fault(str(root), "složka s daty neexistuje")])
    contents = _contents(root)
    return lent(_kept.get(_digest(contents), lambda: _read(root, contents)), root=root)


def _nearest() -> Path:
    """The folder of data that a notebook of the project means without saying."""
    here = Path.cwd()
    found = (folder / "data" for folder in (here, *here.parents))
    return next((data for data in found if (data / "sources.csv").is_file()), Path("data"))


def _contents(root: Path) -> Contents:
    """Every file below ``root`` that makes the dataset, each read once."""
    shown_root = root.resolve().name
    ways: dict[str, Fault | None] = {}

    def content(file: str) -> bytes | Fault:
        above = file.rpartition("/")[0]
        if above not in ways:
            ways[above] = way_fault(root, file, shown_root)
        return ways[above] or content_of(root / file, f"{shown_root}/{file}")

    return {
        table.name: {folder: content(table.file(folder)) for folder in folders(table, root)}
        for table in TABLES
    }


def _digest(contents: Contents) -> bytes:
    """A digest of all files; of one that cannot be read, from which no dataset comes, its name."""
    found = hashlib.sha256()
    for table, files in contents.items():
        for folder, content in files.items():
            found.update(f"\0{table}/{folder}\0".encode())
            if isinstance(content, bytes):
                found.update(hashlib.sha256(content).digest())
    return found.digest()


def foreseen(root: Path, replaced: Mapping[str, tuple[str, FileCells]]) -> Dataset:
    """The dataset as it would be with other cells in some files; nothing is kept of it.

    Args:
        root: folder of the tables.
        replaced: by path under it, how faults name the file, and its cells.

    Raises:
        FaultyDataError: there are faults.
    """
    return _read(root, _contents(root), replaced)


def load_to_begin(root: Path) -> Dataset:
    """The dataset in ``root``, which may be without any period or plan, as before the first.

    Raises:
        FaultyDataError: there are faults.
    """
    return _read(root, _contents(root), begun=False)


def _read(
    root: Path,
    contents: Contents,
    replaced: Mapping[str, tuple[str, FileCells]] | None = None,
    *,
    begun: bool = True,
) -> Dataset:
    shown_root = root.resolve().name
    file_faults: list[Fault] = []
    if (root / PENDING).exists():
        advice = "změna dat nebyla zapsána celá; zopakujte příkaz, který data měnil"
        file_faults.append(Fault(f"{shown_root}/{PENDING}", advice))
    tables: dict[str, Checked] = {}
    for table in TABLES:
        parts = _parts(table, contents[table.name], shown_root, replaced or {})
        file_faults.extend(fault for _, _, cells in parts for fault in cells.faults)
        if begun and not parts:
            file_faults.extend(_no_folder(table, root, shown_root))
        tables[table.name] = _checked(table, parts)
    faults = _ordered([*file_faults, *_table_faults(tables)], tables)
    if faults:
        raise FaultyDataError(faults)
    frames = {
        name: finished(checked.frame, checked.sheet.table) for name, checked in tables.items()
    }
    frames["observations"] = with_carried(
        frames["observations"], frames["evidence"], frames["indicators"]
    )
    warnings = _ordered([*reference_warnings(tables), *coding_warnings(tables)], tables)
    return Dataset(root=root, warnings=(*unfilled(tables), *warnings), **frames)


def _checked(table: Table, parts: Parts) -> Checked:
    known, found = _last.get(table.name, (None, None))
    if found is None or known != parts:
        found = check(assemble(table, parts))
        _last[table.name] = parts, found
    return found


def _parts(
    table: Table,
    contents: Mapping[str, bytes | Fault],
    shown_root: str,
    replaced: Mapping[str, tuple[str, FileCells]],
) -> Parts:
    found: Parts = []
    for folder, content in contents.items():
        file = table.file(folder)
        named = f"{shown_root}/{file}"
        shown, cells = replaced.get(file) or (named, cells_of(content, table, named))
        found.append((folder, shown, cells))
    return found


def folders(table: Table, root: Path) -> list[str]:
    """The folders that hold a file of ``table``; one empty name for a table of one file."""
    if table.folder_column is None:
        return [""]
    try:
        with os.scandir(root / table.path.split("/")[0]) as found:
            return sorted(
                folder.name
                for folder in found
                if folder.is_dir() and not folder.name.startswith((".", "_"))
            )
    except OSError:
        return []


def _no_folder(table: Table, root: Path, shown_root: str) -> list[Fault]:
    """The fault of a tree without any period; other plans there need not be."""
    parent = table.path.split("/")[0]
    command = "plan" if parent == "plans" else "period"
    advice = f"chybí složka období (například 2022-2023); první založí slz {command} new"
    missing = Fault(f"{shown_root}/{parent}", advice)
    refused = way_fault(root, f"{parent}/{table.name}", shown_root)
    return [refused] if refused else [missing] if table.filled else []


def _table_faults(tables: Tables) -> list[Fault]:
    """Faults of spellings, cells, references, keys, numbering and agreement, the plainest first."""
    faults = [
        *spelling_faults(tables),
        *(fault for checked in tables.values() for fault in checked.cell_faults),
        *reference_faults(tables),
        *(fault for checked in tables.values() for fault in checked.key_faults),
        *(fault for checked in tables.values() for fault in numbering_faults(checked)),
        *agreement_faults(tables),
    ]
    return [*faults, *passing_faults(tables, faults)]


def _ordered(faults: list[Fault], tables: Tables) -> list[Fault]:
    """One fault a cell (the plainest), none that follows from a missing column, by place."""
    lost = {(fault.file, fault.column) for fault in faults if fault.row is None and fault.column}
    kept: dict[tuple[str, int | None, str | None, str | None], Fault] = {}
    for fault in faults:
        columns = (fault.column or "").split(KEY_JOIN)
        if fault.row is not None and any((fault.file, column) in lost for column in columns):
            continue
        value = fault.value if fault.column is None else None
        advice = fault.advice if fault.row is None else None
        kept.setdefault((fault.file, fault.row, fault.column, value or advice), fault)
    files = [file for checked in tables.values() for file in checked.sheet.files.values()]
    place = pd.Series(range(len(files)), index=files).to_dict()
    return sorted(kept.values(), key=lambda fault: (place.get(fault.file, -1), fault.row or 0))
