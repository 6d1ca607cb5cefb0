"""What prose says of a period or a plan: named figures, all read from one evaluation.

``%%prose findings`` lends these attributes to a cell as names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from slz_lib.evaluation.claims import implied_shares, stated_sum
from slz_lib.evaluation.reliability import reliability
from slz_lib.language import czech_sorted
from slz_lib.presentation.area_findings import AreaFindings, Claim, Series, StatusCounts
from slz_lib.presentation.cards import cards_by_area
from slz_lib.presentation.charts import series_measures
from slz_lib.presentation.comparison_findings import ComparisonFindings
from slz_lib.presentation.naming import full_body_name
from slz_lib.presentation.reliability_findings import ReliabilityFindings
from slz_lib.presentation.tables.agreement import status_agreements
from slz_lib.vocabulary import ClaimQuantity, EvidenceState, Period, Severity, Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.dataset import Dataset
    from slz_lib.evaluation import Evaluation
    from slz_lib.evaluation.comparison import Comparison
    from slz_lib.evaluation.reliability import Agreement


def strategy_record(dataset: Dataset) -> SimpleNamespace:
    """The strategy's own record: its columns as attributes (name, region, approved and so on)."""
    row = dataset.strategy.iloc[0]
    return SimpleNamespace(**{str(name): value for name, value in row.items()})


