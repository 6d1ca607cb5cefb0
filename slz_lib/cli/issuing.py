"""Commands that issue editions: ``report``, ``plan``, ``batch``."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib.cli.options import (
    DEFAULT_TIMEOUT,
    AsOf,
    Data,
    Draft,
    EngineName,
    Formats,
    HelpParameters,
    Out,
    Set,
    Timeout,
    Workers,
)
from slz_lib.cli.printing import from_here, say
from slz_lib.errors import ParameterError, SlzError
from slz_lib.production.workplace import locate

if TYPE_CHECKING:
    from slz_lib.production.catalogue import Publication

MEGABYTE = 1_000_000


def report(
    period: Annotated[
        str | None, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")
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
    """Issue the implementation report of a period."""
    from slz_lib.production.catalogue import REPORT
    from slz_lib.production.issuing import given_values

    if help_parameters:
        _list_parameters(REPORT, data)
        return
    given = given_values(parameters or (), {"as_of": as_of, "draft": draft})
    subject = _required(period, "report OBDOBÍ")
    _issue(REPORT, subject, given, formats, data, out, timeout, engine)


def plan(
    horizon: Annotated[
        str | None, typer.Argument(metavar="HORIZONT", help="Plánovací období.")
    ] = None,
    formats: Formats = None,
    draft: Draft = None,
    parameters: Set = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
    out: Out = None,
    help_parameters: HelpParameters = False,
) -> None:
    """Issue the draft of the action plan for a horizon."""
    from slz_lib.production.catalogue import PLAN
    from slz_lib.production.issuing import given_values

    if help_parameters:
        _list_parameters(PLAN, data)
        return
    given = given_values(parameters or (), {"draft": draft})
    subject = _required(horizon, "plan HORIZONT")
    _issue(PLAN, subject, given, formats, data, out, timeout, engine)


def batch(
    period: Annotated[str, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")],
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="DRUHY",
            help="Jen některé druhy edic, oddělené čárkou: report,plan,areas,bodies,orp.",
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
        typer.Option("--memory", metavar="MB", min=1, help="Nejvíc paměti jednoho notebooku."),
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
    from slz_lib.production.batch.asking import asked
    from slz_lib.production.batch.command import carry_out

    request = asked(
        locate(data, out),
        period,
        only=only,
        formats=formats,
        as_of=as_of,
        draft=draft,
        workers=workers,
        dry=dry_run,
        resume=resume,
        force=force,
        timeout=timeout,
        memory=None if memory is None else memory * MEGABYTE,
        engine=engine,
    )
    if not carry_out(request, scheduler):
        raise typer.Exit(SlzError.exit_code)


def _required(subject: str | None, usage: str) -> str:
    """The argument that only ``--help-parameters`` does without.

    Raises:
        ParameterError: it is missing.
    """
    if subject is None:
        command, metavar = usage.split()
        raise ParameterError(f"Chybí argument {metavar}. Nápověda: slz {command} --help")
    return subject


def _list_parameters(publication: Publication, data: Path | None) -> None:
    """Print the parameters of a notebook, with what the data permit; nothing is run."""
    from slz_lib.production.listing import listing

    found = listing(publication, locate(data))
    say(found.notes, aside=True)
    say(found.lines)


def _issue(
    publication: Publication,
    subject: str,
    given: Mapping[str, object],
    formats: str | None,
    data: Path | None,
    out: Path | None,
    timeout: float,
    engine: str | None,
) -> None:
    """Issue an edition and say what was written and how long it took."""
    started = time.perf_counter()
    from slz_lib.production.issuing import issue, issued_line

    delivered = issue(
        publication,
        subject,
        given,
        locate(data, out),
        formats=formats,
        timeout=timeout,
        engine=engine,
    )
    say(str(from_here(path)) for path in delivered.written)
    say((f"odstraněno: {from_here(path)}" for path in delivered.removed), aside=True)
    say([issued_line(delivered, time.perf_counter() - started)], aside=True)
