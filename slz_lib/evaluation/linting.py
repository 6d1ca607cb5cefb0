"""Faults of a set of rules: overlaps, open cases, rules and steps of the scale that never apply.

The rules are asked about every case of measures with few criteria, see
:mod:`slz_lib.evaluation.cases`.
"""

from __future__ import annotations

from itertools import combinations, product

import pandas as pd

from slz_lib.dataset.memo import Memo, digest
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.cases import FLAGS, SHARES, cases, worsened
from slz_lib.evaluation.criteria import reach_words
from slz_lib.evaluation.rules import RuleSet, applying, decide
from slz_lib.language import count, enumerate_words, format_percent, no_breaks
from slz_lib.vocabulary import Quantity, Scale, Terms

#: Rules are the same wherever they hold, so their faults name no territory.
_REACHES = reach_words(Terms.of({}, ""))
_DEADLINES = {
    (1, 0): "pevný termín",
    (1, 1): "pevný termín, který uplynul",
    (0, 0): "bez pevného termínu",
    (0, 1): "průběžný termín, který uplynul",
}


def lint(rule_set: RuleSet) -> list[str]:
    """All faults of a set of rules, a Czech sentence each; none when every case has one status.

    Rules of one order are equals, so only one status may come out of them. A case that has any
    evidence has to be decided, a case without evidence must not be, and no better evidence may
    give a worse status.
    """
    deciding = (
        rule_set.rules[["id", "order", "status"]],
        rule_set.conditions[["rule_id", "quantity", "operator", "value"]],
    )
    faults = _kept.get(digest(*deciding, rule_set.scale), lambda: _lint(rule_set))
    where = f"data/rules/evaluation_rules.csv, sada {rule_set.version}"
    return [no_breaks(f"{where}: {fault}") for fault in faults]


def require_sound(rule_set: RuleSet) -> None:
    """Stop at a set of rules that has faults.

    Raises:
        EvaluationError: it has; lists all of them.
    """
    if faults := lint(rule_set):
        raise EvaluationError("\n".join(faults))


_kept: Memo[tuple[str, ...]] = Memo()


def _lint(rule_set: RuleSet) -> tuple[str, ...]:
    every = cases(rule_set.conditions)
    applies = applying(every, rule_set)
    decided = decide(every, rule_set)
    return (
        *_overlaps(rule_set.rules, applies, every),
        *_gaps(decided, every),
        *_never(rule_set.rules, applies, decided, every),
        *_baseless(rule_set),
        *_steps(rule_set.rules, rule_set.scale),
        *_falling(decided, every, rule_set.scale),
    )


def _overlaps(rules: pd.DataFrame, applies: pd.DataFrame, every: pd.DataFrame) -> list[str]:
    """Equals that give different statuses in one case."""
    faults = []
    for order, equals in rules.groupby("order", sort=True):
        statuses = equals.set_index("id")["status"]
        for one, other in combinations(equals["id"], 2):
            both = applies[one] & applies[other]
            if statuses[one] != statuses[other] and both.any():
                faults.append(
                    f"pravidla {one} a {other} mají stejné pořadí {order} a v jednom případě "
                    f"dávají různé stavy ({_said(every, int(both.argmax()))}); dejte jim různé "
                    "pořadí, nebo upravte podmínky."
                )
    return faults


def _gaps(decided: pd.DataFrame, every: pd.DataFrame) -> list[str]:
    """A case with evidence to which no rule applies."""
    left = decided["derived"].isna()
    if not left.any():
        return []
    return [
        (
            f"případ s podkladem zůstal bez pravidla: {_said(every, int(left.argmax()))}; "
            "doplňte pravidlo, nebo uvolněte podmínky."
        )
    ]


