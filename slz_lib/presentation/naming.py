"""Records and figures in words: names of bodies, anchors of measures, values with units."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.times import deadlines
from slz_lib.dataset.trees import roots
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import count, format_date
from slz_lib.planning import ActionPlan
from slz_lib.presentation.phrases import marked
from slz_lib.vocabulary import (
    DAY,
    MUNICIPALITY,
    ORGANISATION,
    Assignment,
    Cause,
    Choice,
    Role,
    named_safely,
)

#: What stands where a role has no holder.
NOT_ASSIGNED = "neurčeno"
#: What stands for the lead where a measure or a step has none.
NO_LEAD = "gestor neurčen"
#: What stands at the head of a row of sums.
TOTAL = "Celkem"


def by_status(evaluation: Evaluation) -> str:
    """By what measures are counted, as it follows *podle*."""
    return "zveřejněného stavu" if evaluation.published else "stavu"


def status_title(evaluation: Evaluation) -> str:
    """The title of a column of the status that stands."""
    return "Zveřejněný stav" if evaluation.published else "Stav"


def standing(evaluation: Evaluation, judged: pd.DataFrame) -> pd.Series:
    """The statuses that stand, of a table like the judgements; in words where there is none."""
    return judged["status"].fillna(marked(NO_STATUS, evaluation.scale))


def goal_names(dataset: Dataset) -> pd.Series:
    """Names by goal id; a number or an id where the source has lost the name."""
    goals = dataset.goals.set_index("id", drop=False)
    return goals["name"].fillna(goals["number"]).fillna(goals["id"])


def goal_keys(dataset: Dataset) -> pd.Series:
    """What stands before a goal's name, by goal id: its number, or its place where none has one."""
    goals = dataset.goals.set_index("id")
    numbered = goals["number"].notna().groupby(goals["level_id"]).transform("any")
    places = (goals["order"].astype("str") + ". ").mask(numbered, "")
    return (goals["number"] + "\u2002").fillna(places)


def own_reading(dataset: Dataset, rows: pd.DataFrame) -> bool:
    """Whether some rows are the analysts' own reading, not what a source says."""
    sources = dataset.sources
    return bool(rows["source_id"].isin(sources.loc[sources["kind"].eq("reading"), "id"]).any())


def goal_links(dataset: Dataset) -> pd.DataFrame:
    """Links that say what serves goals: those of measures where none of their area says it.

    Beside a link of its area, that of a measure only says more closely how the area serves.
    """
    links = dataset.links.dropna(subset=["goal_id"])
    tops = links["goal_id"].map(roots(dataset.goals))
    areas = links["area_id"].fillna(
        links["measure_id"].map(dataset.measures.set_index("id")["area_id"])
    )
    pairs = areas + " " + tops
    closer = links["measure_id"].notna() & pairs.isin(pairs[links["area_id"].notna()])
    return links[~closer]


def serving(dataset: Dataset, links: pd.DataFrame) -> str:
    """From what links lead, in the genitive: *okruhů a opatření*."""
    words = {"area_id": dataset.terms.area.form(2, plural=True), "measure_id": "opatření"}
    return " a\u00a0".join(word for name, word in words.items() if links[name].notna().any())


def measure_titles(dataset: Dataset) -> pd.Series:
    """Titles by measure id."""
    return dataset.measures.set_index("id")["title"]


def titled(measures: pd.Series, dataset: Dataset) -> pd.Series:
    """A column of measure ids, each followed by its title."""
    return measures + "\u2002" + measures.map(measure_titles(dataset))


def measure_anchor(measure: str) -> str:
    """The permanent anchor of a measure's card: ``I.1`` → ``m-I-1``."""
    return f"m-{named_safely(measure)}"


def area_anchor(area: str) -> str:
    """The permanent anchor of an area's chapter: ``I`` → ``okruh-I``."""
    return f"okruh-{named_safely(area)}"


def measure_anchors(measures: pd.Series) -> pd.Series:
    """Anchors of a column of measure ids."""
    return measures.map(measure_anchor, na_action="ignore").astype("str")


def body_names(dataset: Dataset) -> pd.Series:
    """Short names by body id."""
    return dataset.bodies.set_index("id")["short_name"]


def full_body_name(dataset: Dataset, body: str) -> str:
    """Name and abbreviation of a body: *odbor sociálních věcí (OSV)*.

    A department of which the sources have the abbreviation alone is *odbor OK*.
    """
    row = dataset.bodies.set_index("id").loc[body]
    name, short = str(row["name"]), str(row["short_name"])
    if name == short:
        return f"odbor {name}" if row["kind"] == "department" and not row["name_known"] else name
    # A shortened word (*odd.*) or the beginning of the name tells a reader nothing new.
    return f"{name} ({short})" if short.isupper() and not name.startswith(short) else name


def holders(dataset: Dataset, role: Role) -> pd.Series:
    """Who holds a role in each measure, in the published order.

    A body without its unit (*KÚ / ???*) is followed by *útvar neurčen*; a role without a holder
    reads *neurčeno*, whether a row says so or there is none.

    Returns:
        Czech text by measure id.
    """
    rows = dataset.measure_bodies[dataset.measure_bodies["role"] == str(role)]
    names = rows["body_id"].map(body_names(dataset)).fillna(NOT_ASSIGNED)
    unit_open = rows["assignment"].eq(str(Assignment.UNIT_NOT_ASSIGNED))
    shown = names.mask(unit_open, names + " (útvar neurčen)")
    ordered = rows.assign(shown=shown).sort_values(["measure_id", "order"])
    listed = ordered.groupby("measure_id")["shown"].agg(", ".join)
    return listed.reindex(dataset.measures["id"].unique(), fill_value=NOT_ASSIGNED)


