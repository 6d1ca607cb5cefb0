"""Which areas answer which goals: a grid with numbers, an empty place where nothing does."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from slz_lib.documents.model import Figure
from slz_lib.evaluation.alignment import goal_answers, goal_matrix
from slz_lib.language import enumerate_words, format_number, plural
from slz_lib.palette import INK, LINK, PAPER, QUIET, RULE
from slz_lib.planning import ActionPlan
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed, sheet
from slz_lib.presentation.charts.lettering import LINE_MM, SMALL, box, write
from slz_lib.presentation.charts.rows import (
    BAR_MM,
    Arrangement,
    Group,
    Label,
    arranged,
    write_labels,
)

_HEAD_MM = LINE_MM + 1.5
#: A place of the grid is at most so wide.
_PLACE_MM = 9.0


def alignment_chart(plan: ActionPlan) -> Figure:
    """Okruhy × cíle: kolik opatření na který cíl odpovídá."""
    dataset = plan.evaluation.dataset
    counts = goal_matrix(dataset)
    names = dataset.areas.set_index("id")["short_name"]
    numbers = dataset.goals.set_index("id")["number"].fillna("")
    known, texts = counts.notna().to_numpy(), counts.astype("str").to_numpy()
    keys = [str(numbers[goal] or goal) for goal in counts.columns]
    labels = [Label(str(names[area]), key=str(area)) for area in counts.index]

    def draw(drawing: Drawing, arrangement: Arrangement) -> None:
        page = sheet(drawing)
        write_labels(page, arrangement, top=_HEAD_MM)
        place = min((arrangement.page - arrangement.width - 0.5) / max(len(keys), 1), _PLACE_MM)
        for column, key in enumerate(keys):
            middle = arrangement.width + (column + 0.5) * place
            write(page, middle, LINE_MM / 2, key, size=SMALL * 0.9, align="center")
            for row, (y, *_) in enumerate(arrangement.bars):
                text = texts[row, column] if known[row, column] else ""
                _draw(page, middle, _HEAD_MM + y, place, text)

    answered = (
        ", ".join(f"{key} {text}" for key, text, linked in zip(keys, *row, strict=True) if linked)
        for row in zip(texts, known, strict=True)
    )
    spoken = phrases.each((f"{label.key} {label.text}" for label in labels), answered, ": ")
    level = dataset.goal_levels.sort_values("order").iloc[min(1, len(dataset.goal_levels) - 1)]
    return framed(
        arranged([Group(labels)], draw, top=lambda _: _HEAD_MM),
        anchor="obr-soulad",
        caption=_finding(plan),
        subtitle=(
            f"počet opatření, která na {level['one']} nebo na cíle pod ním odpovídají; prázdné "
            "místo znamená žádnou vazbu, nula vazbu bez jednotlivého opatření; "
            "vazby určil zpracovatel"
        ),
        told=f"Opatření podle okruhů a cílů: {spoken}",
        table="tab-soulad-cile",
    )


def _draw(page: Axes, middle: float, y: float, place: float, text: str) -> None:
    """One place of the grid: filled where some measure answers, an empty box without a link."""
    answered = text not in ("", "0")
    fill, edge = LINK if answered else PAPER, INK if text else RULE
    box(page, middle - place / 2 + 0.2, y, place - 0.4, BAR_MM, fill, edgecolor=edge)
    if text:
        colour = PAPER if answered else QUIET
        write(page, middle, y, text, size=SMALL, colour=colour, align="center")


def _finding(plan: ActionPlan) -> str:
    """Which of the lowest goals no measure answers."""
    found = goal_answers(plan.evaluation.dataset)
    gaps = found[found["measures"].isna()]
    if gaps.empty:
        return "Na každý cíl odpovídá aspoň jedno opatření"
    named = enumerate_words([*gaps["number"].fillna(gaps.index.to_series())])
    goals = plural(len(gaps), "cíl", "cíle", "cílů")
    return f"Žádné opatření neodpovídá na {format_number(len(gaps))} {goals}: {named}"
