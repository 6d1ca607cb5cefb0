"""Findings of a period's audit on some of its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.evaluation.evaluation import Evaluation


def findings_on(evaluation: Evaluation, measures: list[str]) -> pd.DataFrame:
    """The findings on these measures, in the audit's order.

    Args:
        evaluation: the judged period, which is audited as a whole.
        measures: ids of measures.

    Returns:
        ``check``, ``severity``, ``label``, ``measure_id``, ``explanation``, see
        :class:`slz_lib.evaluation.audit.Audit`.
    """
    found = evaluation.audit.findings
    columns = ["check", "severity", "label", "measure_id", "explanation"]
    return found.loc[found["measure_id"].isin(measures), columns].reset_index(drop=True)
