"""From evidence to criteria: what each measure's criteria have reached."""

from __future__ import annotations

from datetime import date

import pandas as pd

from slz_lib.vocabulary import Assignment, DeadlineKind, EvidenceState, Reach, Role

#: States that confirm a criterion, and those that confirm it at least in part.
FULFILLED = (EvidenceState.DONE, EvidenceState.FULFILLED)
ACTIVE = (*FULFILLED, EvidenceState.PARTIAL)

#: Reach as a number a rule can compare; what is unknown proves nothing and stands lowest.
REACH_RANK = {Reach.UNKNOWN: 0, Reach.SOME: 1, Reach.NEARLY_ALL: 2, Reach.REGION: 3}
STATE_RANK = {state: rank for rank, state in enumerate(EvidenceState)}


def criteria(evidence: pd.DataFrame) -> pd.DataFrame:
    """One row a criterion of a measure: its best state and how far that state reaches.

    A criterion that several bodies report on has the best of the reported states, because one
    confirmation confirms it; its reach is the widest among the rows that report that state.

    Args:
        evidence: columns ``measure_id``, ``criterion``, ``state``, ``reach`` (strings).

    Returns:
        Columns ``measure_id``, ``criterion``, ``state`` (str), ``reach`` (int, see
        :data:`REACH_RANK`), ``rows`` (int, number of pieces of evidence).
    """
    ranked = evidence.assign(
        state_rank=evidence["state"].map({str(s): r for s, r in STATE_RANK.items()}),
        reach_rank=evidence["reach"].map({str(s): r for s, r in REACH_RANK.items()}),
    )
    keys = ["measure_id", "criterion"]
    best = ranked.groupby(keys, sort=False)["state_rank"].transform("min")
    reach = ranked["reach_rank"].where(ranked["state_rank"] == best, 0)
    grouped = ranked.assign(reach_rank=reach).groupby(keys, sort=False)
    table = grouped.agg(
        state_rank=("state_rank", "min"), reach=("reach_rank", "max"), rows=("state", "size")
    ).reset_index()
    states = pd.Series([str(s) for s in EvidenceState])
    table["state"] = states.reindex(table["state_rank"]).to_numpy()
    return table[["measure_id", "criterion", "state", "reach", "rows"]]


def quantities(criteria: pd.DataFrame, measures: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a measure: the quantities that the rules compare.

    Args:
        criteria: as :func:`criteria` returns.
        measures: columns ``id``, ``deadline_kind``, ``deadline_day`` (datetime64).
        as_of: the day to which deadlines are judged.

    Returns:
        Index ``measure_id``; ``criteria`` (int; 0 without evidence), ``share_done``,
        ``share_fulfilled``, ``share_active``, ``share_preparing`` (fractions of the criteria,
        NA without evidence), ``reach`` (int: the widest among fulfilled criteria, or among active
        ones when none is fulfilled), ``deadline_fixed``, ``deadline_passed`` (0 or 1).
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
        }
    )
    grouped = flags.groupby("measure_id")
    index = pd.Index(measures["id"], name="measure_id")
    table = grouped.mean().astype("Float64").reindex(index)
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
