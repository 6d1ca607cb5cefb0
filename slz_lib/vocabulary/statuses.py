"""The status of a measure, and what the rules that derive it compare."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.language import NO_BREAK_SPACE
from slz_lib.vocabulary.labels import Labelled


class Status(Labelled):
    """The published four-step scale, best first, in the words that the report prints.

    Source: the implementation report 2022–2023, chapter *Shrnutí*.
    """

    SPLNENO = "SPLNENO", "SPLNĚNO"
    PLNENO = "PLNENO", "PLNĚNO"
    CASTECNE = "CASTECNE", "ČÁSTEČNĚ"
    NEPLNENO = "NEPLNENO", "NEPLNĚNO"

    @property
    def sign(self) -> str:
        """The Harvey ball that stands before the word."""
        return "●◕◐○"[self.rank - 1]

    @property
    def marked(self) -> str:
        """Sign and word, as every table and card shows a status."""
        return f"{self.sign}{NO_BREAK_SPACE}{self.label}"

    @property
    def rank(self) -> int:
        """1 for the best status, 4 for the worst."""
        return list(Status).index(self) + 1


#: Code of a status → its rank.
STATUS_RANKS = {str(status): status.rank for status in Status}


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
