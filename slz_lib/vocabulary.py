"""The domain's words as frozen values: statuses, roles, deadlines, causes, decisions, periods.

Labels and signs are what a reader sees, in Czech; codes are what the tables hold.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from slz_lib.errors import ParameterError
from slz_lib.language import format_date, month_genitive

NO_BREAK_SPACE = "\u00a0"


class Status(StrEnum):
    """The published four-step scale, best first.

    Source: the implementation report 2022–2023, chapter *Shrnutí*.
    """

    SPLNENO = "SPLNENO"
    PLNENO = "PLNENO"
    CASTECNE = "CASTECNE"
    NEPLNENO = "NEPLNENO"

    @property
    def label(self) -> str:
        """The word as the published report prints it."""
        return _STATUS_LABELS[self][0]

    @property
    def sign(self) -> str:
        """The Harvey ball that stands before the word."""
        return _STATUS_LABELS[self][1]

    @property
    def marked(self) -> str:
        """Sign and word, as every table and card shows a status."""
        return f"{self.sign}{NO_BREAK_SPACE}{self.label}"

    @property
    def rank(self) -> int:
        """1 for the best status, 4 for the worst."""
        return list(Status).index(self) + 1


_STATUS_LABELS = {
    Status.SPLNENO: ("SPLNĚNO", "●"),
    Status.PLNENO: ("PLNĚNO", "◕"),
    Status.CASTECNE: ("ČÁSTEČNĚ", "◐"),
    Status.NEPLNENO: ("NEPLNĚNO", "○"),
}


class EvidenceState(StrEnum):
    """What a piece of evidence says of its criterion, best first."""

    DONE = "done"
    FULFILLED = "fulfilled"
    PARTIAL = "partial"
    PREPARING = "preparing"
    NOT_DONE = "not_done"
    NOTHING_SUPPLIED = "nothing_supplied"

    @property
    def label(self) -> str:
        """The state in Czech."""
        return {
            "done": "trvale splněno",
            "fulfilled": "plněno",
            "partial": "plněno částečně",
            "preparing": "teprve se připravuje",
            "not_done": "neplněno",
            "nothing_supplied": "podklad nedodán",
        }[self.value]


class Reach(StrEnum):
    """How far in the region a piece of evidence reaches, widest first."""

    REGION = "region"
    NEARLY_ALL = "nearly_all"
    SOME = "some"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The reach in Czech."""
        return {
            "region": "celý kraj",
            "nearly_all": "téměř celý kraj",
            "some": "některé obce",
            "unknown": "neznámý",
        }[self.value]


