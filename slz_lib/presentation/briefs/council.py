"""What a period asks the assembly to decide: what matters most, and the tasks of a resolution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.language import enumerate_words
from slz_lib.planning.drafting import following_plan
from slz_lib.planning.wording import awaited_laws
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import holders
from slz_lib.vocabulary import Cause, CountsAs, Role, parse_day

#: How many findings two pages have room for.
_MOST_MATTERS = 3
#: How long those have for their tasks whom nobody gave a day, in months.
_MONTHS = 6
_ASSUMED = (
    "Termín je předpoklad zpracovatele: den kroku v návrhu plánu, jinak půl roku po dni, k němuž "
    "je zpráva sestavena; žádný zdroj jej nestanoví."
)
#: Who answers for what has no lead, or whose lead is what has to be found.
_SUBMITTER = "předkladatel zprávy"
_NAME_LEAD = "Navrhnout gestora nebo odpovědný útvar"
_SUPPLY = "Dodat podklad, nebo sdělit, že se nic nedělo"
_NEW_DEADLINE = "Navrhnout nový termín, nebo ukončení opatření"
_CLEAR_UP = "Vyjasnit, který z\u00a0podkladů platí"
#: The cause of the plan's step that does what a task asks for.
_CAUSES = {
    _NAME_LEAD: str(Cause.LEAD_MISSING),
    _SUPPLY: str(Cause.NOTHING_SUPPLIED),
    _NEW_DEADLINE: str(Cause.DEADLINE_PASSED),
    _CLEAR_UP: str(Cause.DISPUTED),
}


@dataclass(frozen=True, eq=False)
class CouncilBrief:
    """Návrh k rozhodnutí: what a judged period gives the assembly to decide.

    Attributes:
        evaluation: the judged period.
        compared: the period beside the one before it; ``None`` where there is none.
        due: the day until which tasks are to be done (RRRR-MM-DD), where somebody has set one.
    """

    evaluation: Evaluation
    compared: Comparison | None = None
    due: str | None = None

    @cached_property
    def findings(self) -> Findings:
        """What is found in the period."""
        return Findings(self.evaluation, self.compared)

    @property
    def until(self) -> date:
        """The day until which tasks are to be done; half a year where nobody has set one.

        Raises:
            ParameterError: what somebody has set is no such date.
        """
        if self.due is not None:
            return parse_day(self.due)
        end = pd.Timestamp(self.evaluation.period.as_of) + pd.offsets.MonthEnd(_MONTHS)
        return date(end.year, end.month, end.day)

    @cached_property
    def concerned(self) -> pd.Series:
        """How many measures each finding concerns (by its name), without those of none.

        ``unreached``: they lie in areas without a fulfilled measure; ``silent``: nothing was
        supplied; ``lead_missing``; ``overdue``; ``differs``: evidence leads to another status;
        ``undecided``: evidence is in dispute.
        """
        judged = self.evaluation.judgements
        unreached = judged["area_id"].isin(self.findings.unfulfilled_areas)
        dropped = judged["status"].isin(self.evaluation.scale.that(CountsAs.DROPPED))
        numbers = {name: judged[name] for name in ("silent", "lead_missing", "overdue", "differs")}
        counts = pd.Series(
            {name: int(chosen.sum()) for name, chosen in numbers.items()}
            | {
                "unreached": int((unreached & ~dropped).sum()),
                "undecided": self.evaluation.undecided,
            },
            dtype="int64",
        )
        return counts[counts.gt(0)]

    @property
    def matters(self) -> list[str]:
        """Names of the findings that concern most measures, at most three."""
        return [
            *self.concerned.sort_values(ascending=False, kind="stable").head(_MOST_MATTERS).index
        ]

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """What is to be imposed on whom.

        Returns:
            One row a task and addressee: ``whom``, ``task``, ``measures`` (ids in words), ``until``
            (the day that somebody has set, else that of the steps of the plan, else ``until``).
        """
        judged = self.evaluation.judgements.set_index("measure_id")
        undecided = judged["status"].isna() & judged["disputed"].gt(0)
        chosen = {
            _NAME_LEAD: judged["lead_missing"],
            _SUPPLY: judged["silent"],
            _NEW_DEADLINE: judged["overdue"],
            _CLEAR_UP: undecided,
        }
        asked = [
            pd.DataFrame({"measure_id": ids.index[ids], "task": task})
            for task, ids in chosen.items()
        ]
        laws = awaited_laws(self.evaluation, self.evaluation.period.as_of).dropna(subset=["cited"])
        passed = "Posoudit opatření podle zákona" + laws["cited"].str.rstrip(",")
        rows = pd.concat([*asked, laws[["measure_id"]].assign(task=passed)], ignore_index=True)
        lead = rows["measure_id"].map(holders(self.evaluation.dataset, Role.LEAD))
        nobody = rows["measure_id"].map(judged["lead_missing"]).astype("bool")
        rows["whom"] = lead.mask(nobody, _SUBMITTER)
        rows["until"] = self._planned(rows)
        grouped = rows.groupby(["task", "whom"], sort=False)
        tasks = grouped.agg(
            measures=("measure_id", lambda ids: enumerate_words(list(ids))), until=("until", "max")
        )
        return tasks.fillna({"until": pd.Timestamp(self.until)}).reset_index()

    def _planned(self, rows: pd.DataFrame) -> pd.Series:
        """The day of the plan's step that does what a task asks for, NaT where there is none."""
        plan = None if self.due else following_plan(self.evaluation)
        if plan is None:
            return pd.Series(pd.NaT, index=rows.index)
        causes = rows["task"].map(_CAUSES).fillna(str(Cause.LAW_IN_FORCE))
        days = plan.steps.set_index("id")[["measure_id", "cause", "deadline"]]
        asked = pd.DataFrame({"measure_id": rows["measure_id"], "cause": causes})
        found = asked.merge(days, on=["measure_id", "cause"], how="left")["deadline"]
        return found.set_axis(rows.index)

    @property
    def tasks_table(self) -> Table:
        """The tasks with the day until which each is to be done."""
        tasks = self.tasks
        return table(
            [
                Col("Úkol", tasks["task"], 2.6),
                Col("Komu", tasks["whom"], 1.3),
                Col("Opatření", tasks["measures"], 2),
                Col("Do kdy", tasks["until"], 1),
            ],
            anchor="tab-ukoly",
            caption="Úkoly navrženého usnesení",
            sheet="Úkoly",
            notes=["" if self.due else _ASSUMED],
            counted=("úkol", "úkoly", "úkolů"),
        )
