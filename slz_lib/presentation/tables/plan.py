"""Tables of the action plan: decisions, steps to edit, causes, bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.planning.plan import DECISIONS
from slz_lib.planning.wording import unfilled
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import NO_LEAD, body_names, holders, listed_bodies
from slz_lib.vocabulary import Role

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.planning import ActionPlan


def cause_labels(plan: ActionPlan) -> pd.Series:
    """Czech labels of causes by id."""
    return plan.evaluation.dataset.plan_causes.set_index("id")["label"]


def causes_table(plan: ActionPlan) -> Table:
    """Causes: what is tested, how many measures, what the draft proposes."""
    causes = plan.evaluation.dataset.plan_causes.sort_values("order")
    frame = pd.DataFrame(
        {
            "label": causes["label"],
            "wording": causes["wording"],
            "count": plan.cause_counts.reindex(causes["id"]).to_numpy(),
            "decision": causes["decision"].map(DECISIONS),
            "step": unfilled(causes["step"]),
        }
    )
    return table(
        frame,
        anchor="tab-priciny",
        caption="Příčiny, počet opatření a navržený krok",
        titles={
            "label": "Příčina",
            "wording": "Kdy platí",
            "count": "Opatření",
            "decision": "Rozhodnutí",
            "step": "Navržený krok",
        },
        weights={"label": 1.5, "wording": 3, "count": 0.9, "decision": 1.1, "step": 3},
        sheet="Příčiny",
        notes=["Opatření má jednu hlavní příčinu a k ní případně nedostatky zadání."],
    )


def decisions_table(plan: ActionPlan) -> Table:
    """Main causes × proposed decisions."""
    wide = pd.crosstab(plan.decisions["cause"], plan.decisions["decision"])
    order = plan.evaluation.dataset.plan_causes.sort_values("order")["id"]
    kept = list(DECISIONS)
    wide = wide.reindex(index=[c for c in order if c in wide.index], columns=kept, fill_value=0)
    wide["total"] = wide.sum(axis="columns")
    frame = wide.rename(index=cause_labels(plan).to_dict()).rename_axis("cause").reset_index()
    sums = frame.drop(columns="cause").sum().to_frame().T.assign(cause="Celkem")
    return table(
        pd.concat([frame, sums[frame.columns]], ignore_index=True),
        anchor="tab-rozhodnuti",
        caption="Opatření podle hlavní příčiny a navrženého rozhodnutí",
        titles={"cause": "Hlavní příčina", **DECISIONS, "total": "Celkem"},
        weights={"cause": 2.4},
        totals=1,
        sheet="Rozhodnutí",
    )


def merges_table(plan: ActionPlan) -> Table:
    """Measures proposed to be merged into another."""
    titles = plan.evaluation.dataset.measures.set_index("id")["title"]
    merged = plan.decisions[plan.decisions["merge_into"].notna()]
    frame = pd.DataFrame(
        {
            "measure": merged["measure_id"] + "\u2002" + merged["measure_id"].map(titles),
            "into": merged["merge_into"] + "\u2002" + merged["merge_into"].map(titles),
            "reason": merged["reason"],
        }
    )
    return table(
        frame,
        anchor="tab-slouceni",
        caption="Opatření navržená ke sloučení",
        titles={"measure": "Opatření", "into": "Sloučit do", "reason": "Proč"},
        weights={"measure": 2, "into": 2, "reason": 2.5},
        sheet="Sloučení",
    )


_STEP_TITLES = {
    "measure": "Číslo",
    "title": "Opatření",
    "cause": "Příčina",
    "decision": "Rozhodnutí",
    "into": "Sloučit do",
    "step": "Krok",
    "lead": "Gestor",
    "cooperating": "Spolupráce",
    "indicator": "Indikátor",
    "target": "Cílová hodnota",
    "deadline": "Termín",
    "funding": "Dosavadní financování",
    "risk": "Riziko",
}
_EDITED = [
    "decision",
    "into",
    "step",
    "lead",
    "cooperating",
    "indicator",
    "target",
    "deadline",
    "funding",
    "risk",
]


def _steps(plan: ActionPlan, steps: pd.DataFrame) -> pd.DataFrame:
    """Steps with every id replaced by what a reader knows it by."""
    dataset = plan.evaluation.dataset
    titles = dataset.measures.set_index("id")["title"]
    decided = plan.decisions.set_index("measure_id")
    decision = decided["decision"].map(DECISIONS)
    into = decided["merge_into"]
    owners = dataset.plan_causes.set_index("id")["owner_id"]
    leads = holders(dataset, Role.LEAD)
    return pd.DataFrame(
        {
            "measure": steps["measure_id"],
            "title": steps["measure_id"].map(titles),
            "cause": steps["cause"].map(cause_labels(plan)),
            "decision": steps["measure_id"].map(decision),
            "into": steps["measure_id"].map(into),
            "step": steps["step"],
            "lead": listed_bodies(steps["lead"], dataset).where(
                steps["cause"].map(owners).notna(), steps["measure_id"].map(leads)
            ),
            "cooperating": listed_bodies(steps["cooperating"], dataset),
            "indicator": steps["indicator"],
            "target": steps["target"],
            "deadline": steps["deadline"],
            "funding": steps["funding"],
            "risk": steps["risk"],
        }
    ).reset_index(drop=True)


def steps_to_edit(plan: ActionPlan) -> Table:
    """All steps, a column for everything: stands in the workbook alone, there to be edited."""
    framed = table(
        _steps(plan, plan.steps),
        anchor="tab-kroky",
        caption="Kroky akčního plánu k úpravě",
        titles=_STEP_TITLES,
        weights={
            "title": 2,
            "step": 3,
            "cause": 1.5,
            "cooperating": 1.5,
            "indicator": 2,
            "target": 1.5,
            "funding": 2,
            "risk": 2.5,
        },
        choices={"decision": list(DECISIONS.values())},
        editable=_EDITED,
        sheet="Kroky",
        notes=["— znamená neurčeno: údaj podklady neuvádějí a doplní ho gestor."],
    )
    return framed.model_copy(update={"workbook_only": True})


def steps_table(plan: ActionPlan, area: str) -> Table:
    """The steps of one area, condensed to be read.

    Args:
        plan: the drafted plan.
        area: id of the area.
    """
    steps = _steps(plan, plan.steps[plan.steps["area_id"] == area])
    frame = pd.DataFrame(
        {
            "measure": steps["measure"],
            "title": steps["title"],
            "cause": steps["cause"]
            + "; "
            + steps["decision"]
            + (" do " + steps["into"]).fillna(""),
            "step": steps["step"],
            "who": steps["lead"] + "; spolupráce: " + steps["cooperating"],
            "indicator": (steps["indicator"] + "; cíl: " + steps["target"]),
            "deadline": steps["deadline"],
            "risk": ("Dosavadní financování: " + steps["funding"] + ". ").fillna("")
            + "Riziko: "
            + steps["risk"].str[:1].str.lower()
            + steps["risk"].str[1:],
        }
    )
    return table(
        frame,
        anchor=f"tab-kroky-{area}",
        caption=f"Kroky v okruhu {area}",
        titles={
            **{name: _STEP_TITLES[name] for name in frame.columns if name in _STEP_TITLES},
            "cause": "Příčina a rozhodnutí",
            "who": "Gestor a spolupráce",
            "indicator": "Indikátor a cíl",
            "risk": "Financování a riziko",
        },
        weights={
            "title": 1.7,
            "cause": 1.2,
            "step": 2.6,
            "who": 1.5,
            "indicator": 1.6,
            "risk": 2.2,
        },
        sheet=f"Kroky {area}",
    )


def body_table(plan: ActionPlan) -> Table:
    """Steps by lead body."""
    names = body_names(plan.evaluation.dataset)
    counts = plan.by_body
    frame = counts.assign(body=names.reindex(counts.index).fillna(NO_LEAD))
    return table(
        frame[["body", "measures", "steps", "first", "last"]].reset_index(drop=True),
        anchor="tab-subjekty",
        caption="Kroky podle gestora",
        titles={
            "body": "Gestor",
            "measures": "Počet opatření",
            "steps": "Počet kroků",
            "first": "První termín",
            "last": "Poslední termín",
        },
        weights={"body": 2.4},
        sheet="Gestoři",
        notes=["Krok s více gestory se počítá u každého z nich."],
    )
