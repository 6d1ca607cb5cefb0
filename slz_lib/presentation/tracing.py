"""A status in words: what decided, what others lacked, what would move it, why it differs."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.audit.rows import standing_words
from slz_lib.evaluation.criteria import ACTIVE, REACH_RANK, reach_words
from slz_lib.evaluation.disputes import LEAD, told
from slz_lib.evaluation.rules import prevails
from slz_lib.language import after, format_number, format_percent
from slz_lib.vocabulary import STATE_LABELS, CountsAs, Quantity, Reach, Terms, labels

_ACTIVE = {str(state) for state in ACTIVE}
_SHARES = "share_"
_FLAGS = {"deadline_fixed", "deadline_passed", "supplied"}

_OPERATORS = {"eq": "", "gt": "více než ", "ge": "aspoň ", "lt": "méně než ", "le": "nejvýše "}


def amounts(quantities: pd.Series, values: pd.Series, terms: Terms) -> pd.Series:
    """Values of the rules' quantities in words; a value that is not known reads *neznámo*.

    Args:
        quantities: codes of the quantities.
        values: their values (Float64), in the same order.
        terms: what the strategy calls its territory.
    """
    pairs = pd.DataFrame({"quantity": quantities, "value": values.astype("Float64")})
    distinct, reaches = pairs.drop_duplicates(), reach_words(terms)
    worded = distinct.assign(
        text=[
            _amount(str(quantity), value, reaches)
            for quantity, value in distinct.itertuples(index=False, name=None)
        ]
    )
    return pairs.merge(worded, on=["quantity", "value"], how="left").set_axis(quantities.index)[
        "text"
    ]


def _amount(quantity: str, value: float | None, reaches: dict[int, str]) -> str:
    if value is None or pd.isna(value):
        return "neznámo"
    if quantity == "reach":
        return reaches.get(int(value), format_number(value))
    if quantity in _FLAGS:
        return "ano" if value else "ne"
    if quantity.startswith(_SHARES):
        return format_percent(value, 0)
    return format_number(value)


def asked(conditions: pd.DataFrame, terms: Terms) -> pd.Series:
    """What each condition asks, in words: *dosah aspoň téměř celý kraj*.

    Args:
        conditions: columns ``quantity``, ``operator``, ``value``.
        terms: what the strategy calls its territory.
    """
    limit = amounts(conditions["quantity"], conditions["value"], terms)
    name = conditions["quantity"].map(labels(Quantity))
    joint = pd.Series(" ", index=conditions.index).mask(conditions["quantity"].isin(_FLAGS), ": ")
    shares = conditions["quantity"].str.startswith(_SHARES)
    whole = pd.Series("", index=conditions.index).mask(shares, "\u00a0kritérií")
    # More than the whole cannot be, so nobody says at least the whole.
    full = shares & conditions["operator"].eq("ge") & conditions["value"].astype("Float64").ge(1)
    bound = conditions["operator"].map(_OPERATORS).mask(full.astype("bool"), "")
    return name + joint + bound + limit + whole


def criterion_words(state: pd.Series, reach: pd.Series, terms: Terms) -> pd.Series:
    """State and reach of criteria in words; an inactive state has no reach.

    Args:
        state: codes of evidence states.
        reach: ranks of reach (int).
        terms: what the strategy calls its territory.
    """
    named = {**reach_words(terms), REACH_RANK[Reach.UNKNOWN]: "neznámý dosah"}
    suffix = (", " + reach.map(named)).where(state.isin(_ACTIVE), "")
    return state.map(STATE_LABELS) + suffix


def deciding(evaluation: Evaluation) -> pd.Series:
    """The rule that decided each measure, and the evidence that its criteria rest on.

    Returns:
        Czech words by measure id: the rule, numbers of the evidence, lines of its file.
    """
    judged = evaluation.judgements.set_index("measure_id")
    decisive = evaluation.evidence[evaluation.evidence["decisive"]]
    by_measure = decisive.groupby("measure_id")
    named = by_measure["id"].agg(_ids) + " (ř.\u00a0" + by_measure["row"].agg(_spans) + ")"
    named = named.reindex(judged.index)
    criteria = evaluation.criteria
    led = judged.index.isin(criteria.loc[criteria["dispute"].eq(LEAD), "measure_id"])
    words = judged["rule_id"] + ": " + named
    words = words.mask(led, words + "; podklady si odporují, platí slovo gestora")
    unsure = "podklady si odporují, nelze určit: " + named
    words = words.fillna(unsure.where(judged["disputed"].gt(0)))
    dropped = judged["status"].isin(evaluation.scale.that(CountsAs.DROPPED))
    words = words.mask(dropped, "zrušeno, stav se neodvozuje")
    return words.fillna("bez podkladu nelze odvodit")


def disputes(evaluation: Evaluation) -> pd.Series:
    """Evidence that contradicts itself, and what follows of it: Czech sentences by measure id."""
    words = told(evaluation)
    sentences: pd.Series = "Podklady si odporují (" + words["claim"] + "). " + words["outcome"]
    return sentences


def _ids(ids: pd.Series) -> str:
    """Ids of one measure's evidence, the measure said once: *I.2-1, -2, -3*."""
    first, *others = ids
    return ", ".join([first, *(str(other)[str(other).rindex("-") :] for other in others)])


def _spans(lines: pd.Series) -> str:
    """Numbers of lines, neighbours as a span: *4 až 6, 9*."""
    spans: list[list[int]] = []
    for line in map(int, lines):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(
        f"{a}\u00a0až\u00a0{b}" if b - a > 1 else ", ".join(map(str, range(a, b + 1)))
        for a, b in spans
    )


