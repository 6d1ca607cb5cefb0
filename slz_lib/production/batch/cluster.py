"""A batch on a cluster of Dask.distributed: the same editions, made on other machines.

A task is a handful of editions. The machine that takes it makes them as a local batch would, into a
folder of its own, and sends the files back; only here they are put in their place. So a machine
that dies takes nothing along but its task, which the scheduler gives to another one. The machines
need the same checkout: code, lock, notebooks and data are compared before anything is made.
"""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from slz_lib.errors import ExecutionError, ParameterError, SlzError
from slz_lib.production.batch.agenda import Batch
from slz_lib.production.batch.foreman import delivered
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Done, Request, plain
from slz_lib.production.edition import Made
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

#: What a task comes to: editions to be delivered, and how others have ended.
Sent = tuple[Made | Done, ...]


def made_there(request: Request, batch: Batch, scheduler: str) -> Iterator[Done]:
    """Hand the due editions out and deliver what comes back, in the order in which it comes.

    Args:
        request: what is asked for; the number of workers is the cluster's.
        batch: what is due.
        scheduler: the scheduler's address, ``tcp://machine:8786``.

    Raises:
        ParameterError: the extra is not installed or the address means nothing.
        ExecutionError: the scheduler cannot be reached or has no machine.
    """
    if not batch.due:
        return
    with _connected(scheduler) as client:
        places = sum(client.nthreads().values())
        if not places:
            raise ExecutionError("Plánovač Dasku nemá žádný pracovní proces; spusťte aspoň jeden.")
        executor = client.get_executor(pure=False)
        tasks: dict[Future[Sent], Sequence[str]] = {}
        for names in shared_out(list(batch.due), places):
            wanted = tuple(
                replace(batch.due[name].edition, parameters=batch.due[name].typed) for name in names
            )
            asked = replace(request, workers=1, force=True, editions=wanted)
            tasks[executor.submit(make_here, asked, batch.given.digest)] = names
        for future in as_completed(tasks):
            yield from _returned(future, tasks[future], request.workplace.reports)


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


def _returned(future: Future[Sent], names: Sequence[str], reports: Path) -> Iterator[Done]:
    """What became of a task, its editions delivered."""
    try:
        sent = future.result()
    except SlzError as error:
        yield from (Done(name, plain(error)) for name in names)
        return
    except Exception as error:  # noqa: BLE001 — what a cluster may fail of is its own
        told = f"Úloha na clusteru selhala ({type(error).__name__}); spusťte dávku znovu."
        yield from (Done(name, ExecutionError(told)) for name in names)
        return
    yield from (one if isinstance(one, Done) else delivered(one, reports) for one in sent)


def shared_out(names: Sequence[str], places: int) -> list[Sequence[str]]:
    """``names``, of which the first take longest, in tasks that take about the same time."""
    number = min(len(names), places * _TASKS_EACH)
    return [names[start::number] for start in range(number)]


def make_here(request: Request, digest: str) -> Sent:
    """Make editions on this machine; what a worker of the cluster is asked to do.

    Args:
        request: the editions, and how they are to be made; its folders are not those of the
            machine.
        digest: of code, lock, notebooks and data that they are to be made from.

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
    if inputs(workplace).digest != digest:
        raise ParameterError(
            "Na některém stroji clusteru jsou jiná data, notebooky, program nebo knihovny než "
            "zde; uveďte je do téhož stavu."
        )
    with scratch() as reports:
        here = replace(request, workplace=replace(workplace, reports=reports))
        summary = run_batch(here, lambda _: None)
        done = summary.done.values()
        return tuple(one if one.failure else _files(one, reports) for one in done)


def _files(done: Done, reports: Path) -> Made:
    path = reports / done.name
    manifest = read_manifest(path.with_name(f"{path.name}{SUFFIX}"))
    files = {file: (path.parent / file).read_bytes() for file in manifest.outputs}
    return Made(done.name, files, manifest)
