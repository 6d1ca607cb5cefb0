"""Measure cards: every measure as the published form has it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

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


def _remark(derived: str | None, rule: str | None, *, agrees: bool) -> Inline:
    """The quiet line of a measure whose derived status differs."""
    if agrees:
        return ()
    if derived is None:
        return (Run(text="Stav nelze odvodit, podklady chybějí."),)
    return (Run(text=f"Z\u00a0podkladů vychází stav {Status(derived).marked}: {rule}"),)


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
            "number": indexed.index,
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
    ).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return Content(
        blocks=tuple(_card(record, figures.get(record["number"], ())) for record in records)
    )


def _card(record: Mapping[Hashable, Any], figures: tuple[Fact, ...]) -> MeasureCard:
    """One card from a measure's row; a missing value is ``None``."""
    status = record["status"]
    return MeasureCard(
        anchor=measure_anchor(record["number"]),
        number=record["number"],
        title=record["title"],
        designation=no_breaks(record["designation"]),
        status=status,
        status_label=Status(status).marked if status else "—",
        facts=(
            Fact(term="Indikátor", text=_words(record["indicator"])),
            Fact(term="Termín", text=_words(record["deadline"])),
            Fact(term="Gestor", text=_words(record["lead"])),
            Fact(term="Spolupráce", text=_words(record["cooperating"])),
        ),
        commentary=(_words(record["commentary"]),) if record["commentary"] else (),
        figures=figures,
        remark=_remark(record["derived"], record["rule"], agrees=record["agrees"]),
        trace=None if record["agrees"] else "tab-rozdily",
    )
