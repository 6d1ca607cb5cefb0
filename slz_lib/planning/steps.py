"""Steps of a plan: what, who, until when, how much work, what first; rules and proposals filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.indicators import progress
from slz_lib.language import format_number
from slz_lib.planning import wording
from slz_lib.vocabulary import Cause, CauseKind, IndicatorKind, Period, Role

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.evaluation import Evaluation

#: What a step says in words and templates fill.
_WORDED = ["step", "indicator", "target", "risk", "treatment"]
#: What a proposal for a measure says instead of the rules, by column of the steps.
_PROPOSED = {
    "step": "step",
    "indicator": "step_indicator",
    "target": "target",
    "risk": "risk",
    "treatment": "treatment",
    "months": "months",
}

STEP_COLUMNS = [
    *("id", "measure_id", "area_id", "cause", "step", "criterion", "lead", "cooperating"),
    *("indicator", "baseline", "target", "start", "deadline", "earliest", "due", "length"),
    *("effort", "money", "money_source", "risk", "treatment", "requires"),
]


def reported_work(progress: pd.DataFrame) -> pd.DataFrame:
    """The last report of how much work each step takes; rows of ``progress``, index step id."""
    known = progress.dropna(subset="person_days").sort_values("day", kind="stable")
    return known.drop_duplicates("step_id", keep="last").set_index("step_id")


def bodies_by_role(measure_bodies: pd.DataFrame, role: Role) -> pd.Series:
    """Lists of body ids of a role, by measure; a measure without any is missing."""
    rows = measure_bodies[measure_bodies["role"].eq(str(role)) & measure_bodies["body_id"].notna()]
    return rows.sort_values(["measure_id", "order"]).groupby("measure_id")["body_id"].agg(list)


def guarantor(dataset: Dataset) -> str:
    """The body that proposes a lead where none is known, empty where data name none."""
    owner = dataset.plan_causes.set_index("id")["owner_id"].get(str(Cause.LEAD_MISSING))
    return "" if pd.isna(owner) else str(owner)


def leads(evaluation: Evaluation) -> pd.Series:
    """The one body that leads the steps of each measure, by measure id: the first of its leads.

    Where none is known, the guarantor stands in until it has proposed one; where data name no
    guarantor either, the lead is empty.
    """
    measures = evaluation.judgements["measure_id"]
    known = bodies_by_role(evaluation.dataset.measure_bodies, Role.LEAD).map(lambda ids: ids[0])
    first = pd.Series(measures.map(known).to_numpy(), index=measures, dtype="str")
    return first.fillna(guarantor(evaluation.dataset))


def by_kind(wanted: pd.DataFrame, rules: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """What the rules of a cause and a kind of indicator say; of any kind where none is for it.

    Args:
        wanted: columns ``cause`` and ``kind``.
        rules: the same columns, an empty kind for the others, and ``columns``.
        columns: which of them to give, in the rows of ``wanted``.
    """
    exact = wanted.merge(rules.dropna(subset="kind"), on=["cause", "kind"], how="left")
    others = wanted.merge(rules[rules["kind"].isna()].drop(columns="kind"), on="cause", how="left")
    chosen = exact[columns].where(exact["source_id"].notna(), others[columns])
    return chosen.set_index(wanted.index)


def drafted_steps(
    evaluation: Evaluation,
    assigned: pd.DataFrame,
    details: pd.DataFrame,
    proposals: pd.DataFrame,
    horizon: Period,
) -> pd.DataFrame:
    """The steps of the assigned causes.

    Args:
        evaluation: the period that the plan follows.
        assigned: measures and causes, as :func:`slz_lib.planning.causes.assigned` returns.
        details: what templates may name, as :func:`slz_lib.planning.wording.particulars` returns.
        proposals: what somebody proposes for single measures, index measure id.
        horizon: the planned years.

    Returns:
        One row a step of a main cause or a defect, columns :data:`STEP_COLUMNS`.
    """
    dataset = evaluation.dataset
    rules = dataset.plan_causes.rename(columns={"id": "cause"}).drop(columns="kind")
    measures = dataset.measures.drop_duplicates("id", keep="last").set_index("id")
    asked = assigned[assigned["kind"].ne(str(CauseKind.CIRCUMSTANCE))]
    steps = asked.rename(columns={"kind": "role"}).merge(rules, on="cause")
    steps["place"] = steps["measure_id"].map(pd.Series(range(len(measures)), index=measures.index))
    # Who leads is settled before anything else is done.
    steps["first"] = steps["cause"].ne(str(Cause.LEAD_MISSING))
    steps = steps.sort_values(["place", "first", "order"], kind="stable", ignore_index=True)
    measure = steps["measure_id"]
    steps["area_id"] = measure.map(measures["area_id"])
    indicators = dataset.indicators.sort_values("order").drop_duplicates("measure_id")
    steps["kind"] = measure.map(indicators.set_index("measure_id")["kind"]).astype("str")

    finer = by_kind(steps[["cause", "kind"]], dataset.plan_steps, _WORDED)
    own = steps["role"].eq(str(CauseKind.MAIN))
    for name in _WORDED:
        steps[name] = finer[name].astype("str").fillna(steps[name].astype("str"))
    # An indicator of the finer rule or none: that of the cause would be of another step.
    fine = finer["step"].notna()
    for name in ("indicator", "target"):
        steps[name] = steps[name].mask(fine, finer[name].astype("str"))
    # What evidence itself says is in the way is the risk, the weightiest last in the rules' order.
    hinders = assigned.merge(rules.dropna(subset="treatment"), on="cause").sort_values("order")
    hinders = hinders[hinders["kind"].eq(str(CauseKind.CIRCUMSTANCE))]
    hinders = hinders.drop_duplicates("measure_id", keep="last").set_index("measure_id")
    for name in ("risk", "treatment"):
        hindering = measure.map(hinders[name].astype("str")).where(own)
        steps[name] = hindering.astype("str").fillna(steps[name])
    for name, proposed in _PROPOSED.items():
        said = measure.map(proposals[proposed]).where(own)
        steps[name] = said.astype(steps[name].dtype).fillna(steps[name])
    named = details.reindex(measure)
    for name in _WORDED:
        steps[name] = wording.worded(steps[name], named)

    measured = _measured(evaluation, indicators)
    whole = steps["indicator"].isna()
    product = steps["kind"].eq(str(IndicatorKind.PRODUCT))
    # Figures of a measure that are not those of its indicator are no baseline, but are there.
    others = measure.isin(dataset.observations["measure_id"])
    steps["baseline"] = (
        measure.map(measured)
        .astype("str")
        .mask(lambda known: known.isna() & others, "z údajů v podkladech neplyne; určí ji krok")
        .fillna("není známa; zjistí ji tento krok")
        .mask(product, "výstup podklady nedokládají")
        .where(whole, "0")
    )
    published = measure.map(measures["indicator"])
    usual = _targets(published, dataset.plan_targets)
    steps["target"] = steps["target"].fillna(usual.where(whole).astype("str"))
    steps["indicator"] = steps["indicator"].fillna(published)
    steps["criterion"] = details["kriteria"].reindex(measure).to_numpy()

    number = steps.groupby("measure_id").cumcount() + 1
    steps["id"] = measure + "/" + number.astype("str")
    led = measure.map(leads(evaluation)).astype("str")
    steps["lead"] = steps["owner_id"].astype("str").fillna(led)
    takers = measure.map(proposals["to_body_id"]).where(own).astype("str")
    steps["cooperating"] = _cooperating(steps, dataset, takers)
    steps = _scheduled(steps, evaluation, proposals, horizon)
    known = dataset.funding[dataset.funding["horizon_id"] == horizon.id]
    money = known.groupby("measure_id", sort=False)
    # Money is that of the measure: its main step carries it.
    steps["money"] = measure.map(money["amount"].sum(min_count=1)).where(own).astype("Float64")
    steps["money_source"] = measure.map(money["funding"].agg("; ".join)).astype("str")
    return steps[STEP_COLUMNS]


def _measured(evaluation: Evaluation, indicators: pd.DataFrame) -> pd.Series:
    """The last known figure of each measure's first indicator with unit and time."""
    table = progress(indicators, evaluation.dataset.observations, evaluation.period)
    table = table.dropna(subset="last").set_index("measure_id")
    table = table.astype({"last_time": "str", "unit": "str"})
    time = (" (" + table["last_time"] + ")").fillna("")
    return (
        table["last"].map(format_number).astype("str") + "\u00a0" + table["unit"].fillna("") + time
    )


