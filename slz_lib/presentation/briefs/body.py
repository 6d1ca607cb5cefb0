"""What a period says to one body: its measures, what is asked of it, what it reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from slz_lib.evaluation.excerpts import reported_by, reported_on, roles_of
from slz_lib.evaluation.narrowing import narrowed
from slz_lib.planning.drafting import following_plan
from slz_lib.planning.steps import steps_naming, steps_of_cause
from slz_lib.presentation.briefs.listings import (
    grouped_steps,
    listed_evidence,
    listed_measures,
    listed_steps,
)
from slz_lib.presentation.briefs.requests import requests, without_indicator
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.naming import full_body_name
from slz_lib.vocabulary import Assignment, Cause, Role

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation
    from slz_lib.planning import ActionPlan

#: More steps than this are told by their cause.
_MOST_STEPS = 25
#: Of more pieces of evidence than this only the measures are told.
_MOST_EVIDENCE = 30
#: A list of co-operation longer than this goes without deadlines, which bind the leads.
_MOST_DEADLINES = 60


@dataclass(frozen=True, eq=False)
class BodyBrief:
    """One body of a judged period.

    Attributes:
        region: the judged period with all measures.
        body: id of the body (``KULK-ORREP``).
    """

    region: Evaluation
    body: str

    @property
    def name(self) -> str:
        """Name as the sources have it."""
        return str(self.region.dataset.record("bodies", self.body)["name"])

    @property
    def full_name(self) -> str:
        """Name and abbreviation."""
        return full_body_name(self.region.dataset, self.body)

    @cached_property
    def led(self) -> Evaluation:
        """The period narrowed to the measures that the body leads."""
        return self._with_role(Role.LEAD)

    @cached_property
    def joined(self) -> Evaluation:
        """The period narrowed to the measures in which the body co-operates."""
        return self._with_role(Role.COOPERATING)

    @cached_property
    def evaluation(self) -> Evaluation:
        """The period narrowed to the measures in which the body has a role."""
        return narrowed(self.region, self._roles["measure_id"])

    @cached_property
    def findings(self) -> Findings:
        """The named figures of a report, of the measures that the body leads."""
        return Findings(self.led)

    @cached_property
    def _roles(self) -> pd.DataFrame:
        return roles_of(self.region, self.body)

    def _with_role(self, role: Role) -> Evaluation:
        roles = self._roles
        return narrowed(self.region, roles.loc[roles["role"].eq(str(role)), "measure_id"])

    @property
    def leads(self) -> int:
        """Measures that the body leads."""
        return self.led.total

    @property
    def cooperates(self) -> int:
        """Measures in which the body co-operates."""
        return self.joined.total

    @property
    def measures(self) -> int:
        """Measures in which the body has a role; one in both counts once."""
        return self.evaluation.total

    @property
    def region_total(self) -> int:
        """Measures of the strategy."""
        return self.region.total

    @property
    def shared(self) -> int:
        """Measures that the body leads together with another."""
        rows = self.led.dataset.measure_bodies
        leads = rows[rows["role"].eq(str(Role.LEAD))].groupby("measure_id")["body_id"].nunique()
        return int(leads.gt(1).sum())

    @cached_property
    def _unit_open(self) -> list[str]:
        roles = self._roles
        open_ = roles["role"].eq(str(Role.LEAD)) & roles["assignment"].eq(
            str(Assignment.UNIT_NOT_ASSIGNED)
        )
        return list(roles.loc[open_, "measure_id"].unique())

    @property
    def unit_open(self) -> int:
        """Measures that the body leads and whose unit is not assigned."""
        return len(self._unit_open)

    @property
    def unit_steps_led_by(self) -> list[str]:
        """Full names of the bodies that, by the plan's draft, are to have those units assigned."""
        if self.plan is None:
            return []
        steps = steps_of_cause(self.plan, str(Cause.LEAD_MISSING), self._unit_open)
        leads = steps["lead"].str.split(";").explode()
        return [full_body_name(self.region.dataset, body) for body in leads.unique() if body]

    @property
    def indicator_missing(self) -> int:
        """Measures of which an indicator is asked."""
        return without_indicator(self.led)

    @property
    def asked(self) -> int:
        """Measures of the body's own lead of which something is asked."""
        return int(requests(self.led).notna().sum())

    @property
    def led_table(self) -> Table:
        """The measures that the body leads with what is asked."""
        return listed_measures(
            self.led,
            anchor="tab-vedena",
            caption="Opatření, jejichž gestorem subjekt je",
            sheet="Gestor",
            asked=True,
        )

    @property
    def joined_table(self) -> Table:
        """The measures in which the body co-operates."""
        return listed_measures(
            self.joined,
            anchor="tab-spoluprace",
            caption="Opatření, na nichž subjekt spolupracuje",
            sheet="Spolupráce",
            deadline=self.cooperates <= _MOST_DEADLINES,
            lead=True,
        )

    @cached_property
    def plan(self) -> ActionPlan | None:
        """The plan that follows the period; ``None`` where the data have none."""
        return following_plan(self.region)

    def _steps_of(self, plan: ActionPlan, column: str) -> pd.DataFrame:
        """Steps of ``plan`` that name the body among their leads or their co-operating bodies."""
        return steps_naming(plan, self.body, column)

    @property
    def steps(self) -> int:
        """Steps that the body leads in the plan."""
        return 0 if self.plan is None else len(self._steps_of(self.plan, "lead"))

    @property
    def joined_steps(self) -> int:
        """Steps of the plan in which the body co-operates."""
        return 0 if self.plan is None else len(self._steps_of(self.plan, "cooperating"))

    @property
    def steps_table(self) -> Table | None:
        """The steps that the body leads, one by one or by their cause; ``None`` without a plan."""
        return self._steps_table("lead", "tab-kroky", "Kroky subjektu", "Kroky plánu")

    @property
    def joined_steps_table(self) -> Table | None:
        """The steps in which the body co-operates, likewise, with their leads if one by one."""
        return self._steps_table(
            "cooperating",
            "tab-kroky-spoluprace",
            "Spolupráce na krocích",
            "Kroky spolupráce",
        )

    def _steps_table(self, column: str, anchor: str, words: str, sheet: str) -> Table | None:
        if self.plan is None:
            return None
        steps = self._steps_of(self.plan, column)
        caption = f"{words} v návrhu akčního plánu na období {self.plan.horizon.label}"
        if len(steps) > _MOST_STEPS:
            return grouped_steps(self.plan, steps, anchor=anchor, caption=caption, sheet=sheet)
        return listed_steps(
            self.region,
            steps,
            anchor=anchor,
            caption=caption,
            sheet=sheet,
            lead=column == "cooperating",
        )

    @cached_property
    def _own(self) -> pd.DataFrame:
        """What the body reported itself, also on measures in which it has no role."""
        return reported_by(self.region, self.body)

    @cached_property
    def _on(self) -> list[str]:
        """The measure of each piece of evidence of the body or a part of it."""
        return reported_on(self.region, self.body)

    @property
    def own_pieces(self) -> int:
        """Pieces of evidence of the body itself."""
        return len(self._own)

    @property
    def pieces_of_parts(self) -> int:
        """Pieces of evidence of its parts."""
        return self.pieces - self.own_pieces

    @property
    def pieces(self) -> int:
        """Pieces of evidence of the body."""
        return len(self._on)

    @property
    def reported(self) -> int:
        """Measures with a role of the body on which somebody of it is known to have reported."""
        return len(set(self._roles["measure_id"]) & set(self._on))

    @property
    def evidence_listed(self) -> bool:
        """Whether the evidence of the body itself is little enough to be listed."""
        return 0 < self.own_pieces <= _MOST_EVIDENCE

    @property
    def evidence_measures(self) -> list[str]:
        """Numbers of the measures on which the body itself reported."""
        return self._own["measure_id"].drop_duplicates().tolist()

    @property
    def evidence_table(self) -> Table:
        """The evidence of the body itself."""
        return listed_evidence(
            self.region,
            self._own,
            anchor="tab-podklady",
            caption="Podklady, u nichž je subjekt jmenován",
        )
