"""What a notebook declares, what is given to it, and what its cells see of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from slz_lib.errors import ParameterError
from slz_lib.production.engine import ENGINES, Running
from slz_lib.production.execution import run, values_source
from slz_lib.production.parameters import Parameter, Value, checked, declared, typed
from slz_lib.vocabulary import parse_day
from tests.commands.sample import PARAMETERS, code, notebook

RICH = """\
horizon: str = "2024-2025"
count: int = 3
share: float = 0.5
day: str | None = None  # den
draft: bool = True
sure: bool | None = None
"""
ITEMS: dict[str, st.SearchStrategy[Any]] = {
    "str": st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text != "None"),
    "int": st.integers(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
}


def of(source: str) -> dict[str, Parameter]:
    return declared(notebook(parameters=source), "zkouska")


def refusal(**given_values: object) -> str:
    with pytest.raises(ParameterError) as caught:
        checked(of(RICH), given_values, "zkouska")
    return str(caught.value)


def test_a_parameter_has_its_type_default_and_help() -> None:
    assert of(PARAMETERS)["as_of"] == Parameter(
        name="as_of",
        kind="str",
        optional=True,
        default=None,
        help="den, k němuž se posuzují termíny",
    )


def test_parameters_keep_the_order_of_the_cell() -> None:
    assert list(of(RICH)) == [
        *("horizon", "count", "share", "day", "draft", "sure"),
    ]
    assert list(checked(of(RICH), {"draft": True, "count": 1}, "zkouska")) == ["count", "draft"]


def test_a_notebook_without_the_cell_has_no_parameters() -> None:
    plain = notebook()
    plain.cells[0] = code("x = 1")
    assert declared(plain, "zkouska") == {}


@pytest.mark.parametrize(
    ("name", "given_value", "value"),
    [
        ("horizon", "None", "None"),
        ("count", " 12", 12),
        ("count", 12, 12),
        ("share", "0,25", 0.25),
        ("share", 1, 1.0),
        ("day", "2023-12-31", "2023-12-31"),
        ("day", None, None),
        ("day", "None", None),
        ("draft", "Ano", True),
        ("draft", "False", False),
        ("draft", True, True),
    ],
)
def test_a_value_or_its_text_becomes_the_type_of_the_notebook(
    name: str, given_value: object, value: Value
) -> None:
    (read,) = checked(of(RICH), {name: given_value}, "zkouska").values()
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("name", "given_value", "expected"),
    [
        ("count", "dva", "; čeká se celé číslo"),
        ("count", True, "; čeká se celé číslo"),
        ("count", 1.0, "; čeká se celé číslo"),
        ("count", "9" * 5_000, "; čeká se celé číslo"),
        ("share", "inf", "; čeká se číslo"),
        ("draft", "asi", "; čeká se ano, nebo ne"),
        ("draft", 1, "; čeká se ano, nebo ne"),
        ("horizon", 2024, "; čeká se text"),
        ("horizon", None, "; čeká se text"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused(name: str, given_value: object, expected: str) -> None:
    message = refusal(**{name: given_value})
    assert message.startswith(f"Parametr „{name}“ nemůže mít hodnotu „")
    assert message.endswith(f"“{expected}.")


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    assert refusal(horizont="x") == (
        "Parametr „horizont“ notebook „zkouska“ nezná; nejbližší je „horizon“."
    )


def test_a_name_near_to_none_is_refused_with_all_of_them() -> None:
    assert "zná horizon, count, share, day, draft a\u00a0sure" in refusal(zzz="x")


def test_all_faults_are_reported_at_once() -> None:
    given_values = {"zzz": "x", "draft": "asi", "day": "včera", "sure": "None"}
    with pytest.raises(ParameterError) as caught:
        checked(of(RICH), given_values, "zkouska", {"day": parse_day, "sure": parse_day})
    head, unknown, *rest = str(caught.value).splitlines()
    assert head == "Zadání má 3\u00a0vady:"
    assert unknown.startswith("  • Parametr „zzz“ notebook „zkouska“ nezná")
    assert rest == [
        "  • Parametr „draft“ nemůže mít hodnotu „asi“; čeká se ano, nebo ne.",
        "  • Den „včera“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31.",
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x: int = 'a'", "není typu „int“"),
        ("x: int = '1'", "není typu „int“"),
        ("x: str = None", "není typu „str“"),
        ("x: list[int] = []", "má neznámý typ „list[int]“"),
        ("x: str | int = 1", "má neznámý typ „str | int“"),
        ("x: open('y') = 1", "má neznámý typ „open('y')“"),
        ("x: str = open('y').read()", "musí být prostá hodnota"),
        ("x = 1", "není zápis parametru"),
        ("import os\nos.remove('y')", "není zápis parametru"),
        ("x: str =", "není platný Python (řádek 1)"),
        ("x: int = " + "(" * 500 + "1" + ")" * 500, "není platný Python"),
    ],
)
def test_a_cell_that_declares_badly_is_refused_and_never_run(source: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        of(source)
    assert str(caught.value).startswith("Notebook „zkouska“: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ITEMS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_value_and_its_text_reach_the_cell_as_the_value(kind: str, data: st.DataObject) -> None:
    (parameter,) = of(f"x: {kind} | None = None").values()
    value = data.draw(st.none() | ITEMS[kind])
    written = typed(value)
    for given_value in (value, written):
        read = parameter.read(given_value)
        seen: dict[str, Any] = {}
        exec(values_source({"x": read}), seen)  # noqa: S102 — the cell of this test
        assert (type(seen["x"]), seen["x"]) == (type(value), value)


def test_a_run_notebook_sees_what_it_was_given(tmp_path: Path) -> None:
    given_values: dict[str, object] = {
        "horizon": 'uvozovky " a \\ a\nřádek %x ?',
        "count": -(10**30),
        "share": 1e-300,
        "day": "",
        "draft": False,
    }
    parameters = of(RICH)
    source = notebook(
        code(f"for name in {list(parameters)!r}:\n    print(ascii(vars()[name]))"),
        parameters=RICH,
    )
    source.cells.pop(1)  # the title speaks of other parameters
    taken = checked(parameters, given_values, "zkouska")
    expected = [ascii({**defaults(parameters), **given_values}[name]) for name in parameters]
    for engine in ENGINES:
        executed = run(source, taken, name="zkouska", folder=tmp_path, how=Running(engine=engine))
        shown = "".join(output.text for output in executed.cells[-1].outputs)
        assert shown.splitlines() == expected


def defaults(parameters: dict[str, Parameter]) -> dict[str, Value]:
    return {name: parameter.default for name, parameter in parameters.items()}
