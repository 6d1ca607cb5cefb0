"""Made-up periods for the charts: as many measures of each kind as a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import cast

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.times import deadlines
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.rules import RuleSet
from slz_lib.vocabulary import Period, Scale, Terms
from tests.samples.scales import SCALE

PERIOD = Period(
    "2024-2025", date(2024, 1, 1), date(2025, 12, 31), date(2025, 12, 31), imported=True
)

_LEVEL = {
    "id": "priority",
    "order": 1,
    "one": "priorita",
    "accusative": "prioritu",
    "few": "priority",
    "many": "priorit",
    "gender": "feminine",
}


@dataclass(frozen=True)
class Measure:
    """One made-up measure; a missing lead is an empty text, a missing status ``None``.

    ``unit_known`` is false where the leads are bodies without the unit that answers for it.
    """

    published: str | None = "PLNENO"
    derived: str | None = "PLNENO"
    decided: str | None = None
    area: str = "I"
    leads: tuple[str, ...] = ("A",)
    kind: str = "continuous"
    day: str | None = "2027-12-31"
    unit_known: bool = True


def _assignment(body: str, measure: Measure) -> str:
    if not body:
        return "not_assigned"
    return "assigned" if measure.unit_known else "unit_not_assigned"


def period_of(
    measures: Sequence[Measure],
    *,
    areas: Sequence[str] = ("I", "II"),
    partners: Sequence[str] = (),
    scale: Scale = SCALE,
) -> Evaluation:
    """A judged period of these measures.

    Args:
        measures: the measures.
        areas: areas in their order; each serves the priority of the same place (P1, P2, …).
        partners: ids of ORP (O1, O2, O3) with a municipality in partnership.
        scale: the scale of the statuses.
    """
    ids = [f"{measure.area}.{number}" for number, measure in enumerate(measures, start=1)]
    days = pd.to_datetime(pd.Series([measure.day for measure in measures], dtype="str"))
    published = pd.Series([measure.published for measure in measures], dtype="str")
    derived = pd.Series([measure.derived for measure in measures], dtype="str")
    decided = pd.Series([measure.decided for measure in measures], dtype="str")
    status = published.fillna(decided).fillna(derived)
    kind = pd.Series([measure.kind for measure in measures], dtype="str")
    columns = pd.DataFrame(
        {
            "deadline_kind": kind,
            "deadline_until": days.dt.strftime("%Y-%m").where(kind.ne("event")),
            "deadline_event": pd.Series("po přijetí zákona", index=kind.index).where(
                kind.eq("event")
            ),
        }
    )
    past = kind.eq("fixed") & (days <= pd.Timestamp(PERIOD.as_of))
    judgements = pd.DataFrame(
        {
            "measure_id": pd.Series(ids, dtype="str"),
            "area_id": pd.Series([measure.area for measure in measures], dtype="str"),
            "published": published,
            "derived": derived,
            "decided": decided,
            "status": status,
            "agrees": status.eq(derived).fillna(value=False).astype("bool"),
            "deadline": deadlines(columns).map(str),
            "deadline_kind": kind,
            "deadline_day": days,
            "overdue": past & ~status.isin(scale.that("done", "dropped")),
        }
    )
    leads = [
        (i, body, _assignment(body, measure))
        for i, measure in zip(ids, measures, strict=True)
        for body in measure.leads
    ]
    bodies = sorted({body for _, body, _ in leads if body})
    goals = [f"C{number}" for number, _ in enumerate(areas, start=1)]
    priorities = [f"P{number}" for number, _ in enumerate(areas, start=1)]
    districts = ["O1", "O2", "O3"]
    roles = pd.DataFrame(
        {
            "measure_id": pd.Series([measure for measure, _, _ in leads], dtype="str"),
            "role": "lead",
            "body_id": pd.Series([body or None for _, body, _ in leads], dtype="str"),
            "assignment": pd.Series([state for _, _, state in leads], dtype="str"),
        }
    )
    dataset = SimpleNamespace(
        strategy=pd.DataFrame(
            {"name_genitive": ["Dlouhodobého plánu kraje 2030+"], "short_name": ["Dlouhodobý plán"]}
        ),
        sources=pd.DataFrame(
            {
                "id": ["zprava"],
                "title": ["Zpráva o plnění Dlouhodobého plánu kraje 2030+ za rok"],
                "kind": ["report"],
            }
        ),
        periods=pd.DataFrame({"id": [PERIOD.id], "source_id": ["zprava"]}),
        areas=pd.DataFrame(
            {"id": areas, "order": range(len(areas)), "short_name": [f"Okruh {a}" for a in areas]}
        ),
        measures=columns.assign(id=ids, area_id=[measure.area for measure in measures]),
        measure_bodies=roles,
        leads=roles,
        bodies=pd.DataFrame(
            {"id": bodies, "name": [f"odbor {b}" for b in bodies], "short_name": bodies}
        ),
        links=pd.DataFrame(
            {"area_id": areas, "measure_id": pd.NA, "goal_id": goals, "source_id": "zprava"},
            dtype="str",
        ),
        goal_levels=pd.DataFrame([_LEVEL]),
        goals=pd.DataFrame(
            {
                "id": [*priorities, *goals],
                "parent_id": pd.Series([*[None] * len(areas), *priorities], dtype="str"),
                "level_id": [_LEVEL["id"]] * 2 * len(areas),
                "order": [*range(1, len(areas) + 1), *[1] * len(areas)],
                "number": pd.Series([None] * 2 * len(areas), dtype="str"),
                "name": [f"Priorita {p}" for p in priorities] + goals,
            }
        ),
        goal_conditions=pd.DataFrame(
            {"goal_id": priorities[1:], "condition_id": priorities[:-1]}, dtype="str"
        ),
        districts=pd.DataFrame(
            {
                "id": districts,
                "name": ["Bor", "Lom nad Vodou", "Ves"],
                "tile_row": [1, 1, 2],
                "tile_column": [1.0, 2.0, 1.5],
            }
        ),
        partnerships=pd.DataFrame(
            {
                "municipality": [f"Obec {code}" for code in partners],
                "district_id": partners,
                "valid_from": pd.Series([None for _ in partners], dtype="str"),
                "source_id": pd.Series([None for _ in partners], dtype="str"),
            },
            dtype="str",
        ),
        terms=Terms.of({}, "municipality"),
    )
    empty = pd.DataFrame()
    return Evaluation(
        dataset=cast("Dataset", dataset),
        period=PERIOD,
        rule_set=RuleSet(empty, empty, empty, scale),
        judgements=judgements,
        criteria=empty,
        claims=empty,
        decisions=empty,
        evidence=empty,
        observations=empty,
        selection=None,
    )
