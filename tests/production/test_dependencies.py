"""An edition is stale when what it has read has changed: never too seldom, seldom too often."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import SlzError
from slz_lib.evaluation.responses import named_places
from slz_lib.production.dependencies import UNKNOWN, Answers, answer_digest
from slz_lib.tracking import Recorder, Step, recording
from slz_lib.tracking.tracked import follow, tracked
from tests.conftest import ROOT
from tests.plain_run import PlainNotebook, library_with
from tests.production.changes import Change, changed, changes

PERIOD = "2022-2023"
EVALUATE = "slz_lib.evaluation.evaluation:evaluate"
PARTS = {"area_brief": "area", "body_brief": "body", "orp_brief": "orp"}
NOTEBOOKS = {
    name: PlainNotebook.read(ROOT / "notebooks" / f"{name}.ipynb").of_code
    for name in (*PARTS, "annual_report", "action_plan")
}
REPORT, PLAN = ("annual_report", ""), ("action_plan", "")

#: So many changes are tried, and of the editions that a change leaves valid so many are made anew.
CHANGES, MADE_ANEW = 8, 3

Key = tuple[str, str]


@dataclass(frozen=True)
class Issued:
    """Every edition once made from the real data.

    Attributes:
        shown: what each shows.
        recorded: what each has read, with digests.
    """

    shown: Mapping[Key, list[str]]
    recorded: Mapping[Key, Mapping[str, str]]

    def stale(self, change: Change) -> set[Key]:
        """The editions that would be made again."""
        now = Answers(change.dataset)
        return {key for key, recorded in self.recorded.items() if not now.unchanged(recorded)}


def shown(notebook: PlainNotebook, parameters: Mapping[str, str], **library: object) -> list[str]:
    """What the cells of code show, as JSON; ``library`` takes the place of ``slz_lib``'s own."""
    found = notebook.shown(parameters, library_with(**library))
    return [value.model_dump_json() for _, value in found]


def recorded_run(
    notebook: PlainNotebook,
    parameters: Mapping[str, str],
    evaluation: slz_lib.Evaluation,
    dataset: slz_lib.Dataset,
) -> tuple[list[str], dict[str, str]]:
    """What a notebook shows and reads, the period judged already."""
    recorder = Recorder(answer_digest)
    asked = Step(EVALUATE, {"period": PERIOD})

    def evaluate(data: Any, *_: object, **__: object) -> Any:
        return follow(data, asked, lambda _: evaluation)

    def load(_: object) -> Any:
        return tracked(dataset, (), recorder)

    return shown(notebook, parameters, load=load, evaluate=evaluate), recorder.reads()


def made_anew(key: Key, dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation) -> list[str]:
    name, part = key
    return shown(
        NOTEBOOKS[name],
        {PARTS[name]: part},
        load=lambda _: dataset,
        evaluate=lambda *_, **__: evaluation,
    )


@pytest.fixture(scope="module")
def issued(dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation) -> Issued:
    parts = {
        "area_brief": dataset.areas["id"],
        "body_brief": evaluation.uncertainty.by_body.index,
        "orp_brief": dataset.orp["id"],
    }
    keys = [(name, str(part)) for name, among in parts.items() for part in among]
    made = {
        (name, part): recorded_run(
            NOTEBOOKS[name], {PARTS[name]: part} if part else {}, evaluation, dataset
        )
        for name, part in (*keys, REPORT, PLAN)
    }
    return Issued(
        shown={key: said for key, (said, _) in made.items()},
        recorded={key: reads for key, (_, reads) in made.items()},
    )


def test_everything_that_editions_read_can_be_checked_again(issued: Issued) -> None:
    assert len(issued.recorded) == 13 + 36 + 10 + 2
    assert all(issued.recorded.values())
    assert UNKNOWN not in {found for reads in issued.recorded.values() for found in reads.values()}


