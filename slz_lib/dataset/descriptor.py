"""The Data Package (version 2) descriptor of ``data/``, made from the descriptions of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from slz_lib.dataset.schemas import TABLES, Column, Table

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
TITLE = "Strategie sociálního začleňování Libereckého kraje 2021+: opatření a jejich plnění"


def descriptor(periods: Iterable[str], horizons: Iterable[str]) -> dict[str, Any]:
    """The descriptor of a folder with these evaluated periods and planning horizons.

    A file is a resource; files of a period or horizon are called ``<table>-<id>``.
    """
    folders = {"period_id": tuple(periods), "horizon_id": tuple(horizons)}
    resources = [
        _resource(table, folder) for table in TABLES for folder in _folders(table, folders)
    ]
    return {
        "$schema": PACKAGE_PROFILE,
        "name": "strategie-socialniho-zaclenovani-lk",
        "title": TITLE,
        "resources": resources,
    }


def _folders(table: Table, folders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return ("",) if table.folder_column is None else folders[table.folder_column]


def _name(table: str, folder: str) -> str:
    return f"{table}-{folder}" if folder else table


def _resource(table: Table, folder: str) -> dict[str, Any]:
    return {
        "name": _name(table.name, folder),
        "type": "table",
        "path": table.file(folder),
        "title": f"{table.title} {folder}".strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(column) for column in table.file_columns],
        "missingValues": [""],
        "primaryKey": [name for name in table.key if name != table.folder_column],
    }
    foreign = [
        {
            "fields": [column.name],
            "reference": _reference(str(column.refers_to), table),
        }
        for column in table.references
        if _one_file(str(column.refers_to))
    ]
    return {**described, "foreignKeys": foreign} if foreign else described


def _one_file(name: str) -> bool:
    """Whether a table is a single resource, so that a foreign key can name it."""
    return next(table for table in TABLES if table.name == name).folder_column is None


def _reference(target: str, table: Table) -> dict[str, Any]:
    key = next(known for known in TABLES if known.name == target).key[-1]
    # Data Package 2: a reference without ``resource`` points to the same table.
    return {"fields": [key]} if target == table.name else {"resource": target, "fields": [key]}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.permitted:
        constraints["enum"] = [str(value) for value in column.permitted]
    if column.pattern is not None:
        constraints["pattern"] = f"^(?:{column.pattern})$"
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    field = {
        "name": column.name,
        "type": column.kind.value.field_type,
        "description": column.description,
    }
    return {**field, "constraints": constraints} if constraints else field
