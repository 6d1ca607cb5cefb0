"""Indicators of the real measures, and the progress of synthetic ones."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.dataset.views import of_period
from slz_lib.evaluation.indicators import Unmeasured, progress
from slz_lib.vocabulary import Period

PERIOD = Period("2024-2025", date(2024, 1, 1), date(2025, 12, 31), date(2025, 12, 31))


def indicator(**given_: object) -> pd.DataFrame:
    """One synthetic indicator, a count with a baseline, a target and a series."""
    row = {
        "measure_id": "I.1", "order": 1, "name": "Počet míst", "kind": "count", "unit": "míst",
        "direction": "up", "baseline": 10.0, "baseline_time": "2021", "target": 20.0,
        "target_time": "2027", "series": "mista",
    } | given_  # fmt: skip
    texts = ["name", "unit", "direction", "series"]
    numbers = ["baseline", "target"]
    frame = pd.DataFrame([row])
    return frame.astype({**dict.fromkeys(texts, "str"), **dict.fromkeys(numbers, "float64")})


def figures(*rows: dict[str, object]) -> pd.DataFrame:
    """Synthetic figures of the series ``mista``."""
    usual = {
        "period_id": "2024-2025", "measure_id": "I.1", "series": "mista", "value": 0.0,
        "qualifier": "exact", "unit": "míst", "time_kind": "year", "time": "2025",
        "territory": "LK", "dimension": None,
    }  # fmt: skip
    table = pd.DataFrame([usual | row for row in rows], columns=list(usual))
    table.insert(1, "id", [f"I.1-o{number}" for number in range(1, len(rows) + 1)])
    return table.astype(
        {name: "str" for name in table.columns if name != "value"} | {"value": "float64"}
    )


def found(one: pd.DataFrame, observed: pd.DataFrame) -> dict[str, object]:
    """The one row of progress, with ``None`` for what is missing."""
    row = progress(one, observed, PERIOD).iloc[0]
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "last", "fraction"),
    [
        (10, 20, "up", 15, 0.5),
        (10, 20, "up", 20, 1.0),
        (10, 20, "up", 25, 1.5),
        (10, 20, "up", 8, -0.2),
        (10, 20, None, 12, 0.2),
        (200, 100, "down", 150, 0.5),
        (200, 100, "down", 50, 1.5),
        (200, 100, "down", 210, -0.1),
        (0, 4, "up", 1, 0.25),
    ],
)
def test_progress_is_the_part_of_the_way_from_the_baseline_to_the_target(
    baseline: float, target: float, direction: str | None, last: float, fraction: float
) -> None:
    row = found(
        indicator(baseline=baseline, target=target, direction=direction), figures({"value": last})
    )
    assert row["progress"] == pytest.approx(fraction)
    assert (row["measurable"], row["because"]) == (True, None)


ONE = figures({"value": 12})
TWO = figures({"value": 12, "time": "2024"}, {"value": 14})
REASONS: dict[Unmeasured, tuple[pd.DataFrame, pd.DataFrame]] = {
    Unmeasured.NO_INDICATOR: (indicator(kind="missing", name=None, series=None), ONE),
    Unmeasured.PRODUCT: (indicator(kind="product", series=None), ONE),
    Unmeasured.ACTIVITY: (indicator(kind="activity", series=None), ONE),
    Unmeasured.NO_FIGURE: (indicator(series=None), ONE),
    Unmeasured.NOT_COMPARABLE: (
        indicator(),
        figures({"value": 12, "time": "2024"}, {"value": 3, "territory": "ORP-5101"}),
    ),
    Unmeasured.BOUND_ONLY: (indicator(), figures({"value": 12, "qualifier": "over"})),
    Unmeasured.SINGLE_FIGURE: (indicator(baseline=None), ONE),
    Unmeasured.NO_BASELINE: (indicator(baseline=None), TWO),
    Unmeasured.NO_TARGET: (indicator(target=None), ONE),
    Unmeasured.NO_WAY: (indicator(target=10.0), ONE),
    Unmeasured.AGAINST_DIRECTION: (indicator(direction="down"), ONE),
}


@pytest.mark.parametrize("reason", Unmeasured, ids=str)
def test_what_cannot_be_measured_says_why(reason: Unmeasured) -> None:
    row = found(*REASONS[reason])
    assert (row["because"], row["measurable"], row["progress"]) == (str(reason), False, None)


def test_an_activity_with_figures_a_baseline_and_a_target_is_measured() -> None:
    assert found(indicator(kind="activity"), figures({"value": 15}))["progress"] == 0.5


@pytest.mark.parametrize(
    "rows",
    [
        ({"time": "2024"}, {"territory": "ORP-5101"}),
        ({"time": "2024", "dimension": "obce"}, {"dimension": "kraj"}),
        ({"time": "2024"}, {"time_kind": "school_year", "time": "2024/2025"}),
        ({"time": "2024"}, {"unit": "lůžek"}),
        ({"unit": "lůžek"},),
        ({"time": "2024"}, {"time_kind": "unknown", "time": None}),
        ({"value": 1.0}, {"value": 2.0}),
    ],
    ids=["territory", "breakdown", "kind of time", "unit", "not its unit", "no time", "one time"],
)
def test_figures_that_differ_in_more_than_the_time_are_no_series(
    rows: tuple[dict[str, object], ...],
) -> None:
    row = found(indicator(), figures(*rows))
    assert row["because"] == "not_comparable"
    assert (row["first"], row["last"], row["change"]) == (None, None, None)


def test_where_a_total_and_its_breakdown_are_given_the_total_measures() -> None:
    observed = figures({"value": 3, "dimension": "obce"}, {"value": 15})
    assert found(indicator(), observed)["last"] == 15


def test_a_series_is_read_from_its_first_time_to_its_last_whatever_the_order() -> None:
    observed = figures({"value": 18}, {"value": 11, "time": "2022"}, {"value": 9, "time": "2024"})
    row = found(indicator(), observed)
    assert (row["first"], row["first_time"], row["last"], row["last_time"]) == (
        11, "2022", 18, "2025",
    )  # fmt: skip
    assert (row["change"], row["figures"], row["last_id"]) == (7, 3, "I.1-o1")


def test_a_single_undated_figure_can_be_measured_against_a_baseline() -> None:
    row = found(indicator(), figures({"value": 15, "time_kind": "unknown", "time": None}))
    assert (row["progress"], row["last_time"]) == (0.5, None)


@pytest.mark.parametrize("qualifier", ["over", "under"])
def test_no_change_is_read_from_a_bound(qualifier: str) -> None:
    observed = figures({"value": 11, "time": "2024", "qualifier": qualifier}, {"value": 15})
    row = found(indicator(), observed)
    assert (row["change"], row["progress"]) == (None, 0.5)


def test_a_figure_of_a_time_to_come_is_a_plan_and_not_a_measurement() -> None:
    observed = figures({"value": 12}, {"value": 20, "time": "2026"})
    assert found(indicator(), observed)["last"] == 12
    day = figures({"value": 12, "time_kind": "date", "time": "2025-12-31"})
    assert found(indicator(), day)["last"] == 12
    tomorrow = figures({"value": 12, "time_kind": "date", "time": "2026-01-01"})
    assert found(indicator(), tomorrow)["because"] == "no_figure"


def test_what_a_later_period_states_does_not_change_an_earlier_one() -> None:
    later = {"value": 19, "period_id": "2026-2027"}
    assert found(indicator(), figures({"value": 12}, later))["last"] == 12
    earlier = {"value": 13, "period_id": "2022-2023"}
    assert found(indicator(), figures({"value": 12}, earlier))["last"] == 12


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-1e6, 1e6),
    st.floats(1e-3, 1e6),
    st.floats(-1e6, 1e6),
    st.sampled_from(("up", "down")),
)
def test_a_better_figure_never_means_less_progress(
    baseline: float, way: float, last: float, direction: str
) -> None:
    sign = 1 if direction == "up" else -1
    one = indicator(baseline=baseline, target=baseline + sign * way, direction=direction)
    worse, better = (
        found(one, figures({"value": last + sign * more}))["progress"] for more in (0, way)
    )
    assert isinstance(worse, float)
    assert isinstance(better, float)
    assert better == pytest.approx(worse + 1, rel=1e-6, abs=1e-3)


def test_no_indicator_of_a_measure_was_lost_or_invented(dataset: slz_lib.Dataset) -> None:
    """What is left of a published cell without the names are the signs between them."""
    for one in (dataset, of_period(dataset, "2022-2023")):
        names = one.indicators.groupby("measure_id")["name"].agg(lambda named: list(named.dropna()))
        assert set(names.index) == set(one.measures["id"])
        cells = one.measures.set_index("id")["indicator"].fillna("")
        for measure, cell in cells.items():
            between = r"\s*(?:,|/|\ba\b)\s*"
            assert re.fullmatch(between.join(map(re.escape, names[str(measure)])), cell), measure


def test_an_indicator_that_is_a_count_says_so_by_its_name(dataset: slz_lib.Dataset) -> None:
    rows = dataset.indicators
    counts = rows["name"].str.lower().str.startswith("počet").fillna(value=False)
    assert rows["kind"].eq("count").tolist() == counts.tolist()
    assert rows.loc[rows["kind"].ne("count"), ["unit", "direction", "series"]].isna().all(axis=None)


def test_the_strategy_gives_no_baseline_and_no_target(dataset: slz_lib.Dataset) -> None:
    given_ = ["baseline", "baseline_time", "target", "target_time"]
    assert dataset.indicators[given_].isna().all(axis=None)


def test_every_series_of_an_indicator_has_figures_in_its_unit(dataset: slz_lib.Dataset) -> None:
    rows = dataset.indicators.dropna(subset="series")
    observed = dataset.observations
    assert len(rows)
    assert set(rows["series"]) <= set(observed["series"])
    units = observed.drop_duplicates("series").set_index("series")["unit"]
    assert list(rows["series"].map(units)) == list(rows["unit"])


def test_of_the_real_indicators_five_have_figures_and_none_can_be_measured(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    table = progress(evaluation.dataset.indicators, dataset.observations, evaluation.period)
    assert table["because"].value_counts().to_dict() == {
        "no_figure": 59,
        "product": 44,
        "activity": 35,
        "no_indicator": 2,
        "single_figure": 4,
        "no_baseline": 1,
    }
    measured = table[table["figures"].gt(0)]
    shown = measured[["measure_id", "last", "last_time"]].astype(object)
    assert shown.where(shown.notna(), None).to_numpy().tolist() == [
        ["V.3", 12.0, "2021/2022"],
        ["VI.1", 1.0, None],
        ["VIII.5", 6.0, None],
        ["VIII.9", 2.0, None],
        ["XII.5", 1.0, "2023"],
    ]
    assert list(table["measure_id"].unique()) == list(evaluation.dataset.measures["id"])
