"""What evidence says and how far it reaches, who coded it, what the audit and reviewers ask."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary.labels import Labelled, labels


class EvidenceState(Labelled):
    """What a piece of evidence says of its criterion, best first."""

    DONE = "done", "trvale splněno"
    FULFILLED = "fulfilled", "plněno"
    PARTIAL = "partial", "plněno částečně"
    PREPARING = "preparing", "teprve se připravuje"
    NOT_DONE = "not_done", "neplněno"
    NOTHING_SUPPLIED = "nothing_supplied", "podklad nedodán"


#: What a criterion is when evidence contradicts itself and nobody decides; evidence is never so.
DISPUTED = "disputed"
STATE_LABELS = {**labels(EvidenceState), DISPUTED: "podklady si odporují"}


class Reach(StrEnum):
    """How far in the territory evidence reaches, widest first; :class:`Terms` has their words."""

    REGION = "region"
    NEARLY_ALL = "nearly_all"
    SOME = "some"
    UNKNOWN = "unknown"


#: How a reporter or a territory begins that is one municipality, and a reporter that is an
#: organisation which is no body of the data; and the reporter where words name nobody.
MUNICIPALITY, ORGANISATION, UNNAMED = "OBEC:", "ORG:", "NEUVEDEN"


class ReachBasis(StrEnum):
    """What a share of the territory is counted in; districts where there are no municipalities."""

    MUNICIPALITIES = "municipalities"
    POPULATION = "population"


class Coder(StrEnum):
    """Who coded the evidence of a period, the second blind to the first."""

    FIRST = "first"
    SECOND = "second"


class Settlement(Labelled):
    """How a difference of two codings was settled."""

    FIRST = "first", "první čtení"
    SECOND = "second", "druhé čtení"
    OWN = "own", "třetí čtení"
    REVISED = "revised", "pozdější oprava"


class CommentKind(Labelled):
    """How much a comment on a draft weighs; who refuses an essential one says why."""

    ESSENTIAL = "essential", "zásadní"
    RECOMMENDING = "recommending", "doporučující"


class Outcome(Labelled):
    """How a comment on a draft was settled."""

    ACCEPTED = "accepted", "akceptováno"
    IN_PART = "in_part", "akceptováno částečně"
    REFUSED = "refused", "neakceptováno"
    EXPLAINED = "explained", "vysvětleno"


class Severity(Labelled):
    """How much a finding of the audit weighs, worst first."""

    HIGH = "high", "vysoká"
    MEDIUM = "medium", "střední"
    LOW = "low", "nízká"


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


class ClaimQuantity(StrEnum):
    """What a claim of a published summary counts; shares are in per cent of the measures."""

    MEASURES = "measures"
    AREAS = "areas"
    COUNT = "count"
    SHARE = "share"