def _targets(indicators: pd.Series, rules: pd.DataFrame) -> pd.Series:
    """The target for each indicator: the first rule whose words it begins with."""
    lowered = indicators.fillna("").str.lower() + " "
    result = pd.Series(pd.NA, index=indicators.index, dtype="str")
    for prefix, target in rules.sort_values("order")[["prefix", "target"]].fillna("").to_numpy():
        begins = lowered.str.startswith(f"{prefix} ") if prefix else lowered.notna()
        result = result.mask(result.isna() & begins, target)
    return result.mask(indicators.isna())


def _cooperating(steps: pd.DataFrame, dataset: Dataset, takers: pd.Series) -> pd.Series:
    """To whom the measure is handed over, other leads, those who co-operate; not the step's lead.

    Args:
        steps: with ``measure_id`` and ``lead``.
        dataset: who has which role.
        takers: to whom a proposal hands the measure over, NA.
    """
    lists = [
        steps["measure_id"].map(bodies_by_role(dataset.measure_bodies, role))
        for role in (Role.LEAD, Role.COOPERATING)
    ]
    lists.insert(0, takers.map(lambda body: [body], na_action="ignore"))
    known = [
        [body for ids in of_step if isinstance(ids, list) for body in ids]
        for of_step in zip(*lists, strict=True)
    ]
    rows = zip(known, steps["lead"], strict=True)
    return pd.Series(
        [";".join(dict.fromkeys(body for body in ids if body != lead)) for ids, lead in rows],
        index=steps.index,
        dtype="str",
    )


