"""Tables of indicators: what measures each measure, and why most of it cannot be computed."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.indicators import Unmeasured
from slz_lib.language import NOUNS, counted, format_percent, plural, share
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import TOTAL, observation_values, time_words
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import IndicatorKind, labels

MEASURABLE = "lze spočítat"
_BECAUSE = labels(Unmeasured)


@telling_selection
def indicators_table(evaluation: Evaluation) -> Table:
    """Každý indikátor: druh, poslední údaj a pokrok, nebo proč není."""
    rows = evaluation.indicators
    stated = rows["progress"].map(format_percent, na_action="ignore").astype("str")
    return table(
        [
            measure_column(rows["measure_id"]),
            Col("Indikátor", rows["name"], 2.6),
            Col("Druh", rows["kind"].map(labels(IndicatorKind)), 0.9),
            Col("Poslední údaj", _last_figures(evaluation, rows), 1.1, "amount"),
            Col(
                "Pokrok, nebo proč ho nelze spočítat",
                stated.fillna(rows["because"].map(_BECAUSE)),
                3.5,
            ),
        ],
        anchor="tab-indikatory",
        caption="Indikátory opatření a jejich měřitelnost",
        sheet="Indikátory",
        notes=[
            "Indikátory jsou uvedeny tak, jak byly zveřejněny; druh určil zpracovatel.",
            "Pokrok je část cesty od výchozí hodnoty k cílové; výstupy se posuzují podle podkladů.",
            *_goals_note(evaluation),
            "— znamená, že opatření indikátor nemá nebo že podklady hodnotu neuvádějí.",
        ],
        filterable=True,
        counted=NOUNS["indikatory"].forms,
    )


@telling_selection
def indicators_summary_table(evaluation: Evaluation) -> Table:
    """Kolik indikátorů lze měřit a kolik z kterého důvodu ne."""
    rows = evaluation.indicators
    none = rows["because"].eq(str(Unmeasured.NO_INDICATOR))
    without, rows = int(none.sum()), rows[~none]
    counts = rows["because"].value_counts().reindex([str(reason) for reason in Unmeasured])
    counts = counts.dropna().astype("int64")
    measurable = int(rows["measurable"].sum())
    numbers, whole = [measurable, *counts], len(rows)
    reasons = [f"nelze spočítat: {Unmeasured(str(code)).label}" for code in counts.index]
    shares = [share(int(number), whole) for number in numbers]
    return table(
        [
            Col("Pokrok", [MEASURABLE, *reasons], 4, total=TOTAL),
            Col("Počet indikátorů", numbers, total=whole),
            Col("Podíl", shares, form="percent", total=share(whole, whole)),
        ],
        anchor="tab-meritelnost",
        caption="Indikátory podle toho, zda lze spočítat jejich pokrok",
        sheet="Měřitelnost",
        notes=[
            "Opatření může mít více indikátorů."
            + (
                f" Indikátor {plural(without, 'nemá', 'nemají', 'nemá')} "
                f"{counted(without, 'opatreni')}."
                if without
                else ""
            ),
            *_goals_note(evaluation),
        ],
    )


def _goals_note(evaluation: Evaluation) -> list[str]:
    """Said only where it is so."""
    goals = evaluation.dataset.indicators[["baseline", "target"]]
    if goals.notna().any(axis=None):
        return []
    return ["Výchozí ani cílovou hodnotu podklady neuvádějí u žádného indikátoru."]


def _last_figures(evaluation: Evaluation, rows: pd.DataFrame) -> pd.Series:
    """Last figures with unit and time: ``12 tříd (2021/2022)``; NA where there is none."""
    figures = evaluation.dataset.observations.set_index(["period_id", "id"], drop=False)
    keys = rows[["last_period", "last_id"]].dropna()
    chosen = figures.loc[pd.MultiIndex.from_frame(keys)].set_axis(keys.index)
    values = observation_values(chosen, evaluation.dataset.units)
    times = time_words(rows["last_time"])
    return (values + (" (" + times + ")").fillna("").reindex(values.index)).reindex(rows.index)
