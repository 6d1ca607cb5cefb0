"""Data and an evaluation as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from slz_lib.language import (
    counted,
    enumerate_words,
    format_number,
    format_percent,
    no_breaks,
    share,
)
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.dataset import Dataset
    from slz_lib.evaluation import Evaluation

_NONE = "bez podkladů"


def dataset_lines(dataset: Dataset) -> Iterator[str]:
    """What was read and found in order."""
    periods, horizons = (
        enumerate_words([str(label) for label in table["label"]])
        for table in (dataset.periods, dataset.horizons)
    )
    yield "Data jsou v\u00a0pořádku."
    yield no_breaks(
        f"Opatření: {format_number(dataset.measures['id'].nunique())} v {len(dataset.areas)} okruzích"
    )
    yield f"Vyhodnocená období: {periods}"
    yield f"Plánovací období: {horizons}"


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Counts of both statuses, measures where they differ, and the claims of the summary."""
    period = evaluation.period
    yield f"Vyhodnocení období {period.label}, stav k\u00a0{period.as_of_label}"
    yield ""
    yield from _aligned(_count_rows(evaluation), numbers=(1, 2, 3, 4))
    yield ""
    differences = evaluation.differences
    if differences.empty:
        yield "Odvozený stav se nikde neliší od zveřejněného."
    else:
        yield f"Odvozený stav se liší od zveřejněného ({counted(len(differences), 'opatreni')}):"
        yield from _aligned(_difference_rows(evaluation))
    yield ""
    if evaluation.claims.empty:
        yield "Souhrn zprávy neuvádí žádná ověřitelná tvrzení."
    else:
        yield "Tvrzení souhrnu přepočtená z tabulek:"
        yield from _aligned(_claim_rows(evaluation.claims), numbers=(2,))


def _count_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    yield ("Stav", "zveřejněno", "podíl", "odvozeno", "podíl")
    whole = len(evaluation.judgements)
    for status in Status:
        row = [status.marked]
        for counts in (evaluation.counts, evaluation.derived_counts):
            number = int(counts.get(str(status), 0))
            fraction = share(number, whole)
            row += [
                format_number(number),
                "—" if fraction is None else format_percent(fraction),
            ]
        yield tuple(row)
    unknown = int(evaluation.judgements["derived"].isna().sum())
    if unknown:
        yield (_NONE, "", "", format_number(unknown), "")
    yield ("celkem", format_number(whole), "", format_number(whole), "")


def _difference_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    titles = evaluation.dataset.measures.set_index("id")["title"]
    yield ("", "Opatření", "zveřejněno", "odvozeno", "")
    columns = ["measure_id", "published", "derived"]
    for measure, *statuses in evaluation.differences[columns].itertuples(index=False):
        yield ("", str(measure), *map(_label, statuses), str(titles[measure]))


def _claim_rows(claims: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    yield ("", "Výsledek", "přepočteno", "tvrzení")
    columns = ["holds", "recomputed", "unit", "text"]
    for holds, value, unit, text in claims[columns].itertuples(index=False):
        verdict = "souhlasí" if holds else "NESOUHLASÍ"
        yield ("", verdict, f"{format_number(round(float(value), 1))}\u00a0{unit}", str(text))


def _label(code: object) -> str:
    return Status(code).label if isinstance(code, str) else _NONE


def _aligned(rows: Iterator[tuple[str, ...]], numbers: Sequence[int] = ()) -> Iterator[str]:
    """``rows`` in columns two spaces apart; columns of ``numbers`` are aligned to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
