"""An audit as JSON for other programs; the same data give the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slz_lib.production.exchange import json_text, period_record, records

if TYPE_CHECKING:
    from slz_lib.evaluation.audit import Audit


def audit_json(audit: Audit) -> str:
    """Period, numbers of findings by kind, and the findings.

    Days are ISO 8601, a missing value is ``null``; columns are described where the tables are made,
    in :class:`slz_lib.evaluation.audit.Audit`.
    """
    return json_text(
        {
            "period": period_record(audit.period),
            "kinds": records(audit.by_kind),
            "findings": records(audit.findings),
        }
    )
