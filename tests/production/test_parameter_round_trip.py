"""What is given for a parameter is what the notebook's cell sees: equal, and of the same type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import papermill
import pytest
from hypothesis import given, settings, strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import v4
from papermill.translators import translate_parameters

from slz_lib.errors import ParameterError
from slz_lib.production.engine import ENGINES
from slz_lib.production.execution import Running, run
from slz_lib.production.injecting import values_source, with_values
from slz_lib.production.kernel import QuietKernelManager
from slz_lib.production.parameter_types import Value
from slz_lib.production.parameters import Parameter, checked, declared
from slz_lib.vocabulary import Reach, Role, Status
from tests.production.sample import code

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL = """\
from datetime import date
from pathlib import Path
from typing import Literal, Optional
from slz_lib.vocabulary import Reach, Status

text: str = ""  # text
flag: bool = False
whole: int = 0
number: float = 0.5
day: date = date(2023, 12, 31)  # den
place: Path = Path("../data")
form: Literal["short", "long, wide"] = "short"
status: Status = Status.PLNENO
any_text: str | None = None
any_flag: None | bool = None
any_whole: Optional[int] = None
any_day: date | None = None
any_place: Path | None = None
any_status: Status | None = None
texts: list[str] = ["a", "b"]
flags: list[bool] = []
wholes: list[int] = [1, 2]
numbers: list[float] = []
days: list[date] = [date(2022, 1, 1)]
places: list[Path] = []
forms: list[Literal["short", "long, wide"]] = []
reaches: list[Reach] = [Reach.SOME]
any_days: list[date] | None = None
"""
ITEMS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(),
    "flag": st.booleans(),
    "whole": st.integers(),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "day": st.dates(),
    "place": st.text(st.characters(exclude_characters="\0")).map(Path),
    "form": st.sampled_from(["short", "long, wide"]),
    "status": st.sampled_from(Status),
    "reach": st.sampled_from(Reach),
}


def notebook(*cells: NotebookNode) -> NotebookNode:
    made: NotebookNode = v4.new_notebook(cells=[code(CELL, "parameters"), *cells])
    return made


PARAMETERS: dict[str, Parameter] = declared(notebook(), "zkouska")


def values(name: str) -> st.SearchStrategy[Any]:
    """Values of the parameter ``name``, but for the text ``None``, which would be ``None``."""
    kind = PARAMETERS[name].type
    item = "reach" if kind.members is Reach else name.removeprefix("any_").removesuffix("s")
    item = "status" if kind.members is Status else item
    one = ITEMS[item].filter(lambda value: not kind.optional or str(value) != "None")
    strategy = st.lists(one, max_size=4) if kind.many else one
    return st.none() | strategy if kind.optional else strategy


def seen(given_values: dict[str, Value]) -> dict[str, Any]:
    """What stands in the variables after both cells, read as IPython reads a cell."""
    variables: dict[str, Any] = {}
    for source in (CELL, values_source(given_values)):
        exec(TransformerManager().transform_cell(source), variables)  # noqa: S102 - cells of this test
    return variables


def same(left: object, right: object) -> bool:
    """Equal and of the same type, item by item."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_value_reaches_the_cell_as_it_was_given(name: str, data: st.DataObject) -> None:
    value = data.draw(values(name))
    taken = checked(PARAMETERS, {name: value}, "zkouska")
    assert same(taken[name], value)
    assert same(seen(taken)[name], value)


@pytest.mark.parametrize("name", PARAMETERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_text_of_a_value_is_read_back_as_the_value(name: str, data: st.DataObject) -> None:
    value = data.draw(values(name))
    text = PARAMETERS[name].type.text(value)
    assert same(checked(PARAMETERS, {name: text}, "zkouska")[name], value)


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_default_is_what_the_notebook_itself_has(name: str) -> None:
    assert same(PARAMETERS[name].default, seen({})[name])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("number", "0,5", 0.5),
        ("numbers", "0,5; 2", [0.5, 2.0]),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("place", "a b/č", Path("a b/č")),
        ("status", "CASTECNE", Status.CASTECNE),
        ("any_status", "None", None),
        ("text", "None", "None"),
        ("texts", "a, b,c", ["a", "b", "c"]),
        ("texts", "", []),
        ("texts", '["a, b", ""]', ["a, b", ""]),
        ("wholes", "[1, 2]", [1, 2]),
        ("flags", "ano,ne", [True, False]),
        ("days", "2023-01-01,2024-01-01", [date(2023, 1, 1), date(2024, 1, 1)]),
        ("reaches", "some,nearly_all", [Reach.SOME, Reach.NEARLY_ALL]),
        ("any_days", "None", None),
    ],
)
def test_a_text_typed_on_the_command_line_becomes_the_value(
    name: str, text: str, value: Value
) -> None:
    assert same(checked(PARAMETERS, {name: text}, "zkouska")[name], value)


