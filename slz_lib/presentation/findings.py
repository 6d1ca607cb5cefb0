"""What prose says of a period or a plan: named figures, all read from one evaluation.

``%%prose findings`` lends these attributes to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from slz_lib.language import czech_sorted, enumerate_words, format_number
from slz_lib.planning.plan import DECISIONS
from slz_lib.presentation.cards import measure_cards
from slz_lib.presentation.charts import gantt_of_area, series_chart_of, series_measures
from slz_lib.presentation.naming import NOT_ASSIGNED, body_names
from slz_lib.presentation.tables.annexes import contradictions
from slz_lib.presentation.tables.context import series_table
from slz_lib.presentation.tables.plan import cause_labels, steps_table
from slz_lib.vocabulary import EvidenceState, Period, Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Content, Figure, Table
    from slz_lib.evaluation import Evaluation
    from slz_lib.planning import ActionPlan


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """Measures by status; ``str`` lists those that occur, best first."""

    SPLNENO: int
    PLNENO: int
    CASTECNE: int
    NEPLNENO: int

    @classmethod
    def of(cls, counts: pd.Series) -> StatusCounts:
        """From a series by status code."""
        return cls(**{str(status): int(counts[str(status)]) for status in Status})

    @property
    def total(self) -> int:
        """All measures."""
        return self.SPLNENO + self.PLNENO + self.CASTECNE + self.NEPLNENO

    def __str__(self) -> str:
        stated = [
            f"{status.marked}\u00a0{format_number(number)}"
            for status in Status
            if (number := getattr(self, status.value))
        ]
        return enumerate_words(stated)


@dataclass(frozen=True)
class AreaFindings:
    """One area as prose and cards tell it."""

    evaluation: Evaluation
    id: str
    name: str
    short_name: str
    lead_in: str
    kind: str

    @property
    def counts(self) -> StatusCounts:
        """Measures by published status."""
        return StatusCounts.of(self.evaluation.by_area.loc[self.id])

    @property
    def total(self) -> int:
        """Measures of the area."""
        return self.counts.total

    @property
    def differences(self) -> int:
        """Measures whose derived status is not the published one."""
        return int(self.evaluation.differences["area_id"].eq(self.id).sum())

    @property
    def cards(self) -> Content:
        """The cards of the area's measures."""
        return measure_cards(self.evaluation, self.id)


