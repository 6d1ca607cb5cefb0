"""The judgement of every measure: published, derived and decided status, with what led to them."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.times import deadlines
from slz_lib.evaluation import criteria as crit, rules
from slz_lib.evaluation.disputes import OPEN, hear, with_outcomes
from slz_lib.evaluation.rules import RuleSet
from slz_lib.language import enumerate_words, no_breaks
from slz_lib.vocabulary import Assignment, CountsAs, Period, Scale

#: What a departure has to have, and its name in the sentence.
_NEEDED = {"reason": "důvod (sloupec reason)", "role": "funkci toho, kdo rozhodl (sloupec role)"}
_COLUMNS = [
    *("area_id", "published", "derived", "decided", "status", "rule_id", "agrees", "differs"),
    *("criteria", "share_done", "share_fulfilled", "share_active", "share_preparing"),
    *("supplied", "silent", "reach", "deadline", "deadline_kind", "deadline_day"),
    *("deadline_fixed", "deadline_passed", "overdue", "lead_missing", "disputed"),
]


class Judged(NamedTuple):
    """Judgements of the measures and what they rest on, as an evaluation holds them.

    Attributes:
        judgements: one row a measure, see :func:`judge`.
        criteria: one row a criterion, see :func:`slz_lib.evaluation.disputes.with_outcomes`.
        evidence: the evidence with ``decisive`` (its criterion rests on the row) and ``party``
            (another row contradicts it).
    """

    judgements: pd.DataFrame
    criteria: pd.DataFrame
    evidence: pd.DataFrame


def dated(dataset: Dataset, as_of: date) -> pd.DataFrame:
    """The measures with ``deadline`` (in words) and ``deadline_day`` (datetime64).

    The day is missing where the deadline has no end, or hangs on what has not happened by the day
    ``as_of``.
    """
    events = dataset.events.set_index("event")["happened"]
    found = deadlines(dataset.measures, events[events <= pd.Timestamp(as_of)])
    # One look at each of the few that differ.
    distinct = found.drop_duplicates()
    words = {deadline: str(deadline) for deadline in distinct}
    days = {deadline: pd.Timestamp(deadline.last) for deadline in distinct}
    return dataset.measures.assign(
        deadline=found.map(words).astype("str"),
        deadline_day=pd.to_datetime(found.map(days)).astype("datetime64[us]"),
    )


def derive(
    dataset: Dataset, measures: pd.DataFrame, evidence: pd.DataFrame, rule_set: RuleSet, as_of: date
) -> tuple[pd.DataFrame, pd.Series[bool], pd.DataFrame]:
    """What evidence amounts to and what the rules make of it, when all of it is heard.

    Of ``measures`` it takes what :func:`dated` returns.

    Returns:
        The criteria and the decisive rows, see :func:`slz_lib.evaluation.criteria.criteria`; and
        the quantities of each measure with ``derived`` and ``rule_id``.
    """
    territory = crit.Territory.of(dataset.places, dataset.districts)
    criteria, decisive = crit.criteria(evidence, territory, rule_set.terms)
    amounts = crit.quantities(criteria, measures, as_of)
    return criteria, decisive, amounts.join(rules.decide(amounts, rule_set))


def judge(
    dataset: Dataset,
    decisions: pd.DataFrame,
    evidence: pd.DataFrame,
    rule_set: RuleSet,
    period: Period,
) -> Judged:
    """Judgements of all measures, and the criteria they rest on.

    All tables are those of the period, see :func:`slz_lib.dataset.views.of_period`.

    Returns:
        ``judgements`` in the measures' order: ``measure_id``, ``area_id``, ``published``,
        ``derived`` and ``decided`` (status codes, NA where there is none), ``status`` (the one that
        stands: the published one, before publication the decided one, before a decision the
        derived one), ``rule_id``, ``agrees`` (bool: the status that stands is the derived one),
        ``differs`` (bool: one stands that the evidence does not give), ``criteria`` (int),
        ``share_done``, ``share_fulfilled``, ``share_active``, ``share_preparing`` (Float64),
        ``supplied`` (bool: something was supplied at all), ``silent`` (bool: it is judged and
        nothing was supplied), ``reach`` (int), ``deadline`` (in words), ``deadline_kind``,
        ``deadline_day``, ``deadline_fixed`` and ``deadline_passed`` (int, 0 or 1), ``overdue``
        (bool: a fixed deadline has passed and the status is known and not done), ``lead_missing``
        (bool), ``disputed`` (int: criteria on which evidence contradicts itself and nobody decides;
        they count as what is left without those who confirm them, and where it would matter,
        nothing is derived). Of a measure that was dropped nothing is derived and nothing asked: it
        agrees, is not overdue, lacks neither lead nor evidence.
    """
    measures = dated(dataset, period.as_of)
    heard = hear(evidence, rule_set.disputes)
    found, decisive, amounts = derive(
        dataset, measures, evidence[heard.heard], rule_set, period.as_of
    )
    opened = heard.outcome.eq(OPEN)
    if opened.any():
        # Better evidence never gives a worse status, so what both readings give any other would.
        both = evidence[heard.heard | opened]
        confirmed = derive(dataset, measures, both, rule_set, period.as_of)[2]["derived"]
        sure = amounts["derived"].eq(confirmed)
        amounts[["derived", "rule_id"]] = amounts[["derived", "rule_id"]].where(sure)
    stated = decisions.set_index("measure_id")
    table = (
        measures.set_index("id")[["area_id", "deadline", "deadline_kind", "deadline_day"]]
        .rename_axis("measure_id")
        .join(stated["status"].rename("published"))
        .join(stated["decided"])
        .join(amounts)
    )
    stands = table["published"].fillna(table["decided"]).fillna(table["derived"])
    table["status"] = stands.astype("str").where(stands.notna())
    done, dropped = (
        table["status"].isin(rule_set.scale.that(meaning))
        for meaning in (CountsAs.DONE, CountsAs.DROPPED)
    )
    for name in ("derived", "rule_id"):
        table[name] = table[name].mask(dropped)
    table["agrees"] = table["status"].eq(table["derived"]) | dropped
    known = table["status"].notna()
    table["differs"] = known & ~table["agrees"]
    late = known & table["deadline_fixed"].eq(1) & table["deadline_passed"].eq(1)
    table["overdue"] = late & ~done & ~dropped
    led = dataset.leads
    open_role = led["assignment"].ne(Assignment.ASSIGNED).groupby(led["measure_id"]).any()
    table["lead_missing"] = open_role.reindex(table.index, fill_value=True) & ~dropped
    table["supplied"] = table["supplied"].eq(1).fillna(value=False).astype(bool) | dropped
    disputed = evidence[opened].groupby("measure_id")["criterion"].nunique()
    table["disputed"] = disputed.reindex(table.index, fill_value=0).mask(dropped, 0)
    # Of what is not judged yet nobody can say that it was passed over in silence.
    table["silent"] = known & ~table["supplied"]
    decisive = decisive.reindex(evidence.index, fill_value=False) | (heard.party & opened)
    return Judged(
        table[_COLUMNS].reset_index(),
        with_outcomes(found, evidence, heard),
        evidence.assign(decisive=decisive, party=heard.party),
    )


def departures(judgements: pd.DataFrame) -> pd.DataFrame:
    """The judgements whose decided status is not the derived one (or none could be derived)."""
    decided = judgements["decided"]
    return judgements[decided.notna() & ~decided.eq(judgements["derived"])]


def unreasoned(judgements: pd.DataFrame, decisions: pd.DataFrame, scale: Scale) -> list[str]:
    """Departures without a reason or without the role of who decided, a Czech sentence each.

    Decisions are in the order of their file.
    """
    rows = decisions.assign(row=range(2, len(decisions) + 2)).merge(
        departures(judgements)[["measure_id", "derived"]], on="measure_id"
    )
    faulty = rows[rows[list(_NEEDED)].isna().any(axis="columns")]
    return [_sentence(row, scale.labels) for row in faulty.to_dict("records")]


def _sentence(row: dict[Hashable, object], labels: dict[str, str]) -> str:
    derived = row["derived"]
    follows = f"vychází {labels[derived]}" if isinstance(derived, str) else "nevychází žádný stav"
    missing = [name for column, name in _NEEDED.items() if not isinstance(row[column], str)]
    return no_breaks(
        f"data/periods/{row['period_id']}/decisions.csv, řádek {row['row']}: "
        f"opatření {row['measure_id']} má rozhodnutý stav {labels[str(row['decided'])]}, "
        f"z podkladů {follows}; doplňte {enumerate_words(missing)}."
    )
