"""The program: its commands with what each is for, and how it ends."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Annotated

import typer

from slz_lib import __version__
from slz_lib.cli import (
    changing,
    collecting,
    commenting,
    completion,
    issuing,
    planning,
    reading,
    working,
)
from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.cli.ending import DEBUGGING, PROGRAM
from slz_lib.errors import ParameterError
from slz_lib.production.startup import without_grammar

app = typer.Typer(
    name=PROGRAM,
    cls=CzechGroup,
    help="Zprávy o naplňování a akční plány strategie sociálního začleňování.",
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Ukáže verzi a skončí."),
    ] = False,
    debugging: Annotated[
        bool,
        typer.Option(DEBUGGING, help="Při chybě přidá podrobnosti; stojí kdekoli v\u00a0příkazu."),
    ] = False,
) -> None:
    """Options of the whole program."""


#: In the order of the help page.
for _name, _command, _help in (
    ("check", reading.check, "Načte data a vypíše všechny jejich vady."),
    ("report", issuing.report, "Vydá zprávu o\u00a0naplňování; bez období za nejnovější."),
    ("plan", issuing.plan, "Vydá návrh akčního plánu; bez období nejnovější."),
    (
        "plan new",
        planning.plan_new,
        "Založí další plán, například: slz plan new 2028-2029 --follows 2026-2027.",
    ),
    (
        "plan sheet",
        planning.plan_sheet,
        "Uloží tabulky plánu jako sešit k\u00a0úpravám, například: slz plan sheet -o plan.xlsx.",
    ),
    (
        "plan read",
        changing.read,
        "Načte upravený sešit plánu zpět, například: slz plan read plan.xlsx.",
    ),
    ("plan status", planning.plan_status, "Porovná kroky po termínu s\u00a0hlášeným plněním."),
    (
        "plan calendar",
        planning.plan_calendar,
        "Zapíše termíny kroků jako kalendáře, například: slz plan calendar --out kalendare.",
    ),
    (
        "new",
        changing.new_strategy,
        "Založí data další strategie, například: slz new moje-strategie 2026-2027.",
    ),
    (
        "import-report",
        collecting.import_report,
        "Přečte zprávu ve Wordu do tabulek, například: slz import-report starsi.docx --into x.",
    ),
    ("batch", issuing.batch, "Vydá zprávu, plán a\u00a0přehledy za období; jen co se změnilo."),
    ("watch", working.watch, "Ukáže stránku notebooku v\u00a0prohlížeči; obnovuje se při psaní."),
    (
        "verify",
        reading.verify,
        "Ověří, že vydané edice vycházejí z\u00a0dat do posledního bajtu.",
    ),
    ("evaluate", reading.evaluate, "Vypíše vyhodnocení období, nebo je uloží jako JSON."),
    ("audit", reading.audit, "Vypíše zjištění auditu za období, nebo je uloží jako JSON."),
    ("diff", reading.diff, "Ukáže, co se změnilo mezi dvěma běhy téže edice."),
    ("open", reading.open_issued, "Otevře vydaný dokument; bez období nejnovější zprávu."),
    ("lab", working.lab, "Otevře JupyterLab nad projektem."),
    (
        "notebook new",
        working.notebook_new,
        "Založí notebook, který už běží, například: slz notebook new muj-prehled.",
    ),
    (
        "completion",
        completion.completion,
        'Vypíše doplňování příkazů klávesou Tab, například: eval "$(slz completion bash)".',
    ),
):
    app.command(_name, cls=CzechCommand, help=_help)(_command)
app.add_typer(changing.data_app, name="data", help="Tabulky v\u00a0Excelu a\u00a0zpět.")
app.add_typer(collecting.forms_app, name="forms", help="Formuláře pro sběr podkladů.")
app.add_typer(
    commenting.comments_app,
    name="comments",
    help="Připomínky k\u00a0návrhu a\u00a0jejich vypořádání.",
)
app.add_typer(changing.period_app, name="period", help="Založí, uzavře a\u00a0zveřejní období.")


def carry_out(words: Sequence[str]) -> int:
    """Do what the words of a command line ask for; the exit code.

    Raises:
        SlzError: it cannot be done.
    """
    # Libraries log in English what comes as an exception anyway.
    logging.getLogger().addHandler(logging.NullHandler())
    command = typer.main.get_command(app)
    if (asked := os.environ.get(completion.ASKED)) is not None:
        return completion.complete(command, PROGRAM, asked)
    if "" in words:  # as a path it would be the folder that one works in
        raise ParameterError(
            "Některý argument je prázdný; doplňte jej, nebo vypusťte i\u00a0s\u00a0volbou. "
            "V\u00a0proměnné shellu možná nic není."
        )
    try:
        # Not the command's own main, which takes the end of a process for that of the input.
        with without_grammar(), command.make_context(PROGRAM, list(words)) as context:
            command.invoke(context)
    except typer.Exit as ending:
        return ending.exit_code
    except typer.TyperException as error:
        raise ParameterError(f"Příkazu nerozumím. Nápověda: {PROGRAM} --help") from error
    return 0
