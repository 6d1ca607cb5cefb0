"""The plan's steps in time: by cause over the whole plan, step by step in one area."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Figure
from slz_lib.language import NOUNS, counted, enumerate_words, format_date, of_number, plural
from slz_lib.planning import ActionPlan
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label
from slz_lib.presentation.charts.timeline import Span, timeline
from slz_lib.presentation.naming import (
    NO_LEAD,
    cause_labels,
    lead_names,
    listed_bodies,
    measure_titles,
)
from slz_lib.vocabulary import Deadline, DeadlineKind, Period, named_safely

#: Bars that one picture can hold; beyond it deadlines are put together.
_MOST_BARS = 32
_MOST_STEPS = 26
#: Steps that an alternative text tells one by one.
_MOST_TOLD = 8
_SPANS = ("M", "Q", "Y")
_KINDS = {"main": "Podle hlavní příčiny", "defect": "Podle nedostatku zadání"}
_READING = "řádek je krok: číslo opatření a příčina, na kterou odpovídá; u pruhu stojí gestor kroku"


def gantt(plan: ActionPlan) -> Figure:
    """Harmonogram plánu: řádek je příčina, pruh vede k termínu s počtem kroků."""
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
    spoken = phrases.each(
        (phrases.lowered(name) for name, _ in shown),
        (", ".join(f"{bar.text} {_until(bar.end)}" for bar in bars) for _, bars in shown),
    )
    told = f"Kroky podle příčin: {spoken}" if spoken else ""
    return framed(
        timeline(groups, [bars for _, bars in shown], plan.horizon),
        anchor="obr-harmonogram",
        caption=_finding(plan.placed, plan.horizon),
        subtitle=_subtitle(plan, _without_place(plan.steps)),
        told=phrases.sentences(_range(plan.placed), told),
        table="tab-priciny",
    )


def gantt_of_area(plan: ActionPlan, area: str) -> Figure:
    """Harmonogram jednoho okruhu: řádek je krok, při velkém počtu opatření."""
    of_area = plan.steps[plan.steps["area_id"] == area]
    steps = of_area.dropna(subset=["deadline"])
    few = len(steps) <= _MOST_STEPS
    rows = _by_step(plan, steps) if few else _by_measure(steps)
    beginning = f"{phrases.capitalised(str(plan.terms.area))} {area}"
    return framed(
        timeline([Group([label for label, _ in rows])], [[bar] for _, bar in rows], plan.horizon),
        anchor=f"obr-harmonogram-{named_safely(area)}",
        caption=f"{beginning}: {phrases.lowered(_finding(steps, plan.horizon))}",
        subtitle=_subtitle(plan, _without_place(of_area), _READING if few else ""),
        told=phrases.sentences(_range(steps), _told(plan, steps)),
        table=f"tab-kroky-{area}",
    )


def gantt_of_priorities(plan: ActionPlan, steps: pd.DataFrame) -> Figure:
    """Harmonogram prioritních opatření podle okruhů: u pruhu stojí gestor.

    Args:
        plan: the drafted plan.
        steps: rows of its steps; those without days have no place and no bar.
    """
    dataset, placed = plan.evaluation.dataset, steps.dropna(subset=["start", "deadline"])
    titles = measure_titles(dataset)
    placed = placed.assign(who=listed_bodies(placed["lead"], dataset))
    groups, spans, told = [], [], []
    for area in dataset.areas.sort_values("order").to_dict("records"):
        own = placed[placed["area_id"].eq(area["id"])]
        labels = []
        for measure, bars in own.sort_values("start").groupby("measure_id", sort=False):
            drawn = bars[["start", "deadline", "who"]].itertuples(index=False)
            spans.append([Span(*bar) for bar in drawn])
            labels.append(Label(str(titles[measure]), key=str(measure), bars=len(bars)))
            told.append(f"{measure} {_until(bars['deadline'].max())}")
        if labels:
            groups.append(Group(labels, f"{area['id']} {area['short_name']}"))
    return framed(
        timeline(groups, spans, plan.horizon),
        anchor="obr-harmonogram",
        caption=_finding(placed, plan.horizon),
        subtitle=_subtitle(plan, "řádek je prioritní opatření, pruh jeho krok, u něj stojí gestor"),
        told=phrases.sentences(_range(placed), f"Opatření: {', '.join(told)}"),
    )


def _by_cause(plan: ActionPlan) -> dict[str, list[Span]]:
    """For each cause, a bar for each deadline of its steps, the earliest first."""
    grouped = plan.placed.assign(end=_ends(plan)).groupby(["cause", "end"])
    sizes = grouped.agg(start=("start", "min"), steps=("id", "size"))
    spans: dict[str, list[Span]] = {}
    for (cause, end), start, steps in sizes.itertuples():
        spans.setdefault(str(cause), []).append(Span(start, end, _steps(steps)))
    return spans


def _by_step(plan: ActionPlan, steps: pd.DataFrame) -> list[tuple[Label, Span]]:
    causes, led = cause_labels(plan), lead_names(steps, plan.evaluation.dataset)
    rows = steps[["measure_id", "cause", "start", "deadline"]].assign(led=list(led))
    return [
        (Label(str(causes[cause]), key=measure), Span(start, end, leads))
        for measure, cause, start, end, leads in rows.itertuples(index=False)
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
    keys = plan.placed[["cause", "deadline"]]
    for span in _SPANS:
        periods = keys["deadline"].dt.to_period(span)
        ends = keys.assign(deadline=periods.dt.end_time.dt.normalize().clip(upper=last))
        if len(ends.drop_duplicates()) <= _MOST_BARS:
            break
    return ends["deadline"]


def _steps(number: int) -> str:
    return counted(number, "kroky")


def _until(day: pd.Timestamp) -> str:
    return str(Deadline(DeadlineKind.FIXED, f"{day:%Y-%m}"))


def _told(plan: ActionPlan, steps: pd.DataFrame) -> str:
    """Few steps one by one; of many only where they stand."""
    if steps.empty:
        return ""
    if len(steps) > _MOST_TOLD:
        return "Jednotlivé kroky uvádí tabulka"
    causes = cause_labels(plan)
    listed = listed_bodies(steps["lead"], plan.evaluation.dataset)
    rows = steps[["measure_id", "cause", "deadline", "lead"]].assign(names=listed)
    return "; ".join(
        f"{measure} ({phrases.lowered(str(causes[cause]))}): {_until(end)}, {_led(lead, names)}"
        for measure, cause, end, lead, names in rows.itertuples(index=False)
    )


def _led(ids: str, names: str) -> str:
    """``gestoři OSV a MMR`` of ids joined by ``;`` and names joined by a comma."""
    if not ids:
        return NO_LEAD
    noun = plural(ids.count(";") + 1, "gestor", "gestoři", "gestoři")
    return f"{noun} {enumerate_words(names.split(', '))}"


def _range(steps: pd.DataFrame) -> str:
    """From which day to which the deadlines stand, if there are more of them."""
    if steps["deadline"].nunique() < 2:
        return ""
    first, last = (format_date(day) for day in (steps["deadline"].min(), steps["deadline"].max()))
    return f"Termíny kroků jsou od {first} do {last}"


def _finding(steps: pd.DataFrame, horizon: Period) -> str:
    """What ends first: how many steps by the middle of the plan, and the first of all."""
    whole, ends = len(steps), steps["deadline"]
    if not whole:
        return "Plán nemá žádný krok s\u00a0termínem"
    first = format_date(ends.min())
    if ends.min() == ends.max():
        has = plural(whole, "má", "mají", "má")
        return f"{phrases.capitalised(NOUNS['kroky'].every(whole))} {has} termín {first}"
    middle = _middle(horizon)
    early = int(ends.le(middle).sum())
    by = f"Do {format_date(middle)}"
    if not early:
        return f"{by} nekončí žádný {of_number(whole)} kroků, první až {first}"
    begins = "a to" if ends[ends.le(middle)].max() == ends.min() else "první už"
    return f"{by} končí {phrases.part_of(early, whole, 'kroky')}, {begins} {first}"


def _middle(horizon: Period) -> pd.Timestamp:
    """The end of the year, or of the month in a plan of one year, nearest to its middle."""
    start, last = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)
    years = last.year - start.year + 1
    if years > 1:
        return pd.Timestamp(start.year + years // 2 - 1, 12, 31)
    return start + (last - start) / 2 + pd.offsets.MonthEnd(0)


def _without_place(steps: pd.DataFrame) -> str:
    """How many steps the schedule leaves out."""
    left_out = int(steps["deadline"].isna().sum())
    return f"bez místa v\u00a0plánu {_steps(left_out)}" if left_out else ""


def _subtitle(plan: ActionPlan, *additions: str) -> str:
    parts = [
        f"kroky návrhu {plan.terms.plan.form(2)} {plan.horizon.label}",
        "římské číslice značí čtvrtletí",
        *additions,
        f"zdroj: vlastní návrh podle vyhodnocení období {plan.evaluation.period.label}",
    ]
    return "; ".join(part for part in parts if part)
