"""Where a command's words go: lines to the output, a document to a file."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

import typer

from slz_lib import untrusted
from slz_lib.errors import ParameterError

if TYPE_CHECKING:
    from slz_lib.dataset.changing import Change

#: The name of a file that stands for the command's output.
OUTPUT = "-"
#: What the output is called where the system refuses it.
REFUSED = "výstup příkazu"
#: What files are called by their suffix.
_CALLED = {".xlsx": "Sešit", ".docx": "Dokument"}
#: What a command says that has found everything as it should be.
NOTHING_CHANGED = "Nic se nezměnilo: data už takto jsou."


def say(lines: Iterable[str], *, aside: bool = False) -> None:
    """Print ``lines``; on the error stream if they stand ``aside`` of the result."""
    for line in lines:
        typer.echo(untrusted.line(line), err=aside)


def require_target(target: Path | None, *inputs: Path) -> None:
    """Stop before work whose result may not go where the user says.

    Args:
        target: a file, ``-`` for the output, or ``None``.
        inputs: files and folders that the command reads.

    Raises:
        OutputError: it may not.
    """
    from slz_lib.production.writing import target as writable

    if target is not None and str(target) != OUTPUT:
        writable(target, inputs)


def require_named(target: Path, suffix: str, *inputs: Path) -> None:
    """As :func:`require_target`; the file's name has to end as such files do.

    Raises:
        ParameterError: it ends otherwise.
        OutputError: the result may not go there.
    """
    if target.suffix.lower() != suffix:
        raise ParameterError(f"{_CALLED[suffix]} „{target}“ pojmenujte s\u00a0příponou {suffix}.")
    require_target(target, *inputs)


def put(content: bytes, target: Path) -> None:
    """Write ``content`` to a file and say where it is.

    Raises:
        OutputError: it cannot be written.
    """
    from slz_lib.production.writing import write_file

    write_file(target, content)
    say([str(target)])


def change(changes: Sequence[Change], folder: Path, *, dry: bool) -> None:
    """Write ``changes`` into the data, or nothing if ``dry``, and show them.

    Raises:
        DataError: the data would have faults.
        EvaluationError: their evaluation would.
        OutputError: they cannot be written.
    """
    from slz_lib.production.transactions import write_changes

    say(write_changes(changes, folder, dry=dry) or [NOTHING_CHANGED])


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
        with named_output():
            typer.echo((shown if sys.stdout.isatty() else content).encode(), nl=False)
    else:
        write_file(target, content)
        say([f"{done}: {target}"], aside=True)


def from_here(path: Path) -> Path:
    """``path`` as the current folder sees it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


class Output(io.TextIOWrapper):
    """A stream of the command; what the system says of it can be told from all that it says."""

    @classmethod
    def like(cls, stream: io.TextIOWrapper) -> Self:
        """The stream ``stream``; a sign that a terminal cannot show does not stop a report."""
        return cls(
            stream.buffer,
            encoding=stream.encoding,
            errors="replace",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )

    def write(self, text: str, /) -> int:
        """Write ``text``."""
        with named_output():
            return super().write(text)

    def flush(self) -> None:
        """Hand over what was written."""
        with named_output():
            super().flush()


@contextmanager
def named_output() -> Iterator[None]:
    """Have errors of the system name the output."""
    try:
        yield
    except OSError as error:
        error.filename = REFUSED
        raise


def give_up(stream: TextIO) -> None:
    """Let nobody try again: the interpreter would when it ends, and complain in its own words."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
