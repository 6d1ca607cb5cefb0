"""The real data agree with the published Word document, measure by measure."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from slz_lib.dataset import Dataset
from tests.samples.scales import SCALE
from tests.samples.sources import PublishedMeasure, published_measures

#: Measures whose data differ from the document's cells, each with the reason.
ENDS_WITH_AN_ABBREVIATION = {
    "XIII.4": "its full stop belongs to the abbreviation atd.",
}


@pytest.fixture(scope="module")
def published() -> list[PublishedMeasure]:
    return published_measures()


@pytest.fixture(scope="module")
def swapped(dataset: Dataset) -> set[str]:
    """Measures whose status stands in the commentary row, and the commentary in the status row."""
    return set(dataset.decisions.loc[dataset.decisions["cells_swapped"], "measure_id"])


@pytest.fixture(scope="module")
def measures(dataset: Dataset) -> pd.DataFrame:
    return dataset.measures.set_index("id")


def test_the_document_and_the_data_have_the_same_measures_in_the_same_order(
    published: list[PublishedMeasure], measures: pd.DataFrame
) -> None:
    assert [measure.id for measure in published] == list(measures.index)


def test_every_number_agrees(published: list[PublishedMeasure], measures: pd.DataFrame) -> None:
    assert [int(m.number.rstrip(".")) for m in published] == list(measures["number"])


def test_every_designation_agrees_but_for_its_last_mark(
    published: list[PublishedMeasure], measures: pd.DataFrame
) -> None:
    without_mark = [
        m.designation[:-1]
        if m.designation[-1] in ";." and m.id not in ENDS_WITH_AN_ABBREVIATION
        else m.designation
        for m in published
    ]
    assert without_mark == list(measures["designation"])


def test_every_indicator_agrees(published: list[PublishedMeasure], measures: pd.DataFrame) -> None:
    # A slip of the document that the data mend and say so.
    mended = [m.indicator.replace("worshopy", "workshopy") for m in published]
    assert mended == list(measures["indicator"].fillna(""))


def test_every_deadline_agrees(published: list[PublishedMeasure], measures: pd.DataFrame) -> None:
    assert [m.deadline for m in published] == list(measures["deadline_published"])


@pytest.mark.parametrize("role", ["lead", "cooperating"])
def test_every_cell_of_bodies_agrees(
    published: list[PublishedMeasure], dataset: Dataset, role: str
) -> None:
    rows = dataset.measure_bodies[dataset.measure_bodies["role"] == role]
    cells = rows.groupby("measure_id", sort=False)["published"].unique()
    for measure in published:
        assert list(cells[measure.id].fillna("")) == [getattr(measure, role)], measure.id


def test_every_word_of_a_cell_of_bodies_is_a_known_spelling_of_an_assigned_body(
    published: list[PublishedMeasure], dataset: Dataset
) -> None:
    forms = dataset.bodies.set_index("id")["published_forms"].str.split(";")
    office = {"KÚ LK", "LK"}
    cells = {(m.id, role): getattr(m, role) for m in published for role in ("lead", "cooperating")}
    places = dataset.measure_bodies.groupby(["measure_id", "role"])
    for (measure, role), rows in places:
        cell = cells[str(measure), str(role)]
        known = {form for body in rows["body_id"].dropna() for form in forms[body]} | office
        for form in sorted(known, key=len, reverse=True):
            cell = cell.replace(form, "|")
        left = cell.replace("|", "").translate(str.maketrans("", "", " /+,–-?"))
        assert not left, (measure, role, left)


def test_every_status_agrees(
    published: list[PublishedMeasure], dataset: Dataset, swapped: set[str]
) -> None:
    statuses = dataset.decisions.set_index("measure_id")["status"]
    for measure in published:
        row = measure.commentary_row if measure.id in swapped else measure.status_row
        assert SCALE[statuses[measure.id]].label == row, measure.id


def test_the_cells_of_these_measures_are_swapped_and_the_data_say_so(
    published: list[PublishedMeasure], swapped: set[str]
) -> None:
    labels = {status.label for status in SCALE}
    assert {m.id for m in published if m.status_row not in labels} == swapped == {"V.6"}


def test_a_commentary_is_condensed_where_one_was_supplied_and_only_there(
    published: list[PublishedMeasure], dataset: Dataset, swapped: set[str]
) -> None:
    decisions = dataset.decisions.set_index("measure_id")
    commentaries = decisions["commentary"].fillna("")
    for measure in published:
        row = measure.status_row if measure.id in swapped else measure.commentary_row
        supplied = bool(row.strip("- "))
        assert bool(decisions.loc[measure.id, "commentary_supplied"]) is supplied, measure.id
        assert bool(commentaries[measure.id]) is supplied, measure.id


def test_no_commentary_carries_over_a_sentence(
    published: list[PublishedMeasure], dataset: Dataset
) -> None:
    """Names and titles apart, no run of nine words of a commentary stands in its source."""
    condensed = dataset.decisions.set_index("measure_id")["commentary"].fillna("")
    for measure in published:
        source = f"{measure.status_row} {measure.commentary_row}".replace("\u00a0", " ").lower()
        own = re.sub("„[^“]*“", "|", condensed[measure.id])
        words = own.replace("\u00a0", " ").lower().split()
        runs = [" ".join(words[i : i + 9]) for i in range(len(words) - 8)]
        assert not [run for run in runs if run in source], measure.id
