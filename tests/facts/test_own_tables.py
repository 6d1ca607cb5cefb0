"""A table of pandas becomes a table of a document as an official would have written it."""

from __future__ import annotations

import enum
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import slz_lib
from slz_lib.documents.gate import block_faults
from slz_lib.documents.model import Table
from slz_lib.errors import DocumentError
from slz_lib.presentation import Col, table
from tests.samples.reading import column, values
from tests.samples.scales import SCALE

PLACES = pd.DataFrame({"okres": ["Liberec", "Jablonec", "Liberec"], "n": [1, 2, 3]})


class Kind(enum.Enum):
    FIRST = "první"


def titles(framed: Table) -> list[str]:
    return [col.title for col in framed.columns]


@pytest.mark.parametrize(
    ("name", "given", "shown", "kind"),
    [
        ("rok", [2008, 2009], ["2008", "2009"], "text"),
        ("počet", [2008, 1234567], ["2 008", "1 234 567"], "integer"),
        ("obyvatel, rok 2024", [12345, 900], ["12 345", "900"], "integer"),
        ("psč", [46001, 47001.0], ["46001", "47001"], "text"),
        ("measure_id", [1.1, 1.2], ["1.1", "1.2"], "text"),
        ("kód", ["00123", None], ["00123", "—"], "text"),
        ("s mezerou", [12, None, 1200], ["12", "—", "1 200"], "integer"),
        ("míra", [13.91, 14.6, 1234], ["13,91", "14,60", "1 234,00"], "decimal"),
        ("průměr", [1 / 3, 0.5], ["0,33", "0,50"], "decimal"),
        ("nepatrné", [0.00041, 1.5], ["0,00041", "1,50000"], "decimal"),
        ("nula", [-0.0, 0.5], ["0,0", "0,5"], "decimal"),
        ("obří", [10**20], ["100 000 000 000 000 000 000"], "integer"),
        ("ceny", [Decimal("1.50"), Fraction(1, 4)], ["1,50", "0,25"], "decimal"),
        ("změna", [np.inf, -np.inf, 0.5], ["∞", "−∞", "0,5"], "decimal"),
        ("splněno", [True, None, np.bool_(False)], ["ano", "—", "ne"], "text"),
        ("den", [date(2023, 1, 5), None], ["5. 1. 2023", "—"], "date"),
        ("den", [pd.Timestamp("2023-01-05"), pd.NaT], ["5. 1. 2023", "—"], "date"),
        (
            "kdy",
            [pd.Timestamp("2023-01-05 09:05"), time(9, 5)],
            ["5. 1. 2023 9:05", "9:05"],
            "text",
        ),
        (
            "trvání",
            pd.to_timedelta(["2 days 04:30:00", "-5s"]),
            ["2 dny 4 h 30 min", "−5 s"],
            "text",
        ),
        ("kdy", pd.period_range("2024-01", periods=1, freq="Q"), ["1. čtvrtletí 2024"], "text"),
        ("kdy", pd.period_range("2024-01", periods=1, freq="M"), ["leden 2024"], "text"),
        ("věk", pd.cut([3], [0, 17.5]), ["nad 0 do 17,5"], "text"),
        ("různé", [1.5, "n/a", pd.NA, 1234], ["1,5", "n/a", "—", "1 234"], "text"),
        ("výčty", [[1, 2.5], {"b", "a"}, {"k": 1}, []], ["1; 2,5", "a, b", "k: 1", "—"], "text"),
        ("jiné", [Kind.FIRST, b"ab"], ["první", "ab"], "text"),
        (
            "řádky",
            ["řádek 1\nřádek\t2", "<b>x</b> *y*"],
            ["řádek 1 řádek 2", "<b>x</b> *y*"],
            "text",
        ),
        ("druh", pd.Categorical(["x", None]), ["x", "—"], "text"),
        ("deadline_kind", ["fixed", None], ["pevný termín", "—"], "text"),
        ("status", ["SPLNENO", None], ["● SPLNĚNO", "—"], "status"),
    ],
)
def test_a_value_is_written_in_czech(name: str, given: object, shown: list[str], kind: str) -> None:
    framed = table(pd.DataFrame({name: given}), caption="Zkouška", scale=SCALE)
    assert column(framed, 0) == shown
    assert framed.columns[0].kind == kind


