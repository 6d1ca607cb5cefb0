from __future__ import annotations

from datetime import date

import pytest

from slz_lib.errors import ParameterError
from slz_lib.production.parameters import Parameter, Value, checked, declared
from tests.production.sample import PARAMETERS, code, notebook

RICH = """\
from datetime import date
from typing import Literal
horizon: str = "2024-2025"
count: int = 3
day: date | None = None  # den
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
        kind="str",
        optional=True,
        choices=(),
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
        ("day", date(2023, 12, 31), "2023-12-31"),
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
        ("day", "31. 12. 2023", "čeká se datum ve tvaru RRRR-MM-DD"),
        ("form", "medium", "čeká se „short“ nebo\u00a0„long“"),
        ("draft", "asi", "čeká se ano, nebo ne"),
        ("horizon", 2024, "čeká se text"),
        ("horizon", None, "čeká se text"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused(name: str, given: object, expected: str) -> None:
    message = refusal(**{name: given})
    assert f"parametr „{name}“ nemůže mít hodnotu „{given}“; {expected}" in message


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    assert refusal(horizont="x") == (
        "Sešit „zkouska“: parametr „horizont“ nezná; nejbližší je „horizon“."
    )


def test_a_name_near_to_none_is_refused_with_all_of_them() -> None:
    assert "zná horizon, count, day, form a\u00a0draft" in refusal(zzz="x")


def test_all_faults_are_reported_at_once() -> None:
    message = refusal(zzz="x", count="dva", draft="asi")
    assert "má 3\u00a0vady v\u00a0parametrech" in message
    assert all(f"„{name}“" in message for name in ("zzz", "count", "draft"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x: float = 1.0", "má neznámý typ „float“"),
        ("x: str | int = 1", "má neznámý typ „str | int“"),
        ("x: str = open('y').read()", "musí být prostá hodnota"),
        ("x = 1", "není zápis parametru"),
        ("import os\nos.remove('y')", "není zápis parametru"),
        ("x: str =", "není platný Python"),
    ],
)
def test_a_cell_that_declares_badly_is_refused_and_never_run(source: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message.replace("|", r"\|")):
        of(source)
