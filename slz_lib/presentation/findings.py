"""What prose says of a period or a plan: named figures, all read from one evaluation.

``%%prose findings`` lends these attributes to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from slz_lib.language import czech_sorted, enumerate_words, format_number
from slz_lib.presentation.cards import measure_cards
from slz_lib.presentation.charts import series_chart_of, series_measures
from slz_lib.presentation.naming import body_names
from slz_lib.presentation.tables.annexes import contradictions
from slz_lib.presentation.tables.context import series_table
from slz_lib.vocabulary import EvidenceState, Period, Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Content, Figure, Table
    from slz_lib.evaluation import Evaluation


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
        return StatusCounts.of(self.evaluation.by_area.T[self.id])

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
        row = self.evaluation.dataset.strategy.iloc[0]
        return SimpleNamespace(**{str(name): value for name, value in row.items()})

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
        rows = ordered[["id", "name", "short_name", "lead_in", "kind"]].to_numpy().tolist()
        return tuple(AreaFindings(self.evaluation, *row) for row in rows)

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
        rows = wrong[["status", "value", "recomputed"]].to_numpy().tolist()
        return tuple(Claim(status, int(stated), int(found)) for status, stated, found in rows)

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
