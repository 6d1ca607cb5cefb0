"""Completion, ``open`` and what papermill's own help says of our notebooks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slz_lib.cli import main

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("slz")


Ask = Callable[..., list[str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What a shell is offered at the end of a line."""

    def ask(line: str, shell: str = "bash") -> list[str]:
        question = {
            "_SLZ_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
        for name, value in question.items():
            monkeypatch.setenv(name, value)
        main([])
        out, err = capsys.readouterr()
        assert err == ""
        return out.splitlines()

    return ask


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("slz re", ["report"]),
        ("slz report ", ["2022-2023"]),
        ("slz plan ", ["2024-2025", "new"]),
        ("slz period silence ", ["2022-2023"]),
        ("slz report --formats html,p", ["html,pdf"]),
        ("slz evaluate --measure I.1", ["I.1"]),
        ("slz completion ", ["bash", "zsh", "fish"]),
        ("slz nonsense ", []),
    ],
)
def test_a_shell_completes_commands_and_what_the_data_know(
    line: str, offered: list[str], asked: Ask
) -> None:
    assert asked(line) == offered


def test_zsh_and_fish_show_what_a_command_is_for(asked: Ask) -> None:
    assert asked("slz re", "fish")[0].startswith("report\tVydá zprávu")
    assert '"report":"Vydá zprávu' in asked("slz re", "zsh")[0]


def test_bash_takes_the_script_and_another_shell_is_refused() -> None:
    script = 'eval "$("$0" completion bash)"; complete -p slz'
    done = subprocess.run(
        ["bash", "-c", script, PROGRAM], capture_output=True, text=True, check=True
    )
    assert "_slz_completion slz" in done.stdout
    refused = subprocess.run(
        [PROGRAM, "completion", "csh"], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "použijte bash, zsh, nebo fish" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "reports/2022-2023/zprava-o-naplnovani.html"),
        (["2024-2025", "--format", "pdf"], "reports/2024-2025/akcni-plan.pdf"),
        (["2030-2031"], "vydá jej slz report 2030-2031 --formats html"),
    ],
)
def test_open_names_the_newest_document_or_how_to_issue_it(
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in [name for name in os.environ if "DISPLAY" in name]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)
    code = main(["open", *words])
    out, err = capsys.readouterr()
    assert said in out + err
    assert "Okno tu otevřít nelze" in err or code == 2


@pytest.mark.thorough
@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=str)
def test_papermill_reads_every_parameter_of_our_notebooks(notebook: Path) -> None:
    papermill = PROGRAM.with_name("papermill")
    done = subprocess.run(
        [papermill, "--help-notebook", notebook], capture_output=True, text=True, check=True
    )
    assert "Unable to parse" not in done.stdout + done.stderr
    assert (
        "period: str | None (default None)" in done.stdout or "horizon: str | None" in done.stdout
    )
    assert "data: str (default '../data')" in done.stdout
