"""Statuses by area, by lead body and by deadline."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import format_date
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import (
    NO_LEAD,
    TOTAL,
    area_anchor,
    body_names,
    by_status,
)
from slz_lib.presentation.phrases import capitalised, marked
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import DeadlineKind, Scale


def status_columns(counts: pd.DataFrame, scale: Scale, *, summed: bool = False) -> list[Col]:
    """A column of counts for each status, of what has none if any, and their total."""
    codes = [*scale.codes, *([NO_STATUS] if counts[NO_STATUS].any() else [])]
    titles = {code: marked(code, scale) for code in codes} | {"total": TOTAL}
    return [
        Col(title, counts[code], total=counts[code].sum() if summed else None)
        for code, title in titles.items()
    ]


def area_column(evaluation: Evaluation, areas: pd.Index) -> Col:
    """A column of areas that lead to their chapters, which says what the last row sums up."""
    ids = areas.to_series().astype("str")
    names = ids + "\u2002" + evaluation.dataset.areas.set_index("id")["short_name"].reindex(ids)
    return Col(
        capitalised(str(evaluation.terms.area)),
        names,
        3,
        total=TOTAL,
        refs=ids.map(area_anchor),
    )


@telling_selection
def area_table(evaluation: Evaluation) -> Table:
    """Okruhy × stavy opatření."""
    counts = evaluation.by_area
    word = capitalised(evaluation.terms.area.form(1, plural=True))
    return table(
        [
            area_column(evaluation, counts.index),
            *status_columns(counts, evaluation.scale, summed=True),
        ],
        anchor="tab-okruhy",
        caption=f"{word} podle {by_status(evaluation)} opatření",
        sheet=word,
    )


@telling_selection
def lead_table(evaluation: Evaluation) -> Table:
    """Gestoři × stavy opatření."""
    counts = evaluation.by_lead
    short = body_names(evaluation.dataset).reindex(counts.index)
    full = evaluation.dataset.bodies.set_index("id")["name"].reindex(counts.index)
    shared = "Opatření s více gestory se počítá u každého z nich."
    return table(
        [
            Col("Gestor", short.fillna(NO_LEAD), 1.6),
            Col("Plný název", full.where(full.ne(short)), 2.6),
            *status_columns(counts, evaluation.scale),
        ],
        anchor="tab-gestori",
        caption=f"Gestoři podle {by_status(evaluation)} opatření",
        sheet="Gestoři",
        notes=[
            shared if evaluation.leads_share else "",
            "— znamená, že se název shoduje se zkratkou nebo ho podklady nerozvádějí.",
        ],
    )


@telling_selection
def deadline_table(evaluation: Evaluation) -> Table:
    """Termíny × stavy opatření."""
    counts = evaluation.by_deadline
    over = counts["deadline_day"] <= pd.Timestamp(evaluation.period.as_of)
    kind = counts["deadline_kind"]
    told = kind.eq(str(DeadlineKind.FIXED)) | (kind.eq(str(DeadlineKind.EVENT)) & over)
    return table(
        [
            Col("Termín", counts["deadline"], 2.4, total=TOTAL),
            Col("Uplynul", over.map({True: "ano", False: "ne"}).where(told), 1.2),
            *status_columns(counts, evaluation.scale, summed=True),
        ],
        anchor="tab-terminy",
        caption=f"Termíny podle {by_status(evaluation)} opatření",
        sheet="Termíny",
        notes=[
            f"Uplynutí se posuzuje ke dni {format_date(evaluation.period.as_of)}.",
            "— znamená, že se uplynutí neposuzuje: termín není pevný.",
        ],
    )
