"""A figure that evidence carries is an observation; a unit without forms is told, not refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import slz_lib
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.presentation.naming import observation_values

DATA = Path(__file__).parents[1] / "samples" / "data"
EVIDENCE = "periods/2022-2023/evidence.csv"


def with_figure(folder: Path, figure: str) -> Path:
    """The synthetic data, the first evidence with a figure: value, unit, time."""
    data = Path(shutil.copytree(DATA, folder / "data"))
    header, first, *others = (data / EVIDENCE).read_text(encoding="utf-8").splitlines()
    lines = [f"{header},value,unit,time", f"{first},{figure}", *(f"{row},,," for row in others)]
    (data / EVIDENCE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


def test_the_figure_is_an_observation_of_its_measure(tmp_path: Path) -> None:
    plain = slz_lib.load(DATA)
    read = slz_lib.load(with_figure(tmp_path, "3.5,%,2022/2023"))
    evidence, added = read.evidence.iloc[0], read.observations.iloc[-1]
    assert len(read.observations) == len(plain.observations) + 1
    assert (added["id"], added["measure_id"]) == (evidence["id"], evidence["measure_id"])
    assert (added["value"], added["unit"], added["name"]) == (3.5, "%", evidence["criterion"])
    assert (added["time_kind"], added["time"]) == ("school_year", "2022/2023")
    assert added["source_place"] == evidence["source_place"]
    assert added[["territory", "dimension", "note"]].isna().all()


def test_a_unit_without_forms_is_told_with_the_row_to_add(tmp_path: Path) -> None:
    read = slz_lib.load(with_figure(tmp_path, "2,výjezdů,"))
    (warning,) = map(str, read.warnings)
    assert "evidence.csv, řádek 2, sloupec unit: nalezeno „výjezdů“" in warning
    assert "Doplňte: „výjezdů,výjezdů,výjezdů,výjezdů,vlastni-cteni," in warning
    value = observation_values(read.observations.tail(1), read.units).iloc[0]
    assert value == "2\u00a0výjezdů"


@pytest.mark.parametrize(
    ("figure", "column"),
    [("3,,", "unit"), (",%,", "value"), (",,2023", "value"), ("3,%,loni", "time")],
)
def test_half_a_figure_is_a_fault(figure: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyDataError) as caught:
        slz_lib.load(with_figure(tmp_path, figure))
    assert [fault.column for fault in caught.value.faults] == [column]
