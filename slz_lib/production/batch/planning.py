"""What a batch has to do: which editions there are, and which of them may come out anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.dataset import load
from slz_lib.errors import ParameterError, SlzError
from slz_lib.language import enumerate_words
from slz_lib.production import catalogue
from slz_lib.production.batch.record import obsolete
from slz_lib.production.batch.values import Done, Failure, Item, Plan, Request
from slz_lib.production.catalogue import Edition, editions
from slz_lib.production.edition import Prepared, prepare
from slz_lib.production.inputs import Inputs, inputs, versions
from slz_lib.production.manifest import (
    SUFFIX,
    Manifest,
    file_digest,
    find_manifest,
    outputs_are_whole,
)

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset

#: So many tables or files a reason names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch that is ready to begin.

    Attributes:
        plan: what is told of it.
        due: the editions that are to be made, by name, in the order in which they are begun.
        failed: editions that cannot even begin.
        given: digests of the inputs.
        dataset: the data.
    """

    plan: Plan
    due: Mapping[str, Prepared]
    failed: tuple[Done, ...]
    given: Inputs
    dataset: Dataset


def planned(request: Request) -> Planned:
    """The batch of ``request``.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
    """
    given = inputs(request.workplace)
    dataset = load(request.workplace.data)
    ready, failed = _prepared(_asked(request, dataset), dataset, request)
    reasons = {name: _reason(name, one, request, given) for name, one in ready.items()}
    items = [
        *(Item(name, reasons[name], _cells(one)) for name, one in ready.items()),
        *(Item(done.name, done.failure.message) for done in failed if done.failure),
    ]
    plan = Plan(tuple(items), obsolete(request, [item.name for item in items]))
    due = {name: one for name, one in ready.items() if reasons[name] is not None}
    return Planned(plan, due, tuple(failed), given, dataset)


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
    ready: dict[str, Prepared] = {}
    failed: list[Done] = []
    for edition in asked:
        try:
            ready[edition.name] = prepare(edition, request.workplace, meanings(edition.publication))
        except SlzError as error:
            failed.append(Done(edition.name, Failure.of(error)))
    if failed and not ready:
        faults = dict.fromkeys(done.failure.message for done in failed if done.failure)
        raise ParameterError("\n".join(faults))
    return ready, failed


def _cells(prepared: Prepared) -> int:
    return sum(cell.cell_type == "code" for cell in prepared.source.cells)


def _reason(name: str, prepared: Prepared, request: Request, given: Inputs) -> str | None:
    if request.force:
        return "na přání"
    path = request.workplace.reports / f"{name}{SUFFIX}"
    project = request.workplace.notebooks.parent
    return reason_to_make(find_manifest(path), path.parent, prepared, given, project)


def reason_to_make(
    manifest: Manifest | None, folder: Path, prepared: Prepared, given: Inputs, project: Path
) -> str | None:
    """Why an edition has to be made, in Czech; ``None`` when it would come out the same.

    Args:
        manifest: of the earlier edition; ``None`` without one.
        folder: where its outputs are.
        prepared: what is wanted now.
        given: digests of the inputs as they are now.
        project: folder of the project, in which the manifest's other files are looked up.
    """
    if manifest is None:
        return "dosud nevydáno"
    other_formats = set(manifest.formats) != set(prepared.edition.formats)
    if dict(manifest.parameters) != prepared.typed or other_formats:
        return "jiné parametry nebo formáty"
    sources = manifest.sources
    changed = [*_changed_files(manifest, project), *_changed_tables(manifest, given)]
    reasons = {
        "změněný notebook": sources.get("notebook") != given.notebooks.get(manifest.notebook),
        "změněný program": sources.get("code") != given.code,
        "změněné knihovny": sources.get("lock") != given.lock
        or dict(manifest.versions) != versions(),
        f"změněná data ({_named(changed)})": bool(changed),
        "výstup chybí nebo je změněný": not outputs_are_whole(manifest, folder),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _changed_tables(manifest: Manifest, given: Inputs) -> list[str]:
    """Tables that the edition opened and that have changed, the folders it listed among them."""
    return [name for name, digest in manifest.data.items() if given.table(name) != digest]


def _changed_files(manifest: Manifest, project: Path) -> list[str]:
    """Other files of the cells that have changed; one outside the project always has."""
    root = project.resolve()
    return [
        name
        for name, digest in manifest.files.items()
        if digest is None
        or not (root / name).resolve().is_relative_to(root)
        or file_digest(root / name) != digest
    ]


def _named(names: Sequence[str]) -> str:
    if 0 < len(names) <= _NAMED:
        return enumerate_words(list(names))
    return f"{', '.join(names[:_NAMED])} …"
