"""Whatever is added for a later period, what is said of an earlier one stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.schemas import PROVENANCE, TABLES, VALIDITY, Table, ValueKind
from slz_lib.dataset.views import on_day
from slz_lib.evaluation import Evaluation
from slz_lib.production.catalogue import DISTRICT_BRIEF, FORMATS, KINDS, Edition, editions
from slz_lib.production.workplace import locate
from tests.commands.sample import files, produce
from tests.samples.issuing import issue
from tests.samples.next_period import next_period
from tests.samples.written import write_dataset

# Not traced, which would take half as long again: others run the same lines.
pytestmark = [pytest.mark.thorough, pytest.mark.no_cover]

PERIOD = "2022-2023"
LATER = "2024-01-01"
DATED = [table for table in TABLES if table.dated]
#: Tables whose rows may end without anything that refers to them.
ENDING = {"links", "abbreviations", "partnerships", "goal_conditions", "indicators"}


def reworded(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows as they read from a later day on: each free text is another one."""
    free = [
        column.name
        for column in table.columns
        if column.kind is ValueKind.TEXT
        and column.name not in (*table.key, "quantity", "code")
        and column not in (*PROVENANCE, *VALIDITY)
        and not (column.pattern or column.permitted or column.refers_to)
    ]
    texts = {name: rows[name] + " později" for name in free}
    return rows.assign(**texts, valid_from=LATER, source_id="vlastni-cteni")


def with_later_facts(dataset: slz_lib.Dataset, seed: int) -> slz_lib.Dataset:
    """Rows of every dated table that hold from a later day, and rows that end after it."""
    chance = Random(seed)  # noqa: S311 — for sampling
    changed: dict[str, Any] = {}
    for table in DATED:
        frame = dataset.table(table.name)
        some = chance.sample(range(len(frame)), min(len(frame), 6))
        later = reworded(frame.iloc[some[:3]], table)
        if table.name in ENDING:
            ended = frame.index.isin(some[3:])
            frame = frame.assign(valid_to=frame["valid_to"].mask(ended, "2024-06"))
        changed[table.name] = pd.concat([later, frame], ignore_index=True).astype(frame.dtypes)
    law = dataset.laws.iloc[:1].assign(
        id="1-2030", number="1/2030 Sb.", name="zákon o zkoušce", awaited_as=None
    )
    law = law.assign(valid_from="2030-01-01").astype(dataset.laws.dtypes)
    changed["laws"] = pd.concat([dataset.laws, law], ignore_index=True)
    rules = dataset.evaluation_rules.assign(valid_from=pd.Timestamp("2024-06-01"))
    rules = rules.assign(id=rules["id"] + "-B", version=rules["version"] + "-B")
    conditions = dataset.rule_conditions
    return replace(
        dataset,
        **changed,
        evaluation_rules=pd.concat([dataset.evaluation_rules, rules], ignore_index=True),
        rule_conditions=pd.concat(
            [conditions, conditions.assign(rule_id=conditions["rule_id"] + "-B")],
            ignore_index=True,
        ),
    )


@pytest.fixture(scope="module")
def followed(dataset: slz_lib.Dataset) -> slz_lib.Dataset:
    """The real period with a later one and its plan: measures, partner, source, statuses."""
    return next_period(dataset)


@pytest.fixture(scope="module")
def later(followed: slz_lib.Dataset) -> slz_lib.Dataset:
    return with_later_facts(followed, 0)


def tables_of(evaluation: Evaluation) -> dict[str, pd.DataFrame]:
    """All that an evaluation and the plan that follows it are made of and say."""
    kept = {table.name: evaluation.dataset.table(table.name) for table in TABLES}
    # Lists of what there is; of each, an edition reads what is its own.
    for name in ("periods", "horizons", "rule_conditions"):
        kept.pop(name)
    named = ("judgements", "criteria", "claims", "decisions", "evidence", "observations")
    kept |= {f"judged {name}": getattr(evaluation, name) for name in named}
    applied = ("rules", "conditions", "terms", "disputes")
    kept |= {f"applied {name}": getattr(evaluation.rule_set, name) for name in applied}
    plan = slz_lib.draft_plan(evaluation, "2024-2025")
    return kept | {"plan decisions": plan.decisions, "plan steps": plan.steps}


@pytest.fixture(scope="module")
def before(evaluation: slz_lib.Evaluation) -> dict[str, pd.DataFrame]:
    return tables_of(evaluation)


@pytest.mark.parametrize("seed", range(4))
def test_tables_of_an_earlier_period_are_the_same(
    before: dict[str, pd.DataFrame], followed: slz_lib.Dataset, seed: int
) -> None:
    after = tables_of(slz_lib.evaluate(with_later_facts(followed, seed), PERIOD))
    assert list(before) == list(after)
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, after[name], obj=name)


def test_what_was_added_shows_from_its_day(
    dataset: slz_lib.Dataset, later: slz_lib.Dataset
) -> None:
    """The law would hold as well if nothing was ever seen of what is added."""
    for day, changed in ((date(2023, 12, 31), False), (date(2024, 1, 1), True)):
        names = on_day(later, day).bodies.set_index("id")["name"]
        before = dataset.bodies.set_index("id")["name"].reindex(names.index)
        assert names.ne(before).any() == changed
        assert names.index.is_unique
    assert on_day(later, date(2024, 6, 30)).links.equals(on_day(later, date(2024, 6, 1)).links)
    assert len(on_day(later, date(2024, 7, 1)).links) < len(on_day(later, date(2024, 6, 30)).links)


def some_editions(dataset: slz_lib.Dataset) -> list[Edition]:
    """Report and plan, and the first brief of each kind, that of a district in all formats."""
    found = list(editions(dataset, PERIOD, list(KINDS), ("html",), {}))
    first = {edition.publication: edition for edition in reversed(found)}
    district = first.pop(DISTRICT_BRIEF)
    return [*first.values(), replace(district, formats=FORMATS)]


def test_editions_of_an_earlier_period_are_the_same_to_the_byte(
    dataset: slz_lib.Dataset, later: slz_lib.Dataset, tmp_path: Path
) -> None:
    made = []
    for name, one in (("before", dataset), ("after", later)):
        write_dataset(one, tmp_path / name / "data")
        place = locate(tmp_path / name / "data", tmp_path / name / "reports")
        read = slz_lib.load(place.data)
        assert [edition.name for edition in editions(read, PERIOD, list(KINDS), (), {})] == [
            edition.name for edition in editions(dataset, PERIOD, list(KINDS), (), {})
        ]
        for edition in some_editions(read):
            if edition.publication is DISTRICT_BRIEF:
                produce(edition, place, read)
            else:
                issue(edition, place.data, place.reports)
        made.append(files(place.reports))
    before, after = made
    assert list(before) == list(after)
    assert {name.rpartition(".")[2] for name in before} == {*FORMATS, "ipynb", "json"}
    assert [name for name in before if before[name] != after[name]] == []
