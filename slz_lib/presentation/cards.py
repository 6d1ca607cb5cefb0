"""Measure cards: every measure as the published form has it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.nearest import require_known
from slz_lib.documents.model import Content, Fact, Inline, MeasureCard
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import no_breaks
from slz_lib.presentation import phrases
from slz_lib.presentation.cells import mark
from slz_lib.presentation.framing import fact, words
from slz_lib.presentation.naming import (
    holders,
    measure_anchor,
    observation_terms,
    observation_values,
    reporter_names,
    worded_deadlines,
)
from slz_lib.presentation.tracing import disputes, verdicts
from slz_lib.vocabulary import EvidenceState, Role, Step

#: What every card tells, by the column of its row.
_FACTS = {
    "indicator": "Indikátor",
    "deadline": "Termín",
    "lead": "Gestor",
    "cooperating": "Spolupráce",
}


def _remark(
    status: Step | None, derived: Step | None, verdict: str, dispute: str | None, *, differs: bool
) -> Inline:
    """The quiet line of a measure whose evidence leads elsewhere, to nothing, or to a dispute."""
    told = []
    if derived is None and dispute:
        told = ["Z podkladů nelze stav určit."]
    elif not differs:
        told = [] if status else ["Opatření zatím není posouzeno."]
    elif derived is None:
        told = ["Stav nelze odvodit, podklady chybějí."]
    else:
        told = [f"Z podkladů vychází stav {derived.marked}. {verdict}"]
    said = " ".join([*told, dispute] if dispute else told)
    return words(said) if said else ()


def _figures(evaluation: Evaluation) -> dict[Hashable, tuple[Fact, ...]]:
    rows = evaluation.observations[evaluation.observations["measure_id"].notna()]
    terms = observation_terms(rows)
    values = observation_values(rows, evaluation.dataset.units)
    facts = pd.Series([*map(fact, terms, values)], index=rows.index, dtype="object")
    return facts.groupby(rows["measure_id"], sort=False).agg(tuple).to_dict()


def _notes(evaluation: Evaluation) -> pd.Series:
    """What the evidence of each measure says and who says so: a tuple of paragraphs (by id)."""
    rows = evaluation.evidence[evaluation.evidence["note"].notna()]
    rows = rows[rows["state"].ne(str(EvidenceState.NOTHING_SUPPLIED))]
    who = reporter_names(evaluation, rows["reporter"])
    said = (who.str[:1].str.upper() + who.str[1:] + ": ").fillna("") + rows["note"]
    said = said.str.replace(r"(?<![.?!])$", ".", regex=True)
    rows = rows.assign(said=said).drop_duplicates(["measure_id", "said"])
    return rows["said"].map(words).groupby(rows["measure_id"], sort=False).agg(tuple)


def measure_cards(evaluation: Evaluation, area: str | None = None) -> Content:
    """Karty opatření jednoho okruhu, nebo všech, v pořadí strategie.

    Args:
        evaluation: the judged period.
        area: id of an area (``I``); all areas when not given.

    Raises:
        ParameterError: there is no such area.
    """
    dataset = evaluation.dataset
    if area is not None:
        require_known(f"{dataset.terms.area}".capitalize(), area, list(dataset.areas["id"]))
    measures = dataset.measures
    chosen = measures if area is None else measures[measures["area_id"] == area]
    return Content(blocks=tuple(_cards(evaluation, chosen)))


def cards_by_area(evaluation: Evaluation) -> dict[str, Content]:
    """The cards of every area's measures by area id; everything is looked up once."""
    dataset = evaluation.dataset
    cards = pd.Series(_cards(evaluation, dataset.measures), dtype="object")
    of_area = dataset.measures["area_id"].to_numpy()
    return {area: Content(blocks=tuple(cards[of_area == area])) for area in dataset.areas["id"]}


def _cards(evaluation: Evaluation, measures: pd.DataFrame) -> list[MeasureCard]:
    dataset = evaluation.dataset
    indexed = measures.set_index("id")
    judged = evaluation.judgements.set_index("measure_id").reindex(indexed.index)
    decided = evaluation.decisions.set_index("measure_id").reindex(indexed.index)
    leads = holders(dataset, Role.LEAD).reindex(indexed.index)
    cooperating = holders(dataset, Role.COOPERATING).reindex(indexed.index)
    if not dataset.measure_bodies["role"].eq(str(Role.COOPERATING)).any():
        # A strategy that knows no co-operation leaves none undetermined.
        cooperating[:] = ""
    worded = worded_deadlines(measures).reindex(indexed.index)
    figures = _figures(evaluation)
    scale = evaluation.scale
    steps = {step.code: step for step in scale}
    labels = {code: phrases.marked(code, scale) for code in (*steps, NO_STATUS)}
    rows = pd.DataFrame(
        {
            "number": indexed.index,
            "title": indexed["title"],
            "designation": _worded(dataset, indexed),
            "indicator": indexed["indicator"].fillna("není stanoven"),
            "deadline": worded,
            "lead": leads,
            "cooperating": cooperating,
            "status": judged["status"].map(steps),
            "label": judged["status"].fillna(NO_STATUS).map(labels),
            "derived": judged["derived"].map(steps),
            "verdict": verdicts(evaluation).reindex(indexed.index),
            "differs": judged["differs"],
            "commentary": decided["commentary"].map(lambda text: (words(text),), "ignore"),
            "notes": _notes(evaluation).reindex(indexed.index),
            "dispute": disputes(evaluation).reindex(indexed.index),
        }
    ).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return [_card(record, figures.get(record["number"], ())) for record in records]


def _worded(dataset: Dataset, measures: pd.DataFrame) -> pd.Series:
    """The official wordings, after the clause that they continue where they do not stand alone."""
    clauses = measures["area_id"].map(dataset.areas.set_index("id")["clause"])
    return (clauses + " " + measures["designation"]).fillna(measures["designation"])


def _card(record: Mapping[Hashable, Any], figures: tuple[Fact, ...]) -> MeasureCard:
    """One card from a measure's row; a missing value is ``None``."""
    status = record["status"]
    return MeasureCard(
        anchor=measure_anchor(record["number"]),
        number=record["number"],
        title=record["title"],
        designation=no_breaks(record["designation"]),
        status=mark(status) if status else None,
        status_label=record["label"],
        facts=tuple(fact(term, record[name]) for name, term in _FACTS.items() if record[name]),
        commentary=record["commentary"] or record["notes"] or (),
        figures=figures,
        remark=_remark(
            status,
            record["derived"],
            record["verdict"],
            record["dispute"],
            differs=record["differs"],
        ),
        trace="tab-rozdily" if record["differs"] else None,
    )
