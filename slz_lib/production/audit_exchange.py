"""An audit as JSON for other programs; the same data give the same text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from slz_lib.production.exchange import records

if TYPE_CHECKING:
    from slz_lib.evaluation.audit import Audit


def audit_json(audit: Audit) -> str:
    """Period, numbers of findings by kind, and the findings.

    Days are ISO 8601, a missing value is ``null``; columns are described where the tables are made,
    in :class:`slz_lib.evaluation.audit.Audit`.
    """
    period = audit.period
    content = {
        "period": {
            "id": period.id,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "as_of": period.as_of.isoformat(),
        },
        "kinds": records(audit.by_kind),
        "findings": records(audit.findings),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