def test_unchanged_data_leave_every_edition_valid(issued: Issued, dataset: slz_lib.Dataset) -> None:
    assert issued.stale(Change(replace(dataset), "nothing")) == set()


def test_a_recorded_run_shows_and_reads_what_an_analyst_would(
    issued: Issued, dataset: slz_lib.Dataset
) -> None:
    key = ("orp_brief", "ORP-5105")
    with recording(answer_digest) as recorder:
        again = shown(NOTEBOOKS[key[0]], {"orp": key[1], "data": str(dataset.root)})
    assert again == issued.shown[key]
    assert recorder.reads() == issued.recorded[key]


@pytest.mark.parametrize("number", range(CHANGES))
def test_an_edition_that_stays_valid_would_come_out_the_same(
    number: int, issued: Issued, dataset: slz_lib.Dataset
) -> None:
    draw = random.Random(number)  # noqa: S311 — a sample, no secret
    tried = draw.sample(list(changes(dataset, seed=number, of_each=1)), 8)
    for change in tried:
        try:
            evaluation = slz_lib.evaluate(change.dataset, PERIOD)
        except SlzError:
            assert len(issued.stale(change)) == len(issued.recorded), change.words
            continue
        stale = issued.stale(change)
        valid = sorted(key for key in issued.recorded if key not in stale and key[1])
        for key in draw.sample(valid, min(MADE_ANEW, len(valid))):
            again = made_anew(key, change.dataset, evaluation)
            assert again == issued.shown[key], (key, change.words)
        return
    pytest.fail("no change of the sample could be judged")


@pytest.mark.parametrize(
    ("table", "row_id", "column", "value", "expected"),
    [
        ("areas", "III", "lead_in", "Jiný úvod okruhu.", ("area_brief", "III")),
        ("orp", "ORP-5103", "population", 12345, ("orp_brief", "ORP-5103")),
        ("bodies", "KULK-ORREP", "name", "odbor jiného jména", ("body_brief", "KULK-ORREP")),
        ("measures", "III.2", "title", "Jiný název opatření", ("area_brief", "III")),
    ],
)
def test_a_change_that_an_edition_shows_makes_it_stale(
    table: str,
    row_id: str,
    column: str,
    value: object,
    expected: Key,
    issued: Issued,
    dataset: slz_lib.Dataset,
) -> None:
    row = dataset.table(table)["id"].tolist().index(row_id)
    change = changed(dataset, table, row, column, value)
    evaluation = slz_lib.evaluate(change.dataset, PERIOD)
    assert made_anew(expected, change.dataset, evaluation) != issued.shown[expected]
    assert expected in issued.stale(change)


def of_one_district(evaluation: slz_lib.Evaluation) -> list[tuple[int, str, str]]:
    """Row of the evidence, measure and district of evidence that names one district alone."""
    places = named_places(evaluation)
    single = places[places.groupby("id")["orp_id"].transform("nunique").eq(1)]
    rows = single.drop_duplicates("id").merge(evaluation.evidence[["id", "row"]], on="id")
    found = zip(rows["row"] - 2, rows["measure_id"], rows["orp_id"], strict=True)
    return [(int(row), str(measure), str(orp)) for row, measure, orp in found]


def concerned(measure: str, reporter: object, evaluation: slz_lib.Evaluation) -> set[Key]:
    """Briefs of the measure's area and of the bodies with a role in it, or that reported on it."""
    judged = evaluation.judgements.set_index("measure_id")
    roles = evaluation.dataset.measure_bodies
    bodies = {*roles.loc[roles["measure_id"].eq(measure), "body_id"].dropna(), reporter}
    area = ("area_brief", str(judged["area_id"][measure]))
    return {area, *(("body_brief", str(body)) for body in bodies)}


