"""The finished page of a notebook that somebody works on: in a kernel, and by ``slz watch``."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbformat import v4

pytestmark = pytest.mark.thorough

ISSUED = Path("reports/2022-2023/zprava-o-naplnovani.ipynb").resolve()
TITLE = (
    "from slz_lib.documents.model import TitleBlock\n"
    "import datetime\n"
    "TitleBlock(title='Zkouška', subject='Zkouška.', author='Kraj',"
    " as_of=datetime.date(2024, 1, 1))"
)


def got(address: str, what: str, host: str | None = None, method: str = "GET") -> tuple[int, str]:
    """Status and text of an answer."""
    place = urlsplit(address)
    connection = HTTPConnection(str(place.hostname), place.port, timeout=30)
    connection.request(method, f"{place.path}{what}", headers={"Host": host or place.netloc})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def state(address: str, after: int) -> dict[str, object]:
    return dict(json.loads(got(address, f"state?after={after}")[1]))


def written(path: Path, prose: str, *more: str) -> None:
    cells = [
        v4.new_code_cell("%load_ext slz_lib.presentation", id="nacteni"),
        v4.new_code_cell(TITLE, id="titul"),
        v4.new_code_cell(f"%%prose\n# Úvod\n\n{prose}", id="uvod"),
        *(v4.new_code_cell(source, id="dalsi") for source in more),
    ]
    nbformat.write(v4.new_notebook(cells=cells), path)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[str, Path, subprocess.Popen[str]]]:
    path = tmp_path / "muj.ipynb"
    written(path, "První znění.")
    command = [str(Path(sys.executable).parent / "slz"), "watch", str(path)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], path, process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted otherwise there")
def test_a_watched_notebook_is_shown_anew_until_it_is_interrupted(
    watched: tuple[str, Path, subprocess.Popen[str]],
) -> None:
    address, path, process = watched
    now = state(address, -1)
    while now["running"]:  # it is computed first
        now = state(address, int(str(now["number"])))
    assert "První znění." in got(address, "page")[1]
    assert json.loads(got(address, "faults")[1]) == []

    written(path, "Druhé znění.")
    now = state(address, int(str(now["number"])))
    assert "Druhé znění." in got(address, "page")[1]

    path.write_text(path.read_text(encoding="utf-8")[:200], encoding="utf-8")
    now = state(address, int(str(now["number"])))
    assert "poslední čitelný" in str(now["told"])
    assert "Druhé znění." in got(address, "page")[1]

    written(path, "Druhé znění.", "while True: pass")
    now = state(address, int(str(now["number"])))
    assert (now["running"], now["edited"]) == (True, ["buňka 4 „while True: pass“"])
    while state(address, -1)["running"]:  # a kernel that has not begun yet lets a stop pass
        assert got(address, "stop", method="POST")[0] == 204
        time.sleep(0.1)
    (fault,) = json.loads(got(address, "faults")[1])
    assert fault.startswith("buňka 4 „while True: pass“: výpočet byl zastaven")
    written(path, "Druhé znění.", "while True: 1")
    while state(address, -1)["edited"] != ["buňka 4 „while True: 1“"]:
        time.sleep(0.1)
    written(path, "Čtvrté znění.")  # which interrupts it
    now = state(address, -1)
    while now["running"] or now["edited"] or "Čtvrté" not in got(address, "page")[1]:
        now = state(address, int(str(now["number"])))

    assert got(address, "", host="jinde.example:80")[0] == 403
    assert got(address.rstrip("/") + "x/", "page")[0] == 403

    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30) == ("", "")
    assert process.returncode == 130


def test_the_kernel_serves_the_page_of_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "muj.ipynb"
    written(path, "Dotaz jádru.")
    cells = nbformat.read(path, as_version=4).cells
    manager, client = start_new_kernel(
        extra_arguments=["--ext=slz_lib.lab"],
        env={**os.environ, "JPY_SESSION_NAME": str(path)},
    )
    shown: list[str] = []

    def run(code: str, cell: str) -> None:
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        message = client.session.msg("execute_request", {**content, "allow_stdin": False})
        message["metadata"] = {"cellId": cell}
        client.shell_channel.send(message)
        while True:
            reply = client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if reply["msg_type"] == "display_data":
                shown.append(reply["content"]["data"]["text/plain"])
            if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                return

    try:
        for cell in cells:
            run(cell.source, cell.id)
        run("%nahled", "nahled")
        address = shown[-1].split()[-1]
        assert "Dotaz jádru." in got(address, "page")[1]
        assert state(address, -1)["edited"] == []
        assert json.loads(got(address, "faults")[1]) == []
        run("%%prose\n# Úvod\n\nJinak.", "uvod")
        assert "Jinak." in got(address, "page")[1]
        # What ran is newer than the file; what is saved later and has not run is told at once.
        now = state(address, -1)
        assert now["edited"] == []
        written(path, "Třetí znění.")
        now = state(address, int(str(now["number"])))
        assert now["edited"] == ["buňka 3 „Úvod“"]
        assert got(address, "file/html")[0] == 422
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_menu_exports_a_file_named_as_the_edition_or_says_what_to_mend(tmp_path: Path) -> None:
    shutil.copy(ISSUED, tmp_path / "annual_report.ipynb")
    notebook = v4.new_notebook(cells=[v4.new_code_cell("1 + 1", id="a")])
    nbformat.write(notebook, tmp_path / "zkouska.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = '--ServerApp.jpserver_extensions={"slz_lib.lab.exporting": True}'
    flags = ["--no-browser", "--allow-root", "--IdentityProvider.token=t", extension]
    command = [sys.executable, "-m", "jupyter_server", f"--ServerApp.port={port}", *flags]
    server = subprocess.Popen(
        [*command, "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={tmp_path}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def answer(path: str) -> HTTPResponse:
        for _ in range(120):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                connection.request("GET", f"/nbconvert/slz_docx/{path}?download=true&token=t")
                return connection.getresponse()
            except ConnectionRefusedError:
                time.sleep(0.25)
        raise AssertionError("the server did not start")

    try:
        refused = answer("zkouska.ipynb")
        assert (refused.status, refused.getheader("Content-Disposition")) == (422, None)
        assert "<li>buňka 1 „1 + 1“: nespuštěno; spusťte buňku.</li>" in refused.read().decode()
        issued = answer("annual_report.ipynb")
        assert issued.status == 200
        assert str(issued.getheader("Content-Disposition")).endswith("zprava-o-naplnovani.docx")
    finally:
        server.terminate()
        server.wait(30)
