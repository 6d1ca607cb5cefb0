"""The audit of how measures are set up: deadlines, leads, indicators, spellings of bodies.

- *status against deadline*: by the rules the status presupposes a fixed deadline, and the measure
  has none;
- *deadline passed*: a fixed deadline has passed and the measure is not done for good;
- *lead missing*: nobody is named as the lead;
- *lead unit unknown*: an office is the lead, its unit that answers is not named;
- *indicator missing*: there is nothing to measure the fulfilment by;
- *indicator not measurable*: the indicator is a number without a value in the period or a target.
"""

from __future__ import annotations

import re

import pandas as pd

from slz_lib.dataset.times import deadlines
from slz_lib.evaluation.audit.rows import either, joined, rows, together
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.rules import bound_to_deadline
from slz_lib.language import counted, plural
from slz_lib.vocabulary import Assignment, AuditCheck, CountsAs, IndicatorKind, Role


def setup_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Findings on the set-up of measures, see :mod:`slz_lib.evaluation.audit.rows`."""
    judged = _measures(evaluation)
    return together(
        [
            _against_deadline(judged, evaluation),
            _passed(judged, evaluation),
            _lead_missing(judged, evaluation),
            _lead_unit_unknown(judged, evaluation),
            _indicator_missing(judged, evaluation),
            _not_measurable(evaluation),
        ]
    )


def _measures(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Judgements beside the measures' own columns and ``deadline`` (in words); index measure id."""
    measures = evaluation.dataset.measures.set_index("id")
    worded = deadlines(measures).map(lambda deadline: deadline.compact)
    columns = measures[["title", "indicator", "source_place"]].assign(deadline=worded)
    judged = evaluation.judgements.set_index("measure_id").drop(columns="deadline")
    return judged.join(columns)


def _against_deadline(judged: pd.DataFrame, evaluation: JudgedPeriod) -> pd.DataFrame:
    bound = judged["published"].isin(bound_to_deadline(evaluation.rule_set))
    found = judged[bound & judged["deadline_fixed"].ne(1)]
    labels = found["published"].map(evaluation.scale.labels)
    places = evaluation.decisions.set_index("measure_id")["source_place"]
    return rows(
        AuditCheck.STATUS_AGAINST_DEADLINE,
        place=places.reindex(found.index),
        claim=labels + ", termín " + found["deadline"],
        recomputed=found["derived"].map(evaluation.scale.labels),
        explanation="Stupeň "
        + labels
        + " je vymezen pro opatření s určeným termínem; opatření s termínem průběžným nebo vázaným "
        "na událost jím hodnotit nelze.",
    )


def _passed(judged: pd.DataFrame, evaluation: JudgedPeriod) -> pd.DataFrame:
    found = judged[judged["overdue"]]
    labels, done = evaluation.scale.labels, evaluation.scale.that(CountsAs.DONE)
    status = found["status"].map(labels)
    return rows(
        AuditCheck.DEADLINE_PASSED,
        place=found["source_place"],
        claim="termín " + found["deadline"] + (", stav " + status).fillna(""),
        explanation=pd.Series(
            f"Pevný termín ke dni {evaluation.period.as_of_label} uplynul a opatření nemá stav "
            f"{' ani '.join(labels[code] for code in done)}.",
            index=found.index,
        ),
    )


def _leads(judged: pd.DataFrame, evaluation: JudgedPeriod, state: Assignment) -> pd.DataFrame:
    """``judged`` with ``place``, ``cell`` (as published) and ``names`` of leads in this state."""
    leads = evaluation.dataset.leads
    leads = leads[leads["assignment"].eq(state)]
    names = evaluation.dataset.bodies.set_index("id")["short_name"]
    worded = leads.sort_values(["measure_id", "order"]).assign(
        cell=leads["published"].fillna("prázdná buňka"),
        names=leads["body_id"].map(names).fillna("úřad"),
    )
    by_measure = worded.groupby("measure_id").agg(
        place=("source_place", "first"), cell=("cell", "; ".join), names=("names", ", ".join)
    )
    return judged.join(by_measure)


