"""Rules that hold between columns and between tables."""

from __future__ import annotations

from collections.abc import Mapping

from slz_lib.dataset.agreement.circles import circle_faults
from slz_lib.dataset.agreement.periods import period_faults
from slz_lib.dataset.agreement.rules import rule_faults
from slz_lib.dataset.agreement.scale import scale_faults
from slz_lib.dataset.agreement.spans import merge_faults, span_faults
from slz_lib.dataset.agreement.strategy import strategy_faults
from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault


def agreement_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults of all rules between columns and between tables."""
    return [
        *strategy_faults(tables),
        *circle_faults(tables),
        *rule_faults(tables),
        *scale_faults(tables["statuses"]),
        *span_faults(tables),
        *period_faults(tables),
        *merge_faults(tables["merges"]),
    ]
