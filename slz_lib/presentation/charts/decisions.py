"""What the plan proposes for the measures, and why."""

from __future__ import annotations

from slz_lib.documents.model import Figure
from slz_lib.language import format_number
from slz_lib.palette import LINK
from slz_lib.planning import ActionPlan
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, bar, bars_beside

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

    texts = [format_number(number) for number in lengths]
    spoken = phrases.each(
        (CHOICES[key] for key, _ in proposed),
        (
            ", ".join(f"{phrases.lowered(label)} {format_number(part)}" for label, part in own)
            for own in numbers
        ),
    )
    return framed(
        bars_beside(
            groups, lengths, texts, lambda axes, place, y: bar(axes, y, lengths[place], LINK)
        ),
        anchor="obr-rozhodnuti",
        caption=_finding(proposed, whole),
        subtitle=(
            f"počet opatření podle navrženého rozhodnutí a hlavní příčiny; návrh "
            f"{plan.terms.plan.form(2)} {plan.horizon.label}; "
            f"zdroj: vlastní návrh podle vyhodnocení období {plan.evaluation.period.label}"
        ),
        told=f"Opatření podle rozhodnutí a hlavní příčiny: {spoken}" if spoken else "",
        table="tab-rozhodnuti",
    )


def _finding(proposed: list[tuple[str, int]], whole: int) -> str:
    """Every proposed decision with its number of measures."""
    if not proposed:
        return "Plán nenavrhuje žádné rozhodnutí"
    return f"Navrhuje se {phrases.decided(proposed, whole)}"