def _lead_missing(judged: pd.DataFrame, evaluation: JudgedPeriod) -> pd.DataFrame:
    table = _leads(judged, evaluation, Assignment.NOT_ASSIGNED)
    bodies = evaluation.dataset.measure_bodies
    nowhere = ~table.index.isin(evaluation.dataset.leads["measure_id"])
    found = table[table["cell"].notna() | nowhere]
    names = evaluation.dataset.bodies.set_index("id")["short_name"]
    others = bodies[bodies["role"].eq(Role.COOPERATING) & bodies["body_id"].notna()]
    others = others.sort_values(["measure_id", "order"])
    listed = joined(others["body_id"].map(names), others["measure_id"]).reindex(found.index)
    return rows(
        AuditCheck.LEAD_MISSING,
        place=found["place"].fillna(found["source_place"]),
        claim=found["cell"].fillna("gestor není uveden"),
        explanation="Kdo za plnění odpovídá, podklady neurčují; "
        + ("uvedena je jen spolupráce: " + listed).fillna("neuvádí ani spolupráci")
        + ".",
    )


def _lead_unit_unknown(judged: pd.DataFrame, evaluation: JudgedPeriod) -> pd.DataFrame:
    table = _leads(judged, evaluation, Assignment.UNIT_NOT_ASSIGNED)
    found = table[table["cell"].notna()]
    return rows(
        AuditCheck.LEAD_UNIT_UNKNOWN,
        place=found["place"],
        claim=found["cell"],
        explanation="Gestorem je "
        + found["names"]
        + ", útvar, který za plnění odpovídá, však určen není; není tedy zřejmé, koho o podklad "
        "žádat." + either(found["silent"], " Podklad k opatření nikdo nedodal."),
    )


def _indicator_missing(judged: pd.DataFrame, evaluation: JudgedPeriod) -> pd.DataFrame:
    found = judged[judged["indicator"].isna()]
    criteria = evaluation.criteria.groupby("measure_id", sort=False)["criterion"]
    numbers = criteria.size().reindex(found.index, fill_value=0)
    named = numbers.map(lambda number: plural(number, "kritériu", "kritériích", "kritériích"))
    words = named.astype("str")  # also where no measure lacks one
    listed = ("„" + criteria.agg("“, „".join) + "“").reindex(found.index)
    judged_by = ", posuzuje se tedy podle toho, co podklady říkají o " + words + " " + listed
    return rows(
        AuditCheck.INDICATOR_MISSING,
        place=found["source_place"],
        claim="prázdná buňka indikátoru",
        explanation="Plnění opatření není čím měřit" + judged_by.fillna("") + ".",
    )


