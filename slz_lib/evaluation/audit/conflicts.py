"""The audit of stated statuses against the evidence: of published ones, or else of decided ones.

A measure has at most one of the first five findings, the first that fits:

- *done only announced*: done, but its criteria are at best being prepared;
- *fulfilled in preparation*: running, but no criterion is fulfilled and something is being
  prepared, or nothing runs even in part;
- *unfulfilled with activity*: not fulfilled, but a criterion is fulfilled at least in part, for
  which the scale has a better step;
- *status without evidence*: better than not fulfilled, but nobody supplied anything;
- *status against commentary*: the rules derive another status from the evidence.

Beside them, *cells swapped*: status and commentary printed in each other's cell.
"""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation.audit.counts import stated_counts
from slz_lib.evaluation.audit.rows import criteria_words, either, joined, looked_up, rows, together
from slz_lib.evaluation.criteria import ACTIVE
from slz_lib.evaluation.disputes import told
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.rules import first_holding
from slz_lib.language import format_number, of_whole
from slz_lib.vocabulary import AuditCheck, CountsAs, EvidenceState, Scale


def status_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Findings on published statuses, see :mod:`slz_lib.evaluation.audit.rows`."""
    judged = _judged(evaluation)
    explained = [_explained(judged, check, evaluation.scale) for check in _EXPLAINED]
    return together([_swapped(evaluation), *explained])


def _judged(evaluation: JudgedPeriod) -> pd.DataFrame:
    """The judgements with what their findings tell.

    Returns:
        The judgements of measures with a stated status (``published`` holds it, decided as it may
        be; ``stated`` says which it is, in Czech), and ``place``, ``silent`` (bool: no
        commentary was supplied), ``criteria_words``; ids of evidence in all (``rows``), that the
        criteria rest on (``decisive``), of active and of preparing states, preparing or decisive
        (``prepared``); and ``conflict`` (the check that fits first, NA where none does).
    """
    evidence = evaluation.evidence
    states = evidence["state"]
    chosen = {
        "rows": pd.Series(data=True, index=evidence.index),
        "decisive": evidence["decisive"],
        "active": states.isin(ACTIVE),
        "preparing": states.eq(EvidenceState.PREPARING),
        "prepared": states.eq(EvidenceState.PREPARING) | evidence["decisive"],
    }
    ids = {
        name: joined(evidence.loc[mask, "id"], evidence.loc[mask, "measure_id"])
        for name, mask in chosen.items()
    }
    table = evaluation.judgements.set_index("measure_id")
    table = table.assign(
        stated=either(table["published"].notna(), "zveřejněný", "rozhodnutý"),
        published=table["published"].fillna(table["decided"]),
    )
    table = table[table["published"].notna()]
    stated = evaluation.decisions.set_index("measure_id").reindex(table.index)
    table = table.assign(
        # Where a decision stands is known; its record says only how it was laid out.
        place=stated["source_place"].where(table["stated"].eq("zveřejněný"), "rozhodnutí"),
        silent=~stated["commentary_supplied"].astype(bool),
        criteria_words=criteria_words(evaluation.criteria, evaluation.terms).reindex(table.index),
        **{name: values.reindex(table.index) for name, values in ids.items()},
    )
    return table.assign(conflict=_conflicts(table, evaluation.scale))


def _conflicts(judged: pd.DataFrame, scale: Scale) -> pd.Series:
    """Which of the five checks fits each measure; a measure without criteria has no shares."""
    published, derived = judged["published"], judged["derived"]
    fulfilled, active, preparing = (
        judged[f"share_{name}"].astype("float64") for name in ("fulfilled", "active", "preparing")
    )
    supplied = judged["supplied"]
    nothing_done = judged["preparing"].notna() & fulfilled.eq(0)
    done, running, partly, not_, dropped = (scale.that(meaning) for meaning in CountsAs)
    checks: dict[str, pd.Series] = {
        AuditCheck.DONE_ONLY_ANNOUNCED: published.isin(done) & active.eq(0) & preparing.gt(0),
        AuditCheck.FULFILLED_IN_PREPARATION: published.isin(running)
        & supplied
        & (nothing_done | active.eq(0)),
        AuditCheck.UNFULFILLED_WITH_ACTIVITY: published.isin(not_ if partly else []) & active.gt(0),
        AuditCheck.STATUS_WITHOUT_EVIDENCE: ~published.isin([*not_, *dropped]) & ~supplied,
        AuditCheck.STATUS_AGAINST_COMMENTARY: derived.notna() & published.ne(derived),
    }
    return first_holding(checks)


def _explained(judged: pd.DataFrame, check: AuditCheck, scale: Scale) -> pd.DataFrame:
    """Findings on statuses: the published one stands there, the derived one comes out."""
    found = judged[judged["conflict"].eq(check)]
    explained, evidence = _EXPLAINED[check]
    return rows(
        check,
        place=found["place"],
        claim=found["published"].map(scale.labels),
        recomputed=found["derived"].map(scale.labels),
        explanation=explained(found, scale),
        evidence=found[evidence],
    )


def _announced(found: pd.DataFrame, _: Scale) -> pd.Series:
    ahead = found["deadline_fixed"].eq(1) & found["deadline_passed"].eq(0)
    return (
        "Podklady dokládají jen přípravu, trvale splněno není žádné kritérium ("
        + found["criteria_words"]
        + ")."
        + either(
            ahead,
            " Termín opatření uplyne až po dni, k němuž se stavy uvádějí; "
            + found["stated"]
            + " stav tedy mohl počítat s tím, co má teprve přijít.",
        )
    )


def _in_preparation(found: pd.DataFrame, _: Scale) -> pd.Series:
    why = either(
        found["preparing"].notna(),
        "Podklady mluví o přípravě a plněno není žádné kritérium (",
        "Podle podkladů se žádné kritérium neplní ani zčásti (",
    )
    return why + found["criteria_words"] + ")."


def _active(found: pd.DataFrame, _: Scale) -> pd.Series:
    active = (found["share_active"].astype("float64") * found["criteria"]).round().astype("int64")
    shares = pd.Series(
        [
            f", a to u {of_whole(part, whole)}\u00a0kritérií" if whole > 1 else ""
            for part, whole in zip(active, found["criteria"], strict=True)
        ],
        index=found.index,
        dtype="str",
    )
    told = "Podklady dokládají, že se opatření plní aspoň zčásti" + shares
    return told + " (" + found["criteria_words"] + ")."


def _without_evidence(found: pd.DataFrame, scale: Scale) -> pd.Series:
    by_scale = found["derived"].isin(scale.that(CountsAs.NOT))
    label = found["derived"].map(scale.labels).astype("str").fillna("")
    return (
        "Podklad k opatření nikdo nedodal"
        + either(found["silent"], " a komentář je prázdný")
        + ". Oč se stav opírá, není známo"
        + either(by_scale, "; podle stupnice by měl být " + label)
        + "."
    )


def _against(found: pd.DataFrame, scale: Scale) -> pd.Series:
    worse = found["derived"].map(scale.ranks) > found["published"].map(scale.ranks)
    less = either(worse, "méně", "více")
    said = ", než říká " + found["stated"] + " stav (" + found["criteria_words"] + ")."
    return "Podklady dokládají " + less + said


#: How each check is explained, and the column of the evidence that it rests on.
_EXPLAINED = {
    AuditCheck.DONE_ONLY_ANNOUNCED: (_announced, "preparing"),
    AuditCheck.FULFILLED_IN_PREPARATION: (_in_preparation, "prepared"),
    AuditCheck.UNFULFILLED_WITH_ACTIVITY: (_active, "active"),
    AuditCheck.STATUS_WITHOUT_EVIDENCE: (_without_evidence, "rows"),
    AuditCheck.STATUS_AGAINST_COMMENTARY: (_against, "decisive"),
}


def _swapped(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Measures whose status and commentary stand in each other's cell."""
    decisions = evaluation.decisions.set_index("measure_id")
    swapped = decisions[decisions["cells_swapped"]]
    status, label = swapped["status"], swapped["status"].map(evaluation.scale.labels)
    whole = status.map(evaluation.judgements["published"].value_counts())
    read = whole - status.map(status.value_counts())
    known = status.notna()
    lost = (
        "Kdo stavy sčítá z buněk stavu, opatření přehlédne a ve stavu "
        + label
        + " mu vyjde "
        + read[known].map(format_number)
        + " místo "
        + whole[known].map(format_number)
        + " opatření"
    )
    counts = stated_counts(evaluation.claims, evaluation.scale).set_index("status")
    wrong = counts[counts["surplus"].ne(0)]
    explained = status.map(wrong["value"]).eq(read)
    claims = looked_up(status, wrong["id"])
    told = either(
        explained,
        "; právě tolik uvádí souhrn (" + claims + ").",
        "; rozdíl v údaji souhrnu (" + claims + ") to však nevysvětluje.",
    ).fillna(".")
    return rows(
        AuditCheck.CELLS_SWAPPED,
        place=swapped["source_place"],
        claim=("komentář v buňce stavu, stav " + label + " v buňce komentáře").fillna(
            "komentář v buňce stavu, stav v buňce komentáře"
        ),
        explanation=(lost + told).fillna("Kdo stavy čte z buněk stavu, opatření přehlédne."),
    )


def evidence_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Findings on evidence that contradicts itself, see :mod:`slz_lib.evaluation.audit.rows`."""
    disputes = told(evaluation)
    return rows(
        AuditCheck.EVIDENCE_DISAGREES,
        place=f"data/periods/{evaluation.period.id}/evidence.csv, řádky " + disputes["lines"],
        claim=disputes["claim"],
        explanation="Podklady si u\u00a0téhož kritéria odporují. " + disputes["outcome"],
        evidence=disputes["evidence"],
    )
