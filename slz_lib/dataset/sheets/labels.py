"""What a sheet calls its columns, and the words that stand in it for codes and keys."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from slz_lib.dataset.loading import folders
from slz_lib.dataset.reading import read_cells
from slz_lib.dataset.schemas import BY_NAME, Column, Table, ValueKind
from slz_lib.untrusted import cut

#: What of a description says how to fill a column, not what it is.
_MANNER = re.compile(r"[;:(]|, (?:jak b|prázdn|odděl)")
#: Columns that name a row for a person, the best first.
_NAMING = ("label", "title", "short_name", "name", "designation", "wording")
#: Tables whose keys are words already.
_BY_KEY = ("sources", "places", "units")
_LONGEST_NAME = 60
_FLAGS = {"true": "ano", "false": "ne"}


def headings(described: Table) -> dict[str, str]:
    """Column → its heading: the description as far as it says what the column is; unique."""
    whole = {column.name: column.description for column in described.file_columns}
    short = {name: _MANNER.split(text)[0].strip() for name, text in whole.items()}
    chosen = list(short.values())
    return {
        name: text if chosen.count(text) == 1 else f"{whole[name]} ({name})"
        for name, text in short.items()
    }


def words(column: Column, root: Path) -> dict[str, str]:
    """Code → the word that stands for it in the column; empty where any text may stand there."""
    if column.kind is ValueKind.FLAG:
        return _FLAGS
    if column.refers_to:
        return _names(BY_NAME[column.refers_to], root)
    return column.labels


def _names(target: Table, root: Path) -> dict[str, str]:
    """Key → name of the rows of a table; a key with a number in it stands before the name."""
    files = (read_cells(root, target, folder, "") for folder in folders(target, root))
    read = [pd.DataFrame(cells.columns, dtype="str") for cells in files]
    key = target.key[-1]
    if not read or key == target.folder_column:
        return {folder: folder for folder in folders(target, root)}
    rows = pd.concat(read, ignore_index=True).dropna(subset=key)
    naming = next((name for name in _NAMING if name in rows and name != key), None)
    if naming is None or target.name in _BY_KEY:
        return {code: code for code in rows[key]}
    names = rows.drop_duplicates(key, keep="last").set_index(key)[naming]
    # A no-break space would hide a name from who types it into a filter.
    names = names.str.replace("\u00a0", " ")
    names = names.map(lambda name: cut(name, _LONGEST_NAME), na_action="ignore")
    alone = names.notna().all() and names.is_unique and not rows[key].str.contains("[0-9]").any()
    numbered = names.index + (" – " + names).fillna("")
    return {str(code): str(name) for code, name in (names if alone else numbered).items()}
