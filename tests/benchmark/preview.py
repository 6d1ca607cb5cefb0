"""How soon a change of the report is on the page of ``slz watch``, from save to page fetched.

What a browser adds to that depends on the browser; an exchange of one paragraph is a few hundredths
of a second.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import nbformat

from tests.benchmark.briefs import ROOT
from tests.benchmark.stock import BIN

#: What is changed: a word of prose; the cell on which all others build.
WORD, CODE = "slovo odstavce", "buňka s kódem, na níž stojí všechny další"
_TIMES = 3


def seconds(folder: Path) -> dict[str, float]:
    """Medians by what is changed, in a copy of the project made in ``folder``."""
    for part in ("data", "notebooks"):
        shutil.copytree(ROOT / part, folder / part)
    path = folder / "notebooks" / "annual_report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    code = next(cell for cell in notebook.cells if "slz_lib.load(" in cell.source)
    prose = next(cell for cell in notebook.cells if cell.source.startswith("%%prose"))
    began = {id(cell): cell.source for cell in (code, prose)}

    def write(word: str, computed: str) -> None:
        prose.source = f"{began[id(prose)]}\n\nSlovo {word} {{{{ computed }}}}."
        code.source = f"{began[id(code)]}\ncomputed = {computed!r}"
        nbformat.write(notebook, path)

    write("0", "0")
    watch = subprocess.Popen((BIN / "slz", "watch", path), cwd=folder, stdout=subprocess.PIPE)
    try:
        assert watch.stdout is not None
        address = watch.stdout.readline().split()[-1].decode()
        _shown(address, "Slovo 0 0.")
        found: dict[str, list[float]] = {WORD: [], CODE: []}
        for n in map(str, range(1, _TIMES + 1)):
            for what, words in ((WORD, (n, str(int(n) - 1))), (CODE, (n, n))):
                began_at = time.perf_counter()
                write(*words)
                _shown(address, f"Slovo {words[0]} {words[1]}.")
                found[what].append(time.perf_counter() - began_at)
    finally:
        watch.kill()
        watch.wait()
    return {what: median(took) for what, took in found.items()}


def _shown(address: str, words: str) -> None:
    """Wait until the page has ``words`` and all its cells have run."""
    number = -1
    while True:
        state = json.loads(_got(f"{address}state?after={number}"))
        number = state["number"]
        if not state["running"] and words in _got(f"{address}page"):
            return


def _got(address: str) -> str:
    with urlopen(address, timeout=60) as answer:  # noqa: S310 — on this machine
        return str(answer.read().decode())
