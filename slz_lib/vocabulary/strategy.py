"""What the strategy gives a measure: bodies with their roles, indicators, links."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The part a body has in a measure."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class Assignment(StrEnum):
    """Whether a role has a holder; *not assigned* is a state of its own, not a gap."""

    ASSIGNED = "assigned"
    UNIT_NOT_ASSIGNED = "unit_not_assigned"
    NOT_ASSIGNED = "not_assigned"


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


class LinkKind(StrEnum):
    """What an area is linked to."""

    STRATEGIC_GOAL = "strategic_goal"
    NATIONAL_GOAL = "national_goal"
    NATIONAL_MEASURE = "national_measure"
    CITY_AREA = "city_area"
