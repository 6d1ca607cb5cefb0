"""Disputes: a criterion that one piece of evidence confirms and another denies.

Which states contradict each other, and whose word decides, is data
(``data/rules/dispute_rules.csv``). Where the lead decides, only what the lead itself reports on the
criterion counts. Where it reports nothing or contradicts itself, the dispute stays open: the
criterion is read both ways, and a measure has a derived status only if both give the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.keys import among
from slz_lib.dataset.trees import ancestry
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.language import enumerate_words
from slz_lib.vocabulary import DISPUTED, STATE_LABELS, EvidenceState

#: What became of a dispute: the lead's word decided, or nobody's did.
LEAD, OPEN = "lead", "open"
KEYS = ["measure_id", "criterion"]
_NOTHING = str(EvidenceState.NOTHING_SUPPLIED)
_NO_REPORTER = "nejmenovaný subjekt"


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Who is heard; every series has the index of the evidence.

    Attributes:
        outcome: of the dispute on the row's criterion: ``lead`` or ``open``; NA without a dispute.
        party: whether the row is one of those that contradict each other.
        heard: whether the row counts; of an open dispute what confirms is left out.
    """

    outcome: pd.Series
    party: pd.Series
    heard: pd.Series


def of_leads(evidence: pd.DataFrame, dataset: Dataset) -> pd.Series[bool]:
    """Which rows the lead of their measure reported, itself or by a part of it.

    A single municipality is no part that would speak for all of them.
    """
    leads = dataset.leads[["measure_id", "body_id"]].dropna()
    speaking = leads.merge(ancestry(dataset.bodies), left_on="body_id", right_on="above")
    return among(evidence[["measure_id", "reporter"]], speaking[["measure_id", "id"]])


def hear(evidence: pd.DataFrame, rules: pd.DataFrame) -> Hearing:
    """Who is heard on each criterion.

    Args:
        evidence: columns ``measure_id``, ``criterion``, ``state``, ``of_lead``.
        rules: columns ``state``, ``against``, ``decides``.
    """
    confirming, denying, led = _parties(evidence, rules)
    party = confirming | denying
    disputed = _in_criterion(party, evidence)
    spoken = evidence["of_lead"] & evidence["state"].ne(_NOTHING)
    own_confirming, own_denying, _ = _parties(evidence[spoken], rules)
    torn = (own_confirming | own_denying).reindex(evidence.index, fill_value=False)
    settled = (
        disputed
        & ~_in_criterion(party & ~led, evidence)
        & _in_criterion(spoken, evidence)
        & ~_in_criterion(torn, evidence)
    )
    outcome = pd.Series(pd.NA, index=evidence.index, dtype="str").mask(disputed, OPEN)
    heard = ~disputed | (settled & spoken) | (disputed & ~settled & ~confirming)
    return Hearing(outcome.mask(settled, LEAD), party, heard)


def with_outcomes(criteria: pd.DataFrame, evidence: pd.DataFrame, hearing: Hearing) -> pd.DataFrame:
    """The criteria that were heard, as all of the evidence has them.

    Returns:
        ``criteria`` in the order of their first evidence; ``rows`` counts all of it, and
        ``dispute`` (str) is the outcome; an open one has the state ``disputed`` and no reach.
    """
    keys = evidence[KEYS].assign(dispute=hearing.outcome, rows=1)
    grouped = keys.groupby(KEYS, sort=False)
    sizes = grouped.agg({"rows": "sum", "dispute": "first"}).reset_index()
    table = sizes.merge(criteria.drop(columns="rows"), on=KEYS, how="left")
    opened = table["dispute"].eq(OPEN)
    table["state"] = table["state"].mask(opened, DISPUTED)
    table["reach"] = table["reach"].mask(opened, 0)
    return table[[*criteria.columns, "dispute"]]


def told(evaluation: JudgedPeriod) -> pd.DataFrame:
    """The disputes of a judged period in words.

    Returns:
        Index the ids of measures with a dispute; Czech ``claim`` (who says what of which
        criterion, and all that the lead says of it), ``outcome`` (a sentence: whose word counts,
        and what follows), ``lines`` (of the file of evidence) and ``evidence`` (ids).
    """
    evidence = evaluation.evidence
    of_lead = evidence["of_lead"] & evidence["state"].ne(_NOTHING)
    rows = evidence[evidence["party"] | (of_lead & _in_criterion(evidence["party"], evidence))]
    bodies = evaluation.dataset.bodies.set_index("id")["short_name"]
    named = rows["reporter"].str.extract(r"^(?:OBEC|ORG):(.+)$", expand=False)
    who = rows["reporter"].map(bodies).fillna(named).fillna(_NO_REPORTER)
    rows = rows.assign(
        who=who, words=rows["state"].map(STATE_LABELS), lines=rows["row"].astype("str")
    )
    each = rows.drop_duplicates([*KEYS, "who", "words"])
    states = each.groupby([*KEYS, "who"], sort=False)["words"].agg(list)
    by_body = states.map(enumerate_words).reset_index()
    by_body["words"] = by_body["who"] + " – " + by_body["words"]
    said = by_body.groupby(KEYS, sort=False)["words"].agg(", ".join).reset_index()
    said = said.merge(evaluation.criteria, on=KEYS)
    name = "„" + said["criterion"] + "“"
    settled = "platí slovo gestora: " + name + " se počítá jako " + said["state"].map(STATE_LABELS)
    unsettled = "gestor mlčí, nebo si sám odporuje: " + name + " nelze posoudit"
    said["claim"] = name + ": " + said["words"]
    said["outcome"] = settled.where(said["dispute"].eq(LEAD), unsettled)
    table = said.groupby("measure_id", sort=False)[["claim", "outcome"]].agg("; ".join)
    judged = evaluation.judgements.set_index("measure_id").reindex(table.index)
    unsure = judged["derived"].isna()
    same = judged["disputed"].gt(0) & ~unsure
    end = pd.Series(".", index=table.index).mask(unsure, " a stav opatření nelze určit.")
    end = end.mask(same, ", odvozený stav na tom však nezávisí.")
    table["outcome"] = table["outcome"].str[:1].str.upper() + table["outcome"].str[1:] + end
    by_measure = rows.groupby("measure_id", sort=False)
    return table.assign(
        lines=by_measure["lines"].agg(", ".join), evidence=by_measure["id"].agg(", ".join)
    )


def _parties(
    evidence: pd.DataFrame, rules: pd.DataFrame
) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[bool]]:
    """Rows that confirm, rows that deny, rows whose contradiction the lead may decide."""
    state = evidence["state"]
    confirming, denying = (pd.Series(False, index=evidence.index) for _ in range(2))
    led = ~confirming
    for better, worse, decides in rules[["state", "against", "decides"]].to_numpy():
        sides = state.eq(better), state.eq(worse)
        both = _in_criterion(sides[0], evidence) & _in_criterion(sides[1], evidence)
        confirming |= both & sides[0]
        denying |= both & sides[1]
        led &= ~both | (decides == LEAD)
    return confirming, denying, led


def _in_criterion(rows: pd.Series[bool], evidence: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose criterion has any of ``rows``."""
    return rows.groupby([evidence[key] for key in KEYS], sort=False).transform("any").astype(bool)