def _not_measurable(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Numbers without a value in the period's observations, or without a target."""
    table = evaluation.dataset.indicators
    counts = table[table["kind"].eq(IndicatorKind.COUNT)]
    valued = counts["series"].isin(evaluation.observations["series"].dropna())
    targeted = counts["target"].notna()
    lacking = counts[~(valued & targeted)]
    no_value = either(~valued, "podklady neuvádějí hodnotu za období")
    no_target = either(~targeted, "není určena cílová hodnota")
    missing = no_value + either(~valued & ~targeted, " a ") + no_target
    missing, measures = missing[lacking.index], lacking["measure_id"]
    name = "„" + lacking["name"].fillna("indikátor") + "“"
    alike = missing.groupby(measures).transform("nunique").eq(1)
    words = either(alike, missing, name + " – " + missing).rename("words")
    distinct = pd.concat([measures, words], axis="columns").drop_duplicates()
    grouped = pd.DataFrame(
        {
            "place": lacking["source_place"].groupby(measures, sort=False).first(),
            "claim": joined(name, measures),
            "words": joined(distinct["words"], distinct["measure_id"], "; "),
        }
    )
    return rows(
        AuditCheck.INDICATOR_NOT_MEASURABLE,
        place=grouped["place"],
        claim=grouped["claim"],
        explanation="Indikátor je počet, změřit jím plnění však nelze: " + grouped["words"] + ".",
    )


#: So many measures are named, so that somebody can look them up; more are only counted.
_NAMED = 3


def body_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Bodies with several spellings, see :mod:`slz_lib.evaluation.audit.rows`.

    Spellings that differ only in case and spaces are one.
    """
    forms = _forms(evaluation.dataset.bodies)
    used = _used(evaluation.dataset.measure_bodies, forms)
    forms = forms.merge(used, on=["body_id", "folded"], how="left")
    quoted = "„" + forms["form"] + "“"
    listed = joined(quoted, forms["body_id"])
    in_cells = forms["cells"].notna()
    within = joined((quoted + " " + forms["cells"])[in_cells], forms.loc[in_cells, "body_id"])
    beyond = joined(quoted[~in_cells], forms.loc[~in_cells, "body_id"])
    cells = in_cells.groupby(forms["body_id"], sort=False).sum().reindex(listed.index)
    places = forms.drop_duplicates("body_id").set_index("body_id")["row"].astype("str")
    apart = cells.map(
        lambda number: plural(number, "subjekt", "různé subjekty", "různých subjektů")
    )
    split = " Kdo sčítá podle zápisu, dostane " + cells.astype("str") + "\u00a0" + apart + "."
    return rows(
        AuditCheck.SPELLINGS_OF_BODY,
        on_measures=False,
        place="data/strategy/bodies.csv, řádek " + places,
        claim=listed,
        explanation=("Gestor a spolupráce: " + within.reindex(listed.index) + ".").fillna(
            "Mezi gestory ani ve spolupráci není."
        )
        + (" Jinde ve zdrojích: " + beyond.reindex(listed.index) + ".").fillna("")
        + split.where(cells.gt(1), ""),
    )


def _forms(bodies: pd.DataFrame) -> pd.DataFrame:
    """Distinct spellings of the bodies that have several.

    Returns:
        ``body_id``, ``row`` (line of the file), ``form``, ``folded``.
    """
    table = pd.DataFrame(
        {
            "body_id": bodies["id"],
            "row": range(2, len(bodies) + 2),
            "form": bodies["published_forms"].str.split(";"),
        }
    ).explode("form", ignore_index=True)
    table["form"] = table["form"].str.split().str.join(" ")
    table["folded"] = table["form"].str.casefold()
    table = table[table["form"].ne("")].drop_duplicates(["body_id", "folded"])
    several = table.groupby("body_id")["folded"].transform("size").gt(1)
    return table[several].reset_index(drop=True)


def _used(measure_bodies: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """In the cells of how many measures each spelling stands, in words.

    A spelling that holds another one (*MMR ČR* and *MMR*) is looked for first.

    Returns:
        ``body_id``, ``folded``, ``cells`` (*62 opatření*; the measures too where they are few).
    """
    written = measure_bodies.loc[
        measure_bodies["published"].notna(), ["measure_id", "body_id", "published"]
    ]
    pairs = written.merge(forms[["body_id", "folded"]], on="body_id")
    pairs["cell"] = pairs["published"].str.split().str.join(" ").str.casefold()
    stands = [
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", cell) is not None
        for form, cell in zip(pairs["folded"], pairs["cell"], strict=True)
    ]
    found = pairs[pd.Series(stands, index=pairs.index, dtype="bool")]
    longest = found.sort_values("folded", key=lambda texts: texts.str.len(), ascending=False)
    kept = longest.drop_duplicates(["measure_id", "body_id", "cell"]).sort_index()
    groups = kept.groupby(["body_id", "folded"], sort=False)["measure_id"]
    table = groups.agg(lambda ids: _of_measures(list(dict.fromkeys(ids)))).rename("cells")
    return table.reset_index()


def _of_measures(ids: list[str]) -> str:
    """How many measures, and which where they are few."""
    named = f": {', '.join(ids)}" if len(ids) <= _NAMED else ""
    return f"({counted(len(ids), 'opatreni')}{named})"
