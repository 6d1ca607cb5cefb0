"""An evaluation and an audit as JSON for other programs; the same data give the same text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from slz_lib.evaluation.reliability import reliability
from slz_lib.evaluation.summaries import totals

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation
    from slz_lib.evaluation.audit import Audit
    from slz_lib.vocabulary import Period


def evaluation_json(evaluation: Evaluation) -> str:
    """Period, rules, counts, judgements, criteria, claims, agreement and the trace of each measure.

    Days are ISO 8601, a missing value is ``null``, shares are fractions of 1 (but those of claims
    are in per cent, as published); columns are described where the tables are made, in
    :class:`slz_lib.evaluation.Evaluation`.
    """
    decisions = evaluation.decisions
    content = {
        "period": _period_record(evaluation.period),
        "rules": {
            "version": evaluation.rule_set.version,
            "rules": _records(evaluation.rule_set.rules),
            "conditions": _records(evaluation.rule_set.conditions),
            "reach_terms": _records(evaluation.rule_set.terms),
            "dispute_rules": _records(evaluation.rule_set.disputes),
        },
        "counts": {
            column: {
                str(code): int(number)
                for code, number in totals(evaluation.judgements, evaluation.scale, column).items()
            }
            for column in ("status", "published", "derived", "decided")
        },
        "judgements": _records(evaluation.judgements),
        "criteria": _records(evaluation.criteria),
        "decisions": _records(
            decisions.loc[decisions["decided"].notna(), ["measure_id", "decided", "reason", "role"]]
        ),
        "claims": _records(evaluation.claims),
        "codings": _records(reliability(evaluation).measures),
        "traces": _traces(evaluation),
    }
    return _json_text(content)


def audit_json(audit: Audit) -> str:
    """Period, numbers of findings by kind, and the findings.

    Days are ISO 8601, a missing value is ``null``; columns are described where the tables are made,
    in :class:`slz_lib.evaluation.audit.Audit`.
    """
    return _json_text(
        {
            "period": _period_record(audit.period),
            "kinds": _records(audit.by_kind),
            "findings": _records(audit.findings),
        }
    )


def _json_text(content: object) -> str:
    """``content`` as the text of a JSON file."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _period_record(period: Period) -> dict[str, str]:
    """A period with its days as ISO 8601."""
    return {
        "id": period.id,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "as_of": period.as_of.isoformat(),
    }


def _traces(evaluation: Evaluation) -> list[dict[str, Any]]:
    """For each measure what decided, what all rules asked, its evidence, what would move it.

    Evidence is named by id and line of the period's ``evidence.csv``.
    """
    trace = evaluation.trace
    columns = ["id", "row", "criterion", "state", "reach", "decisive", "source_id", "source_place"]
    parts = {
        "conditions": _by_measure(trace.conditions),
        "inputs": _by_measure(evaluation.evidence[["measure_id", *columns]]),
        "changes": _by_measure(trace.changes),
    }
    judged = evaluation.judgements[["measure_id", "derived", "rule_id"]]
    return [
        {
            **row,
            "file": f"periods/{evaluation.period.id}/evidence.csv",
            **{name: rows.get(row["measure_id"], []) for name, rows in parts.items()},
        }
        for row in _records(judged)
    ]


def _by_measure(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of ``table`` without the measure's id, by that id."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for record in _records(table):
        rows.setdefault(record.pop("measure_id"), []).append(record)
    return rows


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of ``table`` with values that JSON knows."""
    days = table.select_dtypes("datetime").apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    plain = table.assign(**days).astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]
