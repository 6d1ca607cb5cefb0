"""What prose says of two periods: named figures, all read from one comparison.

``%%prose comparison_findings`` lends these attributes to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.movements import ChangeKind
from slz_lib.evaluation.replay import Decomposition, decompose
from slz_lib.language import format_points
from slz_lib.vocabulary import Period, Status


@dataclass(frozen=True, slots=True)
class Move:
    """A measure whose status moved.

    Attributes:
        measure: its id.
        title: its short title.
        before: status code in the earlier period.
        after: status code in the later one.
        steps: steps of the scale; better is above zero.
    """

    measure: str
    title: str
    before: str
    after: str
    steps: int


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A status and the change of its share.

    Attributes:
        status: its code.
        change: difference of the shares, a fraction; 0.01 is a percentage point.
        share_before, share_after: fractions of the measures of each period.
    """

    status: str
    change: float
    share_before: float
    share_after: float

    @property
    def points(self) -> str:
        """The change in percentage points: ``+4,8 p. b.``."""
        return format_points(self.change)


@dataclass(frozen=True, eq=False)
class ComparisonFindings:
    """Named figures of two judged periods."""

    comparison: Comparison

    @cached_property
    def decomposition(self) -> Decomposition:
        """The change of method and the change of fact."""
        return decompose(self.comparison.before, self.comparison.after)

    @property
    def before(self) -> Period:
        """The earlier period; prose prints its ``label``."""
        return self.comparison.before.period

    @property
    def after(self) -> Period:
        """The later period."""
        return self.comparison.after.period

    @property
    def better(self) -> int:
        """Measures whose status is better than before."""
        return int(self.comparison.counts["better"])

    @property
    def worse(self) -> int:
        """Measures whose status is worse than before."""
        return int(self.comparison.counts["worse"])

    @property
    def same(self) -> int:
        """Measures whose status is what it was."""
        return int(self.comparison.counts["same"])

    @property
    def moved(self) -> int:
        """Measures whose status moved."""
        return len(self.comparison.movers)

    @property
    def compared(self) -> int:
        """Measures with a status in both periods."""
        return self.better + self.worse + self.same

    @property
    def not_comparable(self) -> int:
        """Measures of both periods that lack a status in one of them."""
        return int(self.comparison.counts["unknown"])

    @property
    def unpublished(self) -> int:
        """Measures of the later period whose status is not published yet."""
        return int(self.comparison.unpublished["after"])

    def measures_of(self, kind: str) -> list[str]:
        """Ids of the measures that are ``new``, ``dropped``, ``merged``, ``reworded`` or ``kept``.

        Raises:
            ValueError: there is no such kind.
        """
        table = self.comparison.measures
        return list(table.loc[table["change_kind"].eq(str(ChangeKind(kind))), "measure_id"])

    @property
    def changed_measures(self) -> int:
        """Measures that are new, dropped, merged or reworded."""
        kinds = self.comparison.change_kinds
        return int(kinds.sum() - kinds[str(ChangeKind.KEPT)])

    @cached_property
    def best_moves(self) -> tuple[Move, ...]:
        """The measures that went up by most steps; none when nothing got better."""
        movers = self.comparison.movers
        return self._moves(movers[movers["steps"].eq(movers["steps"].max())], up=True)

    @cached_property
    def worst_moves(self) -> tuple[Move, ...]:
        """The measures that went down by most steps; none when nothing got worse."""
        movers = self.comparison.movers
        return self._moves(movers[movers["steps"].eq(movers["steps"].min())], up=False)

    @cached_property
    def biggest_share_change(self) -> ShareChange | None:
        """The status whose share changed most; the better of equals.

        ``None`` where no share changed or a period has no measures.
        """
        shares = self.comparison.shares.loc[[str(status) for status in Status]]
        changes = shares["change"].dropna()
        if changes.empty or not changes.abs().max():
            return None
        status = str(changes.abs().idxmax())
        parts = ("change", "share_before", "share_after")
        return ShareChange(status, *(float(shares[part][status]) for part in parts))

    @property
    def rules_changed(self) -> bool:
        """Whether the periods are judged by different rules."""
        return not self.decomposition.same_rules

    @property
    def moved_by_method(self) -> int:
        """Measures of the earlier period whose derived status the later rules alone change."""
        return len(self.decomposition.of_method)

    def _moves(self, rows: pd.DataFrame, *, up: bool) -> tuple[Move, ...]:
        titles = self.comparison.after.dataset.measures.set_index("id")["title"]
        chosen = rows[rows["steps"].gt(0) if up else rows["steps"].lt(0)]
        columns = ["measure_id", "before", "after", "steps"]
        return tuple(
            Move(measure, str(titles[measure]), before, after, int(steps))
            for measure, before, after, steps in chosen[columns].to_numpy().tolist()
        )