def test_numbers_are_numbers_in_a_workbook_and_infinity_is_not() -> None:
    framed = table(
        pd.DataFrame({"rok": [2024, 2025], "podíl": [np.inf, 0.125]}),
        caption="Zkouška",
        kinds={"podíl": "percent"},
    )
    assert values(framed, 0) == [2024, 2025]
    assert values(framed, 1) == [None, 0.125]
    assert column(framed, 1) == ["∞", "12,5 %"]


@pytest.mark.parametrize(
    ("given", "headers", "first"),
    [
        (PLACES, ["okres", "n"], "Liberec"),
        (PLACES[PLACES["n"] > 1], ["okres", "n"], "Jablonec"),
        (PLACES.groupby("okres")[["n"]].sum(), ["okres", "n"], "Jablonec"),
        (PLACES.groupby("okres")["n"].mean(), ["okres", "n"], "Jablonec"),
        (PLACES["okres"].value_counts(), ["okres", "Počet"], "Liberec"),
        (pd.crosstab(PLACES["okres"], PLACES["n"]), ["okres", "1", "2", "3"], "Jablonec"),
        (PLACES.groupby(["okres", "n"]).size(), ["okres", "n", "Hodnota"], "Jablonec"),
        (PLACES.groupby("okres").agg({"n": ["sum"]}), ["okres", "n – součet"], "Jablonec"),
        (PLACES.set_index("okres", drop=False), ["okres", "n"], "Liberec"),
        (PLACES.groupby("okres")["okres"].count(), ["okres", "Hodnota"], "Jablonec"),
        (pd.crosstab(PLACES["okres"], PLACES["n"] > 1), ["okres", "ne", "ano"], "Jablonec"),
        (PLACES.describe(), ["Položka", "n"], "počet"),
        (PLACES.groupby("okres")["n"].agg(["max"]), ["okres", "Nejvíce"], "Jablonec"),
        (pd.Series({2022: 5, 2023: 7}), ["Rok", "Hodnota"], "2022"),
        (pd.Series([5, 7], name="body_id"), ["Subjekt"], "5"),
    ],
)
def test_rows_keep_their_names(given: object, headers: list[str], first: str) -> None:
    framed = table(given, caption="Zkouška")  # type: ignore[arg-type]  # frames and series
    assert titles(framed) == headers
    assert column(framed, 0)[0] == first


def test_a_year_is_one_too_where_columns_have_become_rows() -> None:
    framed = table(pd.DataFrame({"rok": [2023], "počet": [2023]}).T, caption="Zkouška")
    assert column(framed, 1) == ["2023", "2 023"]


def test_tables_of_an_evaluation_have_czech_headers_and_words(
    evaluation: slz_lib.Evaluation,
) -> None:
    counts = table(evaluation.counts, caption="Stavy", scale=evaluation.scale)
    assert titles(counts) == ["Stav", "Počet"]
    assert counts.rows[0].cells[0].status is not None
    areas = table(evaluation.by_area, caption="Okruhy", scale=evaluation.scale)
    assert titles(areas)[1:] == [*SCALE.marked.values(), "Bez stavu", "Celkem"]
    terms = evaluation.dataset.measures[["deadline_until", "deadline_published"]]
    assert titles(table(terms, caption="Termíny")) == [f"Termín ({name})" for name in terms]


