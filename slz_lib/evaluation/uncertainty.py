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

import pandas as pd

from slz_lib.dataset.keys import among
from slz_lib.dataset.memo import Kept
from slz_lib.evaluation import responses, summaries
from slz_lib.evaluation.criteria import ACTIVE
from slz_lib.evaluation.judgements import judge
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.vocabulary import DeadlineKind, EvidenceState, Reach

_NOTHING = str(EvidenceState.NOTHING_SUPPLIED)
_CASE = ["measure_id", "state", "reach"]
#: A criterion that stands for all that is not known of a measure without any evidence.
_UNKNOWN = "?"


@dataclass(frozen=True, eq=False)
class Uncertainty(Kept):
    """What is not known in a judged period, and how much that could change.

    Its tables are made when they are first asked for.

    Attributes:
        evaluation: the judged period.
    """

    evaluation: JudgedPeriod

    @cached_property
    def unknown(self) -> pd.DataFrame:
        """The measures without evidence or any status, and the statuses that they could have.

        A status is possible if the rules give it for some state and reach of the measure's
        criteria, with the deadline as it is; the status that stands always is.

        Returns:
            Index ``measure_id``; a column of flags for each status, best first.
        """
        judged = self.evaluation.judgements.set_index("measure_id")
        silent = judged.index[~judged["supplied"] | judged["status"].isna()]
        stands = judged["status"].reindex(silent)
        # No rule asks how far an inactive criterion reaches.
        suppositions = [
            *product(ACTIVE, Reach),
            *product((EvidenceState.PREPARING, EvidenceState.NOT_DONE), (Reach.UNKNOWN,)),
        ]
        cases = pd.DataFrame(
            [(measure, str(s), str(r)) for measure in silent for s, r in suppositions],
            columns=_CASE,
            dtype="str",
        )
        derived = self._derived(cases)
        return pd.DataFrame(
            {
                status: stands.eq(status) | silent.isin(cases.loc[derived.eq(status), "measure_id"])
                for status in self.evaluation.scale.codes
            },
            index=silent,
        )

    @cached_property
    def bounds(self) -> pd.DataFrame:
        """Counts and shares of every status, and between which bounds they could be.

        Returns:
            Index status code, best first, without what was dropped; ``stated``, ``lowest``,
            ``highest`` (int, measures by the status that stands), ``share``, ``share_lowest``,
            ``share_highest`` (Float64, fractions of the measures that were not dropped),
            ``derived``, ``derived_worst``, ``derived_best`` (int, measures by derived status: as it
            is, with all that was not supplied as not done, and as fulfilled all over the region;
            ``worst`` and ``best`` speak of the case, not of the number).
        """
        judgements, scale = self.evaluation.judgements, self.evaluation.scale
        table = pd.DataFrame(
            {
                "stated": summaries.totals(judgements, scale),
                "lowest": summaries.totals(judgements[judgements["supplied"]], scale),
            }
        ).loc[list(scale.ranks)]
        table["highest"] = table["lowest"] + self.unknown[table.index].sum()
        shares = {"stated": "share", "lowest": "share_lowest", "highest": "share_highest"}
        for name, column in shares.items():
            table[column] = summaries.share(table[name], self.evaluation.assessed)
        table["derived"] = summaries.totals(judgements, scale, "derived")
        for case, derived in (("worst", self.worst), ("best", self.best)):
            table[f"derived_{case}"] = summaries.totals(
                derived.to_frame("derived"), scale, "derived"
            )
        return table.rename_axis("status")

    @cached_property
    def worst(self) -> pd.Series:
        """Derived statuses when all that was not supplied is not done (index ``measure_id``)."""
        return self._at_the_extreme(str(EvidenceState.NOT_DONE))

    @cached_property
    def best(self) -> pd.Series:
        """Derived statuses when all that was not supplied is fulfilled all over the region.

        Done for good where the deadline is fixed; index ``measure_id``.
        """
        fixed = self.evaluation.judgements["deadline_kind"].eq(DeadlineKind.FIXED)
        states = {True: str(EvidenceState.DONE), False: str(EvidenceState.FULFILLED)}
        return self._at_the_extreme(fixed.map(states))

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
    def by_district(self) -> pd.DataFrame:
        """Response of districts, see :func:`slz_lib.evaluation.responses.by_district`."""
        return responses.by_district(self.evaluation)

    def _at_the_extreme(self, state: pd.Series | str) -> pd.Series:
        """Derived statuses of all measures with a state supposed all over the region."""
        ids = self.evaluation.judgements["measure_id"]
        cases = pd.DataFrame({"measure_id": ids, "state": state, "reach": str(Reach.REGION)})
        return self._derived(cases.astype("str")).set_axis(pd.Index(ids))

    def _derived(self, cases: pd.DataFrame) -> pd.Series:
        """Derived statuses with suppositions for what was not supplied.

        Each case is judged as if it were a measure of its own.

        Args:
            cases: ``measure_id``, ``state``, ``reach``; one row a supposition on a measure.

        Returns:
            Status codes; index of ``cases``.
        """
        evaluation, keys = self.evaluation, ["measure_id", "criterion"]
        cases = cases.assign(case=cases.index.astype("str"))
        measures = evaluation.dataset.measures.merge(
            cases[["measure_id", "case"]], left_on="id", right_on="measure_id"
        )
        evidence = evaluation.evidence.merge(cases, on="measure_id", suffixes=("", "_supposed"))
        criteria = evaluation.criteria
        supposed = among(evidence[keys], criteria.loc[criteria["state"].eq(_NOTHING), keys])
        for name in ("state", "reach"):
            evidence[name] = evidence[name].mask(supposed, evidence[f"{name}_supposed"])
        bare = cases[~cases["measure_id"].isin(evidence["measure_id"])]
        evidence = pd.concat([evidence, bare.assign(criterion=_UNKNOWN)], ignore_index=True)
        judged = judge(
            replace(evaluation.dataset, measures=measures.assign(id=measures["case"])),
            evaluation.decisions,
            evidence.assign(measure_id=evidence["case"]),
            evaluation.rule_set,
            evaluation.period,
        ).judgements
        derived = judged.set_index("measure_id")["derived"].reindex(cases["case"])
        return derived.set_axis(cases.index)