def _scheduled(
    steps: pd.DataFrame, evaluation: Evaluation, proposals: pd.DataFrame, horizon: Period
) -> pd.DataFrame:
    """Steps with their days and quarters, effort and what has to come first.

    A step ends the cause's months after the horizon's start, no later than the measure's own
    deadline where the cause asks for that and the deadline can still be kept. It begins as late as
    its length lets it. Of its work the lead's last report counts before a proposal, and that before
    what the rules assume.
    """
    deadline = evaluation.judgements.set_index("measure_id")["deadline_day"]
    own = steps["measure_id"].map(deadline)
    begin, end = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)
    day = pd.Timedelta(days=1)
    last = _month_start(begin, steps["months"]) - day
    last = last.where(last <= end, end)
    kept = steps["within_deadline"] & own.ge(begin) & own.lt(last)
    steps["deadline"] = last.mask(kept, own)
    effort = by_kind(
        steps[["cause", "kind"]], evaluation.dataset.plan_efforts, ["person_days", "quarters"]
    )
    main = steps["role"].eq(str(CauseKind.MAIN))
    proposed = steps["measure_id"].map(proposals["person_days"]).where(main).astype("Float64")
    progress = evaluation.dataset.progress
    reported = reported_work(progress[progress["horizon_id"].eq(horizon.id)])["person_days"]
    said = steps["id"].map(reported).astype("Float64").fillna(proposed)
    steps["effort"] = said.fillna(effort["person_days"].astype("Float64"))
    length = effort["quarters"].astype("Int64").fillna(1)
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
    main = steps["role"].eq(str(CauseKind.MAIN))
    ids, settled = (
        steps[rows].set_index("measure_id")["id"]
        for rows in (main, steps["cause"].eq(str(Cause.LEAD_MISSING)))
    )
    measure = steps["measure_id"]
    first = measure.map(settled).where(main)
    first = first.mask(steps["cause"].eq(str(Cause.INDICATOR_MISSING)), measure.map(ids))
    asked = measure.map(proposals["requires"]).where(main).astype("str")
    asked = asked.fillna("").str.replace(" ", "")
    rows = zip(first, asked, strict=True)
    return pd.Series(
        [
            ";".join(
                [*([one] if isinstance(one, str) else []), *ids.reindex(others.split(";")).dropna()]
            )
            for one, others in rows
        ],
        index=steps.index,
        dtype="str",
    )


def _month_start(begin: pd.Timestamp, months: pd.Series) -> pd.Series:
    """The first day after so many months from ``begin`` on."""
    number = (begin.year * 12 + begin.month - 1 + months).astype("int64")
    return pd.to_datetime({"year": number // 12, "month": number % 12 + 1, "day": 1})


def _quarters(begin: pd.Timestamp, days: pd.Series) -> pd.Series:
    """In which quarter of the horizon a day lies, from 0."""
    months = (days.dt.year - begin.year) * 12 + days.dt.month - begin.month
    quarters: pd.Series = (months // 3).astype("Int64")
    return quarters