class Role(StrEnum):
    """The part a body has in a measure."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class Assignment(StrEnum):
    """Whether a role has a holder; *not assigned* is a state of its own, not a gap."""

    ASSIGNED = "assigned"
    UNIT_NOT_ASSIGNED = "unit_not_assigned"
    NOT_ASSIGNED = "not_assigned"


class DeadlineKind(StrEnum):
    """The three ways in which the strategy sets a deadline."""

    FIXED = "fixed"
    CONTINUOUS = "continuous"
    EVENT = "event"


class LinkKind(StrEnum):
    """What an area is linked to."""

    STRATEGIC_GOAL = "strategic_goal"
    NATIONAL_GOAL = "national_goal"
    NATIONAL_MEASURE = "national_measure"
    CITY_AREA = "city_area"


class ReachBasis(StrEnum):
    """What a share of the territory is counted in."""

    MUNICIPALITIES = "municipalities"
    POPULATION = "population"

    @property
    def label(self) -> str:
        """The basis in Czech, as it follows *podíl*."""
        return {"municipalities": "obcí", "population": "obyvatel"}[self.value]


class Quantity(StrEnum):
    """What a rule can compare of a measure; see ``slz_lib.evaluation.criteria.quantities``."""

    CRITERIA = "criteria"
    SHARE_DONE = "share_done"
    SHARE_FULFILLED = "share_fulfilled"
    SHARE_ACTIVE = "share_active"
    SHARE_PREPARING = "share_preparing"
    SUPPLIED = "supplied"
    REACH = "reach"
    DEADLINE_FIXED = "deadline_fixed"
    DEADLINE_PASSED = "deadline_passed"


class Coder(StrEnum):
    """Who coded the evidence of a period, the second blind to the first."""

    FIRST = "first"
    SECOND = "second"


class Settlement(StrEnum):
    """How a difference of two codings was settled."""

    FIRST = "first"
    SECOND = "second"
    OWN = "own"

    @property
    def label(self) -> str:
        """The settlement in Czech."""
        return {"first": "první čtení", "second": "druhé čtení", "own": "třetí čtení"}[self.value]


class Severity(StrEnum):
    """How much a finding of the audit weighs, worst first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The severity in Czech."""
        return {"high": "vysoká", "medium": "střední", "low": "nízká"}[self.value]


class AuditCheck(StrEnum):
    """What the audit asks; labels and severities are data (``data/rules/audit_rules.csv``).

    What each one looks for is in ``slz_lib.evaluation.audit``.
    """

    CLAIM_DIFFERS = "claim_differs"
    SUM_DIFFERS = "sum_differs"
    SHARE_OF_OTHER_COUNT = "share_of_other_count"
    CELLS_SWAPPED = "cells_swapped"
    DONE_ONLY_ANNOUNCED = "done_only_announced"
    FULFILLED_IN_PREPARATION = "fulfilled_in_preparation"
    UNFULFILLED_WITH_ACTIVITY = "unfulfilled_with_activity"
    STATUS_WITHOUT_EVIDENCE = "status_without_evidence"
    STATUS_AGAINST_COMMENTARY = "status_against_commentary"
    STATUS_AGAINST_DEADLINE = "status_against_deadline"
    EVIDENCE_DISAGREES = "evidence_disagrees"
    DEADLINE_PASSED = "deadline_passed"
    LEAD_MISSING = "lead_missing"
    LEAD_UNIT_UNKNOWN = "lead_unit_unknown"
    INDICATOR_MISSING = "indicator_missing"
    INDICATOR_NOT_MEASURABLE = "indicator_not_measurable"
    SPELLINGS_OF_BODY = "spellings_of_body"


class IndicatorKind(StrEnum):
    """What an indicator is: a number, a thing that is there or not, an activity, or nothing."""

    COUNT = "count"
    PRODUCT = "product"
    ACTIVITY = "activity"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The kind in Czech."""
        return {
            "count": "počet",
            "product": "výstup",
            "activity": "činnost",
            "missing": "bez indikátoru",
        }[self.value]


class Direction(StrEnum):
    """Which way the values of an indicator get better."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        """The direction in Czech."""
        return {"up": "růst", "down": "pokles"}[self.value]


class ClaimQuantity(StrEnum):
    """What a claim of a published summary counts; shares are in per cent of the measures."""

    MEASURES = "measures"
    AREAS = "areas"
    COUNT = "count"
    SHARE = "share"


class Decision(StrEnum):
    """What a plan can propose for a measure, in the order in which it is told."""

    CONTINUE = "continue"
    REFORMULATE = "reformulate"
    MERGE = "merge"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The decision in Czech, as an infinitive."""
        return {
            "continue": "pokračovat",
            "reformulate": "přeformulovat",
            "merge": "sloučit",
            "close": "uzavřít",
        }[self.value]


class CauseKind(StrEnum):
    """A measure has one main cause, and any number of defects of its set-up."""

    MAIN = "main"
    DEFECT = "defect"


