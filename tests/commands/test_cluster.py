"""A batch on a cluster gives what a local batch gives, whatever becomes of a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from slz_lib.errors import ExecutionError, ParameterError
from slz_lib.production.batch import cluster
from slz_lib.production.batch.cluster import made_there, make_here, shared_out
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Request
from slz_lib.production.workplace import Workplace, locate
from tests.commands.batch_sample import request, until
from tests.commands.sample import files
from tests.conftest import ROOT

pytestmark = pytest.mark.thorough

#: Seconds after which a test gives up waiting for another process.
PATIENCE = 300
BATCH = ("batch", "2022-2023", "--only", "districts", "--formats", "html")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def started(stack: ExitStack, *command: str, folder: Path) -> subprocess.Popen[bytes]:
    """A program that is gone when the test is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two workers on this machine."""
    address = f"tcp://127.0.0.1:{free_port()}"
    host, port = address.removeprefix("tcp://").split(":")
    with ExitStack() as stack:
        common = ("--no-dashboard", "--host", host)
        started(stack, "distributed.cli.dask_scheduler", *common, "--port", port, folder=tmp_path)
        alone = ("--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path))
        workers = [
            started(stack, "distributed.cli.dask_worker", address, *common, *alone, folder=tmp_path)
            for _ in range(2)
        ]
        until(lambda: listens(host, int(port)), "the scheduler did not begin", seconds=PATIENCE)
        # A batch takes the machines that there are when it begins.
        with cluster._connected(address) as client:
            client.wait_for_workers(len(workers), timeout=PATIENCE)
        yield address, workers


def children(process: int) -> list[int]:
    """Processes that the threads of a process have started."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for told in threads for number in told.read_text("ascii").split()]


def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_a_local_batch(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = scheduler
    slz = str(Path(sys.executable).with_name("slz"))
    there = subprocess.Popen(
        [slz, *BATCH, "--out", str(tmp_path / "there"), "--scheduler", address]
    )
    end = time.monotonic() + PATIENCE
    # A worker that has started a process has taken a task and not given it back.
    while not children(workers[0].pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert children(workers[0].pid)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert there.wait(timeout=PATIENCE) == 0
    subprocess.run([slz, *BATCH, "--out", str(tmp_path / "here")], check=True)
    made = files(tmp_path / "there")
    assert len(made) == 10 * 3 + 1
    assert made == files(tmp_path / "here")


def test_a_machine_in_another_state_is_refused() -> None:
    with pytest.raises(ParameterError, match="jiná data, notebooky, program nebo knihovny"):
        make_here(Request(workplace=locate()), "0" * 64)


def test_a_worker_that_may_not_start_processes_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Daemon:
        daemon = True

    monkeypatch.setattr(multiprocessing, "current_process", Daemon)
    with pytest.raises(ExecutionError, match="--no-nanny"):
        make_here(Request(workplace=locate()), "")


@pytest.mark.parametrize(
    ("address", "error", "message"),
    [
        ("nikde", ParameterError, "zapište ji jako tcp://stroj:8786"),
        ("tcp://127.0.0.1:1", ExecutionError, "neodpovídá"),
    ],
)
def test_an_address_without_a_scheduler_is_refused_in_one_sentence(
    address: str,
    error: type[Exception],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    place = Workplace(ROOT / "notebooks", ROOT / "data", tmp_path)
    with pytest.raises(error, match=message):
        run_batch(request(place), lambda _: None, making=partial(made_there, scheduler=address))


def test_editions_are_shared_out_in_like_parts_none_of_which_is_empty() -> None:
    names = [f"2022-2023/orp/orp-{number}" for number in range(13)]
    tasks = shared_out(names, places=2)
    assert sorted(name for task in tasks for name in task) == sorted(names)
    assert {len(task) for task in tasks} == {2, 3}
    assert shared_out(names[:2], places=2) == [names[:1], names[1:2]]
