"""Data that somebody might enter: tables in order with something emptied, dropped, blank or odd.

Every change is drawn from a seed and says what it did, so that a failure can be made again.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pandas as pd

from slz_lib.dataset.schemas import TABLES, Column, Table, ValueKind

#: Texts that nobody should enter. Some are refused; no other may break a document.
ODD_TEXTS = (
    *(
        "x",
        "–",
        "…",
        "0",
        "=1+1",
        "+420 123",
        "-",
        "@kdo",
        "NULL",
        "nan",
        ";",
        "a;b;;c",
        "$cil ${x}",
    ),
    *("\U0001f3e0 dům", "\uf0b7 odrážka", "mě\u00adkké", "a\u0301\u0323", "\u202eobráceně"),
    *("ne\u00a0lomit", "dvě  mezery", "中文", "عربي", "Ελληνικά Кириллица", "Ⅳ ﬁ ½ ² ™"),
    *("slovo " * 600 + "konec", "A" * 4_000, "Nepřetržitý" * 40, "x" * 105_000),
    *("**tučně** _kurzíva_ [odkaz](#nikam) `kód`", "[](#tab-opatreni)", "# nadpis {#kotva}"),
    *("1. seznam", "- položka", "> citace", "|a|b|", "![obr](x.png)", "{.lead} x", "%%prose"),
    *("[odkaz](javascript:alert(1))", "<b>tučně</b> & <script>alert(1)</script>", "&nbsp;&#0;"),
    *('#set text(red) $x^2$ @kdo <kotva> \\ #import "x"', "*hvězda _podtržítko `apostrof ~vlnka"),
    *("\\textbf{x} \\ % $", "{{ 1/0 }} {% if %} {# poznámka #}", "{{", "%}", "%s %d {0}"),
    *(
        "a;b;;c",
        "$cil ${x}",
        "'; DROP TABLE",
        "C:\\cesta\\..\\",
        "../../x",
        "“uvozovky” ‘jedny’",
        "SPLNĚNO",
    ),
)
_ODD_IDS = ("X", "x", "1", "A-1", "a-1", "I.1", "I_1", "Z" * 300, "1.2.3.4.5")
_ODD_NUMBERS = (
    *("0", "-1", "1", "2", "8", "31", "0.5", "12.345678901234567", "0.000000000000001"),
    *("100000000000000", "999999999999999", "-999999999999999"),
)
_ODD_DAYS = (
    *("0001-01-01", "1600-02-29", "1970-01-01", "2022-01-01", "2023-12-31", "2024-02-30"),
    *("2031-01-01", "9999-12-31"),
)
_ODD_TIMES = (
    *("2026-01", "2026", "0000", "0001", "9999", "9999-12", "2031", "2024-02-30", "2024-Q4"),
    *("2022-01-01", "2024-12-31", "2021/2022", "2021-2023", "2031-2035"),
)
#: Columns of times that their descriptions hold to no pattern.
_TIMES = ("time", "baseline_time", "target_time", "deadline_published")
_REPORTERS = ("OBEC:Nikde", "ORG:*x* #y <z> {{ a }}", "NEUVEDEN", "OBEC:" + "x" * 500, "LK")
#: Columns that name records of other tables without being references, and these tables.
_NAMING = {
    "places": ("places",),
    "territory": ("districts", "bodies"),
    "reporter": ("bodies",),
}


@dataclass(frozen=True)
class File:
    """The file of a table: its description, and its cells, all of them text."""

    table: Table
    cells: pd.DataFrame

    @property
    def columns(self) -> list[Column]:
        """The columns that the file has."""
        return [column for column in self.table.columns if column.name in self.cells]


#: Files by their paths in the folder of the data.
Tree = dict[str, File]


def read_tree(root: Path) -> Tree:
    """Every file of the data in the folder ``root``."""
    return {
        path.relative_to(root).as_posix(): File(
            table, pd.read_csv(path, dtype="str", keep_default_na=False)
        )
        for table in TABLES
        for path in sorted(root.glob(table.file("*")))
    }


def write_tree(tree: Tree, root: Path) -> None:
    """Write every file below ``root``."""
    for name, file in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(file.cells.columns)
            writer.writerows(file.cells.to_numpy().tolist())


def put(tree: Tree, name: str, cells: pd.DataFrame) -> None:
    """Give a file of ``tree`` other cells."""
    tree[name] = File(tree[name].table, cells.reset_index(drop=True))


def _keys(tree: Tree, table: str) -> set[str]:
    """The keys of a table, in whatever folders."""
    files = {name: file for name, file in tree.items() if file.table.name == table}
    if not files:
        return set()
    key = next(iter(files.values())).table.key[-1]
    if key == next(iter(files.values())).table.folder_column:
        return {name.split("/")[-2] for name, file in files.items() if len(file.cells)}
    return {cell for file in files.values() for cell in file.cells[key]}


def settle(tree: Tree) -> None:
    """Drop what refers to rows that are gone, or blank the reference; number the others anew."""
    gone = True
    while gone:
        gone = False
        named = {f"OBEC:{place}" for place in _keys(tree, "places")}
        for name, file in list(tree.items()):
            cells, kept = file.cells, pd.Series(data=True, index=file.cells.index)
            for column in file.columns:
                targets = (column.refers_to,) if column.refers_to else _NAMING.get(column.name, ())
                if targets in {(), ("units",)}:
                    continue
                known = set[str]().union(*(_keys(tree, target) for target in targets), named)
                wrong = cells[column.name].ne("") & ~cells[column.name].isin(known)
                wrong &= ~cells[column.name].str.fullmatch("ORG:.*|NEUVEDEN")
                if column.nullable and file.table.name != "links":
                    cells = cells.assign(**{column.name: cells[column.name].mask(wrong, "")})
                else:
                    kept &= ~wrong
            gone |= not kept.all()
            put(tree, name, cells[kept])
    for name, file in list(tree.items()):
        numbering, cells = file.table.numbering, file.cells
        if numbering is None or cells.empty or file.table.name == "other_plans":
            continue
        groups = [cells[within] for within in numbering.within if within in cells]
        order = pd.to_numeric(cells[numbering.column])
        ranks = order.groupby(groups or (order * 0)).rank(method="dense").astype("int64")
        cells = cells.assign(**{numbering.column: ranks.astype("str")})
        if file.table.name == "evidence":
            cells = cells.assign(id=cells["measure_id"] + "-" + cells["order"])
        put(tree, name, cells)


def _some(tree: Tree, chance: Random, among: Callable[[File], bool] = lambda _: True) -> str:
    return chance.choice([n for n, file in tree.items() if len(file.cells) and among(file)])


def _emptied(tree: Tree, chance: Random) -> str:
    name = _some(tree, chance, lambda file: not file.table.filled)
    put(tree, name, tree[name].cells.iloc[:0])
    settle(tree)
    return f"{name} emptied"


def _fewer(tree: Tree, chance: Random) -> str:
    name = _some(tree, chance)
    rows = len(tree[name].cells)
    number = min(rows, chance.choice([1, 2, rows // 2, rows - 1]))
    chosen = sorted(chance.sample(range(rows), number))
    put(tree, name, tree[name].cells.iloc[chosen])
    settle(tree)
    return f"{name}: rows {chosen} of {rows} kept"


def _of_measure(tree: Tree, chance: Random) -> str:
    """What a table has on one measure is dropped; of roles, the co-operation alone."""
    name = _some(tree, chance, lambda file: "measure_id" in file.cells)
    cells = tree[name].cells
    measure = chance.choice(list(cells["measure_id"]))
    dropped = cells["measure_id"].eq(measure)
    if "role" in cells and "body_id" in cells:
        dropped &= cells["role"].eq("cooperating")
    put(tree, name, cells[~dropped])
    return f"{name}: what is on {measure} dropped"


def _blank(tree: Tree, chance: Random) -> str:
    choices = [
        (name, column.name)
        for name, file in tree.items()
        for column in file.columns
        if column.nullable and file.cells[column.name].ne("").any()
    ]
    name, column = chance.choice(choices)
    cells = tree[name].cells
    every = chance.random() < 0.5
    where = pd.Series([every or chance.random() < 0.5 for _ in cells.index], index=cells.index)
    put(tree, name, cells.assign(**{column: cells[column].mask(where, "")}))
    return f"{name}: {column} blank in {where.sum()} of {len(cells)}"


def _odd(tree: Tree, chance: Random) -> str:
    """A cell, or all that say the same, get an odd value of their kind."""
    name = _some(tree, chance)
    file = tree[name]
    column = chance.choice(file.columns)
    cells = file.cells[column.name]
    row = chance.randrange(len(cells))
    where = cells.eq(cells[row]) if chance.random() < 0.2 else cells.index == row
    value = chance.choice(_values(column, tree, file))
    put(tree, name, file.cells.assign(**{column.name: cells.mask(where, value)}))
    return f"{name}: {column.name} of row {row + 2} is {value[:60]!r}"


def _values(column: Column, tree: Tree, file: File) -> list[str]:
    """Odd values that a column might hold."""
    own = list(file.cells[column.name])
    if column.refers_to:
        return sorted(_keys(tree, column.refers_to)) or [""]
    if column.permitted:
        return list(column.permitted)
    if column.name in {"reporter", "territory"}:
        return [*_REPORTERS]
    if column.name in _TIMES or "[0-9]{4}(-" in (column.pattern or ""):
        return [*_ODD_TIMES]
    if column.pattern:
        return [*own, *_ODD_IDS]
    limits = [str(n) for n in (column.minimum, column.maximum) if n is not None]
    of_kind: Mapping[ValueKind, list[str]] = {
        ValueKind.FLAG: ["true", "false"],
        ValueKind.DAY: [*_ODD_DAYS],
        ValueKind.INTEGER: [*_ODD_NUMBERS, *limits],
        ValueKind.NUMBER: [*_ODD_NUMBERS, *limits],
    }
    others = (own[0].upper(), own[0].lower(), own[0].replace(" ", "\u00a0"), f"{own[0]}.")
    return of_kind.get(column.kind, [*ODD_TEXTS, *own, *others])


def _shuffled(tree: Tree, chance: Random) -> str:
    name = _some(tree, chance)
    cells = tree[name].cells
    put(tree, name, cells.iloc[chance.sample(range(len(cells)), len(cells))])
    return f"{name} shuffled"


def _renamed(tree: Tree, chance: Random) -> str:
    """A key is another one wherever it stands."""
    targets = {column.refers_to for table in TABLES for column in table.columns}
    name = _some(tree, chance, lambda f: f.table.name in targets and f.table.key[-1] in f.cells)
    table = tree[name].table
    was = chance.choice(list(tree[name].cells[table.key[-1]]))
    new = chance.choice([was.lower(), f"{was}-9", f"{was}.x", f"{was}9", *_ODD_IDS, *ODD_TEXTS])
    for other, file in list(tree.items()):
        cells = file.cells
        for column in file.columns:
            own = file.table.name == table.name and column.name == table.key[-1]
            if own or column.refers_to == table.name:
                renamed = cells[column.name].mask(cells[column.name].eq(was), new)
                cells = cells.assign(**{column.name: renamed})
        if file.table.name == "evidence":
            cells = cells.assign(id=cells["measure_id"] + "-" + cells["order"])
        put(tree, other, cells)
    return f"{name}: {was!r} is {new[:60]!r}"


def _doubled(tree: Tree, chance: Random) -> str:
    """A row stands there once more, under another key."""
    name = _some(tree, chance)
    file = tree[name]
    row = file.cells.iloc[[chance.randrange(len(file.cells))]]
    for key in file.table.key:
        if key in row and not file.table.column(key).refers_to:
            row = row.assign(**{key: row[key] + chance.choice(["9", "-9", "x", "X", " x"])})
    if file.table.numbering:
        row = row.assign(**{file.table.numbering.column: str(len(file.cells) + 1)})
    put(tree, name, pd.concat([file.cells, row]))
    settle(tree)
    return f"{name}: a row doubled"


_CHANGES = (
    *(_emptied, _fewer, _fewer, _of_measure, _blank, _blank),
    *(_odd, _odd, _odd, _shuffled, _renamed, _doubled),
)


def mutated(base: Tree, seed: int) -> tuple[Tree, list[str]]:
    """``base`` with one to three changes, and what they were."""
    chance, tree = Random(seed), dict(base)  # noqa: S311 — for sampling
    number = chance.choice([1, 1, 1, 2, 3])
    return tree, [chance.choice(_CHANGES)(tree, chance) for _ in range(number)]
