"""What prose says of one area, one series, one claim: the parts of a period's findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slz_lib.language import enumerate_words, format_number, format_percent
from slz_lib.presentation.charts import series_chart_of
from slz_lib.presentation.tables.context import series_table
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Content, Figure, Table
    from slz_lib.evaluation import Evaluation


_FOLLOWING_BYLO = {
    Status.SPLNENO: "splněno",
    Status.PLNENO: "plněno",
    Status.CASTECNE: "částečně plněno",
    Status.NEPLNENO: "neplněno",
}


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

    def with_shares(self, whole: int) -> list[str]:
        """Those that occur as they follow *bylo*, best first: ``plněno 3 (33,3 %)``.

        Args:
            whole: of how many measures the shares are.
        """
        return [
            f"{verb}\u00a0{format_number(number)} ({format_percent(number / whole)})"
            for status, verb in _FOLLOWING_BYLO.items()
            if (number := getattr(self, status.value))
        ]

    def __str__(self) -> str:
        stated = [
            f"{status.marked}\u00a0{format_number(number)}"
            for status in Status
            if (number := getattr(self, status.value))
        ]
        return enumerate_words(stated)


@dataclass(frozen=True, eq=False)
class AreaFindings:
    """One area as prose and cards tell it.

    Attributes:
        evaluation: the judged period.
        id: ``I``.
        name: as published.
        short_name: the project's own.
        lead_in: what the area asks of the region.
        kind: ``thematic`` or ``cross-cutting``.
        cards: the cards of its measures.
    """

    evaluation: Evaluation
    id: str
    name: str
    short_name: str
    lead_in: str
    kind: str
    cards: Content

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


@dataclass(frozen=True, eq=False)
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
