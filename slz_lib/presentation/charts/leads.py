"""Lead bodies by the published status of their measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import count, enumerate_words, format_number, of_number
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, arrange
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.presentation.naming import NO_LEAD, body_names, full_body_name
from slz_lib.vocabulary import Assignment, Role

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.evaluation import Evaluation

#: Bodies with a bar of their own; the others share one.
SHOWN = 12


def leads_by_status(evaluation: Evaluation) -> Figure:
    """Stacked bars of lead bodies by number of measures, those without a lead last."""
    table = _with_others(evaluation.by_lead)
    names = table.index.to_series().replace(body_names(evaluation.dataset)).replace("", NO_LEAD)
    labels = [Label(name if body else f"— {name}") for body, name in names.items()]
    counts = phrases.rows_counts(table)
    arrangement = arrange([Group(labels)])
    spoken = phrases.listing(
        f"{name} – {phrases.spoken_counts(numbers)}"
        for name, numbers in zip(names, counts, strict=True)
    )
    caption = _finding(evaluation)
    return framed(
        stacked(arrangement, counts),
        anchor="obr-gestori",
        caption=caption,
        subtitle=phrases.unit_and_source(
            evaluation, "opatření s více gestory se počítá u každého z nich"
        ),
        alt=phrases.sentences(caption, f"Opatření gestorů podle stavu: {spoken}"),
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


def _finding(evaluation: Evaluation) -> str:
    """Who leads most measures, and how many have nobody."""
    table = evaluation.by_lead
    whole = len(evaluation.judgements)
    aside = _open_roles(evaluation)
    named = table["total"].drop(index="", errors="ignore")
    if not named.sum():
        return f"Gestor není určen u žádného {of_number(whole)} opatření"
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
