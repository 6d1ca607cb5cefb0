"""The schedule of a drafted plan: what data say of bodies, analysts' adjustments, scenarios."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pandas as pd

from slz_lib.language import enumerate_words
from slz_lib.planning.plan import ActionPlan
from slz_lib.planning.reasons import Names
from slz_lib.planning.schedule import Schedule, scheduled
from slz_lib.planning.scores import scores
from slz_lib.vocabulary import Period

#: A score is a weight of so many parts.
_PARTS = 100


def quarters(horizon: Period) -> pd.PeriodIndex:
    """The quarters of a horizon."""
    return pd.period_range(horizon.start, horizon.end, freq="Q")


def timed(plan: ActionPlan) -> ActionPlan:
    """The plan with scores, a schedule, and the days of its steps by that schedule.

    A step that ends in the quarter in which it is due keeps its day; a step without a place has
    neither a start nor a deadline.
    """
    efforts = plan.steps.groupby("measure_id", sort=False)["effort"].sum(min_count=1)
    of_measures = efforts.reindex(plan.decisions["measure_id"]).astype("Float64")
    scored = scores(plan.evaluation, plan.horizon, of_measures)
    planned = replace(plan, scores=scored)
    schedule = scheduled(*_tables(planned), _names(planned))
    asked = plan.own("adjustments")["subject"]
    unknown = asked[~asked.isin(plan.steps["id"]) & ~asked.isin(plan.steps["measure_id"])]
    if len(unknown):
        told = (
            f"Zásahy do harmonogramu se týkají kroků nebo opatření, která plán nemá: "
            f"{enumerate_words(unknown.tolist())}; opravte sloupec subject tabulky adjustments."
        )
        schedule = replace(schedule, notes=(*schedule.notes, told))
    whole = quarters(plan.horizon)
    stands = schedule.steps[["start", "end"]].set_axis(plan.steps.index)
    first, last = (
        stands[name].map(dict(enumerate(days.normalize()))).astype("datetime64[us]")
        for name, days in (("start", whole.start_time), ("end", whole.end_time))
    )
    kept = plan.steps["due"].eq(stands["end"]).fillna(value=False)
    steps = plan.steps.assign(start=first, deadline=last.mask(kept, plan.steps["deadline"]))
    return replace(planned, steps=steps, schedule=schedule)


def relief(plan: ActionPlan) -> pd.DataFrame:
    """Co by přinesla úleva: varianty z tabulky scenarios vedle dnešního harmonogramu.

    Returns:
        One row a scenario, first the plan as it is (``id`` empty): ``label``, ``moved`` (steps that
        stand elsewhere), ``entered`` and ``left`` (ids joined by ``;`` of steps that get a place or
        lose it), ``unscheduled`` (steps without a place), ``lateness`` (weighted quarters),
        ``cost`` (what is left out counts too).
    """
    before = plan.schedule
    if before is None:
        return pd.DataFrame()
    table = plan.own("scenarios")
    found = [("", "Harmonogram podle návrhu", before)]
    for id_, rows in table.groupby("id", sort=False):
        (steps, capacities), concerns = _tables(plan), False
        for change, subject, amount in rows[["change", "subject", "amount"]].to_numpy().tolist():
            if change == "capacity":
                about = capacities["body"].eq(subject)
                days = capacities["person_days"] + about * amount
                capacities["person_days"] = days.clip(lower=0)
            else:
                about = _about(plan, subject)
                later = about * int(amount)
                steps[change] = steps[change] + later.astype("Int64").to_numpy()
            concerns |= bool(about.any())
        label = str(rows["label"].iloc[0])
        if not concerns:
            label += " (netýká se žádného kroku ani kapacity)"
        found.append((str(id_), label, scheduled(steps, capacities, before.names, before)))
    told = []
    for id_, label, after in found:
        changes = after.changes(before)
        entered, left = (changes.loc[changes["change"].eq(code), "id"] for code in ("in", "out"))
        numbers = (len(changes), ";".join(entered), ";".join(left), len(after.unscheduled))
        told.append((id_, label, *numbers, after.lateness, int(after.quality["cost"].sum())))
    names = ["id", "label", "moved", "entered", "left", "unscheduled", "lateness", "cost"]
    return pd.DataFrame(told, columns=names)


def rescheduled(plan: ActionPlan, closed: Collection[str], day: date, before: Schedule) -> Schedule:
    """Rozvrhne kroky, které ke dni nejsou uzavřeny, znovu do toho, co z období zbývá.

    A closed step takes no capacity and nothing waits for it. What is under way stays, unless it
    waits for a step that is not closed; the others begin in a quarter that has not passed. No
    report says how much of a step is left, so each takes all of its effort.

    Args:
        plan: a plan with a schedule.
        closed: ids of the steps of which nothing more is awaited.
        day: a quarter that ends on it has passed.
        before: from which as little as possible is to move.
    """
    steps, capacities = _tables(plan)
    now = sum(quarter.end_time.date() <= day for quarter in quarters(plan.horizon))
    steps["effort"] = steps["effort"].fillna(steps["effort"].median())
    left = steps[~steps["id"].isin(list(closed))]
    stood = left[["id"]].merge(before.steps, how="left").set_axis(left.index)
    required = left["requires"].astype("str").str.split(";").explode()
    waits = required.isin(left["id"]).groupby(level=0).any()
    runs = (stood["start"].lt(now) & stood["end"].ge(now)).fillna(value=False) & ~waits
    pinned = left["pinned"].mask(left["pinned"].lt(now)).mask(runs, stood["start"])
    earliest = left["earliest"].astype("Int64").fillna(0).clip(lower=now)
    left = left.assign(pinned=pinned, earliest=earliest.mask(runs, stood["start"]))
    # What the earlier schedule does not know is to stand as soon as it can.
    near = stood.assign(start=stood["start"].mask(~left["id"].isin(before.steps["id"]), now))
    return scheduled(left, capacities, before.names, replace(before, steps=near))


def _about(plan: ActionPlan, subject: str) -> pd.Series:
    """The steps that a body leads, that are of a measure or a cause, or wait for a law (bool)."""
    evidence = plan.evaluation.evidence
    awaiting = evidence.loc[evidence["waits_for"].eq(subject), "measure_id"]
    named = plan.steps[["id", "measure_id", "cause", "lead"]].isin([subject]).any(axis="columns")
    return named | plan.steps["measure_id"].isin(awaiting)


def _tables(plan: ActionPlan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Steps and capacities as :func:`scheduled` takes them."""
    number = {name: at for at, name in enumerate(_names(plan).quarters)}
    score = plan.scores.table["score"] if plan.scores is not None else pd.Series(dtype="Float64")
    weight = (score.fillna(score.median()).fillna(1.0) * _PARTS).round().clip(lower=1)
    steps = plan.steps[["id", "effort", "earliest", "due", "length", "requires"]].copy()
    steps["body"] = plan.steps["lead"].astype("str").str.split(";").str[0]
    steps["weight"] = plan.steps["measure_id"].map(weight.astype("int64"))
    steps = steps.assign(pinned=pd.Series(dtype="Int64"), forbidden=False)
    adjusted = plan.own("adjustments")
    # What has no place in the horizon is told as what does not fit.
    quarter = adjusted["quarter"].map(number).astype("Int64").fillna(len(number))
    for subject, action, when in zip(adjusted["subject"], adjusted["action"], quarter, strict=True):
        about = plan.steps[["id", "measure_id"]].isin([subject]).any(axis="columns")
        match action:
            case "pin":
                steps["pinned"] = steps["pinned"].mask(about, when)
            case "forbid":
                steps["forbidden"] |= about
            case _:
                steps["earliest"] = steps["earliest"].mask(about, when)
    rows = plan.own("capacities").sort_values("quarter", na_position="last", kind="stable")
    named = rows["quarter"].astype("str").fillna(";".join(number))
    rows = rows.assign(quarter=named.str.split(";")).explode("quarter")
    rows = rows.drop_duplicates(["body_id", "quarter"]).rename(columns={"body_id": "body"})
    rows["quarter"] = rows["quarter"].map(number).astype("Int64")
    return steps, rows[["body", "quarter", "person_days"]].dropna().reset_index(drop=True)


def _names(plan: ActionPlan) -> Names:
    bodies = plan.evaluation.dataset.bodies.set_index("id")["short_name"]
    called = tuple(f"{q.year}-Q{q.quarter}" for q in quarters(plan.horizon))
    return Names(called, {str(body): str(name) for body, name in bodies.items()})
