"""From evidence to criteria: what each measure's criteria have reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from slz_lib.vocabulary import Assignment, DeadlineKind, EvidenceState, Reach, ReachBasis, Role

#: States that confirm a criterion, and those that confirm it at least in part.
FULFILLED = (EvidenceState.DONE, EvidenceState.FULFILLED)
ACTIVE = (*FULFILLED, EvidenceState.PARTIAL)

#: Reach as a number a rule can compare; what is unknown proves nothing and stands lowest.
REACH_RANK = {Reach.UNKNOWN: 0, Reach.SOME: 1, Reach.NEARLY_ALL: 2, Reach.REGION: 3}
STATE_RANK = {state: rank for rank, state in enumerate(EvidenceState)}

_STATES = [str(state) for state in EvidenceState]
_REACHES = [str(reach) for reach in REACH_RANK]


@dataclass(frozen=True, slots=True, eq=False)
class Territory:
    """What a share of the territory is counted from.

    Attributes:
        places: index place id; ``orp_id``, ``municipalities`` and ``population`` (NA where not
            known).
        districts: index ORP id; ``municipalities`` and ``population``; all of them are the whole.
    """

    places: pd.DataFrame
    districts: pd.DataFrame

    @classmethod
    def of(cls, places: pd.DataFrame, orp: pd.DataFrame) -> Territory:
        """The territory of a dataset's tables ``places`` and ``orp``."""
        amounts = [str(basis) for basis in ReachBasis]
        return cls(places.set_index("id")[["orp_id", *amounts]], orp.set_index("id")[amounts])


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What a period's evidence amounts to.

    Attributes:
        criteria: one row a criterion, see :func:`criteria`.
        decisive: for each row of evidence (same index), whether its criterion's state and reach
            rest on it.
    """

    criteria: pd.DataFrame
    decisive: pd.Series


def criteria(evidence: pd.DataFrame, territory: Territory, terms: pd.DataFrame) -> Weighed:
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
        ``criteria`` in the order of their first evidence: ``measure_id``, ``criterion``, ``state``
        (str), ``reach`` (int, see :data:`REACH_RANK`), ``rows`` (int, pieces of evidence),
        ``municipalities`` and ``population`` (Float64: share of the territory that the named places
        make; NA where none is named or its size is not known); and the decisive rows.
    """
    groups, keys = _groups(evidence)
    states = _ranks(evidence["state"], _STATES)
    reaches = _ranks(evidence["reach"], _REACHES)
    # One count over (criterion, state, reach) holds all that is asked below.
    width = len(_STATES) * len(_REACHES)
    cells = np.bincount(
        groups * width + states * len(_REACHES) + reaches, minlength=len(keys) * width
    )
    counts = cells.reshape(len(keys), len(_STATES), len(_REACHES))
    reported = counts.sum(axis=2) > 0
    best = reported.argmax(axis=1)
    confirming = np.arange(len(_STATES))[None, :] == best[:, None]
    fulfilled = len(FULFILLED)
    confirming[:, :fulfilled] |= (best < fulfilled)[:, None]
    present = ((counts > 0) & confirming[:, :, None]).any(axis=1)
    widest = np.where(present, np.arange(len(_REACHES)), 0).max(axis=1, initial=0)
    decisive = confirming[groups, states]
    table = keys.assign(
        state=pd.Series(_STATES).reindex(best).to_numpy(),
        reach=widest.astype("int64"),
        rows=counts.sum(axis=(1, 2)),
    )
    table = table.join(_covered(evidence["places"], groups, decisive, len(keys), territory))
    for reach, basis, share in terms[["reach", "basis", "share"]].to_numpy():
        enough = table[basis].ge(share).fillna(value=False).astype(bool)
        rank = REACH_RANK[Reach(reach)]
        table["reach"] = table["reach"].where(~enough | table["reach"].ge(rank), rank)
    return Weighed(table, pd.Series(decisive, index=evidence.index))