class Cause(StrEnum):
    """Why a measure is not done for good; what each one asks is in ``slz_lib.planning.causes``.

    Labels, order, decisions and steps of the causes are data (``data/rules/plan_causes.csv``).
    """

    MERGED = "merged"
    ANNOUNCED = "announced"
    DONE_BY_EVIDENCE = "done_by_evidence"
    WAITS_FOR_LAW = "waits_for_law"
    NOTHING_SUPPLIED = "nothing_supplied"
    NOT_DONE = "not_done"
    ONLY_PREPARING = "only_preparing"
    SOME_MUNICIPALITIES = "some_municipalities"
    UNKNOWN_REACH = "unknown_reach"
    PARTIAL = "partial"
    FINISHING = "finishing"
    RUNNING = "running"
    LEAD_MISSING = "lead_missing"
    DEADLINE_PASSED = "deadline_passed"
    INDICATOR_MISSING = "indicator_missing"


class StepDetail(StrEnum):
    """What the template of a step may name of its measure, written ``$mista`` and so on."""

    UNFULFILLED = "nenaplneno"
    PLACES = "mista"
    LAW = "zakon"
    TARGET = "cil"


#: A day as tables and parameters spell it; whether the calendar has it is another question.
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def parse_day(text: str) -> date:
    """The day that ``text`` states as RRRR-MM-DD.

    Raises:
        ParameterError: it is no such date.
    """
    # Python alone would take 20231231 and 2023-W52-7 as well.
    if re.fullmatch(DAY, text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise ParameterError(f"Den „{text}“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31.")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a measure.

    Attributes:
        kind: fixed month, continuous until a month, or on an event.
        year: year of the month; ``None`` for an event.
        month: month of the year; ``None`` for an event.
        event: the event as published; ``None`` otherwise.
    """

    kind: DeadlineKind
    year: int | None = None
    month: int | None = None
    event: str | None = None

    @classmethod
    def parse(cls, published: str) -> Self:
        """Read a deadline as the strategy prints it (``průběžně do 12 / 2027``).

        Raises:
            ValueError: the text names neither a month nor an event.
        """
        folded = " ".join(published.split())
        found = re.search(r"(\d{1,2}) ?/ ?(\d{4})$", folded)
        if found and 1 <= int(found[1]) <= 12:
            continuous = folded.lower().startswith("průběžně")
            kind = DeadlineKind.CONTINUOUS if continuous else DeadlineKind.FIXED
            return cls(kind, int(found[2]), int(found[1]))
        if folded.startswith("po "):
            return cls(DeadlineKind.EVENT, event=folded)
        raise ValueError(published)

    @property
    def compact(self) -> str:
        """The deadline as a column of a table has room for it: ``průběžně do 12/2027``."""
        if self.year is None or self.month is None:
            return self.event or "—"
        start = "průběžně do" if self.kind is DeadlineKind.CONTINUOUS else "do"
        return f"{start}{NO_BREAK_SPACE}{self.month}/{self.year}"

    def __str__(self) -> str:
        if self.year is None or self.month is None:
            return self.event or "—"
        until = f"{month_genitive(self.month)}{NO_BREAK_SPACE}{self.year}"
        if self.kind is DeadlineKind.CONTINUOUS:
            return f"průběžně do{NO_BREAK_SPACE}{until}"
        return f"do{NO_BREAK_SPACE}{until}"


def years(start: date, end: date, join: str = "–") -> str:
    """The years from ``start`` to ``end``: ``2022–2023``, or ``2022`` alone."""
    return f"{start.year}" if start.year == end.year else f"{start.year}{join}{end.year}"


@dataclass(frozen=True, slots=True)
class Period:
    """An evaluated period or a planning horizon.

    Attributes:
        id: permanent id (``2022-2023``).
        start: first day.
        end: last day.
        as_of: the day to which states are given.
    """

    id: str
    start: date
    end: date
    as_of: date

    @property
    def label(self) -> str:
        """The years as prose writes them: ``2022–2023``."""
        return years(self.start, self.end)

    @property
    def as_of_label(self) -> str:
        """The as-of day as prose writes it: ``31. 12. 2023``."""
        return format_date(self.as_of)
