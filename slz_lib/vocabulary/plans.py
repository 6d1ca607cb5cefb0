"""What a plan proposes for a measure, and why."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary.labels import Labelled


class Decision(Labelled):
    """What a plan can propose for a measure, in the order in which it is told."""

    CONTINUE = "continue", "pokračovat"
    REFORMULATE = "reformulate", "přeformulovat"
    MERGE = "merge", "sloučit"
    CLOSE = "close", "uzavřít"


class StepState(Labelled):
    """How a step of the plan has gone."""

    DONE = "done", "splněn"
    RUNNING = "running", "probíhá"
    NOT_BEGUN = "not_begun", "nezahájen"
    DROPPED = "dropped", "nebude se plnit"


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
    LAW_IN_FORCE = "law_in_force"
    DISPUTED = "disputed"
    NOTHING_SUPPLIED = "nothing_supplied"
    NOT_DONE = "not_done"
    ONLY_PREPARING = "only_preparing"
    ENDED = "ended"
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
    LAW_IN_FORCE = "ucinny"
    TARGET = "cil"
