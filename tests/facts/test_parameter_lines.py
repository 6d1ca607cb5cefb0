from __future__ import annotations

from slz_lib.dataset import Dataset
from slz_lib.production.issuing import known_values, parameter_lines
from slz_lib.production.parameters import declared
from tests.commands.sample import notebook

CELL = """\
area: str = "I"  # okruh
day: str | None = None  # den
title: str = ""
draft: bool = True
"""


def test_every_parameter_has_its_meaning_type_default_and_permitted_values() -> None:
    parameters = declared(notebook(parameters=CELL), "zkouska")
    lines = parameter_lines("zkouska", parameters, {"area": ["I", "II"]})
    assert [line.replace("\u00a0", " ") for line in lines] == [
        "Parametry notebooku „zkouska“; zadávají se volbou -p NÁZEV=HODNOTA:",
        "",
        "  area",
        "    význam: okruh",
        "    typ: text",
        "    výchozí hodnota: I",
        "    přípustné hodnoty: I, II",
        "",
        "  day",
        "    význam: den",
        "    typ: text; None = nezadáno",
        "    výchozí hodnota: None",
        "",
        "  title",
        "    typ: text",
        "    výchozí hodnota: prázdná",
        "",
        "  draft",
        "    typ: ano, nebo ne",
        "    výchozí hodnota: ano",
    ]


def test_the_data_say_which_periods_areas_and_districts_there_are(dataset: Dataset) -> None:
    known = known_values(dataset)
    assert known["period"] == known["follows"] == ("2022-2023",)
    assert len(known["area"]) == len(dataset.areas) == 13
    assert len(known["district"]) == len(dataset.districts) == 10


def test_a_notebook_without_parameters_says_so() -> None:
    assert list(parameter_lines("tichý", {}, {})) == ["Notebook „tichý“ nemá žádné parametry."]
