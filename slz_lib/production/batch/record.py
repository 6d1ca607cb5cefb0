"""The record that a batch leaves in the folder of its period: what was asked, what came of it.

By it a batch in which nothing has changed is told apart without loading anything, and one that was
interrupted is taken up again. Only the standard library is used here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from slz_lib.production.batch.values import Agenda, Item, Request
from slz_lib.production.inputs import Inputs, inputs
from slz_lib.production.manifest import (
    MAX_BYTES,
    SUFFIX,
    file_digest,
    find_manifest,
    outputs_are_whole,
)
from slz_lib.production.writing import write_file

NAME = "davka.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What a batch was asked for and what it has issued.

    Attributes:
        asked: the request, as :attr:`Request.asked` gives it.
        inputs: the digest of its inputs.
        editions: digest of the manifest of every edition, by the edition's name; ``None`` for one
            that failed or was not reached.
    """

    asked: Mapping[str, Any]
    inputs: str
    editions: Mapping[str, str | None]

    @property
    def is_complete(self) -> bool:
        """Whether every edition has been issued."""
        return None not in self.editions.values()


def find_record(request: Request) -> Record | None:
    """The record of the last batch of the period; ``None`` without one that can be read."""
    try:
        with _path(request).open("rb") as stream:
            content = json.loads(stream.read(MAX_BYTES))
        if content.pop("form") != FORM:
            return None
        record = Record(**content)
        known = record.asked.keys() == request.asked.keys() and isinstance(record.editions, dict)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None
    return record if known else None


def write_record(request: Request, given: Inputs, issued: Mapping[str, bool]) -> None:
    """Keep what a batch has come to; one of given editions keeps nothing.

    Args:
        request: what was asked for.
        given: the inputs it was made from.
        issued: whether each edition is, by its name.

    Raises:
        OutputError: it cannot be written.
    """
    if request.editions:
        return
    reports = request.workplace.reports
    editions = {
        name: file_digest(reports / f"{name}{SUFFIX}") if done else None
        for name, done in issued.items()
    }
    content = {"form": FORM, **asdict(Record(request.asked, given.digest, editions))}
    write_file(_path(request), json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _path(request: Request) -> Path:
    return request.workplace.reports / request.period / NAME


def unchanged(request: Request) -> Agenda | None:
    """The batch in which nothing is due; ``None`` when it has to be seen what is."""
    record = None if request.force or request.editions else find_record(request)
    if record is None or not record.is_complete or dict(record.asked) != request.asked:
        return None
    if record.inputs != inputs(request.workplace).digest:
        return None
    for name, digest in record.editions.items():
        path = request.workplace.reports / f"{name}{SUFFIX}"
        manifest = find_manifest(path)
        if manifest is None or manifest.files or file_digest(path) != digest:
            return None
        if not outputs_are_whole(manifest, path.parent):
            return None
    return Agenda(tuple(Item(name, None) for name in record.editions))
