"""All editions of data made in this process: what is told of the data, or nothing once issued."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest import mock

import slz_lib
from slz_lib.documents.formats import write
from slz_lib.documents.model import Document
from slz_lib.errors import DataError, EvaluationError, ParameterError
from slz_lib.production.catalogue import KINDS, Edition, editions, meanings
from slz_lib.production.lines import dataset_lines
from slz_lib.production.transactions import check
from tests.samples.plain_run import document

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
#: What is said of a period that has been laid out and nothing more; it is no fault of the data.
_LAID_OUT = "zatím nemá podklady ani stavy"


def told_or_issued(
    data: Path, formats: Iterable[str] = ("html",), *, every: bool = True
) -> list[str]:
    """What ``slz check`` tells of the data, a line a fault; nothing where all is issued.

    Args:
        data: a folder of data.
        formats: those written of each edition.
        every: all editions; otherwise the first and the last of each kind.

    Raises:
        SlzError: an edition of data that were told to be in order cannot be issued.
    """
    try:
        dataset = slz_lib.load(data)
        check(dataset)
    except (DataError, EvaluationError) as error:
        return str(error).splitlines()[1:] or [str(error)]
    assert list(dataset_lines(dataset))
    evaluate = cast("Any", cache(slz_lib.evaluate))
    names: set[str] = set()
    with mock.patch.multiple(slz_lib, load=lambda _: dataset, evaluate=evaluate):
        for period in dataset.periods["id"]:
            made = list(editions(dataset, str(period), list(KINDS), (), {}))
            for edition in made if every else _ends(made):
                assert edition.name.casefold() not in names
                names.add(edition.name.casefold())
                _issue(edition, dataset, formats)
    return []


def issue(edition: Edition, data: Path, reports: Path) -> Document:
    """Write the documents of an edition below ``reports``; a notebook and a manifest it has not."""
    notebook = NOTEBOOKS / f"{edition.publication.notebook}.ipynb"
    made = document(notebook, {**edition.parameters, "data": str(data)})
    (reports / edition.name).parent.mkdir(parents=True, exist_ok=True)
    for form in edition.formats:
        Path(f"{reports / edition.name}.{form}").write_bytes(write(form, made))
    return made


def _ends(made: list[Edition]) -> list[Edition]:
    kinds = [edition.publication.notebook for edition in made]
    last = {kind: place for place, kind in enumerate(kinds)}
    return [made[place] for place in sorted({*map(kinds.index, kinds), *last.values()})]


def _issue(edition: Edition, dataset: slz_lib.Dataset, formats: Iterable[str]) -> None:
    known = meanings(edition.publication, dataset)
    try:
        for name, value in edition.parameters.items():
            known[name](str(value))
    except ParameterError as error:
        if _LAID_OUT not in str(error):
            raise
        return
    notebook = NOTEBOOKS / f"{edition.publication.notebook}.ipynb"
    try:
        made = document(notebook, {**edition.parameters, "data": "data"})
        for form in formats:
            assert write(form, made)
    except Exception as error:
        error.add_note(edition.name)
        raise
