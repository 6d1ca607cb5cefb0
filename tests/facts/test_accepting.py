"""Accepting returned answers: each row has its cell, nothing is invented, nothing counts twice.

All answers are synthetic.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

import slz_lib
from slz_lib.collection.accepting import Acceptance, accepted
from slz_lib.collection.forms import CAPACITY
from slz_lib.collection.inbox import Collected, collected
from slz_lib.collection.intake import QUARANTINED, STAGED
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.dataset.loading import load_to_begin
from slz_lib.dataset.opening import opening, plan_opening
from slz_lib.errors import ParameterError
from slz_lib.presentation import tables
from slz_lib.production.transactions import write_opening
from tests.conftest import ROOT

PERIOD = "2024-2025"
Cell = dict[str, object]
NONE = pd.DataFrame(columns=QUARANTINED)


def returned(
    body: str, *cells: Cell, place: str = "", organisation: str = "", number: int = 1
) -> pd.DataFrame:
    """Cells of one returned file, as intake stages them."""
    file = f"{body}-{place}{organisation}-{number}.xlsx"
    about = {
        "file": file,
        "digest": sha256((file + str(cells)).encode()).hexdigest(),
        "form": f"{PERIOD}.{body}",
        "body": body,
        "place": place,
        "organisation": organisation,
        "round": number,
    }
    return pd.DataFrame([about | cell for cell in cells], columns=STAGED)


def details(measure: str, row: int, criterion: str = "analýza", **fields: str) -> list[Cell]:
    letters = dict(
        zip(["state", "reach", "places", "value", "unit", "time"], "DEFGHI", strict=True)
    )
    return [
        {
            "sheet": "Podrobnosti",
            "cell": f"{letters.get(field, 'J')}{row}",
            "row": row,
            "measure_id": measure,
            "criterion": criterion,
            "field": field,
            "value": value,
        }
        for field, value in fields.items()
    ]


def whole(measure: str, row: int, value: str) -> Cell:
    place = {
        "sheet": "Opatření",
        "cell": f"I{row}",
        "row": row,
        "measure_id": measure,
        "criterion": "",
    }
    return {**place, "field": "answer", "value": value}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with the next period begun; nothing is written into them."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    shutil.copytree(ROOT / "data", folder)
    write_opening(opening(load_to_begin(folder), PERIOD), folder)
    return folder


@pytest.fixture(scope="module")
def dataset(begun: Path) -> slz_lib.Dataset:
    """The same, as it is loaded."""
    return slz_lib.load(begun)


@pytest.fixture
def data(begun: Path, tmp_path: Path) -> Path:
    """The same, to be written into."""
    return Path(shutil.copytree(begun, tmp_path / "data"))


def inbox(
    *returns: pd.DataFrame, quarantined: pd.DataFrame = NONE, warnings: pd.DataFrame = NONE
) -> Collected:
    staged = pd.concat(returns, ignore_index=True)
    return Collected(NONE, staged, quarantined, warnings, NONE, {})


def take(data: Path | slz_lib.Dataset, *returns: pd.DataFrame) -> Acceptance:
    known = slz_lib.load(data) if isinstance(data, Path) else data
    return accepted(inbox(*returns), known, PERIOD)


def put(data: Path, *returns: pd.DataFrame) -> Acceptance:
    """What is accepted stands in the data, which are not judged first."""
    found = take(data, *returns)
    for change in found.changes:
        (data / change.file).write_bytes(change.content)
    return found


def rows(found: Acceptance, measure: str = "", name: str = "evidence") -> pd.DataFrame:
    """What a table of the period is to be."""
    (after,) = (change.after for change in found.changes if change.table.name == name)
    return after[after["measure_id"].eq(measure)] if measure else after


def test_a_row_of_evidence_names_the_file_and_the_cells_it_came_from(
    dataset: slz_lib.Dataset,
) -> None:
    figure = {"value": "12", "unit": "osob", "time": "2025"}
    cells = details("I.3", 12, state="fulfilled", description="Zmapováno.\nSynteza.", **figure)
    sent = returned("KULK-OSV", *cells)
    found = take(dataset, sent)
    (row,) = rows(found, "I.3").to_dict("records")
    assert row["source_place"] == "; údaj: ".join(
        f"list\u00a0Podrobnosti, buňka\u00a0{cell}" for cell in ("D12", "G12")
    )
    assert (row["id"], row["reporter"], row["reach"]) == ("I.3-1", "KULK-OSV", "unknown")
    assert (row["note"], row["value"]) == ("Zmapováno. Synteza.", "12")
    record = rows(found, name="sources").set_index("id").loc[row["source_id"]]
    assert (record["sha256"], record["file"]) == (sent["digest"][0], "KULK-OSV--1.xlsx")


def test_the_second_time_nothing_changes_and_a_later_round_replaces_its_own_rows(
    data: Path,
) -> None:
    first = returned("KULK-OSV", *details("I.3", 5, state="partial"), whole("I.2", 3, "nothing"))
    other = returned("KULK-ORREP", *details("I.3", 9, state="fulfilled", criterion="jiné"))
    before = rows(put(data, first, other), "I.3").fillna("").set_index("reporter")
    assert take(data, first, other).lines == []
    again = returned("KULK-OSV", *details("I.3", 5, state="done"), number=2)
    changed = put(data, first.iloc[1:], again)
    after = rows(changed, "I.3").fillna("").set_index("reporter")
    assert dict(after.loc["KULK-ORREP"]) == dict(before.loc["KULK-ORREP"])
    assert after["state"].to_dict() == {"KULK-ORREP": "fulfilled", "KULK-OSV": "done"}
    touched = [change.table.name for change in changed.changes if change.changed]
    assert touched == ["sources", "evidence"]


def test_unchanged_carries_the_same_bodys_evidence_and_invents_none(
    dataset: slz_lib.Dataset,
) -> None:
    before = dataset.evidence
    before = before[before["reporter"].eq("KULK-OSV") & before["state"].ne("nothing_supplied")]
    has, lacks = before["measure_id"].iloc[0], "I.1"
    answers = [whole(has, 4, "unchanged"), whole(lacks, 5, "unchanged")]
    found = take(dataset, returned("KULK-OSV", *answers))
    after, earlier = rows(found, has), before[before["measure_id"].eq(has)]
    for column in ("criterion", "state", "reach", "places"):
        assert after[column].dropna().tolist() == earlier[column].dropna().tolist(), column
    assert after["note"].str.startswith("Beze změny od období 2022–2023: ").all()
    assert after["source_place"].eq("list\u00a0Opatření, buňka\u00a0I4").all()
    assert rows(found, lacks).empty
    (line,) = found.left_out
    assert "buňka\u00a0I5" in line
    assert "nic se nezapisuje" in line


def test_a_lead_that_reported_nothing_itself_confirms_what_its_form_has_shown(
    dataset: slz_lib.Dataset,
) -> None:
    before = dataset.evidence
    before = before[before["measure_id"].eq("I.1") & before["reporter"].ne("LK")]
    found = take(dataset, returned("LK", whole("I.1", 5, "unchanged")))
    after = rows(found, "I.1")
    for column in ("criterion", "state", "reach"):
        assert after[column].tolist() == before[column].tolist(), column
    assert after["reporter"].eq("LK").all()
    assert after["note"].str.startswith("Gestor potvrdil beze změny od období 2022–2023: ").all()
    assert found.left_out == ()


def test_steps_that_were_reported_are_progress_of_the_plan(data: Path) -> None:
    def said(field: str, value: str, row: int, step: str) -> Cell:
        place = {"sheet": "Kroky", "cell": f"{'EF'[field == 'step_note']}{row}", "row": row}
        about = {"measure_id": step.partition("/")[0], "criterion": "", "step_id": step}
        return {**place, **about, "field": field, "value": value}

    sent = returned(
        "KULK-OSV",
        said("step_state", "done", 2, "I.2/1"),
        said("step_note", "Vydáno.", 2, "I.2/1"),
        said("step_note", "Bez stavu.", 3, "I.3/1"),
    )
    found = put(data, sent)
    (after,) = (each.after for each in found.changes if each.table.name == "progress")
    (row,) = after.to_dict("records")
    assert (row["step_id"], row["state"], row["note"]) == ("I.2/1", "done", "Vydáno.")
    assert (row["day"], row["source_place"]) == ("2025-12-31", "list\u00a0Kroky, buňka\u00a0E2")
    assert ["F3" in line and "chybí stav" in line for line in found.left_out] == [True]
    assert take(data, sent).lines == []
    again = returned("KULK-OSV", said("step_state", "running", 2, "I.2/1"), number=2)
    (later,) = (each.after for each in take(data, again).changes if each.table.name == "progress")
    assert later["state"].tolist() == ["running"]


def work(row: int, step: str, days: str) -> Cell:
    """How much work a step takes."""
    about = {"measure_id": step.partition("/")[0], "criterion": "", "step_id": step}
    place = {"sheet": "Kroky", "cell": f"G{row}", "row": row}
    return {**place, **about, "field": "step_days", "value": days}


def capacity(days: str) -> Cell:
    """What a body can do in a quarter."""
    about = dict.fromkeys(("measure_id", "criterion", "step_id"), "")
    place = {"sheet": "Úvod", "cell": "B18", "row": 18}
    return {**place, **about, "field": CAPACITY, "value": days}


def test_what_a_body_says_of_work_goes_before_what_was_assumed(data: Path) -> None:
    step = "I.2/1"
    known = slz_lib.load(data)
    plan = slz_lib.draft_plan(slz_lib.evaluate(known, "2022-2023").only(body="KULK-OSV"), PERIOD)
    assumed = plan.steps.set_index("id")[["effort", "deadline"]]
    assert assumed["deadline"].isna()[step], "it has no place by what is assumed"
    sent = returned("KULK-OSV", work(2, step, "5"), capacity("62.5"))
    found = put(data, sent)
    (after,) = rows(found, name="progress").to_dict("records")
    assert (after["step_id"], after["person_days"], pd.isna(after["state"])) == (step, "5", True)
    able = rows(found, name="capacities").set_index("body_id")
    assert able.index.tolist() == known.capacities["body_id"].tolist()
    assert able.loc["KULK-OSV", "person_days"] == "62.5"
    assert able["assumption"].isna().tolist() == able.index.isin(["KULK-OSV"]).tolist()
    assert able.loc["KULK-OSV", "source_place"] == "list\u00a0Úvod, buňka\u00a0B18"
    assert take(data, sent).lines == []

    told = slz_lib.load(data)
    drafted = slz_lib.draft_plan(slz_lib.evaluate(told, "2022-2023").only(body="KULK-OSV"), PERIOD)
    own = drafted.steps.set_index("id")
    assert [each["effort"].to_dict()[step] for each in (assumed, own)] == [25, 5]
    assert own["deadline"].notna()[step]
    assert drafted.steps["deadline"].isna().sum() < plan.steps["deadline"].isna().sum()
    said = [[cell.text for cell in row.cells] for row in tables.said_work_table(drafted).rows]
    source = "odbor sociálních věcí: odpověď za období 2024–2025, 1.\u00a0kolo: list\u00a0"
    assert said == [
        [f"Pracnost kroku {step}", "5\u00a0člověkodnů", f"{source}Kroky, buňka\u00a0G2"],
        ["Kapacita: OSV", "62,5\u00a0člověkodne za čtvrtletí", f"{source}Úvod, buňka\u00a0B18"],
    ]
    of_osv = "Kapacita: OSV"
    assert [
        of_osv in {row.cells[0].text for row in tables.assumptions_table(each).rows}
        for each in (plan, drafted)
    ] == [True, False]
    assert "jen u\u00a01\u00a0kroku je uvádí podklad" in tables.totals_table(drafted).notes[0]
    next_one = plan_opening(told, "2026-2027").tables["capacities"].set_index("body_id")
    kept = next_one.loc[["KULK-OSV"]]
    assert kept["assumption"].isna().all()
    assert kept["person_days"].tolist() == [62.5]
    assert kept["source_id"].tolist() == [able.loc["KULK-OSV", "source_id"]]


def test_what_is_doubtful_of_work_and_what_respondents_say_differently_waits(
    dataset: slz_lib.Dataset,
) -> None:
    sent = returned("KULK-OSV", work(2, "I.2/1", "10"), work(3, "I.3/1", "4"))
    doubt = sent.loc[[0], sent.columns.intersection(QUARANTINED)]
    doubt = doubt.assign(why="Údaj není přesný („asi 10“).", ask=False)
    waits = accepted(inbox(sent, warnings=doubt), dataset, PERIOD)
    assert rows(waits, name="progress")["step_id"].tolist() == ["I.3/1"]
    (line,) = waits.left_out
    assert "buňka\u00a0G2 se zatím nepřijímá; Údaj není přesný" in line
    knowingly = accepted(inbox(sent, warnings=doubt), dataset, PERIOD, doubtful=True)
    assert rows(knowingly, name="progress")["person_days"].tolist() == ["10", "4"]

    liberec, turnov, other = (
        returned("OBCE", capacity(days), place=place)
        for place, days in (("Liberec", "10"), ("Turnov", "10"), ("Tanvald", "12"))
    )
    agreed = rows(take(dataset, liberec, turnov), name="capacities").set_index("body_id")
    assert agreed.loc["OBCE", "person_days"] == "10"
    differ = take(dataset, liberec, other)
    assert not any(change.table.name == "capacities" for change in differ.changes)
    assert len(differ.left_out) == 2
    assert all("odpovědi subjektu se liší" in line for line in differ.left_out)


def test_nothing_was_done_is_said_of_every_criterion(dataset: slz_lib.Dataset) -> None:
    before = dataset.evidence
    after = rows(take(dataset, returned("KULK-OSV", whole("I.2", 4, "nothing"))), "I.2")
    asked = before.loc[before["measure_id"].eq("I.2"), "criterion"].drop_duplicates()
    assert after["criterion"].tolist() == asked.tolist()
    assert after["state"].eq("not_done").all()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (details("I.3", 5, description="Bez stavu"), "chybí stav"),
        ([*details("I.3", 5, state="done"), whole("I.3", 4, "nothing")], "si odporují"),
        ([whole("I.3", 4, "changed")], "podrobnosti chybějí"),
    ],
)
def test_what_is_not_clear_waits_and_is_told_by_its_cell(
    dataset: slz_lib.Dataset, cells: list[Cell], said: str
) -> None:
    found = take(dataset, returned("KULK-OSV", *cells))
    assert rows(found, "I.3").empty
    assert said in " ".join(found.left_out)
    assert all(line.startswith("KULK-OSV--1.xlsx, list\u00a0") for line in found.left_out)


def test_files_of_a_body_of_many_that_do_not_say_whose_they_are_wait_for_it(
    dataset: slz_lib.Dataset,
) -> None:
    cells = [details("I.3", 12, state=state, time="2025") for state in ("done", "partial")]
    sent = [returned("NNO", *of).assign(file=f"{n}.xlsx") for n, of in enumerate(cells)]
    sent[1]["sheet"] = ""  # of a file of text
    alone = returned("NNO", *details("I.2", 13, state="done"))
    found = take(dataset, *sent, alone)
    assert [line.split(":")[0] for line in found.left_out] == [
        "0.xlsx, list\u00a0Podrobnosti, buňka\u00a0D12",
        "1.xlsx, buňka\u00a0D12",
    ]
    assert all("neříkají, za koho" in line for line in found.left_out)
    assert found.measures == ["I.2"]


def test_what_is_asked_again_waits_and_what_is_doubtful_waits_for_the_analyst(
    dataset: slz_lib.Dataset,
) -> None:
    sent = returned("KULK-OSV", *details("I.3", 5, state="done"), *details("I.2", 6, state="done"))
    doubt = sent.loc[[0], sent.columns.intersection(QUARANTINED)].assign(
        why="Něco je divné.", ask=True
    )
    for found in (inbox(sent, quarantined=doubt), inbox(sent, warnings=doubt)):
        waits = accepted(found, dataset, PERIOD)
        assert rows(waits)["measure_id"].tolist() == ["I.2"]
        assert waits.left_out[0].endswith("se zatím nepřijímá; Něco je divné.")
    knowingly = accepted(inbox(sent, warnings=doubt), dataset, PERIOD, doubtful=True)
    assert rows(knowingly)["measure_id"].tolist() == ["I.2", "I.3"]
    mended = accepted(inbox(sent, quarantined=doubt.assign(ask=False)), dataset, PERIOD)
    assert rows(mended)["measure_id"].tolist() == ["I.2", "I.3"]


def test_an_inbox_without_answers_changes_nothing(tmp_path: Path, dataset: slz_lib.Dataset) -> None:
    changes = accepted(collected(tmp_path, (), dataset), dataset, PERIOD).changes
    assert not any(change.changed for change in changes)


def test_what_the_check_would_refuse_is_told_by_the_cell(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(FaultyDataError) as refused:
        take(dataset, returned("KULK-OSV", *details("I.3", 5, state="done", places="Neexistov")))
    assert "KULK-OSV--1.xlsx, list\u00a0Podrobnosti, buňka\u00a0D5" in str(refused.value)


def test_towns_that_the_form_offers_become_places_where_no_answer_has_named_them_yet(
    data: Path,
) -> None:
    towns = ["Jilemnice", "Nové Město pod Smrkem"]  # the seat of a district; a partner
    told = details("I.3", 5, state="partial", reach="some", places=";".join([*towns, "Liberec"]))
    own = returned("OBCE", *details("I.3", 5, state="partial", reach="some"), place="Semily")
    assert put(data, returned("KULK-OSV", *told), own).left_out == ()
    places = slz_lib.load(data).places.set_index("id")
    assert places.loc[[*towns, "Semily"], "district_id"].tolist() == [
        "ORP-5104",
        "ORP-5102",
        "ORP-5107",
    ]
    assert places.loc[towns, "municipalities"].eq(1).all()
    assert places.index.is_unique
    assert take(data, returned("KULK-OSV", *told), own).lines == []


def test_a_published_period_takes_no_answers(dataset: slz_lib.Dataset) -> None:
    with pytest.raises(ParameterError, match="zveřejněny"):
        accepted(inbox(returned("KULK-OSV")), dataset, "2022-2023")


def test_municipalities_are_put_together_and_each_stays_traceable(data: Path) -> None:
    figure = {"value": "3", "unit": "osob", "time": "2025"}
    told = details("I.3", 5, state="fulfilled", reach="region", **figure)
    sent = [returned("OBCE", *told, place=place) for place in ("Liberec", "Turnov")]
    denies = returned("OBCE", *details("I.3", 5, state="not_done"), place="Tanvald")
    (alone,) = rows(put(data, sent[0]), "I.3").to_dict("records")
    assert (alone["reporter"], alone["places"], alone["value"]) == ("OBEC:Liberec", "Liberec", "3")
    found = put(data, sent[1], denies)  # the first one's file is no longer in the inbox
    (row,) = rows(found, "I.3").to_dict("records")
    assert (row["id"], row["reporter"], row["state"]) == ("I.3-1", "OBCE", "fulfilled")
    assert (row["reach"], row["places"]) == ("some", "Liberec;Turnov")
    assert row["note"] == "Sloučené odpovědi: celkem 3, stav z\u00a0nich dokládá 2."
    parts = rows(found, name="contributions")
    assert parts["reporter"].tolist() == ["OBEC:Liberec", "OBEC:Tanvald", "OBEC:Turnov"]
    assert parts["source_place"].str.startswith("list\u00a0Podrobnosti, buňka\u00a0D5").all()
    assert parts["source_id"].nunique() == 3
    figures = rows(found, name="observations")[["territory", "value"]]
    assert figures.to_numpy().tolist() == [["OBEC:Liberec", "3"], ["OBEC:Turnov", "3"]]
    assert take(data, *sent, denies).lines == []


def test_what_an_organisation_and_its_municipality_report_counts_once(data: Path) -> None:
    told = details("I.3", 5, state="fulfilled")
    put(data, returned("OBCE", *told, place="Liberec"))
    once = slz_lib.evaluate(slz_lib.load(data), PERIOD).criteria.query("measure_id == 'I.3'")
    found = put(data, returned("NNO", *told, place="Liberec", organisation="Synteza"))
    twice = slz_lib.evaluate(slz_lib.load(data), PERIOD).criteria.query("measure_id == 'I.3'")
    assert rows(found, "I.3")["reporter"].tolist() == ["OBEC:Liberec", "ORG:Synteza"]
    for column in ("state", "reach", "municipalities", "population"):
        assert once[column].tolist() == twice[column].tolist(), column
