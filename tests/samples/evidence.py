"""Synthetic periods under the real rules: as many made-up measures as a test asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

import slz_lib
from slz_lib.dataset import Dataset
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.evaluation.rules import RuleSet
from slz_lib.vocabulary import EvidenceState, Reach

PERIOD = "2022-2023"
STATES = [str(state) for state in EvidenceState]
REACHES = [str(reach) for reach in Reach]

#: Synthetic places: municipalities (of 100) and inhabitants (of 1 000), empty where nobody knows.
PLACES = {
    "Horní Synteza": (40, 300),
    "Dolní Synteza": (40, 300),
    "Zadní Synteza": (19, 150),
    "Velká Synteza": (1, 250),
    "Okolí Syntezy": (None, None),
    "Čtvrť Syntezy": (0, None),
}


@dataclass(frozen=True)
class Row:
    """One piece of evidence on a criterion."""

    criterion: str
    state: str
    reach: str = "unknown"
    places: str | None = None
    reporter: str | None = None
    waits_for: str | None = None
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Measure:
    """A made-up measure: its evidence, deadline and lead, what was published and decided."""

    evidence: Sequence[Row] = ()
    deadline: str = "continuous"
    month: str | None = "2027-12"
    published: str | None = None
    decided: str | None = None
    reason: str | None = None
    role: str | None = None
    lead: str | None = None


def typed(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows of a table with its dtypes; what a row does not have is missing, a flag is false."""
    described = BY_NAME[name]
    frame = pd.DataFrame(list(rows), columns=[column.name for column in described.columns])
    flags = {column.name: False for column in described.columns if column.dtype == "bool"}
    frame = frame.astype(object).where(frame.notna(), None).fillna(flags)
    return frame.astype({column.name: column.dtype for column in described.columns})


def dataset_of(measures: Sequence[Measure], real: Dataset) -> Dataset:
    """A synthetic strategy of these measures; its rules, areas and period are the real ones.

    Args:
        measures: the measures, called I.1, I.2, ….
        real: the real data.
    """
    ids = {f"I.{number}": measure for number, measure in enumerate(measures, start=1)}
    evidence = [
        {
            "period_id": PERIOD,
            "id": f"{measure_id}-{order}",
            "measure_id": measure_id,
            "order": order,
            **{name: getattr(row, name) for name in row.__dataclass_fields__},
        }
        for measure_id, measure in ids.items()
        for order, row in enumerate(measure.evidence, start=1)
    ]
    places = [
        {
            "id": name,
            "district_id": "ORP-9101",
            "municipalities": municipalities,
            "population": people,
        }
        for name, (municipalities, people) in PLACES.items()
    ]
    whole = real.districts.head(1).assign(id="ORP-9101", municipalities=100, population=1000)
    return replace(
        real,
        measures=typed(
            "measures",
            [
                {
                    "id": measure_id,
                    "area_id": "I",
                    "number": int(measure_id.removeprefix("I.")),
                    "wording_version": "2021",
                    "deadline_kind": measure.deadline,
                    "deadline_until": None if measure.deadline == "event" else measure.month,
                    "deadline_event": "po přijetí zákona" if measure.deadline == "event" else None,
                }
                for measure_id, measure in ids.items()
            ],
        ),
        decisions=typed(
            "decisions",
            [
                {
                    "period_id": PERIOD,
                    "measure_id": measure_id,
                    "wording_version": "2021",
                    "status": measure.published,
                    "decided": measure.decided,
                    "reason": measure.reason,
                    "role": measure.role,
                }
                for measure_id, measure in ids.items()
            ],
        ),
        evidence=typed("evidence", evidence),
        places=typed("places", places),
        districts=whole,
        measure_bodies=typed(
            "measure_bodies",
            [
                {
                    "measure_id": measure_id,
                    "role": "lead",
                    "order": 1,
                    "body_id": measure.lead,
                    "assignment": "assigned",
                }
                for measure_id, measure in ids.items()
                if measure.lead is not None
            ],
        ),
        claims=real.claims.head(0),
        codings=real.codings.head(0),
        settlements=real.settlements.head(0),
    )


def judged(
    measures: Sequence[Measure], real: Dataset, rules: RuleSet | None = None
) -> slz_lib.Evaluation:
    """The synthetic period of these measures, judged by the real rules unless others are given."""
    return slz_lib.evaluate(dataset_of(measures, real), PERIOD, rules=rules)