@dataclass(frozen=True)
class Series:
    """A measure whose figures form a series worth a chart."""

    evaluation: Evaluation
    measure: str

    @property
    def title(self) -> str:
        """The measure's short title."""
        return str(self.evaluation.dataset.measures.set_index("id").loc[self.measure, "title"])

    @property
    def chart(self) -> Figure:
        """The series drawn."""
        return series_chart_of(self.evaluation, self.measure)

    @property
    def table(self) -> Table:
        """The series' figures."""
        return series_table(self.evaluation, self.measure)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the published headline that its tables do not bear out."""

    status: str
    stated: int
    recomputed: int


@dataclass(frozen=True)
class Findings:
    """Named figures of a judged period."""

    evaluation: Evaluation

    @property
    def period(self) -> Period:
        """The evaluated period."""
        return self.evaluation.period

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record: name, approved, resolution, approved_by, evaluation_year."""
        return SimpleNamespace(**self.evaluation.dataset.strategy.iloc[0].to_dict())

    def notes(self, topic: str) -> list[str]:
        """What the period's report says of its own making, by topic.

        Topics: ``asked``, ``purpose``, ``limits``, ``risks``, ``territory``, ``tasks``.
        """
        rows = self.evaluation.dataset.notes
        chosen = rows["period_id"].eq(self.period.id) & rows["topic"].eq(topic)
        return list(rows.loc[chosen, "text"])

    @cached_property
    def counts(self) -> StatusCounts:
        """Measures by published status."""
        return StatusCounts.of(self.evaluation.counts)

    @cached_property
    def derived(self) -> StatusCounts:
        """Measures by derived status."""
        return StatusCounts.of(self.evaluation.derived_counts)

    @property
    def total(self) -> int:
        """All measures."""
        return len(self.evaluation.judgements)

    @cached_property
    def areas(self) -> tuple[AreaFindings, ...]:
        """The areas in the strategy's order."""
        ordered = self.evaluation.dataset.areas.sort_values("order")
        return tuple(
            AreaFindings(
                self.evaluation, row.id, row.name, row.short_name, row.lead_in, row.kind
            )
            for row in ordered.rename_axis(None).itertuples(index=False)
        )

    def areas_of_kind(self, kind: str) -> int:
        """Number of areas of a kind (``thematic``, ``cross-cutting``)."""
        return int(self.evaluation.dataset.areas["kind"].eq(kind).sum())

    @property
    def agreeing(self) -> int:
        """Measures whose derived status is the published one."""
        return int(self.evaluation.judgements["agrees"].sum())

    @property
    def differing(self) -> int:
        """Measures whose derived status is not the published one."""
        return self.total - self.agreeing

    @property
    def overdue(self) -> int:
        """Measures past a fixed deadline without a lasting fulfilment."""
        return int(self.evaluation.judgements["overdue"].sum())

    @property
    def lead_missing(self) -> int:
        """Measures whose lead, or the lead's unit, is not assigned."""
        return int(self.evaluation.judgements["lead_missing"].sum())

    @property
    def not_supplied(self) -> int:
        """Measures to which nobody supplied anything."""
        return int((~self.evaluation.judgements["supplied"]).sum())

    @cached_property
    def unfulfilled_areas(self) -> list[str]:
        """Areas without a measure that is at least PLNĚNO."""
        table = self.evaluation.by_area
        bare = table[(table["SPLNENO"] + table["PLNENO"]) == 0]
        return list(bare.index)

    @cached_property
    def wrong_claims(self) -> tuple[Claim, ...]:
        """Stated counts that the tables do not bear out."""
        claims = self.evaluation.claims
        wrong = claims[~claims["holds"] & claims["quantity"].eq("count")]
        wrong = wrong.sort_values("status", key=lambda codes: codes.map(list(Status).index))
        return tuple(
            Claim(row.status, int(row.value), int(row.recomputed)) for row in wrong.itertuples()
        )

    @property
    def contradictions(self) -> bool:
        """Whether the published report contradicts itself somewhere."""
        return len(contradictions(self.evaluation)) > 0

    @cached_property
    def stated_sum(self) -> int:
        """What the stated counts of statuses add up to."""
        claims = self.evaluation.claims
        return int(claims.loc[claims["quantity"].eq("count"), "value"].sum())

    @cached_property
    def busiest_lead(self) -> str:
        """The lead body with most measures."""
        named = self.evaluation.by_lead.drop(index="", errors="ignore")
        return str(body_names(self.evaluation.dataset)[named.index[0]])

    @cached_property
    def busiest_lead_measures(self) -> int:
        """How many measures the busiest lead body has."""
        named = self.evaluation.by_lead.drop(index="", errors="ignore")
        return int(named["total"].iloc[0])

    @property
    def lead_bodies(self) -> int:
        """Number of bodies that lead a measure."""
        return len(self.evaluation.by_lead.drop(index="", errors="ignore"))

    @property
    def partnerships(self) -> list[str]:
        """Municipalities in partnership with the Agency, in Czech order."""
        return czech_sorted(self.evaluation.dataset.partnerships["municipality"])

    @property
    def partner_districts(self) -> int:
        """ORP with at least one municipality in partnership."""
        return int(self.evaluation.dataset.partnerships["orp_id"].nunique())

    @property
    def districts(self) -> int:
        """All ORP of the region."""
        return len(self.evaluation.dataset.orp)

    @property
    def evidence(self) -> int:
        """Pieces of evidence of the period."""
        return len(self.evaluation.evidence)

    @property
    def supplied_evidence(self) -> int:
        """Pieces of evidence that say something."""
        nothing = str(EvidenceState.NOTHING_SUPPLIED)
        return int(self.evaluation.evidence["state"].ne(nothing).sum())

    @property
    def observations(self) -> int:
        """Figures that the sources give."""
        return len(self.evaluation.observations)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Measures whose figures form a series worth a chart."""
        return tuple(
            Series(self.evaluation, measure)
            for measure in series_measures(self.evaluation.observations)
        )

    @property
    def priorities(self) -> list[str]:
        """Names of the priorities in order."""
        return list(self.evaluation.dataset.priorities.sort_values("order")["name"])

    @property
    def goals(self) -> int:
        """Strategic goals."""
        return len(self.evaluation.dataset.strategic_goals)

    @property
    def specific_goals(self) -> int:
        """Specific goals."""
        return len(self.evaluation.dataset.specific_goals)

    @property
    def unnamed_goals(self) -> int:
        """Strategic goals whose name the source has lost."""
        return int(self.evaluation.dataset.strategic_goals["name"].isna().sum())

    def national(self, quantity: str) -> int:
        """A figure of the national plan's summary by its code."""
        summary = self.evaluation.dataset.national_summary.set_index("quantity")["value"]
        return int(summary[quantity])

    @property
    def national_shown(self) -> int:
        """Measures of the national plan that the slides show."""
        return len(self.evaluation.dataset.national_measures)

    @property
    def city_projects(self) -> int:
        """Projects of the City of Liberec's plan."""
        return len(self.evaluation.dataset.city_projects)

    @property
    def city_areas(self) -> list[str]:
        """Areas of the City of Liberec's plan."""
        return list(self.evaluation.dataset.city_areas["name"])


