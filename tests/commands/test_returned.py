"""Whatever comes back is read to the last cell, or refused in a sentence; nothing of it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from slz_lib import Dataset
from slz_lib.collection import returned as reading
from slz_lib.collection.forms import Form, questions
from slz_lib.collection.intake import Issued, identified, lost, taken
from slz_lib.collection.kinds import MOST_BYTES
from slz_lib.collection.returned import Refusal, Returned, read_returned
from slz_lib.collection.values import Words
from tests.samples.books import Book, Cell, mail, ods, outlook, xls, xlsx
from tests.samples.returns import KINDS, issued, made

READ = [name for name, kind in KINDS.items() if not kind.refused]
#: Bodies times kinds: every body that reports, some of them twice.
BODIES = 40


@pytest.fixture(scope="module")
def forms(dataset: Dataset) -> dict[str, Form]:
    """The forms of all bodies, by their names."""
    steps = pd.DataFrame(
        {
            "id": ["A-1"],
            "measure_id": ["I.2"],
            "step": ["Zřídit poradnu"],
            "lead": ["KULK-OSV"],
            "deadline": pd.to_datetime(["2025-06-30"]),
        }
    )
    asked = questions(dataset, "2024-2025", None, steps)
    found = [asked.form(body, date(2026, 1, 31)) for body in asked.bodies]
    return {form.identity.form: form for form in found}


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this very process, where a crash of the reader is one of the test."""

    def read(reader: Callable[[bytes, str], Any], content: bytes, name: str, _: int) -> Any:
        return json.loads(json.dumps(reader(content, name)))

    monkeypatch.setattr(reading, "read_apart", read)


def returned(tmp_path: Path, name: str, content: bytes) -> tuple[list[Returned], list[Refusal]]:
    (tmp_path / name).write_bytes(content)
    return read_returned(tmp_path / name)


def broken_laws(
    form: Form, issue: Issued, book: Book, kind: str, seed: str, words: Words, folder: Path
) -> list[str]:
    """What a return of a kind lost, or brought about that nobody typed."""
    filled, content = made(form, book, kind, seed)
    files, refused = returned(folder, KINDS[kind].name, content)
    if KINDS[kind].refused:
        right = len(refused) == 1 and KINDS[kind].refused in refused[0].sentence and not files
        return [] if right else [f"{kind}: {files} {refused}"]
    held: Counter[tuple[str, str]] = Counter()
    outside: Counter[str] = Counter()
    told = [f"{kind}: {refusal}" for refusal in refused]
    for file in files:
        identity, why = identified(file, {form.identity.form: form})
        known = issue if identity else None
        found = taken(file, identity, known, words, why)
        told += [f"{kind} {seed}: {text}" for text in lost(file, known, found)]
        held.update({*found.staged[["sheet", "cell"]].itertuples(index=False, name=None)})
        of_cells = found.quarantined["cell"].ne("")
        quarantined = found.quarantined.loc[of_cells, ["sheet", "cell"]]
        held.update(quarantined.itertuples(index=False, name=None))
        outside.update(found.quarantined.loc[~of_cells, "value"])
    typed = Counter(filled.book.typed)
    said = Counter(filled.book.said)
    if KINDS[kind].told:
        more, over = held - typed, outside - said
        told += [f"{kind} {seed}: nobody typed {each}" for each in (*more, *over)]
    return told + [f"{kind} {seed}: lost {each}" for each in (*(typed - held), *(said - outside))]


@pytest.mark.usefixtures("in_process")
def test_typed_is_staged_and_quarantined_whatever_the_kind(
    dataset: Dataset, forms: dict[str, Form], tmp_path: Path
) -> None:
    form, words = forms["2024-2025.KULK-OSV"], Words.of(dataset)
    of_form = Issued.of(form), issued(form)
    told = [
        fault
        for kind in KINDS
        for fault in broken_laws(form, *of_form, kind, "0", words, tmp_path)
    ]
    assert told == []
