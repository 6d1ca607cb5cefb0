"""What a brief of any part of the region has: the part's record, the plan and its steps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import ClassVar

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.planning import ActionPlan
from slz_lib.planning.drafting import following_plan
from slz_lib.presentation.briefs.listings import grouped_steps, listed_steps
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

    def _steps_table(
        self,
        steps: pd.DataFrame | None,
        words: str,
        *,
        anchor: str = "tab-kroky",
        sheet: str = "Kroky plánu",
        most: int | None = None,
        lead: bool = False,
        cards: Collection[str] = (),
    ) -> Table | None:
        """These steps one by one, or by their cause where they are more than ``most``."""
        if self.plan is None or steps is None:
            return None
        caption = f"{words} na období {self.plan.horizon.label}"
        if most is not None and len(steps) > most:
            return grouped_steps(self.plan, steps, anchor=anchor, caption=caption, sheet=sheet)
        return listed_steps(
            self.plan, steps, anchor=anchor, caption=caption, sheet=sheet, lead=lead, cards=cards
        )
