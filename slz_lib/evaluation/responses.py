"""Who answered and where: what evidence comes from a body and what tells of a district.

A published report names few of those who reported, so the numbers are lower bounds: who is not
named may have reported all the same. The one exception is a body under which evidence is written
down whose words name nobody; it is marked, and proves nothing of the bodies above it.

A report answers for the body it names and for every body above it, because a part speaks for its
whole; a whole does not speak for its part. A single municipality (``OBEC:…``) is a part of the
municipalities. Other organisations (``ORG:…``) belong to no body that the data know, and answer for
none. Evidence that nothing was supplied is no answer of anybody.
"""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.observations import each_place
from slz_lib.dataset.trees import ancestry
from slz_lib.evaluation.criteria import FULFILLED, REACH_RANK
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.rules import first_holding
from slz_lib.evaluation.summaries import bodies_in_order, share
from slz_lib.language import czech_sorted
from slz_lib.vocabulary import MUNICIPALITY, CountsAs, EvidenceState, Reach, Role


def answering(evaluation: JudgedPeriod) -> pd.Series:
    """Who is known to have reported each piece of evidence: a body, NA where it is none.

    A single municipality is one of *the municipalities*: of the body of that kind that stands for
    many and is no part of another.
    """
    bodies, reporter = evaluation.dataset.bodies, evaluation.evidence["reporter"]
    whole = bodies["kind"].eq("municipality") & bodies["stands_for"].eq("many")
    found = bodies.loc[whole & bodies["parent_id"].isna(), "id"]
    single = reporter.str.startswith(MUNICIPALITY, na=False)
    return reporter.mask(single, next(iter(found), pd.NA))


def by_body(evaluation: JudgedPeriod) -> pd.DataFrame:
    """For each body with a role, how many of its measures somebody of it is known to report on.

    Returns:
        Index ``body_id``, most measures first, then in Czech order of short names; ``measures``,
        ``lead``, ``cooperating`` (int, measures with the role; a measure counts once in
        ``measures``), ``reported`` (int, of ``measures``, those with evidence of the body),
        ``share_reported`` (Float64, fraction), ``lead_supplied`` (int, of ``lead``, those whose
        commentary was supplied), ``share_supplied`` (Float64; NA where the body leads none).
    """
    dataset = evaluation.dataset
    roles = dataset.measure_bodies.dropna(subset="body_id")
    roles = roles[["measure_id", "body_id", "role"]].drop_duplicates()
    pairs = roles[["measure_id", "body_id"]].drop_duplicates()
    reports = _reports(evaluation)
    told = evaluation.decisions.loc[evaluation.decisions["commentary_supplied"], "measure_id"]
    leads = roles[roles["role"].eq(Role.LEAD)]
    counts = {
        "measures": pairs,
        "lead": leads,
        "cooperating": roles[roles["role"].eq(Role.COOPERATING)],
        "reported": pairs.merge(reports, on=["measure_id", "body_id"]),
        "lead_supplied": leads[leads["measure_id"].isin(told)],
    }
    table = pd.DataFrame({name: rows.groupby("body_id").size() for name, rows in counts.items()})
    table = table.fillna(0).astype("int64").rename_axis("body_id")
    table.insert(4, "share_reported", share(table["reported"], table["measures"]))
    table["share_supplied"] = share(table["lead_supplied"], table["lead"])
    return bodies_in_order(table, dataset.bodies, "measures").rename_axis("body_id")


def by_district(evaluation: JudgedPeriod) -> pd.DataFrame:
    """For each district, evidence that names a place in it or comes from a municipality of it.

    Returns:
        Index ``district_id`` in the order of the data; ``measures`` and ``evidence`` (int, measures
        with such evidence and its pieces; a piece that names two counts in both),
        ``share_of_measures`` (Float64, fraction of all measures), ``places`` (int, places
        named there), ``partnerships`` (int, begun by the as-of day).
    """
    named = named_places(evaluation)
    groups = named.groupby("district_id")
    table = pd.DataFrame(
        {
            "measures": groups["measure_id"].nunique(),
            "evidence": groups["id"].nunique(),
            "places": groups["place"].nunique(),
            "partnerships": evaluation.dataset.partnerships.groupby("district_id").size(),
        }
    )
    table = table.reindex(pd.Index(evaluation.dataset.districts["id"], name="district_id"))
    table = table.fillna(0).astype("int64")
    table.insert(2, "share_of_measures", share(table["measures"], evaluation.total))
    return table


def districts_of_places(dataset: Dataset) -> pd.Series:
    """The district of each place and of each municipality with a partnership, by its name (str)."""
    partners = dataset.partnerships.set_index("municipality")["district_id"]
    known: pd.Series = pd.concat([dataset.places.set_index("id")["district_id"], partners])
    return known[~known.index.duplicated()]


def named_places(evaluation: JudgedPeriod) -> pd.DataFrame:
    """The places that supplied evidence names, its reporter among them if it is a municipality.

    Returns:
        One row a piece of evidence and place that the data know: ``id``, ``measure_id``, ``place``,
        ``district_id`` (str).
    """
    evidence = supplied(evaluation.evidence)
    single = evidence["reporter"].where(evidence["reporter"].str.startswith(MUNICIPALITY, na=False))
    names = single.str.removeprefix(MUNICIPALITY).str.strip()
    named = pd.concat([each_place(evidence), evidence.assign(place=names)])
    named["district_id"] = named["place"].map(districts_of_places(evaluation.dataset))
    rows = named.loc[named["district_id"].notna(), ["id", "measure_id", "place", "district_id"]]
    return rows.drop_duplicates().reset_index(drop=True)


def supplied(evidence: pd.DataFrame) -> pd.DataFrame:
    """The pieces of evidence that say something, without records that nothing was supplied."""
    return evidence[evidence["state"].ne(EvidenceState.NOTHING_SUPPLIED)]


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


def _reports(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Measures and the bodies that answered, themselves or through a part of theirs."""
    evidence = supplied(evaluation.evidence.assign(id=answering(evaluation)))
    told = evidence[["measure_id", "id"]].dropna()
    found = told.merge(ancestry(evaluation.dataset.bodies), on="id").drop(columns="id")
    return found.rename(columns={"above": "body_id"}).drop_duplicates()
