"""A real JupyterLab over a copy of the project, used as a person would.

Keys and clicks go through the page; what is read comes from the application's own model, which
does not depend on how a version of JupyterLab draws it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOKEN = "zkouska"  # noqa: S105 — of a server that lives as long as a test
#: Milliseconds that anything in the page may take; a kernel starts in them.
PATIENCE = 60_000
#: The current notebook, its cells, and the outputs of one.
_NOTEBOOK = "window.jupyterapp.shell.currentWidget"
_CELL = f"{_NOTEBOOK}.content.widgets.at(index)"


@dataclass(frozen=True, slots=True)
class Lab:
    """JupyterLab that runs.

    Attributes:
        root: the copy of the project that it shows.
        url: its address.
        page: its page in the browser.
    """

    root: Path
    url: str
    page: Page

    def command(self, words: str) -> str:
        """What a command says in a terminal of this project."""
        own = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        done = subprocess.run(
            words.split(), cwd=self.root, env=own, capture_output=True, text=True, check=True
        )
        return done.stdout

    def open(self, notebook: str) -> None:
        """Open a notebook of ``notebooks/`` alone, and wait for its kernel."""
        self.page.goto(f"{self.url}/lab/tree/notebooks/{notebook}?token={TOKEN}&reset")
        self.settled()

    def settled(self) -> None:
        """Wait until a notebook is open and its kernel has nothing to do."""
        idle = (
            f"{_NOTEBOOK}?.sessionContext?.session?.kernel?.status === 'idle'"
            f" && {_NOTEBOOK}.content.widgets.every(cell => cell.model.type !== 'code'"
            " || cell.model.executionState !== 'running')"
        )
        self.page.wait_for_function(idle, timeout=PATIENCE)

    def do(self, command: str) -> None:
        """Carry out a command of JupyterLab by its id, such as ``notebook:run-all-cells``."""
        self.page.evaluate("name => window.jupyterapp.commands.execute(name)", command)
        self.settled()

    def sources(self) -> list[str]:
        """The texts of all cells."""
        told = f"() => {_NOTEBOOK}.content.widgets.map(cell => cell.model.sharedModel.getSource())"
        return list(self.page.evaluate(told))

    def cell(self, beginning: str) -> int:
        """The place of the one cell whose text holds ``beginning``."""
        (place,) = [n for n, source in enumerate(self.sources()) if beginning in source]
        return place

    def choose(self, index: int) -> None:
        """Put the cursor at the end of a cell, as with a click and Ctrl+End."""
        self._at(index, f"{{ {_NOTEBOOK}.content.activeCellIndex = index; }}")
        self.do("notebook:enter-edit-mode")
        self.page.keyboard.press("Control+End")

    def write(self, index: int, text: str) -> None:
        """Replace the text of a cell, typed at once (brackets do not close by themselves)."""
        self.choose(index)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def replace(self, index: int, old: str, new: str) -> None:
        """Change some words of a cell."""
        source = self.sources()[index]
        assert old in source
        self.write(index, source.replace(old, new))

    def run(self, index: int) -> str:
        """Run a cell by Shift+Enter; what it says, see :meth:`said`."""
        self.choose(index)
        self.page.keyboard.press("Shift+Enter")
        self.settled()
        return self.said(index)

    def add(self, text: str) -> str:
        """Write a cell after the last one and run it; what it says."""
        count = len(self.sources())
        self._at(count - 1, f"{{ {_NOTEBOOK}.content.activeCellIndex = index; }}")
        self.do("notebook:insert-cell-below")
        self.write(count, text)
        return self.run(count)

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """The outputs of a cell, as the notebook's file has them."""
        return list(self._at(index, f"{_CELL}.model.outputs.toJSON()"))

    def said(self, index: int) -> str:
        """What a cell shows as text: streams, plain results and errors, as an analyst reads it."""
        shown = self.page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".jp-OutputArea")
        return shown.first.inner_text() if shown.count() else ""

    def errors(self) -> list[str]:
        """The names and words of the errors in the notebook."""
        told = (
            f"() => {_NOTEBOOK}.content.widgets.filter(cell => cell.model.type === 'code')"
            ".flatMap(cell => cell.model.outputs.toJSON())"
            ".filter(output => output.output_type === 'error')"
            ".map(output => output.ename + ': ' + output.evalue)"
        )
        return list(self.page.evaluate(told))

    def completed(self, index: int, typed: str) -> list[str]:
        """What Tab offers after ``typed`` was written at the end of a cell."""
        self.choose(index)
        self.page.keyboard.insert_text(typed)
        self.page.keyboard.press("Tab")
        items = self.page.locator(".jp-Completer:not(.lm-mod-hidden) .jp-Completer-match")
        items.first.wait_for(timeout=PATIENCE)
        offered = items.all_inner_texts()
        self.page.keyboard.press("Escape")
        return offered

    def exported(self, label: str) -> Path:
        """The file that the entry ``label`` of the export menu hands out."""
        entry = self.page.locator(".lm-Menu-item", has_text=label)
        with self.page.expect_download(timeout=PATIENCE) as file:
            while not entry.is_visible():  # where the page is slow, a menu closes under the mouse
                self.page.keyboard.press("Escape")
                self.page.locator(".lm-MenuBar-item").first.click()
                self.page.locator(".lm-Menu-item[data-type=submenu]", has_text="xport").click()
                self.page.wait_for_timeout(500)
            entry.click()
        target = self.root / file.value.suggested_filename
        file.value.save_as(target)
        return target

    def picture(self, path: Path) -> None:
        """Take a screenshot, to be looked at."""
        self.page.screenshot(path=path)

    def _at(self, index: int, expression: str) -> Any:
        return self.page.evaluate(f"index => {expression}", index)


@contextmanager
def running(browser: Browser, place: Path, **settings: Any) -> Iterator[Lab]:
    """``slz lab`` over a copy of the project in ``place``, with a home of its own.

    Args:
        browser: Chromium.
        place: an empty folder.
        settings: of the page's context, such as ``color_scheme``.
    """
    root, home = place / "projekt", place / "doma"
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".*"))
    home.mkdir()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = [
        "--no-browser",
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
        "--ServerApp.allow_root=True",
        "--ServerApp.ip=127.0.0.1",
    ]
    command = [str(Path(sys.executable).with_name("slz")), "lab", "--", *flags]
    own = {name: str(home) for name in ("HOME", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
    with (place / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=root, env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _answered(f"{url}/api?token={TOKEN}", server)
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, accept_downloads=True, **settings
        )
        yield Lab(root, url, context.new_page())
        context.close()
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answered(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for a server's first answer."""
    for _ in range(300):
        assert server.poll() is None, "JupyterLab se nespustil"
        try:
            with urlopen(url, timeout=5):  # noqa: S310 — on this machine
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("JupyterLab se neozval")
