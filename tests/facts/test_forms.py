"""Forms ask each body for its measures, once, and their workbooks take answers and nothing else."""

from __future__ import annotations

import email
import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import policy
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pandas as pd
import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.collection.form_workbook import PROPERTY, workbook
from slz_lib.collection.forms import (
    CAPACITY,
    DETAILS,
    IDENTITY,
    INTRO,
    MEASURES,
    RESPONDENT,
    STEPS,
    Answer,
    Form,
    FormSheet,
)
from slz_lib.collection.questions import Questions, questions
from slz_lib.dataset import Dataset
from slz_lib.language import format_number
from slz_lib.production.sending import asked, form_files
from slz_lib.vocabulary import STATE_LABELS
from tests.commands.batch_sample import command, environment
from tests.commands.sample import files
from tests.conftest import ROOT
from tests.samples.next_period import DROPPED, MERGED, NEW, REWORDED, next_period
from tests.samples.office import printed, saved
from tests.strategies.test_city import CITY, FOREIGN

PERIOD = "2024-2025"
UNTIL = date(2026, 2, 28)


@pytest.fixture(scope="module")
def real(dataset: Dataset) -> Questions:
    return asked(dataset, PERIOD)


@pytest.fixture(scope="module")
def forms(real: Questions) -> list[Form]:
    return [real.form(body, UNTIL) for body in real.bodies]


def rows(form: Form, sheet: str) -> pd.DataFrame:
    found = form.sheet(sheet)
    return pd.DataFrame() if found is None else found.rows


def opened(form: Form) -> Any:
    return opened_file(workbook(form))


