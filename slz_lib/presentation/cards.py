"""Measure cards: every measure as the published form has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.documents.model import Content, Fact, Inline, MeasureCard, Run
from slz_lib.language import no_breaks
from slz_lib.presentation.naming import deadlines, holders, measure_anchor
from slz_lib.presentation.tables.context import observation_terms, observation_values
from slz_lib.vocabulary import Role, Status

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


def _words(text: str) -> Inline:
    return (Run(text=no_breaks(text)),)


def _remark(derived: object, rule: object, *, agrees: bool) -> Inline:
    """The quiet line of a measure whose derived status differs."""
    if agrees:
        return ()
    if pd.isna(derived):
        return (Run(text="Stav nelze odvodit, podklady chybějí."),)
    return (Run(text=f"Z\u00a0podkladů vychází stav {Status(str(derived)).marked}: {rule}"),)


def _figures(evaluation: Evaluation) -> dict[str, tuple[Fact, ...]]:
    rows = evaluation.observations[evaluation.observations["measure_id"].notna()]
    terms, values = observation_terms(rows), observation_values(rows)
    facts: dict[str, tuple[Fact, ...]] = {}
    for measure, term, value in zip(rows["measure_id"], terms, values, strict=True):
        facts[measure] = (*facts.get(measure, ()), Fact(term=term, text=_words(value)))
    return facts


def measure_cards(evaluation: Evaluation, area: str | None = None) -> Content:
    """The cards of one area's measures, or of all, in the strategy's order.

    Args:
        evaluation: the judged period.
        area: id of an area (``I``); all areas when not given.
    """
    dataset = evaluation.dataset
    measures = dataset.measures if area is None else dataset.measures.query("area_id == @area")
    indexed = measures.set_index("id")
    judged = evaluation.judgements.set_index("measure_id").reindex(indexed.index)
    decided = evaluation.decisions.set_index("measure_id").reindex(indexed.index)
    rules = evaluation.rules.set_index("id")["wording"]
    leads = holders(dataset, Role.LEAD).reindex(indexed.index)
    cooperating = holders(dataset, Role.COOPERATING).reindex(indexed.index)
    worded = deadlines(measures).reindex(indexed.index)
    figures = _figures(evaluation)
    rows = pd.DataFrame(
        {
            "title": indexed["title"],
            "designation": indexed["designation"],
            "indicator": indexed["indicator"].fillna("není stanoven"),
            "deadline": worded,
            "lead": leads,
            "cooperating": cooperating,
            "status": judged["published"],
            "derived": judged["derived"],
            "rule": judged["rule_id"].map(rules),
            "agrees": judged["agrees"],
            "commentary": decided["commentary"],
        }
    )
    return Content(
        blocks=tuple(
            MeasureCard(
                anchor=measure_anchor(str(row.Index)),
                number=str(row.Index),
                title=row.title,
                designation=no_breaks(row.designation),
                status=None if pd.isna(row.status) else row.status,
                status_label="—" if pd.isna(row.status) else Status(row.status).marked,
                facts=(
                    Fact(term="Indikátor", text=_words(row.indicator)),
                    Fact(term="Termín", text=_words(row.deadline)),
                    Fact(term="Gestor", text=_words(row.lead)),
                    Fact(term="Spolupráce", text=_words(row.cooperating)),
                ),
                commentary=() if pd.isna(row.commentary) else (_words(row.commentary),),
                figures=figures.get(str(row.Index), ()),
                remark=_remark(row.derived, row.rule, agrees=bool(row.agrees)),
                trace=None if row.agrees else "tab-rozdily",
            )
            for row in rows.itertuples()
        )
    )
