"""However a command ends: one Czech sentence and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NoReturn

import pytest

from slz_lib.cli import main
from slz_lib.cli.ending import UNHEARD
from slz_lib.errors import INTERRUPTED

ROOT = Path(__file__).resolve().parents[2]
SLZ = str(Path(sys.executable).with_name("slz"))
PERIOD = "2022-2023"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workplace of its own, in which the test runs."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "requirements.lock").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = 1) -> str:
    """The one sentence with which a command ends."""
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith("Chyba: ")
    assert all(sign.isprintable() or sign == "\u00a0" for sign in line)
    return line


def test_a_working_folder_that_is_gone_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "gone").mkdir()
    monkeypatch.chdir(place / "gone")
    (place / "gone").rmdir()
    assert "pracovní složka už není" in told(["check"], capsys)


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["check", "--data", "a" * 5_000], "jméno je příliš dlouhé („…aaa", 1),
        (["check", "--data", "\udcff\udcfe"], "„\\udcff\\udcfe“ neexistuje", 2),
        (["report", PERIOD, "-p", "as_of=\udcff"], "„\\udcff“ není datum", 2),
        (["check", "--data", ""], "Některý argument je prázdný", 2),
        (["report", PERIOD, "--out", ""], "Některý argument je prázdný", 2),
        (["verify", ""], "Některý argument je prázdný", 2),
        (["check\x1b[2J\u202e"], "„check\\u001b[2J\\u202e“ neznám", 2),
        (["evaluate", "x" * 100_000], "…", 2),
        (["report", PERIOD, "--out", "data/x"], "patří k\u00a0tomu, co příkaz čte", 2),
    ],
)
def test_an_odd_argument_is_told(
    arguments: list[str],
    words: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    line = told(arguments, capsys, code)
    assert words in line
    assert len(line) < 2_200


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "denied", "data/x\x1b[31m.csv"), "„data/x\\u001b[31m.csv“"),
        (OSError(errno.EMFILE, "Too many open files"), "otevřených souborů je víc"),
        (OSError(errno.ENOSPC, "No space left on device", "x"), "na disku není místo"),
        (RecursionError("maximum recursion depth exceeded"), "vnořen příliš hluboko"),
        (OverflowError("too large"), "číslo je příliš velké"),
        (MemoryError(), "došla paměť"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), "není v\u00a0kódování UTF-8"),
        (EOFError(), "pomocný proces skončil předčasně"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "pomocný proces skončil předčasně"),
        (KeyError("x\x1b[31m"), "neočekávaná chyba KeyError"),
    ],
)
def test_whatever_stops_a_command_is_told_with_its_place(
    error: Exception,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(_: object) -> NoReturn:
        raise error

    monkeypatch.setattr("slz_lib.dataset.load", stop)
    line = told(["check"], capsys)
    assert line.startswith("Chyba: Příkaz slz check nelze dokončit: ")
    assert words in line
    assert line.endswith("podrobnosti přidá volba --ladit.")
    assert re.search(r"slz_lib/cli/\w+\.py, řádek \d+|„.+“", line)
    assert main(["check", "--ladit"]) == 1
    _, err = capsys.readouterr()
    assert err.splitlines()[0] == line
    assert "Traceback (most recent call last):" in err
    assert "\x1b" not in err


def test_a_refusal_shows_its_traceback_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ladit", "check", "--data", "/nic/tu/neni"]) == 2
    assert "Traceback" in capsys.readouterr().err


def begun(
    *arguments: str,
    program: tuple[str, ...] = (SLZ,),
    folder: Path = ROOT,
    stdout: IO[bytes] | int = subprocess.PIPE,
    before: Callable[[], None] | None = None,
    **environment: str,
) -> subprocess.Popen[str]:
    """A command that leads a group of processes, as one that a terminal starts."""
    return subprocess.Popen(
        [*program, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
        start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509 — the tests have no thread
    )


def end(command: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and what is on the error stream."""
    _, err = command.communicate()
    return command.returncode, err


#: The superuser may read everything, unless that right is given up.
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()


