"""Commands that issue editions: ``report``, ``plan`` and ``batch``."""

import inspect
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.completion import Completed, horizons, of, periods
from slz_lib.cli.options import (
    DEFAULT_TIMEOUT,
    MOST,
    AsOf,
    Data,
    Draft,
    EngineName,
    Formats,
    HelpParameters,
    Newest,
    Out,
    Set,
    Timeout,
    Workers,
)
from slz_lib.cli.printing import from_here, say
from slz_lib.errors import SlzError
from slz_lib.production.workplace import locate

MEGABYTE = 1_000_000
#: As Typer takes a command.
Command = Callable[..., None]


def _issuing(
    notebook: str, metavar: str, subject_help: str, known: Completed, *, dated: bool
) -> Command:
    """A command that issues the edition of a notebook for a period or a horizon.

    Args:
        notebook: as :data:`slz_lib.production.catalogue.PUBLICATIONS` names it.
        metavar: how the help page calls the period or the horizon.
        subject_help: what that is.
        known: those that the data know.
        dated: whether the notebook takes a day to which it judges deadlines.
    """

    def command(
        subject: Annotated[
            str | None,
            typer.Argument(metavar=metavar, help=subject_help, autocompletion=known),
        ] = None,
        formats: Formats = None,
        as_of: AsOf = None,
        draft: Draft = None,
        parameters: Set = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        engine: EngineName = None,
        data: Data = None,
        out: Out = None,
        help_parameters: HelpParameters = False,
    ) -> None:
        started = time.perf_counter()
        from slz_lib.language import count, format_number
        from slz_lib.production.batch.terminal import progress
        from slz_lib.production.catalogue import PUBLICATIONS
        from slz_lib.production.issuing import given_values, issue, parameter_lines

        publication = PUBLICATIONS[notebook]
        if help_parameters:
            say(parameter_lines(publication, locate(data)))
            return
        given = given_values(parameters or (), {"as_of": as_of, "draft": draft})
        place = locate(data, out)
        with progress(quiet=True) as tell:
            done = issue(
                publication,
                subject,
                given,
                place,
                formats=formats,
                timeout=timeout,
                engine=engine,
                tell=tell,
            )
        folder = from_here((place.reports / done.name).parent)
        say(str(folder / name) for name in done.written)
        say((f"odstraněno: {folder / name}" for name in done.removed), aside=True)
        seconds = format_number(time.perf_counter() - started, 1)
        files = count(len(done.written), "soubor", "soubory", "souborů")
        say([f"Hotovo za {seconds}\u00a0s, {files}."], aside=True)

    if not dated:
        whole = inspect.signature(command)
        kept = [each for name, each in whole.parameters.items() if name != "as_of"]
        command.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
    return command


report = _issuing("annual_report", "OBDOBÍ", "Období; bez něj nejnovější.", periods, dated=True)
plan = _issuing(
    "action_plan", "HORIZONT", "Plánovací období; bez něj nejnovější.", horizons, dated=False
)


def batch(
    period: Newest = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="DRUHY",
            help="Jen některé druhy edic, oddělené čárkou: "
            "report,annex,plan,plan_annex,council,brochure,areas,bodies,districts.",
            autocompletion=of(
                *("report", "annex", "plan", "plan_annex", "council", "brochure"),
                *("areas", "bodies", "districts"),
            ),
        ),
    ] = None,
    formats: Formats = None,
    as_of: AsOf = None,
    draft: Draft = None,
    workers: Workers = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Jen vypíše, co by se vydalo a\u00a0proč.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Dokončí přerušenou dávku s\u00a0jejím zadáním.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Vydá znovu i\u00a0edice, které se nezměnily.")
    ] = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory", metavar="MB", min=1, max=MOST, help="Nejvíc paměti jednoho notebooku."
        ),
    ] = None,
    engine: EngineName = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADRESA", help="Plánovač Dasku; edice vzniknou na jeho strojích."
        ),
    ] = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Issue every edition of a period that has something new to say."""
    from slz_lib.production.batch.terminal import asked, carry_out
    from slz_lib.production.batch.values import Request

    request = Request(
        workplace=locate(data, out),
        period=period or "",
        as_of=as_of,
        draft=draft,
        workers=workers,
        dry=dry_run,
        force=force,
        timeout=timeout,
        memory=None if memory is None else memory * MEGABYTE,
        engine=engine,
    )
    if not carry_out(asked(request, only=only, formats=formats, resume=resume), scheduler):
        raise typer.Exit(SlzError.exit_code)


def watch(
    notebook: Annotated[
        Path | None,
        typer.Argument(metavar="NOTEBOOK", help="Soubor .ipynb; bez něj zpráva o\u00a0naplňování."),
    ] = None,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="Port na tomto počítači; jinak volný."
        ),
    ] = 0,
    data: Data = None,
) -> None:
    """Show the page of a notebook in a browser and renew it while somebody writes."""
    from slz_lib.lab.watching import watch as watched
    from slz_lib.production.catalogue import REPORT

    place = locate(data)
    path = notebook or place.notebooks / f"{REPORT.notebook}.ipynb"
    watched(path.resolve(), place.data, lambda address: say([f"Náhled: {address}"]), port)
