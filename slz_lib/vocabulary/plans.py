"""What a plan proposes for a measure, and why."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary.labels import Labelled


class Choice(Labelled):
    """What a plan can propose for a measure, in the order in which it is told."""

    CONTINUE = "continue", "pokračovat"
    FOLLOW_UP = "follow_up", "navázat"
    REFORMULATE = "reformulate", "přeformulovat"
    MERGE = "merge", "sloučit"
    HAND_OVER = "hand_over", "předat"
    END = "end", "ukončit"
    CLOSE = "close", "uzavřít"


class StepState(Labelled):
    """How a step of the plan has gone."""

    DONE = "done", "splněn"
    RUNNING = "running", "probíhá"
    NOT_BEGUN = "not_begun", "nezahájen"
    DROPPED = "dropped", "nebude se plnit"


class Decides(Labelled):
    """Whose a decision is, the nearest to the work first."""

    DEPARTMENT = "department", "gestor"
    COUNCIL = "council", "rada"
    ASSEMBLY = "assembly", "zastupitelstvo"


class CauseKind(StrEnum):
    """What a cause asks for.

    A measure has one main cause, any number of defects of its set-up, each with a step of its own,
    and circumstances that argue and have no step.
    """

    MAIN = "main"
    DEFECT = "defect"
    CIRCUMSTANCE = "circumstance"


class Cause(StrEnum):
    """Why a measure is not done for good; what each one asks is in ``slz_lib.planning.causes``.

    Labels, order, choices and steps of the causes are data (``data/rules/plan_causes.csv``).
    """

    MERGED = "merged"
    ANNOUNCED = "announced"
    DONE_BY_EVIDENCE = "done_by_evidence"
    WAITS_FOR_LAW = "waits_for_law"
    LAW_IN_FORCE = "law_in_force"
    DISPUTED = "disputed"
    NOTHING_SUPPLIED = "nothing_supplied"
    LEAD_DENIES = "lead_denies"
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
    LEAD_SILENT = "lead_silent"
    PARTLY_ENDED = "partly_ended"
    INDICATOR_UNMEASURED = "indicator_unmeasured"
    DEPENDS = "depends"
    MONEY = "money"
    STAFF = "staff"


class StepDetail(StrEnum):
    """What the template of a step may name of its measure, written ``$mista`` and so on."""

    UNFULFILLED = "nenaplneno"
    PLACES = "mista"
    LAW = "zakon"
    LAW_IN_FORCE = "ucinny"
    TARGET = "cil"
    CRITERIA = "kriteria"
    REACH = "dosah"
    MISSED = "chybi"
    ENDED = "skoncilo"
    ACTORS = "kdo"
    TAKER = "prevezme"
    LEAD = "gestor"
    DEADLINE = "termin"
