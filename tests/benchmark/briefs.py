"""The briefs that every chain of the benchmark issues: areas, bodies with a role, ORP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import slz_lib
from slz_lib.production.catalogue import AREA_BRIEF, BODY_BRIEF, DISTRICT_BRIEF, Publication

PERIOD = "2022-2023"
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
DATA = ROOT / "data"
#: The kinds of briefs by the word that ``slz batch --only`` knows them by.
KINDS = {"areas": AREA_BRIEF, "bodies": BODY_BRIEF, "districts": DISTRICT_BRIEF}


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief.

    Attributes:
        kind: a key of :data:`KINDS`.
        parameters: what its notebook is given, besides the place of the data.
        path: where its files go below the folder of outputs, without suffix.
    """

    kind: str
    parameters: dict[str, str]
    path: str

    @property
    def notebook(self) -> Path:
        """The file of its notebook."""
        return NOTEBOOKS / f"{KINDS[self.kind].notebook}.ipynb"

    def file(self, out: Path, suffix: str) -> Path:
        """Its file below ``out``; the folder is made."""
        file = out / f"{self.path}.{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        return file


def briefs(kinds: Sequence[str] = tuple(KINDS)) -> tuple[Brief, ...]:
    """All briefs of ``kinds``, as the data name their parts."""
    dataset = slz_lib.load(DATA)
    parts = {
        "areas": dataset.areas["id"],
        "bodies": dataset.measure_bodies["body_id"].dropna().drop_duplicates().sort_values(),
        "districts": dataset.districts["id"],
    }
    return tuple(_brief(kind, KINDS[kind], str(part)) for kind in kinds for part in parts[kind])


def _brief(kind: str, publication: Publication, part: str) -> Brief:
    # Not by way of an edition: that imports papermill, which the plain call does without.
    name = part if kind == "areas" else part.lower()
    folder = publication.folder or part.partition("-")[0].lower()
    path = f"{PERIOD}/{folder}/{publication.stem}{name}"
    return Brief(kind, {"period": PERIOD, publication.part: part}, path)


def sample(of: Sequence[Brief], each: int) -> tuple[Brief, ...]:
    """``each`` briefs of every kind, at even distances."""
    kinds = dict.fromkeys(brief.kind for brief in of)
    chosen: list[Brief] = []
    for kind in kinds:
        same = [brief for brief in of if brief.kind == kind]
        chosen.extend(same[(2 * n + 1) * len(same) // (2 * each)] for n in range(each))
    return tuple(chosen)
