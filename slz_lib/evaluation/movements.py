"""What became of each measure from one period to the next: of its wording and of its status."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation.evaluation import Evaluation
from slz_lib.evaluation.rules import first_holding
from slz_lib.evaluation.summaries import NO_STATUS, share
from slz_lib.vocabulary import CountsAs, Labelled, Scale

#: What stands in a count for a measure that the period does not have; no step of the scale either.
NOT_IN_PERIOD = "NOT_IN_PERIOD"
#: The scale puts a measure on its last step also where nobody supplied anything. How it stands is
#: then not known, so it is told apart.
SILENT = "SILENT"


def standings(scale: Scale) -> list[str]:
    """Where a measure can stand: the steps of the scale, best first, and what is no step."""
    return [*scale.codes, SILENT, NO_STATUS, NOT_IN_PERIOD]


class ChangeKind(Labelled):
    """What became of a measure itself, in Czech as it follows *opatření je*."""

    NEW = "new", "nové"
    DROPPED = "dropped", "zaniklé"
    MERGED = "merged", "sloučené"
    REWORDED = "reworded", "přeformulované"
    KEPT = "kept", "beze změny znění"


def steps(before: pd.Series, after: pd.Series, scale: Scale) -> pd.Series:
    """Steps of the scale from one status code to another (Int64); better is above zero.

    NA where either status is missing or counts as dropped.
    """
    ranks = [codes.map(scale.ranks).astype("Int64") for codes in (before, after)]
    return ranks[0] - ranks[1]


def standing(status: pd.Series, wording: pd.Series, silent: pd.Series | None = None) -> pd.Series:
    """Status, :data:`SILENT`, :data:`NO_STATUS` or :data:`NOT_IN_PERIOD` of each measure."""
    stands = status.where(status.notna(), NO_STATUS).where(wording.notna(), NOT_IN_PERIOD)
    return stands if silent is None else stands.mask(silent, SILENT)


def union(before: Evaluation, after: Evaluation, column: str) -> pd.DataFrame:
    """The measures of either period with one column of status codes (``derived``) in both.

    Returns:
        In the order of the areas and of the measures' numbers: ``measure_id``, ``area_id`` (the
        later one), ``wording_before`` and ``wording_after`` (str, NA where the period does not
        have the measure), ``before`` and ``after`` (status codes, NA where there is none),
        ``silent_before`` and ``silent_after`` (bool, it counts as not fulfilled
        because nothing was supplied).
    """
    sides = [_side(before, column, "before"), _side(after, column, "after")]
    table = sides[0].join(sides[1], how="outer")
    for name in ("area_id", "number"):
        table[name] = table[f"{name}_after"].fillna(table[f"{name}_before"])
    table["place"] = table["area_id"].map(after.dataset.areas.set_index("id")["order"])
    ordered = table.sort_values(["place", "number"], kind="stable").reset_index()
    columns = ["measure_id", "area_id", "wording_before", "wording_after", "before", "after"]
    silent = ["silent_before", "silent_after"]
    told = ordered[silent].astype("boolean").fillna(value=False).astype(bool)
    return pd.concat([ordered[columns].astype("str"), told], axis="columns")


def _side(evaluation: Evaluation, column: str, suffix: str) -> pd.DataFrame:
    """Area, number, wording and status of one period's measures, by ``measure_id``."""
    measures = evaluation.dataset.measures.set_index("id")
    judged = evaluation.judgements.set_index("measure_id")
    silent = judged["silent"] & judged[column].isin(evaluation.scale.that(CountsAs.NOT))
    # Evidence never drops a measure; a decision does, whatever is compared.
    dropped = judged["status"].isin(evaluation.scale.that(CountsAs.DROPPED))
    status = judged[column].mask(dropped, judged["status"])
    return (
        measures[["area_id", "number", "wording_version"]]
        .rename(columns={"wording_version": "wording"})
        .join(status.rename("status"))
        .join(silent.rename("silent"))
        .rename_axis("measure_id")
        .add_suffix(f"_{suffix}")
        .rename(columns={f"status_{suffix}": suffix})
    )


def change_kinds(measures: pd.DataFrame, successions: pd.DataFrame) -> pd.DataFrame:
    """What became of each measure.

    A measure that the later period does not have was merged where the table of successions names
    what it became, and dropped otherwise.

    Returns:
        Index of ``measures``; ``change_kind`` (str, see :class:`ChangeKind`), ``successor_id``
        (str, NA but for merged ones).
    """
    successor = measures["measure_id"].map(successions.set_index("measure_id")["successor_id"])
    old, new = measures["wording_before"], measures["wording_after"]
    kinds: dict[str, pd.Series] = {
        ChangeKind.MERGED: new.isna() & successor.notna(),
        ChangeKind.DROPPED: new.isna(),
        ChangeKind.NEW: old.isna(),
        ChangeKind.REWORDED: old.ne(new),
    }
    kind = first_holding(kinds, str(ChangeKind.KEPT))
    merged = kind.eq(ChangeKind.MERGED)
    return pd.DataFrame(
        {"change_kind": kind, "successor_id": successor.astype("str").where(merged)}
    )


def standings_counted(stands: pd.Series, scale: Scale) -> pd.Series:
    """Measures in each of :func:`standings`, with zeros where there is none."""
    return stands.value_counts().reindex(standings(scale), fill_value=0)


def shares(before: pd.Series, after: pd.Series, scale: Scale) -> pd.DataFrame:
    """Counts and shares of two periods beside each other, by :func:`standing` of each measure.

    Returns:
        Index statuses, best first, :data:`SILENT` and :data:`NO_STATUS`; ``before`` and ``after``
        (int, measures), ``share_before`` and ``share_after`` (Float64, fractions of the measures of
        each period that were not dropped; NA where it has none, and of what was dropped),
        ``change`` (Float64, their difference; 0.01 is a percentage point).
    """
    table = pd.DataFrame(
        {"before": standings_counted(before, scale), "after": standings_counted(after, scale)}
    ).drop(index=NOT_IN_PERIOD)
    for side in ("before", "after"):
        assessed = table[side].drop(scale.that(CountsAs.DROPPED))
        table[f"share_{side}"] = share(assessed, assessed.sum()).reindex(table.index)
    table["change"] = table["share_after"] - table["share_before"]
    return table
