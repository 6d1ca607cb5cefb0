"""Goals as steps that lead one to another, with the status of the measures that serve them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import enumerate_words, of_whole
from slz_lib.palette import INK
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.presentation.naming import goal_keys, goal_links, goal_names, own_reading, serving
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import CountsAs, Gender, Scale

#: Width of an arrow's track left of the labels, and of all tracks at most.
_TRACK_MM = 4.0
_TRACKS_MM = 16.0
_ARROW = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0}
#: *No* before a noun of each gender.
_NO = {Gender.FEMININE: "Žádná", Gender.MASCULINE: "Žádný", Gender.NEUTER: "Žádné"}


@telling_selection
def goals_chart(evaluation: Evaluation) -> Figure:
    """Cíle první úrovně podle stavů; šipky vedou od podmínek k tomu, co umožňují."""
    table, dataset, scale = evaluation.by_goal, evaluation.dataset, evaluation.scale
    level = dataset.goal_levels.sort_values("order").iloc[0]
    names, keys = goal_names(dataset), goal_keys(dataset).str.rstrip(".\u2002 ")
    order = [str(code) for code in table.index]
    conditions = _conditions(dataset.goal_conditions, order)
    labels = [
        Label(str(names[code]), key=str(keys[code]), note=_note(code, conditions, keys, level))
        for code in order
    ]
    counts = phrases.rows_counts(table, scale)
    called = (f"{one.key}. {one.text}{f' ({one.note})' if one.note else ''}" for one in labels)
    spoken = phrases.counts_of_each(called, counts, scale, ": ")
    links = goal_links(dataset)
    reading = f"vazby {serving(dataset, links)} na {level['few']} jsou čtením zpracovatele, "
    return framed(
        stacked(
            [Group(labels)],
            counts,
            scale,
            indent=_track(conditions) * len(conditions) + 1.5,
            before=partial(_arrows, conditions=conditions, order=order),
        ),
        anchor="obr-priority",
        caption=_finding(table, names, level, scale),
        subtitle=phrases.unit_and_source(
            evaluation,
            f"{reading if own_reading(dataset, links) else ''}opatření se může počítat "
            f"u více {level['many']}",
        ),
        told=f"Opatření podle stavu u {level['many']} v jejich pořadí: {spoken}",
        table="tab-priority",
    )


def _conditions(pairs: pd.DataFrame, order: list[str]) -> dict[str, list[str]]:
    """For each goal that has conditions, their ids in the goals' order."""
    found = {goal: set(own) for goal, own in pairs.groupby("goal_id")["condition_id"]}
    ordered = {goal: [one for one in order if one in found.get(goal, ())] for goal in order}
    return {goal: own for goal, own in ordered.items() if own}


def _note(code: str, conditions: dict[str, list[str]], keys: pd.Series, level: pd.Series) -> str:
    """What a goal is a condition of, and what are its own conditions."""
    follows = [str(keys[target]) for target, own in conditions.items() if code in own]
    before = [str(keys[own]) for own in conditions.get(code, [])]
    parts = [
        f"{verb} {level['accusative' if len(numbers) == 1 else 'few']} {enumerate_words(numbers)}"
        for verb, numbers in (("předpokládá", before), ("podmiňuje", follows))
        if numbers
    ]
    return ", ".join(parts)


def _track(conditions: dict[str, list[str]]) -> float:
    return min(_TRACK_MM, _TRACKS_MM / max(len(conditions), 1))


def _arrows(
    axes: Axes, middles: list[float], conditions: dict[str, list[str]], order: list[str]
) -> None:
    """Left of the labels, a track for each goal with conditions: dots lead to its arrow."""
    width, place = _track(conditions), dict(zip(order, middles, strict=True))
    for track, (code, before) in enumerate(conditions.items()):
        x = 1.0 + track * width
        target = place[code]
        starts = [place[own] for own in before]
        axes.plot([x, x], [min(*starts, target), max(*starts, target)], color=INK)
        axes.plot([x] * len(starts), starts, color=INK, marker="o", markersize=4, linestyle="none")
        tip = (1.0 + len(conditions) * width - 0.3, target)
        axes.annotate("", tip, xytext=(x, target), arrowprops=_ARROW)


def _finding(table: pd.DataFrame, names: pd.Series, level: pd.Series, scale: Scale) -> str:
    """The goal with the largest share of measures that are not fulfilled."""
    unfulfilled = table[scale.that(CountsAs.NOT)].sum(axis="columns")
    assessed = table[list(scale.ranks)].sum(axis="columns")
    one, many = (phrases.adjective(scale, CountsAs.NOT, ending) for ending in ("é", "ých"))
    shares = {
        str(code): Fraction(int(bad), int(total))
        for code, bad, total in zip(table.index, unfulfilled, assessed, strict=True)
        if total
    }
    largest = max(shares.values(), default=Fraction(0))
    if not largest:
        return f"{_NO[Gender(level['gender'])]} {level['one']} nemá {one} opatření"
    most = [code for code, value in shares.items() if value == largest]
    noun = "posouzene" if table[NO_STATUS].any() else "opatreni"
    parts = {code: (int(unfulfilled[code]), int(assessed[code])) for code in most}
    if len(most) == 1:
        stated = f"má {level['one']} {names[most[0]]}: {phrases.part_of(*parts[most[0]], noun)}"
    else:
        each = [f"{names[code]} ({of_whole(*parts[code])})" for code in most]
        stated = f"mají {level['few']} {enumerate_words(each)}"
    return f"Největší podíl {many} opatření {stated}"
