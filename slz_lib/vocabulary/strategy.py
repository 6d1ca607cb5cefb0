"""What the strategy gives a measure: bodies with their roles, indicators, links."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary.labels import Labelled


class Role(StrEnum):
    """The part a body has in a measure."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class Assignment(StrEnum):
    """Whether a role has a holder; *not assigned* is a state of its own, not a gap."""

    ASSIGNED = "assigned"
    UNIT_NOT_ASSIGNED = "unit_not_assigned"
    NOT_ASSIGNED = "not_assigned"


class IndicatorKind(Labelled):
    """What an indicator is: a number, a thing that is there or not, an activity, or nothing."""

    COUNT = "count", "počet"
    PRODUCT = "product", "výstup"
    ACTIVITY = "activity", "činnost"
    MISSING = "missing", "bez indikátoru"


class Direction(Labelled):
    """Which way the values of an indicator get better."""

    UP = "up", "růst"
    DOWN = "down", "pokles"


class LinkKind(StrEnum):
    """What an area is linked to."""

    STRATEGIC_GOAL = "strategic_goal"
    NATIONAL_GOAL = "national_goal"
    NATIONAL_MEASURE = "national_measure"
    CITY_AREA = "city_area"
