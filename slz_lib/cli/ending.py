"""How the program ends: whatever stops a command is one Czech sentence and an exit code."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence

import typer

from slz_lib import untrusted
from slz_lib.cli.printing import REFUSED, Output, give_up
from slz_lib.errors import INTERRUPTED, SlzError
from slz_lib.refusals import cause_and_place

PROGRAM = "slz"
#: The option that shows where in the program a command has stopped; taken in any place.
DEBUGGING = "--ladit"
#: As the system itself ends a program that nobody listens to.
UNHEARD = 141


def settle() -> None:
    """Make the process that of a command, which a library must not do."""
    for name, buffered in (("stdout", sys.stdout), ("stderr", sys.stderr)):
        if isinstance(buffered, io.TextIOWrapper):
            setattr(sys, name, Output.like(buffered))
    # Stopped by the system, a run cleans up as it does when stopped from the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # What fails while things are thrown away has been told by then.
    sys.unraisablehook = lambda _: None
    # Charts are drawn in one way only; a name that matplotlib does not know would stop them.
    os.environ.pop("MPLBACKEND", None)


def ended(carry_out: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit code of ``carry_out``; what stops it is told on the error stream.

    Args:
        carry_out: does what the arguments ask for.
        arguments: words after the program's name.
    """
    words = [word for word in arguments if word != DEBUGGING]
    try:
        code = carry_out(words)
        print(end="", flush=True)  # noqa: T201 — there may be no output to be flushed
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except SlzError as error:
        _tell(str(error), error, debugging=words != arguments)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 — the last resort
        if isinstance(error, OSError) and error.filename == REFUSED:
            give_up(sys.stdout)
            if error.errno == errno.EPIPE:
                return UNHEARD
        _tell(_sentence(error, words), error, debugging=words != arguments)
        return SlzError.exit_code
    return code


def _tell(message: str, error: Exception, *, debugging: bool) -> None:
    lines = untrusted.lines(f"Chyba: {message}")
    if debugging:
        lines += untrusted.lines("".join(traceback.format_exception(error)))
    try:
        for line in lines:
            typer.echo(line, err=True)
    except OSError:  # there is nobody else to be told
        give_up(sys.stderr)


def _sentence(error: Exception, words: Sequence[str]) -> str:
    """What stopped the command, where, and what to do."""
    command = " ".join([PROGRAM, *(word for word in words[:1] if not word.startswith("-"))])
    return (
        f"Příkaz {untrusted.shown(command)} nelze dokončit: {cause_and_place(error)}. Závadu "
        f"odstraňte a\u00a0příkaz zopakujte; podrobnosti přidá volba {DEBUGGING}."
    )
