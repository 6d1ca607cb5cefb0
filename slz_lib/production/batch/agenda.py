"""What a batch has to do: which editions there are, and which of them may come out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.dataset import load
from slz_lib.dataset.blank import MARK
from slz_lib.dataset.schemas import TABLES
from slz_lib.dataset.spelling import canonical
from slz_lib.dataset.views import of_period
from slz_lib.errors import DataError, ParameterError, SlzError
from slz_lib.production import catalogue
from slz_lib.production.batch.values import Agenda, Done, Item, Request, plain
from slz_lib.production.catalogue import Edition, editions
from slz_lib.production.edition import Prepared, prepare, reason_to_make
from slz_lib.production.execution import read_notebook
from slz_lib.production.inputs import Inputs, inputs, sha256
from slz_lib.production.manifest import SUFFIX, find_manifest

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is ready to begin.

    Attributes:
        agenda: what is told of it.
        due: the editions that are to be made, by name, in the order in which they are begun.
        failed: editions that cannot even begin.
        given: digests of the inputs.
        seen: the same as each edition sees them, by its name.
    """

    agenda: Agenda
    due: Mapping[str, Prepared]
    failed: tuple[Done, ...]
    given: Inputs
    seen: Mapping[str, Inputs]


def batch_of(request: Request) -> Batch:
    """The batch of ``request``.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
    """
    given = inputs(request.workplace)
    dataset = load(request.workplace.data)
    _require_filled(dataset)
    ready, failed = _prepared(_asked(request, dataset), dataset, request)
    look = seen_by(given, dataset)
    seen = {name: look(one.edition) for name, one in ready.items()}
    reasons = {name: _reason(name, one, request, seen[name]) for name, one in ready.items()}
    cells = {name: [cell.cell_type for cell in one.source.cells] for name, one in ready.items()}
    items = [
        *(Item(name, reasons[name], cells[name].count("code")) for name in ready),
        *(Item(done.name, str(done.failure)) for done in failed),
    ]
    due = {name: one for name, one in ready.items() if reasons[name] is not None}
    return Batch(Agenda(tuple(items)), due, tuple(failed), given, seen)


def _require_filled(dataset: Dataset) -> None:
    """Stop where a new strategy has no words of its own yet.

    Raises:
        DataError: it has not; the sentence says what to fill in first.
    """
    waiting = [each for each in dataset.warnings if (each.value or "").startswith(MARK)]
    if waiting:
        raise DataError(
            f"Strategie ještě není vyplněná, chybějících údajů je {len(waiting)}. "
            f"Začněte tímto: {waiting[0]}"
        )


def seen_by(given: Inputs, dataset: Dataset) -> Callable[[Edition], Inputs]:
    """Gives the inputs as the period of an edition, or the one that its plan follows, sees them.

    What it gives raises ``ParameterError`` where the data do not know the period.
    """
    digests = cache(lambda period: _digests(dataset, period))

    def seen(edition: Edition) -> Inputs:
        kind, parameters = edition.publication, edition.parameters
        subject = str(parameters[kind.subject])
        if kind.subject == "horizon":
            subject = str(parameters.get("follows") or dataset.followed_by(subject))
        return replace(given, seen=digests(subject))

    return seen


def _digests(dataset: Dataset, period: str) -> dict[str, str]:
    """Digests of what a period sees of the tables that it knows, by path."""
    facts, start = of_period(dataset, period), pd.Timestamp(dataset.period(period).start)
    known = dataset.periods.loc[dataset.periods["start"] <= start, "id"]
    plans = dataset.plans_after(*known)["id"]
    folders = {"period_id": known, "horizon_id": plans, "plan_id": facts.other_plans["plan_id"]}
    return {
        table.file(folder): sha256(canonical(rows, table))
        for table in TABLES
        for frame, column in ((facts.table(table.name), table.folder_column),)
        for folder in (folders[column] if column else [""])
        for rows in (frame[frame[column].eq(folder)] if column else frame,)
    }


def _asked(request: Request, dataset: Dataset) -> Iterable[Edition]:
    if request.editions:
        return request.editions
    given = {"as_of": request.as_of, "draft": request.draft}
    marks = {name: value for name, value in given.items() if value is not None}
    return editions(dataset, request.period, request.kinds, request.formats, marks)


def _prepared(
    asked: Iterable[Edition], dataset: Dataset, request: Request
) -> tuple[dict[str, Prepared], list[Done]]:
    """The editions whose parameters are right, by name, and those that failed."""
    meanings = cache(lambda publication: catalogue.meanings(publication, dataset))
    read = cache(read_notebook)
    ready: dict[str, Prepared] = {}
    failed: list[Done] = []
    for edition in asked:
        try:
            meant = meanings(edition.publication)
            ready[edition.name] = prepare(edition, request.workplace, meant, read)
        except SlzError as error:
            failed.append(Done(edition.name, plain(error)))
    if failed and not ready:
        raise ParameterError("\n".join(dict.fromkeys(str(done.failure) for done in failed)))
    return ready, failed


def _reason(name: str, prepared: Prepared, request: Request, given: Inputs) -> str | None:
    if request.force:
        return "na přání"
    path = request.workplace.reports / f"{name}{SUFFIX}"
    project = request.workplace.notebooks.parent
    return reason_to_make(find_manifest(path), path.parent, prepared, given, project)
