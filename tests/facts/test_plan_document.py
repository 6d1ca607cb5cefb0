"""The plan as a document, whatever its data: no chapter about nothing, no reference to nothing."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import slz_lib
from slz_lib.documents.model import Figure, Heading, MeasureCard, Table, text_of
from tests.conftest import ROOT
from tests.samples.plain_run import document

CITY = ROOT / "tests/strategies/city/data"
PLAN = "plans/2024-2025"
SOURCE = {"source_id": "syn-zpracovatel", "source_place": "syntetické"}

Edit = Callable[[Path], None]


def rows(table: str, *given: Mapping[str, object]) -> Edit:
    """Makes these the rows of a table of the plan."""

    def edit(data: Path) -> None:
        path = data / PLAN / f"{table}.csv"
        names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**each, **SOURCE} for each in given)

    return edit


def measures() -> Iterable[str]:
    """Ids of the city's measures."""
    return slz_lib.load(CITY).measures["id"].unique()


NOTHING_ELSE = {"quarter": "", "reason": "syntetický důvod", "role": "analytik"}
CAPACITY = {"quarter": "", "person_days": 0, "assumption": "syntetický předpoklad"}


@pytest.mark.parametrize(
    ("edit", "placed"),
    [
        (lambda _: None, True),
        (
            rows(
                "adjustments",
                *({"subject": m, "action": "forbid", **NOTHING_ELSE} for m in measures()),
            ),
            False,
        ),
        (rows("capacities", {"body_id": "OSV", **CAPACITY}), True),
    ],
    ids=["nothing known", "all left out", "no capacity"],
)
def test_a_plan_has_no_chapter_about_nothing(edit: Edit, placed: bool, tmp_path: Path) -> None:
    data = Path(shutil.copytree(CITY, tmp_path / "data"))
    edit(data)
    made = document(
        ROOT / "notebooks/action_plan.ipynb", {"data": str(data), "horizon": "2024-2025"}
    )
    headings = [text_of(each.text) for each in made.blocks if isinstance(each, Heading)]
    assert ("Harmonogram" in headings) == placed
    assert any(isinstance(each, MeasureCard) for each in made.blocks) == placed
    assert any(isinstance(each, Figure) for each in made.blocks) == placed
    assert all(each.rows for each in made.blocks if isinstance(each, Table))
    (totals,) = (b for b in made.blocks if isinstance(b, Table) and b.anchor == "tab-narocnost")
    assert totals.rows[-1].cells[2].text == "neznámé"  # no work is not the same as unknown work
    assert "Podle subjektů" not in headings
