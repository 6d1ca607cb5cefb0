"""What a period says to one body: its measures, what is asked of it, what it reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.responses import reported_by, reported_on
from slz_lib.presentation.briefs.listings import listed_evidence, listed_measures
from slz_lib.presentation.briefs.part import PartBrief
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.naming import full_body_name
from slz_lib.vocabulary import Assignment, Cause, Role

#: More steps than this are told by their cause.
_MOST_STEPS = 25
#: Of more pieces of evidence than this only the measures are told.
_MOST_EVIDENCE = 30
#: A list of co-operation longer than this goes without deadlines, which bind the leads.
_MOST_DEADLINES = 60


@dataclass(frozen=True, eq=False)
class BodyBrief(PartBrief):
    """One body of a judged period."""

    _table = "bodies"

    @property
    def full_name(self) -> str:
        """Name and abbreviation."""
        return full_body_name(self.region.dataset, self.part)

    @cached_property
    def led(self) -> Evaluation:
        """The period narrowed to the measures that the body leads."""
        return self._with_role(Role.LEAD)

    @cached_property
    def joined(self) -> Evaluation:
        """The period narrowed to the measures in which the body co-operates."""
        return self._with_role(Role.COOPERATING)

    @cached_property
    def measures(self) -> set[str]:
        """Measures in which the body has a role; one in both counts once."""
        return set(self._roles["measure_id"])

    @cached_property
    def comparison(self) -> Comparison | None:
        """The two periods compared on the measures that it leads; ``None`` in the first period."""
        return self.compared and self.compared.only(self.led.judgements["measure_id"])

    @cached_property
    def findings(self) -> Findings:
        """What is found in the measures that the body leads."""
        return Findings(self.led, self.comparison)

    @cached_property
    def _roles(self) -> pd.DataFrame:
        roles = self.region.dataset.measure_bodies
        return roles[roles["body_id"].eq(self.part)]

    def _with_role(self, role: Role) -> Evaluation:
        roles = self._roles
        return narrowed(self.region, roles.loc[roles["role"].eq(str(role)), "measure_id"])

    @property
    def shared(self) -> int:
        """Measures that the body leads together with another."""
        rows = self.led.dataset.measure_bodies
        leads = rows[rows["role"].eq(str(Role.LEAD))].groupby("measure_id")["body_id"].nunique()
        return int(leads.gt(1).sum())

    @cached_property
    def unit_open(self) -> list[str]:
        """Measures that the body leads and whose unit is not assigned."""
        roles = self._roles
        open_ = roles["role"].eq(str(Role.LEAD)) & roles["assignment"].eq(
            str(Assignment.UNIT_NOT_ASSIGNED)
        )
        return list(roles.loc[open_, "measure_id"].unique())

    @property
    def unit_steps_led_by(self) -> list[str]:
        """Full names of the bodies that, by the plan's draft, are to have those units assigned."""
        if self.plan is None:
            return []
        steps = self.plan.steps
        asked = steps["cause"].eq(str(Cause.LEAD_MISSING))
        leads = steps.loc[asked & steps["measure_id"].isin(self.unit_open), "lead"]
        return [full_body_name(self.region.dataset, body) for body in leads.unique() if body]

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
            deadline=self.joined.total <= _MOST_DEADLINES,
            lead=True,
        )

    @cached_property
    def steps(self) -> pd.DataFrame | None:
        """Steps that the body leads in the plan; ``None`` without a plan."""
        return self._steps("lead")

    @cached_property
    def joined_steps(self) -> pd.DataFrame | None:
        """Steps of the plan in which the body co-operates; ``None`` without a plan."""
        return self._steps("cooperating")

    @property
    def load(self) -> pd.DataFrame | None:
        """Person-days that the plan asks of the body by quarter; ``None`` without a schedule."""
        if self.plan is None or self.plan.schedule is None:
            return None
        load = self.plan.schedule.load
        return load[load["body"].eq(self.part)]

    @property
    def steps_table(self) -> Table | None:
        """The steps that the body leads, one by one or by their cause; ``None`` without a plan."""
        words = f"Kroky subjektu v návrhu {self.region.terms.plan.form(2)}"
        return self._steps_table(self.steps, words, most=_MOST_STEPS)

    @property
    def joined_steps_table(self) -> Table | None:
        """The steps in which the body co-operates, likewise, with their leads if one by one."""
        return self._steps_table(
            self.joined_steps,
            f"Spolupráce na krocích v návrhu {self.region.terms.plan.form(2)}",
            anchor="tab-kroky-spoluprace",
            sheet="Kroky spolupráce",
            most=_MOST_STEPS,
            lead=True,
        )

    @cached_property
    def own_pieces(self) -> pd.DataFrame:
        """What the body reported itself, also on measures in which it has no role."""
        return reported_by(self.region, self.part)

    @cached_property
    def pieces(self) -> list[str]:
        """The measure of each piece of evidence of the body or a part of it."""
        return reported_on(self.region, self.part)

    @property
    def reported(self) -> set[str]:
        """Measures with a role of the body on which somebody of it is known to have reported."""
        return self.measures & set(self.pieces)

    @property
    def evidence_listed(self) -> bool:
        """Whether the evidence of the body itself is little enough to be listed."""
        return 0 < len(self.own_pieces) <= _MOST_EVIDENCE

    @property
    def evidence_table(self) -> Table:
        """The evidence of the body itself."""
        return listed_evidence(
            self.region,
            self.own_pieces,
            caption="Podklady, u nichž je subjekt jmenován",
        )
