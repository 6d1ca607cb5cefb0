"""Where nothing can be forked, as on Windows, all commands give the same bytes, if more slowly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from slz_lib.production.workplace import Workplace
from tests.commands.batch_sample import DATA, PERIOD, issued, project
from tests.commands.sample import files
from tests.conftest import ROOT

pytestmark = pytest.mark.thorough

#: What Windows has not.
MODULES = ("fcntl", "grp", "pwd", "resource", "termios")
CALLS = (
    *("fork", "forkpty", "getuid", "killpg", "memfd_create", "sched_getaffinity"),
    *("setsid", "waitid", "register_at_fork"),
)
SIGNALS = ("pthread_sigmask",)

TAKEN_AWAY = f"""
import multiprocessing, multiprocessing.context as context, os, signal, sys
for name in {MODULES!r}:
    sys.modules[name] = None
for name in {CALLS!r}:
    vars(os).pop(name, None)
for name in {SIGNALS!r}:
    vars(signal).pop(name, None)
context._concrete_contexts = {{"spawn": context._concrete_contexts["spawn"]}}
for name in ("Fork", "ForkServer"):
    del vars(context)[name + "Context"], vars(context)[name + "Process"]
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""
#: Names that Windows keeps for devices, and signs that it allows in no name.
RESERVED = re.compile(r'(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[<>:"|?*\\\x00-\x1f].*|.*[. ]')


def slz(folder: Path, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that lacks all that, as does whatever it starts.

    Python finds a file in ``folder`` that takes it away.
    """
    (folder / "sitecustomize.py").write_text(TAKEN_AWAY, encoding="utf-8")
    program = "import sys; from slz_lib.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def documents(folder: Path) -> dict[str, bytes]:
    """Every file but manifests and records: a kernel does not tell which tables its cells open."""
    return {name: content for name, content in files(folder).items() if name[-5:] != ".json"}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report in all formats and the plan as a page, made by such a process."""
    folder = tmp_path_factory.mktemp("jinde")
    for arguments in (("report", PERIOD), ("plan", "2024-2025", "--formats", "html")):
        done = slz(folder, *arguments, "--out", str(folder / "reports"))
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    return folder / "reports"


def test_a_check_needs_nothing_that_only_linux_has(tmp_path: Path) -> None:
    assert slz(tmp_path, "check").stdout.startswith("Data jsou v\u00a0pořádku.")


def test_the_report_and_the_plan_are_the_committed_ones(reports: Path) -> None:
    """Which the engine ``slz`` has made; so this is also the proof that a kernel gives the same."""
    made = documents(reports)
    assert len(made) == 5 + 2
    for name, content in made.items():
        assert content == (ROOT / "reports" / name).read_bytes(), name


def test_an_edition_is_verified_there(reports: Path, tmp_path: Path) -> None:
    done = slz(tmp_path, "verify", str(reports / "2024-2025"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_batch_makes_there_what_is_missing(tmp_path: Path) -> None:
    place: Workplace = project(tmp_path / "projekt")
    assert not issued(place).failed
    before = documents(place.reports)
    three = sorted((place.reports / PERIOD / "orp").glob("*.html"))[:3]
    for path in three:
        path.unlink()
    options = ("--only", "districts", "--formats", "html", "--data", str(DATA))
    done = slz(tmp_path, "batch", PERIOD, *options, cwd=place.notebooks.parent)
    assert done.returncode == 0, done.stderr
    assert "vydáno: 3\u00a0edice, beze změny: 7" in done.stderr
    assert documents(place.reports) == before


def test_the_engine_that_forks_is_refused_there_in_a_sentence(tmp_path: Path) -> None:
    done = slz(tmp_path, "report", PERIOD, "--engine", "slz")
    assert (done.returncode, done.stderr) == (
        2,
        "Chyba: Způsob běhu slz na tomto systému nejde; použijte nbclient.\n",
    )


def test_every_file_of_the_project_has_a_name_and_line_ends_that_any_system_keeps() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listed.stdout.decode().rstrip("\0").split("\0")
    assert not [name for name in names for part in name.split("/") if RESERVED.fullmatch(part)]
    assert len({name.casefold() for name in names}) == len(names)
    texts = [
        ROOT / name for name in names if name.endswith((".csv", ".ipynb", ".py", ".md", ".toml"))
    ]
    assert not [path for path in texts if b"\r" in path.read_bytes()]
    assert "* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8")
