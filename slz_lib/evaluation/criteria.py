"""From evidence to criteria: what each measure's criteria have reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from slz_lib.dataset.observations import each_place
from slz_lib.vocabulary import DeadlineKind, EvidenceState, Reach, ReachBasis, Terms

#: States that confirm a criterion, and those that confirm it at least in part.
FULFILLED = (EvidenceState.DONE, EvidenceState.FULFILLED)
ACTIVE = (*FULFILLED, EvidenceState.PARTIAL)

#: Reach as a number a rule can compare; what is unknown proves nothing and stands lowest.
REACH_RANK = {Reach.UNKNOWN: 0, Reach.SOME: 1, Reach.NEARLY_ALL: 2, Reach.REGION: 3}
STATE_RANK = {state: rank for rank, state in enumerate(EvidenceState)}

_KEYS = ["measure_id", "criterion"]


def reach_words(terms: Terms) -> dict[int, str]:
    """How far evidence reaches, in words by rank."""
    return {rank: terms.reaches[reach] for reach, rank in REACH_RANK.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Territory:
    """What a share of the territory is counted from.

    Attributes:
        places: index place id; ``district_id``, ``municipalities`` and ``population`` (NA where not
            known).
        districts: index district id; ``municipalities`` and ``population``; all make the whole.
    """

    places: pd.DataFrame
    districts: pd.DataFrame

    @classmethod
    def of(cls, places: pd.DataFrame, districts: pd.DataFrame) -> Territory:
        """The territory of a dataset's tables ``places`` and ``districts``.

        Where no district has municipalities, the districts themselves are what is counted.
        """
        amounts = [str(basis) for basis in ReachBasis]
        whole = districts.set_index("id")[amounts]
        if whole["municipalities"].isna().all():
            whole = whole.assign(municipalities=1)
        return cls(places.set_index("id")[["district_id", *amounts]], whole)


def criteria(
    evidence: pd.DataFrame, territory: Territory, terms: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """One row a criterion of a measure: its best state and how far that state reaches.

    A criterion that several bodies report on has the best of the reported states, because one
    confirmation confirms it. Its reach is the widest among the rows that confirm it (done for good
    and fulfilled alike; in part when nothing better is reported), as their words say or as the
    places that they name add up to.

    Args:
        evidence: columns ``measure_id``, ``criterion``, ``state``, ``reach``, ``places`` (str).
        territory: what a share of the territory is counted from.
        terms: columns ``reach``, ``basis``, ``share``: from which share of the territory on the
            named places make a reach; none when only words count.

    Returns:
        The criteria in the order of their first evidence: ``measure_id``, ``criterion``, ``state``
        (str), ``reach`` (int, see :data:`REACH_RANK`), ``rows`` (int, pieces of evidence),
        ``municipalities`` and ``population`` (Float64: share of the territory that the named places
        make; NA where none is named or its size is not known). And, by the index of the evidence,
        whether its criterion's state and reach rest on a row (*decisive*).
    """
    ranks = evidence["state"].map(STATE_RANK).astype("int64")
    best = ranks.groupby([evidence[key] for key in _KEYS], sort=False).transform("min")
    fulfilled = len(FULFILLED)
    decisive = ranks.eq(best) | (ranks.lt(fulfilled) & best.lt(fulfilled))
    reaches = evidence["reach"].map(REACH_RANK).astype("int64").where(decisive, 0)
    table = (
        evidence[_KEYS]
        .assign(state=best, reach=reaches, rows=1)
        .groupby(_KEYS, sort=False)
        .agg({"state": "min", "reach": "max", "rows": "sum"})
    )
    table["state"] = table["state"].map(dict(enumerate(map(str, STATE_RANK)))).astype("str")
    table = table.join(_covered(evidence[decisive], territory)).reset_index()
    for reach, basis, share in terms[["reach", "basis", "share"]].to_numpy():
        enough = table[basis].ge(share).fillna(value=False).astype(bool)
        rank = REACH_RANK[Reach(reach)]
        table["reach"] = table["reach"].where(~enough | table["reach"].ge(rank), rank)
    return table, decisive


def _covered(evidence: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """The shares of the territory that the places named by decisive rows make.

    Places may lie within each other (a town in its district), so those of one district make no more
    than the whole of it.

    Returns:
        Index measure and criterion; a column of shares for each basis.
    """
    places = each_place(evidence[[*_KEYS, "places"]]).drop_duplicates([*_KEYS, "place"])
    sized = places.join(territory.places, on="place", how="inner")
    shares = {}
    for basis in map(str, ReachBasis):
        whole = territory.districts[basis].astype("float64")
        parts = sized.dropna(subset=basis).astype({basis: "float64"})
        sums = parts.groupby([*_KEYS, "district_id"], sort=False)[basis].sum().reset_index()
        covered = sums[basis].clip(upper=sums["district_id"].map(whole))
        by_criterion = covered.groupby([sums[key] for key in _KEYS], sort=False).sum()
        shares[basis] = (by_criterion / (whole.sum() or np.nan)).astype("Float64")
    return pd.DataFrame(shares)


def quantities(criteria: pd.DataFrame, measures: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a measure: the quantities that the rules compare.

    Args:
        criteria: as :func:`criteria` returns.
        measures: columns ``id``, ``deadline_kind``, ``deadline_day`` (datetime64).
        as_of: the day to which deadlines are judged.

    Returns:
        Index ``measure_id``; ``criteria`` (int; 0 without evidence), ``share_done``,
        ``share_fulfilled``, ``share_active``, ``share_preparing`` (fractions of the criteria,
        NA without evidence), ``supplied`` (1 when any row says something, 0 when all say that
        nothing was supplied, NA without evidence), ``reach`` (int: the widest among fulfilled
        criteria, or among active ones when none is fulfilled), ``deadline_fixed``,
        ``deadline_passed`` (0 or 1).
    """
    state = criteria["state"]
    active = state.isin(ACTIVE)
    fulfilled = state.isin(FULFILLED)
    flags = pd.DataFrame(
        {
            "measure_id": criteria["measure_id"],
            "share_done": state.eq(EvidenceState.DONE),
            "share_fulfilled": fulfilled,
            "share_active": active,
            "share_preparing": state.eq(EvidenceState.PREPARING),
            # The best state of a criterion is *nothing supplied* only when all its rows are.
            "supplied": state.ne(EvidenceState.NOTHING_SUPPLIED),
        }
    )
    grouped = flags.groupby("measure_id")
    index = pd.Index(measures["id"], name="measure_id")
    table = grouped.mean().astype("Float64").reindex(index)
    table["supplied"] = grouped["supplied"].any().reindex(index).astype("Int64")
    table["criteria"] = grouped.size().reindex(index, fill_value=0)
    widest_active, widest_fulfilled = (
        criteria["reach"].where(among).groupby(criteria["measure_id"]).max()
        for among in (active, fulfilled)
    )
    widest = widest_fulfilled.fillna(widest_active)
    table["reach"] = widest.reindex(index).fillna(0).astype("int64")
    indexed = measures.set_index("id")
    table["deadline_fixed"] = indexed["deadline_kind"].eq(DeadlineKind.FIXED).astype("int64")
    table["deadline_passed"] = (indexed["deadline_day"] <= pd.Timestamp(as_of)).astype("int64")
    return table
