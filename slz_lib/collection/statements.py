"""Answers as statements of evidence, one a respondent and criterion, before any are united."""

from __future__ import annotations

import pandas as pd

from slz_lib.collection.forms import Answer
from slz_lib.collection.questions import questions
from slz_lib.dataset import Dataset
from slz_lib.vocabulary import MUNICIPALITY, ORGANISATION, EvidenceState, Period, Reach, Role

#: What evidence says of a criterion, its figure last.
_FIGURE = ["value", "unit", "time"]
_SAID = ["state", "reach", "places", "waits_for", "until", "note"]
_ON_RETURN = ["source_id", "source_place"]
_NOTHING = str(EvidenceState.NOTHING_SUPPLIED)


def statements(
    found: pd.DataFrame, dataset: Dataset, period: Period
) -> tuple[pd.DataFrame, list[str]]:
    """What answers say of criteria, and a Czech sentence about each that says nothing.

    Args:
        found: the answers that are taken, as :func:`slz_lib.collection.answers.answers` has them.
        dataset: the data; *beze změny* carries over what they have of the last period.
        period: the period that the answers are of.
    """
    placed = found["place"].ne("")
    known = found["place"].isin(dataset.places["id"])
    places = found["places"].fillna(found["place"].where(known))
    # Whoever answers for a part of the territory means that part by all of it.
    some = placed | (places.notna() & found["reach"].isna())
    found = found.assign(
        reporter=_reporters(found, dataset),
        many=placed | found["organisation"].ne(""),
        places=places,
        reach=found["reach"].mask(some, str(Reach.SOME)).fillna(str(Reach.UNKNOWN)),
    )
    unchanged, nothing = (
        found[found["answer"].eq(str(answer)) & found["criterion"].eq("")]
        for answer in (Answer.UNCHANGED, Answer.NOTHING)
    )
    asked = questions(dataset, period.id).details[["measure_id", "criterion"]]
    nothing = nothing.drop(columns="criterion").merge(asked, on="measure_id")
    nothing = nothing.assign(state=str(EvidenceState.NOT_DONE), note="Podle odpovědi „nebylo nic“.")
    pairs = ["reporter", "measure_id"]
    last = dataset.previous(period.id)
    evidence, parts = _of_last(dataset, last)
    own = pd.concat([evidence, parts], ignore_index=True)
    who = ["at", *pairs, "body", "many", *_ON_RETURN]
    carried = unchanged[who].merge(own, on=pairs)
    lost = unchanged[~unchanged["at"].isin(carried["at"])]
    # Leads that reported nothing themselves confirm what the form has shown them.
    roles = dataset.measure_bodies
    leads = roles.loc[roles["role"].eq(str(Role.LEAD)), ["body_id", "measure_id"]]
    leading = lost.merge(leads.rename(columns={"body_id": "body"}), on=["body", "measure_id"])
    confirmed = leading[who].merge(evidence.drop(columns="reporter"), on="measure_id")
    lost = lost[~lost["at"].isin(confirmed["at"])]
    label = "" if last is None else dataset.period(last).label
    carried["note"] = f"Beze změny od období {label}: " + carried["note"]
    confirmed["note"] = f"Gestor potvrdil beze změny od období {label}: " + confirmed["note"]
    columns = ["body", "many", "reporter", "measure_id", "criterion", *_SAID, *_FIGURE, *_ON_RETURN]
    told = (found[found["criterion"].ne("")], nothing, carried, confirmed)
    rows = pd.concat([part.reindex(columns=columns) for part in told], ignore_index=True)
    return rows.astype("str").assign(many=rows["many"].astype(bool)), [
        *(
            f"{at}: opatření {measure} je „beze změny“, ale za minulé období od téhož subjektu "
            "žádný podklad není a jeho gestorem není; nic se nezapisuje."
            for at, measure in lost[["at", "measure_id"]].to_numpy()
        ),
        *(
            f"Místo „{place}“ tabulka places nezná; dosah se bez něj počítá jako část území."
            for place in found.loc[placed & ~known, "place"].unique()
        ),
    ]


def _of_last(dataset: Dataset, last: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was said in the last period, and by single respondents in it; without figures."""
    evidence, parts = (
        frame[frame["period_id"].eq(last or "") & frame["state"].ne(_NOTHING)]
        for frame in (dataset.evidence, dataset.contributions)
    )
    about = evidence.set_index("id")[["measure_id", "criterion"]]
    columns = ["reporter", "measure_id", "criterion", *_SAID]
    return evidence[columns], parts.join(about, on="evidence_id").reindex(columns=columns)


def _reporters(found: pd.DataFrame, dataset: Dataset) -> pd.Series:
    """Who reports: an organisation, a municipality, or the body that was asked."""
    kinds = found["body"].map(dataset.bodies.set_index("id")["kind"])
    named = found["organisation"].where(found["organisation"].ne(""))
    place = found["place"].where(kinds.eq("municipality") & found["place"].ne(""))
    return (ORGANISATION + named).fillna(MUNICIPALITY + place).fillna(found["body"])
