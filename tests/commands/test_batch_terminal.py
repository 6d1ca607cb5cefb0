"""What a batch says while it goes on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import termios
from pathlib import Path

import pytest

from slz_lib.cli.progress import progress
from slz_lib.errors import SlzError
from slz_lib.production.batch.values import Agenda, Cell, Done, Item, Summary
from slz_lib.production.lines import summary_lines
from tests.commands.batch_sample import (
    DATA,
    DISTRICTS,
    PERIOD,
    command,
    environment,
    project,
)

OPTIONS = ["--only", "districts", "--formats", "html", "--workers", "1", "--data", str(DATA)]


def test_on_a_terminal_a_bar_says_how_much_is_left(tmp_path: Path) -> None:
    place = project(tmp_path / "projekt")
    keyboard, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    with subprocess.Popen(
        command("batch", PERIOD, *OPTIONS),
        cwd=place.notebooks.parent,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        drawn = b""
        while True:
            try:
                part = os.read(keyboard, 4096)
            except OSError:  # the last process has closed the terminal
                break
            if not part:
                break
            drawn += part
        os.close(keyboard)
        assert process.stdout is not None
        out = process.stdout.read().decode()
    assert process.returncode == 0
    assert out.splitlines() == list(DISTRICTS)
    told = drawn.decode().replace("\u00a0", " ")
    assert "Vydávám 10 edic: 0 % |" in told
    assert re.search(r"\| zbývá \d\d:\d\d", told)
    shares = [int(share) for share in re.findall(r"(\d+) % \|", told)]
    assert shares == sorted(shares)
    assert max(shares) <= 100
    assert re.search(r"Hotovo za \d+(,\d)? s; vydáno: 10 edic\.\r\n$", told)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_reaches_its_end_with_the_last_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when an edition fails half way, or its engine does not tell of cells."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress() as tell:
        tell(Agenda((Item("a", "x", 3), Item("b", "x", 3), Item("c", None, 3))))
        assert "Vydávám 2 edice: 0 %" in screen.getvalue().replace("\u00a0", " ")
        tell(Cell("a"))
        tell(Done("a", SlzError("Chyba.")))
        tell(Done("b", removed=("b.pdf",)))
    assert "odstraněno: b.pdf\n" in screen.getvalue()
    assert re.findall(r"(\d+)\u00a0% \|", screen.getvalue())[-1] == "100"


def test_an_end_is_told_with_failures_first() -> None:
    agenda = Agenda((Item("a", "x", 3), Item("b", "x", 3), Item("c", None, 3)))
    done = {"a": Done("a", SlzError("Nešlo to.")), "b": Done("b")}
    failed = "selhalo: 1 (dřívější výstupy zůstaly)"
    assert list(summary_lines(Summary(agenda, done), 12.34)) == [
        "Chyba: a: Nešlo to.",
        f"Hotovo za 12,3\u00a0s; vydáno: 1\u00a0edice, beze změny: 1, {failed}.",
    ]
