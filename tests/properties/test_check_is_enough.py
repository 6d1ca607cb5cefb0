"""What passes ``slz check`` can be issued: every edition, whatever is empty, missing or odd.

Each test changes data that are in order and asserts that either the change is told, one sentence a
fault, or that every edition is made and passes the gate. ``SLZ_SEEDS=300`` tries so many seeds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from slz_lib.production.catalogue import FORMATS
from tests.cases.spoiling import faults_of
from tests.conftest import ROOT, SYNTHETIC
from tests.samples.issuing import told_or_issued
from tests.samples.mutating import Tree, mutated, put, read_tree, settle, write_tree

# Not traced, which would take half as long again: others run the same lines.
pytestmark = [pytest.mark.thorough, pytest.mark.no_cover]

MANY = "SLZ_SEEDS" in os.environ
SEEDS = range(int(os.environ.get("SLZ_SEEDS", "6")))
#: Of these the synthetic data have too few for every case to be decided.
_RULES = ("evaluation_rules", "rule_conditions", "reach_terms", "dispute_rules")
PERIOD = "periods/2022-2023"
#: One sentence with its place, or how many more there are.
_TOLD = re.compile(r"(data/\S+(, řádek \d+)?(, (sloupec|sada) .+?)?: .+|Rozhodnutí .+|… a .+)")


def base() -> Tree:
    """The synthetic data with the real rules: small, and in order."""
    tree, real = read_tree(SYNTHETIC), read_tree(ROOT / "data")
    tree |= {f"rules/{name}.csv": real[f"rules/{name}.csv"] for name in _RULES}
    own, other = tree["sources.csv"].cells, real["sources.csv"].cells
    put(tree, "sources.csv", pd.concat([own, other[~other["id"].isin(own["id"])]]))
    return tree


def outcome(tree: Tree, folder: Path, *formats: str, every: bool = True) -> list[str]:
    """What is told of the data; nothing when all editions have been made, or those at the ends."""
    write_tree(tree, folder / "data")
    told = told_or_issued(folder / "data", formats or ("html",), every=every)
    for line in told:
        assert _TOLD.fullmatch(line), line
        assert not re.search(r"Traceback|\w+Error\b", line)
    return told


def replaced(name: str, column: str, old: str, new: str) -> Callable[[Tree], None]:
    """A change of one value of a column, wherever it stands there."""

    def change(tree: Tree) -> None:
        cells = tree[name].cells
        assert cells[column].eq(old).any()
        put(tree, name, cells.assign(**{column: cells[column].mask(cells[column].eq(old), new)}))

    return change


def without(name: str, column: str, value: str) -> Callable[[Tree], None]:
    """A change that drops the rows with a value, and what refers to them."""

    def change(tree: Tree) -> None:
        cells = tree[name].cells
        assert cells[column].eq(value).any()
        put(tree, name, cells[cells[column].ne(value)])
        settle(tree)

    return change


def all_of(*changes: Callable[[Tree], None]) -> Callable[[Tree], None]:
    """Several changes, one after another."""

    def change(tree: Tree) -> None:
        for each in changes:
            each(tree)

    return change


ISSUED = {
    "no co-operation, a single lead of all, dates known to the month and to the day": all_of(
        without("strategy/measure_bodies.csv", "role", "cooperating"),
        replaced("strategy/measure_bodies.csv", "body_id", "KULK-OSV", "KULK"),
        replaced("sources.csv", "published", "2024-03-31", "2026-01"),
        replaced("territory/partnerships.csv", "valid_from", "2016-01", "2016-01-15"),
    ),
    "an area without measures": without("strategy/measures.csv", "id", "II.1"),
    "a strategy of a single area": without("strategy/areas.csv", "id", "I"),
}


@pytest.mark.parametrize("case", ISSUED)
def test_it_is_issued(case: str, tmp_path: Path) -> None:
    tree = base()
    ISSUED[case](tree)
    assert outcome(tree, tmp_path) == []


def test_signs_that_formats_steer_by_are_only_signs(tmp_path: Path) -> None:
    tree = base()
    signs = "**a** _b_ `c` [](#x) <b>&amp; {{ 1/0 }} {% x %} #set $x$ @y \\textbf{z} | *k ~ ^ %"
    titles, comments = "strategy/measures.csv", f"{PERIOD}/decisions.csv"
    for name, column in ((titles, "title"), (comments, "commentary")):
        put(tree, name, tree[name].cells.assign(**{column: signs}))
    assert outcome(tree, tmp_path, *FORMATS) == []


def loads(tree: Tree, folder: Path) -> bool:
    """Whether the data of ``tree`` have no fault."""
    write_tree(tree, folder / "data")
    told = faults_of(folder / "data")
    assert all(map(_TOLD.fullmatch, told)), told
    return not told


EMPTY = [name for name, file in base().items() if not file.table.filled and len(file.cells)]
#: So many tables are empty at once, unless each of them is tried alone; those of one folder, which
#: go together, never are.
TOGETHER = 1 if MANY else 4


@pytest.mark.parametrize("first", range(-(-len(EMPTY) // TOGETHER)))
def test_tables_may_be_empty(first: int, tmp_path: Path) -> None:
    tree = base()
    for name in EMPTY[first :: -(-len(EMPTY) // TOGETHER)]:
        emptied = dict(tree)
        put(emptied, name, emptied[name].cells.iloc[:0])
        settle(emptied)
        if loads(emptied, tmp_path):
            tree = emptied
    outcome(tree, tmp_path)


@pytest.mark.parametrize("folder", sorted({name.split("/")[0] for name in base()}))
def test_optional_columns_may_be_blank(folder: str, tmp_path: Path) -> None:
    """They are blanked a table at once, or where that is told, one after another unless told."""
    tree = base()

    def blank(name: str, columns: list[str]) -> bool:
        blanked = dict(tree)
        put(blanked, name, tree[name].cells.assign(**dict.fromkeys(columns, "")))
        accepted = loads(blanked, tmp_path)
        if accepted:
            tree.update(blanked)
        return accepted

    blanked = 0
    for name, file in list(tree.items()):
        columns = [
            column.name
            for column in file.columns
            if column.nullable and file.cells[column.name].ne("").any()
        ]
        if columns and name.startswith(folder):
            whole = blank(name, columns)
            blanked += len(columns) if whole else sum(blank(name, [one]) for one in columns)
    if blanked:
        assert outcome(tree, tmp_path) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_changed_is_told_or_issued(seed: int, tmp_path: Path) -> None:
    _told_or_issued(base(), seed, tmp_path, every=True)


@pytest.mark.parametrize("seed", SEEDS if MANY else SEEDS[:2])
def test_whatever_is_changed_in_the_real_data_is_told_or_issued(seed: int, tmp_path: Path) -> None:
    _told_or_issued(read_tree(ROOT / "data"), seed, tmp_path, every=MANY)


def _told_or_issued(tree: Tree, seed: int, folder: Path, *, every: bool) -> None:
    changed, changes = mutated(tree, seed)
    try:
        outcome(changed, folder, every=every)
    except Exception as error:
        error.add_note(f"seed {seed}: {'; '.join(changes)}")
        raise
