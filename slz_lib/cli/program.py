"""The program: its commands with what each is for, and how it ends."""

from __future__ import annotations

import io
import logging
import signal
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from slz_lib import __version__
from slz_lib.cli import comparing, issuing, period, reading
from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.errors import ParameterError, SlzError
from slz_lib.production.quickly import without_grammar

INTERRUPTED = 130
_PROGRAM = "slz"

app = typer.Typer(
    name=_PROGRAM,
    cls=CzechGroup,
    help="Zprávy o naplňování a akční plány strategie sociálního začleňování.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{_PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Ukáže verzi a skončí."),
    ] = False,
) -> None:
    """Options of the whole program."""


#: In the order of the help page.
for _command, _help in (
    (reading.check, "Načte data a vypíše všechny jejich vady."),
    (issuing.report, "Vydá zprávu o naplňování za období, například 2022-2023."),
    (issuing.plan, "Vydá návrh akčního plánu na období, například 2024-2025."),
    (issuing.batch, "Vydá zprávu, plán a\u00a0přehledy za období; jen co se změnilo."),
    (comparing.verify, "Ověří, že vydané edice vycházejí z\u00a0dat do posledního bajtu."),
    (reading.evaluate, "Vypíše vyhodnocení období, nebo je uloží jako JSON."),
    (reading.audit, "Vypíše zjištění auditu za období, nebo je uloží jako JSON."),
    (comparing.diff, "Ukáže, co se změnilo mezi dvěma běhy téže edice."),
):
    app.command(cls=CzechCommand, help=_help)(_command)
app.add_typer(period.app, name="period", help="Zakládá nové vyhodnocované období.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code.

    An error of the package is one Czech message on the error stream, without a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a sign must not stop a report.
            stream.reconfigure(errors="replace")
    # Libraries log in English what comes as an exception anyway.
    logging.getLogger().addHandler(logging.NullHandler())
    # Stopped by the system, a run cleans up as it does when stopped from the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command = typer.main.get_command(app)
    try:
        with without_grammar():
            code = command.main(arguments, prog_name=_PROGRAM, standalone_mode=False)
    except SlzError as error:
        typer.echo(f"Chyba: {error}", err=True)
        return error.exit_code
    except typer.TyperException:
        typer.echo(f"Chyba: Příkazu nerozumím. Nápověda: {_PROGRAM} --help", err=True)
        return ParameterError.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        typer.echo("Přerušeno; co nebylo hotové, zůstalo, jak bylo.", err=True)
    return int(code or 0)
