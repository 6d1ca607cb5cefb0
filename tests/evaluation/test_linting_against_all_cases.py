"""The linter finds what going through all small measures one by one finds, and nothing else.

Where the only thresholds of shares are a half and the ends, measures with up to six criteria show
all that measures with more could show.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pandas as pd
from hypothesis import given, settings, strategies as st

from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import RuleSet, applying, decide
from slz_lib.vocabulary import Status

MOST = 6
SHARES = ["share_done", "share_fulfilled", "share_active", "share_preparing"]


class Stand(NamedTuple):
    """How the criteria of a measure stand, as numbers of criteria."""

    criteria: int
    done: int
    fulfilled: int
    active: int
    preparing: int
    supplied: int
    reach: int
    fixed: int
    passed: int


def every_stand() -> Iterator[Stand]:
    for criteria in range(1, MOST + 1):
        counts = range(criteria + 1)
        for done, fulfilled, active, preparing in product(counts, repeat=4):
            if done <= fulfilled <= active and active + preparing <= criteria:
                reaches = range(4) if active else [0]
                supplied = [1] if active + preparing else [0, 1]
                for rest in product(supplied, reaches, (0, 1), (0, 1)):
                    yield Stand(criteria, done, fulfilled, active, preparing, *rest)


def improved(stand: Stand) -> Iterator[Stand]:
    """What one better criterion makes of it: its state is better, its reach not narrower."""
    if not stand.supplied:
        yield stand._replace(supplied=1)
    if stand.supplied and stand.active + stand.preparing < stand.criteria:
        yield stand._replace(active=stand.active + 1)
    if stand.preparing:
        yield stand._replace(active=stand.active + 1, preparing=stand.preparing - 1)
    if stand.fulfilled < stand.active:
        # The first fulfilled one need not be the one that reaches furthest.
        first = stand.fulfilled == 0 and stand.active > 1
        for reach in range(stand.reach + 1) if first else [stand.reach]:
            yield stand._replace(fulfilled=stand.fulfilled + 1, reach=reach)
    if stand.done < stand.fulfilled:
        yield stand._replace(done=stand.done + 1)
    if stand.active and stand.reach < 3:
        yield stand._replace(reach=stand.reach + 1)


STANDS = list(every_stand())
NUMBER = {stand: number for number, stand in enumerate(STANDS)}
BETTER = pd.DataFrame(
    [(number, NUMBER[other]) for number, stand in enumerate(STANDS) for other in improved(stand)],
    columns=["before", "after"],
)
TABLE = pd.DataFrame(
    STANDS, columns=["criteria", *SHARES, "supplied", "reach", "deadline_fixed", "deadline_passed"]
)
TABLE[SHARES] = TABLE[SHARES].div(TABLE["criteria"], axis="index")


def kinds_found_one_by_one(rules: RuleSet) -> set[str]:
    """Kinds of faults that the small measures show."""
    applies = applying(TABLE, rules)
    ranks = decide(TABLE, rules)["derived"].map({str(status): status.rank for status in Status})
    table = rules.rules.set_index("id")
    equals = [
        applies[one] & applies[other]
        for one, other in product(table.index, repeat=2)
        if table.loc[one, "order"] == table.loc[other, "order"]
        and table.loc[one, "status"] != table.loc[other, "status"]
    ]
    decides = {
        rule: applies[rule]
        & ~applies[table.index[table["order"] < table.loc[rule, "order"]]].any(axis=1)
        for rule in table.index
    }
    fallen = ranks[BETTER["after"]].to_numpy() > ranks[BETTER["before"]].to_numpy()
    found = {
        "overlap": any(both.any() for both in equals),
        "gap": ranks.isna().any(),
        "never": any(not cases.any() for cases in decides.values()),
        "falling": fallen.any(),
    }
    return {kind for kind, there in found.items() if there}


conditions = st.one_of(
    st.tuples(
        st.sampled_from(SHARES), st.sampled_from(["ge", "gt", "le", "lt", "eq"]), st.just(0.5)
    ),
    st.tuples(st.sampled_from(SHARES), st.sampled_from(["ge", "lt"]), st.just(1.0)),
    st.tuples(st.sampled_from(SHARES), st.sampled_from(["gt", "eq"]), st.just(0.0)),
    st.tuples(st.just("reach"), st.sampled_from(["ge", "lt"]), st.sampled_from([1.0, 2.0])),
    st.tuples(
        st.sampled_from(["supplied", "deadline_fixed", "deadline_passed"]),
        st.just("eq"),
        st.sampled_from([0.0, 1.0]),
    ),
    st.tuples(st.just("criteria"), st.sampled_from(["ge", "le"]), st.sampled_from([1.0, 2.0])),
)
rules = st.tuples(
    st.integers(1, 4),
    st.sampled_from([str(status) for status in Status]),
    st.lists(conditions, min_size=1, max_size=2, unique_by=lambda c: c[:2]),
)


def made(drawn: list[tuple[int, str, list[tuple[str, str, float]]]], *, closed: bool) -> RuleSet:
    """A synthetic set of the drawn rules; a closed one decides in the end whatever is left."""
    last = [(9, "NEPLNENO", [("criteria", "ge", 1.0)])] if closed else []
    numbered = [(f"R{number}", *rule) for number, rule in enumerate([*drawn, *last])]
    return RuleSet(
        pd.DataFrame(
            [(rule, order, status) for rule, order, status, _ in numbered],
            columns=["id", "order", "status"],
        )
        .assign(version="syntetická")
        .sort_values(["order", "id"], ignore_index=True),
        pd.DataFrame(
            [(rule, *condition) for rule, _, _, asked in numbered for condition in asked],
            columns=["rule_id", "quantity", "operator", "value"],
        ),
        pd.DataFrame(),
    )


@settings(max_examples=120, deadline=None)
@given(drawn=st.lists(rules, min_size=2, max_size=4), closed=st.booleans())
def test_the_linter_finds_what_all_small_measures_show_and_nothing_else(
    drawn: list[tuple[int, str, list[tuple[str, str, float]]]], closed: bool
) -> None:
    rule_set = made(drawn, closed=closed)
    told = {fault.kind for fault in lint(rule_set)} - {"baseless", "status"}
    assert told == kinds_found_one_by_one(rule_set)