def worded_deadlines(measures: pd.DataFrame, *, compact: bool = False) -> pd.Series:
    """Deadlines in words by measure id; ``compact`` for a column of a table."""
    found = deadlines(measures.set_index("id"))
    return found.map(lambda deadline: deadline.compact) if compact else found.map(str)


def listed_bodies(joined: pd.Series, dataset: Dataset) -> pd.Series:
    """Body ids joined by ``;`` → short names joined by a comma; empty → *neurčeno*."""
    names = body_names(dataset).to_dict()
    distinct = {
        ids: ", ".join(names[body] for body in ids.split(";") if body) or NOT_ASSIGNED
        for ids in joined.unique()
    }
    return joined.map(distinct)


def lead_names(steps: pd.DataFrame, dataset: Dataset) -> pd.Series:
    """Who leads steps of a plan, by short names; *gestor neurčen* where nobody does."""
    return listed_bodies(steps["lead"], dataset).mask(steps["lead"].eq(""), NO_LEAD)


def cause_labels(plan: ActionPlan) -> pd.Series:
    """What the causes of a plan are called, by cause id."""
    return plan.evaluation.dataset.plan_causes.set_index("id")["label"]


#: How a figure that is not exact is announced.
QUALIFIERS = {"exact": "", "about": "asi ", "over": "přes ", "under": "méně než "}


def observation_values(observations: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Values with their qualifier and the unit in the right form: ``přes 9 300 dětí``.

    Args:
        observations: figures.
        units: forms of the units, the table of the dataset; another one stays as it is.
    """
    forms = {row[0]: row[1:] for row in units[["unit", "one", "few", "fraction"]].to_numpy()}
    counted = [
        count(value, one, few, unit, fraction)
        for value, unit in zip(observations["value"], observations["unit"], strict=True)
        for one, few, fraction in (forms.get(unit, (unit, unit, unit)),)
    ]
    return observations["qualifier"].map(QUALIFIERS) + pd.Series(
        counted, index=observations.index, dtype="str"
    )


def source_places(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Where each row stands in its source; of returned forms, which all look alike, in which."""
    titles = sources.loc[sources["kind"].eq("answer")].set_index("id")["title"]
    return (rows["source_id"].map(titles).astype("str") + ": ").fillna("") + rows["source_place"]


def time_words(times: pd.Series) -> pd.Series:
    """Times as prose writes them: ``2021–2023``, ``2021/2022``, ``k 31. 12. 2023``."""
    on_day = times.str.fullmatch(DAY, na=False)
    days = pd.to_datetime(times.where(on_day)).map(
        lambda day: f"k\u00a0{format_date(day)}", na_action="ignore"
    )
    return times.str.replace("-", "–", regex=False).where(~on_day, days)


def observation_terms(observations: pd.DataFrame) -> pd.Series:
    """Names with breakdown and time: ``Počet zakázek, příspěvkové organizace (2023)``."""
    split = (", " + observations["dimension"]).fillna("")
    time = time_words(observations["time"])
    return observations["name"] + split + (" (" + time + ")").fillna("")


def reporter_names(evaluation: Evaluation, reporters: pd.Series) -> pd.Series:
    """Who reports, as a reader knows them; NA where the source does not say."""
    names = reporters.map(body_names(evaluation.dataset))
    municipality = reporters.str.startswith(MUNICIPALITY, na=False)
    organisation = reporters.str.startswith(ORGANISATION, na=False)
    word = str(evaluation.terms.municipality)
    names = names.mask(municipality, word + " " + reporters.str.removeprefix(MUNICIPALITY))
    return names.mask(organisation, reporters.str.removeprefix(ORGANISATION))


def what_changes(plan: ActionPlan, *, worded: bool = True) -> pd.Series:
    """What a plan's choice would change, as it follows the choice or the measure, by measure id.

    *do IX.4*, *: převezme OSV*, *: „navržené znění“; indikátor „počet obcí“; nový termín*; empty
    where nothing of the measure changes.

    Args:
        plan: the drafted plan.
        worded: with the proposed wording and indicator.
    """
    decided = plan.decisions.set_index("measure_id")
    merged, handed, reworded = (
        decided["choice"].eq(str(choice))
        for choice in (Choice.MERGE, Choice.HAND_OVER, Choice.REFORMULATE)
    )
    taker = decided["to_body_id"].map(body_names(plan.evaluation.dataset)).astype("str")
    wording, indicator = (
        decided[name].astype("str") for name in ("proposed_wording", "proposed_indicator")
    )
    late = decided["causes"].str.contains(str(Cause.DEADLINE_PASSED), regex=False)
    new = pd.Series("; nový termín", index=decided.index).where(late, "")
    if worded:
        named = ("; „" + wording + "“").fillna("") + ("; indikátor „" + indicator + "“").fillna("")
        new = named + new
    return (
        (" do " + decided["merge_into"].astype("str"))
        .where(merged)
        .fillna((": převezme " + taker).where(handed))
        .fillna(new.str.replace("^; ", ": ", regex=True).where(reworded))
        .fillna("")
    )
