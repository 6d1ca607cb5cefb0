"""Why a measure is not done for good: one main cause, and the defects of its set-up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from slz_lib.dataset.keys import among
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.criteria import ACTIVE, FULFILLED, REACH_RANK
from slz_lib.evaluation.rules import prevails
from slz_lib.planning.grounds import conditional, denying, ended, heard, mentioned, unmeasured
from slz_lib.planning.wording import awaited_laws
from slz_lib.vocabulary import Cause, CauseKind, CountsAs, DeadlineKind, Reach


def settled(evaluation: Evaluation) -> pd.Series:
    """Where somebody decided another status than the derived one, with a reason (bool).

    The plan goes by that status. What a published report that was taken over says without showing
    its reasons does not bind it; the plan then goes by the evidence.
    """
    if evaluation.imported:
        return pd.Series(data=False, index=evaluation.judgements.index)
    return evaluation.judgements["differs"]


def not_done_for_good(evaluation: Evaluation) -> pd.Series:
    """Measures that the next plan has to deal with (bool, a row a judgement).

    A measure needs no step that is done for good as it stands and by its evidence, or by a
    decision, nor one that was dropped. What is not judged yet waits for its judgement; what cannot
    be, as its evidence contradicts itself, does not.
    """
    judged, done = evaluation.judgements, evaluation.scale.that(CountsAs.DONE)
    finished = judged["status"].isin(done) & (judged["derived"].isin(done) | settled(evaluation))
    dropped = judged["status"].isin(evaluation.scale.that(CountsAs.DROPPED))
    judgeable = judged["status"].notna() | judged["disputed"].gt(0)
    return judgeable & ~(finished | dropped)


def applicable(
    evaluation: Evaluation, merged: Iterable[str] = (), begins: date | None = None
) -> pd.DataFrame:
    """Which causes apply to which measure.

    Args:
        evaluation: the period that the plan follows.
        merged: measures proposed to be merged into another.
        begins: the day on which laws have to be in force; the as-of day when not given.

    The ``wording`` of ``data/rules/plan_causes.csv`` says in Czech what is tested here. What
    *prevails* and how far *nearly the whole region* is, the rules say.

    Returns:
        Index ``measure_id``; a boolean column for each :class:`slz_lib.vocabulary.Cause`.
    """
    table = evaluation.judgements.set_index("measure_id")
    measures = evaluation.dataset.measures.set_index("id")

    def those(ids: Iterable[str]) -> pd.Series:
        return pd.Series(table.index.isin(list(ids)), index=table.index)

    laws = awaited_laws(evaluation, begins or evaluation.period.as_of)
    awaited = those(laws.loc[laws["cited"].isna(), "measure_id"])
    in_force = those(laws["measure_id"]) & ~awaited
    active = table["share_active"].fillna(0).gt(0)
    preparing = table["share_preparing"].fillna(0).gt(0)
    fulfilled, wide = prevails(table, evaluation.rule_set)
    bound = settled(evaluation).to_numpy()
    scale = evaluation.scale
    better = table["status"].isin(scale.that(CountsAs.DONE, CountsAs.RUNNING))
    active = active.mask(bound, better | table["status"].isin(scale.that(CountsAs.PARTLY)))
    fulfilled, wide = fulfilled.mask(bound, better), wide.mask(bound, active)
    supplied = table["supplied"] | bound
    fixed = table["deadline_kind"].eq(DeadlineKind.FIXED)
    # An event may be of another kind: an election, a plan of the town.
    legal = measures["deadline_event"].str.contains("zákon", case=False, na=False)
    on_event = legal.reindex(table.index) & table["deadline_day"].isna()
    unknown = table["reach"].eq(REACH_RANK[Reach.UNKNOWN])
    done = evaluation.scale.that(CountsAs.DONE)
    stands, follows = table["status"].isin(done), table["derived"].isin(done) & ~bound
    gone = ended(evaluation)
    all_ended = those(_all_ended(evaluation, gone))
    mentions = mentioned(evaluation).groupby("cause")["measure_id"].agg(list)
    masks = {
        Cause.MERGED: those(merged),
        Cause.ANNOUNCED: stands & ~follows,
        Cause.DONE_BY_EVIDENCE: follows,
        Cause.WAITS_FOR_LAW: (on_event & ~in_force) | (awaited & ~(fulfilled & wide)),
        Cause.LAW_IN_FORCE: in_force & ~(fulfilled & wide),
        Cause.DISPUTED: table["derived"].isna() & table["disputed"].gt(0) & ~bound,
        Cause.NOTHING_SUPPLIED: ~supplied,
        Cause.LEAD_DENIES: _denied(evaluation).reindex(table.index, fill_value=False) & ~bound,
        Cause.NOT_DONE: supplied & ~active & ~preparing,
        Cause.ONLY_PREPARING: supplied & ~active & preparing,
        Cause.ENDED: active & ~bound & all_ended,
        Cause.SOME_MUNICIPALITIES: active & ~wide & ~unknown,
        Cause.UNKNOWN_REACH: active & ~wide & unknown,
        Cause.PARTIAL: active & wide & ~fulfilled,
        Cause.FINISHING: fulfilled & wide & fixed,
        Cause.RUNNING: fulfilled & wide,
        Cause.LEAD_MISSING: table["lead_missing"],
        Cause.DEADLINE_PASSED: table["overdue"],
        Cause.INDICATOR_MISSING: measures["indicator"].isna(),
        Cause.LEAD_SILENT: supplied & ~table["lead_missing"] & ~those(heard(evaluation)),
        Cause.PARTLY_ENDED: those(evaluation.evidence.loc[gone, "measure_id"]) & ~all_ended,
        Cause.INDICATOR_UNMEASURED: those(unmeasured(evaluation)["measure_id"]),
        Cause.DEPENDS: those(conditional(evaluation)["measure_id"]),
        Cause.MONEY: those(mentions.get(Cause.MONEY, [])),
        Cause.STAFF: those(mentions.get(Cause.STAFF, [])),
    }
    return pd.DataFrame(
        {str(cause): mask.fillna(value=False).astype(bool) for cause, mask in masks.items()},
        index=table.index,
    )


def _all_ended(evaluation: Evaluation, gone: pd.Series) -> pd.Index:
    """Measures all of whose activity had ended by the as-of day."""
    evidence = evaluation.evidence
    acts = evidence["state"].isin(ACTIVE)
    every = gone[acts].groupby(evidence.loc[acts, "measure_id"]).all()
    return every.index[every]


def _denied(evaluation: Evaluation) -> pd.Series:
    """Measures all of whose leads deny something that no lead fulfils (bool by measure id)."""
    evidence, keys = evaluation.evidence, ["measure_id", "criterion"]
    fulfils = evidence[evidence["of_lead"] & evidence["state"].isin(FULFILLED)]
    denies = evidence[denying(evidence)]
    denies = denies[~among(denies[keys], fulfils[keys])]
    leads = evaluation.dataset.leads[["measure_id", "body_id"]].dropna()
    said = among(leads, denies[["measure_id", "reporter"]])
    return said.groupby(leads["measure_id"]).all()


def assigned(applies: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """One row a measure and cause: the first main cause, every defect and every circumstance.

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
    kept = long[first | long["kind"].ne(CauseKind.MAIN)]
    return kept[["measure_id", "cause", "kind"]].reset_index(drop=True)
