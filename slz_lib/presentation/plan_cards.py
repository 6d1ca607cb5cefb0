"""Priority measures of a plan: one block each, all that somebody who signs it has to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from slz_lib.documents.model import Content, MeasureCard
from slz_lib.language import format_date, format_number, no_breaks
from slz_lib.planning import ActionPlan
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation.cells import mark
from slz_lib.presentation.framing import fact, words
from slz_lib.presentation.naming import lead_names, listed_bodies, measure_anchor, what_changes
from slz_lib.presentation.phrases import person_days


def priority_cards(plan: ActionPlan, steps: pd.DataFrame) -> Content:
    """Karty prioritních opatření v pořadí kroků.

    Args:
        plan: the drafted plan.
        steps: rows of its steps in order, with ``start`` and ``deadline`` as they are scheduled;
            the first of a measure is what its card is about.
    """
    dataset, ids = plan.evaluation.dataset, steps["measure_id"]
    measures = dataset.measures.set_index("id")
    judged = plan.evaluation.judgements.set_index("measure_id")
    decided = plan.decisions.set_index("measure_id")
    said = steps["id"].isin(plan.said["step_id"])
    rows = steps.assign(
        led=lead_names(steps, dataset),
        joined=listed_bodies(steps["cooperating"], dataset).mask(steps["cooperating"].eq(""), "—"),
        title=ids.map(measures["title"]),
        designation=ids.map(measures["designation"]),
        status=ids.map(judged["status"]).map({step.code: step for step in plan.evaluation.scale}),
        limit=ids.map(judged["deadline_day"]),
        choice=ids.map(decided["choice"].map(CHOICES) + what_changes(plan)),
        why=ids.map(decided["why"]),
        favour=ids.map(decided["for"]),
        basis=said.map({True: "podle podkladu", False: "předpoklad"}),
    ).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    first: dict[str, list[Mapping[Any, Any]]] = {}
    for record in records:
        first.setdefault(record["measure_id"], []).append(record)
    return Content(blocks=tuple(_card(own, others) for own, *others in first.values()))


def _card(own: Mapping[Any, Any], others: Iterable[Mapping[Any, Any]]) -> MeasureCard:
    """The card of a measure, of the step that it is about; ``others`` are its other steps."""
    number, status, effort = own["measure_id"], own["status"], own["effort"]
    facts = {
        "Indikátor": _measured(own),
        "Doba": _days(own),
        "Gestor": own["led"],
        "Spolupráce": own["joined"],
    }
    figures = {
        "Návrh": own["choice"],
        f"Pracnost ({own['basis']})": "neznámá" if effort is None else person_days(float(effort)),
        "Peníze": _money(own),
        "Riziko": own["risk"],
        "Ošetření": own["treatment"],
        **_others(own, others),
    }
    return MeasureCard(
        anchor=measure_anchor(number),
        number=number,
        title=own["title"],
        designation=no_breaks(own["designation"]),
        status=mark(status) if status else None,
        status_label=status.marked if status else "bez stavu",
        facts=tuple(fact(term, text) for term, text in facts.items()),
        commentary=(
            words(own["step"], strong="Co: "),
            words(f"{own['why']}. {own['favour'] or ''}".strip(), strong="Proč: "),
        ),
        figures=tuple(fact(term, text) for term, text in figures.items() if text),
    )


def _measured(step: Mapping[Any, Any]) -> str:
    indicator = step["indicator"] or "není určen; navrhne ho gestor"
    baseline, target = step["baseline"] or "neznámo", step["target"] or "neurčeno"
    return f"{indicator}: {baseline}\u00a0→\u00a0{target}"


def _days(step: Mapping[Any, Any]) -> str:
    if step["start"] is None or step["deadline"] is None:
        return "do plánu se nevejde"
    late = step["limit"] is not None and step["deadline"] > step["limit"]
    after = f"; po termínu opatření ({format_date(step['limit'])})" if late else ""
    return f"{format_date(step['start'])} – {format_date(step['deadline'])}{after}"


def _money(step: Mapping[Any, Any]) -> str:
    """``1 250 000 Kč`` and from where; *neuvedeny* where no source gives the sum."""
    source = f" ({step['money_source']})" if step["money_source"] else ""
    if step["money"] is None:
        return f"neuvedeny{source}"
    return f"{format_number(round(float(step['money'])))}\u00a0Kč{source}"


def _others(own: Mapping[Any, Any], others: Iterable[Mapping[Any, Any]]) -> dict[str, str]:
    """What has to come first, and the measure's other steps; those of the measure in words."""
    told = {
        other["id"]: f"{other['step'].rstrip('.')} (do\u00a0{format_date(other['deadline'])})"
        for other in others
    }
    needed = [each for each in str(own["requires"] or "").split(";") if each]
    first = "; ".join(told.pop(step, step) for step in needed)
    return {"Musí předcházet": first, "Další krok": "; ".join(told.values())}