@dataclass(frozen=True)
class AreaPlan:
    """One area of the plan."""

    plan: ActionPlan
    id: str
    name: str
    short_name: str

    @property
    def measures(self) -> int:
        """Measures of the area in the plan."""
        return int(self.plan.decisions["area_id"].eq(self.id).sum())

    @property
    def steps(self) -> int:
        """Steps of the area."""
        return int(self.plan.steps["area_id"].eq(self.id).sum())

    @property
    def table(self) -> Table:
        """The area's steps."""
        return steps_table(self.plan, self.id)

    @property
    def chart(self) -> Figure:
        """The area's Gantt chart."""
        return gantt_of_area(self.plan, self.id)


@dataclass(frozen=True)
class PlanFindings:
    """Named figures of a drafted plan."""

    plan: ActionPlan

    @property
    def horizon(self) -> Period:
        """The planned years."""
        return self.plan.horizon

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record, as in :class:`Findings`."""
        return Findings(self.plan.evaluation).strategy

    @property
    def merges(self) -> int:
        """Measures proposed to be merged into another."""
        return int(self.plan.decisions["merge_into"].notna().sum())

    @property
    def follows(self) -> Period:
        """The period the plan follows."""
        return self.plan.evaluation.period

    @property
    def total(self) -> int:
        """All measures of the strategy."""
        return len(self.plan.evaluation.judgements)

    @property
    def measures(self) -> int:
        """Measures in the plan."""
        return len(self.plan.decisions)

    @property
    def steps(self) -> int:
        """Steps of the plan."""
        return len(self.plan.steps)

    @cached_property
    def decisions(self) -> dict[str, int]:
        """Measures by proposed decision."""
        return {str(key): int(number) for key, number in self.plan.decision_counts.items()}

    @cached_property
    def decisions_listed(self) -> str:
        """Proposed decisions with their counts, in words."""
        return enumerate_words(
            [
                f"{DECISIONS[key]}\u00a0{format_number(number)}"
                for key, number in self.decisions.items()
                if number
            ]
        )

    def cause(self, key: str) -> int:
        """Measures to which a cause applies, by the cause's id."""
        return int(self.plan.cause_counts[key])

    @cached_property
    def leading_cause(self) -> str:
        """The commonest main cause."""
        main = self.plan.decisions["cause"].value_counts()
        return str(cause_labels(self.plan)[main.index[0]])

    @cached_property
    def leading_cause_measures(self) -> int:
        """Measures with the commonest main cause."""
        return int(self.plan.decisions["cause"].value_counts().iloc[0])

    @cached_property
    def busiest_body(self) -> str:
        """The lead body with most steps."""
        named = self.plan.by_body.drop(index="", errors="ignore")
        return str(body_names(self.plan.evaluation.dataset).get(named.index[0], NOT_ASSIGNED))

    @cached_property
    def busiest_body_steps(self) -> int:
        """Steps of the busiest lead body."""
        return int(self.plan.by_body.drop(index="", errors="ignore")["steps"].iloc[0])

    @cached_property
    def funded(self) -> int:
        """Measures whose source of money is known."""
        known = self.plan.steps["funding"].notna()
        return int(self.plan.steps.loc[known, "measure_id"].nunique())

    @cached_property
    def areas(self) -> tuple[AreaPlan, ...]:
        """The areas with at least one measure in the plan."""
        ordered = self.plan.evaluation.dataset.areas.sort_values("order")
        present = ordered[ordered["id"].isin(self.plan.decisions["area_id"])]
        return tuple(
            AreaPlan(self.plan, row.id, row.name, row.short_name)
            for row in present.itertuples(index=False)
        )
