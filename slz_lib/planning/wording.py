"""Steps in words: the template of a cause filled with what the evidence says of the measure."""

from __future__ import annotations

from datetime import date
from string import Template

import pandas as pd

from slz_lib.dataset.observations import each_place
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.criteria import ACTIVE, FULFILLED
from slz_lib.evaluation.responses import named_places
from slz_lib.language import czech_sorted, enumerate_words, format_date, month_genitive, of_whole
from slz_lib.planning.grounds import ended
from slz_lib.vocabulary import MUNICIPALITY, ORGANISATION, STATE_LABELS, StepDetail

#: The word that the template itself has before ``$zakon``, in its own case.
_LAW = "zákon"

#: Who is active, where evidence does not say it.
_NOBODY_NAMED = "původce podklady nejmenují"

#: What stands for a detail where a template is shown of no measure in particular.
_OF_NO_MEASURE = {
    StepDetail.TARGET: "se stejnou činností",
    StepDetail.CRITERIA: "…",
    StepDetail.REACH: "podle míst v podkladech",
    StepDetail.ENDED: "konce období",
    StepDetail.ACTORS: "kdo ji provádí",
    StepDetail.TAKER: "kdo činnost provádí",
    StepDetail.LEAD: "gestor",
    StepDetail.DEADLINE: "uplynulého",
}


def _bracketed(texts: pd.Series) -> pd.Series:
    """``texts`` in brackets after a space."""
    return " (" + texts.astype("str") + ")"


def _spaced(names: pd.Series) -> pd.Series:
    """``names`` as they compare: whether a space may break a line is no part of a name."""
    return names.str.replace("\u00a0", " ")


