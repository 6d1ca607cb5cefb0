from __future__ import annotations

from slz_lib.dataset import Dataset
from slz_lib.production.parameter_lines import known_values, parameter_lines
from slz_lib.production.parameters import declared
from tests.production.sample import notebook

CELL = """\
from datetime import date
from pathlib import Path
from typing import Literal
from slz_lib.vocabulary import Quantity, Status
area: str = "I"  # okruh
day: date | None = None  # den
status: Status = Status.PLNENO
quantity: Quantity | None = None
form: Literal["short", "long"] = "short"
limits: list[float] = [0.5, 2.0]
places: list[Path] = []
title: str = ""
"""


def facts(known: dict[str, tuple[str, ...]] | None = None) -> dict[str, dict[str, str]]:
    """Parameter → label → text, as they are printed, without no-break spaces."""
    found: dict[str, dict[str, str]] = {}
    lines = parameter_lines(
        "zkouska", declared(notebook(parameters=CELL), "zkouska"), known or {}, {"area": "-a"}
    )
    head, *rest = (line.replace("\u00a0", " ") for line in lines)
    assert head == "Parametry notebooku „zkouska“; zadávají se volbou -p NÁZEV=HODNOTA:"
    for line in filter(None, rest):
        if line.startswith("    "):
            label, _, text = line.strip().partition(": ")
            found[list(found)[-1]][label] = text
        else:
            found[line.strip()] = {}
    return found


def test_every_parameter_has_its_meaning_type_and_default() -> None:
    listed = facts()
    assert listed["area"] == {
        "význam": "okruh",
        "typ": "text",
        "výchozí hodnota": "I",
        "zadání": "-a",
    }
    assert listed["day"] == {
        "význam": "den",
        "typ": "datum (RRRR-MM-DD); None = nezadáno",
        "výchozí hodnota": "None",
    }
    assert listed["places"] == {
        "typ": "seznam oddělený čárkami, každá položka: cesta k souboru nebo složce",
        "výchozí hodnota": "prázdná",
    }
    assert listed["limits"]["výchozí hodnota"] == "0.5; 2.0"
    assert listed["title"]["výchozí hodnota"] == "prázdná"


def test_values_of_the_vocabulary_are_listed_with_their_labels() -> None:
    assert facts()["status"]["přípustné hodnoty"] == (
        "SPLNENO (SPLNĚNO), PLNENO (PLNĚNO), CASTECNE (ČÁSTEČNĚ), NEPLNENO (NEPLNĚNO)"
    )
    assert facts()["quantity"]["přípustné hodnoty"].startswith("criteria, share_done, ")
    assert facts()["form"]["přípustné hodnoty"] == "„short“, „long“"


def test_the_data_say_which_periods_areas_and_districts_there_are(dataset: Dataset) -> None:
    known = known_values(dataset)
    assert known["period"] == known["follows"] == ("2022-2023",)
    assert len(known["area"]) == len(dataset.areas) == 13
    assert len(known["orp"]) == len(dataset.orp) == 10
    assert facts(known)["area"]["přípustné hodnoty"] == ", ".join(dataset.areas["id"])


def test_a_notebook_without_parameters_says_so() -> None:
    assert list(parameter_lines("tichý", {}, {}, {})) == ["Notebook „tichý“ nemá žádné parametry."]
