"""Rules that hold between columns and between tables."""

from __future__ import annotations

from datetime import date

from slz_lib.dataset.agreement.columns import filling_faults
from slz_lib.dataset.agreement.evidence import evidence_faults
from slz_lib.dataset.agreement.periods import decision_faults, span_faults
from slz_lib.dataset.agreement.rules import rule_faults
from slz_lib.dataset.agreement.strategy import strategy_faults, term_faults
from slz_lib.dataset.cells import Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import reference_faults
from slz_lib.dataset.validity import at, validity_faults


def agreement_faults(tables: Tables) -> list[Fault]:
    """Faults of all rules between columns and between tables."""
    newest = at(tables, date.max)
    return [
        *strategy_faults(newest),
        *rule_faults(newest),
        *filling_faults(tables),
        *term_faults(tables["words"]),
        *span_faults(tables),
        *decision_faults(tables),
        *evidence_faults(tables),
        *validity_faults(tables),
    ]


def faults_at_once(tables: Tables) -> list[Fault]:
    """Faults of references and rules between tables of what holds at one time."""
    return [
        *reference_faults(tables),
        *strategy_faults(tables),
        *rule_faults(tables),
        *decision_faults(tables),
        *evidence_faults(tables),
    ]
