"""Priority measures of a plan: one block each, all that somebody who signs it has to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from slz_lib.documents.model import Content, MeasureCard
from slz_lib.language import format_date, format_number, no_breaks
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation import phrases
from slz_lib.presentation.cells import mark
from slz_lib.presentation.framing import fact, words
from slz_lib.presentation.naming import lead_names, listed_bodies, measure_anchor, what_changes

if TYPE_CHECKING:
    from slz_lib.documents.model import Fact
    from slz_lib.planning import ActionPlan


def crowns(amount: object) -> str:
    """``1 250 000 Kč``; *neuvedeny* where no source gives the sum."""
    if pd.isna(amount):  # type: ignore[call-overload]
        return "neuvedeny"
    return f"{format_number(round(float(str(amount))))}\u00a0Kč"


def priority_cards(plan: ActionPlan, steps: pd.DataFrame) -> Content:
    """Karty prioritních opatření v pořadí kroků.

    Args:
        plan: the drafted plan.
        steps: rows of its steps in order, with ``start`` and ``deadline`` as they are scheduled;
            the first of a measure is what its card is about.
    """
    dataset, scale = plan.evaluation.dataset, plan.evaluation.scale
    measures = dataset.measures.set_index("id")
    judged = plan.evaluation.judgements.set_index("measure_id")
    status = judged["status"]
    known = {step.code: step for step in scale}
    decided = plan.decisions.set_index("measure_id")
    said = {*plan.said["step_id"]}
    rows = steps.assign(
        led=lead_names(steps, dataset),
        joined=listed_bodies(steps["cooperating"], dataset).mask(steps["cooperating"].eq(""), "—"),
        title=steps["measure_id"].map(measures["title"]),
        designation=steps["measure_id"].map(measures["designation"]),
        status=steps["measure_id"].map(status),
        limit=steps["measure_id"].map(judged["deadline_day"]),
        choice=steps["measure_id"].map(decided["choice"].map(CHOICES) + what_changes(plan)),
        why=steps["measure_id"].map(decided["why"]),
        favour=steps["measure_id"].map(decided["for"]),
    ).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    first: dict[str, list[Mapping[Any, Any]]] = {}
    for record in records:
        first.setdefault(record["measure_id"], []).append(record)
    cards = []
    for number, (own, *others) in first.items():
        code = own["status"]
        cards.append(
            MeasureCard(
                anchor=measure_anchor(number),
                number=number,
                title=own["title"],
                designation=no_breaks(own["designation"]),
                status=mark(known[code]) if code else None,
                status_label=phrases.marked(code, scale) if code else "bez stavu",
                facts=(
                    fact("Indikátor", _measured(own)),
                    fact("Doba", _days(own)),
                    fact("Gestor", own["led"]),
                    fact("Spolupráce", own["joined"]),
                ),
                commentary=(
                    words(own["step"], strong="Co: "),
                    words(f"{own['why']}. {own['favour'] or ''}".strip(), strong="Proč: "),
                ),
                figures=(
                    fact("Návrh", own["choice"]),
                    fact(
                        f"Pracnost ({'podle podkladu' if own['id'] in said else 'předpoklad'})",
                        _effort(own["effort"]),
                    ),
                    fact("Peníze", _money(own)),
                    fact("Riziko", own["risk"]),
                    *([fact("Ošetření", own["treatment"])] if own["treatment"] else []),
                    *_others(own, others),
                ),
            )
        )
    return Content(blocks=tuple(cards))


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


def _effort(days: float | None) -> str:
    return "neznámá" if days is None else phrases.person_days(float(days))


def _money(step: Mapping[Any, Any]) -> str:
    source = f" ({step['money_source']})" if step["money_source"] else ""
    return crowns(pd.NA if step["money"] is None else step["money"]) + source


def _others(own: Mapping[Any, Any], others: Iterable[Mapping[Any, Any]]) -> list[Fact]:
    """What has to come first, and the measure's other steps; those of the measure in words."""
    told = {
        other["id"]: f"{other['step'].rstrip('.')} (do\u00a0{format_date(other['deadline'])})"
        for other in others
    }
    needed = [each for each in str(own["requires"] or "").split(";") if each]
    first = "; ".join(told.pop(step, step) for step in needed)
    facts = {"Musí předcházet": first, "Další krok": "; ".join(told.values())}
    return [fact(term, text) for term, text in facts.items() if text]
