"""Why a measure has its derived status, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.audit.rows import standing_words
from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.evaluation.rules import reaches
from slz_lib.vocabulary import Reach, Status

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


def verdicts(evaluation: Evaluation) -> pd.Series:
    """What the evidence of each measure amounts to, which is why its derived status is what it is.

    Returns:
        Czech sentence by measure id.
    """
    judged = evaluation.judgements.set_index("measure_id")
    fulfilled = reaches(Status.PLNENO, "share_fulfilled", judged, evaluation.rule_set)
    cases = [
        (~judged["supplied"], "Podklad nebyl dodán."),
        (judged["derived"].eq(str(Status.SPLNENO)), "Všechna kritéria jsou trvale splněna."),
        (
            judged["derived"].eq(str(Status.PLNENO)),
            "Kritéria jsou plněna v celém nebo téměř celém kraji.",
        ),
        (
            judged["derived"].eq(str(Status.NEPLNENO)),
            "Kritéria se teprve připravují, nebo se neplní.",
        ),
        (
            fulfilled & judged["reach"].eq(REACH_RANK[Reach.UNKNOWN]),
            "Kritéria jsou plněna, jejich územní dosah však není znám.",
        ),
        (fulfilled, "Kritéria jsou plněna, ale jen v některých obcích."),
    ]
    sentences = pd.Series("Kritéria jsou plněna jen částečně.", index=judged.index)
    for holds, sentence in reversed(cases):
        sentences = sentences.mask(holds, sentence)
    return sentences


def reasons(evaluation: Evaluation) -> pd.Series:
    """Why each measure has its derived status: the standing and each criterion it rests on.

    Returns:
        Czech sentences by measure id.
    """
    criteria = evaluation.criteria
    worded = criteria["criterion"] + ": " + standing_words(criteria)
    listed = worded.groupby(criteria["measure_id"], sort=False).agg("; ".join)
    sentences = verdicts(evaluation)
    return (
        sentences
        + " "
        + listed.str[:1].str.upper().reindex(sentences.index)
        + listed.str[1:].reindex(sentences.index)
        + "."
    )
