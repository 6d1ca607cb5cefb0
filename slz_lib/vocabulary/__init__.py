"""The domain's words as frozen values: statuses, roles, deadlines, causes, decisions, periods.

Labels and signs are what a reader sees, in Czech; codes are what the tables hold.
"""

from slz_lib.vocabulary.evidence import (
    DISPUTED,
    MUNICIPALITY,
    ORGANISATION,
    STATE_LABELS,
    UNNAMED,
    AuditCheck,
    ClaimQuantity,
    Coder,
    CommentKind,
    EvidenceState,
    Outcome,
    Reach,
    ReachBasis,
    Settlement,
    Severity,
)
from slz_lib.vocabulary.labels import Labelled, labels, named_safely
from slz_lib.vocabulary.periods import DAY, YEAR, Period, parse_day, years
from slz_lib.vocabulary.plans import Cause, CauseKind, Choice, Decides, StepDetail, StepState
from slz_lib.vocabulary.statuses import SIGNS, CountsAs, Quantity, Scale, Step
from slz_lib.vocabulary.strategy import (
    Assignment,
    Deadline,
    DeadlineKind,
    Direction,
    Gender,
    IndicatorKind,
    Role,
)
from slz_lib.vocabulary.terms import COUNTED, TERMS, Terms, nouns

__all__ = [
    "COUNTED",
    "DAY",
    "DISPUTED",
    "MUNICIPALITY",
    "ORGANISATION",
    "SIGNS",
    "STATE_LABELS",
    "TERMS",
    "UNNAMED",
    "YEAR",
    "Assignment",
    "AuditCheck",
    "Cause",
    "CauseKind",
    "Choice",
    "ClaimQuantity",
    "Coder",
    "CommentKind",
    "CountsAs",
    "Deadline",
    "DeadlineKind",
    "Decides",
    "Direction",
    "EvidenceState",
    "Gender",
    "IndicatorKind",
    "Labelled",
    "Outcome",
    "Period",
    "Quantity",
    "Reach",
    "ReachBasis",
    "Role",
    "Scale",
    "Settlement",
    "Severity",
    "Step",
    "StepDetail",
    "StepState",
    "Terms",
    "labels",
    "named_safely",
    "nouns",
    "parse_day",
    "years",
]
