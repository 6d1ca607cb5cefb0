"""What a period says of one area, one body or one district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.dataset.trees import ancestry
from slz_lib.evaluation.criteria import FULFILLED, REACH_RANK
from slz_lib.evaluation.responses import answering, named_places, supplied
from slz_lib.evaluation.rules import first_holding
from slz_lib.language import czech_sorted
from slz_lib.vocabulary import MUNICIPALITY, CountsAs, Reach

if TYPE_CHECKING:
    from slz_lib.evaluation.period import JudgedPeriod


def reported_by(evaluation: JudgedPeriod, body: str) -> pd.DataFrame:
    """What a body reported itself, also on measures in which it has no role.

    Evidence that nothing was supplied is not among it. Each municipality is one of *the
    municipalities*.
    """
    return _said(evaluation, {body})


def reported_on(evaluation: JudgedPeriod, body: str) -> list[str]:
    """The measure of each piece of evidence that a body or anybody below it reported."""
    tree = ancestry(evaluation.dataset.bodies)
    parts = set(tree.loc[tree["above"].eq(body), "id"])
    return _said(evaluation, parts)["measure_id"].tolist()


def _said(evaluation: JudgedPeriod, bodies: set[str]) -> pd.DataFrame:
    rows = evaluation.evidence[answering(evaluation).isin(bodies)]
    return supplied(rows).reset_index(drop=True)


def evidence_in(evaluation: JudgedPeriod, district: str) -> pd.DataFrame:
    """The evidence that names a place in a district.

    Returns:
        Rows of the evidence with ``place``: the named places of the district in Czech order, joined
        by a comma.
    """
    places = named_places(evaluation)
    here = places[places["district_id"].eq(district)]
    joined = here.groupby("id")["place"].agg(lambda found: ", ".join(czech_sorted(found)))
    evidence = evaluation.evidence
    rows = evidence[evidence["id"].isin(joined.index)]
    return rows.assign(place=rows["id"].map(joined).astype("str")).reset_index(drop=True)


def reach_in(evaluation: JudgedPeriod, district: str) -> pd.Series:
    """How each measure reaches a district, the surest way that the evidence shows.

    Returns:
        By measure id: ``named`` (evidence names a place in the district), ``region`` or
        ``nearly_all`` (a criterion is fulfilled so far; of the district that says nothing),
        ``elsewhere`` (places are named in other districts alone), ``untold`` (no criterion is
        fulfilled so far, and no place is named), ``silent`` (nothing was supplied), ``unjudged``
        (it is not judged yet), ``dropped`` (it was given up).
    """
    judged = evaluation.judgements.set_index("measure_id")
    criteria = evaluation.criteria
    fulfilled = criteria[criteria["state"].isin(FULFILLED)]
    region, nearly_all = (
        fulfilled.loc[fulfilled["reach"].eq(REACH_RANK[reach]), "measure_id"]
        for reach in (Reach.REGION, Reach.NEARLY_ALL)
    )
    places = named_places(evaluation)
    named = places.loc[places["district_id"].eq(district), "measure_id"]
    ids = judged.index.to_series()
    ways = {
        "dropped": judged["status"].isin(evaluation.scale.that(CountsAs.DROPPED)),
        "named": ids.isin(named),
        "region": ids.isin(region),
        "nearly_all": ids.isin(nearly_all),
        "elsewhere": ids.isin(places["measure_id"]),
        "unjudged": judged["status"].isna() & judged["disputed"].eq(0),
        "silent": judged["silent"],
    }
    return first_holding(ways, "untold")


def figures_in(evaluation: JudgedPeriod, district: str) -> pd.DataFrame:
    """The figures of a district and of municipalities in it: rows of the observations."""
    places = evaluation.dataset.places
    here = places.loc[places["district_id"].eq(district), "id"]
    partners = evaluation.dataset.partnerships
    known = pd.concat([here, partners.loc[partners["district_id"].eq(district), "municipality"]])
    figures = evaluation.observations
    chosen = figures["territory"].isin({district, *(MUNICIPALITY + known)})
    return figures[chosen].reset_index(drop=True)
