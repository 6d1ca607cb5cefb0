"""Areas by the published status of their measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slz_lib.language import enumerate_words, of_number, of_whole, plural
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, arrange
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation


def areas_by_status(evaluation: Evaluation) -> Figure:
    """Stacked bars, one an area, in the strategy's order."""
    table = evaluation.by_area
    names = evaluation.dataset.areas.set_index("id")["short_name"].reindex(table.index)
    counts = phrases.rows_counts(table)
    labels = [Label(name, key=str(area)) for area, name in names.items()]
    arrangement = arrange([Group(labels)])
    spoken = phrases.listing(
        f"{label.key} {label.text} – {phrases.spoken_counts(numbers)}"
        for label, numbers in zip(labels, counts, strict=True)
    )
    caption = _finding(table)
    return framed(
        stacked(arrangement, counts),
        anchor="obr-okruhy",
        caption=caption,
        subtitle=phrases.unit_and_source(evaluation),
        alt=phrases.sentences(caption, f"Opatření v okruzích podle stavu: {spoken}"),
        table="tab-okruhy",
    )


def _finding(table: pd.DataFrame) -> str:
    """Where most measures are not fulfilled, and where none is."""
    unfulfilled = table[str(Status.NEPLNENO)]
    if not unfulfilled.sum():
        return f"Žádný {of_number(len(table))} okruhů nemá neplněné opatření"
    most = phrases.leaders(unfulfilled)
    if len(most) > phrases.NAMED_AT_MOST:
        stated = (
            f"Nejvíce neplněných opatření, {int(unfulfilled.max())}, má každý "
            f"{of_number(len(most))} okruhů"
        )
    else:
        verb = "má okruh" if len(most) == 1 else "mají okruhy"
        shares = [
            f"{area} ({of_whole(int(unfulfilled[area]), int(table['total'][area]))})"
            for area in most
        ]
        stated = f"Nejvíce neplněných opatření {verb} {enumerate_words(shares)}"
    without = [str(area) for area in table.index[unfulfilled.eq(0) & table["total"].gt(0)]]
    none = phrases.named(without, "okruh", "okruhy", "okruhů")
    verb = plural(len(without), "nemá", "nemají", "nemá")
    return f"{stated}; žádné {verb} {none}" if without else stated