def awaited_laws(evaluation: Evaluation, day: date) -> pd.DataFrame:
    """The laws that evidence waits for, beside what the register of laws knows of them.

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


def particulars(
    evaluation: Evaluation, merges: pd.Series, begins: date, leads: pd.Series, takers: pd.Series
) -> pd.DataFrame:
    """What a step's template may name of each measure.

    Args:
        evaluation: the period that the plan follows.
        merges: by measure id, the measure into which it is to be merged.
        begins: the day on which the plan begins.
        leads: body id of who leads a step, by measure id.
        takers: body id of who may take the measure over, by measure id.

    Returns:
        Index ``measure_id``; a column for each :class:`slz_lib.vocabulary.StepDetail`:
        ``nenaplneno`` (criteria that are not fulfilled, by their state, in brackets), ``mista``
        (places that the evidence names, in brackets), ``zakon`` (what the law that is still waited
        for is about), ``ucinny`` (the laws that were waited for and are in force), ``cil`` (the
        measure to merge into), ``kriteria`` (those that are not fulfilled, of a measure all of
        whose are, all), ``dosah`` (how many districts of how many the evidence names, which),
        ``chybi`` (districts that it does not), ``skoncilo`` (until when the activity lasted),
        ``kdo`` (who is active by name), ``prevezme`` (who may take it over), ``gestor``,
        ``termin`` (of the measure); empty where there is nothing.
    """
    criteria = evaluation.criteria
    open_ = criteria[~criteria["state"].isin(FULFILLED)]
    by_state = open_.groupby(["measure_id", "state"], sort=False)["criterion"].agg(", ".join)
    told = by_state.index.get_level_values("state").map(STATE_LABELS) + ": " + by_state
    missing = told.groupby("measure_id", sort=False).agg("; ".join)
    evidence = evaluation.evidence
    named = each_place(evidence).drop_duplicates(["measure_id", "place"])
    places = named.groupby("measure_id", sort=False)["place"].agg(", ".join)
    laws = awaited_laws(evaluation, begins)
    awaited = laws[laws["cited"].isna()].groupby("measure_id")["waits_for"].first().astype("str")
    in_force = laws.dropna(subset=["cited"]).groupby("measure_id")["cited"].agg(f" a {_LAW}".join)
    index = pd.Index(evaluation.judgements["measure_id"])
    names = evaluation.dataset.bodies.set_index("id")["short_name"]
    unfulfilled = open_.groupby("measure_id", sort=False)["criterion"].agg(list)
    every = criteria.groupby("measure_id", sort=False)["criterion"].agg(list)
    reached = _reached(evaluation)
    lasted = evidence.loc[ended(evaluation)].groupby("measure_id")["until"].max().map(_until)
    days = evaluation.judgements.set_index("measure_id")["deadline_day"].dropna()
    details = {
        StepDetail.UNFULFILLED: _bracketed(missing),
        StepDetail.PLACES: _bracketed(places),
        StepDetail.LAW: " " + awaited.str.removeprefix(_LAW).str.strip(),
        StepDetail.LAW_IN_FORCE: in_force,
        StepDetail.TARGET: merges,
        StepDetail.CRITERIA: unfulfilled.combine_first(every).map(_quoted),
        StepDetail.REACH: reached["reach"],
        StepDetail.MISSED: reached["missed"],
        StepDetail.ENDED: lasted,
        StepDetail.ACTORS: _actors(evaluation, names).reindex(index, fill_value=_NOBODY_NAMED),
        StepDetail.TAKER: takers.map(names),
        StepDetail.LEAD: leads.map(names),
        StepDetail.DEADLINE: days.map(lambda day: format_date(day.date())),
    }
    # Where no measure has a text, nothing says that the values are texts.
    return pd.DataFrame(
        {
            str(detail): texts.reindex(index).astype("str").fillna("")
            for detail, texts in details.items()
        }
    )


def _quoted(names: list[str]) -> str:
    return enumerate_words([f"„{name}“" for name in names])


def _until(day: str) -> str:
    """A year or a month to which something lasted, as it follows *do*: *května 2023*."""
    year, _, month = day.partition("-")
    return f"{month_genitive(int(month))} {year}" if month else f"konce roku {year}"


def _reached(evaluation: Evaluation) -> pd.DataFrame:
    """Districts that evidence names and those that it does not, as clauses, by measure."""
    districts = evaluation.dataset.districts.drop_duplicates("id").set_index("id")["name"]
    of = evaluation.terms.district_title
    index = pd.Index(evaluation.judgements["measure_id"])
    table = pd.DataFrame({"reach": "místa podklady nejmenují", "missed": ""}, index=index)
    pairs = named_places(evaluation).groupby("measure_id")["district_id"].agg(set)
    for measure, ids in pairs.items():
        reached = districts.index.isin(list(ids))
        number = f"{of_whole(int(reached.sum()), len(districts))} {of.form(2, plural=True)}"
        table.loc[measure, "reach"] = f"podklady jmenují {number}: {_listed(districts[reached])}"
        table.loc[measure, "missed"] = _listed(districts[~reached])
    return table


def _listed(names: pd.Series) -> str:
    return enumerate_words(czech_sorted(names))


def _actors(evaluation: Evaluation, names: pd.Series) -> pd.Series:
    """Who is active by name, by measure."""
    evidence = evaluation.evidence
    acts = evidence[evidence["state"].isin(ACTIVE)]
    single = acts["reporter"].str.replace(f"^({MUNICIPALITY}|{ORGANISATION})", "", regex=True)
    told = acts["reporter"].map(names).fillna(single.where(single.ne(acts["reporter"])))
    found = acts.assign(name=told).dropna(subset="name").drop_duplicates(["measure_id", "name"])
    return found.groupby("measure_id", sort=False)["name"].agg(list).map(enumerate_words)


def unfilled(templates: pd.Series) -> pd.Series:
    """The templates as they read of no measure in particular."""
    names = [_OF_NO_MEASURE.get(detail, "") for detail in StepDetail]
    nothing = pd.DataFrame([names] * len(templates), columns=[str(detail) for detail in StepDetail])
    return worded(templates, nothing)


def worded(templates: pd.Series, particulars: pd.DataFrame) -> pd.Series:
    """Each template with its names (``$mista`` and so on) filled from its row; none stays none.

    The dataset refuses templates with other names.
    """
    names = list(particulars.columns)
    rows = particulars.to_numpy().tolist()
    filled = [
        Template(text).substitute(dict(zip(names, row, strict=True)))
        if isinstance(text, str)
        else None
        for text, row in zip(templates, rows, strict=True)
    ]
    return pd.Series(filled, index=templates.index, dtype="str")
