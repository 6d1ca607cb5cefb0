"""How a plan goes, as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slz_lib.language import counted, enumerate_words, format_date, no_breaks, of_whole
from slz_lib.vocabulary import StepState, labels

if TYPE_CHECKING:
    from slz_lib.planning.progress import Progress

_STATES = labels(StepState)
#: How a step can stand elsewhere, in the order in which it is told.
_CHANGES = {
    "later": "později",
    "out": "do období plánu se nevejde",
    "earlier": "dříve",
    "in": "nově se vejde",
}


def status_lines(progress: Progress) -> Iterator[str]:
    """Steps by state, those that are due and are not done, and what that moves."""
    steps, plan = progress.steps, progress.plan
    names = plan.evaluation.dataset.bodies.set_index("id")["short_name"]
    yield f"Plán {plan.horizon.label} k\u00a0{format_date(progress.day)}: " + counted(
        len(steps), "kroky"
    )
    for state, label in _STATES.items():
        yield f"  {label}: {int(steps['state'].eq(state).sum())}"
    yield f"  bez zprávy: {int(steps['state'].isna().sum())}"
    due, slipped = steps[steps["due"]], steps[steps["slipped"]]
    if due.empty:
        yield "Termín zatím žádnému kroku neuplynul."
    elif slipped.empty:
        yield f"Termín uplynul u\u00a0{counted(len(due), 'kroky', 2)}; všechny jsou uzavřeny."
    else:
        yield f"Kroky po termínu, které nejsou uzavřeny ({of_whole(len(slipped), len(due))}):"
    for step in slipped.fillna({"state": ""}).to_dict("records"):
        lead = ", ".join(str(names[body]) for body in str(step["lead"]).split(";") if body)
        state = _STATES.get(str(step["state"]), "bez zprávy")
        yield no_breaks(
            f"  {step['id']} ({lead or 'gestor neurčen'}, do {format_date(step['deadline'])}, "
            f"{state}): {step['step']}"
        )
    if not slipped.empty:
        yield from _moved(progress)
    if progress.unknown:
        yield no_breaks(
            f"Zprávy jsou i o krocích, které plán nemá: {enumerate_words(progress.unknown)}."
        )


def _moved(progress: Progress) -> Iterator[str]:
    """What the steps that slipped do to the others."""
    moves = progress.moves
    yield no_breaks(
        "Nový rozvrh neuzavřených kroků (uzavřené kapacitu nezabírají, neuzavřené celou): "
        + (f"jinde než v plánu {counted(len(moves), 'kroky')}." if len(moves) else "beze změny.")
    )
    ends = moves["before"].fillna("bez místa") + " → " + moves["after"].fillna("bez místa")
    told = moves["id"] + " (" + ends + moves["late"].map({True: ", nově po lhůtě", False: ""}) + ")"
    for code, label in _CHANGES.items():
        if moves["change"].eq(code).any():
            yield f"  {label}: {', '.join(told[moves['change'].eq(code)])}"
