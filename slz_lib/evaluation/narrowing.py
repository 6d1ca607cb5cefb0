"""A judged period narrowed to some of its measures, for editions that speak of a part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from slz_lib.dataset.schemas import TABLES

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.evaluation.evaluation import Evaluation

#: The column that names the measure, where it has another name.
_COLUMNS = {"measures": "id", "acknowledgements": "subject"}


def narrowed(evaluation: Evaluation, measures: Iterable[str]) -> Evaluation:
    """``evaluation`` as if the strategy had these measures alone; nothing is judged again.

    Every table that names a measure keeps the rows of these measures, in their order; areas,
    bodies, districts, goals and rules stay whole, so that names can be looked up. The claims of the
    published summary speak of all measures and are left out, and so is what was acknowledged of
    other subjects. The audit looks at a period as a whole: what it finds on some measures says
    :meth:`slz_lib.evaluation.audit.Audit.on_measures` of the whole period.

    Args:
        evaluation: the judged period.
        measures: ids of measures; ids that the period does not judge mean nothing.
    """
    kept = frozenset(measures)
    return replace(
        evaluation,
        dataset=_narrowed_dataset(evaluation.dataset, kept),
        claims=evaluation.claims.iloc[:0],
        judgements=_of_measures(evaluation.judgements, kept),
        criteria=_of_measures(evaluation.criteria, kept),
        decisions=_of_measures(evaluation.decisions, kept),
        evidence=_of_measures(evaluation.evidence, kept),
        observations=_of_measures(evaluation.observations, kept),
    )


def _narrowed_dataset(dataset: Dataset, kept: frozenset[str]) -> Dataset:
    narrowed_tables: dict[str, Any] = {}
    for table in TABLES:
        frame, column = dataset.table(table.name), _COLUMNS.get(table.name, "measure_id")
        if column in frame.columns:
            narrowed_tables[table.name] = _of_measures(frame, kept, column)
    return replace(dataset, **narrowed_tables)


def _of_measures(
    frame: pd.DataFrame, kept: frozenset[str], column: str = "measure_id"
) -> pd.DataFrame:
    return frame[frame[column].isin(kept)].reset_index(drop=True)
