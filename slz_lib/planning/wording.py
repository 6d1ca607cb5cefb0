"""Steps in words: the template of a cause filled with what the evidence says of the measure."""

from __future__ import annotations

from datetime import date
from string import Template
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.criteria import FULFILLED
from slz_lib.language import format_date
from slz_lib.vocabulary import STATE_LABELS, StepDetail

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation


#: The word that the template itself has before ``$zakon``, in its own case.
_LAW = "zákon"


def _bracketed(texts: pd.Series) -> pd.Series:
    """``texts`` in brackets after a space, nothing where there is no text."""
    # Where no measure has a text, nothing says that the values are texts.
    return (" (" + texts.astype("str") + ")").fillna("")


def _spaced(names: pd.Series) -> pd.Series:
    """``names`` as they compare: whether a space may break a line is no part of a name."""
    return names.str.replace("\u00a0", " ")


def awaited_laws(evaluation: Evaluation, day: date) -> pd.DataFrame:
    """The laws that evidence waits for, beside what the register of laws knows of them.

    Args:
        evaluation: the judged period.
        day: the day on which they have to be in force.

    Returns:
        One row a measure and law: ``measure_id``, ``waits_for`` (as the evidence calls it),
        ``cited`` (its number, name and first day as they follow *zákon*; NA where the register
        knows of none in force).
    """
    laws = evaluation.dataset.laws
    laws = laws[laws["valid_from"] <= day.isoformat()]
    days = laws["valid_from"].map(lambda text: format_date(date.fromisoformat(text)))
    number = laws["number"].str.replace(" ", "\u00a0")
    name = laws["name"].str.removeprefix(_LAW)
    called = _spaced(laws["name"] + ";" + laws["awaited_as"].fillna("")).str.split(
        "; ?", regex=True
    )
    cited = " č.\u00a0" + number + "," + name + ", účinný od\u00a0" + days + ","
    names = pd.DataFrame({"called": called, "cited": cited}).explode("called")
    known = names.drop_duplicates("called").set_index("called")["cited"].astype("str")
    awaited = evaluation.evidence.dropna(subset=["waits_for"])
    awaited = awaited[["measure_id", "waits_for"]].drop_duplicates(ignore_index=True)
    return awaited.assign(cited=_spaced(awaited["waits_for"]).map(known).astype("str"))


def particulars(evaluation: Evaluation, merges: pd.Series, begins: date) -> pd.DataFrame:
    """What a step's template may name of each measure.

    Args:
        evaluation: the period that the plan follows.
        merges: by measure id, the measure into which it is to be merged.
        begins: the day on which the plan begins.

    Returns:
        Index ``measure_id``; a column for each :class:`slz_lib.vocabulary.StepDetail`:
        ``nenaplneno`` (criteria that are not fulfilled, by their state, in brackets), ``mista``
        (places that the evidence names, in brackets), ``zakon`` (what the law that is still waited
        for is about), ``ucinny`` (the laws that were waited for and are in force), ``cil`` (the
        measure to merge into); empty where there is nothing.
    """
    criteria = evaluation.criteria
    open_ = criteria[~criteria["state"].isin([str(state) for state in FULFILLED])]
    by_state = open_.groupby(["measure_id", "state"], sort=False)["criterion"].agg(", ".join)
    told = by_state.index.get_level_values("state").map(STATE_LABELS) + ": " + by_state
    missing = told.groupby("measure_id", sort=False).agg("; ".join)
    evidence = evaluation.evidence
    places = (
        evidence.assign(place=evidence["places"].str.split("; ?", regex=True))
        .explode("place")
        .dropna(subset=["place"])
        .drop_duplicates(["measure_id", "place"])
        .groupby("measure_id", sort=False)["place"]
        .agg(", ".join)
    )
    laws = awaited_laws(evaluation, begins)
    awaited = laws[laws["cited"].isna()].groupby("measure_id")["waits_for"].first()
    awaited = awaited.astype("str")
    in_force = laws.dropna(subset=["cited"]).groupby("measure_id")["cited"].agg(f" a {_LAW}".join)
    index = pd.Index(evaluation.judgements["measure_id"])
    return pd.DataFrame(
        {
            str(StepDetail.UNFULFILLED): _bracketed(missing.reindex(index)),
            str(StepDetail.PLACES): _bracketed(places.reindex(index)),
            str(StepDetail.LAW): (" " + awaited.str.removeprefix(_LAW).str.strip())
            .reindex(index)
            .fillna(""),
            str(StepDetail.LAW_IN_FORCE): in_force.reindex(index).fillna(""),
            str(StepDetail.TARGET): merges.reindex(index).fillna(""),
        },
        index=index,
    )


def unfilled(templates: pd.Series) -> pd.Series:
    """The templates as they read of no measure in particular."""
    nothing = {str(detail): "" for detail in StepDetail}
    nothing[str(StepDetail.TARGET)] = "se stejnou činností"  # of the other one, as yet unnamed
    filled = [Template(text).substitute(nothing) for text in templates]
    return pd.Series(filled, index=templates.index, dtype="str")


def worded(templates: pd.Series, particulars: pd.DataFrame) -> list[str]:
    """Each template with its names (``$mista`` and so on) filled from its row.

    The dataset refuses templates with other names.
    """
    names = list(particulars.columns)
    rows = particulars.to_numpy().tolist()
    return [
        Template(text).substitute(dict(zip(names, row, strict=True)))
        for text, row in zip(templates, rows, strict=True)
    ]
