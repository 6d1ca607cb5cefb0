"""A judged period narrowed to some of its measures, for editions that speak of a part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slz_lib.dataset.schemas import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.evaluation.evaluation import Evaluation

#: Tables of the evaluation that have a row or more a measure.
_JUDGED = ("judgements", "criteria", "decisions", "evidence", "observations")


def narrowed(evaluation: Evaluation, measures: Iterable[str]) -> Evaluation:
    """``evaluation`` as if the strategy had these measures alone; nothing is judged again.

    Every table that names a measure keeps the rows of these measures, in their order; areas,
    bodies, districts, goals and rules stay whole, so that names can be looked up. The claims of the
    published summary speak of all measures and are left out, and so is what was acknowledged of
    other subjects. The audit looks at a period as a whole: read the findings of some measures from
    that of the whole period.

    Args:
        evaluation: the judged period.
        measures: ids of measures; ids that the period does not judge mean nothing.
    """
    kept = set(measures)

    def of_measures(frame: pd.DataFrame, column: str = "measure_id") -> pd.DataFrame:
        return frame[frame[column].isin(kept)].reset_index(drop=True)

    whole = evaluation.dataset
    frames = {table.name: whole.table(table.name) for table in TABLES}
    tables: dict[str, Any] = {
        name: of_measures(table) for name, table in frames.items() if "measure_id" in table.columns
    }
    tables["measures"] = of_measures(whole.measures, "id")
    tables["acknowledgements"] = of_measures(whole.acknowledgements, "subject")
    judged: dict[str, Any] = {name: of_measures(getattr(evaluation, name)) for name in _JUDGED}
    return replace(
        evaluation,
        dataset=replace(whole, **tables),
        claims=evaluation.claims.iloc[:0],
        **judged,
    )
