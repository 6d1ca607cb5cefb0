"""Keys: references between tables, columns that count from one, rows that are the same."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.nearest import hints
from slz_lib.dataset.schemas import PROVENANCE, VALIDITY

#: Tables whose missing rows are proposed, not demanded: the loader can do without their words.
OPEN = ("units",)
#: Tables so short that a fault names all their keys.
_NAMED = frozenset({"statuses"})


def reference_faults(tables: Tables) -> list[Fault]:
    """Keys that the table they refer to does not know.

    A table that lost rows, or whose key has faulty cells, is not asked: its own faults are
    reported, and their consequences would only bury them.
    """
    return [
        fault
        for checked in tables.values()
        for column in checked.sheet.table.references
        if column.refers_to not in OPEN
        for fault in unknown_faults(checked, column.name, tables[str(column.refers_to)])
    ]


def reference_warnings(tables: Tables) -> list[Fault]:
    """The first use of each key that an open table does not know, with the row to be added."""
    return [
        warning
        for checked in tables.values()
        for column in checked.sheet.table.references
        if column.refers_to in OPEN
        for warning in _proposed(checked, column.name, tables[str(column.refers_to)])
    ]


def _proposed(checked: Checked, column: str, target: Checked) -> list[Fault]:
    known, values = known_keys(target), checked.frame[column]
    if known is None:
        return []
    table = target.sheet.table
    unknown = values.notna() & ~values.isin(known) & ~values.duplicated()
    near = hints(values[unknown], known.dropna().tolist())

    def advice(_: int, value: str) -> str:
        names = [column.name for column in table.columns if column not in (*PROVENANCE, *VALIDITY)]
        row = proposed_row(target, dict.fromkeys(names, value))
        unknown_value = f"tabulka {table.name} takovou hodnotu nezná{near[value]}"
        return f"{unknown_value}; platí, jak je. Doplňte: {row}"

    return checked.sheet.faults(unknown, column, advice)


def proposed_row(target: Checked, values: Mapping[str, str]) -> str:
    """A row of a table as its file has it, for whoever adds it; what is not known is empty."""
    needless = [c.name for c in target.sheet.table.columns if c.optional]
    columns = target.sheet.text.drop(columns=[n for n in needless if target.frame[n].isna().all()])
    own = {"source_id": "vlastni-cteni", "source_place": "doplněno při zápisu"}
    cells = [(own | dict(values)).get(str(name), "") for name in columns]
    return "„" + ",".join(f'"{cell}"' if "," in cell else cell for cell in cells) + "“"


def known_keys(checked: Checked, *, folder: bool = False) -> pd.Series[str] | None:
    """The keys of a table, with their ``folder`` or without; ``None`` when not all are known."""
    name = checked.sheet.table.key[-1]
    faulty = any(fault.column == name for fault in checked.cell_faults)
    if not checked.sheet.complete or faulty:
        return None
    return in_folder(checked.frame, name, checked.sheet.table.folder_column if folder else None)


def in_folder(frame: pd.DataFrame, column: str, folder: str | None) -> pd.Series[str]:
    """The values of a column, after the folder where their ids are known in it alone."""
    return frame[column] if folder in {None, column} else frame[folder] + "/" + frame[column]


def unknown_faults(
    checked: Checked,
    column: str,
    target: Checked,
    among: pd.Series[bool] | None = None,
    *,
    codes: tuple[str, ...] = (),
    otherwise: str = "",
) -> list[Fault]:
    """Values of ``column`` that are no keys of the table ``target``.

    Args:
        checked: the table.
        column: its column.
        target: the table of the keys.
        among: the rows that must hold one; all rows if left out.
        codes: words that may stand there as well, which a typing error may have meant.
        otherwise: what else may stand there, in Czech.
    """
    table = target.sheet.table
    # A row that names a folder of its target means an id in that folder.
    folder = table.folder_column if table.folder_column in checked.frame else None
    known = known_keys(target, folder=folder is not None)
    if known is None:
        return []
    values = checked.frame[column]
    unknown = values.notna() & ~in_folder(checked.frame, column, folder).isin(known)
    if among is not None:
        unknown &= among
    if not unknown.any():
        return []
    near = hints(values[unknown], [*target.frame[table.key[-1]].dropna(), *codes])
    if table.name in _NAMED:
        otherwise = f"; zná {', '.join(known.dropna())}{otherwise}"
    return checked.sheet.faults(
        unknown, column, lambda _, value: unknown_advice(table.name, near[value]) + otherwise
    )


def unknown_advice(target: str, hint: str) -> str:
    """The advice for a key that ``target`` does not know."""
    return f"tabulka {target} takové id nezná{hint}"


def numbering_faults(checked: Checked) -> list[Fault]:
    """Rows whose number repeats or leaves a gap in its group."""
    numbering = checked.sheet.table.numbering
    if numbering is None or not checked.sheet.complete or checked.frame.empty:
        return []
    frame = checked.frame
    if numbering.once is not None:
        frame = frame.drop_duplicates(numbering.once)
    elif checked.sheet.table.dated:
        frame = frame.drop_duplicates(list(checked.sheet.table.key))
    within = [frame[name] for name in numbering.within] or [pd.Series(0, index=frame.index)]
    numbers = frame[numbering.column]
    sizes = numbers.groupby(within, dropna=False).transform("size")
    repeated = numbers.groupby([*within, numbers], dropna=False).cumcount() > 0
    wrong = (repeated | (numbers > sizes)) & numbers.notna()
    everywhere = wrong.reindex(checked.frame.index, fill_value=False)
    return checked.sheet.faults(
        everywhere,
        numbering.column,
        lambda position, _: f"čekají se čísla 1 až {sizes[position]}, každé jednou a bez mezer",
    )


def among(rows: pd.DataFrame, known: pd.DataFrame) -> pd.Series[bool]:
    """Which rows stand in ``known`` too, text for text, whatever the columns are called."""
    asked, there = (pd.MultiIndex.from_frame(each.astype("str")) for each in (rows, known))
    return pd.Series(asked.isin(there), index=rows.index, dtype="bool")


def folded(texts: pd.Series) -> pd.Series[str]:
    """Texts by which two spellings of the same words are one; empty where nothing is said."""
    return texts.fillna("").str.casefold().str.split().str.join(" ")
