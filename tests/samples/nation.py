"""A synthetic nation: evidence of many regions over years, made from a seed; nothing is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.vocabulary import EvidenceState, Period, Reach

PERIOD = Period("2021-2030", date(2021, 1, 1), date(2030, 12, 31), date(2030, 12, 31))


@dataclass(frozen=True, eq=False)
class Nation:
    """Synthetic tables of the size that a whole country would have.

    Attributes:
        dataset: the tables that judging reads: a measure of a region in a year is one row.
        decisions: no published or decided status.
        evidence: one row a measure, region, year and municipality.
    """

    dataset: Dataset
    decisions: pd.DataFrame
    evidence: pd.DataFrame


def nation(
    *,
    regions: int = 14,
    measures: int = 109,
    municipalities: int = 200,
    years: int = 10,
    seed: int = 1,
) -> Nation:
    """Synthetic evidence of every municipality on every measure, in random order.

    A measure has one criterion to three; every municipality reports on one of them for itself.
    """
    rng = np.random.default_rng(seed)
    judged = regions * years * measures
    ids = np.array(
        [f"K{r:02}/{y}/{m}" for r in range(regions) for y in range(years) for m in range(measures)],
        dtype=object,
    )
    places = np.array(
        [f"Obec {r:02}-{o:03}" for r in range(regions) for o in range(municipalities)], dtype=object
    )
    rows = judged * municipalities
    measure = np.repeat(np.arange(judged), municipalities)
    region = measure // (years * measures)
    place = region * municipalities + np.tile(np.arange(municipalities), judged)
    criteria = rng.integers(1, 4, size=judged)
    criterion = rng.integers(0, criteria[measure])
    # Regions and years differ, so that all statuses come out.
    likely = rng.dirichlet(np.full(len(EvidenceState), 0.5), size=judged).cumsum(axis=1)
    state = (
        (rng.random(rows)[:, None] > likely[measure]).sum(axis=1).clip(max=len(EvidenceState) - 1)
    )
    states = np.array([str(s) for s in EvidenceState], dtype=object)
    names = np.array([f"kritérium {n}" for n in range(3)], dtype=object)
    order = rng.permutation(rows)
    evidence = pd.DataFrame(
        {
            "measure_id": pd.Series(ids[measure][order], dtype="str"),
            "criterion": pd.Series(names[criterion][order], dtype="str"),
            "state": pd.Series(states[state][order], dtype="str"),
            "reach": pd.Series(np.full(rows, str(Reach.SOME), dtype=object), dtype="str"),
            "places": pd.Series(places[place][order], dtype="str"),
            "row": np.arange(2, rows + 2),
        }
    )
    kinds = np.where(rng.random(judged) < 0.3, "fixed", "continuous")
    dataset = SimpleNamespace(
        measures=pd.DataFrame(
            {
                "id": pd.Series(ids, dtype="str"),
                "area_id": "I",
                "deadline_kind": pd.Series(kinds, dtype="str"),
                "deadline_until": "2027-12",
                "deadline_event": pd.Series([None] * judged, dtype="str"),
            }
        ),
        measure_bodies=pd.DataFrame(
            {"measure_id": pd.Series(ids, dtype="str"), "role": "lead", "assignment": "assigned"}
        ),
        events=pd.DataFrame({"event": [], "happened": pd.to_datetime([])}),
        places=pd.DataFrame(
            {
                "id": pd.Series(places, dtype="str"),
                "district_id": "ORP",
                "municipalities": pd.Series(1, index=range(len(places)), dtype="Int64"),
                "population": pd.Series(pd.NA, index=range(len(places)), dtype="Int64"),
            }
        ),
        districts=pd.DataFrame(
            {"id": "ORP", "municipalities": [municipalities], "population": [0]}
        ),
    )
    decisions = pd.DataFrame({"measure_id": ids, "status": None, "decided": None}, dtype="str")
    return Nation(cast("Dataset", dataset), decisions, evidence)
