"""What holds of any evidence under the real rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings, strategies as st

import slz_lib
from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.vocabulary import Reach
from tests.samples.evidence import (
    PERIOD,
    PLACES,
    REACHES,
    STATES,
    Measure,
    Row,
    dataset_of,
    judged,
)
from tests.samples.scales import SCALE
from tests.samples.seeds import tries

#: Reaches from the narrowest, as the rules see it.
WIDER = sorted(REACHES, key=lambda reach: REACH_RANK[Reach(reach)])
RANKS = SCALE.ranks
#: So many periods a law is tried on; of each of them it holds for several measures.
EXAMPLES = tries(6, 3)
#: Worse than any status: none at all.
NO_STATUS = 5

places = st.lists(st.sampled_from(list(PLACES)), unique=True, max_size=3).map(
    lambda names: "; ".join(names) or None
)
row = st.builds(
    Row,
    criterion=st.sampled_from("abc"),
    state=st.sampled_from(STATES),
    reach=st.sampled_from(REACHES),
    places=places,
)
measure = st.builds(
    Measure,
    evidence=st.lists(row, max_size=6),
    deadline=st.sampled_from(["fixed", "continuous", "event"]),
    month=st.sampled_from(["2023-06", "2027-12"]),
    published=st.sampled_from([None, *RANKS]),
)
reported = measure.filter(lambda drawn: bool(drawn.evidence))
#: Several at once: a period is judged in the same time whether it has one measure or ten.
several = st.lists(reported, min_size=5, max_size=5)


def ranks(
    before: Sequence[Measure], after: Sequence[Measure], dataset: slz_lib.Dataset
) -> list[tuple[int, int]]:
    """The ranks of the derived statuses of measures before a change and after it.

    Measures whose evidence contradicts itself are left out: there a word more may well end what
    another had confirmed, see ``tests/cases/experts``.
    """
    evaluation = judged([*before, *after], dataset)
    criteria = evaluation.criteria
    disputed = set(criteria.loc[criteria["dispute"].notna(), "measure_id"])
    table = evaluation.judgements
    found = [
        None if measure_id in disputed else RANKS.get(status, NO_STATUS)
        for measure_id, status in zip(
            table["measure_id"], table["derived"].astype(object), strict=True
        )
    ]
    pairs = zip(found[: len(before)], found[len(before) :], strict=True)
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def places_of(rows: Sequence[Row]) -> str | None:
    """All places that rows name, each once."""
    names = [name for row in rows if row.places for name in row.places.split("; ")]
    return "; ".join(dict.fromkeys(names)) or None


def as_good(rows: Sequence[Row], draw: st.DataObject) -> Row:
    """A row on the criterion of ``rows`` that is in every column as good as any of them."""
    best = min(STATES.index(row.state) for row in rows)
    widest = max(WIDER.index(row.reach) for row in rows)
    return Row(
        rows[0].criterion,
        draw.draw(st.sampled_from(STATES[: best + 1])),
        draw.draw(st.sampled_from(WIDER[widest:])),
        places_of(rows),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=several, data=st.data())
def test_a_row_replaced_by_a_better_one_never_lowers_a_status(
    drawn: list[Measure], data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    def better(one: Measure) -> Measure:
        evidence = list(one.evidence)
        place = data.draw(st.integers(0, len(evidence) - 1))
        evidence[place] = as_good([evidence[place]], data)
        return replace(one, evidence=evidence)

    assert all(after <= before for before, after in ranks(drawn, [*map(better, drawn)], dataset))


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=several)
def test_a_new_criterion_done_region_wide_never_lowers_a_status(
    drawn: list[Measure], dataset: slz_lib.Dataset
) -> None:
    more = [replace(one, evidence=[*one.evidence, Row("new", "done", "region")]) for one in drawn]
    assert all(after <= before for before, after in ranks(drawn, more, dataset))


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=several, data=st.data())
def test_a_weaker_row_with_a_narrower_reach_changes_no_status(
    drawn: list[Measure], data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    def with_a_weaker(one: Measure) -> Measure:
        row = data.draw(st.sampled_from(list(one.evidence)))
        weaker = Row(
            row.criterion,
            data.draw(st.sampled_from(STATES[STATES.index(row.state) :])),
            data.draw(st.sampled_from(WIDER[: WIDER.index(row.reach) + 1])),
            row.places,
        )
        return replace(one, evidence=[*one.evidence, weaker])

    more = [*map(with_a_weaker, drawn)]
    assert all(after == before for before, after in ranks(drawn, more, dataset))


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=st.lists(measure, min_size=2, max_size=8), data=st.data())
def test_the_order_of_the_rows_of_a_file_does_not_matter(
    drawn: list[Measure], data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    made = dataset_of(drawn, dataset)
    order = data.draw(st.permutations(range(len(made.evidence))))
    mixed = replace(
        made,
        evidence=made.evidence.iloc[list(order)].reset_index(drop=True),
        evaluation_rules=made.evaluation_rules.iloc[::-1].reset_index(drop=True),
        rule_conditions=made.rule_conditions.iloc[::-1].reset_index(drop=True),
    )
    one, other = (slz_lib.evaluate(each, PERIOD) for each in (made, mixed))
    pd.testing.assert_frame_equal(other.judgements, one.judgements)
    pd.testing.assert_frame_equal(other.criteria, one.criteria)
    pd.testing.assert_frame_equal(other.trace.changes, one.trace.changes)
    pd.testing.assert_frame_equal(
        other.evidence.drop(columns="row"), one.evidence.drop(columns="row")
    )


def told(evaluation: slz_lib.Evaluation) -> Counter[tuple[object, ...]]:
    """The smallest changes without the names of criteria, which may stand alike."""
    table = evaluation.trace.changes.drop(columns="criterion")
    return Counter(table.itertuples(index=False, name=None))


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=reported, data=st.data())
def test_the_order_in_which_evidence_is_numbered_does_not_matter(
    drawn: Measure, data: st.DataObject, dataset: slz_lib.Dataset
) -> None:
    """Which of two criteria that stand alike is to change, the order may say."""
    order = data.draw(st.permutations(range(len(drawn.evidence))))
    mixed = replace(drawn, evidence=[drawn.evidence[place] for place in order])
    one, other = (judged([each], dataset) for each in (drawn, mixed))
    pd.testing.assert_frame_equal(other.judgements, one.judgements)
    before, after = (
        each.criteria.sort_values("criterion", ignore_index=True) for each in (one, other)
    )
    pd.testing.assert_frame_equal(after, before)
    decisive = one.evidence["decisive"].to_numpy()
    assert other.evidence["decisive"].tolist() == [decisive[place] for place in order]
    assert told(other) == told(one)


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=st.lists(measure, max_size=8))
def test_counts_always_sum_to_the_number_of_measures(
    drawn: list[Measure], dataset: slz_lib.Dataset
) -> None:
    evaluation = judged(drawn, dataset)
    judgements = evaluation.judgements
    assert len(judgements) == len(drawn)
    for counts, column in (
        (evaluation.counts, "status"),
        (evaluation.derived_counts, "derived"),
        (evaluation.by_area[list(RANKS)].sum(), "status"),
        (evaluation.by_deadline[list(RANKS)].sum(), "status"),
    ):
        assert int(counts.sum()) + int(judgements[column].isna().sum()) == len(drawn)
    assert int(evaluation.by_area["total"].sum()) == len(drawn)


def test_a_measure_is_judged_by_its_own_evidence_alone(
    dataset: slz_lib.Dataset, evaluation: slz_lib.Evaluation
) -> None:
    """One of them is disputed."""
    among_all = evaluation.judgements.set_index("measure_id")
    for measure in ("I.2", "II.4", "IX.3"):
        rows = dataset.evidence[dataset.evidence["measure_id"].eq(measure)]
        alone = slz_lib.evaluate(replace(dataset, evidence=rows), PERIOD)
        found = alone.judgements.set_index("measure_id").loc[[measure]]
        pd.testing.assert_frame_equal(found, among_all.loc[[measure]])
        assert alone.evidence["decisive"].any()


def applied(
    evaluation: slz_lib.Evaluation, drawn: Sequence[Measure], direction: str
) -> list[Measure]:
    """The measures with their smallest changes made: one row says how a criterion now stands."""
    table = evaluation.trace.changes
    reaches = {rank: str(reach) for reach, rank in REACH_RANK.items()}
    changed = []
    for number, each in enumerate(drawn, start=1):
        mine = table[table["measure_id"].eq(f"I.{number}") & table["direction"].eq(direction)]
        new = [
            Row(criterion, state, reaches[reach])
            for criterion, state, reach in zip(
                mine["criterion"], mine["to_state"], mine["to_reach"], strict=True
            )
        ]
        names = {row.criterion for row in new}
        assert names <= {row.criterion for row in each.evidence}
        kept = [row for row in each.evidence if row.criterion not in names]
        changed.append(replace(each, evidence=[*kept, *new]))
    return changed


@settings(max_examples=EXAMPLES, deadline=None)
@given(drawn=st.lists(measure, min_size=1, max_size=6))
def test_the_smallest_change_gives_the_status_that_it_promises(
    drawn: list[Measure], dataset: slz_lib.Dataset
) -> None:
    evaluation = judged(drawn, dataset)
    changes = evaluation.trace.changes
    now = evaluation.judgements["derived"]
    for direction, better in (("up", True), ("down", False)):
        mine = changes[changes["direction"] == direction]
        promised = mine.drop_duplicates("measure_id").set_index("measure_id")["status"]
        after = judged(applied(evaluation, drawn, direction), dataset).judgements
        then = after.set_index("measure_id")["derived"]
        assert then.reindex(promised.index).tolist() == promised.tolist()
        before = now.set_axis(then.index).reindex(promised.index).map(RANKS)
        gained = promised.map(RANKS) < before
        assert gained.eq(better).all()
