"""What a brief of any part of the region has: the part's record, the plan and its steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import ClassVar

import pandas as pd

from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.planning import ActionPlan
from slz_lib.planning.drafting import following_plan
from slz_lib.presentation.findings import record_of


@dataclass(frozen=True, eq=False)
class PartBrief:
    """One area, body or district of a judged period.

    Attributes:
        region: the judged period with all measures.
        part: id of the area, body or district.
        compared: the period beside the one before it; ``None`` where there is none.
    """

    region: Evaluation
    part: str
    compared: Comparison | None = None

    #: The table of the data that the part is a row of.
    _table: ClassVar[str]

    @cached_property
    def record(self) -> SimpleNamespace:
        """The part's own record, the columns of its table as attributes."""
        return record_of(self.region.dataset, self._table, self.part)

    @cached_property
    def plan(self) -> ActionPlan | None:
        """The plan that follows the period; ``None`` where the data have none."""
        return following_plan(self.region)

    def _steps(self, column: str) -> pd.DataFrame | None:
        """Steps of the plan that name the part in a column of ids; ``None`` without a plan."""
        if self.plan is None:
            return None
        ids = ";" + self.plan.steps[column] + ";"
        return self.plan.steps[ids.str.contains(f";{self.part};", regex=False)]