def opened_file(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def answering(book: Any, form: Form) -> Iterator[tuple[FormSheet, Any]]:
    """The sheets that are tables from the first row on."""
    yield from ((sheet, book[sheet.title]) for sheet in form.sheets if sheet.name != INTRO)


def test_each_body_with_a_role_is_asked_for_each_of_its_measures_once(
    forms: list[Form], plan: slz_lib.ActionPlan
) -> None:
    roles = pd.read_csv(ROOT / "data/strategy/measure_bodies.csv", dtype="str").dropna(
        subset="body_id"
    )
    wanted = {(body, measure) for measure, body in roles[["measure_id", "body_id"]].to_numpy()}
    found = [(form.identity.body, id_) for form in forms for id_ in rows(form, MEASURES).measure_id]
    assert len(found) == len(set(found)) == len(wanted) == 366
    assert set(found) == wanted
    leading = set(roles[roles["role"] == "lead"][["body_id", "measure_id"]].agg(tuple, axis=1))
    for form in forms:
        measures = rows(form, MEASURES)
        assert set(rows(form, DETAILS).measure_id) == set(measures.measure_id)
        assert not rows(form, DETAILS).duplicated(["measure_id", "criterion"]).any()
        led = measures.measure_id[measures.role == "gestor"]
        assert {(form.identity.body, id_) for id_ in led} <= leading
    steps = [
        (form.identity.body, id_) for form in forms for id_ in rows(form, STEPS).get("step_id", [])
    ]
    by_lead = plan.steps.assign(body=plan.steps["lead"].str.split(";")).explode("body")
    ends = by_lead["deadline"]
    by_lead = by_lead[by_lead["body"].ne("") & (ends.le("2025-12-31") | ends.isna())]
    assert sorted(steps) == sorted(by_lead[["body", "id"]].agg(tuple, axis=1))
    efforts = plan.steps.set_index("id")["effort"].map(format_number)
    for form in forms:
        of_form = rows(form, STEPS)
        items = set(rows(form, INTRO)["item"])
        assert (RESPONDENT[CAPACITY] in items) == (form.identity.body in set(by_lead["body"]))
        for id_, assumed in of_form.reindex(columns=["step_id", "step_assumed"]).to_numpy():
            assert assumed == efforts[id_]
    osv = next(form for form in forms if form.identity.body == "KULK-OSV")
    assert any("v\u00a0plánu je zatím 50" in step for step in osv.how)


def test_what_was_answered_last_stands_in_the_form(
    forms: list[Form], evaluation: slz_lib.Evaluation
) -> None:
    form = next(form for form in forms if form.identity.body == "KULK-OSV")
    decisions = evaluation.decisions.set_index("measure_id")
    labels = {step.code: step.label for step in evaluation.scale}
    for measure, status, answer in rows(form, MEASURES)[
        ["measure_id", "last_status", "last_answer"]
    ].to_numpy():
        last = decisions.loc[measure]
        assert status == labels[last["status"]]
        assert answer == (
            last["commentary"] if pd.notna(last["commentary"]) else STATE_LABELS["nothing_supplied"]
        )


def test_a_body_that_stands_for_many_says_for_whom_it_answers(forms: list[Form]) -> None:
    by_body = {form.identity.body: form for form in forms}
    places = {RESPONDENT["place"], RESPONDENT["organisation"]}
    for body, many in (("OBCE", True), ("NNO", True), ("KULK-OSV", False)):
        items = set(rows(by_body[body], INTRO)["item"])
        assert (places <= items, bool(places & items)) == (many, many)
        assert ("Tanvald" in by_body[body].places) is many


def test_the_next_period_asks_what_then_holds_whether_it_was_laid_out_or_not(
    dataset: Dataset,
) -> None:
    laid_out = next_period(dataset, "empty")
    before = laid_out.periods["id"].ne(PERIOD)
    not_yet = replace(
        laid_out,
        periods=laid_out.periods[before],
        decisions=laid_out.decisions[laid_out.decisions["period_id"].ne(PERIOD)],
    )
    first, second = (questions(each, PERIOD).measures for each in (laid_out, not_yet))
    pd.testing.assert_frame_equal(first, second)
    assert not {DROPPED, MERGED} & set(first.measure_id)
    by_id = first.set_index("measure_id")
    assert by_id.loc[NEW, "last_answer"] == ""
    newest = laid_out.measures[laid_out.measures["id"] == REWORDED].iloc[-1]
    assert str(by_id.loc[REWORDED, "wording"]).endswith(newest["designation"])
    whole = questions(laid_out, PERIOD)
    asked_of_all = {
        id_ for body in whole.bodies for id_ in whole.form(body, UNTIL).sheets[1].rows.measure_id
    }
    assert asked_of_all == set(whole.roles["measure_id"]) >= {NEW}


@pytest.mark.parametrize("folder", ["city/data", "national/data"])
def test_another_strategy_asks_in_its_own_words(folder: str) -> None:
    other = slz_lib.load(CITY.parent / folder)
    last = other.periods.sort_values("end")["end"].iloc[-1]
    found = asked(other, str(last.year + 1))
    asker = str(other.strategy["region"].iloc[0])
    for body in found.bodies[:3]:
        form = found.form(body, UNTIL)
        cells = (cell.value for sheet in opened(form) for row in sheet for cell in row)
        texts = {str(value) for value in cells if value is not None}
        assert not {"nan", "None", "<NA>"} & texts
        told = " ".join(texts)
        assert not (FOREIGN.search(told) and folder.startswith("city"))
        assert set(form_files(form, asker)) == {
            f"{form.identity.form}.{kind}" for kind in ("xlsx", "docx", "ics", "eml")
        }


def test_drop_downs_refuse_and_only_answers_are_open(forms: list[Form]) -> None:
    form = next(form for form in forms if form.identity.body == "KULK-OSV")
    book = opened(form)
    for described, sheet in answering(book, form):
        assert [cell.value for cell in sheet[1]] == [column.heading for column in described.columns]
        assert sheet.protection.sheet
        assert sheet.freeze_panes
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert not sheet.merged_cells.ranges
        offered = {
            str(each.sqref).split(":")[0][0]: each for each in sheet.data_validations.dataValidation
        }
        for cell, column in zip(sheet[2], described.columns, strict=True):
            assert cell.protection.locked == (column.given and not described.grows)
            if column.options:
                rule = offered[cell.column_letter]
                assert (rule.type, bool(rule.showErrorMessage)) == ("list", column.only)
                title, cells = rule.formula1.replace("$", "").split("!")
                listed = [each[0].value for each in book[title.strip("'")][cells]]
                assert listed == list(column.options)
        assert all(cell.protection.locked for cell in sheet[1])
    answer = next(column for column in form.sheets[1].columns if column.name == "answer")
    assert answer.options == tuple(each.label for each in Answer)
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    told = dict(book["Úvod"].iter_rows(max_col=2, values_only=True))
    for name, text in form.identity.texts.items():
        assert properties[PROPERTY.format(name)] == told[IDENTITY[name]] == text


def test_text_of_data_is_text_and_too_much_of_it_is_cut(dataset: Dataset) -> None:
    evil = dataset.measures.assign(title="=1+1", indicator="@SUM(A1)")
    evil.loc[0, "designation"] = "slovo " * 10_000
    form = questions(replace(dataset, measures=evil), PERIOD).form("LK", UNTIL)
    cells = [cell for _, sheet in answering(opened(form), form) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(str(cell.value).startswith("=1+1\n") for cell in cells)
    assert any(str(cell.value).endswith("… (zkráceno)") for cell in cells)


def test_a_form_asks_again_of_some_rows_only(forms: list[Form]) -> None:
    form = next(form for form in forms if form.identity.body == "KULK-OSV")
    of_one = form.sheets[1].rows["measure_id"].eq("I.2")
    measures = replace(form.sheets[1], rows=form.sheets[1].rows[of_one])
    again = form.again(2, [measures, replace(form.sheets[-1], rows=form.sheets[-1].rows.head(0))])
    assert [sheet.name for sheet in again.sheets] == [INTRO, MEASURES]
    assert list(rows(again, MEASURES).measure_id) == ["I.2"]
    assert again.identity.digest != form.identity.digest
    told = rows(again, INTRO).set_index("item")["value"]
    assert told[IDENTITY["round"]] == "2"
    assert told[IDENTITY["digest"]] == again.identity.digest
    assert form.again(1, form.sheets[1:]).identity == form.identity


def test_the_mail_carries_the_form_and_the_calendar_reminds_a_week_before(
    forms: list[Form],
) -> None:
    files = form_files(forms[0], "Liberecký kraj")
    name = forms[0].identity.form
    draft: Any = email.message_from_bytes(files[f"{name}.eml"], policy=policy.default)
    assert draft["X-Unsent"] == "1"
    assert (draft["To"], draft["From"]) == ("", None)
    assert draft["Subject"].endswith(f"za období 2024–2025: {forms[0].addressed}")
    carried = {
        part.get_filename(): part.get_payload(decode=True) for part in draft.iter_attachments()
    }
    assert carried == {each: files[each] for each in files if not each.endswith(".eml")}
    event = icalendar.Calendar.from_ical(files[f"{name}.ics"]).walk("VEVENT")[0]
    assert event.decoded("dtstart") == UNTIL
    assert event.walk("VALARM")[0].decoded("trigger") == timedelta(days=-7)


@pytest.mark.thorough
def test_forms_are_the_same_under_another_clock_and_locale(tmp_path: Path) -> None:
    made = []
    for folder in ("a", "b"):
        out = tmp_path / folder
        words = ["forms", "make", PERIOD, "--body", "kulk-kriz", "--body", "obce", "--out"]
        if folder == "a":
            assert main([*words, str(out)]) == 0
        else:
            elsewhere = environment(TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="2")
            order = command(*words, str(out))
            subprocess.run(order, check=True, capture_output=True, env=elsewhere)
        made.append(files(out))
    assert len(made[0]) == 8
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            [PERIOD, "--body", "KULK-OSSV"],
            "Subjekt „KULK-OSSV“ data neznají; nejbližší je „KULK-OSV“.",
        ),
        ([PERIOD, "--body", "cvt"], "Subjekt „CVT“ nemá v období 2024–2025 roli."),
        (["2024-25"], "není rok ani rozpětí let"),
        ([PERIOD, "--until", "28. 2. 2026"], "není datum"),
        ([PERIOD, "--until", "2023-02-28"], "předchází období 2024–2025"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forms", "make", *words, "--out", str(tmp_path / "sber")]) != 0
    assert sentence in capsys.readouterr().err.replace("\u00a0", " ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.thorough
def test_libreoffice_keeps_the_form_and_prints_the_letter_on_one_page(
    forms: list[Form], tmp_path: Path
) -> None:
    form = next(form for form in forms if form.identity.body == "OBCE")
    paths = []
    for name, content in form_files(form, "Liberecký kraj").items():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)
    (again,) = saved(paths[:1], tmp_path / "znovu", "xlsx")
    before, after = opened(form), opened_file(again.read_bytes())
    for described, sheet in answering(before, form):
        kept = after[described.title]
        assert kept.protection.sheet
        assert len(kept.data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
        for row in sheet.iter_rows(max_row=len(described.rows) + 1):
            for cell in row:
                same = kept[cell.coordinate]
                assert (same.value, same.protection.locked) == (cell.value, cell.protection.locked)
    assert {each.name for each in after.custom_doc_props.props} >= set(
        map(PROPERTY.format, form.identity.texts)
    )
    text = printed([paths[1]], tmp_path / "tisk")[paths[1].name]
    assert "strana1/1" in text
