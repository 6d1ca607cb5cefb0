from __future__ import annotations

import pytest

from slz_lib.errors import ParameterError
from slz_lib.production.parameter_types import ParameterType
from slz_lib.production.parameters import Parameter, Value, checked, declared
from slz_lib.vocabulary import parse_day
from tests.production.sample import PARAMETERS, code, notebook

RICH = """\
from typing import Literal
horizon: str = "2024-2025"
count: int = 3
day: str | None = None  # den
form: Literal["short", "long"] = "short"
draft: bool = True
"""


def of(source: str) -> dict[str, Parameter]:
    return declared(notebook(parameters=source), "zkouska")


def refusal(**given: object) -> str:
    with pytest.raises(ParameterError) as caught:
        checked(of(RICH), given, "zkouska")
    return str(caught.value)


def test_a_parameter_has_its_type_default_and_help() -> None:
    assert of(PARAMETERS)["as_of"] == Parameter(
        name="as_of",
        type=ParameterType("str", optional=True),
        default=None,
        help="den, k němuž se posuzují termíny",
    )


def test_parameters_keep_the_order_of_the_cell() -> None:
    assert list(of(RICH)) == ["horizon", "count", "day", "form", "draft"]


def test_a_notebook_without_the_cell_has_no_parameters() -> None:
    plain = notebook()
    plain.cells[0] = code("x = 1")
    assert declared(plain, "zkouska") == {}


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("horizon", "2024-2025", "2024-2025"),
        ("count", "12", 12),
        ("count", 12, 12),
        ("day", "2023-12-31", "2023-12-31"),
        ("day", None, None),
        ("day", "None", None),
        ("form", "long", "long"),
        ("draft", "ano", True),
        ("draft", "False", False),
        ("draft", True, True),
    ],
)
def test_a_value_or_its_text_becomes_the_type_of_the_notebook(
    name: str, given: object, value: Value
) -> None:
    assert checked(of(RICH), {name: given}, "zkouska") == {name: value}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("count", "dva", "čeká se celé číslo"),
        ("count", True, "čeká se celé číslo"),
        ("form", "medium", "čeká se „short“ nebo\u00a0„long“"),
        ("draft", "asi", "čeká se ano, nebo ne"),
        ("horizon", 2024, "čeká se text"),
        ("horizon", None, "čeká se text"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused(name: str, given: object, expected: str) -> None:
    message = refusal(**{name: given})
    assert f"Parametr „{name}“ nemůže mít hodnotu „{given}“; {expected}" in message


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    assert refusal(horizont="x") == (
        "Parametr „horizont“ notebook „zkouska“ nezná; nejbližší je „horizon“."
    )


def test_a_name_near_to_none_is_refused_with_all_of_them() -> None:
    assert "zná horizon, count, day, form a\u00a0draft" in refusal(zzz="x")


def test_all_faults_are_reported_at_once() -> None:
    message = refusal(zzz="x", count="dva", draft="asi")
    assert message.startswith("Zadání má 3\u00a0vady:\n  • Parametr „zzz“")
    assert all(f"„{name}“" in message for name in ("zzz", "count", "draft"))


def test_a_value_that_means_nothing_is_one_of_the_faults() -> None:
    with pytest.raises(ParameterError) as caught:
        checked(of(RICH), {"draft": "asi", "day": "včera"}, "zkouska", {"day": parse_day})
    assert str(caught.value).splitlines()[1:] == [
        "  • Parametr „draft“ nemůže mít hodnotu „asi“; čeká se ano, nebo ne.",
        "  • Den „včera“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31.",
    ]


def test_a_missing_value_needs_no_meaning() -> None:
    assert checked(of(RICH), {"day": "None"}, "zkouska", {"day": parse_day}) == {"day": None}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x: float = 1", "není typu „float“"),
        ("x: int = 'a'", "není typu „int“"),
        ("x: str = None", "není typu „str“"),
        ("x: list[int] = ['1']", "není typu „list"),
        ("x: dict[str, int] = {}", "má neznámý typ „dict"),
        ("x: tuple[str] = ()", "má neznámý typ „tuple"),
        ("x: list = []", "má neznámý typ „list“"),
        ("x: list[list[int]] = []", "má neznámý typ „list"),
        ("x: list[int | None] = []", "má neznámý typ „list"),
        ("x: Literal['a'] = 'a'", "má neznámý typ „Literal"),
        ("from typing import Literal\nx: Literal['None'] | None = None", "má neznámý typ"),
        ("from datetime import date as den\nx: den | None = None", "má neznámý typ „den"),
        ("from datetime import datetime\nx: datetime | None = None", "má neznámý typ „datetime"),
        ("from datetime import date\nx: date = '2023-12-31'", "není typu „date“"),
        ("from datetime import date\nx: date = date(2023, 2, 30)", "musí být prostá hodnota"),
        ("from datetime import date\nx: date = date.today()", "musí být prostá hodnota"),
        ("from datetime import date\ndate: str = 'x'", "jmenuje stejně"),
        ("from slz_lib.vocabulary import Period\nx: Period | None = None", "má neznámý typ"),
        ("from slz_lib.vocabulary import Status\nx: Status = 'PLNENO'", "není typu „Status“"),
        ("from slz_lib.vocabulary import Status\nx: Status = Status.OK", "musí být prostá"),
        ("x: date = None", "má neznámý typ „date“"),
        ("x: str | int = 1", "má neznámý typ „str | int“"),
        ("x: str = open('y').read()", "musí být prostá hodnota"),
        ("x = 1", "není zápis parametru"),
        ("import os\nos.remove('y')", "není zápis parametru"),
        ("x: str =", "není platný Python"),
    ],
)
def test_a_cell_that_declares_badly_is_refused_and_never_run(source: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        of(source)
    assert message in str(caught.value)
    assert str(caught.value).count("\n") == 0
