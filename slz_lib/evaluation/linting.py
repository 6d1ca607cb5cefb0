"""Faults of a set of rules: overlaps, open cases, rules and steps of the scale that never apply.

The rules are asked about every kind of case that can occur. A rule compares quantities with
thresholds only, so a quantity's axis falls into thresholds and the gaps between them, and one value
of each stands for all; shares are taken as the fractions that a few criteria can make, and as the
thresholds and gaps themselves, which more criteria can come as near to as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.evaluation.rules import applying, decide
from slz_lib.language import count, enumerate_words, format_percent, no_breaks
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    from slz_lib.evaluation.rules import RuleSet

_SHARES = ["share_done", "share_fulfilled", "share_active", "share_preparing"]
_FLAGS = ["deadline_fixed", "deadline_passed"]
#: Where better evidence moves a case upwards, one quantity at a time.
_RISING = ["share_done", "share_fulfilled", "share_active", "supplied", "reach"]
_COLUMNS = ["criteria", *_SHARES, "supplied", "reach", *_FLAGS]
#: With so many criteria every fraction is near enough.
_MANY = 1000


@dataclass(frozen=True, slots=True)
class RuleFault:
    """A fault of a set of rules.

    Attributes:
        kind: ``overlap``, ``gap``, ``never``, ``baseless``, ``status`` (a step of the scale that
            no rule gives) or ``falling`` (better evidence gives a worse status).
        rules: ids of the rules that it concerns; none for a gap or a step of the scale.
        message: a Czech sentence: what was found, in which case, what to do.
    """

    kind: str
    rules: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"data/rules/evaluation_rules.csv: {self.message}"


def lint(rule_set: RuleSet) -> tuple[RuleFault, ...]:
    """All faults of a set of rules; none when every case has one status.

    Rules of one order are equals, so only one status may come out of them. A case that has any
    evidence has to be decided, a case without evidence must not be.
    """
    rules = rule_set.rules
    content = (
        tuple(rules[["id", "order", "status"]].itertuples(index=False, name=None)),
        tuple(
            rule_set.conditions[["rule_id", "quantity", "operator", "value"]].itertuples(
                index=False, name=None
            )
        ),
    )
    return _lint(*content)


@lru_cache(maxsize=16)
def _lint(
    rules: tuple[tuple[object, ...], ...], conditions: tuple[tuple[object, ...], ...]
) -> tuple[RuleFault, ...]:
    from slz_lib.evaluation.rules import RuleSet

    plain = RuleSet(
        pd.DataFrame(rules, columns=["id", "order", "status"]),
        pd.DataFrame(conditions, columns=["rule_id", "quantity", "operator", "value"]),
        pd.DataFrame(),
    )
    cases = _cases(plain.conditions)
    applies = applying(cases, plain)
    decided = decide(cases, plain)
    return (
        *_overlaps(plain.rules, applies, cases),
        *_gaps(decided, cases),
        *_never(plain.rules, applies, decided),
        *_baseless(plain),
        *_missing_steps(plain.rules),
        *_falling(decided, cases),
    )


def _overlaps(rules: pd.DataFrame, applies: pd.DataFrame, cases: pd.DataFrame) -> list[RuleFault]:
    faults = []
    for order, equals in rules.groupby("order", sort=True):
        statuses = equals.set_index("id")["status"]
        for one, other in combinations(equals["id"], 2):
            both = applies[one] & applies[other]
            if statuses[one] != statuses[other] and both.any():
                message = (
                    f"pravidla {one} a {other} mají stejné pořadí {order} a v jednom případě "
                    f"dávají různé stavy ({_said(cases[both].iloc[0])}); dejte jim různé pořadí, "
                    "nebo upravte podmínky."
                )
                faults.append(RuleFault("overlap", (str(one), str(other)), no_breaks(message)))
    return faults


def _gaps(decided: pd.DataFrame, cases: pd.DataFrame) -> list[RuleFault]:
    left = decided["derived"].isna()
    if not left.any():
        return []
    message = (
        f"případ s podkladem zůstal bez pravidla: {_said(cases[left].iloc[0])}; doplňte pravidlo, "
        "nebo uvolněte podmínky."
    )
    return [RuleFault("gap", (), no_breaks(message))]


def _never(rules: pd.DataFrame, applies: pd.DataFrame, decided: pd.DataFrame) -> list[RuleFault]:
    """Rules whose conditions exclude each other, or before which others always decide.

    Of equals with one status none comes before the other.
    """
    faults = []
    for rule in rules.itertuples(index=False):
        earlier = rules.loc[rules["order"] < rule.order, "id"]
        left = applies[rule.id] & ~applies[list(earlier)].any(axis="columns")
        if left.any():
            continue
        shadow = decided.loc[applies[rule.id], "rule_id"].drop_duplicates().tolist()
        why = (
            f"ve všech jeho případech rozhodne dřív {enumerate_words(shadow)}"
            if shadow
            else "jeho podmínky se vylučují"
        )
        message = f"pravidlo {rule.id} se nikdy nepoužije, protože {why}; smažte je, nebo upravte."
        faults.append(RuleFault("never", (str(rule.id),), no_breaks(message)))
    return faults


def _baseless(rule_set: RuleSet) -> list[RuleFault]:
    """Rules that would judge a measure nobody has said anything about."""
    values: dict[str, object] = {"criteria": 0, **dict.fromkeys([*_SHARES, "supplied"], pd.NA)}
    empty = pd.DataFrame(
        [
            {**values, "reach": 0, "deadline_fixed": fixed, "deadline_passed": passed}
            for fixed, passed in product((0, 1), repeat=2)
        ]
    ).astype(dict.fromkeys([*_SHARES, "supplied"], "Float64"))
    applies = applying(empty, rule_set).any()
    return [
        RuleFault(
            "baseless",
            (str(rule),),
            no_breaks(
                f"pravidlo {rule} dává stav i opatření, ke kterému není žádný zápis podkladu; "
                "doplňte podmínku o podkladech (například criteria ge 1)."
            ),
        )
        for rule in applies.index[applies]
    ]


def _missing_steps(rules: pd.DataFrame) -> list[RuleFault]:
    missing = [status for status in Status if str(status) not in set(rules["status"])]
    return [
        RuleFault(
            "status", (), no_breaks(f"stupeň {status.label} nedává žádné pravidlo; doplňte je.")
        )
        for status in missing
    ]


def _falling(decided: pd.DataFrame, cases: pd.DataFrame) -> list[RuleFault]:
    """A case whose status gets worse when one quantity rises and the others stay."""
    ranks = decided["derived"].map({str(s): s.rank for s in Status})
    # Fewer criteria in preparation because more of them are active: the share is no axis of its own.
    for quantity in _RISING:
        others = [name for name in _COLUMNS if name != quantity]
        ordered = cases.assign(rank=ranks, rule=decided["rule_id"]).sort_values(
            [*others, quantity], kind="stable"
        )
        same = ordered[others].eq(ordered[others].shift()).all(axis="columns")
        worse = same & (ordered["rank"] > ordered["rank"].shift())
        if worse.any():
            place = int(np.flatnonzero(worse)[0])
            before, after = ordered.iloc[place - 1], ordered.iloc[place]
            message = (
                f"lepší podklad zhorší stav: {_said(before)} dává "
                f"{Status(str(decided['derived'][before.name])).label}, {_said(after)} dává "
                f"{Status(str(decided['derived'][after.name])).label}; upravte pravidla "
                f"{before['rule']} a {after['rule']}."
            )
            rules = (str(before["rule"]), str(after["rule"]))
            return [RuleFault("falling", rules, no_breaks(message))]
    return []


def _cases(conditions: pd.DataFrame) -> pd.DataFrame:
    """Every kind of case with evidence that the conditions can tell apart."""
    thresholds = conditions.groupby("quantity")["value"].agg(list).to_dict()
    few = max(3, *(int(v) + 1 for v in [0, *thresholds.get("criteria", [])]))
    shares = [
        (number, *(part / number for part in parts))
        for number in range(1, few + 1)
        for parts in _parts([*range(number + 1)], number)
    ]
    axis = _axis([v for name in _SHARES for v in thresholds.get(name, [])])
    shares += [(_MANY, *parts) for parts in _parts(axis, 1)]
    table = pd.DataFrame(shares, columns=["criteria", *_SHARES], dtype="float64")
    rest = pd.DataFrame(
        list(product(sorted(REACH_RANK.values()), (0, 1), (0, 1))), columns=["reach", *_FLAGS]
    )
    cases = table.merge(rest, how="cross")
    # Without an active criterion there is no reach.
    cases = cases[cases["share_active"].gt(0) | cases["reach"].eq(0)]
    silent = cases["share_active"].eq(0) & cases["share_preparing"].eq(0)
    both = [cases.assign(supplied=1.0), cases[silent].assign(supplied=0.0)]
    return pd.concat(both, ignore_index=True)[_COLUMNS].drop_duplicates(ignore_index=True)


def _parts(values: list[float], whole: float) -> list[tuple[float, ...]]:
    """Done ≤ fulfilled ≤ active, and in preparation, which are not active."""
    return [
        (done, fulfilled, active, preparing)
        for active, fulfilled, done in product(values, repeat=3)
        if done <= fulfilled <= active
        for preparing in values
        if active + preparing <= whole
    ]


def _axis(thresholds: list[float]) -> list[float]:
    """The thresholds of a share, its ends, and the middle of each gap between them."""
    points = sorted({0.0, 1.0, *(value for value in thresholds if 0 < value < 1)})
    middles = [(low + high) / 2 for low, high in zip(points, points[1:], strict=False)]
    return sorted({*points, *middles})


def _said(case: pd.Series) -> str:
    """A case in words, as a fault names it."""
    number = int(case["criteria"])
    criteria = (
        "mnoho kritérií" if number == _MANY else count(number, "kritérium", "kritéria", "kritérií")
    )
    if not case["supplied"]:
        return f"{criteria}, podklad nedodán"
    reach = {rank: reach.label for reach, rank in REACH_RANK.items()}[int(case["reach"])]
    words = {
        "trvale splněno": case["share_done"],
        "plněno": case["share_fulfilled"],
        "plněno aspoň zčásti": case["share_active"],
        "v přípravě": case["share_preparing"],
    }
    shares = [f"{word} {format_percent(value, 0)}" for word, value in words.items() if value]
    fixed = "pevný" if case["deadline_fixed"] else "průběžný"
    return ", ".join(
        [criteria, *(shares or ["nic z toho není plněno"]), f"dosah: {reach}", f"termín {fixed}"]
    )


