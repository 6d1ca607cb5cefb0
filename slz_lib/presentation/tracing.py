"""The trace of a status in words: what decided, what others lacked, what would move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.language import format_number, format_percent
from slz_lib.vocabulary import EvidenceState, Reach, Status

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

_STATES = {str(state): state.label for state in EvidenceState}
_REACHES = {rank: reach.label for reach, rank in REACH_RANK.items()}
_ACTIVE = {str(state) for state in (EvidenceState.DONE, EvidenceState.FULFILLED)} | {
    str(EvidenceState.PARTIAL)
}
_SHARES = "share_"
_FLAGS = {"deadline_fixed", "deadline_passed", "supplied"}

#: The quantities of the rules, as a reader knows them.
QUANTITIES = {
    "criteria": "počet kritérií",
    "share_done": "podíl trvale splněných kritérií",
    "share_fulfilled": "podíl plněných kritérií",
    "share_active": "podíl kritérií plněných aspoň zčásti",
    "share_preparing": "podíl připravovaných kritérií",
    "supplied": "podklad dodán",
    "reach": "územní dosah",
    "deadline_fixed": "pevný termín",
    "deadline_passed": "termín uplynul",
}
_OPERATORS = {"eq": "", "gt": "více než ", "ge": "aspoň ", "lt": "méně než ", "le": "nejvýše "}


def amounts(quantities: pd.Series, values: pd.Series) -> pd.Series:
    """Values of the rules' quantities in words; a value that is not known reads *neznámo*.

    Args:
        quantities: codes of the quantities.
        values: their values (Float64), in the same order.
    """
    pairs = pd.DataFrame({"quantity": quantities, "value": values.astype("Float64")})
    distinct = pairs.drop_duplicates()
    worded = distinct.assign(
        text=[_amount(*row) for row in distinct.itertuples(index=False, name=None)]
    )
    return pairs.merge(worded, on=["quantity", "value"], how="left").set_axis(quantities.index)[
        "text"
    ]


def _amount(quantity: str, value: float | None) -> str:
    if value is None or pd.isna(value):
        return "neznámo"
    if quantity == "reach":
        return _REACHES.get(int(value), format_number(value))
    if quantity in _FLAGS:
        return "ano" if value else "ne"
    return format_percent(value, 0) if quantity.startswith(_SHARES) else format_number(value)


def asked(conditions: pd.DataFrame) -> pd.Series:
    """What each condition asks, in words: *územní dosah: aspoň téměř celý kraj*.

    Args:
        conditions: columns ``quantity``, ``operator``, ``value``.
    """
    limit = amounts(conditions["quantity"], conditions["value"])
    name = conditions["quantity"].map(QUANTITIES)
    return name + ": " + conditions["operator"].map(_OPERATORS) + limit


def standing_words(state: pd.Series, reach: pd.Series) -> pd.Series:
    """State and reach of criteria in words; an inactive state has no reach.

    Args:
        state: codes of evidence states.
        reach: ranks of reach (int).
    """
    named = {**_REACHES, REACH_RANK[Reach.UNKNOWN]: "neznámý dosah"}
    suffix = (", " + reach.map(named)).where(state.isin(_ACTIVE), "")
    return state.map(_STATES) + suffix


def deciding(evaluation: Evaluation) -> pd.Series:
    """The rule that decided each measure, and the evidence that its criteria rest on.

    Returns:
        Czech sentences by measure id.
    """
    judged = evaluation.judgements.set_index("measure_id")
    decisive = evaluation.evidence[evaluation.evidence["decisive"]]
    named = decisive["id"] + " (ř.\u00a0" + decisive["row"].astype("str") + ")"
    inputs = named.groupby(decisive["measure_id"], sort=False).agg(", ".join)
    rule = "Pravidlo " + judged["rule_id"]
    return (rule + "; podklady " + inputs.reindex(judged.index) + ".").fillna(
        "Bez podkladu, stav nelze odvodit."
    )


def lacking(evaluation: Evaluation) -> pd.Series:
    """What kept rules of better statuses from deciding, by measure id; missing where nothing did.

    Returns:
        Czech sentences: status, condition, what was found instead.
    """
    table = evaluation.trace.lacking
    labels = {str(status): status.label for status in Status}
    part = asked(table) + " (je: " + amounts(table["quantity"], table["actual"]) + ")"
    parts = pd.DataFrame(
        {
            "measure_id": table["measure_id"],
            "status": table["rule_status"].map(labels),
            "part": part,
        }
    )
    by_status = parts.groupby(["measure_id", "status"], sort=False)["part"].agg("; ".join)
    sentences = by_status.reset_index()
    worded = sentences["status"] + " – " + sentences["part"] + "."
    return worded.groupby(sentences["measure_id"], sort=False).agg(" ".join)


def changes(evaluation: Evaluation) -> pd.DataFrame:
    """The smallest change up and down of each measure, in words.

    Returns:
        Index measure id; ``up`` and ``down`` (Czech sentences, NA where no evidence moves it).
    """
    table = evaluation.trace.changes
    labels = {str(status): status.marked for status in Status}
    before = standing_words(table["from_state"], table["from_reach"])
    after = standing_words(table["to_state"], table["to_reach"])
    part = "„" + table["criterion"] + "“: " + before + " → " + after
    parts = table.assign(status=table["status"].map(labels), part=part)
    keys = ["measure_id", "direction", "status"]
    joined = parts.groupby(keys, sort=False)["part"].agg("; ".join).reset_index()
    joined["text"] = joined["status"] + " – " + joined["part"] + "."
    order = evaluation.judgements["measure_id"]
    return pd.DataFrame(
        {
            direction: joined[joined["direction"] == direction]
            .set_index("measure_id")["text"]
            .reindex(order)
            for direction in ("up", "down")
        }
    )
