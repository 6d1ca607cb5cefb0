"""An inbox: all that came back, what of it stands, and how far each body is; nothing is tracked.

::

    files ──► typed cells ──► staged ──► what stands ──► accepted into data
                         └──► quarantined ──► asked again, until nothing is open
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.collection.assignments import (
    Receipt,
    State,
    assigned,
    file_row,
    together,
)
from slz_lib.collection.contradictions import contradictions
from slz_lib.collection.forms import Form, Identity
from slz_lib.collection.identifying import identified, likest
from slz_lib.collection.intake import QUARANTINED, STAGED, Issued, framed, taken
from slz_lib.collection.returned import Refusal, Returned, read_returned
from slz_lib.collection.sentences import said
from slz_lib.collection.values import words_of
from slz_lib.dataset import Dataset
from slz_lib.display import Bar, overview

#: Columns of the list of files and of that of bodies.
FILES = ["file", "outcome", "form", "body", "respondent", "place", "round", "staged", "quarantined"]
FILES += ["why", "digest"]
ASSIGNMENTS = ["body", "form", "state", "round", "who", "answered", "asked", "percent", "open"]
ASSIGNMENTS += ["remind"]
#: So many files are read at once, each in a process of its own.
_AT_ONCE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """Co se sešlo: soubory, odpovědi, otázky zpět a stav každého subjektu.

    Attributes:
        files: a row a file: ``file``, ``digest``, ``form``, ``body``, ``respondent``, ``place``,
            ``round``, ``outcome``, numbers of cells ``staged`` and ``quarantined``, and ``why``.
        staged: the answers that stand, as :class:`~slz_lib.collection.intake.Intake` has them.
        quarantined: what does not, with why, and whether to ``ask`` again.
        warnings: what is doubtful in the answers that stand.
        assignments: a row a body: ``state``, ``round``, ``who`` answered, questions ``answered``
            and ``asked``, ``percent``, how many are ``open``, whether to ``remind``.
        again: forms that ask only what is still open, by name of a file without its ending.
    """

    files: pd.DataFrame
    staged: pd.DataFrame
    quarantined: pd.DataFrame
    warnings: pd.DataFrame
    assignments: pd.DataFrame
    again: Mapping[str, Form]

    def _repr_html_(self) -> str:
        counts = self.assignments["state"].value_counts()
        return overview(
            "Co se vrátilo",
            facts={
                "Soubory": str(len(self.files)),
                "Převzaté údaje": str(len(self.staged)),
                "K\u00a0posouzení": str(len(self.quarantined)),
                "Upozornění": str(len(self.warnings)),
                "Připomenout": str(int(self.assignments["remind"].sum())),
            },
            bars=[Bar(state.label, int(counts.get(state, 0))) for state in State],
            bars_title="Subjekty podle stavu",
        )


def collected(
    inbox: Path,
    forms: Iterable[Form],
    dataset: Dataset,
    issued: Mapping[str, bytes] | None = None,
) -> Collected:
    """All that lies in an inbox, read anew.

    Args:
        inbox: folder with what came back, at any depth.
        forms: the forms of the period as they go out first, made of the data.
        dataset: the data; a return that is one of their sources has been accepted.
        issued: workbooks as they went out, by form; made anew, and all out, when not given.
    """
    known = {form.identity.form: form for form in forms}
    words = words_of(dataset)
    arrived: dict[str, list[tuple[Returned, Identity, str]]] = {name: [] for name in known}
    files: list[dict[str, Any]] = []
    strangers: list[pd.DataFrame] = []
    seen: dict[str, str] = {}
    for returned, refused in _read(inbox):
        for no in refused:
            outcome, why = Receipt.PASSED if no.passed else Receipt.REFUSED, no.sentence
            # As the picture under every mail of somebody.
            if no.digest and (first := seen.setdefault(no.digest, no.name)) != no.name:
                outcome, why = Receipt.COPY, said("copy", file=first)
            files.append(_told(no.name, no.digest, outcome, why))
        for each in returned:
            if (first := seen.setdefault(each.digest, each.name)) != each.name:
                why = said("copy", file=first)
                files.append(_told(each.name, each.digest, Receipt.COPY, why))
                continue
            identity, why = identified(each, known)
            if identity is not None:
                arrived[identity.form].append((each, identity, why))
                continue
            alike = likest(each, known)
            issue = Issued.of(known[alike], (issued or {}).get(alike)) if alike else None
            intake = taken(each, None, issue, words, why)
            strangers.append(intake.quarantined.assign(party=""))
            files.append(file_row(intake, why))
    assignments = [
        assigned(form, (issued or {}).get(name), words, arrived[name])
        for name, form in known.items()
    ]
    staged = together(STAGED, (each.staged for each in assignments))
    quarantined = together(QUARANTINED, [*strangers, *(each.quarantined for each in assignments)])
    warnings = together(QUARANTINED, (each.warnings for each in assignments))
    files += [row for each in assignments for row in each.files]
    doubts = contradictions(staged, dataset)
    doubts = doubts.assign(value=doubts["typed"], ask=False)[[*QUARANTINED, "party"]]
    accepted = set(dataset.sources.get("sha256", pd.Series(dtype="str")).dropna())
    rows = [
        each.row(accepted, made=issued is None or each.form.identity.form in issued)
        for each in assignments
    ]
    return Collected(
        framed(files, FILES, {}).sort_values("file", ignore_index=True),
        staged.drop(columns="party"),
        quarantined.drop(columns="party"),
        pd.concat([warnings, doubts], ignore_index=True).drop(columns="party"),
        pd.DataFrame(rows, columns=ASSIGNMENTS),
        {name: form for each in assignments for name, form in each.again.items()},
    )


def _read(inbox: Path) -> Iterator[tuple[list[Returned], list[Refusal]]]:
    """The files of a folder in the order of their names; links are not followed.

    What takes longer is told by a bar on a terminal.
    """
    from tqdm import tqdm

    paths = sorted(
        Path(folder) / name
        for folder, folders, files in os.walk(inbox)
        for name in [*files, *(each for each in folders if (Path(folder) / each).is_symlink())]
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda path: read_returned(path, inbox), paths)
        yield from tqdm(found, "Soubory", len(paths), leave=False, delay=2, disable=None)


def _told(name: str, digest: str, outcome: Receipt, why: str) -> dict[str, Any]:
    return {"file": name, "digest": digest, "outcome": str(outcome), "why": why}
