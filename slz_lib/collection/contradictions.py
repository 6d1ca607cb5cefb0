"""Answers that do not fit each other, or the last period: told at intake, kept as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from slz_lib.collection.forms import Answer
from slz_lib.collection.sentences import said
from slz_lib.collection.values import known_places
from slz_lib.dataset import Dataset
from slz_lib.dataset.observations import with_carried
from slz_lib.language import format_number, in_any_form, plain
from slz_lib.vocabulary import STATE_LABELS, EvidenceState

#: An assumption: a figure that has grown or fallen so many times since the last one is looked at.
JUMP = 3.0
#: Words that deny; beside a state that says that something runs they are looked at.
_DENIED = re.compile(
    r"\b(?:neni|nejsou|nebyl\w*|neprob\w*|neexist\w*|neuskutec\w*|nevznik\w*|nezahaj\w*)\b"
)
_RUNS = {EvidenceState.DONE, EvidenceState.FULFILLED}
#: Who says what of one question, and what of it is looked at.
_ABOUT = ["form", "party", "measure_id", "criterion"]
_FIELDS = ["answer", "state", "reach", "places", "value", "unit", "description"]


def contradictions(staged: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """A row a contradiction: the cell that it is told of, as it is staged, and ``why``.

    Args:
        staged: the answers that stand, with ``party``; one of each field of a question.
        dataset: the data; figures are held beside those that they have of the measure and unit,
            reach beside the municipalities of the places.
    """
    of_measure = staged[staged["field"].isin(_FIELDS) & staged["measure_id"].ne("")]
    told = of_measure.set_index([*_ABOUT, "field"])["value"].unstack("field")  # noqa: PD010
    told = told.reindex(columns=_FIELDS).astype("str").fillna("").reset_index()
    whole = told.loc[told["criterion"].eq(""), [*_ABOUT[:-1], "answer"]]
    details = told[told["criterion"].ne("")].drop(columns="answer")
    details = details.merge(whole, on=_ABOUT[:-1], how="left").fillna({"answer": ""})
    found = [
        details.loc[where, _ABOUT].assign(field=field, why=why)
        for where, field, why in _found(details, dataset)
    ]
    return pd.concat(found).merge(staged, on=[*_ABOUT, "field"])


def _found(
    details: pd.DataFrame, dataset: Dataset
) -> Iterator[tuple[pd.Series[bool], str, str | pd.Series]]:
    """Where answers contradict each other, the field that it is told of, and the sentence."""
    texts, states = details["description"], details["state"]
    denied = texts.map(plain).str.contains(_DENIED)
    yield denied & states.isin(_RUNS), "state", said("denied")
    terms = dataset.coding_terms[dataset.coding_terms["column"].eq("state")]
    for phrase, code in terms[["phrase", "code"]].itertuples(index=False):
        other = texts.str.contains(in_any_form(phrase)) & states.ne("") & states.ne(code)
        yield other & ~denied, "state", said("coded", phrase=phrase, code=STATE_LABELS[code])
    settled = details["answer"].isin([Answer.UNCHANGED, Answer.NOTHING])
    yield settled & states.ne(""), "state", said("unchanged")
    silent = details["answer"].eq("") & states.eq("")
    yield silent & details["value"].ne(""), "value", said("silent_figure")
    wide = _wider(details, dataset)
    yield wide, "reach", said("wider")
    last = _jumps(details, dataset)
    yield (
        details.index.to_series().isin(last.index),
        "value",
        last.map(lambda value: said("jump", last=format_number(value), times=format_number(JUMP))),
    )


def _wider(details: pd.DataFrame, dataset: Dataset) -> pd.Series[bool]:
    """Where reach is wider than the municipalities of the places; unknown ones prove nothing."""
    sizes = known_places(dataset).set_index("id")["municipalities"].astype("float64")
    named = details.loc[details["places"].ne(""), "places"].str.split(";").explode()
    share = named.map(sizes).groupby(level=0).agg(lambda counts: counts.sum(skipna=False))
    share = share.reindex(details.index) / dataset.districts["municipalities"].sum()
    newest = dataset.reach_terms["version"].eq(dataset.reach_terms["version"].max())
    least = dataset.reach_terms[newest].drop_duplicates("reach").set_index("reach")["share"]
    return share.lt(details["reach"].map(least)).fillna(value=False).astype(bool)


def _jumps(details: pd.DataFrame, dataset: Dataset) -> pd.Series:
    """The nearest known figure where none of that measure and unit is near, by row."""
    observations = with_carried(dataset.observations, dataset.evidence, dataset.indicators)
    known = observations.loc[observations["value"].gt(0), ["measure_id", "unit", "value"]]
    figures = details.loc[details["value"].ne(""), ["measure_id", "unit", "value"]].reset_index()
    pairs = figures.merge(known, on=["measure_id", "unit"], suffixes=("", "_last"))
    ratio = pairs["value"].astype("float64") / pairs["value_last"]
    pairs = pairs.assign(times=ratio.where(ratio >= 1, 1 / ratio.where(ratio > 0)))
    nearest = pairs.sort_values("times").drop_duplicates("index")
    return nearest[nearest["times"].gt(JUMP)].set_index("index")["value_last"]
