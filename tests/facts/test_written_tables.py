"""Writing: one canonical form, and what is written loads again as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from slz_lib.dataset import Dataset, load
from slz_lib.dataset.schemas import BY_NAME, TABLES
from slz_lib.dataset.spelling import canonical
from tests.conftest import SYNTHETIC
from tests.samples.written import write_dataset, write_table

#: Any text that a cell may hold: printed characters, no spaces around, not a word for *nothing*.
TEXTS = (
    st.text(st.characters(codec="cp1250", exclude_categories=("Cc", "Cf")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and text.lower() not in {"nan", "nat", "none", "null", "n/a"})
)
NUMBERS = st.floats(-1e12, 1e12).map(lambda value: round(value, 6))


def test_the_synthetic_data_are_in_the_canonical_form(tmp_path: Path) -> None:
    write_dataset(load(SYNTHETIC), tmp_path / "data")
    files = {path.relative_to(SYNTHETIC) for path in SYNTHETIC.rglob("*.csv")}
    assert {p.relative_to(tmp_path / "data") for p in tmp_path.rglob("*.*")} == files
    for file in files:
        assert (tmp_path / "data" / file).read_bytes() == (SYNTHETIC / file).read_bytes()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Path]:
    """The synthetic data, and a folder that they have been written to."""
    root, dataset = tmp_path_factory.mktemp("data"), load(SYNTHETIC)
    write_dataset(dataset, root)
    return dataset, root


@settings(max_examples=5, deadline=None)
@given(
    texts=st.lists(TEXTS, min_size=5, max_size=5),
    values=st.lists(NUMBERS, min_size=5, max_size=5),
    days=st.dates(min_value=date(1000, 1, 1)),
)
def test_what_is_written_loads_again_as_it_was(
    texts: list[str], values: list[float], days: pd.Timestamp, written: tuple[Dataset, Path]
) -> None:
    dataset, root = written
    changed = dataset.observations.assign(note=texts, value=values)
    districts = dataset.districts.assign(population_date=pd.Timestamp(days).as_unit("us"))
    write_table(changed, BY_NAME["observations"], root / "periods/2022-2023/observations.csv")
    write_table(districts, BY_NAME["districts"], root / "territory/districts.csv")
    again = load(root)
    pd.testing.assert_frame_equal(again.observations, changed)
    pd.testing.assert_frame_equal(again.districts, districts)
    for described in TABLES:
        if described.name not in {"observations", "districts"}:
            pd.testing.assert_frame_equal(
                again.table(described.name), dataset.table(described.name)
            )


def test_numbers_are_written_without_exponent_and_needless_decimals() -> None:
    frame = load(SYNTHETIC).other_summary
    written = [
        canonical(frame.assign(value=value), BY_NAME["other_summary"]).decode().split(",")[6]
        for value in (93.0, 0.5, 1e15, -0.001)
    ]
    assert written == ["93", "0.5", "1000000000000000", "-0.001"]
