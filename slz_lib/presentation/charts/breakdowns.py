"""Measures by area, by lead body and by deadline, and how they stand."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import (
    Noun,
    after,
    count,
    enumerate_words,
    format_date,
    format_number,
    of_number,
    of_whole,
    plural,
)
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.presentation.naming import NO_LEAD, body_names, full_body_name
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import Assignment, CountsAs, DeadlineKind, Role, Scale

#: Bodies with a bar of their own; the others share one.
SHOWN = 12


@telling_selection
def leads_by_status(evaluation: Evaluation) -> Figure:
    """Gestoři podle stavů a počtu opatření; opatření bez gestora jsou poslední."""
    table, scale = _with_others(evaluation.by_lead), evaluation.scale
    names = table.index.to_series().replace(body_names(evaluation.dataset)).replace("", NO_LEAD)
    labels = [Label(name if body else f"— {name}") for body, name in names.items()]
    counts = phrases.rows_counts(table, scale)
    spoken = phrases.counts_of_each(names, counts, scale)
    return framed(
        stacked([Group(labels)], counts, scale),
        anchor="obr-gestori",
        caption=_leads_most(evaluation),
        subtitle=phrases.unit_and_source(
            evaluation,
            "opatření s více gestory se počítá u každého z nich" if evaluation.leads_share else "",
        ),
        told=f"Opatření gestorů podle stavu: {spoken}",
        table="tab-gestori",
    )


def _with_others(table: pd.DataFrame) -> pd.DataFrame:
    """The bodies with most measures, one row for all the others, then the one without a lead.

    The others are at least two: a single one is shown under its own name.
    """
    bodies, nobody = table[table.index != ""], table[table.index == ""]
    if len(bodies) > SHOWN + 1:
        rest = bodies.iloc[SHOWN:]
        others = f"ostatní ({count(len(rest), 'gestor', 'gestoři', 'gestorů')})"
        bodies = pd.concat([bodies.iloc[:SHOWN], rest.sum().to_frame(others).T])
    return pd.concat([bodies, nobody])


def _leads_most(evaluation: Evaluation) -> str:
    """Who leads most measures, and how many have nobody."""
    table = evaluation.by_lead
    whole = len(evaluation.judgements)
    aside = _open_roles(evaluation)
    named = table["total"].drop(index="", errors="ignore")
    if not named.sum():
        nobody = f"žádného {of_number(whole)}" if whole > 1 else "jediného"
        return f"Gestor není určen u {nobody} opatření"
    most = phrases.leaders(named)
    number = int(named.max())
    if len(most) > phrases.NAMED_AT_MOST:
        bodies = count(len(most), "gestor", "gestoři", "gestorů")
        stated = f"Nejvíce opatření vede shodně {bodies}, každý {phrases.part_of(number, whole)}"
    elif len(most) > 1:
        names = enumerate_words([full_body_name(evaluation.dataset, body) for body in most])
        stated = f"Nejvíce opatření vedou shodně {names}, každý {phrases.part_of(number, whole)}"
    else:
        name = full_body_name(evaluation.dataset, most[0])
        stated = f"Nejvíce opatření vede {name}: {phrases.part_of(number, whole)}"
        if number == whole:
            stated = f"{phrases.capitalised(phrases.part_of(number, whole, pad=4))} vede {name}"
    return f"{stated}; {aside}" if aside else stated


def _open_roles(evaluation: Evaluation) -> str:
    """How many measures have no lead body, and how many more a lead body without its unit."""
    bodies = evaluation.dataset.measure_bodies
    leads = bodies[
        bodies["role"].eq(str(Role.LEAD))
        & bodies["measure_id"].isin(evaluation.judgements["measure_id"])
    ]
    nobody, no_unit = (
        set(leads.loc[leads["assignment"].eq(str(state)), "measure_id"])
        for state in (Assignment.NOT_ASSIGNED, Assignment.UNIT_NOT_ASSIGNED)
    )
    more = len(no_unit - nobody)
    if not nobody:
        return f"odpovědný útvar chybí u {phrases.measures(more)}" if more else ""
    further = f"dalších {format_number(more)}" if more > 1 else "dalšího"
    aside = f", u {further} chybí odpovědný útvar" if more else ""
    return f"gestor není určen u {phrases.measures(len(nobody))}{aside}"


@telling_selection
def areas_by_status(evaluation: Evaluation) -> Figure:
    """Okruhy podle stavů: skládané pruhy v pořadí strategie."""
    table, scale = evaluation.by_area, evaluation.scale
    names = evaluation.dataset.areas.set_index("id")["short_name"].reindex(table.index)
    counts = phrases.rows_counts(table, scale)
    labels = [Label(name, key=str(area)) for area, name in names.items()]
    called = (f"{label.key} {label.text}" for label in labels)
    spoken = phrases.counts_of_each(called, counts, scale)
    where = after("v", evaluation.terms.area.form(6, plural=True))
    return framed(
        stacked([Group(labels)], counts, scale),
        anchor="obr-okruhy",
        caption=_unfulfilled_most(table, scale, evaluation.terms.area),
        subtitle=phrases.unit_and_source(evaluation),
        told=f"Opatření {where} podle stavu: {spoken}",
        table="tab-okruhy",
    )


def _unfulfilled_most(table: pd.DataFrame, scale: Scale, area: Noun) -> str:
    """Where most measures are not fulfilled, and where none is."""
    unfulfilled = table[scale.that(CountsAs.NOT)].sum(axis="columns")
    assessed = table[list(scale.ranks)].sum(axis="columns")
    one, many = (phrases.adjective(scale, CountsAs.NOT, ending) for ending in ("é", "ých"))
    if not unfulfilled.sum():
        some = [str(one_of) for one_of in table.index[assessed.gt(0)]]
        none = area.named(some) if len(some) == 1 else area.form(1, "žádný")
        return f"{phrases.capitalised(none)} nemá {one} opatření"
    most = phrases.leaders(unfulfilled)
    if len(most) > phrases.NAMED_AT_MOST:
        stated = (
            f"Nejvíce {many} opatření, {int(unfulfilled.max())}, má {area.agreeing('každý')} "
            f"{of_number(len(most))} {area.form(2, plural=True)}"
        )
    else:
        verb = f"má {area}" if len(most) == 1 else f"mají {area.form(1, plural=True)}"
        judged = " posouzených" if table[NO_STATUS].any() else ""
        shares = [
            f"{one_of} ({of_whole(int(unfulfilled[one_of]), int(assessed[one_of]))}{judged})"
            for one_of in most
        ]
        stated = f"Nejvíce {many} opatření {verb} {enumerate_words(shares)}"
    without = [str(one_of) for one_of in table.index[unfulfilled.eq(0) & assessed.gt(0)]]
    few = len(without) <= phrases.NAMED_AT_MOST
    none = area.named(without) if few else area.counted(len(without))
    verb = plural(len(without), "nemá", "nemají", "nemá")
    return f"{stated}; žádné {verb} {none}" if without else stated


@telling_selection
def deadlines_by_status(evaluation: Evaluation) -> Figure:
    """Termíny podle stavů: uplynulé, budoucí, průběžné a vázané na událost."""
    table, scale = evaluation.by_deadline, evaluation.scale
    as_of = evaluation.period.as_of
    passed = table["deadline_day"] <= pd.Timestamp(as_of)
    kind = table["deadline_kind"]
    fixed = kind.eq(str(DeadlineKind.FIXED))
    continuous = kind.eq(str(DeadlineKind.CONTINUOUS))
    # The titles say which deadlines are continuous, so their rows name the end alone.
    table = table.assign(words=table["deadline"].str.removeprefix("průběžně "))
    sections = {
        f"Pevný termín, který uplynul do {format_date(as_of)}": fixed & passed,
        f"Pevný termín po {format_date(as_of)}": fixed & ~passed,
        "Průběžně": continuous,
        "Vázáno na událost": kind.eq(str(DeadlineKind.EVENT)),
        "Bez termínu": kind.eq(str(DeadlineKind.NONE)),
    }
    groups: list[Group] = []
    counts: list[dict[str, int]] = []
    told: list[str] = []
    for title, chosen in sections.items():
        if chosen.any():
            words, own = table.loc[chosen, "words"], phrases.rows_counts(table[chosen], scale)
            groups.append(Group([Label(each) for each in words], title))
            counts += own
            told.append(f"{title}: {phrases.counts_of_each(words, own, scale)}")
    return framed(
        stacked(groups, counts, scale),
        anchor="obr-terminy",
        caption=_finding(evaluation),
        subtitle=phrases.unit_and_source(evaluation),
        told=phrases.sentences(*told),
        table="tab-terminy",
    )


def _finding(evaluation: Evaluation) -> str:
    """How many measures run continuously, and what became of those whose deadline has passed."""
    judged, scale = evaluation.judgements, evaluation.scale
    judgements = judged[~judged["status"].isin(scale.that(CountsAs.DROPPED))]
    whole = len(judgements)
    continuous = int(judgements["deadline_kind"].eq(str(DeadlineKind.CONTINUOUS)).sum())
    day = format_date(evaluation.period.as_of)
    fixed = judgements["deadline_kind"].eq(str(DeadlineKind.FIXED)) & judgements["status"].notna()
    past = fixed & (judgements["deadline_day"] <= pd.Timestamp(evaluation.period.as_of))
    number, late = int(past.sum()), int(judgements["overdue"].sum())
    has = plural(continuous, "má", "mají", "má")
    running = (
        f"Průběžně se {has} plnit {phrases.part_of(continuous, whole)}"
        if continuous
        else f"Průběžný termín nemá žádné {of_number(whole)} opatření"
        if whole > 1
        else "Průběžný termín opatření nemá"
    )
    if not number:
        of_which = "posouzeného " if evaluation.without_status else ""
        return f"{running}; pevný termín do {day} u žádného {of_which}neuplynul"
    of_judged = plural(number, "posouzeného", "posouzených", "posouzených")
    stated = format_number(number) + (f" {of_judged} opatření" if evaluation.without_status else "")
    word = " nebo ".join(scale[code].spoken for code in scale.that(CountsAs.DONE))
    if number == 1:
        done = f"a {word} není" if late else f"a {word} je"
    elif late == number:
        done = f"a {word} z nich není žádné"
    else:
        done = f"a {word} z nich je {format_number(number - late)}"
    return f"{running}; pevný termín do {day} uplynul u {stated} {done}"
