"""Tables of indicators: what measures each measure, and why most of it cannot be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.indicators import Unmeasured, progress
from slz_lib.language import format_percent, no_breaks, share
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import measure_anchors
from slz_lib.presentation.observations import observation_values
from slz_lib.vocabulary import IndicatorKind, labels

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

MEASURABLE = "měřitelné"
_BECAUSE = labels(Unmeasured)


def indicator_progress(evaluation: Evaluation) -> pd.DataFrame:
    """The progress of the indicators, see :func:`slz_lib.evaluation.indicators.progress`."""
    dataset = evaluation.dataset
    return progress(dataset.indicators, dataset.observations, evaluation.period)


def indicators_table(evaluation: Evaluation) -> Table:
    """Every indicator with its kind, its last figure and its progress, or why there is none."""
    rows = indicator_progress(evaluation)
    stated = rows["progress"].map(format_percent, na_action="ignore").astype("str")
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            "name": rows["name"],
            "kind": rows["kind"].map(labels(IndicatorKind)),
            "last": _last_figures(evaluation, rows),
            "progress": stated.fillna(rows["because"].map(_BECAUSE)),
        }
    )
    framed = table(
        frame,
        anchor="tab-indikatory",
        caption="Indikátory opatření a jejich měřitelnost",
        titles={
            "measure": "Číslo",
            "name": "Indikátor",
            "kind": "Druh",
            "last": "Poslední údaj",
            "progress": "Pokrok, nebo proč ho nelze spočítat",
        },
        weights={"measure": 0.7, "name": 2.6, "kind": 0.9, "last": 1.1, "progress": 3.5},
        anchors={"measure": measure_anchors(frame["measure"])},
        sheet="Indikátory",
        notes=[
            "Indikátory jsou uvedeny tak, jak byly zveřejněny; druh určil zpracovatel.",
            "Pokrok je část cesty od výchozí hodnoty k cílové; výstupy se posuzují podle podkladů.",
            *_goals_note(evaluation),
            "— znamená, že opatření indikátor nemá nebo že podklady hodnotu neuvádějí.",
        ],
        filterable=True,
    )
    return framed.model_copy(update={"counted": ("indikátor", "indikátory", "indikátorů")})


def indicators_summary_table(evaluation: Evaluation) -> Table:
    """How many indicators can be measured, and how many cannot for each reason."""
    rows = indicator_progress(evaluation)
    counts = rows["because"].value_counts().reindex([str(reason) for reason in Unmeasured])
    counts = counts.dropna().astype("int64")
    measurable = int(rows["measurable"].sum())
    numbers = [measurable, *counts, len(rows)]
    reasons = [Unmeasured(str(code)).label for code in counts.index]
    frame = pd.DataFrame(
        {
            "reason": [
                MEASURABLE,
                *[no_breaks(f"neměřitelné, protože {reason}") for reason in reasons],
                "Celkem",
            ],
            "count": numbers,
            "share": [share(number, len(rows)) for number in numbers],
        }
    )
    return table(
        frame,
        anchor="tab-meritelnost",
        caption="Indikátory podle toho, zda lze vyčíslit jejich pokrok",
        titles={"reason": "Pokrok", "count": "Počet indikátorů", "share": "Podíl"},
        kinds={"share": "percent"},
        weights={"reason": 4},
        totals=1,
        sheet="Měřitelnost",
        notes=[
            "Opatření může mít více indikátorů; opatření bez indikátoru se počítá jednou.",
            *_goals_note(evaluation),
        ],
    )


def _goals_note(evaluation: Evaluation) -> list[str]:
    """Said only where it is so."""
    goals = evaluation.dataset.indicators[["baseline", "target"]]
    if goals.notna().any(axis=None):
        return []
    return ["Výchozí ani cílovou hodnotu strategie nestanoví u žádného indikátoru."]


def _last_figures(evaluation: Evaluation, rows: pd.DataFrame) -> pd.Series:
    """Last figures with unit and time: ``12 tříd (2021/2022)``; NA where there is none."""
    figures = evaluation.dataset.observations.set_index(["period_id", "id"], drop=False)
    keys = rows[["last_period", "last_id"]].dropna()
    chosen = figures.loc[pd.MultiIndex.from_frame(keys)].set_axis(keys.index)
    values = observation_values(chosen, evaluation.dataset.units)
    times = rows["last_time"].str.replace("-", "–", regex=False)
    return (values + (" (" + times + ")").fillna("").reindex(values.index)).reindex(rows.index)
