"""What prose says of how far a period's figures can be relied on: indicators and uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from slz_lib.evaluation.indicators import Unmeasured
from slz_lib.evaluation.uncertainty import Uncertainty
from slz_lib.language import czech_sorted
from slz_lib.presentation.area_findings import StatusCounts
from slz_lib.presentation.naming import body_names
from slz_lib.presentation.tables.indicators import indicator_progress
from slz_lib.vocabulary import IndicatorKind, Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Bounds:
    """A status: how many measures have it, and how many could; shares are fractions."""

    status: Status
    stated: int
    lowest: int
    highest: int
    share: float
    share_lowest: float
    share_highest: float

    @property
    def certain(self) -> bool:
        """Whether what was not supplied cannot change the number."""
        return self.lowest == self.highest


@dataclass(frozen=True, eq=False)
class ReliabilityFindings:
    """Named figures of a period's indicators and of its uncertainty."""

    evaluation: Evaluation

    @cached_property
    def _progress(self) -> pd.DataFrame:
        return indicator_progress(self.evaluation)

    @property
    def _uncertainty(self) -> Uncertainty:
        return self.evaluation.uncertainty

    @property
    def indicators(self) -> int:
        """Indicators that the measures have."""
        return int(self._progress["name"].notna().sum())

    def indicators_of_kind(self, kind: str) -> int:
        """Indicators of a kind (``count``, ``product``, ``activity``)."""
        return int(self._progress["kind"].eq(str(IndicatorKind(kind))).sum())

    @property
    def measures_without_indicator(self) -> list[str]:
        """Ids of the measures that have no indicator."""
        bare = self._progress["kind"].eq(str(IndicatorKind.MISSING))
        return list(self._progress.loc[bare, "measure_id"])

    @property
    def indicators_with_figure(self) -> int:
        """Indicators that some figure measures."""
        return int(self._progress["figures"].gt(0).sum())

    @property
    def measurable_indicators(self) -> int:
        """Indicators whose progress can be computed."""
        return int(self._progress["measurable"].sum())

    @property
    def indicators_with_target(self) -> int:
        """Indicators for which the strategy sets a target."""
        return int(self._progress["target"].notna().sum())

    @cached_property
    def unmeasured(self) -> list[tuple[str, int]]:
        """Reasons why progress cannot be computed, as they follow *protože*, with their counts."""
        counts = self._progress["because"].value_counts()
        return [(r.label, int(counts[str(r)])) for r in Unmeasured if str(r) in counts.index]

    @cached_property
    def bounds(self) -> dict[str, Bounds]:
        """Bounds by status code, best first; empty when the period has no measure."""
        columns = ["stated", "lowest", "highest", "share", "share_lowest", "share_highest"]
        if self.evaluation.judgements.empty:
            return {}
        rows = self._uncertainty.bounds[columns].astype("object")
        return {
            str(code): Bounds(Status(str(code)), *values)
            for code, values in zip(rows.index, rows.to_numpy().tolist(), strict=True)
        }

    @cached_property
    def silent_measures(self) -> list[str]:
        """Ids of the measures to which nothing was supplied."""
        return [str(measure) for measure in self._uncertainty.unknown.index]

    @cached_property
    def best_case(self) -> StatusCounts:
        """Measures by derived status if all that was not supplied is fulfilled."""
        return StatusCounts.of(self._uncertainty.bounds["derived_best"])

    @cached_property
    def worst_case(self) -> StatusCounts:
        """Measures by derived status if all that was not supplied is not done."""
        return StatusCounts.of(self._uncertainty.bounds["derived_worst"])

    @property
    def bodies_with_role(self) -> int:
        """Bodies that lead a measure or co-operate in one."""
        return len(self._uncertainty.by_body)

    @cached_property
    def unheard_bodies(self) -> list[str]:
        """Bodies with a role that no evidence names as its reporter, in Czech order."""
        rates = self._uncertainty.by_body
        names = body_names(self.evaluation.dataset)
        return czech_sorted(str(names[body]) for body in rates.index[rates["reported"].eq(0)])

    @property
    def placed_evidence(self) -> int:
        """Pieces of evidence that name a place or come from a municipality."""
        return self._uncertainty.placed

    @cached_property
    def unheard_districts(self) -> list[str]:
        """ORP that no evidence names a place of, in Czech order."""
        rates = self._uncertainty.by_orp
        names = self.evaluation.dataset.orp.set_index("id")["name"]
        return czech_sorted(str(names[orp]) for orp in rates.index[rates["evidence"].eq(0)])
