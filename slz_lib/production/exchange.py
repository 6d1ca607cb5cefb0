"""An evaluation as JSON for other programs; the same data give the same text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


def evaluation_json(evaluation: Evaluation) -> str:
    """Period, counts, judgements, criteria and claims.

    Days are ISO 8601, a missing value is ``null``, shares are fractions of 1; columns are described
    where the tables are made, in :class:`slz_lib.evaluation.Evaluation`.
    """
    period = evaluation.period
    content = {
        "period": {
            "id": period.id,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "as_of": period.as_of.isoformat(),
        },
        "counts": {
            "published": {str(code): int(n) for code, n in evaluation.counts.items()},
            "derived": {str(code): int(n) for code, n in evaluation.derived_counts.items()},
        },
        "judgements": records(evaluation.judgements),
        "criteria": records(evaluation.criteria),
        "claims": records(evaluation.claims),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of ``table`` with values that JSON knows."""
    days = table.select_dtypes("datetime").apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    plain = table.assign(**days).astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]
