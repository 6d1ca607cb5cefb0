"""What to do with a measure: the recommended choice, others, for and against, whose it is."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.criteria import FULFILLED
from slz_lib.language import enumerate_words
from slz_lib.planning import wording
from slz_lib.vocabulary import Choice


def takers(evaluation: Evaluation, proposals: pd.DataFrame) -> pd.Series:
    """Who may take a measure over, by measure id: whom a proposal names, else who does the work.

    That is the body that reports something fulfilled and is not the lead.
    """
    evidence = evaluation.evidence
    does = evidence["state"].isin(FULFILLED)
    known = evidence["reporter"].isin(evaluation.dataset.bodies["id"])
    working = evidence[does & known & ~evidence["of_lead"]].drop_duplicates("measure_id")
    found = working.set_index("measure_id")["reporter"]
    named = proposals["to_body_id"].dropna().astype("str")
    return named.combine_first(found)


def choices(
    evaluation: Evaluation,
    assigned: pd.DataFrame,
    details: pd.DataFrame,
    proposals: pd.DataFrame,
    grounds: pd.DataFrame,
) -> pd.DataFrame:
    """The choice for each measure.

    Args:
        evaluation: the period that the plan follows.
        assigned: measures and causes, as :func:`slz_lib.planning.causes.assigned` returns.
        details: what templates may name, as :func:`slz_lib.planning.wording.particulars` returns.
        proposals: what somebody proposes for single measures, index measure id.
        grounds: what the causes rest on.

    Returns:
        Index measure id, in the order of ``assigned``: ``choice``, ``alternatives`` (joined by
        ``;``), ``for``, ``against``, ``decides``, ``why``, ``to_body_id`` (NA),
        ``proposed_wording``, ``proposed_indicator`` (NA).
    """
    dataset = evaluation.dataset
    rules = dataset.plan_causes.rename(columns={"id": "cause"}).drop(columns=["kind", "order"])
    rows = assigned.merge(rules, on="cause").dropna(subset="choice")
    # Nothing is handed over to nobody: the next choice then.
    taken = details["prevezme"].reindex(rows["measure_id"]).ne("").to_numpy()
    void = rows["choice"].eq(Choice.HAND_OVER) & ~taken
    instead = rows["alternatives"].astype("str").str.replace(";.*", "", regex=True)
    rows["choice"] = rows["choice"].mask(void, instead.fillna(str(Choice.REFORMULATE)))
    # Where two causes propose different choices, that of the least order; unranked, the first one.
    said_of = dataset.plan_choices.set_index("choice")
    rows["order"] = rows["choice"].map(said_of["order"])
    best = rows.sort_values("order", kind="stable").drop_duplicates("measure_id")
    table = best.set_index("measure_id").reindex(rows["measure_id"].drop_duplicates())
    said = proposals.reindex(table.index)
    table["choice"] = said["choice"].astype("str").fillna(table["choice"])
    every = rows["choice"] + (";" + rows["alternatives"].astype("str")).fillna("")
    listed = every.groupby(rows["measure_id"]).agg(";".join).reindex(table.index).str.split(";")
    table["alternatives"] = [
        ";".join(dict.fromkeys(other for other in others if other != choice))
        for others, choice in zip(listed, table["choice"], strict=True)
    ]
    named = details.reindex(table.index)
    for name in ("for", "against"):
        table[name] = said[name].astype("str").fillna(wording.worded(table[name], named))
    return table[["choice", "alternatives", "for", "against"]].assign(
        decides=table["choice"].map(said_of["decides"]).astype("str"),
        why=_why(grounds, evaluation).reindex(table.index),
        to_body_id=said["to_body_id"].where(table["choice"].eq(Choice.HAND_OVER)),
        proposed_wording=said["wording"],
        proposed_indicator=said["indicator"],
    )


def _why(grounds: pd.DataFrame, evaluation: Evaluation) -> pd.Series:
    """Causes of each measure, with the evidence they rest on: *Činnost skončila (V.1-1)*."""
    labels = evaluation.dataset.plan_causes.set_index("id")["label"]
    # A deadline, a role or an indicator the cause names itself.
    evidence = grounds["reference"].where(grounds["reference"].isin(evaluation.evidence["id"]))
    rested = evidence.groupby([grounds["measure_id"], grounds["cause"]], sort=False).agg(
        lambda ids: enumerate_words([*ids.dropna().unique()])
    )
    told = rested.index.get_level_values("cause").map(labels.to_dict()) + (
        " (" + rested + ")"
    ).where(rested.ne(""), "")
    later = told.index.get_level_values("measure_id").duplicated()
    told = told.mask(later, told.str[:1].str.lower() + told.str[1:])
    return told.groupby("measure_id", sort=False).agg("; ".join)
