"""What many respondents of one body report, put together; organisations, municipalities, region.

One rule for every tier, the one by which evaluation weighs evidence of a criterion: it has the best
of the reported states, because one confirmation confirms it, and reaches as far as the places of
those who report that state. It is done for good only where all who confirm it say so. How much of
the territory the places make, evaluation counts, each place once whoever names it.
"""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.observations import each_place
from slz_lib.language import czech_sorted
from slz_lib.vocabulary import EvidenceState, Reach

#: What answers are put together by.
TOGETHER = ["body", "measure_id", "criterion"]
_PLACE = "první ze sloučených odpovědí; všechny jsou v\u00a0tabulce contributions"
_ORDER = [*TOGETHER, "reporter", "source_id", "source_place"]
_STATES, _REACHES = ([str(code) for code in codes] for codes in (EvidenceState, Reach))
#: Ranks of the states that confirm a criterion.
_CONFIRMING = _STATES.index(EvidenceState.FULFILLED)


def rolled_up(answers: pd.DataFrame) -> pd.DataFrame:
    """One row a body, measure and criterion; the order of the answers does not matter.

    Args:
        answers: columns ``body``, ``reporter``, ``measure_id``, ``criterion``, ``state``,
            ``reach``, ``places`` (joined by ``;``, NA where none), ``note``, ``source_id`` and
            ``source_place``, perhaps others; a row a respondent and criterion.

    Returns:
        The same columns, of a single answer as they are; of more, the reporter is the body, the
        note counts their states, the source is that of the first one, and the others are empty.
        ``answers`` (int) is how many were put together.
    """
    rows = answers.sort_values(_ORDER, kind="stable", ignore_index=True)
    rank = rows["state"].map(_STATES.index).astype("int64")
    best = rank.groupby([rows[key] for key in TOGETHER]).transform("min")
    supports = rank.eq(best) | (rank.le(_CONFIRMING) & best.le(_CONFIRMING))
    reach = rows["reach"].map(_REACHES.index).astype("int64")
    ranked = rows.assign(state=rank, reach=reach)
    groups = ranked[supports].groupby(TOGETHER)
    said = rows.groupby(TOGETHER)
    first = said.first()
    many = said.size().gt(1)
    table = pd.DataFrame(
        {
            "reporter": first["reporter"].mask(many, first.index.get_level_values("body")),
            "state": groups["state"].max().map(dict(enumerate(_STATES))),
            "reach": groups["reach"].min().map(dict(enumerate(_REACHES))),
            "places": _united(rows[supports]).reindex(first.index),
            "note": first["note"].mask(many, _counts(rows, supports)),
            "source_id": first["source_id"],
            "source_place": first["source_place"].mask(many, _PLACE),
        }
    ).astype("str")
    table = table.join(first[first.columns.difference(table.columns)].mask(many))
    return table.assign(answers=said.size()).reset_index()


def _united(rows: pd.DataFrame) -> pd.Series:
    """The places of the rows together, each once."""
    return (
        each_place(rows)
        .groupby(TOGETHER)["place"]
        .agg(lambda names: ";".join(czech_sorted(set(names))))
    )


def _counts(rows: pd.DataFrame, supports: pd.Series) -> pd.Series:
    """How many answers there are and how many support the state, without words of states."""
    counts = rows.assign(supports=supports).groupby(TOGETHER)["supports"].agg(["size", "sum"])
    told = counts.astype("str")
    return (
        "Sloučené odpovědi: celkem "
        + told["size"]
        + ", stav z\u00a0nich dokládá "
        + told["sum"]
        + "."
    )
