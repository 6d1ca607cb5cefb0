"""How sure the evaluation is: bounds of its counts when what was not supplied is taken otherwise.

Bounds of two kinds. Of the status that stands: a measure to which nothing was supplied could have
any status that its deadline allows (bounds after Manski: nothing is assumed of what is missing).
Of the derived status: every criterion on which nothing was supplied is taken as fulfilled all over
the region (done for good where the deadline is fixed), or as not done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation import responses, summaries
from slz_lib.evaluation.criteria import ACTIVE
from slz_lib.evaluation.judgements import judge
from slz_lib.vocabulary import DeadlineKind, EvidenceState, Reach

if TYPE_CHECKING:
    from slz_lib.evaluation.period import JudgedPeriod

_NOTHING = str(EvidenceState.NOTHING_SUPPLIED)
#: A criterion that stands for all that is not known of a measure without any evidence.
_UNKNOWN = "?"


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """What is not known in a judged period, and how much that could change.

    Its tables are made when they are first asked for.

    Attributes:
        evaluation: the judged period.
    """

    evaluation: JudgedPeriod

    @cached_property
    def unknown(self) -> pd.DataFrame:
        """The measures to which nothing was supplied and the statuses that they could have.

        A status is possible if the rules give it for some state and reach of the measure's
        criteria, with the deadline as it is; the status that stands always is.

        Returns:
            Index ``measure_id``; a column of flags for each status, best first.
        """
        judged = self.evaluation.judgements.set_index("measure_id")
        silent = judged.index[~judged["supplied"]]
        stands = judged["status"].reindex(silent)
        possible = pd.DataFrame({status: stands.eq(status) for status in summaries.STATUSES})
        possible = possible.fillna(value=False).astype(bool)
        # No rule asks how far an inactive criterion reaches.
        suppositions = [
            *product(ACTIVE, Reach),
            *product((EvidenceState.PREPARING, EvidenceState.NOT_DONE), (Reach.UNKNOWN,)),
        ]
        for state, reach in suppositions:
            derived = self._derived(silent, state=str(state), reach=str(reach)).reindex(silent)
            for status in summaries.STATUSES:
                possible[status] |= derived.eq(status).fillna(value=False).astype(bool)
        return possible

    @cached_property
    def bounds(self) -> pd.DataFrame:
        """Counts and shares of every status, and between which bounds they could be.

        Returns:
            Index status code, best first; ``stated``, ``lowest``, ``highest`` (int, measures by the
            status that stands), ``share``, ``share_lowest``, ``share_highest`` (Float64,
            fractions of all measures), ``derived``, ``derived_worst``, ``derived_best`` (int,
            measures by derived status: as it is, with all that was not supplied as not done, and
            as fulfilled all over the region; ``worst`` and ``best`` speak of the case, not of
            the number).
        """
        judgements = self.evaluation.judgements
        table = pd.DataFrame(
            {
                "stated": summaries.totals(judgements),
                "lowest": summaries.totals(judgements[judgements["supplied"]]),
            }
        )
        table["highest"] = table["lowest"] + self.unknown.sum()
        whole = len(judgements)
        for name in ("stated", "lowest", "highest"):
            share = f"share_{name}" if name != "stated" else "share"
            counts = table[name].astype("Float64")
            table[share] = counts / whole if whole else counts.where(counts.isna())
        table["derived"] = summaries.totals(judgements, "derived")
        for case, derived in (("worst", self.worst), ("best", self.best)):
            table[f"derived_{case}"] = summaries.totals(derived.to_frame("derived"), "derived")
        return table.rename_axis("status")

    @cached_property
    def worst(self) -> pd.Series:
        """Derived statuses when all that was not supplied is not done (index ``measure_id``)."""
        everything = pd.Index(self.evaluation.judgements["measure_id"])
        return self._derived(everything, state=str(EvidenceState.NOT_DONE), reach=str(Reach.REGION))

    @cached_property
    def best(self) -> pd.Series:
        """Derived statuses when all that was not supplied is fulfilled all over the region.

        Done for good where the deadline is fixed; index ``measure_id``.
        """
        judged = self.evaluation.judgements.set_index("measure_id")
        fixed = judged["deadline_kind"].eq(str(DeadlineKind.FIXED))
        parts = [
            self._derived(judged.index[chosen], state=str(state), reach=str(Reach.REGION))
            for chosen, state in ((fixed, EvidenceState.DONE), (~fixed, EvidenceState.FULFILLED))
        ]
        derived: pd.Series = pd.concat(parts).reindex(judged.index)
        return derived

    @property
    def pieces(self) -> int:
        """Pieces of evidence of the period that say something."""
        return len(responses.supplied(self.evaluation.evidence))

    @cached_property
    def placed(self) -> int:
        """Pieces of evidence that name a place or come from a municipality."""
        return int(responses.named_places(self.evaluation)["id"].nunique())

    @cached_property
    def by_body(self) -> pd.DataFrame:
        """Response of bodies, see :func:`slz_lib.evaluation.responses.by_body`."""
        return responses.by_body(self.evaluation)

    @cached_property
    def by_orp(self) -> pd.DataFrame:
        """Response of ORP, see :func:`slz_lib.evaluation.responses.by_district`."""
        return responses.by_district(self.evaluation)

    def _derived(self, measures: pd.Index, *, state: str, reach: str) -> pd.Series:
        """Derived statuses of ``measures`` with a supposition for what was not supplied to them."""
        evaluation = self.evaluation
        dataset = evaluation.dataset
        chosen = dataset.measures[dataset.measures["id"].isin(measures)]
        evidence = evaluation.evidence[evaluation.evidence["measure_id"].isin(measures)]
        keys = ["measure_id", "criterion"]
        criteria = evaluation.criteria
        silent = criteria.loc[criteria["state"].eq(_NOTHING), keys]
        supposed = pd.MultiIndex.from_frame(evidence[keys]).isin(pd.MultiIndex.from_frame(silent))
        evidence = evidence.assign(
            state=evidence["state"].mask(supposed, state),
            reach=evidence["reach"].mask(supposed, reach),
        )
        bare = chosen.loc[~chosen["id"].isin(evidence["measure_id"]), "id"]
        added = pd.DataFrame(
            {"measure_id": bare, "criterion": _UNKNOWN, "state": state, "reach": reach}
        )
        evidence = pd.concat([evidence, added.astype("str")], ignore_index=True)
        judged = judge(
            replace(dataset, measures=chosen),
            evaluation.decisions,
            evidence,
            evaluation.rule_set,
            evaluation.period,
        ).judgements
        derived: pd.Series = judged.set_index("measure_id")["derived"]
        return derived