def _groups(evidence: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """The criterion of each row as a number, and the keys of the criteria by that number."""
    measures, measure_ids = pd.factorize(evidence["measure_id"])
    names, criterion_names = pd.factorize(evidence["criterion"])
    width = max(len(criterion_names), 1)
    groups, pairs = pd.factorize(measures.astype("int64") * width + names)
    keys = pd.DataFrame(
        {
            "measure_id": pd.Series(measure_ids).take(pairs // width).to_numpy(),
            "criterion": pd.Series(criterion_names).take(pairs % width).to_numpy(),
        }
    ).astype("str")
    return groups.astype("int64"), keys


def _ranks(values: pd.Series, order: list[str]) -> npt.NDArray[np.int64]:
    """The place of each value in ``order``."""
    return pd.Categorical(values, categories=order).codes.astype("int64")


def _covered(
    places: pd.Series,
    groups: npt.NDArray[np.int64],
    decisive: npt.NDArray[np.bool_],
    size: int,
    territory: Territory,
) -> pd.DataFrame:
    """The shares of the territory that the places named by decisive rows make.

    Places may lie within each other (a town in its district), so those of one district make no more
    than the whole of it.
    """
    codes, texts = pd.factorize(places)
    named = pd.Series(texts, dtype="str").str.split(";").explode().str.strip()
    known = named[named.isin(territory.places.index)]
    place_of = territory.places.index.get_indexer(pd.Index(known))
    by_text = pd.Series(place_of, index=known.index)
    rows = np.flatnonzero(decisive & (codes >= 0))
    # Pairs as one number each, because comparing numbers is several times faster.
    pairs = pd.unique(codes[rows].astype("int64") * max(size, 1) + groups[rows])
    texts_named = pd.DataFrame({"text": pairs // max(size, 1), "group": pairs % max(size, 1)})
    joined = texts_named.join(by_text.rename("place"), on="text", how="inner")
    distinct = joined.drop_duplicates(["group", "place"])
    place = distinct["place"].to_numpy(dtype="int64")
    districts = territory.districts
    number = max(len(districts), 1)
    district = districts.index.get_indexer(pd.Index(territory.places["orp_id"]))[place]
    within = distinct["group"].to_numpy(dtype="int64") * number + district
    shares = {}
    for basis in map(str, ReachBasis):
        amount = territory.places[basis].to_numpy(dtype="float64", na_value=np.nan)[place]
        sized = ~np.isnan(amount)
        parts, pairs = pd.factorize(within[sized])
        limits = districts[basis].to_numpy(dtype="float64")
        sums = np.bincount(parts, weights=amount[sized], minlength=len(pairs))
        covered = np.minimum(sums, limits[pairs % number])
        groups_of = pairs // number
        whole = limits.sum() or np.nan
        share = np.bincount(groups_of, weights=covered, minlength=size) / whole
        any_sized = np.bincount(groups_of, minlength=size) > 0
        shares[basis] = pd.Series(share, dtype="Float64").where(any_sized)
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
    active = state.isin([str(s) for s in ACTIVE])
    fulfilled = state.isin([str(s) for s in FULFILLED])
    flags = pd.DataFrame(
        {
            "measure_id": criteria["measure_id"],
            "share_done": state.eq(str(EvidenceState.DONE)),
            "share_fulfilled": fulfilled,
            "share_active": active,
            "share_preparing": state.eq(str(EvidenceState.PREPARING)),
            # The best state of a criterion is *nothing supplied* only when all its rows are.
            "supplied": state.ne(str(EvidenceState.NOTHING_SUPPLIED)),
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
    table["deadline_fixed"] = indexed["deadline_kind"].eq(str(DeadlineKind.FIXED)).astype("int64")
    table["deadline_passed"] = (indexed["deadline_day"] <= pd.Timestamp(as_of)).astype("int64")
    return table


def leads_missing(measure_bodies: pd.DataFrame) -> pd.Series:
    """Measures whose lead is not assigned, in whole or in its unit.

    Returns:
        Boolean series by ``measure_id``.
    """
    leads = measure_bodies[measure_bodies["role"] == str(Role.LEAD)]
    open_role = leads["assignment"] != str(Assignment.ASSIGNED)
    return open_role.groupby(leads["measure_id"], sort=False).any()