@pytest.mark.parametrize(
    ("given", "kinds", "told"),
    [
        (
            pd.DataFrame([["L", 1, 2]], columns=["obec", "n", "n"]),
            {},
            "víc sloupců s\u00a0názvem „n“",
        ),
        (PLACES.style, {}, "styler.data"),
        (PLACES.groupby("okres"), {}, "co se má spočítat"),
        ({"a": [1]}, {}, "pd.DataFrame(...)"),
        (PLACES, {"okrse": "text"}, "nejbližší je „okres“"),
        (PLACES, {"n": "procenta"}, "Druh „procenta“"),
        (PLACES, {"okres": "percent"}, "na 1. řádku je „Liberec“"),
        ([Col("a", [1, 2]), Col("b", [1])], {}, "různý počet hodnot („a“ 2, „b“ 1)"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    given: object, kinds: dict[str, str], told: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        table(given, caption="Zkouška", kinds=kinds)  # type: ignore[arg-type]  # wrong on purpose
    assert told in str(refused.value)


WIDE = pd.DataFrame([["Liberec", *[1234567] * 16]], columns=["obec", *map(str, range(2000, 2016))])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (WIDE, "workbook_only=True"),
        (PLACES.head(0), "nemá řádky"),
        (pd.DataFrame(), "nemá sloupce"),
    ],
)
def test_what_no_page_can_show_is_told_before_it_is_written(given: pd.DataFrame, told: str) -> None:
    faults = block_faults((table(given, caption="Zkouška"),), ("buňka 1",))
    assert any(told in fault.problem for fault in faults)


def test_the_author_of_a_large_table_reads_of_it_in_the_cell_alone() -> None:
    large = [WIDE, pd.DataFrame({"n": range(10_000)})]
    for given in large:
        shown = table(given, caption="Zkouška")._repr_mimebundle_()
        assert "Pro autora: " in str(shown["text/html"])
        assert "Pro autora" not in str(shown["application/vnd.slz.blocks+json"])
        kept = table(given, caption="Zkouška", workbook_only=True)
        assert block_faults((kept,), ("buňka 1",)) == ()
        assert "Pro autora" not in str(kept._repr_mimebundle_()["text/html"])


def test_a_table_of_more_cells_than_anybody_reads_is_refused_at_once() -> None:
    endless = pd.DataFrame({"n": range(1_000_000), "m": 1.5})
    with pytest.raises(DocumentError, match=r"má 2.000.000.buněk; .* Řádky vyberte"):
        table(endless, caption="Měření")


_LOOP: list[object] = []
_LOOP.append(_LOOP)


@pytest.mark.parametrize(
    "value",
    [10**400, Decimal("1E+400"), 1e300, len, lambda: 1, object(), b"\xff", _LOOP, Decimal("sNaN"),
     pd.offsets.MonthEnd(2), np.timedelta64(5, "Y")],
)  # fmt: skip
def test_a_value_without_words_is_refused_by_its_column_or_call(value: object) -> None:
    frame = pd.DataFrame({"k": ["a"], "x": pd.Series([value], dtype=object)})
    with pytest.raises(DocumentError, match=r"Sloupec „x“ tabulky nelze zobrazit|Volání table"):
        table(frame, caption="T")


def test_values_of_numpy_and_hours_are_written_as_pythons_own() -> None:
    held = [np.datetime64("2022-01-02"), np.timedelta64(5, "D"), np.ma.masked, np.array(5)]
    frame = pd.DataFrame({"x": pd.Series(held, dtype=object)})
    assert column(table(frame, caption="T"), 0) == ["2. 1. 2022", "5 dní", "—", "5"]
    hours = pd.DataFrame({"x": pd.period_range("2022-01-02 08", periods=2, freq="h")})
    assert column(table(hours, caption="T"), 0) == ["2. 1. 2022 8:00", "2. 1. 2022 9:00"]


def test_what_pandas_calls_its_own_is_czech_or_asked_for() -> None:
    crossed = pd.crosstab(PLACES["okres"], PLACES["n"], margins=True)
    framed = table(crossed, caption="T")
    assert titles(framed)[-1] == "Celkem"
    assert column(framed, 0)[-1] == "Celkem"
    assert titles(table(pd.DataFrame({"a": [1]}).melt(), caption="T"))[0] == "Proměnná"
    with pytest.raises(DocumentError, match="Sloupec tabulky se jmenuje „<lambda_0>“"):
        table(pd.DataFrame([[1]], columns=pd.Index([("n", "<lambda_0>")])), caption="T")


def test_arguments_that_do_not_fit_are_told_in_any_kernel() -> None:
    call: Any = table
    with pytest.raises(DocumentError, match="čeká v\u00a0argumentu „caption“ druh str"):
        call(PLACES, caption=5)
    with pytest.raises(DocumentError, match="nezná argument „titulek“"):
        call(PLACES, titulek="T")


def test_what_is_computed_by_bodies_has_czech_headings() -> None:
    counted = pd.DataFrame({"measures": [2], "steps": [3]}, index=pd.Index(["OSV"], name="body"))
    assert titles(table(counted, caption="x")) == ["Subjekt", "Opatření", "Kroky"]
