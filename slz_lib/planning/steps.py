"""Steps of a plan: what is done, by whom and how it is told; rules and proposals filled in."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.indicators import progress
from slz_lib.language import format_number
from slz_lib.planning import wording
from slz_lib.planning.dates import dated, listed
from slz_lib.vocabulary import Cause, CauseKind, IndicatorKind, Period, Role

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


def bodies_by_role(measure_bodies: pd.DataFrame, role: Role) -> pd.Series:
    """Lists of body ids of a role, by measure; a measure without any is missing."""
    rows = measure_bodies[measure_bodies["role"].eq(role) & measure_bodies["body_id"].notna()]
    return rows.sort_values(["measure_id", "order"]).groupby("measure_id")["body_id"].agg(list)


def leads(evaluation: Evaluation) -> pd.Series:
    """The one body that leads the steps of each measure, by measure id: the first of its leads.

    Where none is known, the guarantor stands in until it has proposed one; where data name no
    guarantor either, the lead is empty.
    """
    dataset, measures = evaluation.dataset, evaluation.judgements["measure_id"]
    known = bodies_by_role(dataset.measure_bodies, Role.LEAD).str[0]
    first = pd.Series(measures.map(known).to_numpy(), index=measures, dtype="str")
    guarantor = dataset.plan_causes.set_index("id")["owner_id"].get(Cause.LEAD_MISSING)
    return first.fillna("" if pd.isna(guarantor) else str(guarantor))


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
        assigned: as :func:`slz_lib.planning.causes.assigned` returns.
        details: as :func:`slz_lib.planning.wording.particulars` returns.
        proposals: what somebody proposes for single measures, index measure id.
        horizon: the planned years.

    Returns:
        One row a step of a main cause or a defect, columns :data:`STEP_COLUMNS`.
    """
    dataset = evaluation.dataset
    rules = dataset.plan_causes.rename(columns={"id": "cause"}).drop(columns="kind")
    measures = dataset.measures.drop_duplicates("id", keep="last").set_index("id")
    asked = assigned[assigned["kind"].ne(CauseKind.CIRCUMSTANCE)]
    steps = asked.rename(columns={"kind": "role"}).merge(rules, on="cause")
    steps["place"] = steps["measure_id"].map(pd.Series(range(len(measures)), index=measures.index))
    # Who leads is settled before anything else is done.
    steps["first"] = steps["cause"].ne(Cause.LEAD_MISSING)
    steps = steps.sort_values(["place", "first", "order"], kind="stable", ignore_index=True)
    measure = steps["measure_id"]
    steps["area_id"] = measure.map(measures["area_id"])
    indicators = dataset.indicators.sort_values("order").drop_duplicates("measure_id")
    steps["kind"] = measure.map(indicators.set_index("measure_id")["kind"]).astype("str")

    own = steps["role"].eq(CauseKind.MAIN)
    steps = _in_words(steps, dataset, assigned.merge(rules, on="cause"), proposals)
    named = details.reindex(measure)
    for name in _WORDED:
        steps[name] = wording.worded(steps[name], named)
    steps["criterion"] = named["kriteria"].to_numpy()
    steps = _measured(steps, evaluation, indicators)
    number = steps.groupby("measure_id").cumcount() + 1
    steps["id"] = measure + "/" + number.astype("str")
    led = measure.map(leads(evaluation)).astype("str")
    steps["lead"] = steps["owner_id"].astype("str").fillna(led)
    takers = measure.map(proposals["to_body_id"]).where(own).astype("str")
    steps["cooperating"] = _cooperating(steps, dataset, takers)
    work = by_kind(steps[["cause", "kind"]], dataset.plan_efforts, ["person_days", "quarters"])
    steps = dated(steps, work, evaluation, proposals, horizon)
    known = dataset.funding[dataset.funding["horizon_id"] == horizon.id]
    money = known.groupby("measure_id", sort=False)
    # Money is that of the measure: its main step carries it.
    steps["money"] = measure.map(money["amount"].sum(min_count=1)).where(own).astype("Float64")
    steps["money_source"] = measure.map(money["funding"].agg("; ".join)).astype("str")
    return steps[STEP_COLUMNS]


def _in_words(
    steps: pd.DataFrame, dataset: Dataset, causes: pd.DataFrame, proposals: pd.DataFrame
) -> pd.DataFrame:
    """Steps with the templates of what they say: of rules, of what is in the way, of proposals."""
    measure, own = steps["measure_id"], steps["role"].eq(CauseKind.MAIN)
    finer = by_kind(steps[["cause", "kind"]], dataset.plan_steps, _WORDED)
    for name in _WORDED:
        steps[name] = finer[name].astype("str").fillna(steps[name].astype("str"))
    # An indicator of the finer rule or none: that of the cause would be of another step.
    fine = finer["step"].notna()
    for name in ("indicator", "target"):
        steps[name] = steps[name].mask(fine, finer[name].astype("str"))
    # What evidence itself says is in the way is the risk, the weightiest last in the rules' order.
    hinders = causes[causes["kind"].eq(CauseKind.CIRCUMSTANCE)].dropna(subset="treatment")
    hinders = hinders.sort_values("order")
    hinders = hinders.drop_duplicates("measure_id", keep="last").set_index("measure_id")
    for name in ("risk", "treatment"):
        hindering = measure.map(hinders[name].astype("str")).where(own)
        steps[name] = hindering.astype("str").fillna(steps[name])
    for name, proposed in _PROPOSED.items():
        said = measure.map(proposals[proposed]).where(own)
        steps[name] = said.astype(steps[name].dtype).fillna(steps[name])
    return steps


def _measured(
    steps: pd.DataFrame, evaluation: Evaluation, indicators: pd.DataFrame
) -> pd.DataFrame:
    """Steps with what measures them: indicator, baseline and target."""
    dataset, measure = evaluation.dataset, steps["measure_id"]
    measures = dataset.measures.drop_duplicates("id", keep="last").set_index("id")
    measured = _last_figures(evaluation, indicators)
    whole = steps["indicator"].isna()
    product = steps["kind"].eq(IndicatorKind.PRODUCT)
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
    return steps


def _last_figures(evaluation: Evaluation, indicators: pd.DataFrame) -> pd.Series:
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
    """To whom the measure is handed over, other leads, those who co-operate; not who leads."""
    leads, others = (
        steps["measure_id"].map(bodies_by_role(dataset.measure_bodies, role)).explode()
        for role in (Role.LEAD, Role.COOPERATING)
    )
    lead = steps["lead"]
    bodies = (each.where(each.ne(lead.reindex(each.index))) for each in (takers, leads, others))
    return listed(*bodies, index=steps.index)
