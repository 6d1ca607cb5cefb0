"""What a batch has to do: which editions there are, and which of them would come out anew."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.dataset import load
from slz_lib.errors import OutputError, ParameterError, SlzError
from slz_lib.production.batch.orders import ordered, orders
from slz_lib.production.batch.record import obsolete
from slz_lib.production.batch.staleness import reason_to_make
from slz_lib.production.batch.values import Done, Item, Order, Outcome, Plan, Request
from slz_lib.production.edition import Prepared, prepare
from slz_lib.production.inputs import Inputs, inputs
from slz_lib.production.manifest import SUFFIX, find_manifest

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset


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


@contextmanager
def planned(request: Request) -> Iterator[Planned]:
    """The batch of ``request``; no other one of the period can run until the end.

    Raises:
        DataError: the data have faults.
        ParameterError: the data do not know the period, or no edition takes the parameters.
        OutputError: outputs cannot be written, or another batch of the period is running.
    """
    given = inputs(request.workplace)
    dataset = load(request.workplace.data)
    asked = request.orders or orders(
        dataset,
        request.period,
        request.kinds,
        request.formats,
        as_of=request.as_of,
        draft=request.draft,
    )
    ready, failed = _prepared(asked, dataset, request)
    with _alone(
        request.workplace.reports / request.period, needed=not (request.dry or request.orders)
    ):
        items: list[Item] = []
        due: dict[str, Prepared] = {}
        for path, prepared in ready.items():
            name = path.relative_to(request.workplace.reports).as_posix()
            reason = _reason(path, prepared, request, given)
            cells = sum(cell.cell_type == "code" for cell in prepared.source.cells)
            items.append(Item(name, reason, cells))
            if reason is not None:
                due[name] = prepared
        items += [Item(done.name, done.failure, 0) for done in failed]
        left = obsolete(request, [item.name for item in items])
        plan = Plan(tuple(items), left)
        yield Planned(plan, due, tuple(failed), given, dataset)


def _prepared(
    asked: Sequence[Order], dataset: Dataset, request: Request
) -> tuple[dict[Path, Prepared], list[Done]]:
    """The editions whose parameters are right, by path without suffix, and those that failed."""
    ready: dict[Path, Prepared] = {}
    failed: list[Done] = []
    for order in asked:
        edition = ordered(order, dataset)
        name = f"{edition.folder}/{edition.stem}"
        try:
            ready[request.workplace.reports / name] = prepare(edition, request.workplace)
        except SlzError as error:
            failed.append(Done(name, Outcome.FAILED, str(error)))
    if failed and not ready:
        raise ParameterError("\n".join(dict.fromkeys(done.failure for done in failed)))
    return ready, failed


def _reason(path: Path, prepared: Prepared, request: Request, given: Inputs) -> str | None:
    if request.force:
        return "na přání"
    return reason_to_make(
        find_manifest(path.with_name(f"{path.name}{SUFFIX}")),
        path.parent,
        parameters=prepared.typed,
        formats=prepared.formats,
        given=given,
        project=request.workplace.notebooks.parent,
    )


@contextmanager
def _alone(folder: Path, *, needed: bool) -> Iterator[None]:
    """Keep other batches out of ``folder``; the system gives it back whatever happens.

    Raises:
        OutputError: another one is in it, or it cannot be made.
    """
    if not needed:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(
            f"Složku „{folder}“ nelze vytvořit nebo otevřít; zvolte jinou volbou --out."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise OutputError(
            f"Do složky „{folder}“ právě zapisuje jiná dávka; počkejte, až skončí."
        ) from error
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)  # by itself it would last as long as any fork
        os.close(lock)
