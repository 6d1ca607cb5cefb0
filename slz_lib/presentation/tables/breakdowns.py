"""Statuses by area, by lead body, by deadline and by priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import format_date
from slz_lib.presentation.framing import Kind, table
from slz_lib.presentation.naming import NO_LEAD, area_anchor, body_names, by_status, deadline_words
from slz_lib.vocabulary import DeadlineKind, Status

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

_STATUS_TITLES = {str(status): status.marked for status in Status} | {"total": "Celkem"}
_STATUS_COLUMNS = list(_STATUS_TITLES)


def _with_sums(frame: pd.DataFrame, label: str) -> pd.DataFrame:
    """``frame`` with a last row of sums of the status columns."""
    sums = frame[_STATUS_COLUMNS].sum().to_frame().T
    first = frame.columns[0]
    rest = {name: "" for name in frame.columns if name not in {first, *_STATUS_COLUMNS}}
    return pd.concat(
        [frame, sums.assign(**{first: label}, **rest)[frame.columns]], ignore_index=True
    )


def area_table(evaluation: Evaluation) -> Table:
    """Areas × published statuses."""
    areas = evaluation.dataset.areas.set_index("id")
    counts = evaluation.by_area
    names = counts.index + "\u2002" + areas["short_name"].reindex(counts.index)
    frame = pd.concat([names.rename("area"), counts], axis="columns").reset_index(drop=True)
    anchors = pd.Series([area_anchor(str(area)) for area in counts.index] + [pd.NA])
    return table(
        _with_sums(frame, "Celkem"),
        anchor="tab-okruhy",
        caption=f"Okruhy podle {by_status(evaluation)} opatření",
        titles={"area": "Okruh", **_STATUS_TITLES},
        weights={"area": 3},
        anchors={"area": anchors},
        totals=1,
        sheet="Okruhy",
    )


def lead_table(evaluation: Evaluation) -> Table:
    """Lead bodies × published statuses."""
    counts = evaluation.by_lead
    names = body_names(evaluation.dataset).reindex(counts.index)
    full = evaluation.dataset.bodies.set_index("id")["name"].reindex(counts.index)
    frame = pd.DataFrame({"short": names.fillna(NO_LEAD), "name": full.where(full.ne(names))}).join(
        counts
    )
    return table(
        frame.reset_index(drop=True),
        anchor="tab-gestori",
        caption=f"Gestoři podle {by_status(evaluation)} opatření",
        titles={"short": "Gestor", "name": "Plný název", **_STATUS_TITLES},
        weights={"short": 1.6, "name": 2.6},
        sheet="Gestoři",
        notes=[
            "Opatření s více gestory se počítá u každého z nich.",
            "— znamená, že se název shoduje se zkratkou nebo ho podklady nerozvádějí.",
        ],
    )


def deadline_table(evaluation: Evaluation) -> Table:
    """Deadlines × published statuses."""
    counts = evaluation.by_deadline
    over = counts["deadline_day"] <= pd.Timestamp(evaluation.period.as_of)
    fixed = counts["deadline_kind"].eq(str(DeadlineKind.FIXED))
    passed = over.map({True: "ano", False: "ne"}).where(fixed)
    events = ", ".join(evaluation.dataset.measures["deadline_event"].dropna().unique())
    labels = [
        deadline_words(kind, day, events)
        for kind, day in zip(counts["deadline_kind"], counts["deadline_day"], strict=True)
    ]
    frame = pd.concat(
        [pd.DataFrame({"deadline": labels, "passed": passed}), counts[_STATUS_COLUMNS]], axis=1
    )
    summed = _with_sums(frame, "Celkem")
    summed["passed"] = summed["passed"].replace("", pd.NA)
    return table(
        summed,
        anchor="tab-terminy",
        caption=f"Termíny podle {by_status(evaluation)} opatření",
        titles={
            "deadline": "Termín",
            "passed": "Uplynul",
            **_STATUS_TITLES,
        },
        weights={"deadline": 2.4, "passed": 1.2},
        totals=1,
        sheet="Termíny",
        notes=[
            f"Uplynutí se posuzuje ke dni {format_date(evaluation.period.as_of)}.",
            "— znamená, že se uplynutí neposuzuje: termín není pevný.",
        ],
    )


def priority_table(evaluation: Evaluation) -> Table:
    """Priorities × published statuses of the areas that serve them."""
    priorities = evaluation.dataset.priorities.set_index("id")
    counts = evaluation.by_priority
    frame = pd.DataFrame(
        {
            "priority": priorities["order"].astype("str").reindex(counts.index)
            + ". "
            + priorities["name"].reindex(counts.index)
        }
    ).join(counts)
    kinds: dict[str, Kind] = {"areas": "integer"}
    return table(
        frame.reset_index(drop=True),
        anchor="tab-priority",
        caption=f"Priority podle {by_status(evaluation)} opatření v navázaných okruzích",
        titles={"priority": "Priorita", "areas": "Počet okruhů", **_STATUS_TITLES},
        kinds=kinds,
        weights={"priority": 2.4},
        sheet="Priority",
        notes=[
            "Vazbu okruhů na cíle určil zpracovatel.",
            "Okruh sloužící více prioritám se počítá u každé z nich.",
        ],
    )
