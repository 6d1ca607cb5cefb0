"""Whatever process of a batch is killed, and when: the same command ends what it began.

The moments are chosen by what is happening: cells and moves wave, and wait until the test has done
its worst. What a kill at every step of the writing leaves is tested where the writing is.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from slz_lib.errors import ParameterError
from slz_lib.production.workplace import Workplace
from tests.commands.batch_command import MOVE
from tests.commands.batch_sample import (
    DATA,
    DISTRICTS,
    HOLDING,
    HOLDS,
    PERIOD,
    SIGNALS,
    command,
    environment,
    issued,
    processes,
    project,
    request,
    sets,
    until,
)
from tests.commands.sample import files

pytestmark = pytest.mark.thorough

#: The edition that is held while its three files take their places.
MOVED = "orp-5103"


@pytest.fixture(scope="module")
def wordings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workplace]:
    """Two wordings of the briefs, each with its complete batch; the cells of the later one wave."""
    root = tmp_path_factory.mktemp("zneni")
    made = {
        "old": project(root / "old", caption="dřívější"),
        "new": project(root / "new", {"district_brief": HOLDING}, caption="nové"),
    }
    with pytest.MonkeyPatch.context() as patched:
        (root / "signals" / "go").mkdir(parents=True)
        patched.setenv(SIGNALS, str(root / "signals"))
        for place in made.values():
            assert not issued(place).failed
    return made


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of the new wording over outputs of the old one, as a process of its own."""

    place: Workplace
    signals: Path
    process: subprocess.Popen[str]

    def waving(self, *, cells: int = 0, moves: int = 0) -> list[tuple[int, int]]:
        """Processes that wave, with their parents, once all of them do."""
        for kind, number in (("cell", cells), ("move", moves)):
            until(
                partial(self._wave, kind, number),
                f"{kind} did not wave",
            )
        found = sorted(path.name.split() for path in self.signals.iterdir())
        return [(int(words[-2]), int(words[-1])) for words in found]

    def _wave(self, kind: str, number: int) -> bool:
        assert self.process.poll() is None, "the batch has ended"
        return len(list(self.signals.glob(f"{kind} *"))) == number

    def go_on(self) -> None:
        """Let what waits go on."""
        (self.signals / "go").mkdir()

    def end(self) -> int:
        """The exit code, when all processes of the batch have ended."""
        code = self.process.wait(60)
        until(lambda: not list(processes(str(self.signals))), "a process is left")
        return code


