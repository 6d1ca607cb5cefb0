"""Every table of ``data/`` described once, in the order in which they are read and reported.

The descriptions are data themselves: ``tables.csv`` has a line a table, ``columns.csv`` a line a
column, ``codes.csv`` a line a code that people call otherwise, ``filling.csv`` a line a column that
another one of its row asks to be filled or empty. ``counts``, ``within`` and ``once`` make a
:class:`Numbering`; lists are divided by spaces; ``values`` lists what is permitted, or names
the words of :mod:`slz_lib.vocabulary` that are. A ``nullable`` column that is ``optional`` may be
missing in a file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from slz_lib import vocabulary
from slz_lib.dataset.schemas.description import Column, Numbering, Table, ValueKind

_FOLDER = Path(__file__).parent
#: With what a table ends whose rows come from a source (``sourced``).
PROVENANCE = (
    Column("source_id", "podklad, z něhož řádek pochází", refers_to="sources"),
    Column("source_place", "místo v podkladu"),
)
_WHEN = rf"{vocabulary.YEAR}(-(0[1-9]|1[0-2])(-[0-9]{{2}})?)?"
_EXPECTED = "den ve tvaru RRRR-MM-DD, měsíc RRRR-MM nebo rok"
#: Of a dated table, from when to when a row holds; a description of its own goes before this one.
VALIDITY = tuple(
    Column(name, text, nullable=True, optional=True, pattern=_WHEN, wording=_EXPECTED)
    for name, text in (
        ("valid_from", "od kdy údaj platí; prázdné, když odjakživa nebo od neznámého dne"),
        ("valid_to", "dokdy údaj platil; prázdné, dokud neskončí nebo jej nevystřídá další řádek"),
    )
)
#: Tables whose rows have days of another kind, or are chosen by rows that have.
_OTHERWISE_DATED = (
    *("sources", "measures", "successions", "statuses", "audit_rules"),
    *("evaluation_rules", "rule_conditions", "reach_terms", "dispute_rules"),
)


def _lines(file: str) -> list[dict[str, str]]:
    with (_FOLDER / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _table(line: Mapping[str, str], columns: Sequence[Column]) -> Table:
    within = tuple(line["within"].split())
    # A table in the folder of a period or plan is of its time.
    of_its_time = line["path"].startswith(("periods/", "plans/"))
    dated = not of_its_time and line["name"] not in _OTHERWISE_DATED
    own = {column.name for column in columns}
    validity = (column for column in VALIDITY if dated and column.name not in own)
    return Table(
        name=line["name"],
        path=line["path"],
        title=line["title"],
        columns=(*columns, *validity, *(PROVENANCE if line["sourced"] == "true" else ())),
        key=tuple(line["key"].split()),
        numbering=(
            Numbering(line["counts"], within, line["once"] or None) if line["counts"] else None
        ),
        filled=line["filled"] == "true",
        dated=dated,
    )


def _column(line: Mapping[str, str]) -> Column:
    return Column(
        name=line["name"],
        description=line["description"],
        kind=ValueKind[line["kind"].upper()],
        nullable=line["nullable"] in ("true", "optional"),
        optional=line["nullable"] == "optional",
        permitted=_permitted(line["values"]),
        words=_words(line),
        pattern=line["pattern"] or None,
        minimum=int(line["minimum"]) if line["minimum"] else None,
        maximum=int(line["maximum"]) if line["maximum"] else None,
        refers_to=line["refers_to"] or None,
        wording=line["expected"],
    )


def _permitted(values: str) -> tuple[str, ...]:
    words: type[StrEnum] | None = getattr(vocabulary, values, None) if values else None
    return tuple(values.split()) if words is None else tuple(str(word) for word in words)


def _words(line: Mapping[str, str]) -> tuple[str, ...]:
    """What people call the permitted values: labels of the vocabulary, or of ``codes.csv``."""
    named = getattr(vocabulary, line["values"], None) if line["values"] else None
    if isinstance(named, type) and issubclass(named, vocabulary.Labelled):
        return tuple(vocabulary.labels(named).values())
    place = f"{line['table']}.{line['name']}"
    return tuple(
        _LABELS.get((place, code), _LABELS.get(("", code), code))
        for code in _permitted(line["values"])
    )


#: (column or nothing for any, code) → what people call it.
_LABELS = {(line["column"], line["code"]): line["label"] for line in _lines("codes.csv")}


def _described() -> tuple[Table, ...]:
    columns: dict[str, list[Column]] = {}
    for line in _lines("columns.csv"):
        columns.setdefault(line["table"], []).append(_column(line))
    return tuple(_table(line, columns.pop(line["name"])) for line in _lines("tables.csv"))


TABLES = _described()
BY_NAME = {described.name: described for described in TABLES}
#: What a column of a row asks of another: that it is filled, empty, or one of some codes.
FILLING = tuple(_lines("filling.csv"))
#: The tables in the folder of a period.
OF_PERIOD = tuple(found for found in TABLES if found.path.startswith("periods/"))
#: The tables in the folder of a plan.
OF_PLAN = tuple(found for found in TABLES if found.path.startswith("plans/"))

__all__ = [
    "BY_NAME",
    "FILLING",
    "OF_PERIOD",
    "OF_PLAN",
    "PROVENANCE",
    "TABLES",
    "Column",
    "Numbering",
    "Table",
    "ValueKind",
]