@pytest.mark.parametrize(
    ("shut", "command"),
    [
        ("data", "check"),
        ("data/periods", "check"),
        (f"data/periods/{PERIOD}/evidence.csv", f"evaluate {PERIOD}"),
        ("notebooks", f"report {PERIOD}"),
        ("notebooks/annual_report.ipynb", "report --help-parameters"),
        ("requirements.lock", f"batch {PERIOD} --only districts"),
    ],
)
def test_what_may_not_be_read_is_told(shut: str, command: str, place: Path) -> None:
    path = place / shut
    mode = path.stat().st_mode
    path.chmod(0)
    code, err = end(begun(*command.split(), program=(*WITHOUT_RIGHTS, SLZ), folder=place))
    path.chmod(mode)
    assert code in {1, 2}
    assert err.startswith("Chyba: ")
    assert "chybí oprávnění" in err
    assert path.name in err or "annual_report.ipynb" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["completion bash", f"evaluate {PERIOD} --json -", "--help"])
def test_a_full_output_is_told(command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, err = end(begun(*command.split(), stdout=full))
    assert code == 1
    assert "na disku není místo („výstup příkazu“)" in err
    assert len(err.splitlines()) == 1


def test_an_output_that_nobody_reads_ends_a_command_silently() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = begun("completion", "bash", stdout=writing)
    os.close(writing)
    assert end(command) == (UNHEARD, "")


def test_a_way_of_drawing_that_is_not_known_changes_nothing() -> None:
    assert end(begun("evaluate", PERIOD, "--measure", "I.2", MPLBACKEND="nesmysl")) == (0, "")


def no_bytes() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize(
    "command",
    [
        f"evaluate {PERIOD} --json out/e.json",
        "data sheet evidence -o out/e.xlsx",
        "forms make 2024-2025 --out out/f",
        "new out/n 2026",
    ],
)
@pytest.mark.thorough
def test_a_file_larger_than_the_system_allows_is_told_and_not_begun(
    command: str, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    words = command.replace("out/", f"{tmp_path}/out/").split()
    code, err = end(begun(*words, before=no_bytes))
    assert code == 1
    assert "soubor by byl větší, než systém dovolí (ulimit -f)" in err
    assert len(err.splitlines()) == 1
    assert not list((tmp_path / "out").rglob("*.*"))


@pytest.mark.parametrize("command", ["report --formats html --out", "forms make 2024-2025 --out"])
@pytest.mark.thorough
def test_links_in_a_circle_are_told(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    said = told([*command.split(), str(tmp_path / "circle" / "x")], capsys)
    assert re.search(r"nelze (zapsat|založit): odkazy vedou v\u00a0kruhu\.", said)


@pytest.mark.parametrize(
    ("disk", "command", "words"),
    [
        ("size=16k", f"evaluate {PERIOD} --json disk/e.json", "na disku není místo"),
        ("size=16k", "new disk/n 2026", "na disku není místo"),
        ("ro", "new disk/n 2026", "disk je jen pro čtení"),
        pytest.param(
            "ro",
            "report --formats html --out disk/r",
            "disk je jen pro čtení",
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_disk_that_takes_nothing_is_told_and_nothing_is_left_there(
    disk: str, command: str, words: str, tmp_path: Path
) -> None:
    mount = f"mount -t tmpfs -o {disk} none {tmp_path}"
    alone = ["unshare", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*alone, mount], check=False).returncode:
        pytest.skip("the system lets nobody mount a disk here")
    run = f"{SLZ} {command.replace('disk/', f'{tmp_path}/')}"
    script = f"{mount}; {run}; code=$?; find {tmp_path} -type f; exit $code"
    done = subprocess.run([*alone, script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))


def test_too_few_open_files_are_told(tmp_path: Path) -> None:
    options = ("--formats", "html", "--out", str(tmp_path))
    code, err = end(begun("report", PERIOD, *options, before=few_files))
    assert code == 1
    assert err.startswith("Chyba: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "seconds", [1.0, *(pytest.param(other, marks=pytest.mark.thorough) for other in (0.5, 2.0))]
)
def test_a_command_is_interrupted_silently_in_its_first_seconds(
    seconds: float, tmp_path: Path
) -> None:
    command = begun("batch", PERIOD, "--only", "districts", "--force", "--out", str(tmp_path))
    time.sleep(seconds)
    os.killpg(command.pid, signal.SIGINT)
    out, err = command.communicate()
    assert (command.returncode, out, err) == (INTERRUPTED, "", "")
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("option", ["--timeout", "--memory"])
@pytest.mark.parametrize("number", ["inf", "nan", "1e308", "99999999999999", "1" + 18 * "0"])
def test_a_limit_without_sense_is_refused(
    option: str, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = told(["batch", PERIOD, option, number], capsys, 2)
    assert f"volba {option} (čeká se číslo od 1 do 1\u00a0000\u00a0000)" in line
