"""Answers as statements of evidence, one a respondent and criterion, before any are united."""

from __future__ import annotations

import pandas as pd

from slz_lib.collection.forms import Answer
from slz_lib.collection.questions import questions
from slz_lib.collection.values import known_places
from slz_lib.dataset import Dataset
from slz_lib.dataset.keys import among
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
    found = _of_respondents(found, dataset)
    unchanged, nothing = (
        found[found["answer"].eq(str(answer)) & found["criterion"].eq("")]
        for answer in (Answer.UNCHANGED, Answer.NOTHING)
    )
    asked = questions(dataset, period.id).details[["measure_id", "criterion"]]
    nothing = nothing.drop(columns="criterion").merge(asked, on="measure_id")
    nothing = nothing.assign(state=str(EvidenceState.NOT_DONE), note="Podle odpovědi „nebylo nic“.")
    carried = _carried(unchanged, dataset, dataset.previous(period.id))
    lost = unchanged[~unchanged["at"].isin(carried["at"])]
    unknown = found["place"].ne("") & ~found["place"].isin(known_places(dataset)["id"])
    columns = ["body", "many", "reporter", "measure_id", "criterion", *_SAID, *_FIGURE, *_ON_RETURN]
    told = (found[found["criterion"].ne("")], nothing, carried)
    rows = pd.concat([part.reindex(columns=columns) for part in told], ignore_index=True)
    return rows.astype("str").assign(many=rows["many"].astype(bool)), [
        *(
            f"{at}: opatření {measure} je „beze změny“, ale za minulé období od téhož subjektu "
            "žádný podklad není a jeho gestorem není; nic se nezapisuje."
            for at, measure in lost[["at", "measure_id"]].to_numpy()
        ),
        *(
            f"Místo „{place}“ tabulka places nezná; dosah se bez něj počítá jako část území."
            for place in found.loc[unknown, "place"].unique()
        ),
    ]


def _of_respondents(found: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The answers with who reports, whether for one of many, and which places they mean."""
    placed = found["place"].ne("")
    known = found["place"].isin(known_places(dataset)["id"])
    places = found["places"].fillna(found["place"].where(known))
    # Whoever answers for a part of the territory means that part by all of it.
    some = placed | (places.notna() & found["reach"].isna())
    kinds = found["body"].map(dataset.bodies.set_index("id")["kind"])
    organisation = found["organisation"].where(found["organisation"].ne(""))
    municipality = found["place"].where(kinds.eq("municipality") & placed)
    reporter = (ORGANISATION + organisation).fillna(MUNICIPALITY + municipality)
    return found.assign(
        reporter=reporter.fillna(found["body"]),
        many=placed | organisation.notna(),
        places=places,
        reach=found["reach"].mask(some, str(Reach.SOME)).fillna(str(Reach.UNKNOWN)),
    )


def _carried(unchanged: pd.DataFrame, dataset: Dataset, last: str | None) -> pd.DataFrame:
    """What respondents said in the last period, for those who say that it still holds."""
    pairs = ["reporter", "measure_id"]
    evidence, parts = _of_last(dataset, last)
    who = ["at", *pairs, "body", "many", *_ON_RETURN]
    own = unchanged[who].merge(pd.concat([evidence, parts], ignore_index=True), on=pairs)
    # Leads that reported nothing themselves confirm what the form has shown them.
    leads = dataset.measure_bodies[dataset.measure_bodies["role"].eq(str(Role.LEAD))]
    leading = among(unchanged[["body", "measure_id"]], leads[["body_id", "measure_id"]])
    leading &= ~unchanged["at"].isin(own["at"])
    confirmed = unchanged.loc[leading, who].merge(
        evidence.drop(columns="reporter"), on="measure_id"
    )
    label = "" if last is None else dataset.period(last).label
    own["note"] = f"Beze změny od období {label}: " + own["note"]
    confirmed["note"] = f"Gestor potvrdil beze změny od období {label}: " + confirmed["note"]
    return pd.concat([own, confirmed], ignore_index=True)


def _of_last(dataset: Dataset, last: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was said in the last period, and by single respondents in it; without figures."""
    evidence, parts = (
        frame[frame["period_id"].eq(last or "") & frame["state"].ne(_NOTHING)]
        for frame in (dataset.evidence, dataset.contributions)
    )
    about = evidence.set_index("id")[["measure_id", "criterion"]]
    columns = ["reporter", "measure_id", "criterion", *_SAID]
    return evidence[columns], parts.join(about, on="evidence_id").reindex(columns=columns)
