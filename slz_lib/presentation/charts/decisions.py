"""What the plan proposes for the measures, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from slz_lib.language import format_number
from slz_lib.palette import INK, LINK
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import BAR_MM, Group, Label, bars_beside

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.planning import ActionPlan

#: What stands where a measure has no main cause.
_NO_CAUSE = "jen nedostatek zadání"


def decisions_chart(plan: ActionPlan) -> Figure:
    """Opatření podle navrženého rozhodnutí a v něm podle hlavní příčiny."""
    whole = len(plan.decisions)
    causes = plan.evaluation.dataset.plan_causes.sort_values("order").set_index("id")["label"]
    order = [*causes.index, ""]
    sizes = (
        plan.decisions.assign(cause=plan.decisions["cause"].fillna(""))
        .groupby(["choice", "cause"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=order, fill_value=0)
    )
    proposed = [(str(key), int(n)) for key, n in plan.choice_counts.items() if n]
    groups, numbers = [], []
    for key, number in proposed:
        row = sizes.loc[key]
        own = [(str(causes.get(cause, _NO_CAUSE)), int(n)) for cause, n in row.items() if n]
        title = f"{CHOICES[key].capitalize()}: {phrases.part_of(number, whole)}"
        groups.append(Group([Label(label) for label, _ in own], title))
        numbers.append(own)
    lengths = [number for own in numbers for _, number in own]

    def paint(axes: Axes, row: int, bars: Sequence[float]) -> None:
        axes.barh(bars[0], lengths[row], height=BAR_MM, color=LINK, edgecolor=INK)

    spoken = "; ".join(
        f"{CHOICES[key]} – "
        + ", ".join(f"{phrases.lowered(label)} {format_number(part)}" for label, part in own)
        for (key, _), own in zip(proposed, numbers, strict=True)
    )
    caption = _finding(proposed, whole)
    return framed(
        bars_beside(groups, lengths, [format_number(number) for number in lengths], paint),
        anchor="obr-rozhodnuti",
        caption=caption,
        subtitle=(
            f"počet opatření podle navrženého rozhodnutí a hlavní příčiny; návrh "
            f"{plan.terms.plan.form(2)} {plan.horizon.label}; "
            f"zdroj: vlastní návrh podle vyhodnocení období {plan.evaluation.period.label}"
        ),
        alt=phrases.sentences(
            caption, f"Opatření podle rozhodnutí a hlavní příčiny: {spoken}" if spoken else ""
        ),
        table="tab-rozhodnuti",
    )


def _finding(proposed: list[tuple[str, int]], whole: int) -> str:
    """Every proposed decision with its number of measures."""
    if not proposed:
        return "Plán nenavrhuje žádné rozhodnutí"
    return f"Navrhuje se {phrases.decided(proposed, whole)}"