@dataclass(frozen=True, eq=False)
class Findings:
    """Named figures of a judged period.

    Attributes:
        evaluation: the judged period.
        compared: the period beside the one before it; ``None`` where there is none.
    """

    evaluation: Evaluation
    compared: Comparison | None = None

    @property
    def period(self) -> Period:
        """The evaluated period."""
        return self.evaluation.period

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record, see :func:`strategy_record`."""
        return strategy_record(self.evaluation.dataset)

    def notes(self, topic: str) -> list[str]:
        """What the period's report says of its own making, by topic.

        Topics: ``asked``, ``purpose``, ``method``, ``limits``, ``risks``, ``territory``,
        ``tasks``.
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
    def published(self) -> bool:
        """Whether every status that stands is a published one."""
        return self.evaluation.published

    @property
    def total(self) -> int:
        """All measures."""
        return self.evaluation.total

    @cached_property
    def areas(self) -> tuple[AreaFindings, ...]:
        """The areas in the strategy's order."""
        ordered = self.evaluation.dataset.areas.sort_values("order")
        rows = ordered[["id", "name", "short_name", "lead_in", "kind"]].to_numpy().tolist()
        cards = cards_by_area(self.evaluation)
        return tuple(
            AreaFindings(self.evaluation, area, name, short, lead_in, kind, cards[area])
            for area, name, short, lead_in, kind in rows
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
    def without_status(self) -> int:
        """Measures that have no status yet: nothing published, decided or derived."""
        return int(self.evaluation.judgements["status"].isna().sum())

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
        bare = table[(table[str(Status.SPLNENO)] + table[str(Status.PLNENO)]) == 0]
        return list(bare.index)

    @cached_property
    def wrong_claims(self) -> tuple[Claim, ...]:
        """Stated counts that the tables do not bear out."""
        claims = self.evaluation.claims
        wrong = claims[~claims["holds"] & claims["quantity"].eq(str(ClaimQuantity.COUNT))]
        wrong = wrong.sort_values("status", key=lambda codes: codes.map(list(Status).index))
        rows = wrong[["status", "value", "recomputed"]].to_numpy().tolist()
        return tuple(Claim(status, int(stated), int(found)) for status, stated, found in rows)

    @cached_property
    def comparison(self) -> ComparisonFindings | None:
        """What changed since the previous period; ``None`` where there is none."""
        return None if self.compared is None else ComparisonFindings(self.compared)

    @cached_property
    def reliability(self) -> ReliabilityFindings:
        """Indicators and uncertainty of the period."""
        return ReliabilityFindings(self.evaluation)

    def findings_of(self, severity: str = "") -> int:
        """Findings of the audit, all or of one severity (``high``, ``medium``, ``low``)."""
        found = self.evaluation.audit.findings["severity"]
        return int(found.eq(str(Severity(severity))).sum()) if severity else len(found)

    @property
    def published_agreement(self) -> Agreement | None:
        """Agreement of the published status with the derived one; ``None`` before publication."""
        return status_agreements(self.evaluation).get("published")

    @property
    def decided_agreement(self) -> Agreement | None:
        """Agreement of the decided status with the derived one; ``None`` before any decision."""
        return status_agreements(self.evaluation).get("decided")

    @cached_property
    def codings(self) -> SimpleNamespace | None:
        """Agreement of two codings of the evidence; ``None`` where there are no two.

        ``derived``, ``state``, ``reach`` and ``criteria`` are agreements, ``differences`` is the
        number of measures that were coded differently.
        """
        found = reliability(self.evaluation)
        if found.measures.empty:
            return None
        return SimpleNamespace(**found.agreements, differences=len(found.differences))

    @property
    def claims(self) -> int:
        """Claims of the published headline."""
        return len(self.evaluation.claims)

    @cached_property
    def stated_sum(self) -> int:
        """What the stated counts of statuses add up to."""
        return stated_sum(self.evaluation.claims) or 0

    @cached_property
    def shares_of_other_counts(self) -> list[SimpleNamespace]:
        """Stated shares that do not follow from the counts they stand beside.

        Each has ``text``, ``status``, ``count``, ``implied`` and ``recomputed`` (fractions).
        """
        found = implied_shares(self.evaluation.claims, self.total)
        names = list(found.columns)
        rows = found.to_numpy().tolist()
        return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows]

    @property
    def unsupported(self) -> list[str]:
        """Measures that stand as fulfilled, at least in part, to which nothing was supplied."""
        table = self.evaluation.judgements
        better = table["status"].notna() & table["status"].ne(str(Status.NEPLNENO))
        return list(table.loc[better & ~table["supplied"], "measure_id"])

    @cached_property
    def _named_leads(self) -> pd.DataFrame:
        """Lead bodies × statuses without the row of measures that have none."""
        return self.evaluation.by_lead.drop(index="", errors="ignore")

    @cached_property
    def busiest_leads(self) -> list[str]:
        """The lead bodies with most measures, with their abbreviations; all of a tie."""
        named = self._named_leads
        most = named.index[named["total"].eq(named["total"].max())]
        return [full_body_name(self.evaluation.dataset, str(body)) for body in most]

    @cached_property
    def busiest_lead_measures(self) -> int:
        """How many measures each of the busiest lead bodies has; 0 when none leads any."""
        named = self._named_leads
        return int(named["total"].max()) if len(named) else 0

    @property
    def lead_bodies(self) -> int:
        """Number of bodies that lead a measure."""
        return len(self._named_leads)

    @property
    def partnerships(self) -> list[str]:
        """Municipalities in partnership with the Agency, in Czech order."""
        return czech_sorted(self.evaluation.partnerships["municipality"])

    @property
    def partner_districts(self) -> int:
        """ORP with at least one municipality in partnership."""
        return int(self.evaluation.partnerships["orp_id"].nunique())

    @property
    def districts(self) -> int:
        """All ORP of the region."""
        return len(self.evaluation.dataset.orp)

    @property
    def evidence(self) -> int:
        """Pieces of evidence of the period."""
        return len(self.evaluation.evidence)

    @property
    def silent_evidence(self) -> int:
        """Records that nothing was supplied."""
        return self.evidence - self.supplied_evidence

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
    def conditions(self) -> list[tuple[str, list[str]]]:
        """Priorities with the priorities that are their condition, in order."""
        names = self.evaluation.dataset.priorities.set_index("id")["name"]
        pairs = self.evaluation.dataset.priority_conditions
        grouped = pairs.groupby("priority_id")["condition_id"]
        return [
            (str(names[priority]), [str(names[condition]) for condition in conditions])
            for priority, conditions in grouped
        ]

    @property
    def goals(self) -> int:
        """Strategic goals."""
        return len(self.evaluation.dataset.strategic_goals)

    @property
    def specific_goals(self) -> int:
        """Specific goals."""
        return len(self.evaluation.dataset.specific_goals)

    @property
    def unnamed_goals(self) -> list[str]:
        """Ids of the strategic goals whose name the source has lost."""
        goals = self.evaluation.dataset.strategic_goals
        return list(goals.loc[goals["name"].isna(), "id"])

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
