"""What a period says of one area: the figures and tables of its brief."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from slz_lib.dataset.schemas import BY_NAME
from slz_lib.documents.model import Content, Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.presentation.briefs.listings import listed_findings, listed_measures, requests
from slz_lib.presentation.briefs.part import PartBrief
from slz_lib.presentation.cards import measure_cards
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.phrases import capitalised
from slz_lib.vocabulary import AuditCheck

#: Too many to be listed here: the cards tell the first, the report's annex the second.
_TOLD_ELSEWHERE = (
    str(AuditCheck.STATUS_AGAINST_COMMENTARY),
    str(AuditCheck.INDICATOR_NOT_MEASURABLE),
)

#: With more cards than this a brief would be no brief.
_MOST_CARDS = 8


@dataclass(frozen=True, eq=False)
class AreaBrief(PartBrief):
    """One area of a judged period."""

    _table = "areas"

    @cached_property
    def evaluation(self) -> Evaluation:
        """The period narrowed to the measures of the area."""
        return narrowed(self.region, self._measures)

    @cached_property
    def _measures(self) -> list[str]:
        judged = self.region.judgements
        return judged.loc[judged["area_id"].eq(self.part), "measure_id"].tolist()

    @cached_property
    def comparison(self) -> Comparison | None:
        """The two periods compared on the area's measures; ``None`` in the first period."""
        if self.compared is None:
            return None
        both = self.compared.measures
        return self.compared.only(both.loc[both["area_id"].eq(self.part), "measure_id"])

    @cached_property
    def findings(self) -> Findings:
        """What is found in the area alone."""
        return Findings(self.evaluation, self.comparison)

    @property
    def title(self) -> str:
        """The title of the brief."""
        return f"{capitalised(str(self.region.terms.area))} {self.part}: {self.record.name}"

    @property
    def kind(self) -> dict[str, str]:
        """The area's kind as a fact under the title; nothing where the strategy has no kinds."""
        kind = BY_NAME["areas"].column("kind").labels.get(self.record.kind)
        return {f"Druh {self.region.terms.area.form(2)}": kind} if kind else {}

    @cached_property
    def requests(self) -> pd.Series:
        """What is asked, by the measures of which something is asked."""
        return requests(self.evaluation).dropna()

    @property
    def measures_table(self) -> Table:
        """The area's measures with what is asked."""
        return listed_measures(
            self.evaluation,
            anchor="tab-opatreni",
            caption=f"Opatření {self.region.terms.area.form(2)} {self.part}",
            sheet="Opatření",
            asked=True,
            cards=self.with_card,
        )

    @property
    def shortened(self) -> bool:
        """Whether the area has more measures than a brief has room for their cards."""
        return self.evaluation.total > _MOST_CARDS

    @cached_property
    def with_card(self) -> list[str]:
        """The measures whose cards the brief has."""
        return list(self.requests.index) if self.shortened else self._measures

    @property
    def cards(self) -> Content:
        """Cards of the area's measures; of a large area, of those of which something is asked.

        They are without their figures, which the report gives.
        """
        chosen = narrowed(self.evaluation, self.with_card)
        return measure_cards(replace(chosen, observations=chosen.observations.iloc[:0]))

    @cached_property
    def audit(self) -> pd.DataFrame:
        """The audit's findings on the area's measures."""
        return self.region.audit.on_measures(self._measures)

    @cached_property
    def audit_listed(self) -> pd.DataFrame:
        """The findings that the table of the audit lists: those not told in another place."""
        return self.audit[~self.audit["check"].isin(_TOLD_ELSEWHERE)]

    def audited(self, check: str) -> int:
        """Findings of one kind, by the code of the check."""
        return int(self.audit["check"].eq(str(AuditCheck(check))).sum())

    @property
    def audit_table(self) -> Table:
        """The findings that the brief lists."""
        return listed_findings(self.region, self.audit_listed, cards=self.with_card)

    @cached_property
    def steps(self) -> pd.DataFrame | None:
        """Steps of the area in the plan; ``None`` without a plan."""
        return self._steps("area_id")

    @property
    def steps_table(self) -> Table | None:
        """The area's steps; ``None`` without a plan."""
        words = f"Navržené kroky {self.region.terms.area.form(2)} {self.part}"
        return self._steps_table(self.steps, words, lead=True, cards=self.with_card)