def test_a_note_on_one_municipality_concerns_its_district_and_few_others(
    issued: Issued, dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    evidence = dataset.evidence
    found = of_one_district(evaluation)
    assert len({orp for _, _, orp in found}) >= 3
    by_district = {orp: (row, measure) for row, measure, orp in found}
    for orp, (row, measure) in islice(by_district.items(), 4):
        change = changed(dataset, "evidence", row, "note", "Jiný zápis komentáře")
        stale = issued.stale(change)
        allowed = concerned(measure, evidence["reporter"][row], evaluation)
        assert ("orp_brief", orp) in stale
        assert REPORT in stale
        assert stale <= {("orp_brief", orp), REPORT, PLAN} | allowed, change.words
        judged = slz_lib.evaluate(change.dataset, PERIOD)
        key = ("orp_brief", orp)
        assert made_anew(key, change.dataset, judged) != issued.shown[key]


def test_a_row_more_of_one_area_is_no_matter_of_the_others(
    issued: Issued, dataset: slz_lib.Dataset
) -> None:
    """It moves the lines of all evidence that follows, which only the report tells."""
    first = dataset.evidence.iloc[[0]].assign(id="I.1-3", order=3, note="Další věta")
    more = replace(dataset, evidence=pd.concat([first, dataset.evidence], ignore_index=True))
    stale = issued.stale(Change(more, "a row more"))
    assert REPORT in stale
    assert {part for name, part in stale if name == "area_brief"} <= {"I"}
    allowed = {part for _, part in concerned("I.1", None, slz_lib.evaluate(dataset, PERIOD))}
    assert {part for name, part in stale if name == "body_brief"} <= allowed


def test_prose_that_reads_the_evidence_of_the_region_depends_on_it(
    issued: Issued, dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    prose = "%%prose brief\nPodkladů je {{ evaluation.evidence | length }}."
    longer = NOTEBOOKS["orp_brief"].with_prose(prose)
    said, recorded = recorded_run(longer, {"orp": "ORP-5101"}, evaluation, dataset)
    assert len(said) == len(issued.shown["orp_brief", "ORP-5101"]) + 1
    elsewhere = next(row for row, _, orp in of_one_district(evaluation) if orp != "ORP-5101")
    change = changed(dataset, "evidence", elsewhere, "note", "Jiný zápis komentáře")
    assert Answers(dataset).unchanged(recorded)
    assert ("orp_brief", "ORP-5101") not in issued.stale(change)
    now = Answers(change.dataset)
    changed_reads = [read for read, found in recorded.items() if not now.unchanged({read: found})]
    assert changed_reads == [f'[["{EVALUATE}",{{"period":"{PERIOD}"}}],["evidence"]]']


@pytest.mark.parametrize(
    "read",
    [
        '[["elsewhere"]]',
        '[["of_period"]]',
        '[["evidence"],["shape"]]',
        '[["os:system",{"command":"x"}]]',
        '[["slz_lib.cli:main"]]',
        '[["slz_lib.no_such_module:query"]]',
        '[["evidence",{"day":{"day":"no day"}}]]',
        '{"view":1}',
        "no json",
    ],
)
def test_a_read_that_means_nothing_is_never_valid(read: str, dataset: slz_lib.Dataset) -> None:
    assert not Answers(dataset).unchanged({read: UNKNOWN})
    assert not Answers(dataset).unchanged({read: answer_digest(None)})


def test_a_failure_is_compared_as_any_other_answer(dataset: slz_lib.Dataset) -> None:
    with recording(answer_digest) as recorder, pytest.raises(SlzError):
        slz_lib.evaluate(slz_lib.load(dataset.root), "1999-2000")
    recorded = recorder.reads()
    assert list(recorded) == [
        json.dumps([[EVALUATE, {"period": "1999-2000"}]], separators=(",", ":"))
    ]
    assert Answers(dataset).unchanged(recorded)
    periods: Any = dataset.periods.assign(id="1999-2000")
    assert not Answers(replace(dataset, periods=periods)).unchanged(recorded)
