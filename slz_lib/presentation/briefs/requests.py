"""What is asked next of each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


def requests(evaluation: Evaluation) -> pd.Series:
    """What each measure needs somebody to do, joined by a semicolon.

    Returns:
        Czech text by measure id (str); NA where nothing is asked.
    """
    judged = evaluation.judgements.set_index("measure_id")
    without = evaluation.dataset.measures.set_index("id")["indicator"].isna()
    asked = {
        "určit gestora nebo útvar": judged["lead_missing"],
        "dodat podklad": ~judged["supplied"],
        "navrhnout nový termín": judged["overdue"],
        "doplnit indikátor": without.reindex(judged.index),
        "posoudit stav": ~judged["agrees"],
    }
    texts = pd.Series("", index=judged.index, dtype="str")
    for words, holds in asked.items():
        texts = texts + holds.astype(bool).map({True: f"; {words}", False: ""})
    texts = texts.str.removeprefix("; ")
    return texts.where(texts.ne(""))
