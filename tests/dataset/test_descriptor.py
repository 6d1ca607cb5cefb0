"""The Data Package descriptor says of every file what the loader demands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from slz_lib.dataset.descriptor import descriptor
from slz_lib.dataset.schemas import TABLES, Kind
from tests.dataset.conftest import SYNTHETIC


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    return descriptor(["2022-2023"], ["2024-2025"])


def resource(package: dict[str, Any], name: str) -> dict[str, Any]:
    return next(found for found in package["resources"] if found["name"] == name)


def test_every_file_is_a_resource_and_every_resource_a_file(package: dict[str, Any]) -> None:
    paths = {Path(found["path"]) for found in package["resources"]}
    assert paths == {path.relative_to(SYNTHETIC) for path in SYNTHETIC.rglob("*.csv")}


def test_fields_are_the_headers_in_their_order(package: dict[str, Any]) -> None:
    for found in package["resources"]:
        header = (SYNTHETIC / found["path"]).read_text("utf-8").splitlines()[0]
        assert ",".join(field["name"] for field in found["schema"]["fields"]) == header


def test_keys_and_foreign_keys_name_fields_that_exist(package: dict[str, Any]) -> None:
    fields = {
        found["name"]: {field["name"] for field in found["schema"]["fields"]}
        for found in package["resources"]
    }
    for found in package["resources"]:
        assert set(found["schema"]["primaryKey"]) <= fields[found["name"]]
        for key in found["schema"].get("foreignKeys", []):
            target = key["reference"].get("resource", found["name"])
            assert set(key["fields"]) <= fields[found["name"]]
            assert set(key["reference"]["fields"]) <= fields[target]


def test_a_field_carries_type_constraints_and_description(package: dict[str, Any]) -> None:
    fields = resource(package, "measures")["schema"]["fields"]
    assert next(field for field in fields if field["name"] == "deadline_kind") == {
        "name": "deadline_kind",
        "type": "string",
        "description": "druh termínu",
        "constraints": {"required": True, "enum": ["fixed", "continuous", "event"]},
    }


def test_a_table_that_refers_to_itself_names_no_resource(package: dict[str, Any]) -> None:
    keys = resource(package, "bodies")["schema"]["foreignKeys"]
    assert {"fields": ["parent_id"], "reference": {"fields": ["id"]}} in keys


def test_a_period_gives_its_files_and_their_names_its_id() -> None:
    both = descriptor(["2022-2023", "2024-2025"], [])
    assert [r["path"] for r in both["resources"] if r["name"].startswith("evidence")] == [
        "periods/2022-2023/evidence.csv",
        "periods/2024-2025/evidence.csv",
    ]


def test_the_descriptor_is_plain_json(package: dict[str, Any]) -> None:
    assert json.loads(json.dumps(package, ensure_ascii=False)) == package


def test_every_column_is_described_in_words() -> None:
    columns = [column for table in TABLES for column in table.columns]
    assert [column.name for column in columns if not column.description] == []
    assert {column.kind for column in columns} == set(Kind)


def test_references_and_keys_of_the_descriptions_exist() -> None:
    names = {table.name for table in TABLES}
    for table in TABLES:
        assert {column.refers_to for column in table.references} <= names
        assert set(table.key) <= {column.name for column in table.columns}