class Foreign(StrEnum):
    """An enum that the cell does not import."""

    SHORT = "short"


@pytest.mark.parametrize(
    ("name", "given_value"),
    [
        ("text", Status.PLNENO),
        ("form", Foreign.SHORT),
        ("status", Role.LEAD),
        ("status", "PLNĚNO"),
        ("day", datetime(2023, 12, 31, tzinfo=UTC)),
        ("day", "2023-02-30"),
        ("day", "None"),
        ("flag", 1),
        ("whole", 1.0),
        ("whole", "1_000"),
        ("number", float("nan")),
        ("number", "inf"),
        ("number", 2**53 + 1),
        ("place", 3),
        ("texts", ("a", "b")),
        ("texts", "a,,b"),
        ("texts", "[a"),
        ("texts", ["a", None]),
        ("days", "2023-01-01;2024-01-01"),
        ("numbers", "0,5,1"),
    ],
)
def test_what_would_not_survive_is_refused(name: str, given_value: object) -> None:
    with pytest.raises(ParameterError, match=f"Parametr „{name}“ nemůže mít hodnotu"):
        checked(PARAMETERS, {name: given_value}, "zkouska")


def test_a_list_says_how_it_is_typed() -> None:
    with pytest.raises(ParameterError) as caught:
        checked(PARAMETERS, {"reaches": "všude"}, "zkouska")
    assert (
        str(caught.value)
        .replace("\u00a0", " ")
        .endswith(
            "čeká se seznam oddělený čárkami "
            "(každá položka: „region“, „nearly_all“, „some“ nebo „unknown“)."
        )
    )


def test_a_meaning_is_asked_of_every_item() -> None:
    asked: list[str] = []
    days: dict[str, object] = {"any_days": [date(2022, 1, 1), date(2023, 1, 1)]}
    checked(PARAMETERS, days, "zkouska", {"any_days": asked.append})
    assert asked == ["2022-01-01", "2023-01-01"]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()),
    )
)
def test_plain_values_are_written_as_papermill_writes_them(plain: dict[str, Any]) -> None:
    assert values_source(plain) == translate_parameters("python3", "python", plain, "Parameters")


#: One awkward value of every type at once.
AWKWARD: dict[str, object] = {
    "text": 'uvozovky " a \\ a\nřádek %x ?',
    "flag": True,
    "whole": -(10**30),
    "number": 1e-300,
    "day": date(2024, 2, 29),
    "place": Path('složka "x"/soubor č. 1.csv'),
    "form": "long, wide",
    "status": Status.CASTECNE,
    "any_text": "",
    "any_flag": False,
    "any_whole": 0,
    "any_day": date(2022, 1, 1),
    "any_place": Path(),
    "any_status": Status.SPLNENO,
    "texts": ["None", "", "a, b"],
    "flags": [True, False],
    "wholes": [],
    "numbers": [-0.5, 2.0],
    "days": [date(2023, 1, 31)],
    "places": [Path("a"), Path("/b")],
    "forms": ["short"],
    "reaches": [Reach.REGION, Reach.UNKNOWN],
    "any_days": [],
}


def echoed(values_: dict[str, Value], folder: Path) -> str:
    """What a notebook in ``folder`` prints of its parameters."""
    source = notebook(code(f"for name in {list(PARAMETERS)!r}:\n    print(ascii(vars()[name]))"))
    executed = papermill.execute_notebook(
        with_values(source, values_),
        None,
        kernel_name="python3",
        cwd=str(folder),
        progress_bar=False,
        kernel_manager_class=QuietKernelManager,
        shutdown_kernel="immediate",
    )
    return "".join(output.text for output in executed.cells[-1].outputs)


def test_an_executed_notebook_sees_every_type_as_it_was_given(tmp_path: Path) -> None:
    assert set(AWKWARD) == set(PARAMETERS)
    taken = checked(PARAMETERS, AWKWARD, "zkouska")
    lines = [ascii(AWKWARD[name]) for name in PARAMETERS]
    assert echoed(taken, tmp_path).splitlines() == lines


def test_a_produced_edition_sees_every_type_and_shows_it(tmp_path: Path) -> None:
    source = notebook(code(f"for name in {list(PARAMETERS)!r}:\n    print(ascii(vars()[name]))"))
    taken = checked(PARAMETERS, AWKWARD, "zkouska")
    for engine in ENGINES:
        executed = run(source, taken, name="zkouska", folder=tmp_path, how=Running(engine=engine))
        shown = "".join(output.text for output in executed.cells[-1].outputs)
        assert shown.splitlines() == [ascii(AWKWARD[name]) for name in PARAMETERS]
