"""Rules that hold between columns and between tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from slz_lib.dataset.agreement.circles import circle_faults
from slz_lib.dataset.agreement.decisions import decision_faults
from slz_lib.dataset.agreement.filling import filling_faults
from slz_lib.dataset.agreement.periods import period_faults
from slz_lib.dataset.agreement.rules import rule_faults
from slz_lib.dataset.agreement.scale import scale_faults
from slz_lib.dataset.agreement.spans import merge_faults, proposal_faults, span_faults
from slz_lib.dataset.agreement.strategy import strategy_faults
from slz_lib.dataset.agreement.terms import term_faults
from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import reference_faults
from slz_lib.dataset.validity import at, validity_faults


def agreement_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults of all rules between columns and between tables."""
    return [
        *_fact_faults(at(tables, date.max)),
        *filling_faults(tables),
        *term_faults(tables["words"]),
        *scale_faults(tables["statuses"]),
        *span_faults(tables),
        *decision_faults(tables),
        *period_faults(tables),
        *merge_faults(tables["merges"]),
        *proposal_faults(tables["proposals"], tables["measures"]),
        *validity_faults(tables),
    ]


def faults_at_once(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults of references and rules between tables of what holds at one time."""
    of_periods = (*decision_faults(tables), *period_faults(tables))
    return [*reference_faults(tables), *_fact_faults(tables), *of_periods]


def _fact_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    return [*strategy_faults(tables), *circle_faults(tables), *rule_faults(tables)]