def lacking(evaluation: Evaluation) -> pd.Series:
    """What kept the nearest better status from being derived, by measure id.

    Returns:
        Czech words: status, what its rule asks, in brackets what was found; missing where no
        status is better. The conditions of all rules are in ``evaluation.trace.conditions``.
    """
    table = evaluation.trace.lacking
    rank = table["rule_status"].map(evaluation.scale.ranks)
    table = table[rank.eq(rank.groupby(table["measure_id"]).transform("max"))]
    named = pd.Series("", index=table.index).mask(table["quantity"].isin(_FLAGS), "zjištěno: ")
    terms = evaluation.terms
    found = amounts(table["quantity"], table["actual"], terms)
    part = asked(table, terms) + " (" + named + found + ")"
    measures = table["measure_id"]
    status = table["rule_status"].map(evaluation.scale.marked).groupby(measures, sort=False).first()
    return status + ": " + part.groupby(measures, sort=False).agg("; ".join) + "."


def changes(evaluation: Evaluation) -> pd.DataFrame:
    """The smallest change up and down of each measure, in words.

    Returns:
        Index measure id; ``up`` and ``down`` (Czech words: status, criterion, how it stands and how
        it would have to stand; NA where no evidence moves the measure).
    """
    table, terms = evaluation.trace.changes, evaluation.terms
    # A state that reaches nowhere has none to be told.
    same_reach = table["from_reach"].eq(table["to_reach"]) | ~table["to_state"].isin(_ACTIVE)
    before, after = (
        table[f"{side}_state"]
        .map(STATE_LABELS)
        .where(same_reach, criterion_words(table[f"{side}_state"], table[f"{side}_reach"], terms))
        for side in ("from", "to")
    )
    part = "„" + table["criterion"] + "“: " + before + " → " + after
    parts = table.assign(status=table["status"].map(evaluation.scale.marked), part=part)
    joined = parts.groupby(["measure_id", "direction", "status"], sort=False)["part"].agg("; ".join)
    worded = joined.reset_index()
    worded["text"] = worded["status"] + ": " + worded["part"] + "."
    order = evaluation.judgements["measure_id"]
    return pd.DataFrame(
        {
            direction: worded[worded["direction"] == direction]
            .set_index("measure_id")["text"]
            .reindex(order)
            for direction in ("up", "down")
        }
    )


def verdicts(evaluation: Evaluation) -> pd.Series:
    """What the evidence of each measure amounts to, which is why its derived status is what it is.

    Returns:
        Czech sentence by measure id.
    """
    judged = evaluation.judgements.set_index("measure_id")
    fulfilled, wide = prevails(judged, evaluation.rule_set)
    scale = evaluation.scale
    done = judged["derived"].isin(scale.that(CountsAs.DONE)) & judged["share_done"].eq(1)
    # Where the scale has no step between, what runs in part is not fulfilled all the same.
    mostly = judged["share_active"].ge(0.5).fillna(value=False)
    territory, unit = evaluation.terms.territory, evaluation.terms.unit
    everywhere = f"v\u00a0{territory.agreeing('celý', 6)} nebo téměř {territory.form(6, 'celý')}"
    somewhere = after("v", unit.form(6, "některý", plural=True))
    one, all_ = judged["criteria"].eq(1), judged["share_fulfilled"].eq(1).fillna(value=False)
    preparing = judged["share_preparing"]

    def of(single: str, several: str) -> pd.Series:
        return pd.Series(several, index=judged.index).mask(one, single)

    are = of("Kritérium je plněno", "Kritéria jsou plněna")
    most = judged["share_fulfilled"].gt(0.5).map({True: "Většina", False: "Část"})
    fulfilled_are = are.where(one | all_, most + " kritérií je plněna")
    waits = of("Kritérium se teprve připravuje", "Kritéria se teprve připravují")
    idle = of("Kritérium se neplní", "Kritéria se neplní")
    neither = waits + ", nebo se neplní"
    neither = neither.mask(preparing.eq(1), waits).mask(preparing.eq(0), idle)
    cases: list[tuple[pd.Series, pd.Series | str]] = [
        (
            judged["derived"].isna() & judged["disputed"].gt(0),
            "Podklady si odporují a stav z nich určit nelze",
        ),
        (judged["silent"], "Podklad nebyl dodán"),
        (~judged["supplied"], "Opatření zatím není posouzeno"),
        (
            done.fillna(value=False).astype(bool),
            of("Kritérium je trvale splněno", "Všechna kritéria jsou trvale splněna"),
        ),
        (
            fulfilled & wide & judged["reach"].ge(REACH_RANK[Reach.NEARLY_ALL]),
            fulfilled_are + f" {everywhere}",
        ),
        (fulfilled & wide, fulfilled_are),
        (judged["derived"].isin(scale.that(CountsAs.NOT)) & ~mostly, neither),
        (
            fulfilled & judged["reach"].eq(REACH_RANK[Reach.UNKNOWN]),
            fulfilled_are + ", územní dosah však není znám",
        ),
        (fulfilled, fulfilled_are + f", ale jen {somewhere}"),
    ]
    sentences = are + " jen částečně"
    for holds, sentence in reversed(cases):
        sentences = sentences.mask(holds, sentence)
    return sentences + "."


def reasons(evaluation: Evaluation) -> pd.Series:
    """Why each measure has its derived status: the standing and each criterion it rests on.

    Returns:
        Czech sentences by measure id.
    """
    criteria = evaluation.criteria
    worded = criteria["criterion"] + ": " + standing_words(criteria, evaluation.terms)
    listed = worded.groupby(criteria["measure_id"], sort=False).agg("; ".join)
    sentences = verdicts(evaluation)
    return (
        sentences
        + " "
        + listed.str[:1].str.upper().reindex(sentences.index)
        + listed.str[1:].reindex(sentences.index)
        + "."
    )
