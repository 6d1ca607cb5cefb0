"""How a plan is being carried out: steps due by a day against what was reported of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from slz_lib.planning.plan import ActionPlan
from slz_lib.planning.timetable import rescheduled
from slz_lib.vocabulary import StepState

#: States after which nothing more is awaited of a step.
CLOSED = (str(StepState.DONE), str(StepState.DROPPED))


def last_report(plan: ActionPlan) -> date:
    """The day of the last report on steps of the plan; its first day where there is none."""
    days = plan.own("progress")["day"]
    return plan.horizon.start if days.empty else pd.Timestamp(days.max()).date()


@dataclass(frozen=True, eq=False)
class Progress:
    """Jak se plán plní k jednomu dni.

    Attributes:
        plan: the plan.
        day: the day; what was reported later is not known yet.
    """

    plan: ActionPlan
    day: date

    @cached_property
    def steps(self) -> pd.DataFrame:
        """The plan's steps and the last report on each.

        Returns:
            ``id``, ``measure_id``, ``lead``, ``step``, ``deadline``; ``state`` and ``reported`` (NA
            where nothing was reported), ``due`` (the deadline has passed) and ``slipped`` (it has
            and the step is not closed).
        """
        steps = self.plan.steps[["id", "measure_id", "lead", "step", "deadline"]]
        stated = self._reports.dropna(subset="state")
        last = stated.drop_duplicates("step_id", keep="last").set_index("step_id")
        last = last[["state", "day"]].reindex(steps["id"]).set_axis(steps.index)
        table = steps.assign(
            state=last["state"].astype("str"),
            reported=last["day"],
            due=steps["deadline"].le(pd.Timestamp(self.day)),
        )
        return table.assign(slipped=table["due"] & ~table["state"].isin(CLOSED))

    @cached_property
    def moves(self) -> pd.DataFrame:
        """What the steps that slipped do to the rest: the open ones scheduled again from the day.

        Returns:
            One row a step that ends elsewhere than in the plan and than it would if nothing had
            slipped, in the plan's order: ``id``, ``change`` (``in``, ``out``, ``earlier``,
            ``later``), ``before`` and ``after`` (names of quarters, NA = no place), ``late`` (it
            ends after its due quarter only now).
        """
        closed = self.steps["state"].isin(CLOSED)
        slipped, ids = self.steps["slipped"], self.steps["id"]
        was, found = self.plan.schedule, pd.DataFrame(columns=["id", "change", "before", "after"])
        if was is None or not slipped.any():
            return found.assign(late=False)
        without = rescheduled(self.plan, ids[closed | slipped], self.day, was)
        now = rescheduled(self.plan, ids[closed], self.day, without)
        found = ids[~closed].to_frame().merge(now.changes(was))
        found = found[found["id"].isin(now.changes(without)["id"])].reset_index(drop=True)
        late = [s.steps.set_index("id")["late"].gt(0).fillna(value=False) for s in (was, now)]
        names = dict(enumerate(now.names.quarters))
        return found.assign(
            before=found["before"].map(names).astype("str"),
            after=found["after"].map(names).astype("str"),
            late=found["id"].map(late[1]) & ~found["id"].map(late[0]),
        )

    @cached_property
    def unknown(self) -> list[str]:
        """Steps that were reported and that the plan as it is drafted now does not have."""
        known = self._reports["step_id"].isin(self.plan.steps["id"])
        return [*self._reports.loc[~known, "step_id"].unique()]

    @cached_property
    def _reports(self) -> pd.DataFrame:
        rows = self.plan.own("progress")
        return rows[rows["day"].le(pd.Timestamp(self.day))].sort_values("day", kind="stable")
