"""What the loader returns, and what it tolerates."""

from __future__ import annotations

import copy
import dataclasses
import os
import pickle
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from slz_lib.dataset import Dataset, load
from slz_lib.dataset.schemas import TABLES
from slz_lib.errors import DataError, ParameterError
from slz_lib.vocabulary import Period
from tests.cases.spoiling import MEASURES, replaced


def test_every_described_table_is_an_attribute_with_the_described_columns(data: Path) -> None:
    dataset = load(data)
    attributes = {field.name for field in dataclasses.fields(Dataset)} - {"root", "warnings"}
    assert attributes == {table.name for table in TABLES}
    for table in TABLES:
        frame = getattr(dataset, table.name)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert frame.dtypes.astype(str).to_dict() == {
            column.name: column.dtype for column in table.columns
        }
        assert list(frame.index) == list(range(len(frame)))


def test_values_are_typed_and_an_empty_cell_is_missing(data: Path) -> None:
    dataset = load(data)
    assert dataset.measures["number"].tolist() == [1, 2, 1]
    assert dataset.observations["value"].tolist() == [12500, 0.5, -3, 7, 187]
    assert dataset.districts["population_date"].iloc[0] == pd.Timestamp(2021, 12, 31)
    assert dataset.bodies["name_known"].tolist() == [True, True, True, False]
    assert dataset.measures["indicator"].isna().tolist() == [False, True, False]
    assert dataset.root == data


def test_period_tables_carry_the_folder_of_each_row(data: Path) -> None:
    dataset = load(data)
    assert set(dataset.evidence["period_id"]) == {"2022-2023"}
    assert set(dataset.funding["horizon_id"]) == {"2024-2025"}


def test_a_formula_is_text(data: Path) -> None:
    replaced(MEASURES, "Krizové byty", "=1+1")(data)
    assert load(data).measures["title"].iloc[1] == "=1+1"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(data: Path) -> None:
    expected = load(data).measures
    path = data / MEASURES
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(load(data).measures, expected)


def test_a_missing_last_line_end_changes_nothing(data: Path) -> None:
    expected = load(data).measures
    path = data / MEASURES
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    pd.testing.assert_frame_equal(load(data).measures, expected)


def test_hidden_folders_among_periods_are_passed_over(data: Path) -> None:
    (data / "periods/.ipynb_checkpoints").mkdir()
    assert load(data).periods["id"].tolist() == ["2022-2023"]


def test_a_relative_path_is_reported_by_the_name_of_its_folder(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / MEASURES).unlink()
    monkeypatch.chdir(data)
    with pytest.raises(DataError, match=r"^Data mají 1.vadu:\ndata/strategy/measures.csv: "):
        load(os.curdir)


def test_a_period_is_given_by_its_id(data: Path) -> None:
    assert load(data).period("2022-2023") == Period(
        "2022-2023", date(2022, 1, 1), date(2023, 12, 31), date(2023, 12, 31), imported=True
    )


def test_a_horizon_is_seen_from_the_day_of_the_period_it_follows(data: Path) -> None:
    assert load(data).horizon("2024-2025") == Period(
        "2024-2025", date(2024, 1, 1), date(2025, 12, 31), date(2023, 12, 31)
    )


def test_an_unknown_period_is_answered_with_the_nearest(data: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        load(data).period("2022-23")
    assert str(caught.value) == ("Období „2022-23“ tu není; nejbližší je „2022-2023“.")


def test_an_unknown_horizon_like_no_other_is_answered_with_the_known(data: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        load(data).horizon("příští")
    assert str(caught.value) == ("Plánovací období „příští“ tu není; známá označení: 2024-2025.")


def test_an_unknown_table_is_answered_with_the_nearest(data: Path) -> None:
    with pytest.raises(ParameterError, match=r"Tabulka „mesures“ tu není; .*„measures“"):
        load(data).table("mesures")


def test_the_dataset_is_frozen_and_shows_itself_in_czech(data: Path) -> None:
    dataset = load(data)
    with pytest.raises(dataclasses.FrozenInstanceError):
        dataset.measures = pd.DataFrame()  # type: ignore[misc]
    assert repr(dataset) == (
        "<Dataset: 58\u00a0tabulek, 152\u00a0řádků; období 2022–2023; plán 2024–2025>"
    )
    html = dataset._repr_html_()
    assert "2\u00a0okruhy, 3\u00a0opatření, 4\u00a0subjekty" in html
    assert "evaluate(dataset, &quot;2022-2023&quot;)" in html


def test_the_dataset_charts_its_measures_by_area_in_the_strategys_order(data: Path) -> None:
    html = load(data)._repr_html_()
    assert "Opatření podle okruhů" in html
    rows = re.findall(r'<th scope="row"[^>]*>([^<]*)</th><td[^>]*>([^<]*)</td>', html)
    assert rows == [("Bydlení", "2"), ("Práce", "1")]


def test_what_the_data_say_cannot_become_markup(data: Path) -> None:
    replaced("strategy/areas.csv", ",Bydlení,", ",<script>,")(data)
    assert "&lt;script&gt;" in load(data)._repr_html_()


def test_the_dataset_survives_the_way_between_processes(data: Path) -> None:
    dataset = load(data)
    copied = pickle.loads(pickle.dumps(copy.copy(dataset)))  # noqa: S301 — the test's own bytes
    pd.testing.assert_frame_equal(copied.measures, dataset.measures)
