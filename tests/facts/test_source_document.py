"""The data beside the published report: cells of bodies as they stand, commentaries condensed.

That all else is what the report says, tests/commands/test_import_report.py proves.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest

from slz_lib import Dataset
from slz_lib.collection.report_form import ReportForm
from slz_lib.collection.reports import ReadReport, read_report
from slz_lib.collection.word import read_lines
from tests.samples.sources import REPORT, needs_source

pytestmark = needs_source


@pytest.fixture(scope="module")
def report(dataset: Dataset) -> ReadReport:
    """The published report as a reader of Word files has it."""
    lines = read_lines(REPORT)
    return read_report(lines, ReportForm.fitting(dataset.report_forms, lines), dataset)


def commentaries(decisions: pd.DataFrame) -> dict[str, str]:
    """The commentaries that there are, by measure, in small letters and with plain spaces."""
    told = decisions.set_index("measure_id")["commentary"].fillna("")
    return {str(m): " ".join(text.lower().split()) for m, text in told.items() if text}


def test_cells_of_bodies_stand_in_the_data_as_they_were_published(
    report: ReadReport, dataset: Dataset
) -> None:
    keys = ["measure_id", "role"]
    published, kept = (
        table.drop_duplicates(keys).set_index(keys)["published"].fillna("")
        for table in (report.measure_bodies, dataset.measure_bodies)
    )
    assert published.to_dict() == kept.to_dict()


def test_a_commentary_is_condensed_where_one_was_supplied_and_carries_over_no_sentence(
    report: ReadReport, dataset: Dataset
) -> None:
    """Names and titles apart, no run of nine words of a commentary stands in its source."""
    sources, condensed = commentaries(report.decisions), commentaries(dataset.decisions)
    assert list(sources) == list(condensed)
    for measure, own in condensed.items():
        words = re.sub("„[^“]*“", "|", own).split()
        runs = [" ".join(words[i : i + 9]) for i in range(len(words) - 8)]
        assert not [run for run in runs if run in sources[measure]], measure
