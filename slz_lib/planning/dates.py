"""When the steps of a plan are due and what comes first, by their causes alone; no schedule yet."""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation import Evaluation
from slz_lib.vocabulary import Cause, CauseKind, Period


def reported_work(progress: pd.DataFrame) -> pd.DataFrame:
    """The last report of how much work each step takes; rows of ``progress``, index step id."""
    known = progress.dropna(subset="person_days").sort_values("day", kind="stable")
    return known.drop_duplicates("step_id", keep="last").set_index("step_id")


def listed(*texts: pd.Series, index: pd.Index) -> pd.Series:
    """All texts of each row, each once, those of the first series first, joined by ``;``."""
    every = pd.concat(texts).dropna().astype("str").rename("text").rename_axis("row").reset_index()
    rows: pd.Series = every.drop_duplicates().groupby("row")["text"].agg(";".join)
    return rows.reindex(index).astype("str").fillna("")


def dated(
    steps: pd.DataFrame,
    work: pd.DataFrame,
    evaluation: Evaluation,
    proposals: pd.DataFrame,
    horizon: Period,
) -> pd.DataFrame:
    """Steps with their days and quarters, effort and what has to come first.

    A step ends the cause's months after the horizon's start, no later than the measure's own
    deadline where the cause asks for that and the deadline can still be kept. It begins as late as
    its length lets it. Of its work the lead's last report counts before a proposal, and that before
    what the rules assume (``work``: ``person_days`` and ``quarters``).
    """
    deadline = evaluation.judgements.set_index("measure_id")["deadline_day"]
    own = steps["measure_id"].map(deadline)
    begin, end = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)
    day = pd.Timedelta(days=1)
    last = _month_start(begin, steps["months"]) - day
    last = last.where(last <= end, end)
    kept = steps["within_deadline"] & own.ge(begin) & own.lt(last)
    steps["deadline"] = last.mask(kept, own)
    main = steps["role"].eq(CauseKind.MAIN)
    proposed = steps["measure_id"].map(proposals["person_days"]).where(main).astype("Float64")
    progress = evaluation.dataset.progress
    reported = reported_work(progress[progress["horizon_id"].eq(horizon.id)])["person_days"]
    said = steps["id"].map(reported).astype("Float64").fillna(proposed)
    steps["effort"] = said.fillna(work["person_days"].astype("Float64"))
    length = work["quarters"].astype("Int64").fillna(1)
    steps["due"] = _quarters(begin, steps["deadline"])
    last_quarter = _quarters(begin, pd.Series([end])).iloc[0]
    steps["requires"] = _required(steps, proposals)
    needed = steps["requires"].str.split(";").explode()
    latest = needed.map(steps.set_index("id")["due"]).groupby(level=0).max()
    earliest = (latest + 1).fillna(0).astype("Int64").clip(upper=last_quarter)
    waits = earliest.gt(steps["due"])
    steps["due"] = steps["due"].mask(waits, earliest)
    later = _month_start(begin, earliest * 3 + 3) - day
    steps["deadline"] = steps["deadline"].mask(waits, later.where(later <= end, end))
    steps["earliest"] = earliest
    steps["length"] = length.clip(upper=steps["due"] - steps["earliest"] + 1)
    begins = steps["due"] - steps["length"] + 1
    steps["start"] = _month_start(begin, begins * 3)
    return steps


def _required(steps: pd.DataFrame, proposals: pd.DataFrame) -> pd.Series:
    """Ids of the steps that come before each step, joined by ``;``.

    Who leads is settled before the main step, and that before the indicator is set: it measures
    what the main step leads to. What else a main step waits for, a proposal says.
    """
    main = steps["role"].eq(CauseKind.MAIN)
    ids, settled = (
        steps[rows].set_index("measure_id")["id"]
        for rows in (main, steps["cause"].eq(Cause.LEAD_MISSING))
    )
    measure = steps["measure_id"]
    first = measure.map(settled).where(main)
    first = first.mask(steps["cause"].eq(Cause.INDICATOR_MISSING), measure.map(ids))
    asked = measure.map(proposals["requires"]).where(main).astype("str")
    others = asked.str.split("; ?", regex=True).explode()
    return listed(first, others.map(ids), index=steps.index)


def _month_start(begin: pd.Timestamp, months: pd.Series) -> pd.Series:
    """The first day after so many months from ``begin`` on."""
    number = (begin.year * 12 + begin.month - 1 + months).astype("int64")
    return pd.to_datetime({"year": number // 12, "month": number % 12 + 1, "day": 1})


def _quarters(begin: pd.Timestamp, days: pd.Series) -> pd.Series:
    """In which quarter of the horizon a day lies, from 0."""
    months = (days.dt.year - begin.year) * 12 + days.dt.month - begin.month
    quarters: pd.Series = (months // 3).astype("Int64")
    return quarters
