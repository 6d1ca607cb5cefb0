"""Why a measure is not done for good: one main cause, and the defects of its set-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.vocabulary import DeadlineKind, Reach, Status

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


def not_done_for_good(judgements: pd.DataFrame) -> pd.Series:
    """Measures that the next plan has to deal with.

    Only a measure that is SPLNĚNO both as published and by its evidence needs no step.
    """
    done = str(Status.SPLNENO)
    return ~(judgements["published"].eq(done) & judgements["derived"].eq(done))


def applicable(evaluation: Evaluation, merged: Iterable[str] = ()) -> pd.DataFrame:
    """Which causes apply to which measure.

    Args:
        evaluation: the period that the plan follows.
        merged: measures proposed to be merged into another.

    The columns are the ids of ``data/rules/plan_causes.csv``, whose ``wording`` says in Czech what
    is tested here.

    Returns:
        Index ``measure_id``; a boolean column for each cause.
    """
    table = evaluation.judgements.set_index("measure_id")
    measures = evaluation.dataset.measures.set_index("id")
    evidence = evaluation.evidence
    awaited = evidence["waits_for"].notna().groupby(evidence["measure_id"]).any()
    active = table["share_active"].fillna(0).gt(0)
    fulfilled = table["share_fulfilled"].fillna(0).gt(0.5)
    on_event = table["deadline_kind"].eq(str(DeadlineKind.EVENT))
    reach = table["reach"]
    wide = reach >= REACH_RANK[Reach.NEARLY_ALL]
    return pd.DataFrame(
        {
            "merged": table.index.isin(list(merged)),
            "announced": table["published"].eq(str(Status.SPLNENO))
            & table["derived"].ne(str(Status.SPLNENO)),
            "done_by_evidence": table["derived"].eq(str(Status.SPLNENO)),
            "waits_for_law": on_event
            | (awaited.reindex(table.index).fillna(False).astype(bool) & ~(fulfilled & wide)),
            "nothing_supplied": ~table["supplied"],
            "only_preparing": table["supplied"]
            & ~active
            & table["share_preparing"].fillna(0).gt(0),
            "not_done": table["supplied"] & ~active & table["share_preparing"].fillna(0).eq(0),
            "some_municipalities": active & reach.eq(REACH_RANK[Reach.SOME]),
            "unknown_reach": active & reach.eq(REACH_RANK[Reach.UNKNOWN]),
            "partial": active & wide & ~fulfilled,
            "finishing": fulfilled & wide & table["deadline_kind"].eq(str(DeadlineKind.FIXED)),
            "running": fulfilled & wide,
            "lead_missing": table["lead_missing"],
            "deadline_passed": table["overdue"],
            "indicator_missing": measures["indicator"].isna(),
        },
        index=table.index,
    ).astype(bool)


def assigned(applies: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """One row a measure and cause: the first main cause that applies, and every defect.

    Args:
        applies: as :func:`applicable` returns.
        rules: the table ``plan_causes``; ``kind`` tells a main cause from a defect.

    Returns:
        Columns ``measure_id``, ``cause`` in the measures' and the rules' order, ``kind``.
    """
    ordered = rules.sort_values("order")
    places = pd.Series(range(len(applies)), index=applies.index, name="place")
    long = (
        applies.join(places)
        .reset_index()
        .melt(["measure_id", "place"], var_name="cause", value_name="applies")
    )
    long = long[long["applies"]].merge(
        ordered[["id", "order", "kind"]], left_on="cause", right_on="id"
    )
    long = long.sort_values(["place", "order"], ignore_index=True)
    first = ~long.duplicated(["measure_id", "kind"])
    kept = long[first | long["kind"].eq("defect")]
    return kept[["measure_id", "cause", "kind"]].reset_index(drop=True)
