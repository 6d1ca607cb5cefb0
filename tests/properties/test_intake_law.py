"""The law of intake: whatever is typed and however a form is moved about, nothing is lost."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import slz_lib
from slz_lib.collection.forms import Form
from slz_lib.collection.identifying import identified
from slz_lib.collection.intake import Issued, taken
from slz_lib.collection.questions import questions
from slz_lib.collection.values import words_of
from tests.samples.replies import Reply, lost
from tests.samples.seeds import tries

SHEETS = ["Úvod", "Opatření", "Podrobnosti"]
#: No text of the form itself, which nobody could tell from what was there.
TEXTS = [
    "plněno ",
    "12",
    "1.10",
    "Liberec",
    "=1+1",
    "—",
    "a\u0000b",
    "viz <b>mail</b>",
    "855612/0001",
]
PLACES = st.tuples(st.sampled_from(SHEETS), st.integers(1, 30), st.integers(1, 14))
KINDS = st.sampled_from(["text", "text", "text", "number", "date", "error", "formula", "bool"])
TYPED = st.lists(
    st.tuples(PLACES, st.sampled_from(TEXTS) | st.text(min_size=1), KINDS), max_size=12
)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["rows", "columns", "rename", "drop", "copy", "cut"]),
        st.sampled_from(SHEETS),
        st.integers(1, 12),
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def form(dataset: slz_lib.Dataset) -> Form:
    """The form of a body with a dozen measures."""
    return questions(dataset, "2024-2025").form("KULK-ORREP", date(2026, 1, 31))


@pytest.fixture(scope="module")
def blank(form: Form) -> Reply:
    """The form as it went out."""
    return Reply(form)


@pytest.fixture(scope="module")
def issued(form: Form) -> Issued:
    """All that stands in it."""
    return Issued.of(form)


def change(made: Reply, what: str, sheet: str, at: int) -> None:
    """Do to a form what people do."""
    if sheet not in made.cells:
        return
    match what:
        case "rows":
            made.move(sheet, lambda row, column: (row + (row > at), column))
        case "columns":
            made.move(sheet, lambda row, column: (row, column + (column >= at)))
        case "rename":
            made.cells[f"{sheet} (2)"] = made.cells.pop(sheet)
        case "drop":
            del made.cells[sheet]
        case "cut":
            made.cells[sheet] = {
                place: cell for place, cell in made.cells[sheet].items() if place[0] != at
            }
        case "copy":
            end = max((row for row, _ in made.cells[sheet]), default=0) + 1
            for (row, column), (kind, text, _, hidden) in [*made.cells[sheet].items()]:
                if row == at:
                    made.put(sheet, (end, column), text, kind, hidden=hidden)


@settings(
    max_examples=tries(40, 15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=TYPED, moves=MOVES)
def test_typed_is_staged_and_quarantined(
    typed: list[tuple[tuple[str, int, int], str, str]],
    moves: list[tuple[str, str, int]],
    form: Form,
    blank: Reply,
    issued: Issued,
    dataset: slz_lib.Dataset,
) -> None:
    made = copy.deepcopy(blank)
    for (sheet, row, column), text, kind in typed:
        made.put(sheet, (row, column), text, kind)
    for move in moves:
        change(made, *move)
    returned = made.returned()
    identity, why = identified(returned, {form.identity.form: form})
    found = taken(returned, identity, issued if identity else None, words_of(dataset), why)
    assert lost(returned, issued if identity else None, found) == []
