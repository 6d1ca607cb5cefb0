"""Which of several answers to one question stands: the last round's; two in one round are none."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from slz_lib.collection.forms import CAPACITY
from slz_lib.collection.sentences import said
from slz_lib.language import after, enumerate_words

#: Who answers what.
QUESTION = ["form", "party", "measure_id", "criterion", "step_id", "field"]


def standing(
    staged: pd.DataFrame, quarantined: pd.DataFrame, given: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers that stand, and what is quarantined with all the others.

    A later round replaces an earlier one, field by field. What came twice counts once. Answers of
    one round that differ are all kept aside until a later round decides, or a file is taken away.
    Faults that a later round has mended are no longer asked about, those that it repeats are told
    as repeated.

    Args:
        staged: cells of all files, with ``party``: who answers for a body.
        quarantined: likewise.
        given: fields that forms fill in beforehand, which answer nothing.
    """
    about = staged["measure_id"].ne("") | staged["step_id"].ne("") | staged["field"].eq(CAPACITY)
    answers = staged[about & ~staged["field"].isin(list(given))].sort_values("round", kind="stable")
    by_question = answers.groupby(QUESTION)
    last = by_question["round"].transform("max")
    old = answers["round"].lt(last)
    now = answers[~old]
    values = now.groupby(QUESTION)["value"]
    disputed = values.transform("nunique").gt(1).astype(bool)
    repeated = ~disputed & now.duplicated(QUESTION)
    first = now.groupby(QUESTION)[["file", "cell"]].transform("first")
    differing = now.groupby(QUESTION)["typed"].transform(
        lambda texts: enumerate_words([*texts.map("„{}“".format).unique()])
    )
    aside = pd.concat(
        [
            _aside(answers[old], [said("replaced", round=str(number)) for number in last[old]]),
            _aside(now[disputed], [said("disputed", values=text) for text in differing[disputed]]),
            _aside(
                now[repeated],
                [
                    said("repeated", file=file, cell=cell)
                    for file, cell in first[repeated].to_numpy()
                ],
            ),
        ]
    ).assign(ask=lambda rows: rows.index.isin(now.index[disputed]))
    stands = staged.drop(index=aside.index)
    return stands, _mended(pd.concat([quarantined, aside], ignore_index=True), stands)


def _aside(rows: pd.DataFrame, why: list[str]) -> pd.DataFrame:
    return rows.assign(value=rows["typed"], why=why).drop(columns="typed")


def _mended(quarantined: pd.DataFrame, stands: pd.DataFrame) -> pd.DataFrame:
    """What is quarantined, with what later rounds have made of it."""
    answered = stands.groupby(QUESTION)["round"].max().rename("answered")
    asked = quarantined["ask"] & quarantined["field"].ne("")
    faults = quarantined[asked].join(answered, on=QUESTION)
    by_question = faults.groupby(QUESTION)["round"]
    last, first = by_question.transform("max"), by_question.transform("min")
    mended = faults["answered"].ge(faults["round"]).fillna(value=False).astype(bool)
    again = ~mended & faults["round"].lt(last)
    repeats = ~mended & ~again & first.lt(faults["round"])
    told = quarantined.copy()
    for where, sentence, number in (
        (mended, "mended", faults["answered"]),
        (again, "asked_again", last),
        (repeats, "fault_repeated", first),
    ):
        at = faults.index[where]
        numbers = number[where].astype("int64")
        told.loc[at, "why"] += [
            f" {said(sentence, round=str(each), within=after('v', str(each)))}" for each in numbers
        ]
        told.loc[at, "ask"] = sentence == "fault_repeated"
    return told
