"""A batch on a cluster of Dask.distributed: the same editions, made on other machines.

A task is a handful of editions. The machine that takes it makes them as a local batch would, into a
folder of its own, and sends the files back; only here they are put in their place. So a machine
that dies takes nothing along but its task, which the scheduler gives to another one. The machines
need the same checkout: code, lock, notebooks and data are compared before anything is made.
"""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from slz_lib.errors import ExecutionError, OutputError, ParameterError, SlzError
from slz_lib.production.batch.planning import Planned, planned
from slz_lib.production.batch.record import write_record
from slz_lib.production.batch.running import News, run_batch
from slz_lib.production.batch.values import Done, Order, Outcome, Request, Summary
from slz_lib.production.edition import Made, Prepared, deliver
from slz_lib.production.inputs import inputs
from slz_lib.production.manifest import SUFFIX, read_manifest
from slz_lib.production.workplace import locate
from slz_lib.production.writing import scratch
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from distributed import Client

#: Tasks for each place that can work at once: few enough to share the reading of the data, enough
#: for a quick machine to take over from a slow one.
_TASKS_EACH = 3
#: Seconds to wait for the scheduler.
PATIENCE = 5
_PROTOCOLS = frozenset({"tcp", "tls"})


@dataclass(frozen=True, slots=True)
class Sent:
    """An edition as it comes back from the machine that made it.

    Attributes:
        name: its path in the reports without suffix.
        made: its files; ``None`` when it failed.
        failure: of a failed one, the sentence that says where and why.
    """

    name: str
    made: Made | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a machine is asked for.

    Attributes:
        orders: the editions.
        inputs: the digest of code, lock, notebooks and data that they are to be made from.
        timeout: most seconds of one cell.
        engine: the engine; the usual one when ``None``.
        memory: most bytes of address space of the cells; no limit when ``None``.
    """

    orders: tuple[Order, ...]
    inputs: str
    timeout: float | None
    engine: str | None
    memory: int | None


def run_on_cluster(request: Request, scheduler: str, tell: Callable[[News], None]) -> Summary:
    """Make the editions of a period on the machines of a cluster.

    Args:
        request: what is asked for; the number of workers is the cluster's.
        scheduler: the scheduler's address, ``tcp://machine:8786``.
        tell: told of the plan first, then of every edition's end.

    Raises:
        ParameterError: the extra is not installed or the address means nothing.
        ExecutionError: the scheduler cannot be reached or has no machine.
        SlzError: as a local batch.
    """
    with planned(request) as batch:
        tell(batch.plan)
        done: dict[str, Done] = {}
        issued = {item.name: item.reason is None for item in batch.plan.items}
        if not request.dry:
            with _connected(scheduler) as client:
                if batch.due:
                    write_record(request, batch.given, issued)
                for ended in (*batch.failed, *_made_there(request, client, batch)):
                    done[ended.name] = ended
                    issued[ended.name] = ended.outcome is Outcome.ISSUED
                    tell(ended)
                write_record(request, batch.given, issued)
        return Summary(batch.plan, done)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ParameterError(
            "Volba --scheduler potřebuje rozšíření cluster; doinstalujte je příkazem "
            "pip install 'slz[cluster]'."
        ) from error
    try:
        address = urlsplit(scheduler)
        if address.scheme not in _PROTOCOLS:
            raise ValueError(scheduler)  # noqa: TRY301 — as what the library finds wrong with it
        # Dask itself would try for long, and tell of it in English.
        socket.create_connection((address.hostname, address.port or 0), PATIENCE).close()
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ExecutionError(
            f"Plánovač Dasku na adrese „{shown(scheduler)}“ neodpovídá; spusťte jej, nebo adresu "
            "opravte."
        ) from error
    except ValueError as error:
        raise ParameterError(
            f"Adresa „{shown(scheduler)}“ není adresa plánovače; zapište ji jako tcp://stroj:8786."
        ) from error
    with client:
        yield client


def _made_there(request: Request, client: Client, batch: Planned) -> Iterator[Done]:
    """Hand the due editions out and deliver what comes back, in the order in which it comes."""
    places = sum(client.nthreads().values())
    if not places:
        raise ExecutionError("Plánovač Dasku nemá žádný pracovní proces; spusťte aspoň jeden.")
    executor = client.get_executor(pure=False)
    tasks: dict[Future[tuple[Sent, ...]], Sequence[str]] = {}
    for names in shared_out(list(batch.due), places):
        orders = tuple(_order(batch.due[name]) for name in names)
        task = Task(orders, batch.given.digest, request.timeout, request.engine, request.memory)
        tasks[executor.submit(make_here, task)] = names
    for future in as_completed(tasks):
        try:
            sent: Sequence[Sent] = future.result()
        except SlzError as error:
            sent = [Sent(name, None, str(error)) for name in tasks[future]]
        except Exception as error:  # noqa: BLE001 — what a cluster may fail of is its own
            told = f"Úloha na clusteru selhala ({type(error).__name__}); spusťte dávku znovu."
            sent = [Sent(name, None, told) for name in tasks[future]]
        yield from (_delivered(edition, request.workplace.reports) for edition in sent)


def _order(prepared: Prepared) -> Order:
    return Order(prepared.edition.notebook, prepared.typed, prepared.formats)


def _delivered(sent: Sent, reports: Path) -> Done:
    if sent.made is None:
        return Done(sent.name, Outcome.FAILED, sent.failure)
    try:
        delivered = deliver(sent.made, reports)
    except OutputError as error:
        return Done(sent.name, Outcome.FAILED, str(error))
    removed = tuple(path.name for path in delivered.removed)
    return Done(sent.name, Outcome.ISSUED, removed=removed)


def shared_out(names: Sequence[str], places: int) -> list[list[str]]:
    """``names`` in tasks: what stands first and takes longest alone, the rest in like parts."""
    single = [[name] for name in names if "/" not in name.partition("/")[2]]
    rest = [name for name in names if "/" in name.partition("/")[2]]
    number = min(len(rest), places * _TASKS_EACH)
    return [*single, *(rest[start::number] for start in range(number))]


def make_here(task: Task) -> tuple[Sent, ...]:
    """Make the editions of a task on this machine; what a worker of the cluster is asked to do.

    Raises:
        ParameterError: code, lock, notebooks or data are others than those of whoever asks.
        ExecutionError: this process may not start others.
    """
    if multiprocessing.current_process().daemon:
        raise ExecutionError(
            "Pracovní proces Dasku nesmí zakládat další procesy; spusťte jej s\u00a0volbou "
            "--no-nanny, nebo s\u00a0proměnnou DASK_DISTRIBUTED__WORKER__DAEMON=False."
        )
    workplace = locate()
    if inputs(workplace).digest != task.inputs:
        raise ParameterError(
            "Na některém stroji clusteru jsou jiná data, notebooky, program nebo knihovny než "
            "zde; uveďte je do téhož stavu."
        )
    with scratch() as reports:
        request = Request(
            workplace=replace(workplace, reports=reports),
            period="",
            kinds=(),
            formats=(),
            force=True,
            timeout=task.timeout,
            engine=task.engine,
            memory=task.memory,
            orders=task.orders,
        )
        summary = run_batch(request, lambda _: None)
        return tuple(_sent(name, summary.done, reports) for name in summary.done)


def _sent(name: str, done: Mapping[str, Done], reports: Path) -> Sent:
    if done[name].outcome is Outcome.FAILED:
        return Sent(name, None, done[name].failure)
    path = reports / name
    manifest = read_manifest(path.with_name(f"{path.name}{SUFFIX}"))
    files = {file: (path.parent / file).read_bytes() for file in manifest.outputs}
    folder = path.parent.relative_to(reports).as_posix()
    return Sent(name, Made(folder, path.name, files, manifest))
