"""What the causes of a plan rest on: pieces of evidence, roles, deadlines, indicators, goals."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from slz_lib.dataset.keys import among
from slz_lib.dataset.trees import ancestry, roots
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.criteria import ACTIVE, FULFILLED
from slz_lib.evaluation.indicators import Unmeasured, progress
from slz_lib.language import format_date, in_any_form
from slz_lib.vocabulary import UNNAMED, Cause, CountsAs, EvidenceState, Reach, labels

#: Why an indicator says nothing of progress although it should; a document is there or is not.
_TOLERATED = [str(Unmeasured.NO_INDICATOR), str(Unmeasured.PRODUCT)]

_COLUMNS = ["measure_id", "cause", "reference", "text"]


def denying(evidence: pd.DataFrame) -> pd.Series:
    """Pieces of evidence by which the lead itself says that something is not done (bool)."""
    return evidence["of_lead"] & evidence["state"].eq(EvidenceState.NOT_DONE)


def heard(evaluation: Evaluation) -> pd.Series:
    """Measures on which the lead, its part or its whole reported, or may have: nobody is named."""
    dataset, evidence = evaluation.dataset, evaluation.evidence
    leads = dataset.leads[["measure_id", "body_id"]].dropna()
    above = leads.merge(ancestry(dataset.bodies), left_on="body_id", right_on="id")
    wholes = among(evidence[["measure_id", "reporter"]], above[["measure_id", "above"]])
    unnamed = evidence["reporter"].isna() | evidence["reporter"].eq(UNNAMED)
    return evidence.loc[evidence["of_lead"] | unnamed | wholes, "measure_id"]


def ended(evaluation: Evaluation) -> pd.Series:
    """Pieces of evidence whose activity had ended by the as-of day (bool)."""
    until = evaluation.evidence["until"]
    # A year or a month ends with its last day; as text, no day of a month stands after the 31st.
    day = until.where(until.str.len().ne(4), until + "-12") + "-31"
    return day.le(evaluation.period.as_of.isoformat()).fillna(value=False).astype(bool)


def unmeasured(evaluation: Evaluation) -> pd.DataFrame:
    """Indicators that should measure progress and cannot: ``measure_id``, ``name``, ``because``."""
    dataset = evaluation.dataset
    table = progress(dataset.indicators, dataset.observations, evaluation.period)
    # One indicator that measures is enough for its measure.
    measures = table.groupby("measure_id")["measurable"].transform("any")
    asked = ~measures & ~table["because"].isin(_TOLERATED) & table["because"].notna()
    return table.loc[asked, ["measure_id", "name", "because"]].reset_index(drop=True)


def conditional(evaluation: Evaluation) -> pd.DataFrame:
    """Measures of goals whose condition is another goal that is not fulfilled.

    The strategy says which goals are conditions of which, links say which measures serve a goal;
    where data say neither, nothing depends.

    Returns:
        Columns ``measure_id``, ``goal_id``, ``condition_id``, ``open`` and ``of`` (int, measures of
        the condition that are not done, and all of its).
    """
    dataset = evaluation.dataset
    top = roots(dataset.goals)
    links = dataset.links.assign(goal_id=dataset.links["goal_id"].map(top)).dropna(subset="goal_id")
    judged = evaluation.judgements[["measure_id", "area_id", "status"]]
    serves = pd.concat(
        [
            links.loc[links["measure_id"].isna(), ["area_id", "goal_id"]].merge(judged),
            links[["measure_id", "goal_id"]].dropna().merge(judged),
        ]
    ).drop_duplicates(["goal_id", "measure_id"])
    done = evaluation.scale.that(CountsAs.DONE, CountsAs.RUNNING)
    stand = (~serves["status"].isin(done)).groupby(serves["goal_id"]).agg(["sum", "size"])
    stand = stand.set_axis(["open", "of"], axis="columns").rename_axis("condition_id").reset_index()
    conditions = dataset.goal_conditions[["goal_id", "condition_id"]]
    conditions = conditions.assign(goal_id=conditions["goal_id"].map(top)).drop_duplicates()
    if conditions.empty or serves.empty:  # where there is no row, nothing says that ids are texts
        return pd.DataFrame(columns=["measure_id", "goal_id", "condition_id", "open", "of"])
    found = serves[["measure_id", "goal_id"]].merge(conditions).merge(stand, on="condition_id")
    return found[found["open"].gt(0)].reset_index(drop=True)


def mentioned(evaluation: Evaluation) -> pd.DataFrame:
    """Where evidence or a commentary has words that data say are of money or of staff.

    Returns:
        Columns ``measure_id``, ``cause``, ``reference`` (id of the evidence, or *komentář*),
        ``text``.
    """
    notes = evaluation.evidence[["measure_id", "id", "note"]]
    told = evaluation.decisions[["measure_id", "commentary"]].dropna()
    sentences = told.assign(text=told["commentary"].str.split(r"(?<=[.;])\s+")).explode("text")
    texts = pd.concat(
        [
            notes.set_axis(["measure_id", "reference", "text"], axis="columns"),
            sentences.assign(reference="komentář")[["measure_id", "reference", "text"]],
        ]
    )
    found = [texts.head(0).assign(cause="")]
    for phrase, cause in evaluation.dataset.plan_phrases[["phrase", "cause"]].to_numpy():
        has_it = texts["text"].str.contains(in_any_form(phrase), na=False)
        found.append(texts[has_it].assign(cause=cause))
    return pd.concat(found)[_COLUMNS].drop_duplicates(["measure_id", "cause", "reference"])


def _has(*states: EvidenceState) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda evidence: evidence["state"].isin(states)


def _best(evidence: pd.DataFrame, among: pd.Series, better: pd.Series) -> pd.Series:
    """Of the pieces ``among``, those that are ``better``; all where a measure has no such."""
    exact = among & better
    return exact | (among & ~exact.groupby(evidence["measure_id"]).transform("any"))


def _lasting(evidence: pd.DataFrame) -> pd.Series:
    """Pieces of what is fulfilled and has not ended; of a measure where all has, all of it."""
    return _best(evidence, _has(*FULFILLED)(evidence), ~evidence["gone"])


#: Which pieces of its measure's evidence a cause rests on.
_EVIDENCE: dict[Cause, Callable[[pd.DataFrame], pd.Series]] = {
    Cause.ANNOUNCED: lambda evidence: ~_has(*FULFILLED)(evidence),
    Cause.DONE_BY_EVIDENCE: _has(EvidenceState.DONE),
    Cause.WAITS_FOR_LAW: lambda evidence: evidence["waits_for"].notna(),
    Cause.LAW_IN_FORCE: lambda evidence: evidence["waits_for"].notna(),
    Cause.DISPUTED: lambda evidence: evidence["party"],
    Cause.NOTHING_SUPPLIED: _has(EvidenceState.NOTHING_SUPPLIED),
    Cause.LEAD_DENIES: denying,
    Cause.NOT_DONE: _has(EvidenceState.NOT_DONE),
    Cause.ONLY_PREPARING: _has(EvidenceState.PREPARING),
    Cause.ENDED: lambda evidence: evidence["gone"],
    Cause.SOME_MUNICIPALITIES: lambda evidence: _best(
        evidence, _has(*ACTIVE)(evidence), evidence["reach"].eq(Reach.SOME)
    ),
    Cause.UNKNOWN_REACH: lambda evidence: (
        _has(*ACTIVE)(evidence) & evidence["reach"].eq(Reach.UNKNOWN)
    ),
    Cause.PARTIAL: lambda evidence: ~_has(*FULFILLED)(evidence),
    Cause.FINISHING: _lasting,
    Cause.RUNNING: _lasting,
    Cause.PARTLY_ENDED: lambda evidence: evidence["gone"],
}


def grounds(evaluation: Evaluation, assigned: pd.DataFrame, merges: pd.DataFrame) -> pd.DataFrame:
    """What each cause of each measure rests on.

    Args:
        evaluation: the judged period.
        assigned: causes of measures, as :func:`slz_lib.planning.causes.assigned` returns.
        merges: the proposals to merge, index measure id.

    Returns:
        One row a measure, cause and what it rests on: ``measure_id``, ``cause``, ``reference`` (id
        of a piece of evidence, or what else it is in Czech) and ``text``; every cause has a row.
    """
    judged = evaluation.judgements.set_index("measure_id")
    keys = assigned[["measure_id", "cause"]]
    evidence = evaluation.evidence.assign(gone=ended(evaluation))
    found = []
    for cause, rests in _EVIDENCE.items():
        rows = evidence.loc[rests(evidence), ["measure_id", "id", "note"]]
        rows = rows.set_axis(["measure_id", "reference", "text"], axis="columns")
        found.append(rows.assign(cause=str(cause)))
    found += [
        frame.assign(cause=str(cause)) for cause, frame in _others(evaluation, merges).items()
    ]
    known = pd.concat([*found, mentioned(evaluation)])[_COLUMNS]
    traced = keys.merge(known, on=["measure_id", "cause"], how="left")
    # A status that somebody decided, with a reason, is a ground of its own.
    alone = traced["reference"].isna()
    reason = traced["measure_id"].map(judged["status"]).fillna("")
    return traced.assign(
        reference=traced["reference"].fillna("rozhodnutý stav"),
        text=traced["text"].mask(alone, reason),
    )


def _others(evaluation: Evaluation, merges: pd.DataFrame) -> dict[Cause, pd.DataFrame]:
    """What causes rest on that is no evidence: ``measure_id``, ``reference``, ``text``."""
    dataset = evaluation.dataset
    judged = evaluation.judgements
    due = judged.dropna(subset="deadline_day")
    leads = dataset.leads.drop_duplicates("measure_id")
    unclear = unmeasured(evaluation)
    names = dataset.goals.set_index("id")["name"]
    depends = conditional(evaluation)
    events = dataset.measures.dropna(subset="deadline_event")
    lacking = dataset.measures[dataset.measures["indicator"].isna()]

    def rows(measures: pd.Series, reference: str, text: pd.Series | str) -> pd.DataFrame:
        return pd.DataFrame({"measure_id": measures, "reference": reference, "text": text})

    return {
        Cause.MERGED: rows(merges.index.to_series(), "návrh na sloučení", merges["reason"]),
        Cause.WAITS_FOR_LAW: rows(events["id"], "termín opatření", events["deadline_event"]),
        Cause.LEAD_MISSING: rows(
            judged["measure_id"],
            "gestor opatření",
            judged["measure_id"].map(leads.set_index("measure_id")["published"]).fillna("—"),
        ),
        Cause.LEAD_SILENT: rows(
            leads["measure_id"], "gestor opatření", "mezi jmenovanými původci podkladů gestor není"
        ),
        Cause.DEADLINE_PASSED: rows(
            due["measure_id"],
            "termín opatření",
            "uplynul " + due["deadline_day"].map(lambda day: format_date(day.date())).astype("str"),
        ),
        Cause.INDICATOR_MISSING: rows(lacking["id"], "indikátor opatření", "není stanoven"),
        Cause.INDICATOR_UNMEASURED: rows(
            unclear["measure_id"],
            "indikátor opatření",
            "„"
            + unclear["name"].astype("str")
            + "“: "
            + unclear["because"].map(labels(Unmeasured)).astype("str"),
        ),
        Cause.DEPENDS: rows(
            depends["measure_id"],
            "podmínka cíle",
            "„"
            + depends["goal_id"].map(names).astype("str")
            + "“ podle strategie předpokládá „"
            + depends["condition_id"].map(names).astype("str")
            + "“ (nesplněno "
            + depends["open"].astype("str")
            + " z "
            + depends["of"].astype("str")
            + " opatření)",
        ),
    }
