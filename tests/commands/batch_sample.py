"""Quick synthetic notebooks in the place of those that a batch runs, over the real data.

Their parameters are those of the real ones; each shows a title and a table of one row. What a test
adds to a notebook's last cell decides what its editions do.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import v4

from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import News, Request, Summary
from slz_lib.production.issuing import asked
from slz_lib.production.workplace import Workplace
from tests.commands.sample import TABLE, TITLE, code
from tests.conftest import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

PERIOD = "2022-2023"
DISTRICTS = tuple(f"{PERIOD}/orp/orp-{number}" for number in range(5101, 5111))
DATA = ROOT / "data"

_OF_PERIOD = """\
period: str = "2022-2023"  # vyhodnocované období
{part}as_of: str | None = None  # den, k němuž se posuzují termíny
draft: bool = False  # označit výstup jako návrh
data: str = "../data"  # složka s daty
"""
_OF_PLAN = """\
horizon: str = "2024-2025"  # období plánu
follows: str | None = None  # vyhodnocené období, na které plán navazuje
draft: bool = True  # označit výstup jako návrh
data: str = "../data"  # složka s daty
"""
_PARAMETERS = {
    "annual_report": _OF_PERIOD.format(part=""),
    "action_plan": _OF_PLAN,
    "plan_annex": _OF_PLAN,
    "technical_annex": _OF_PERIOD.format(part=""),
    "council_brief": _OF_PERIOD.format(part=""),
    "brochure": _OF_PERIOD.format(part=""),
    "area_brief": _OF_PERIOD.format(part='area: str = "I"  # okruh\n'),
    "body_brief": _OF_PERIOD.format(part='body: str = "KULK-ORREP"  # subjekt\n'),
    "district_brief": _OF_PERIOD.format(part='district: str = "ORP-5105"  # správní obvod\n'),
}
#: As every real one does; what is read decides whether an edition is made again.
LOADING = "import slz_lib\ndataset = slz_lib.load(data)\n"
#: Folder in which cells and tests wave to each other; by names of folders, as what a cell opens
#: would count as an input.
SIGNALS = "SLZ_TEST_SIGNALS"
#: The ORP whose editions stop in their cell until the folder ``go`` appears;
#: none does where the variable is empty.
HELD = ("ORP-5103", "ORP-5104")
HOLDS = "SLZ_TEST_HOLDS"
HOLDING = f"""
import os, time
from pathlib import Path
if district in {HELD!r} and os.environ.get("{HOLDS}", "ano"):
    signals = Path(os.environ["{SIGNALS}"])
    Path(signals / f"cell {{district}} {{os.getpid()}} {{os.getppid()}}").mkdir()
    while not (signals / "go").is_dir():
        time.sleep(0.01)
"""


def project(root: Path, cells: Mapping[str, str] | None = None, caption: str = "A") -> Workplace:
    """A workplace in the folder ``root`` with the notebooks.

    Args:
        root: the project's folder.
        cells: what the last cell of a notebook does, by the notebook's name.
        caption: a word that stands in every document.
    """
    (root / "notebooks").mkdir(parents=True)
    (root / "data").mkdir()
    for name in _PARAMETERS:
        write(root / "notebooks", name, (cells or {}).get(name, ""), caption)
    return Workplace(root / "notebooks", DATA, root / "reports")


def copied(place: Workplace, root: Path) -> Workplace:
    """A copy of a project in the folder ``root``, with its outputs; the data are the same."""
    shutil.copytree(place.notebooks.parent, root)
    return replace(place, notebooks=root / "notebooks", reports=root / "reports")


def write(folder: Path, name: str, cell: str = "", caption: str = "A") -> None:
    """Write one of the notebooks."""
    subject = "horizon" if name in ("action_plan", "plan_annex") else "period"
    title = TITLE.replace("subtitle=period", f"subtitle={subject}")
    made: NotebookNode = v4.new_notebook(
        cells=[
            code(_PARAMETERS[name], "parameters"),
            code(f"{LOADING}{title}"),
            v4.new_markdown_cell(f"# Kapitola {caption}\n\nVěta."),
            code(TABLE),
            code(cell or "None"),
        ]
    )
    for number, one in enumerate(made.cells):
        one.id = f"c{number}"
    nbformat.write(made, folder / f"{name}.ipynb")


def request(place: Workplace, **options: object) -> Request:
    """A request for the ORP briefs as HTML, unless ``options`` say otherwise."""
    if not options.get("resume"):
        options = {"only": "districts", "formats": "html"} | options
    words: Any = {name: options.pop(name, None) for name in ("only", "formats", "resume")}
    rest: Any = {"period": PERIOD, "workers": 2} | options
    return asked(Request(workplace=place, **rest), **words)


def issued(place: Workplace, told: list[News] | None = None, **options: object) -> Summary:
    """Run a batch in this process's own server."""
    heard: list[News] = [] if told is None else told

    def hear(news: News) -> None:
        heard.append(news)

    return run_batch(request(place, **options), hear)


def sets(reports: Path) -> dict[str, dict[str, bytes]]:
    """The files of every edition, by its name, then by their suffixes."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted(reports.rglob("[!.]*.*")):
        if path.is_file() and path.name != "davka.json":
            stem, suffix = path.name.split(".", 1)
            name = path.with_name(stem).relative_to(reports).as_posix()
            found.setdefault(name, {})[suffix] = path.read_bytes()
    return found


def times(reports: Path) -> dict[str, int]:
    """When every file was last written."""
    return {
        path.relative_to(reports).as_posix(): path.stat().st_mtime_ns
        for path in sorted(reports.rglob("*"))
        if path.is_file()
    }


def command(*arguments: str) -> list[str]:
    """``slz`` of this checkout, to be run as a process of its own."""
    return [sys.executable, str(Path(__file__).with_name("batch_command.py")), *arguments]


def environment(**variables: str) -> dict[str, str]:
    """Variables of such a process."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | variables


def until(met: Callable[[], object], what: str, *, seconds: float = 60) -> None:
    """Wait for ``met``; that it never comes is a failure, how long it takes is none."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def processes(mark: str) -> Iterator[int]:
    """Living processes with ``mark`` among the variables that they were started with."""
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                yield int(folder.name)
        except OSError:
            continue  # it has just ended