@pytest.fixture
def batch(
    request: pytest.FixtureRequest, wordings: dict[str, Workplace], tmp_path: Path
) -> Iterator[Batch]:
    """A batch that has begun; the parameter says before which move it stops, if before any."""
    root, signals = tmp_path / "projekt", tmp_path / "signals"
    signals.mkdir()
    shutil.copytree(wordings["new"].notebooks, root / "notebooks")
    (root / "data").mkdir()
    shutil.copytree(wordings["old"].reports, root / "reports")
    variables = {SIGNALS: str(signals)}
    move = getattr(request, "param", None)
    if move is not None:
        variables[MOVE] = f"{MOVED} {move}"
        variables[HOLDS] = ""
    options = ["--only", "districts", "--formats", "html", "--workers", "2", "--data", str(DATA)]
    process = subprocess.Popen(
        command("batch", PERIOD, *options),
        cwd=root,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Batch(Workplace(root / "notebooks", DATA, root / "reports"), signals, process)
    finally:
        for pid in processes(str(signals)):
            os.kill(pid, signal.SIGKILL)
        process.communicate()


def parent(pid: int) -> int:
    """The process that has started another one."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return int(told.rpartition(")")[2].split()[1])


def kill_at_once(pids: Iterable[int]) -> None:
    """Kill processes none of which sees another die: a foreman would begin the next edition."""
    victims = list(pids)
    for sent in (signal.SIGSTOP, signal.SIGKILL):
        for pid in victims:
            with suppress(ProcessLookupError):  # the death of one before it has taken it along
                os.kill(pid, sent)


def states(place: Workplace, wordings: dict[str, Workplace]) -> list[str]:
    """Of every edition, whether it is ``old`` or ``new``, or mixed of both."""
    both = {name: sets(wording.reports) for name, wording in wordings.items()}
    found = sets(place.reports)
    assert list(found) == list(DISTRICTS)
    return [
        next((state for state in both if both[state][name] == found[name]), "mixed")
        for name in DISTRICTS
    ]


def finish(batch: Batch, wordings: dict[str, Workplace], monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the batch up again: it ends as one that nobody has interrupted."""
    if not (batch.signals / "go").is_dir():
        batch.go_on()
    monkeypatch.setenv(SIGNALS, str(batch.signals))
    before = states(batch.place, wordings)
    summary = issued(batch.place, resume=True)
    due = [name for name, state in zip(DISTRICTS, before, strict=True) if state != "new"]
    assert sorted(summary.done) == due
    assert files(batch.place.reports) == files(wordings["new"].reports)
    assert sorted(path.name for path in (batch.place.reports / PERIOD).iterdir()) == [
        "davka.json",
        "orp",
    ]
    with pytest.raises(ParameterError, match="není žádná přerušená dávka"):
        request(batch.place, resume=True)


@pytest.mark.parametrize("victim", ["command", "foreman", "everybody"])
def test_a_batch_killed_while_cells_run_is_taken_up_again(
    victim: str, batch: Batch, wordings: dict[str, Workplace], monkeypatch: pytest.MonkeyPatch
) -> None:
    waving = batch.waving(cells=2)
    foreman = parent(waving[0][1])
    victims = {
        "command": [batch.process.pid],
        "foreman": [foreman],
        "everybody": list(processes(str(batch.signals))),
    }
    assert len(victims["everybody"]) >= 7
    kill_at_once(victims[victim])
    code = batch.end()
    assert code == (1 if victim == "foreman" else -signal.SIGKILL)
    if victim != "everybody":
        _, err = batch.process.communicate()
        assert "Traceback" not in err
        assert err.count("Chyba: Dávka skončila předčasně") == (victim == "foreman")
    assert states(batch.place, wordings) == ["new"] * 2 + ["old"] * 8
    finish(batch, wordings, monkeypatch)


def test_killed_editions_fail_alone(batch: Batch, wordings: dict[str, Workplace]) -> None:
    """Of one the process that issues it is killed, of another the one that runs its notebook."""
    (_, worker), (notebook, _) = batch.waving(cells=2)
    for pid in (worker, notebook):
        os.kill(pid, signal.SIGKILL)
    batch.go_on()
    assert batch.end() == 1
    _, err = batch.process.communicate()
    first, second, _ = err.splitlines()
    assert first.startswith(f"Chyba: {DISTRICTS[2]}: ")
    assert "ukončil systém (signál 9)" in first
    assert second.startswith(f"Chyba: {DISTRICTS[3]}: ")
    assert "skončil bez odpovědi" in second
    assert states(batch.place, wordings) == ["new"] * 2 + ["old"] * 2 + ["new"] * 6


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_batch_cleans_up_at_once(
    number: signal.Signals, batch: Batch, wordings: dict[str, Workplace]
) -> None:
    """Ctrl-C reaches the whole group of processes, the system's request the command alone."""
    batch.waving(cells=2)
    if number == signal.SIGINT:
        os.killpg(batch.process.pid, number)
    else:
        os.kill(batch.process.pid, number)
    assert batch.end() == 130
    _, err = batch.process.communicate()
    assert err == ""
    assert states(batch.place, wordings) == ["new"] * 2 + ["old"] * 8
    left = sorted(path.name for path in (batch.place.reports / PERIOD).iterdir())
    assert left == ["davka.json", "orp"]


@pytest.mark.parametrize("batch", [2], indirect=True)
def test_an_edition_killed_between_two_moves_is_unfinished_and_made_again(
    batch: Batch, wordings: dict[str, Workplace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system has buried all of the dead before the next run looks for them."""
    ((edition, _),) = batch.waving(moves=1)
    kill_at_once(processes(str(batch.signals)))
    batch.end()
    until(lambda: not Path(f"/proc/{edition}").exists(), "the dead is not buried")
    left = [path.name for path in (batch.place.reports / PERIOD / "orp").glob(".slz-*")]
    assert left
    assert states(batch.place, wordings)[2] == "mixed"
    finish(batch, wordings, monkeypatch)
