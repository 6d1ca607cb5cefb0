"""Which measures there are, and how each of them stands: what a list of measures tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.evaluation.evaluation import Evaluation


def measures_of_area(evaluation: Evaluation, area: str) -> list[str]:
    """Ids of an area's measures, in the strategy's order."""
    judged = evaluation.judgements
    return judged.loc[judged["area_id"].eq(area), "measure_id"].tolist()


def standings(evaluation: Evaluation) -> pd.DataFrame:
    """How each measure is called, when it is due and how it stands.

    Returns:
        In the strategy's order: ``id``, ``title``, ``status`` (code of the status that stands, NA
        where there is none), ``deadline_kind``, ``deadline_month``, ``deadline_event`` (as in the
        data).
    """
    judged = evaluation.judgements.set_index("measure_id")
    columns = ["title", "deadline_kind", "deadline_month", "deadline_event"]
    table = evaluation.dataset.measures.set_index("id")[columns].reindex(judged.index)
    table.insert(1, "status", judged["status"])
    return table.rename_axis("id").reset_index()
