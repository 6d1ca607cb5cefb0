"""What of a form is still wrong or missing, and the form that asks for it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from slz_lib.collection.forms import (
    CAPACITY,
    DETAILS,
    MEASURES,
    RESPONDENT,
    STEPS,
    Answer,
    Form,
    FormColumn,
    FormSheet,
)
from slz_lib.collection.sentences import said
from slz_lib.dataset.keys import among

#: What tells one question from another.
KEY = ["measure_id", "criterion", "step_id"]
#: The column that says what to mend.
TOLD = FormColumn("told", "Co opravit nebo doplnit", given=True, width=48)


def questions_of(form: Form) -> pd.DataFrame:
    """What a form asks at least: an answer of each measure, a state of each step."""
    parts = [part.rows for name in (MEASURES, STEPS) if (part := form.sheet(name))]
    rows = pd.concat([pd.DataFrame(columns=KEY), *parts]).reindex(columns=KEY)
    return rows.fillna("").astype("str").reset_index(drop=True)


def answered(asked: pd.DataFrame, met: pd.DataFrame) -> pd.Series[bool]:
    """Which of the questions of a form rows of staged or faulty cells answer at least somehow."""
    met = met[met["criterion"].ne("") | met["field"].isin(["answer", "step_state"])]
    of_measures = asked["measure_id"].isin(met.loc[met["step_id"].eq(""), "measure_id"])
    return of_measures.mask(asked["step_id"].ne(""), asked["step_id"].isin(met["step_id"]))


def open_questions(form: Form, staged: pd.DataFrame, quarantined: pd.DataFrame) -> pd.DataFrame:
    """What is still wrong or missing in the answers of one respondent.

    A measure is answered by its one cell or by details; one whose answer is a change needs a state
    of a criterion, as does a criterion of which anything was said.

    Args:
        form: the form as it went out first.
        staged: the answers that stand.
        quarantined: the others; those that somebody has to answer again are wrong.

    Returns:
        ``measure_id``, ``criterion``, ``step_id``, none of them for the capacity of the body, and
        ``told``: Czech sentences.
    """
    of_question = quarantined["measure_id"].ne("") | quarantined["step_id"].ne("")
    of_question |= quarantined["field"].eq(CAPACITY)
    faults = quarantined[quarantined["ask"] & of_question]
    heads = {column.name: column.heading for part in form.sheets for column in part.columns}
    heads |= RESPONDENT
    quoted = [
        f"{said('typed', field=heads.get(name, name), text=text)} {why}"
        for name, text, why in faults[["field", "value", "why"]].itertuples(index=False, name=None)
    ]
    asked = questions_of(form)
    met = pd.concat([staged, faults])
    silent = asked[~answered(asked, met)]
    found = [faults[KEY].assign(told=quoted), silent.assign(told=said("silent"))]
    details = form.sheet(DETAILS)
    has_state = met[met["field"].eq("state")]
    changed = staged.loc[
        staged["field"].eq("answer") & staged["value"].eq(str(Answer.CHANGED)), "measure_id"
    ]
    changed = changed[~changed.isin(has_state["measure_id"])]
    if details is not None:
        criteria = details.rows[["measure_id", "criterion"]].assign(step_id="")
        found.append(criteria[criteria["measure_id"].isin(changed)].assign(told=said("no_details")))
    begun = staged.loc[staged["criterion"].ne(""), KEY].drop_duplicates()
    stateless = ~among(begun, has_state[KEY]) & ~begun["measure_id"].isin(changed)
    found.append(begun[stateless].assign(told=said("no_state")))
    rows = pd.concat(found)
    return rows.groupby(KEY, sort=False)["told"].agg("\n".join).reset_index()


def asked_again(
    form: Form, wanted: pd.DataFrame, respondent: Mapping[str, str], number: int
) -> Form:
    """The form that asks for the ``number``-th time, and only what is open.

    Args:
        form: the form as it went out first.
        wanted: as :func:`open_questions` returns it.
        respondent: what was said on the first sheet, by name.
        number: of the round.
    """
    again = form.again(number, (_narrowed(part, wanted) for part in form.sheets[1:]))
    intro = again.sheets[0]
    known = {RESPONDENT[name]: text for name, text in respondent.items() if name in RESPONDENT}
    if capacity := known.get(RESPONDENT[CAPACITY]):
        known[RESPONDENT[CAPACITY]] = capacity.replace(".", ",")
    rows = intro.rows[["item", "value"]].itertuples(index=False, name=None)
    values = [known.get(item, text) for item, text in rows]
    intro = replace(intro, rows=intro.rows.assign(value=values))
    of_body = wanted.loc[wanted["measure_id"].eq("") & wanted["step_id"].eq(""), "told"]
    if len(of_body):
        told = {RESPONDENT[CAPACITY]: of_body.iloc[0]}
        told_beside = intro.rows.assign(told=intro.rows["item"].map(told).fillna(""))
        intro = replace(intro, columns=(*intro.columns, TOLD), rows=told_beside)
    return replace(again, sheets=(intro, *again.sheets[1:]))


def _narrowed(part: FormSheet, wanted: pd.DataFrame) -> FormSheet:
    """A sheet with the rows that are wanted, and beside each what to mend."""
    if part.name == STEPS:
        own = wanted[wanted["step_id"].ne("")]
    else:
        in_details = wanted["criterion"].ne("")
        own = wanted[
            (in_details if part.name == DETAILS else ~in_details)
            & wanted["measure_id"].ne("")
            & wanted["step_id"].eq("")
        ]
    # A criterion that somebody has added stands at the end.
    order = part.rows.assign(order=range(len(part.rows)))
    rows = order.merge(own[[*part.key, "told"]], on=list(part.key), how="right")
    rows = rows.sort_values("order", ignore_index=True).astype("object").fillna("")
    at = sum(column.given for column in part.columns)
    columns = (*part.columns[:at], TOLD, *part.columns[at:])
    rows = rows[[column.name for column in columns]].astype("str")
    return replace(part, columns=columns, rows=rows)
