"""Shell completion: what may follow on a command line, read from the data without loading them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from slz_lib.cli.printing import say
from slz_lib.errors import ParameterError, SlzError
from slz_lib.production.startup import without_grammar
from slz_lib.production.workplace import locate

if TYPE_CHECKING:
    from typer._click import Command

#: The variable of the environment by which a shell asks.
ASKED = "_SLZ_COMPLETE"
SHELLS = ("bash", "zsh", "fish")
Completed = Callable[[typer.Context, str], list[str]]


def complete(command: Command, program: str, asked: str) -> int:
    """Answer the question ``asked`` of a shell; nothing where the line makes no sense."""
    from typer._completion_classes import completion_init
    from typer.completion import shell_complete

    completion_init()
    # Colours of help take longer to import than all else.
    with suppress(SlzError, OSError), without_grammar("rich"):
        return shell_complete(command, {}, program, ASKED, asked)
    return 1


def completion(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="SHELL", help="bash, zsh, nebo fish.", autocompletion=lambda: list(SHELLS)
        ),
    ],
) -> None:
    """Print what makes a shell complete the program's words."""
    from typer._completion_shared import get_completion_script

    if shell not in SHELLS:
        raise ParameterError(f"Shell „{shell}“ neznám; použijte bash, zsh, nebo fish.")
    script = get_completion_script(prog_name="slz", complete_var=ASKED, shell=shell)
    say(script.splitlines())


def _folders(name: str) -> Completed:
    def completed(ctx: typer.Context, incomplete: str) -> list[str]:
        found = sorted((_data(ctx) / name).iterdir(), reverse=True)
        return [path.name for path in found if path.is_dir() and path.name.startswith(incomplete)]

    return completed


def _data(ctx: typer.Context) -> Path:
    given: Any = ctx.params.get("data")
    return locate(given and Path(given)).data


periods = _folders("periods")


def horizons(ctx: typer.Context, incomplete: str) -> list[str]:
    """Horizons, and the word that lays out the next one."""
    return [*_folders("plans")(ctx, incomplete), *(["new"] if "new".startswith(incomplete) else [])]


def measures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of measures."""
    with (_data(ctx) / "strategy" / "measures.csv").open(encoding="utf-8", newline="") as stream:
        ids = dict.fromkeys(row["id"] for row in csv.DictReader(stream))
    return [measure for measure in ids if measure.startswith(incomplete)]


def of(*words: str) -> Completed:
    """Some of ``words``, divided by commas."""

    def completed(ctx: typer.Context, incomplete: str) -> list[str]:  # noqa: ARG001 — as asked
        before, comma, last = incomplete.rpartition(",")
        left = [word for word in words if word not in before.split(",")]
        return [f"{before}{comma}{word}" for word in left if word.startswith(last)]

    return completed
