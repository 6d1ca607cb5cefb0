"""The plan's steps in time: by cause over the whole plan, step by step in one area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import (
    count,
    enumerate_words,
    format_percent,
    month_genitive,
)
from slz_lib.presentation.charts import wording
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label
from slz_lib.presentation.charts.timeline import Span, timeline
from slz_lib.presentation.naming import body_names

if TYPE_CHECKING:
    from slz_lib.documents.model import Figure
    from slz_lib.planning import ActionPlan

#: Bars that one picture can hold; beyond it deadlines are put together.
_MOST_BARS = 32
_MOST_STEPS = 26
_SPANS = ("M", "Q", "Y")
_NONE = "nic naplánováno"
_KINDS = {"main": "Podle hlavní příčiny", "defect": "Podle vady nastavení"}
_READING = "řádek je krok: číslo opatření a příčina, na kterou odpovídá; u pruhu stojí gestor"


def gantt(plan: ActionPlan) -> Figure:
    """A row a cause: a bar to each deadline with the number of steps that end there."""
    causes = plan.evaluation.dataset.plan_causes.sort_values("order")
    spans = _by_cause(plan)
    groups: list[Group] = []
    shown: list[tuple[str, list[Span]]] = []
    for kind, title in _KINDS.items():
        own = causes[causes["kind"].eq(kind) & causes["id"].isin(list(spans))]
        rows = [
            (str(name), spans[cause]) for cause, name in zip(own["id"], own["label"], strict=True)
        ]
        if rows:
            groups.append(Group([Label(name, bars=len(bars)) for name, bars in rows], title))
        shown += rows
    spoken = wording.listing(
        f"{name}: " + ", ".join(f"{bar.text} {_until(bar.end)}" for bar in bars)
        for name, bars in shown
    )
    caption = _finding(plan.steps)
    return framed(
        timeline(groups, [bars for _, bars in shown], plan.horizon),
        anchor="obr-harmonogram",
        caption=caption,
        subtitle=_subtitle(plan),
        alt=wording.sentences(f"Harmonogram kroků podle příčin: {spoken or _NONE}", caption),
        table="tab-priciny",
    )


def gantt_of_area(plan: ActionPlan, area: str) -> Figure:
    """A row a step of one area with its lead body; a row a measure where steps are too many."""
    steps = plan.steps[plan.steps["area_id"] == area]
    few = len(steps) <= _MOST_STEPS
    rows = _by_step(plan, steps) if few else _by_measure(steps)
    short = plan.evaluation.dataset.areas.set_index("id")["short_name"][area]
    spoken = wording.listing(
        f"{label.key} {label.text} {_until(bar.end)}, {bar.text}" for label, bar in rows
    )
    caption = f"Okruh {area}: {_lowered(_finding(steps))}"
    return framed(
        timeline([Group([label for label, _ in rows])], [[bar] for _, bar in rows], plan.horizon),
        anchor=f"obr-harmonogram-{area}",
        caption=caption,
        subtitle=_subtitle(plan, _READING if few else ""),
        alt=wording.sentences(
            f"Harmonogram kroků v okruhu {area} {short}: {spoken or _NONE}", caption
        ),
        table=f"tab-kroky-{area}",
    )


def _by_cause(plan: ActionPlan) -> dict[str, list[Span]]:
    """For each cause, a bar for each deadline of its steps, the earliest first."""
    grouped = plan.steps.assign(end=_ends(plan)).groupby(["cause", "end"])
    sizes = grouped.agg(steps=("id", "size"), start=("start", "min")).reset_index()
    spans: dict[str, list[Span]] = {}
    columns = (sizes[name] for name in ("cause", "start", "end", "steps"))
    for cause, start, end, steps in zip(*columns, strict=True):
        spans.setdefault(str(cause), []).append(Span(start, end, _steps(int(steps))))
    return spans


def _by_step(plan: ActionPlan, steps: pd.DataFrame) -> list[tuple[Label, Span]]:
    causes = plan.evaluation.dataset.plan_causes.set_index("id")["label"]
    names = body_names(plan.evaluation.dataset)
    columns = (steps[name] for name in ("measure_id", "cause", "start", "deadline", "lead"))
    return [
        (Label(str(causes[cause]), key=measure), Span(start, end, _leads(lead, names)))
        for measure, cause, start, end, lead in zip(*columns, strict=True)
    ]


def _by_measure(steps: pd.DataFrame) -> list[tuple[Label, Span]]:
    return [
        (
            Label("všechny kroky", key=str(measure)),
            Span(own["start"].min(), own["deadline"].max(), _steps(len(own))),
        )
        for measure, own in steps.groupby("measure_id", sort=False)
    ]


def _ends(plan: ActionPlan) -> pd.Series:
    """Deadlines, put together by quarter or year where one picture cannot hold every month."""
    last = pd.Timestamp(plan.horizon.end)
    keys = plan.steps[["cause", "deadline"]]
    for span in _SPANS:
        periods = keys["deadline"].dt.to_period(span)
        ends = keys.assign(deadline=periods.dt.end_time.dt.normalize().clip(upper=last))
        if len(ends.drop_duplicates()) <= _MOST_BARS:
            break
    return ends["deadline"]


def _steps(number: int) -> str:
    return count(number, "krok", "kroky", "kroků")


def _leads(ids: str, names: pd.Series) -> str:
    return ", ".join(str(names[body]) for body in ids.split(";") if body) or "gestor neurčen"


def _until(day: pd.Timestamp) -> str:
    return f"do {month_genitive(day.month)}\u00a0{day.year}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _finding(steps: pd.DataFrame) -> str:
    """The month in which most steps end; months that tie are all named."""
    if steps.empty:
        return "Plán nemá žádný krok"
    ends = steps["deadline"].value_counts().sort_index()
    most = wording.leaders(ends)
    number = int(ends.max())
    stated = f"{wording.out_of(number, len(steps))} ({format_percent(number / len(steps))})"
    if len(most) > wording.NAMED_AT_MOST:
        return f"Kroky končí rovnoměrně, v každém {wording.of_whole(len(most))} termínů {stated}"
    whens = enumerate_words([_until(pd.Timestamp(day)) for day in most])
    return f"Nejvíce kroků, {'vždy ' if len(most) > 1 else ''}{stated}, má skončit {whens}"


def _subtitle(plan: ActionPlan, addition: str = "") -> str:
    parts = [
        f"kroky návrhu akčního plánu {plan.horizon.label}; římské číslice značí čtvrtletí",
        addition,
        f"zdroj: vlastní návrh podle vyhodnocení období {plan.evaluation.period.label}",
    ]
    return "; ".join(part for part in parts if part)
