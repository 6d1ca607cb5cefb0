"""Where a command's words go: lines to the output, a document to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from slz_lib import untrusted

#: The name of a file that stands for the command's output.
OUTPUT = "-"


def say(lines: Iterable[str], *, aside: bool = False) -> None:
    """Print ``lines``; on the error stream if they stand ``aside`` of the result."""
    for line in lines:
        typer.echo(untrusted.line(line), err=aside)


def hand_over(content: str, target: Path, done: str) -> None:
    """Write ``content`` to a file and say so, or to the output where the target is ``-``.

    Args:
        content: what a command gives.
        target: the file.
        done: what introduces the file's name in the message.

    Raises:
        OutputError: it cannot be written.
    """
    from slz_lib.production.writing import write_file

    if str(target) == OUTPUT:
        # A program that reads it gets it as it is.
        shown = "\n".join(map(untrusted.printable, content.split("\n")))
        typer.echo((shown if sys.stdout.isatty() else content).encode(), nl=False)
    else:
        write_file(target, content)
        say([f"{done}: {target}"], aside=True)


def from_here(path: Path) -> Path:
    """``path`` as the current folder sees it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
