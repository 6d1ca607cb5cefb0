"""Comparison of the real period with a synthetic one after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.errors import EvaluationError, ParameterError
from slz_lib.evaluation.comparison import Comparison, compare, ways
from slz_lib.evaluation.movements import (
    NOT_IN_PERIOD,
    SILENT,
    ChangeKind,
    change_kinds,
    shares,
    standing,
    standings as standings_of,
    steps,
)
from slz_lib.evaluation.summaries import NO_STATUS
from tests.samples.scales import SCALE
from tests.samples.synthetic_periods import AFTER, BEFORE, SyntheticPeriods, synthetic_periods

CODES = SCALE.codes


def row(comparison: Comparison, measure: str) -> pd.Series:
    table = comparison.measures
    return table[table["measure_id"].eq(measure)].iloc[0]


def test_each_change_of_a_measure_is_told_by_its_kind(
    comparison: Comparison, periods: SyntheticPeriods
) -> None:
    kinds = comparison.measures.set_index("measure_id")["change_kind"]
    assert kinds[kinds.ne("kept")].to_dict() == {
        periods.reworded: "reworded",
        periods.new: "new",
        periods.dropped: "dropped",
        periods.merged: "merged",
    }
    assert comparison.change_kinds.to_dict() == {
        "new": 1,
        "dropped": 1,
        "merged": 1,
        "reworded": 1,
        "kept": 106,
    }


def test_a_merged_measure_names_its_successor_and_a_dropped_one_has_none(
    comparison: Comparison, periods: SyntheticPeriods
) -> None:
    assert row(comparison, periods.merged)["successor_id"] == periods.successor
    assert pd.isna(row(comparison, periods.dropped)["successor_id"])


def test_a_wording_is_that_of_the_period_that_judged_it(
    comparison: Comparison, periods: SyntheticPeriods
) -> None:
    wordings = ["wording_before", "wording_after"]
    assert row(comparison, periods.reworded)[wordings].tolist() == ["2021", "2024"]
    assert row(comparison, periods.new)[wordings].isna().tolist() == [True, False]
    assert row(comparison, periods.dropped)[wordings].isna().tolist() == [False, True]


def test_measures_stand_in_the_order_of_areas_and_numbers(comparison: Comparison) -> None:
    areas = comparison.after.dataset.areas.set_index("id")["order"]
    ids = comparison.measures["measure_id"]
    keys = [(areas[area], int(number)) for area, number in ids.str.split(".")]
    assert keys == sorted(keys)
    assert ids.is_unique


def test_the_margins_of_the_transitions_are_the_counts_of_the_periods(
    comparison: Comparison,
) -> None:
    matrix = comparison.transitions
    for side, counted in (
        (comparison.before, matrix.sum(axis="columns")),
        (comparison.after, matrix.sum()),
    ):
        judged = side.judgements
        silent = judged["silent"] & judged["published"].eq(CODES[-1])
        assert int(counted[SILENT]) == int(silent.sum()) > 0
        loud = judged.loc[~silent, "published"].value_counts()
        assert counted[CODES].to_dict() == loud.reindex(CODES, fill_value=0).to_dict()
    assert int(matrix[NOT_IN_PERIOD].sum()) == 2
    assert int(matrix.T[NOT_IN_PERIOD].sum()) == 1


def test_a_better_status_is_a_step_above_zero() -> None:
    before = pd.Series(["NEPLNENO", "SPLNENO", "PLNENO", None, "PLNENO"], dtype="str")
    after = pd.Series(["CASTECNE", "NEPLNENO", "PLNENO", "PLNENO", None], dtype="str")
    assert steps(before, after, SCALE).tolist() == [1, -3, 0, pd.NA, pd.NA]


def test_a_share_is_of_the_measures_of_its_own_period(comparison: Comparison) -> None:
    table = comparison.shares
    sizes = [len(period.judgements) for period in (comparison.before, comparison.after)]
    assert [int(table[side].sum()) for side in ("before", "after")] == sizes == [109, 108]
    splneno = table.loc["SPLNENO"]
    assert splneno["share_before"] == pytest.approx(splneno["before"] / 109)
    assert splneno["change"] == pytest.approx(splneno["after"] / 108 - splneno["before"] / 109)
    assert float(table["change"].sum()) == pytest.approx(0)


def test_the_areas_add_up_to_the_whole(comparison: Comparison) -> None:
    by_area = comparison.by_area
    assert by_area.drop(columns="total").sum().to_dict() == comparison.counts.to_dict()
    assert by_area["total"].to_dict() == comparison.measures["area_id"].value_counts().to_dict()


def test_periods_in_the_wrong_order_are_refused(periods: SyntheticPeriods) -> None:
    with pytest.raises(EvaluationError, match="2022–2023 nezačíná po konci období 2024–2025"):
        compare(periods.after, periods.before)
    with pytest.raises(EvaluationError):
        compare(periods.before, periods.before)


def test_published_statuses_are_compared_with_published_ones_and_else_derived_with_derived(
    dataset: slz_lib.Dataset, comparison: Comparison
) -> None:
    made = synthetic_periods(dataset, published=False)
    for compared, basis in (
        (comparison, "published"),
        (compare(made.before, made.after), "derived"),
    ):
        assert compared.basis == basis
        table = compared.measures.set_index("measure_id")
        for side, evaluation in (("before", compared.before), ("after", compared.after)):
            stated = evaluation.judgements.set_index("measure_id")[basis]
            assert table[side].dropna().to_dict() == stated.dropna().to_dict()


def test_the_display_counts_measures_movers_and_changes(comparison: Comparison) -> None:
    shown = comparison._repr_html_()
    assert "Srovnání období 2022–2023 a\u00a02024–2025" in shown
    assert "109 → 108" in shown
    assert f"{len(comparison.movers)}\u00a0opatření" in shown
    assert "nové 1, zaniklé 1, sloučené 1, přeformulované 1" in shown
    assert "comparison.movers" in shown


def test_the_period_before_the_synthetic_one_is_the_real_one(periods: SyntheticPeriods) -> None:
    assert periods.dataset.previous(AFTER) == BEFORE
    assert periods.dataset.previous(BEFORE) is None
    with pytest.raises(ParameterError, match="nejbližší"):
        periods.dataset.previous("2024-25")


def test_of_several_earlier_periods_the_latest_is_the_previous_one(
    periods: SyntheticPeriods,
) -> None:
    later = periods.dataset.periods.tail(1).assign(
        id="2026", start=pd.Timestamp("2026-01-01"), end=pd.Timestamp("2026-12-31")
    )
    three = replace(periods.dataset, periods=pd.concat([later, periods.dataset.periods]))
    assert three.previous("2026") == AFTER


STATUS = st.sampled_from([*CODES, None])
#: Status before and after; a wording of ``None`` is a period without the measure.
WORDING = st.sampled_from(["2021", "2024", None])
MEASURE = st.tuples(WORDING, WORDING, STATUS, STATUS).filter(lambda m: any(m[:2]))


@settings(max_examples=25, deadline=None)
@given(st.lists(MEASURE, max_size=12))
def test_whatever_the_periods_hold_counts_sum_to_the_measures(
    rows: Sequence[tuple[str | None, str | None, str | None, str | None]],
) -> None:
    names = ["wording_before", "wording_after", "before", "after"]
    table = pd.DataFrame(rows, columns=names).astype("str")
    table["before"] = table["before"].where(table["wording_before"].notna())
    table["after"] = table["after"].where(table["wording_after"].notna())
    table["measure_id"] = [f"I.{number}" for number in range(len(table))]
    standings = [standing(table[side], table[f"wording_{side}"]) for side in ("before", "after")]
    moved = steps(standings[0], standings[1], SCALE)
    kinds = change_kinds(table, pd.DataFrame({"measure_id": [], "successor_id": []}, dtype="str"))
    measures = table.assign(
        area_id="I",
        stood=standings[0],
        stands=standings[1],
        steps=moved,
        moved=moved.ne(0).fillna(value=False).astype(bool),
        way=ways(standings[0], standings[1], moved, SCALE),
        **kinds,
    )
    comparison = Comparison(None, SimpleNamespace(scale=SCALE), "derived", measures)  # type: ignore[arg-type]
    assert int(comparison.counts.sum()) == len(rows)
    assert int(comparison.transitions.to_numpy().sum()) == len(rows)
    assert int(comparison.change_kinds.sum()) == len(rows)
    assert len(comparison.movers) == int(comparison.counts[["better", "worse"]].sum())
    counted = shares(standings[0], standings[1], SCALE)
    for side, wording in (("before", "wording_before"), ("after", "wording_after")):
        whole = int(table[wording].notna().sum())
        assert int(counted[side].sum()) == whole
        if whole:
            assert float(counted[f"share_{side}"].sum()) == pytest.approx(1)
        else:
            assert counted[f"share_{side}"].isna().all()
    assert set(standings[0]) | set(standings[1]) <= {*standings_of(SCALE)}
    assert NO_STATUS in counted.index
    assert set(measures["change_kind"]) <= {str(kind) for kind in ChangeKind}