def _never(
    rules: pd.DataFrame, applies: pd.DataFrame, decided: pd.DataFrame, every: pd.DataFrame
) -> list[str]:
    """Rules whose conditions exclude each other, or before which others always decide.

    Of equals with one status none comes before the other.
    """
    faults = []
    most = every["criteria"].max()
    for rule in rules.itertuples(index=False):
        earlier = rules.loc[rules["order"] < rule.order, "id"]
        left = applies[rule.id] & ~applies[list(earlier)].any(axis="columns")
        if left.any():
            continue
        shadow = decided.loc[applies[rule.id], "rule_id"]
        before = [str(other) for other in rules["id"] if shadow.eq(other).any()]
        why = (
            f"ve všech jeho případech rozhodne dřív {enumerate_words(before)}"
            if before
            else f"žádný případ do {most} kritérií nesplní všechny jeho podmínky"
        )
        faults.append(
            f"pravidlo {rule.id} se nikdy nepoužije, protože {why}; smažte je, nebo upravte."
        )
    return faults


def _baseless(rule_set: RuleSet) -> list[str]:
    """Rules that would judge a measure nobody has said anything about."""
    unknown = [*SHARES, "supplied"]
    values: dict[str, object] = {"criteria": 0, "reach": 0, **dict.fromkeys(unknown, pd.NA)}
    empty = pd.DataFrame(
        [
            {**values, **dict(zip(FLAGS, flags, strict=True))}
            for flags in product((0, 1), repeat=len(FLAGS))
        ]
    ).astype(dict.fromkeys(unknown, "Float64"))
    applies = applying(empty, rule_set).any()
    return [
        f"pravidlo {rule} dává stav i opatření, ke kterému není žádný podklad; "
        "doplňte podmínku o podkladech (například criteria ge 1)."
        for rule in applies.index[applies]
    ]


def _steps(rules: pd.DataFrame, scale: Scale) -> list[str]:
    """Steps of the scale that no rule gives; a dropped one no rule may: dropping is decided."""
    given = rules.groupby("status")["id"].first()
    missing = [
        f"stupeň {step.label} nedává žádné pravidlo; doplňte je."
        for step in scale.assessed
        if step.code not in given
    ]
    return missing + [
        f"pravidlo {given[step.code]} dává stupeň {step.label}; ten se z podkladů neodvozuje, "
        "rozhoduje se o něm. Pravidlo smažte."
        for step in scale
        if step not in scale.assessed and step.code in given
    ]


def _falling(decided: pd.DataFrame, every: pd.DataFrame, scale: Scale) -> list[str]:
    """A case whose status gets worse when one criterion gets better."""
    found = worsened(every, decided["derived"].map(scale.ranks))
    if found is None:
        return []
    before, after = found
    labels = [scale[str(decided["derived"].iloc[row])].label for row in found]
    rules = tuple(decided["rule_id"].iloc[row] for row in found)
    return [
        (
            f"lepší podklad zhorší stav: {_said(every, before)} dává {labels[0]}, "
            f"{_said(every, after)} dává {labels[1]}; upravte pravidla {rules[0]} a {rules[1]}."
        )
    ]


def _said(every: pd.DataFrame, row: int) -> str:
    """A case in words, as a fault names it."""
    case = every.iloc[row]
    criteria = count(int(case["criteria"]), "kritérium", "kritéria", "kritérií")
    if not case["supplied"]:
        return f"{criteria}, podklad nedodán"
    shares = [f"{Quantity(share).label} {_percent(case[share])}" for share in SHARES if case[share]]
    reach = _REACHES[int(case["reach"])]
    return ", ".join(
        [
            criteria,
            *(shares or ["nic z toho není plněno"]),
            *([f"dosah: {reach}"] if case["share_active"] else []),
            _DEADLINES[int(case["deadline_fixed"]), int(case["deadline_passed"])],
        ]
    )


def _percent(share: float) -> str:
    """A share in whole per cent, with a decimal only where it has one."""
    return format_percent(share, 1 if abs(share * 100 - round(share * 100)) > 1e-9 else 0)
